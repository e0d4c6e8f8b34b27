//! Pass 9: the report against itself.

use crate::claims::Found;
use crate::emit::{Values, Writer};
use counterclaim_claims::Reading;

/// Finds where the report does not add up.
pub(crate) fn checks(_writer: &Writer<'_, '_>, _values: &Values<'_>, _found: &Found<'_>, _reading: &mut Reading) {}
