//! Pass 2: tokens joined to units, each with the senses that its place in the sentence allows.

use crate::bits::*;
use crate::doc::{Doc, Sent, Unit, kinds};
use crate::nouns::{names_happening, reading, speaks_itself};
use counterclaim_claims::{Evidence, LossHarm};
use counterclaim_grammar::join_hash;
use counterclaim_lexicon::{
    Cue, Frames, Func, Hit, Inflection, Kind, NameKind, NumberKind, OrgKind, Pack, Pos, PosClass, Sense, TimeClass,
    TimeSense, VerbForm,
};
use counterclaim_text::{Layout, TokenKind};

/// Cuts every sentence into units: the longest lexicon entry at each token, leftmost first; else the word that the
/// tagger sees there.
pub(crate) fn build(doc: &mut Doc<'_>, layout: &Layout) {
    doc.units.reserve(doc.tokens.len());
    for sentence in &layout.sentences {
        let first_unit = doc.units.len();
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            at = unit_at(doc, at, sentence.tokens.clone());
        }
        if let Some(unit) = doc.units.get_mut(first_unit) {
            unit.bits |= FIRST;
        }
        doc.sents.push(Sent {
            units: first_unit..doc.units.len(),
            span: sentence.span,
            paragraph: sentence.paragraph,
        });
    }
    crate::rare::choose(doc);
    for sent in 0..doc.sents.len() {
        let units = doc.sents[sent].units.clone();
        crate::retag::retag(doc, units.clone());
        for unit in units.clone() {
            settle(doc, units.start, unit);
        }
    }
}

fn unit_at(doc: &mut Doc<'_>, at: usize, sentence: std::ops::Range<usize>) -> usize {
    let pack = doc.pack;
    let hits_from = doc.hits.len() as u32;
    let mut length = 1;
    let (tokens, words, tags, text, all_caps) = (&doc.tokens, &doc.words, &doc.tags, doc.text, doc.all_caps);
    let hits = &mut doc.hits;
    let mut marks: Vec<Hit> = Vec::new();
    pack.entries_at(
        |depth| (at + depth < sentence.end).then(|| words[at + depth]),
        |entry, found| {
            let fits = |hit: &&Hit| all_caps || hit.fits(|i| tokens[at + i].capital);
            // An entry in capitals throughout ("US", "IS") is no pronoun or verb in another guise.
            let first = at == sentence.start;
            let shouted = |hit: &&Hit| !all_caps && hit.acronym() && !acronym_fits(tokens[at].of(text), first);
            // "Witnesses said" tells what is leant on, "has killed" what is past, and their words are words all the same.
            if entry > 1 && found.iter().all(|hit| only_marks(&pack.senses[hit.sense as usize])) {
                marks.extend(found.iter().filter(fits).copied());
                return;
            }
            // "A drone hit a depot": no compound, where its last word is a verb with its object behind it.
            if entry > 1
                && !pack.head_first
                && found.iter().all(|hit| hit.pos == Some(Pos::Noun))
                && verb_with_object(tags, at + entry - 1, sentence.end)
            {
                return;
            }
            // "Called on Friday for a truce": the preposition is the day's.
            if entry > 1 && !pack.head_first && at + entry < sentence.end && before_day(pack, words, at + entry) {
                return;
            }
            let before = hits.len();
            hits.extend(found.iter().filter(fits).filter(|h| !shouted(h)).copied());
            if hits.len() > before {
                // The longer entry takes the place of the shorter.
                hits.drain(hits_from as usize..before);
                length = entry;
            }
        },
    );
    // A syllable that the tagger takes for the start of a longer word the lexicon does not know is not the entry that
    // happens to be spelt like it.
    let opens = at == sentence.start || at == sentence.start + 1 && doc.tokens[at - 1].kind == TokenKind::Punct;
    let small = opens && doc.hits[hits_from as usize..].iter().any(|hit| hit.capitals == 0);
    // ", nơi quân nổi dậy đóng chốt": a word that opens a clause behind a comma opens no compound.
    let relative = |hit: &Hit| matches!(pack.senses[hit.sense as usize], Sense::Func(Func::Rel));
    let opens_clause = at > sentence.start
        && doc.tokens[at - 1].of(doc.text) == ","
        && doc.hits[hits_from as usize..].iter().any(relative);
    if length == 1
        && at + 1 < sentence.end
        && !opens_clause
        && joined(doc, at + 1, small)
        && !starts_entry(doc, at + 1, sentence.end)
    {
        // A name is one in whatever company: "Nga".
        let capital = doc.tokens[at].capital;
        let names =
            |hit: &Hit| capital && matches!(hit.kind, Kind::PARTY | Kind::NAMED | Kind::REGION | Kind::MATERIEL);
        let first = hits_from as usize;
        let mut kept = first;
        for i in first..doc.hits.len() {
            if names(&doc.hits[i]) {
                doc.hits[kept] = doc.hits[i];
                kept += 1;
            }
        }
        doc.hits.truncate(kept);
    }
    if length == 1 && crate::rare::is_surname(doc, at, hits_from as usize) {
        doc.hits.truncate(hits_from as usize);
    }
    let mut end = at + length;
    if doc.hits.len() as u32 == hits_from {
        while end < sentence.end && joined(doc, end, false) && doc.words[end] == 0 {
            end += 1;
        }
        // The tagger joins syllables that the lexicon knows apart; it is followed only where no entry begins.
        let mut probe = end;
        while probe < sentence.end && joined(doc, probe, false) && !starts_entry(doc, probe, sentence.end) {
            probe += 1;
        }
        end = end.max(probe);
    }
    doc.hits.extend(marks);
    let span = doc.tokens[at].span.join(doc.tokens[end - 1].span);
    let (class, form, _) = doc.tags[at];
    doc.units.push(Unit {
        tokens: at as u32..end as u32,
        span,
        class,
        form,
        bits: 0,
        word: doc.keys[at + 1..end]
            .iter()
            .fold(doc.keys[at], |all, key| join_hash(all, *key)),
        hits: hits_from..doc.hits.len() as u32,
        kinds: kinds(&doc.hits[hits_from as usize..]),
        capital: doc.tokens[at].capital,
    });
    end
}

