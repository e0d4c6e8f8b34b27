//! Pass 2, between the tagger and the lexicon: what the tagger took for another part of speech and the lexicon and the words
//! beside it tell better. Where words do not inflect, the words around are asked anyway, and only prepositions of place are mended.

use crate::doc::{Doc, Unit};
use counterclaim_claims::{Sector, Stance};
use counterclaim_lexicon::{
    Cue, Frame, Frames, Func, HarmFrame, Hit, Inflection, Kind, NumberKind, Pos, PosClass, Sense, VerbForm,
};
use std::ops::Range;

/// Mends the classes of a sentence's units, before their senses are settled.
pub(crate) fn retag(doc: &mut Doc<'_>, units: Range<usize>) {
    let first = units.start;
    if doc.pack.head_first {
        for at in units {
            if is_where(doc, first, at) || is_aim(doc, at) || is_when(doc, first, at) {
                (doc.units[at].class, doc.units[at].form) = (PosClass::Adp, VerbForm::None);
            } else if is_name(doc, at) {
                (doc.units[at].class, doc.units[at].form) = (PosClass::Propn, VerbForm::None);
            } else if is_title(doc, first, at) {
                (doc.units[at].class, doc.units[at].form) = (PosClass::Noun, VerbForm::None);
            } else if counted_deed(doc, first, at) || joined_deed(doc, first, at) {
                (doc.units[at].class, doc.units[at].form) = (PosClass::Verb, VerbForm::None);
            }
        }
        return;
    }
    for at in units {
        let unit = &doc.units[at];
        if holds_object(doc, at) && unit.form == VerbForm::Participle && after_subject(doc, first, at) {
            doc.units[at].form = VerbForm::Finite;
        }
        if let Some(verb) = added(doc, first, at) {
            (doc.units[at].class, doc.units[at].form) = (PosClass::Noun, VerbForm::None);
            if doc.units[verb - 1].class != PosClass::Aux {
                doc.units[verb].form = VerbForm::Finite;
            }
            continue;
        }
        let unit = &doc.units[at];
        if unit.tokens.len() != 1 {
            if unit.form == VerbForm::Participle && goes_on(doc, first, at) {
                doc.units[at].form = VerbForm::Finite;
            }
            continue;
        }
        let better = match (unit.class, unit.form) {
            // "Eight officers were killed": a number, whatever an opening capital makes of it.
            (PosClass::Aux | PosClass::Adv | PosClass::Verb | PosClass::Other, _) if counts(doc, at) => {
                Some((PosClass::Num, VerbForm::None))
            }
            // "She's insisting": no verb of its own.
            (PosClass::Verb, VerbForm::Finite) if carries(doc, at) => Some((PosClass::Aux, VerbForm::Finite)),
            (PosClass::Verb, form) => {
                if only_noun(doc, at) || told_of(doc, first, at) || happening(doc, first, at) || people_at(doc, at) {
                    Some((PosClass::Noun, VerbForm::None))
                } else if unit.capital && unit.hits.is_empty() && verb_follows(doc, at) {
                    // A name at the head of its sentence: "Aram said".
                    Some((PosClass::Propn, VerbForm::None))
                } else if form == VerbForm::Participle && (states(doc, first, at) || happens(doc, first, at)) {
                    Some((PosClass::Verb, VerbForm::Finite))
                } else {
                    None
                }
            }
            // "is warning": a verb, though "warning" is a noun too.
            (PosClass::Noun | PosClass::Adj, _) if gerund(doc, at) && after_be(doc, first, at) => {
                Some((PosClass::Verb, VerbForm::Gerund))
            }
            // "Fighting had eased": no participle, where no auxiliary stands before it.
            (PosClass::Aux, VerbForm::Participle) if begins_group(doc, first, at) => {
                Some((PosClass::Aux, VerbForm::Finite))
            }
            // "Niamey blames the herders": no name begins with a small letter.
            (PosClass::Propn | PosClass::Noun, _) if charges(doc, first, at) => {
                Some((PosClass::Verb, VerbForm::Finite))
            }
            // "A missile struck an air base"
            (PosClass::Noun, VerbForm::None) if struck(doc, first, at) => Some((PosClass::Verb, VerbForm::Finite)),
            (PosClass::Noun, _) if says_last(doc, first, at) || only_verb(doc, first, at) => {
                Some((PosClass::Verb, VerbForm::Finite))
            }
            // "had struck an airfield": a participle, whatever else the tagger knows the word as.
            (class, _) if class != PosClass::Verb && done(doc, first, at) => {
                Some((PosClass::Verb, VerbForm::Participle))
            }
            _ => None,
        };
        if let Some((class, form)) = better {
            (doc.units[at].class, doc.units[at].form) = (class, form);
        }
    }
}

