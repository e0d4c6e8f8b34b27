//! Columns about a place that ACLED, UCDP and PLOVER have alike.

use crate::lists::{self, Country};
use counterclaim_claims::Place;

/// Whether a place is a body of water, which no state counts as its own.
pub(crate) fn is_water(place: &Place) -> bool {
    matches!(place.kind.as_deref(), Some("sea" | "ocean" | "strait"))
}

/// The state that a place is counted to.
pub(crate) fn country(place: &Place) -> Option<&'static Country> {
    place.country.as_deref().and_then(lists::country)
}

/// The name of a place if it is a division of that level (1 or 2).
pub(crate) fn division(place: &Place, level: u8) -> Option<&str> {
    let kind = if level == 1 { "admin1" } else { "admin2" };
    (place.kind.as_deref() == Some(kind)).then_some(place.name.as_str())
}

/// Longitude and latitude, where both are told: to five decimals, a metre, which hides what binary fractions leave over.
pub(crate) fn point(place: &Place) -> Option<[f64; 2]> {
    let point = [place.lon?, place.lat?].map(|degrees| (degrees * 1e5).round() / 1e5);
    point.iter().all(|degrees| degrees.is_finite()).then_some(point)
}
