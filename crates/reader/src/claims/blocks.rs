//! Words set below the one who says them: "The minister said:", and then paragraphs that are all the minister's.

use super::Found;
use crate::attribution::{Attribution, Content};
use crate::bits::*;
use crate::clauses::is_quote_mark;
use crate::doc::Doc;

/// Which attribution the sentences of a document stand below, by the sentence's number.
pub(super) fn blocks(doc: &Doc<'_>, found: &Found<'_>) -> Vec<Option<(usize, usize)>> {
    let mut out = vec![None; doc.sents.len()];
    let mut open = None;
    for (s, sent) in doc.sents.iter().enumerate() {
        let paragraph = s == 0 || doc.sents[s - 1].paragraph != sent.paragraph;
        if paragraph && (found.skip[s] || elsewhere(doc, found, s)) {
            open = None;
        }
        match opener(&found.attributions[s]) {
            Some(a) => open = (!quoted(doc, s + 1)).then_some((s, a)),
            None => out[s] = open,
        }
    }
    out
}

/// The attribution that opens a block.
pub(super) fn opener(list: &[Attribution]) -> Option<usize> {
    list.iter().position(|a| a.content == Content::Below)
}

/// Whether a sentence begins with a quotation mark.
pub(super) fn quoted(doc: &Doc<'_>, s: usize) -> bool {
    let first = doc.sents.get(s).map(|sent| sent.units.start);
    first.is_some_and(|u| doc.has(u, OPEN) && is_quote_mark(doc, u))
}

/// Whether a paragraph begins with somebody's name who says something, or with a quotation: the report goes on.
fn elsewhere(doc: &Doc<'_>, found: &Found<'_>, s: usize) -> bool {
    let first = found.starts[s];
    quoted(doc, s)
        || found.attributions[s].iter().any(|a| {
            let named = |r: &std::ops::Range<usize>| r.start <= first + 1 && !doc.has(r.start, PRONOUN);
            a.source.as_ref().is_some_and(named)
        })
}
