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

/// Whether a place is known to be a town or a part of one: where its kind is not told, it may be a whole state.
pub(crate) fn is_town(place: &Place) -> bool {
    place.kind.is_some() && !place.is_wide()
}

/// Two places nearer than this are one for people who tell of a happening from afar (kilometres).
const NEAR_KM: f64 = 15.0;

/// Whether one of the towns that are told stands among others, or near one of them; none told stands everywhere.
pub(crate) fn stands_in(told: &[Place], others: &[Place]) -> bool {
    let near = |a: &Place, b: &Place| a.name == b.name || km(a, b).is_some_and(|km| km <= NEAR_KM);
    let mut towns = told.iter().filter(|place| is_town(place)).peekable();
    towns.peek().is_none() || towns.any(|town| others.iter().any(|other| !is_state(other) && near(town, other)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::slice::from_ref;

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

    #[test]
    fn a_town_stands_in_another_that_is_near() {
        let at = |name: &str, lat, kind: &str| Place {
            name: name.into(),
            lat: Some(lat),
            lon: Some(46.0),
            kind: Some(kind.into()),
            ..Place::default()
        };
        let (town, suburb, land) = (
            at("Ganja", 40.6, "city"),
            at("Sadilli", 40.7, "village"),
            at("Azerbaijan", 40.6, "country"),
        );
        let (one, wide) = (from_ref(&town), from_ref(&land));
        assert!(stands_in(one, &[land.clone(), suburb]));
        assert!(!stands_in(one, wide) && !stands_in(one, &[]));
        assert!(stands_in(wide, one) && stands_in(&[], &[]));
    }
}