/// "Fighters": somebody, unless a type stands beside the word or it is shot down. Nothing where a word can be only one of the two.
fn is_craft(doc: &Doc<'_>, first: usize, at: usize) -> Option<bool> {
    let is = |u: usize, kind: Kind| doc.kinds(u) & kind.bit() != 0;
    let materiel = |u: usize| is(u, Kind::MATERIEL);
    if !materiel(at) || !is(at, Kind::PERSON) {
        return None;
    }
    let downed = |u: usize| {
        doc.of_kind(u, Kind::LOSS).any(|s| {
            matches!(
                s,
                Sense::Loss {
                    harm: LossHarm::ShotDown,
                    ..
                }
            )
        })
    };
    let before = first.max(at.saturating_sub(4))..at;
    let after = at + 1..doc.units.len().min(at + 5);
    Some(
        at > first && materiel(at - 1)
            || after.contains(&(at + 1)) && materiel(at + 1)
            || before.chain(after).any(downed),
    )
}

/// Whether the word before `at` is one that dates stand behind, and a weekday or month follows.
fn before_day(pack: &Pack, words: &[u32], at: usize) -> bool {
    let classed = |at: usize, fits: fn(&TimeSense) -> bool| {
        let mut found = false;
        pack.entries_at(
            |depth| (depth == 0).then_some(words[at]),
            |_, hits| {
                found |= hits
                    .iter()
                    .any(|h| matches!(&pack.senses[h.sense as usize], Sense::Time(t) if fits(t)));
            },
        );
        found
    };
    classed(at, |t| matches!(t.class, TimeClass::Weekday | TimeClass::Month))
        && classed(at - 1, |t| t.class == TimeClass::Prep && t.value == "on")
}

/// Whether the tagger sees a finite verb in a token and, right behind it, what opens a noun phrase.
fn verb_with_object(tags: &[(PosClass, VerbForm, bool)], at: usize, end: usize) -> bool {
    let (class, form, _) = tags[at];
    class == PosClass::Verb
        && !matches!(form, VerbForm::Gerund | VerbForm::Participle)
        && at + 1 < end
        && matches!(
            tags[at + 1].0,
            PosClass::Det | PosClass::Num | PosClass::Pron | PosClass::Propn
        )
}

/// Whether the tagger's word goes on at a token. A name does not go on with a word that is written small, or large only because
/// it opens a sentence (`small`): "Theo Moskva".
fn joined(doc: &Doc<'_>, at: usize, small: bool) -> bool {
    let name = doc.tokens[at].capital && !doc.all_caps;
    doc.tags[at].2 && !(name && (small || !doc.tokens[at - 1].capital))
}

