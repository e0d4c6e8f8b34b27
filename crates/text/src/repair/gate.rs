//! The gate: one look at a text for anything that damage leaves behind.
pub(super) struct Signs {
    pub(super) reference: bool,
    pub(super) beyond_ascii: bool,
    ascii: bool,
}
impl Signs {
    pub(super) fn any(&self) -> bool {
        self.reference || self.beyond_ascii || self.ascii
    }
}
pub(super) fn look(text: &str) -> Signs {
    Signs {
        reference: text.contains('&'),
        beyond_ascii: !text.is_ascii(),
        ascii: text
            .bytes()
            .any(|b| matches!(b, b'^' | b'`' | b'+' | b'~') || (b < 32 && !b.is_ascii_whitespace())),
    }
}
