//! What one speaker says at one go is one claim, as long as no more than one of its clauses states something about the conflict:
//! the contract cuts where a clause has its own act, and talk without acts has none.

use crate::attribution::{Attribution, Content};
use crate::bits::*;
use crate::claims::Draft;
use crate::doc::Doc;
use counterclaim_lexicon::PosClass;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Joins the claims that an attribution was cut into, where the cut parts no acts. Takes and gives them in text order.
pub(crate) fn join(doc: &Doc<'_>, attributions: &[Vec<Attribution>], drafts: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    let mut last: FxHashMap<(usize, usize), (usize, bool)> = FxHashMap::default();
    for draft in drafts {
        // A body's statement set below its name is cut as a report is, unless it is a quotation.
        let quoted = !doc.pack.head_first && doc.quote_of(draft.units.start).is_some();
        let below = |m: &(usize, usize)| attributions[m.0][m.1].content == Content::Below && !quoted;
        let Some(maker) = draft.made_by.filter(|m| !draft.mutual && !below(m)) else {
            out.push(draft);
            continue;
        };
        let tells = tells(doc, &draft.units);
        if let Some((at, told)) = last.get_mut(&maker)
            && !(*told && tells)
            && (!doc.pack.head_first || out[*at].stance == draft.stance && !own_subject(doc, &draft.units))
            && !apart(doc, &out[*at], &draft)
            && adjoins(doc, &out[*at], &draft)
        {
            *told |= tells;
            merge(&mut out[*at], draft, &attributions[maker.0][maker.1].span, tells);
            continue;
        }
        last.insert(maker, (out.len(), tells));
        out.push(draft);
    }
    out
}

/// Whether a clause opens with somebody or something of its own before its verb: "and we will look into it".
fn own_subject(doc: &Doc<'_>, units: &Range<usize>) -> bool {
    let mut verb = units.clone().skip(1);
    let nominal = |u: usize| matches!(doc.units[u].class, PosClass::Noun | PosClass::Propn | PosClass::Pron);
    let found = verb.find(|&u| doc.units[u].class == PosClass::Verb || doc.has(u, AUX | PASSIVE_WORD | MODAL | COPULA));
    found.is_some_and(|v| (units.start..v).any(nominal))
}

/// Whether two claims of one attribution follow each other without a sentence of somebody else's between them.
fn adjoins(doc: &Doc<'_>, before: &Draft, after: &Draft) -> bool {
    let reach = usize::from(!doc.pack.head_first);
    before.units.end <= after.units.start && after.sent <= before.sent + reach && before.held_by == after.held_by
}

/// "Said that P but that Q": two clauses, each told to be one and about a deed.
fn apart(doc: &Doc<'_>, before: &Draft, after: &Draft) -> bool {
    let between = before.units.end..after.units.start;
    let deed = |d: &Draft| d.units.clone().any(|u| doc.has(u, ACT | HARM | LOSS));
    !doc.pack.head_first
        && between.len() < 4
        && between.clone().any(|u| doc.has(u, COMP))
        && doc.quote_of(after.units.start).is_none()
        && deed(before)
        && deed(after)
}

fn merge(into: &mut Draft, more: Draft, attribution: &Range<usize>, tells: bool) {
    let parted = |gap: Range<usize>| gap.start < attribution.end && attribution.start < gap.end;
    let pieces = |d: &Draft| {
        if d.parts.is_empty() {
            vec![d.units.clone()]
        } else {
            d.parts.clone()
        }
    };
    let mut parts = pieces(into);
    for piece in pieces(&more) {
        match parts.last_mut() {
            Some(before) if !parted(before.end..piece.start) => before.end = piece.end,
            _ => parts.push(piece),
        }
    }
    into.units.end = more.units.end;
    into.sent = more.sent;
    into.parts = if parts.len() > 1 { parts } else { Vec::new() };
    into.hedged |= more.hedged;
    if tells {
        into.stance = more.stance;
    }
    into.evidence.extend(more.evidence);
    into.evidence.sort();
    into.evidence.dedup();
}

/// Whether words state something about the conflict: an act, harm, or a light word for one beside a party or a weapon.
pub(crate) fn tells(doc: &Doc<'_>, units: &Range<usize>) -> bool {
    let strong = |u: usize| doc.act(u).is_some_and(|a| !a.flags.weak) || doc.has(u, HARM | LOSS);
    let any = |bits: u128| units.clone().any(|u| doc.has(u, bits));
    units.clone().any(strong) || any(ACT) && any(PARTY | MATERIEL | PERSON)
}
