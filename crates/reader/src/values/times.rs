use super::Covers;
use crate::doc::Doc;
use std::ops::Range;

/// A time expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Time {
    /// Its units, without the preposition before it ("on", "hôm", "vào").
    pub(crate) units: Range<usize>,
    /// Its units with the preposition: what is left out of noun phrases.
    pub(crate) outer: Range<usize>,
    /// EDTF value, none for durations, sets and what cannot be resolved.
    pub(crate) edtf: Option<String>,
    /// TIMEX3 type.
    pub(crate) kind: &'static str,
    /// TIMEX3 value.
    pub(crate) timex: String,
}

impl Covers for Time {
    fn units(&self) -> &Range<usize> {
        &self.outer
    }
}

/// All time expressions of a document, in text order.
pub(crate) fn times(_doc: &mut Doc<'_>, _starts: &[usize]) -> Vec<Time> {
    Vec::new()
}
