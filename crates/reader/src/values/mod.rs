//! Pass 3: the values that stand in a text: numbers, times, places. Each covers a range of units and none overlaps
//! another of its kind.

pub(crate) mod numbers;
mod places;
mod times;

pub(crate) use numbers::{Number, numbers};
pub(crate) use places::{PlaceHit, associated, ends_with_a_place_word, owns, places};
pub(crate) use times::{Time, times};

use std::ops::Range;

/// Something that covers units.
pub(crate) trait Covers {
    /// The units, never none.
    fn units(&self) -> &Range<usize>;
}

/// The value that covers a unit, of values in text order.
pub(crate) fn at<T: Covers>(values: &[T], unit: usize) -> Option<&T> {
    // Most sentences have few values, and most units stand before or behind them all.
    if unit < values.first()?.units().start || unit >= values.last()?.units().end {
        return None;
    }
    let at = values.partition_point(|v| v.units().end <= unit);
    values.get(at).filter(|v| v.units().start <= unit)
}

/// All values that begin inside a range of units, of values in text order.
pub(crate) fn within<T: Covers>(values: &[T], units: Range<usize>) -> &[T] {
    let from = values.partition_point(|v| v.units().start < units.start);
    let to = values.partition_point(|v| v.units().start < units.end);
    &values[from..to.max(from)]
}