fn only_marks(sense: &Sense) -> bool {
    matches!(
        sense,
        Sense::Background
            | Sense::Evidence {
                kind: Evidence::Witness | Evidence::Figure,
                ..
            }
    )
}

/// Whether an entry of several words or the name of a party begins here.
fn starts_entry(doc: &Doc<'_>, at: usize, end: usize) -> bool {
    let mut found = false;
    let capital = doc.tokens[at].capital;
    let party = |hit: &Hit| {
        matches!(
            doc.pack.senses[hit.sense as usize],
            Sense::Party { .. } | Sense::Named { .. }
        )
    };
    doc.pack.entries_at(
        |depth| (at + depth < end).then(|| doc.words[at + depth]),
        |length, hits| found |= length > 1 || capital && hits.iter().any(party),
    );
    found
}

/// Whether a word of the text is an acronym that the lexicon has in capitals: "US", "FACT". Within a sentence a longer
/// one may be written as a name ("Isaf"); "Us" and "Fact" open sentences.
fn acronym_fits(word: &str, first: bool) -> bool {
    word.chars().all(|c| !c.is_lowercase()) || !first && word.chars().count() > 3
}

/// Drops the senses that the unit's word class excludes and sets its bits.
fn settle(doc: &mut Doc<'_>, first: usize, at: usize) {
    let unit = &doc.units[at];
    let range = unit.hits.start as usize..unit.hits.end as usize;
    if range.is_empty() {
        if is_compound(doc, at) {
            (doc.units[at].class, doc.units[at].form) = (PosClass::Adj, VerbForm::None);
        }
        let unit = &mut doc.units[at];
        unit.bits |= class_bit(unit.class) | mark_bit(unit.span.of(doc.text));
        return;
    }
    let (noun, verb) = reading(doc, first, at);
    let pack = doc.pack;
    let all = unit.kinds;
    // "Shot down" is a verb whatever "shot" is: the rows of a phrase know its class.
    let phrase = unit.tokens.len() > 1 && !pack.head_first;
    let has = |pos: Pos| doc.hits[range.clone()].iter().any(|h| h.pos == Some(pos));
    let (noun, verb) = match (has(Pos::Noun), has(Pos::Verb)) {
        (true, false) if phrase => (true, false),
        (false, true) if phrase => (false, true),
        _ => (noun, verb),
    };
    let keep = |hit: &Hit| match hit.pos {
        Some(Pos::Verb) => verb,
        Some(Pos::Noun) => noun,
        _ => true,
    };
    let names_act = all & Kind::ACT.bit() != 0
        && doc.hits[range.clone()]
            .iter()
            .any(|h| matches!(&pack.senses[h.sense as usize], Sense::Act(a) if a.pos == Pos::Noun && !a.flags.weak));
    let keep = |hit: &Hit| {
        keep(hit)
            && !(names_act
                && hit.kind == Kind::CUE
                && matches!(&pack.senses[hit.sense as usize], Sense::Cue(c) if c.pos == Pos::Noun && !c.frames.has(Frames::CLAUSE)))
    };
    let state = crate::retag::is_state(doc, first, at);
    let keep = |hit: &Hit| keep(hit) && !(state && hit.kind.is_func());
    // "SANA" is the agency, and no town that is spelt alike.
    let initials = |h: &Hit| h.acronym() && matches!(h.kind, Kind::PARTY | Kind::NAMED);
    let shouted = !doc.all_caps && doc.hits[range.clone()].iter().any(initials);
    let keep = |hit: &Hit| keep(hit) && !(shouted && matches!(hit.kind, Kind::PARTY | Kind::NAMED) && !hit.acronym());
    let craft = is_craft(doc, first, at);
    let keep = |hit: &Hit| {
        keep(hit)
            && match hit.kind {
                Kind::MATERIEL => craft != Some(false),
                Kind::PERSON => craft != Some(true),
                _ => true,
            }
    };
    // "xác định video được quay", "UAV không kích": media and arms are things, whatever the tagger takes their name for.
    let thing = Kind::EXHIBIT.bit() | Kind::MATERIEL.bit();
    let medium = pack.head_first
        && doc.units[at].class == PosClass::Verb
        && has(Pos::Noun)
        && !has(Pos::Verb)
        && all & thing != 0;
    if medium {
        (doc.units[at].class, doc.units[at].form) = (PosClass::Noun, VerbForm::None);
    }
    // "đã phát hiện": a verb by the word before it, though the lexicon and the tagger know only the noun. Who or what is
    // named ("bị lính bắn tỉa hạ sát") does nothing by that.
    let names = all & !(Kind::ACT.bit() | Kind::CUE.bit()) != 0;
    let marked = pack.head_first
        && verb
        && !noun
        && doc.units[at].class == PosClass::Noun
        && has(Pos::Noun)
        && !has(Pos::Verb)
        && !names;
    if marked {
        (doc.units[at].class, doc.units[at].form) = (PosClass::Verb, VerbForm::Finite);
    }
    // "down" beside a verb and "like" before a noun are no verbs of the lexicon.
    let any = marked || doc.hits[range.clone()].iter().any(keep) || !noun && !verb && doc.pack.paradigm;
    let mut kept = range.start;
    for i in range.clone() {
        let hit = doc.hits[i];
        if !any || keep(&hit) {
            doc.hits[kept] = hit;
            kept += 1;
        }
    }
    doc.set_hits(at, range.start as u32..kept as u32);
    let hits = &doc.hits[range.start..kept];
    let words = (doc.units[at].tokens.end - doc.units[at].tokens.start) as usize;
    let title = pack.head_first && crate::retag::is_title(doc, first, at);
    let is_verb = verb && !title && hits.iter().any(|h| h.pos == Some(Pos::Verb));
    let is_noun = hits.iter().any(|h| h.pos == Some(Pos::Noun));
    let fixed_cue = words > 1 && hits.iter().any(|h| h.kind == Kind::CUE && h.pos == Some(Pos::Fixed));
    // "A fresh offensive today": no adjective where no noun follows.
    let noun_follows = doc
        .units
        .get(at + 1)
        .is_some_and(|n| matches!(n.class, PosClass::Noun | PosClass::Propn | PosClass::Adj));
    // "các cuộc không kích": what a word for a happening stands before is its name.
    let named_by = noun
        && !verb
        && (at > first && (doc.units[at].capital || names_happening(doc, at - 1)) || speaks_itself(doc, first, at));
    let vows =
        at > first && doc.units[at - 1].bits & CC != 0 && at + 1 < doc.units.len() && doc.is(at + 1, Func::Future);
    let after_somebody = vows || at > first && doc.units[at - 1].bits & (PARTY | PERSON | ORG) != 0;
    let after_noun = at > first && matches!(doc.units[at - 1].class, PosClass::Noun | PosClass::Propn);
    let unit = &mut doc.units[at];
    let tagged = unit.class;
    if unit.class == PosClass::Adj && is_noun && !is_verb && names_act && !noun_follows && !pack.head_first {
        unit.class = PosClass::Noun;
    }
    // A fixed expression's own row knows its class better than the tagger knows its first word.
    // "Mỹ tố phi cơ Nga", "và thề sẽ đáp trả": a verb of saying of one syllable, which taggers take for a noun.
    let says = pack.head_first
        && is_verb
        && after_somebody
        && hits
            .iter()
            .any(|h| matches!(&pack.senses[h.sense as usize], Sense::Cue(c) if c.pos == Pos::Verb && !c.weak));
    // "Phiến quân đốt nhà thờ": a deed's word that is none of the closed classes is no preposition.
    let deed = pack.head_first && unit.class == PosClass::Adp && is_verb && !hits.iter().any(|h| h.kind.is_func());
    // "chiếc tiêm kích rơi": no noun of the lexicon, behind a noun that is none for a happening.
    let only_verb = pack.head_first && is_verb && !is_noun && at > first && after_noun;
    if words > 1 || unit.class == PosClass::Other || (!noun && is_verb) || says || only_verb || named_by || deed {
        if is_verb && unit.class != PosClass::Verb {
            unit.class = PosClass::Verb;
            unit.form = VerbForm::Finite;
        } else if named_by && unit.class == PosClass::Verb && pack.head_first {
            (unit.class, unit.form) = (PosClass::Noun, VerbForm::None);
        } else if is_noun && !is_verb && unit.class != PosClass::Propn {
            unit.class = PosClass::Noun;
        }
    }
    if is_compound(doc, at) {
        (doc.units[at].class, doc.units[at].form) = (PosClass::Adj, VerbForm::None);
        doc.set_hits(at, range.start as u32..range.start as u32);
        doc.units[at].bits |= ADJ;
        return;
    }
    let (hits, unit) = (&doc.hits[range.start..kept], &mut doc.units[at]);
    for hit in hits {
        let (bits, class) = bits_of(
            &pack.senses[hit.sense as usize],
            hit.inflection,
            is_verb,
            pack.head_first,
        );
        unit.bits |= bits;
        if let Some(class) = class {
            unit.class = class;
        }
    }
    if unit.bits & AGENT != 0 {
        unit.bits &= !SUB;
    }
    if unit.bits & CUE_V != 0 {
        unit.bits &= !DET_THIS;
    }
    if fixed_cue {
        // "it is feared", "bị cáo buộc": a whole predicate.
        (unit.class, unit.form) = (PosClass::Verb, VerbForm::Finite);
    }
    // "A raid in which two died": no preposition of what follows.
    if words > 1 && unit.bits & REL != 0 && unit.class == PosClass::Adp && pack.paradigm {
        unit.class = PosClass::Sconj;
    }
    if unit.bits & COMP != 0 && tagged != PosClass::Pron && pack.paradigm {
        // "said that P": no pronoun.
        unit.bits &= !(WHO | PRONOUN | IT | DET_THIS);
        unit.class = PosClass::Sconj;
    }
    // "so many lies", "her scandal": before a noun it determines.
    if noun_follows
        && pack.paradigm
        && unit.bits & PRONOUN != 0
        && unit.bits & (DET | NUMBER) != 0
        && unit.bits & DET_THIS == 0
    {
        unit.bits &= !(WHO | PRONOUN);
        unit.class = PosClass::Det;
    }
    unit.bits |= class_bit(unit.class) | mark_bit(unit.span.of(doc.text));
}