/// "Phiến quân ở Yemen": between two nouns a word for where somebody is links them and is no verb of its own.
fn is_where(doc: &Doc<'_>, first: usize, at: usize) -> bool {
    let nominal = |u: &Unit| matches!(u.class, PosClass::Noun | PosClass::Propn);
    doc.units[at].class == PosClass::Verb
        && doc.is(at, Func::ToPlace)
        && !doc.is(at, Func::ToTarget)
        && at > first
        && nominal(&doc.units[at - 1])
        && doc.units.get(at + 1).is_some_and(nominal)
        && doc.act(at).is_none()
}

/// "Gần Isfahan": what is written large and in letters counts nothing, unless the lexicon knows it as a number.
fn is_name(doc: &Doc<'_>, at: usize) -> bool {
    let unit = &doc.units[at];
    let letters = || unit.span.of(doc.text).chars().all(char::is_alphabetic);
    unit.class == PosClass::Num && unit.capital && unit.hits.is_empty() && !doc.all_caps && letters()
}

/// "Sau trận đánh này, hai tỉnh": at the head of its clause and before a deed's noun, a word for where or when.
fn is_when(doc: &Doc<'_>, first: usize, at: usize) -> bool {
    let deed = |(s, _): (&Sense, _)| matches!(s, Sense::Act(a) if a.pos == Pos::Noun);
    let opens = at == first || doc.units[at - 1].class == PosClass::Punct;
    doc.units[at].class == PosClass::Noun
        && opens
        && doc.is(at, Func::ToPlace)
        && at + 1 < doc.units.len()
        && doc.senses(at + 1).any(deed)
}

/// Whether a name that is a pronoun too ("Anh", "Nga") is the state here: a capital inside a sentence tells it, and at its head
/// another state or an alliance that stands beside it.
pub(crate) fn is_state(doc: &Doc<'_>, first: usize, at: usize) -> bool {
    let names = |u: usize| {
        let state = |h: &Hit| h.capitals != 0 && h.kind == Kind::PARTY;
        doc.units[u].capital && doc.hits(u).iter().any(state)
    };
    // "IS attacks": a group's initials are no verb.
    let initials = |h: &Hit| h.acronym() && h.kind == Kind::NAMED;
    if !doc.all_caps && doc.hits(at).iter().any(initials) {
        return true;
    }
    if !names(at) {
        return false;
    }
    let beside = || {
        let joined = doc
            .units
            .get(at + 1)
            .is_some_and(|u| u.class == PosClass::Cconj || u.span.of(doc.text) == ",");
        let ally = |u: usize| {
            doc.senses(u)
                .any(|(s, _)| matches!(s, Sense::Org(o) if o.sector == Some(Sector::Mil)))
        };
        joined && at + 2 < doc.units.len() && (names(at + 2) || ally(at + 2))
    };
    at > first || beside()
}

/// "Phóng vào Israel": a word for where something is aimed links it to its noun and describes no verb.
fn is_aim(doc: &Doc<'_>, at: usize) -> bool {
    doc.units[at].class == PosClass::Adv
        && (doc.is(at, Func::ToTarget) || doc.is(at, Func::ToPlace))
        && doc
            .units
            .get(at + 1)
            .is_some_and(|u| matches!(u.class, PosClass::Noun | PosClass::Propn))
}

