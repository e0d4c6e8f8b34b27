//! Pass 2: whether a word that can be a noun and a verb is the one or the other where it stands.

use crate::bits::*;
use crate::doc::Doc;
use counterclaim_lexicon::{Frames, Func, Pos, PosClass, Sense, VerbForm};
use counterclaim_text::TokenKind;

/// Whether a unit is a classifier of happenings, and none of people, bodies or things.
pub(crate) fn names_happening(doc: &Doc<'_>, at: usize) -> bool {
    let unit = &doc.units[at];
    doc.is(at, Func::Classifier)
        && unit.class != PosClass::Verb
        && unit.bits & (WHO | PERSON | ORG | MATERIEL | PLACE | COMP | CUE_V | INF) == 0
}

/// Whether the unit can be read as a noun and as a verb here.
pub(crate) fn reading(doc: &Doc<'_>, first: usize, at: usize) -> (bool, bool) {
    let unit = &doc.units[at];
    if !doc.pack.head_first {
        let single = unit.tokens.end - unit.tokens.start == 1;
        return match unit.class {
            PosClass::Noun | PosClass::Propn => (true, false),
            // "Su-25": letters and digits name a type and count nothing.
            PosClass::Num if doc.tokens[unit.tokens.start as usize].kind != TokenKind::Number => (true, false),
            PosClass::Verb => (unit.form == VerbForm::Gerund, true),
            PosClass::Adj | PosClass::Other | PosClass::Punct => (true, true),
            _ => (!single, !single),
        };
    }
    // Where words do not inflect, the words around tell noun from verb.
    if doc.units.get(at + 1).is_some_and(|_| doc.is(at + 1, Func::ToBetween)) {
        return (true, false);
    }
    // "Tổng cục Phản gián": a verb that is written large within a name is none.
    let in_name = at > first
        && unit.capital
        && !doc.all_caps
        && doc.units[at - 1].capital
        && doc.tokens[unit.tokens.start as usize - 1].kind == TokenKind::Word;
    if in_name {
        return (true, false);
    }
    if speaks_itself(doc, first, at) {
        return (true, false);
    }
    // "Hai tên bị bắt": a verb that carries the mark of its passive is none by what stands before it.
    let undergoes = doc.hits(at).iter().any(|h| h.pos == Some(Pos::Verb)) && doc.starts_with(at, Func::Passive);
    if undergoes && unit.tokens.len() > 1 {
        return (false, true);
    }
    // "thông báo của bộ": what is somebody's is a thing.
    if doc.units.get(at + 1).is_some()
        && doc.is(at + 1, Func::Poss)
        && !doc.is(at + 1, Func::Agent)
        && !doc.is(at + 1, Func::ToPlace)
        && doc
            .senses(at)
            .any(|(s, _)| matches!(s, Sense::Cue(c) if c.pos == Pos::Noun))
    {
        return (true, false);
    }
    let mut before = at;
    while before > first {
        before -= 1;
        let previous = &doc.units[before];
        // "Đang cố gắng phong tỏa": trying is what somebody does, where a word for tense stands before it.
        let tried = doc.is(before, Func::Attempt) && before > first && doc.units[before - 1].bits & AUX != 0;
        if tried {
            return (false, true);
        }
        if doc.is(before, Func::Classifier) && previous.bits & PRONOUN == 0
            || doc.is(before, Func::Plural)
            || previous.class == PosClass::Num && counts(doc, before) && !ends_date(doc, first, before)
            || doc.is(before, Func::Det) && previous.bits & NUMBER != 0 && previous.class != PosClass::Adv
        {
            return (true, false);
        }
        let marks_verb = |func: &Func| {
            matches!(
                func,
                Func::Past
                    | Func::Future
                    | Func::Progressive
                    | Func::Neg
                    | Func::Passive
                    | Func::Modal
                    | Func::ModalShould
                    | Func::ModalMay
            )
        };
        if !doc.is(before, Func::Exist)
            && doc
                .senses(before)
                .any(|(s, _)| matches!(s, Sense::Func(f) if marks_verb(f)))
        {
            return (false, true);
        }
        if doc.is(before, Func::Poss) {
            return (true, true);
        }
        // "bác bỏ cáo buộc", "đáp trả cáo buộc": what is denied or answered is a word said, not saying it.
        let denies = previous.bits & (CUE_V | NAMES) == CUE_V | NAMES && doc.cue(before).is_some_and(|c| c.negates);
        let answers = before + 1 == at && previous.bits & (VERB | ACT) == VERB | ACT;
        if (denies || answers)
            && doc
                .senses(at)
                .any(|(s, _)| matches!(s, Sense::Cue(c) if c.pos == Pos::Noun))
        {
            return (true, false);
        }
        if previous.class == PosClass::Adv {
            continue;
        }
        break;
    }
    match unit.class {
        PosClass::Verb => (false, true),
        PosClass::Noun | PosClass::Propn => (true, true),
        _ => (true, true),
    }
}

/// "Tuyên bố nêu rõ": a word for a statement that opens its clause, right before a verb of speech.
pub(crate) fn speaks_itself(doc: &Doc<'_>, first: usize, at: usize) -> bool {
    let cue = |u: usize, pos: Pos| {
        doc.senses(u)
            .any(|(s, _)| matches!(s, Sense::Cue(c) if c.pos == pos && c.frames.has(Frames::CLAUSE)))
    };
    let opens = at == first || doc.has(at - 1, COMMA | SUB | OPEN);
    opens && cue(at, Pos::Noun) && at + 1 < doc.units.len() && cue(at + 1, Pos::Verb) && !cue(at + 1, Pos::Noun)
}

/// Whether what is tagged as a number counts: digits or a number word, and no part of a name ("châu Âu").
fn counts(doc: &Doc<'_>, at: usize) -> bool {
    let unit = &doc.units[at];
    unit.bits & NUMBER != 0
        || doc.tokens[unit.tokens.start as usize].kind == TokenKind::Number
        || doc.senses(at).any(|(s, _)| matches!(s, Sense::Number(_)))
}

/// Whether the number at `at` ends a date ("hôm 4/10", "ngày 27 - 9") and counts nothing.
fn ends_date(doc: &Doc<'_>, first: usize, at: usize) -> bool {
    if doc.words(&(at..at + 1)).contains('/') {
        return true;
    }
    let start = (first..at)
        .rev()
        .find(|&u| doc.units[u].class != PosClass::Num && doc.words(&(u..u + 1)) != "-");
    start.is_some_and(|u| doc.senses(u).any(|(s, _)| matches!(s, Sense::Time(_))))
}
