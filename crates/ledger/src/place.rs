use counterclaim_claims::Place;

/// How far two places lie apart in kilometres, where both have coordinates (haversine on a sphere of 6371 km).
pub(crate) fn km(a: &Place, b: &Place) -> Option<f64> {
    let (lat, lon) = (a.lat.zip(b.lat)?, a.lon.zip(b.lon)?);
    let (dy, dx) = ((lat.1 - lat.0).to_radians() / 2.0, (lon.1 - lon.0).to_radians() / 2.0);
    let h = dy.sin().powi(2) + lat.0.to_radians().cos() * lat.1.to_radians().cos() * dx.sin().powi(2);
    Some(12742.0 * h.sqrt().min(1.0).asin())
}

/// Whether a place is a whole state.
pub(crate) fn is_state(place: &Place) -> bool {
    place.kind.as_deref() == Some("country")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kilometres_on_the_sphere() {
        let at = |lat, lon| Place {
            lat: Some(lat),
            lon: Some(lon),
            ..Place::default()
        };
        // Ganja to Stepanakert.
        let apart = km(&at(40.683, 46.361), &at(39.815, 46.752)).unwrap();
        assert!((apart - 102.0).abs() < 1.0, "{apart}");
        assert_eq!(km(&at(1.0, 1.0), &Place::default()), None);
    }
}
