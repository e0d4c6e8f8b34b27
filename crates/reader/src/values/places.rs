use super::Covers;
use crate::doc::Doc;
use std::ops::Range;

/// A toponym and the place it names.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlaceHit {
    /// Its units.
    pub(crate) units: Range<usize>,
    /// Neutral preferred English name.
    pub(crate) name: String,
    /// ISO 3166-1 alpha-3, empty where disputed.
    pub(crate) country: String,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    /// GeoNames id, 0 if none.
    pub(crate) geonames: u32,
    /// `country`, `admin1`, `region`, `city`, …
    pub(crate) kind: String,
    /// The place itself is meant, not its people, government or adjective.
    pub(crate) literal: bool,
}

impl Covers for PlaceHit {
    fn units(&self) -> &Range<usize> {
        &self.units
    }
}

/// All toponyms of a document, in text order, resolved.
pub(crate) fn places(_doc: &Doc<'_>) -> Vec<PlaceHit> {
    Vec::new()
}
