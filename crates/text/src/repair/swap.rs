//! One code page read as another.
pub(super) fn mend(_draft: &mut super::Draft) -> bool {
    false
}