/// "Chỉ huy RSF Mohamed Dagalo nói": a word for an office that is a verb too, at the head of its clause and before the name of who
/// speaks or acts.
pub(crate) fn is_title(doc: &Doc<'_>, first: usize, at: usize) -> bool {
    let person = |(s, _): (&Sense, _)| matches!(s, Sense::Person { .. } | Sense::Org(_));
    let opens = at == first || doc.units[at - 1].class == PosClass::Punct;
    if !opens || !doc.senses(at).any(person) {
        return false;
    }
    let names = doc.units[at + 1..]
        .iter()
        .take_while(|u| u.capital || u.class == PosClass::Propn);
    let after = at + 1 + names.count();
    after > at + 1
        && doc
            .units
            .get(after)
            .is_some_and(|u| matches!(u.class, PosClass::Verb | PosClass::Aux | PosClass::Adv))
}

/// "Từng hai lần không kích": after how many times something was done the deed is a verb.
fn counted_deed(doc: &Doc<'_>, first: usize, at: usize) -> bool {
    doc.units[at].class == PosClass::Noun
        && at > first + 1
        && doc.is(at - 1, Func::Measure)
        && doc.is(at - 1, Func::Classifier)
        && doc
            .senses(at)
            .any(|(s, _)| matches!(s, Sense::Act(a) if a.pos == Pos::Verb))
}

/// "Clashed with", "exploded near": what nobody does to another has no passive, so that a participle of it after its subject
/// is a past tense.
pub(crate) fn happens(doc: &Doc<'_>, first: usize, at: usize) -> bool {
    let mut told = false;
    for (sense, _) in doc.senses(at) {
        match sense {
            Sense::Act(a) if a.pos == Pos::Verb => told = matches!(a.frame, Frame::Mutual | Frame::Intransitive),
            Sense::Harm {
                frame, pos: Pos::Verb, ..
            } => told = *frame == HarmFrame::Intransitive,
            Sense::Cue(c) if c.pos == Pos::Verb => return false,
            _ => continue,
        }
        if !told {
            return false;
        }
    }
    told && after_subject(doc, first, at)
}

/// "Imposed sanctions on": a verb whose own words hold its object.
fn holds_object(doc: &Doc<'_>, at: usize) -> bool {
    let tokens = &doc.units[at].tokens;
    tokens.len() > 1 && doc.tags[tokens.end as usize - 1].0 == PosClass::Noun
}

fn after_subject(doc: &Doc<'_>, first: usize, at: usize) -> bool {
    let before = (first..at).rev().find(|&u| doc.units[u].class != PosClass::Adv);
    before.is_some_and(|u| matches!(doc.units[u].class, PosClass::Noun | PosClass::Propn | PosClass::Pron))
}

/// "… và giam 40 thợ mỏ", "…, giết bốn binh sĩ", "hôm 13/4 phóng 300 UAV": behind a conjunction, a comma or a date and before what it
/// counts, a deed that no noun names is a verb.
fn joined_deed(doc: &Doc<'_>, first: usize, at: usize) -> bool {
    let deeds = |pos: fn(Pos) -> bool| doc.senses(at).any(|(s, _)| matches!(s, Sense::Act(a) if pos(a.pos)));
    let counted = |u: usize| {
        let number = doc.senses(u).any(|(s, _)| matches!(s, Sense::Number(_)));
        number || matches!(doc.units[u].class, PosClass::Num | PosClass::Det)
    };
    let follows = |u: usize| {
        let text = doc.units[u].span.of(doc.text);
        let date = doc.units[u].class == PosClass::Num && text.contains(['/', '-']);
        doc.units[u].class == PosClass::Cconj || text == "," || date
    };
    matches!(doc.units[at].class, PosClass::Adj | PosClass::Adv | PosClass::Noun)
        && at > first
        && follows(at - 1)
        && at + 1 < doc.units.len()
        && counted(at + 1)
        && deeds(|p| p == Pos::Verb)
        && !deeds(|p| p == Pos::Noun)
}