/// "Turkish-backed", "battle-hardened" before a noun, which the tagger takes for verbs.
fn is_compound(doc: &Doc<'_>, at: usize) -> bool {
    let unit = &doc.units[at];
    unit.tokens.len() == 1
        && unit.class == PosClass::Verb
        && !doc.pack.head_first
        && unit.span.of(doc.text).contains('-')
}

fn class_bit(class: PosClass) -> u128 {
    match class {
        PosClass::Noun => NOUN,
        PosClass::Propn => PROPN,
        PosClass::Verb => VERB,
        PosClass::Aux => AUX,
        PosClass::Adj => ADJ,
        PosClass::Adv => ADV,
        PosClass::Adp => ADP,
        PosClass::Cconj | PosClass::Sconj => CONJ,
        PosClass::Det => DET,
        PosClass::Num => NUM,
        PosClass::Pron => PRON,
        PosClass::Part => PART,
        PosClass::Punct => PUNCT,
        PosClass::Other => 0,
    }
}

fn mark_bit(word: &str) -> u128 {
    match word {
        "," => COMMA,
        ":" => COLON,
        "-" | "--" | "–" | "—" => DASH,
        _ => 0,
    }
}

fn bits_of(sense: &Sense, inflection: Inflection, is_verb: bool, head_first: bool) -> (u128, Option<PosClass>) {
    let (bits, class) = match sense {
        Sense::Cue(cue) => (cue_bits(cue), None),
        Sense::Act(_) => (ACT, None),
        Sense::Harm { .. } => (HARM, None),
        Sense::Loss { .. } => (LOSS, None),
        Sense::Person { .. } => (WHO | PERSON, None),
        Sense::Org(org) => (
            WHO | if matches!(org.kind, OrgKind::Org | OrgKind::Place | OrgKind::State) {
                ORG
            } else {
                PERSON
            },
            None,
        ),
        Sense::Materiel { .. } => (MATERIEL, None),
        Sense::Exhibit { .. } => (EXHIBIT, None),
        Sense::Evidence {
            kind: Evidence::Video | Evidence::Photo | Evidence::Document,
            ..
        } => (EVIDENCE | EXHIBIT, None),
        Sense::Evidence { .. } => (EVIDENCE, None),
        Sense::Hedge => (HEDGE, None),
        Sense::Background => (BACKGROUND, None),
        Sense::Func(func) => func_bits(*func, is_verb, head_first),
        Sense::Number(number) => (
            if matches!(number.kind, NumberKind::Each | NumberKind::Half) {
                0
            } else {
                NUMBER
            },
            None,
        ),
        Sense::Time(_) => (0, None),
        Sense::Party { form, .. } => {
            let adjective = *form == counterclaim_lexicon::PartyForm::Adjective;
            (WHO | PARTY, (!adjective).then_some(PosClass::Propn))
        }
        Sense::Named { kind, .. } => (
            WHO | match kind {
                NameKind::Group => ORG | PARTY,
                NameKind::Outlet => ORG | MEDIA,
                NameKind::Person => PERSON | PARTY,
            },
            Some(PosClass::Propn),
        ),
        Sense::Region(_) => (PLACE, Some(PosClass::Propn)),
    };
    // A gerund of the lexicon is one, whatever the tagger says.
    (
        if inflection == Inflection::Gerund {
            bits | GERUND
        } else {
            bits
        },
        class,
    )
}

