//! Whose words quotations are.

use super::{Found, blocks};
use crate::attribution::{Attribution, Content};
use crate::clauses::is_quote_mark;
use crate::doc::Doc;
use counterclaim_lexicon::Frames;

/// Which attribution owns each quotation, by the quotation's number.
pub(super) fn owners(doc: &Doc<'_>, found: &Found<'_>) -> Vec<Option<(usize, usize)>> {
    let mut owners: Vec<Option<(usize, usize)>> = vec![None; doc.quotes.len()];
    for (s, list) in found.attributions.iter().enumerate() {
        for (a, attribution) in list.iter().enumerate() {
            if let Content::Exact(content) = &attribution.content
                && let Some(q) = doc.quotes_in(content).find(|&q| {
                    let q = &doc.quotes[q];
                    q.start <= content.start
                        && content.end <= q.end
                        && (content.start == q.start || content.start + 1 >= doc.sents[s].units.start)
                })
                && is_quote_mark(doc, doc.quotes[q].start)
                && (content.start == doc.quotes[q].start || content.start == doc.sents[s].units.start)
            {
                owners[q] = Some((s, a));
            }
        }
    }
    // `Said the troops "held on. They fought."`: a quotation that goes on into the next sentence.
    for (s, list) in found.attributions.iter().enumerate() {
        for (a, attribution) in list.iter().enumerate() {
            let Content::Right(from) = attribution.content else {
                continue;
            };
            let end = doc.sents[s].units.end;
            let goes_on = |q: &usize| {
                let quote = &doc.quotes[*q];
                from < quote.start && quote.start <= from + 4 && quote.end > end && is_quote_mark(doc, quote.start)
            };
            if let Some(q) = doc
                .quotes_in(&(from..end))
                .find(goes_on)
                .filter(|_| !doc.pack.head_first)
            {
                owners[q].get_or_insert((s, a));
            }
        }
    }
    // "The minister said:", and then a paragraph in quotation marks.
    for (s, list) in found.attributions.iter().enumerate() {
        if let Some(a) = blocks::opener(list).filter(|_| blocks::quoted(doc, s + 1)) {
            let q = doc.quotes.partition_point(|q| q.start < doc.sents[s + 1].units.start);
            owners[q].get_or_insert((s, a));
        }
    }
    // "P," he said. "Q." and a paragraph that is all quotation go on with the speaker before.
    for q in 0..owners.len() {
        if owners[q].is_some() || q == 0 {
            continue;
        }
        let (this, before) = (&doc.quotes[q], &doc.quotes[q - 1]);
        let (s, t) = (doc.sent_of(this.start), doc.sent_of(before.end - 1));
        let opens_sentence = this.start == doc.sents[s].units.start;
        let fills = this.end + 1 >= doc.sents[doc.sent_of(this.end - 1)].units.end;
        let near = s <= t + 1 || owners[q - 1].is_some_and(|(o, _)| s <= o + 1);
        // "P," he said, adding that "Q": the second has a cue of its own.
        let own_cue = found.attributions[s].iter().enumerate().any(|(n, a)| {
            let right = matches!(a.content, Content::Right(from) if from <= this.start);
            right && before.end <= a.anchor && a.anchor < this.start && owners[q - 1] != Some((s, n))
        });
        let own_cue = own_cue && !doc.pack.head_first;
        let same_sentence = s == t && !own_cue && owners[q - 1].is_some_and(|(o, _)| o == s);
        if let Some(owner) =
            owners[q - 1].or_else(|| last_speaker(doc, found, t).filter(|_| !doc.pack.head_first && s == t + 1))
            && (opens_sentence && fills && near && this.len() > 4 || same_sentence && fills)
            && found.attributions[s]
                .iter()
                .all(|a| this.contains(&a.anchor) || (owner.0 == s))
        {
            owners[q] = Some(owner);
        }
    }
    owners
}

/// "They had "no choice", he said. "Q."": who speaks last in a sentence outside of its quotations.
fn last_speaker(doc: &Doc<'_>, found: &Found<'_>, s: usize) -> Option<(usize, usize)> {
    let spoken = |a: &Attribution| {
        let open = matches!(a.content, Content::Left(_) | Content::Right(_) | Content::Around(..));
        open && !a.silent && a.source.is_some() && a.cue.frames.has(Frames::QUOTE) && doc.quote_of(a.anchor).is_none()
    };
    found.attributions[s].iter().position(spoken).map(|a| (s, a))
}
