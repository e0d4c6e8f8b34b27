use counterclaim_claims::Place;

/// How far two places lie apart in kilometres, where both have coordinates (haversine on a sphere of 6371 km).
fn km(a: &Place, b: &Place) -> Option<f64> {
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

/// Kilometres within which two places are one for people who tell of a happening from afar: the breadth of a large town. A suburb or a
/// front line's village goes by the town's name, and the points that gazetteers give a town lie kilometres apart.
const ONE_TOWN: f64 = 15.0;
/// Within which one is told by the other: "near Mosul". About as far as the next town of a name that readers abroad know.
const NEXT_TOWN: f64 = 80.0;
/// Within which both are parts of one land: the breadth of a province or of a small state.
const ONE_LAND: f64 = 250.0;
/// Within which the point that stands for a large state may lie from a town of it.
const ONE_STATE: f64 = 1000.0;

/// How near two places lie to each other, as far as that says whether they are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Nearness {
    SameName,
    OneTown,
    NextTown,
    OneLand,
    OneState,
    Far,
}

/// How near two places lie to each other; none where they go by two names and one has no coordinates.
pub(crate) fn nearness(a: &Place, b: &Place) -> Option<Nearness> {
    if a.name == b.name {
        return Some(Nearness::SameName);
    }
    let km = km(a, b)?;
    let within = [
        (ONE_TOWN, Nearness::OneTown),
        (NEXT_TOWN, Nearness::NextTown),
        (ONE_LAND, Nearness::OneLand),
        (ONE_STATE, Nearness::OneState),
    ];
    let found = within.into_iter().find(|(most, _)| km <= *most);
    Some(found.map_or(Nearness::Far, |(_, nearness)| nearness))
}

/// Whether two places are the same: of one name, or within one town of each other. The point of a state is no town.
pub(crate) fn are_one(a: &Place, b: &Place) -> bool {
    let towns = !is_state(a) && !is_state(b);
    nearness(a, b).is_some_and(|near| near == Nearness::SameName || (towns && near == Nearness::OneTown))
}

/// Whether one of the towns that are told stands among others; none told stands everywhere.
pub(crate) fn stands_in(told: &[Place], others: &[Place]) -> bool {
    let mut towns = told.iter().filter(|place| is_town(place)).peekable();
    towns.peek().is_none() || towns.any(|town| others.iter().any(|other| !is_state(other) && are_one(town, other)))
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
        assert!(
            are_one(&town, &suburb) && !are_one(&town, &land),
            "a state's point is no town"
        );
        let beyond = at("Beylagan", 39.9, "city");
        assert_eq!(nearness(&town, &beyond), Some(Nearness::NextTown));
        assert!(!are_one(&town, &beyond));
        assert!(stands_in(one, &[land.clone(), suburb]));
        assert!(!stands_in(one, wide) && !stands_in(one, &[]));
        assert!(stands_in(wide, one) && stands_in(&[], &[]));
    }
}