fn cue_bits(cue: &Cue) -> u128 {
    let mut bits = match cue.pos {
        Pos::Verb => CUE_V,
        Pos::Noun => CUE_N,
        Pos::Preposition => CUE_P,
        Pos::Adjective => CUE_A,
        _ => CUE_V,
    };
    for (frame, bit) in [
        (Frames::CLAUSE, CLAUSE),
        (Frames::QUOTE, QUOTING),
        (Frames::ADDRESSEE, ADDRESSEE),
        (Frames::NP, NAMES),
        (Frames::NP_CLAUSE, NAMES_CLAUSE),
        (Frames::TO, TO),
        (Frames::PREP, PREP),
        (Frames::BLAME, BLAME),
        (Frames::AS, AS),
        (Frames::SOURCE_CLAUSE, RELAY),
        (Frames::SOURCE, SOURCE),
        (Frames::SHOW, SHOW),
        (Frames::SILENT, SILENT),
    ] {
        if cue.frames.has(frame) {
            bits |= bit;
        }
    }
    if cue.frames.has(Frames::SHOW) && cue.evidence.is_some() {
        bits |= PUBLISHES;
    }
    for (flag, bit) in [
        (cue.weak, WEAK),
        (cue.passive_only, PASSIVE_CUE),
        (cue.not_passive, NOT_PASSIVE),
        (cue.pos == Pos::Fixed && !cue.passive_only, FIXED),
    ] {
        if flag {
            bits |= bit;
        }
    }
    bits
}