/// "Fighting between the two armies has killed": an "-ing" word that is a happening's noun too, with a preposition behind it and
/// its clause's verb before any comma.
fn happening(doc: &Doc<'_>, first: usize, at: usize) -> bool {
    let noun = |h: &Hit| h.pos == Some(Pos::Noun) && h.kind == Kind::ACT;
    let opens = at == first
        || matches!(
            doc.units[at - 1].class,
            PosClass::Sconj | PosClass::Cconj | PosClass::Adj | PosClass::Punct
        );
    let ahead = doc.units[at + 1..].iter().take(14);
    let mut ahead = ahead.take_while(|u| u.class != PosClass::Punct);
    let next = doc.units.get(at + 1).map(|u| u.class);
    doc.units[at].form == VerbForm::Gerund
        && opens
        && doc.hits(at).iter().any(noun)
        && matches!(next, Some(PosClass::Adp | PosClass::Aux | PosClass::Verb))
        && ahead.any(|u| u.class == PosClass::Aux || u.class == PosClass::Verb && u.form == VerbForm::Finite)
}

/// "had", "was" behind what can be their subject.
fn begins_group(doc: &Doc<'_>, first: usize, at: usize) -> bool {
    let before = (first..at).rev().find(|&u| doc.units[u].class != PosClass::Adv);
    doc.is(at, Func::AuxHave)
        && before.is_some_and(|u| {
            let unit = &doc.units[u];
            matches!(unit.class, PosClass::Noun | PosClass::Propn | PosClass::Pron) || unit.form == VerbForm::Gerund
        })
}

/// A word of saying of somebody else, written small, between somebody and whom it is said of: "Niamey blames the herders".
fn charges(doc: &Doc<'_>, first: usize, at: usize) -> bool {
    let says = doc.senses(at).any(|(s, form)| {
        let cue = matches!(s, Sense::Cue(c) if c.pos == Pos::Verb && !c.weak && (c.frames.has(Frames::NP_CLAUSE) || c.frames.has(Frames::CLAUSE)));
        cue && matches!(form, Inflection::Third | Inflection::Past | Inflection::PastOrParticiple)
    });
    let somebody = |u: usize| {
        doc.senses(u).any(|(s, _)| {
            matches!(
                s,
                Sense::Org(_) | Sense::Named { .. } | Sense::Party { .. } | Sense::Person { .. }
            )
        })
    };
    let nominal = |u: &usize| {
        matches!(
            doc.units[*u].class,
            PosClass::Noun | PosClass::Propn | PosClass::Adj | PosClass::Det
        )
    };
    let object = doc
        .units
        .get(at + 1)
        .is_some_and(|n| matches!(n.class, PosClass::Det | PosClass::Pron | PosClass::Propn) || n.capital);
    let subject = (first..at).rev().take(6).take_while(nominal).last();
    let opens = subject.is_some_and(|s| {
        s == first
            || matches!(
                doc.units[s - 1].class,
                PosClass::Punct | PosClass::Cconj | PosClass::Sconj
            )
    });
    !doc.units[at].capital && says && object && opens && at > first && somebody(at - 1)
}

/// A past tense of harm that is no noun, between a noun and what it harms.
fn struck(doc: &Doc<'_>, first: usize, at: usize) -> bool {
    let past = doc.senses(at).any(|(s, form)| {
        matches!(
            form,
            Inflection::Past | Inflection::Participle | Inflection::PastOrParticiple
        ) && matches!(s, Sense::Act(_) | Sense::Harm { .. } | Sense::Loss { .. })
    });
    let noun = doc.hits(at).iter().any(|h| h.pos == Some(Pos::Noun));
    let before = at > first && matches!(doc.units[at - 1].class, PosClass::Noun | PosClass::Propn);
    let object = doc
        .units
        .get(at + 1)
        .is_some_and(|n| matches!(n.class, PosClass::Det | PosClass::Num | PosClass::Propn));
    past && !noun && before && object
}

