use crate::ClaimRef;
use crate::reports::Reports;
use counterclaim_claims::Reading;

/// Cuts the words of claims out of their texts: many of one text, one after the other.
#[derive(Default)]
pub(crate) struct Cut {
    /// The text that was cut last.
    reading: Option<usize>,
    /// Where its code points begin; none where each is a byte.
    bytes: Option<Vec<usize>>,
}

impl Cut {
    /// The content of a claim.
    pub(crate) fn content<'a>(&mut self, reports: &Reports<'a>, at: ClaimRef) -> &'a str {
        let claim = reports.claim(at);
        self.words(reports, at, claim.start, claim.end)
    }

    /// The words of a claim's report from code point `start` to code point `end` (exclusive), clamped to the text.
    pub(crate) fn words<'a>(&mut self, reports: &Reports<'a>, at: ClaimRef, start: usize, end: usize) -> &'a str {
        let reading: &'a Reading = &reports.readings[at.reading];
        let text = reading.document.text.as_str();
        if self.reading.replace(at.reading) != Some(at.reading) {
            self.bytes = (!text.is_ascii()).then(|| text.char_indices().map(|(byte, _)| byte).collect());
        }
        let byte = |point: usize| match &self.bytes {
            Some(bytes) => bytes.get(point).copied().unwrap_or(text.len()),
            None => point.min(text.len()),
        };
        let from = byte(start);
        &text[from..byte(end).max(from)]
    }
}