fn func_bits(func: Func, is_verb: bool, head_first: bool) -> (u128, Option<PosClass>) {
    match func {
        Func::Cc | Func::CcContrast | Func::CcOr => (CC, Some(PosClass::Cconj)),
        Func::Sub | Func::SubTime | Func::SubCond => (SUB, None),
        Func::SubCause => (SUB | CAUSE, None),
        Func::Comp => (COMP, None),
        Func::Rel => (REL, None),
        Func::Neg => (NEG, Some(PosClass::Adv)),
        Func::PronSg | Func::PronPl | Func::Pron1Sg | Func::Pron1Pl => (WHO | PRONOUN, Some(PosClass::Pron)),
        Func::PronIt => (WHO | PRONOUN | IT, Some(PosClass::Pron)),
        Func::Recip => (RECIP, Some(PosClass::Pron)),
        Func::BothSides => (WHO | BOTH_SIDES, Some(PosClass::Noun)),
        Func::Enemy => (WHO, Some(PosClass::Noun)),
        Func::Det | Func::Plural | Func::Classifier | Func::PronPossSg | Func::PronPossPl => (DET, None),
        // After the noun it can be nothing else.
        Func::DetThis if head_first => (DET_THIS, Some(PosClass::Det)),
        Func::DetThis => (DET_THIS, None),
        Func::Modal | Func::ModalMay => (MODAL, Some(PosClass::Aux)),
        Func::ModalShould => (MODAL | SHOULD, Some(PosClass::Aux)),
        Func::Future | Func::Past | Func::Progressive => (AUX, Some(PosClass::Aux)),
        Func::AuxBe | Func::AuxHave | Func::AuxDo if !is_verb => (AUX, Some(PosClass::Aux)),
        Func::Passive => (PASSIVE_WORD, Some(PosClass::Aux)),
        Func::Publish if !head_first => (PUBLISHES, None),
        Func::Agent => (AGENT, None),
        Func::Poss => (POSS, None),
        Func::Copula => (COPULA, None),
        Func::Exist => (EXIST, None),
        Func::Inf => (INF, None),
        Func::Side => (WHO, None),
        Func::Backed => (BACKED, None),
        Func::Described => (ADJ, Some(PosClass::Adj)),
        _ => (0, None),
    }
}