/// A participle of the lexicon's verbs, and nothing else of its entries, behind a word for "have".
fn done(doc: &Doc<'_>, first: usize, at: usize) -> bool {
    let participle = |form: Inflection| matches!(form, Inflection::Participle | Inflection::PastOrParticiple);
    let hits = doc.hits(at);
    let verb = |h: &Hit| h.pos == Some(Pos::Verb) && participle(h.inflection);
    let before = (first..at).rev().find(|&u| doc.units[u].class != PosClass::Adv);
    before.is_some_and(|u| doc.is(u, Func::AuxHave))
        && hits.iter().any(verb)
        && !hits.iter().any(|h| h.pos == Some(Pos::Noun))
}

/// "Rejected reports that": behind a verb that takes words for its object, a noun for words.
fn told_of(doc: &Doc<'_>, first: usize, at: usize) -> bool {
    let cue = |u: usize, pos: Pos, frame: Frames| {
        doc.senses(u)
            .any(|(s, _)| matches!(s, Sense::Cue(c) if c.pos == pos && c.frames.has(frame)))
    };
    let open = |u: &usize| !matches!(doc.units[*u].class, PosClass::Adj | PosClass::Det);
    let before = (first..at).rev().find(open);
    let follows = doc
        .units
        .get(at + 1)
        .is_some_and(|n| matches!(n.class, PosClass::Sconj | PosClass::Adp));
    follows
        && cue(at, Pos::Noun, Frames::CLAUSE)
        && before.is_some_and(|u| doc.units[u].class == PosClass::Verb && cue(u, Pos::Verb, Frames::NP))
}

/// "…, claims the army dismissed": behind a comma a noun for words, with a clause about who denies them: that one's verb.
fn added(doc: &Doc<'_>, first: usize, at: usize) -> Option<usize> {
    if !matches!(doc.units[at].class, PosClass::Verb | PosClass::Adj | PosClass::Noun) || at == first {
        return None;
    }
    let det = at > first + 1 && doc.units[at - 1].class == PosClass::Det;
    let before = at - 1 - usize::from(det);
    if doc.words(&(before..before + 1)) != "," {
        return None;
    }
    let cue = |u: usize, fits: fn(&Cue) -> bool| doc.senses(u).any(|(s, _)| matches!(s, Sense::Cue(c) if fits(c)));
    let nominal = |u: &usize| {
        let class = doc.units[*u].class;
        matches!(
            class,
            PosClass::Det
                | PosClass::Adj
                | PosClass::Noun
                | PosClass::Propn
                | PosClass::Pron
                | PosClass::Part
                | PosClass::Adv
                | PosClass::Aux
        )
    };
    let end = doc.units.len().min(at + 8);
    let verb = (at + 1..end).find(|u| !nominal(u)).filter(|&v| v > at + 1)?;
    let after = doc.units.get(verb + 1).map(|n| n.class);
    let closed = after.is_none_or(|class| matches!(class, PosClass::Punct | PosClass::Sconj | PosClass::Adp));
    let denied = closed
        && doc.units[verb].class == PosClass::Verb
        && cue(at, |c| c.pos == Pos::Noun && c.frames.has(Frames::CLAUSE))
        && cue(verb, |c| c.pos == Pos::Verb && c.stance == Stance::Denies);
    denied.then_some(verb)
}

/// A number word and nothing else.
fn counts(doc: &Doc<'_>, at: usize) -> bool {
    let number = |(s, _): (&Sense, _)| matches!(s, Sense::Number(n) if matches!(n.kind, NumberKind::Digit | NumberKind::Vague) && n.value > 1);
    doc.senses(at).next().is_some() && doc.senses(at).all(number)
}

