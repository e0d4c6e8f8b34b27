//! Sentences that lay a deed to somebody: claims of responsibility and accusations.

use crate::fill::Fill;
use crate::incidents::Incident;
use crate::nps::{Is, Np};
use crate::template::Confidence;
use crate::text::Text;
use std::ops::Range;

/// Who is blamed or claims the deed, and how surely.
pub(crate) struct Blame {
    pub(crate) organisations: Vec<(String, Confidence)>,
}

/// The blame that a sentence lays.
pub(crate) fn blame(text: &Text<'_>, fill: &Fill<'_, '_>, sentence: &Range<usize>) -> Option<Blame> {
    let mut organisations = Vec::new();
    for at in sentence.clone() {
        let claims = text.lexicon.fixed("claims", text.from(at));
        if claims == 0 && !text.is(at, "blames") {
            continue;
        }
        if (sentence.start.max(at.saturating_sub(3))..at).any(|w| text.is(w, "denies")) {
            continue;
        }
        if claims > 0 {
            let group = fill
                .group_in(sentence.start..at)
                .or_else(|| fill.group_in(at..sentence.end));
            organisations.extend(group.map(|g| (g, Confidence::ClaimedOrAdmitted)));
        } else {
            let confidence = fill.confidence(at).max(Confidence::SuspectedOrAccusedByAuthorities);
            let near = accused(text, sentence, at);
            organisations.extend(near.iter().filter_map(|np| fill.doer(np).1).map(|o| (o, confidence)));
        }
    }
    (!organisations.is_empty()).then_some(Blame { organisations })
}

/// The bodies right after a word of blame, or before one that says who took part.
fn accused(text: &Text<'_>, sentence: &Range<usize>, at: usize) -> Vec<Np> {
    let limit = (at + 9).min(sentence.end);
    let mut next = at + 1;
    while next < limit {
        let link = next == at + 1 || matches!(text.words[next - 1].text.as_str(), "to" | "by" | "on" | "for" | "of");
        if link {
            let list = text.list_from(next, sentence);
            let bodies: Vec<Np> = list
                .into_iter()
                .filter(|np| matches!(text.what(np), Is::Body | Is::People))
                .collect();
            if !bodies.is_empty() {
                return bodies;
            }
        }
        next += 1;
    }
    Vec::new()
}

impl Incident {
    /// Adds those who are blamed for it.
    pub(crate) fn blame(&mut self, blame: Blame) {
        for (name, confidence) in blame.organisations {
            if !self.organisations.iter().any(|(n, _)| *n == name) {
                self.organisations.push((name, confidence));
            }
        }
    }
}
