//! Claims to disputes and a toll grid, each link with its reason.
pub mod label;