/// "aides", "strikes" of a row for people or things, and no verb of the lexicon.
fn only_noun(doc: &Doc<'_>, at: usize) -> bool {
    let mut noun = false;
    // "Access remains limited"
    if doc.is(at, Func::Copula) {
        return false;
    }
    for hit in doc.hits(at) {
        match hit.pos {
            Some(Pos::Noun) => noun = true,
            Some(_) => return false,
            None => {}
        }
    }
    noun
}

/// "…; rebels said": people right before what they say, though the word can be a verb, and so the tagger takes "said" for a participle.
fn people_at(doc: &Doc<'_>, at: usize) -> bool {
    let people = |hit: &Hit| hit.pos == Some(Pos::Noun) && matches!(hit.kind, Kind::PERSON | Kind::ORG);
    let says = |u: usize| {
        doc.senses(u)
            .any(|(s, _)| matches!(s, Sense::Cue(c) if c.pos == Pos::Verb && c.frames.has(Frames::CLAUSE)))
    };
    let next = doc.units.get(at + 1).map(|u| u.class);
    doc.units[at].form == VerbForm::Finite
        && doc.hits(at).iter().any(people)
        && (verb_follows(doc, at) || next == Some(PosClass::Verb) && says(at + 1))
}

/// "Called it absurd and called for talks": a verb of saying of several words behind a conjunction, with its object.
fn goes_on(doc: &Doc<'_>, first: usize, at: usize) -> bool {
    let says = doc
        .senses(at)
        .any(|(s, _)| matches!(s, Sense::Cue(c) if c.pos == Pos::Verb && !c.weak));
    let object = doc.units.get(at + 1).is_some_and(|n| {
        matches!(
            n.class,
            PosClass::Noun | PosClass::Propn | PosClass::Det | PosClass::Adj | PosClass::Num | PosClass::Pron
        )
    });
    says && object && at > first && doc.units[at - 1].class == PosClass::Cconj
}

/// A short form of "be" or "have" before a participle.
fn carries(doc: &Doc<'_>, at: usize) -> bool {
    let clitic = doc.units[at].span.of(doc.text).starts_with(['\'', '’']);
    let participle = doc
        .units
        .get(at + 1)
        .is_some_and(|n| n.class == PosClass::Verb && matches!(n.form, VerbForm::Gerund | VerbForm::Participle));
    clitic && participle && (doc.is(at, Func::AuxBe) || doc.is(at, Func::AuxHave))
}

/// "The miners accuse the guards": a plain form that the lexicon knows as a verb alone, between a noun and what it is said of.
fn only_verb(doc: &Doc<'_>, first: usize, at: usize) -> bool {
    let hits = doc.hits(at);
    let plain = |h: &Hit| h.pos == Some(Pos::Verb) && h.inflection == Inflection::Base;
    let nominal = |u: &Unit| matches!(u.class, PosClass::Noun | PosClass::Propn);
    let object = doc.units.get(at + 1).is_some_and(|n| {
        matches!(
            n.class,
            PosClass::Det | PosClass::Pron | PosClass::Propn | PosClass::Num | PosClass::Sconj
        ) || doc.is(at + 1, Func::Recip)
    });
    let known = |u: usize| {
        doc.senses(u).any(|(s, _)| {
            matches!(
                s,
                Sense::Org(_) | Sense::Named { .. } | Sense::Party { .. } | Sense::Person { .. }
            )
        })
    };
    at > first && !hits.is_empty() && hits.iter().all(plain) && nominal(&doc.units[at - 1]) && known(at - 1) && object
}

fn verb_follows(doc: &Doc<'_>, at: usize) -> bool {
    doc.units[at + 1..]
        .iter()
        .find(|u| u.class != PosClass::Adv)
        .is_some_and(|u| u.class == PosClass::Aux || u.class == PosClass::Verb && u.form == VerbForm::Finite)
}

fn gerund(doc: &Doc<'_>, at: usize) -> bool {
    doc.hits(at)
        .iter()
        .any(|h| h.inflection == Inflection::Gerund && h.pos == Some(Pos::Verb))
}

