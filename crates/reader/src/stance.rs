//! What a claim does beyond what its cue says: promise, threaten, call for, deny.

use crate::attribution::Attribution;
use crate::bits::*;
use crate::claims::Draft;
use crate::clauses::View;
use crate::phrases::Phrase;
use counterclaim_claims::{Family, Group, Harm, Stance, Voice};
use counterclaim_lexicon::{Frame, Func, NumberKind, Sense, VerbForm};
use std::ops::Range;

/// "Said there was no P" denies; "should", "must" to a party calls for it; a vow of harm threatens.
pub(crate) fn stance(view: &View<'_, '_>, units: &Range<usize>, a: &Attribution) -> Stance {
    let doc = view.doc;
    let refrains = || (units.start..units.end.min(units.start + 3)).any(|u| doc.has(u, NEG));
    if a.stance == Stance::Promises && violent(view, units.start..units.end.min(units.start + 5)) && !refrains() {
        return Stance::Threatens;
    }
    if a.stance != Stance::Asserts {
        return a.stance;
    }
    let main = view
        .phrases
        .vgs
        .iter()
        .find(|v| v.bits & FINITE != 0 && units.contains(&v.units.start));
    if let Some(vg) = main {
        let suffers = vg.bits & (SHOULD | HARM) == SHOULD | HARM
            || doc.act(vg.head).is_some_and(|act| act.frame == Frame::Undergo)
            || doc
                .senses(vg.head)
                .any(|(s, _)| matches!(s, Sense::Act(act) if act.harm == Some(Harm::Displaced)));
        let ahead = |u: usize| doc.is(u, Func::Future) || doc.has(u, SHOULD);
        if vg.units.clone().any(ahead) && units.clone().any(|u| doc.is(u, Func::Price)) {
            return Stance::Threatens;
        }
        // "phải rời bỏ nhà cửa": what people had to suffer is no demand.
        let needless = vg.units.clone().any(|u| doc.has(u, NEG) && !doc.has(u, SHOULD));
        if vg.bits & SHOULD != 0 && !((suffers || needless) && doc.pack.head_first) {
            return Stance::CallsFor;
        }
        if let Some(ahead) = own_future(view, units, vg) {
            return ahead;
        }
        // "did not hit the bridge": the deed itself is denied; what will not, cannot or no longer happens is no denial.
        let denied = vg.bits & NEG != 0
            && vg.bits & MODAL == 0
            && vg.bits & (ACT | LOSS | HARM) != 0
            && vg
                .units
                .clone()
                .any(|u| doc.has(u, NEG) && doc.units[u].tokens.len() == 1)
            && !vg.units.clone().any(|u| doc.is(u, Func::Future));
        let later = !doc.pack.head_first && doc.has(units.start, SUB);
        if denied && !later {
            return Stance::Denies;
        }
        // The quotation mark before the first word is none of its words.
        let first = units.start + usize::from(doc.has(units.start, OPEN));
        let early = vg.units.start <= first + 6;
        let none = (first..(first + 4).min(units.end)).any(|u| doc.has(u, NEG) && !doc.has(u, CUE_V))
            || (first..(first + 3).min(units.end)).any(|u| {
                doc.senses(u)
                    .any(|(s, _)| matches!(s, Sense::Number(n) if n.kind == NumberKind::None))
            });
        // "Said no foreign troops took part": it is said of nobody.
        let nobody = doc.has(first, NEG) && !doc.has(first, CUE_V) && vg.bits & (CUE_V | CUE_A | MODAL | HARM) == 0;
        if early && none && !doc.pack.head_first && (vg.bits & EXIST != 0 || nobody)
            || none && doc.pack.head_first && doc.has(first, NEG | EXIST)
            || early && has_none(view, vg)
        {
            return Stance::Denies;
        }
    }
    Stance::Asserts
}

/// "Nước này không có quân ở đó": that somebody has no forces or arms, in languages that tell it by one word for "have not".
fn has_none(view: &View<'_, '_>, vg: &Phrase) -> bool {
    let doc = view.doc;
    let kept = (vg.units.end..vg.units.end + 3).take_while(|&u| !doc.has(u, COMMA | ADP | SUB));
    let forces = |u: usize| {
        doc.senses(u).any(|(s, _)| match s {
            Sense::Person { who, .. } => *who == Group::Military,
            Sense::Materiel { weapon, .. } => *weapon,
            _ => false,
        })
    };
    doc.pack.head_first && vg.bits & EXIST != 0 && doc.has(vg.head, NEG) && kept.into_iter().any(forces)
}

/// "We will go on …", outside quotations: the body whose statement this is speaks for itself.
pub(crate) fn in_person(view: &View<'_, '_>, mut draft: Draft) -> Draft {
    let doc = view.doc;
    let first_person = |u: usize| doc.is(u, Func::Pron1Sg) || doc.is(u, Func::Pron1Pl);
    let subject = draft
        .units
        .clone()
        .take(8)
        .find(|&u| first_person(u) && doc.quote_of(u).is_none());
    let verb = subject
        .and_then(|u| view.vg_from(u + 1))
        .filter(|v| v.bits & FINITE != 0);
    if let (Some(subject), Some(verb)) = (subject, verb) {
        let ahead = own_future(view, &draft.units, verb);
        draft.voice = Voice::Source;
        draft.speaker = Some(subject..subject + 1);
        draft.rule = format!("{}/report/first-person", doc.pack.tag);
        draft.stance = match ahead {
            _ if verb.bits & SHOULD != 0 => Stance::CallsFor,
            Some(ahead) => ahead,
            None => Stance::Asserts,
        };
    }
    draft
}

/// "We will rebuild", "we would strike": what the one who speaks promises or threatens to do.
fn own_future(view: &View<'_, '_>, units: &Range<usize>, verb: &Phrase) -> Option<Stance> {
    let doc = view.doc;
    let first_person = |u: usize| doc.is(u, Func::Pron1Sg) || doc.is(u, Func::Pron1Pl);
    // "Tuyên bố sẽ đáp trả": a verb that leaves its subject out is the speaker's.
    let dropped = doc.pack.head_first && verb.units.start == units.start && verb.bits & PASSIVE == 0;
    let own = |u: usize| u >= units.start && first_person(u);
    let own = dropped || verb.units.start.checked_sub(1).is_some_and(own);
    if !own || !verb.units.clone().any(|u| doc.is(u, Func::Future)) {
        return None;
    }
    let deed = verb.head..units.end.min(verb.head + 5);
    Some(if verb.bits & NEG == 0 && violent(view, deed) {
        Stance::Threatens
    } else {
        Stance::Promises
    })
}

/// Whether a verb in these units is one of harm.
fn violent(view: &View<'_, '_>, mut units: Range<usize>) -> bool {
    units.any(|u| {
        // "To halt fighting": what is stopped is no deed.
        let gerund = view.doc.pack.paradigm && view.doc.units[u].form == VerbForm::Gerund;
        let act = view.doc.act(u).filter(|_| view.doc.has(u, VERB) && !gerund);
        act.is_some_and(|a| matches!(a.act.family(), Family::Strike | Family::Battle))
    })
}