fn after_be(doc: &Doc<'_>, first: usize, at: usize) -> bool {
    (first..at)
        .rev()
        .find(|&u| doc.units[u].class != PosClass::Adv)
        .is_some_and(|u| doc.is(u, Func::AuxBe))
}

/// Whether a verb that was taken for a participle is a past tense: "the army repeatedly denied that", "the mayor often said".
fn states(doc: &Doc<'_>, first: usize, at: usize) -> bool {
    let says = doc.senses(at).any(|(s, _)| {
        matches!(s, Sense::Cue(c) if c.pos == Pos::Verb && !c.weak && (c.frames.has(Frames::CLAUSE) || c.frames.has(Frames::QUOTE)))
    });
    let before = (first..at).rev().find(|&u| doc.units[u].class != PosClass::Adv);
    let Some(before) = before else { return false };
    let subject = |u: &Unit| matches!(u.class, PosClass::Noun | PosClass::Propn | PosClass::Pron);
    // "A senior official said": an office that is an adjective elsewhere.
    let office = doc.units[before].class == PosClass::Adj
        && says
        && before > first
        && doc
            .senses(before)
            .any(|(s, _)| matches!(s, Sense::Org(_) | Sense::Person { .. }));
    if !subject(&doc.units[before]) && !office {
        // "denied the attack and accused the army": the second verb of one subject, with its object after it.
        let object = doc
            .units
            .get(at + 1)
            .is_some_and(|n| matches!(n.class, PosClass::Det | PosClass::Pron | PosClass::Propn));
        return doc.units[before].class == PosClass::Cconj && object;
    }
    // With an object after it a participle would be no participle: "troops captured two villages".
    let object = doc.units.get(at + 1).is_some_and(|n| {
        matches!(n.class, PosClass::Det | PosClass::Num | PosClass::Pron) && !doc.is(at + 1, Func::Rel)
    });
    if !says {
        return object;
    }
    let Some(next) = doc.units.get(at + 1) else { return true };
    let named = matches!(doc.units[before].class, PosClass::Propn | PosClass::Pron)
        || doc.senses(before).any(|(s, _)| {
            matches!(
                s,
                Sense::Person { .. } | Sense::Org(_) | Sense::Named { .. } | Sense::Party { .. }
            )
        });
    match next.class {
        PosClass::Sconj | PosClass::Pron | PosClass::Det | PosClass::Noun | PosClass::Propn | PosClass::Num => true,
        PosClass::Punct => named,
        // "said to reporters": spoken to somebody; "said to be" is none.
        PosClass::Adp => named && !doc.is(at + 1, Func::Agent) && !doc.is(at + 1, Func::Inf),
        _ => false,
    }
}

/// ", Reuters news agency reports." and "Amnesty warns that": a verb, though it is the plural of a noun too.
fn says_last(doc: &Doc<'_>, first: usize, at: usize) -> bool {
    let verb = doc.senses(at).any(|(s, form)| {
        form == Inflection::Third
            && matches!(s, Sense::Cue(c) if c.pos == Pos::Verb && !c.weak && c.frames.has(Frames::CLAUSE))
    });
    let next = doc.units.get(at + 1).map(|u| u.class);
    if !verb || at == first || !matches!(next, None | Some(PosClass::Punct | PosClass::Sconj)) {
        return false;
    }
    let nominal = |u: &usize| {
        matches!(
            doc.units[*u].class,
            PosClass::Noun | PosClass::Propn | PosClass::Adj | PosClass::Det
        )
    };
    let subject = (first..at).rev().take(6).take_while(nominal).last();
    subject.is_some_and(|s| {
        let opens = s == first || doc.units[s - 1].class == PosClass::Punct || doc.is(s - 1, Func::Rel);
        opens
            && (s..at).any(|u| {
                doc.senses(u).any(|(s, _)| {
                    matches!(
                        s,
                        Sense::Org(_) | Sense::Named { .. } | Sense::Party { .. } | Sense::Person { .. }
                    )
                })
            })
    })
}
