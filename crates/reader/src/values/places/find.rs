//! Names of the gazetteer in the text, and how each stands there.

use super::people::introduces;
use crate::bits::*;
use crate::doc::Doc;
use counterclaim_lexicon::{Bearers, Beside, Func, Kind, NameKind, OrgKind, PartyForm, PosClass, Sense};
use counterclaim_text::{Span, TokenKind};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// How a name stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// As only a place's name stands: after a preposition of place, before its state, with the word for its kind.
    Positive,
    /// As any name may.
    Plain,
    /// Inside the name of something else: "Columbia University".
    Embedded,
    /// It is a frequent surname or given name.
    Doubtful,
    /// The document has a person of that name.
    Person,
}

/// A name in the text.
#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) units: Range<usize>,
    pub(super) span: Span,
    /// Which of the document's distinct names it is.
    pub(super) key: usize,
    pub(super) standing: Standing,
    /// The name that follows and tells where it lies: "Paris, Texas".
    pub(super) within: Option<usize>,
    /// The word for its kind beside it is a division's ("province"), a town's ("city of").
    pub(super) division: bool,
    pub(super) town: bool,
    /// A region of the language pack, which needs no resolving.
    pub(super) region: Option<u32>,
}

/// A distinct name of the document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key {
    pub(super) bearers: Bearers,
    /// Usually no place's name, whoever bears it.
    pub(super) weak: bool,
    /// No bearer has it as its preferred name.
    pub(super) alias: bool,
    /// The lexicon of the language knows it as a state or party.
    pub(super) party: bool,
    /// The lexicon of the language knows a word of it.
    pub(super) known: bool,
}

/// All names of a document, in text order, and each distinct one once.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) names: Vec<Name>,
    pub(super) keys: Vec<Key>,
}

/// Finds the names of a document, in one pass over its units.
pub(super) fn names(doc: &Doc<'_>, people: &FxHashSet<u64>) -> Found {
    let mut found = Found::default();
    let mut known: FxHashMap<u32, usize> = FxHashMap::default();
    for sent in &doc.sents {
        let mut u = sent.units.start;
        while u < sent.units.end {
            let region = doc
                .of_kind(u, Kind::REGION)
                .find_map(|s| if let Sense::Region(r) = s { Some(*r) } else { None });
            if region.is_some() {
                found.names.push(Name {
                    units: u..u + 1,
                    span: doc.units[u].span,
                    key: 0,
                    standing: Standing::Positive,
                    within: None,
                    division: false,
                    town: false,
                    region,
                });
                u += 1;
                continue;
            }
            let Some((units, span, bearers)) = name_at(doc, u, &sent.units) else {
                u += 1;
                continue;
            };
            let Some(standing) = standing(doc, people, &units, &sent.units, bearers) else {
                u += 1;
                continue;
            };
            u = units.end;
            let key = *known.entry(bearers.name()).or_insert_with(|| {
                found.keys.push(Key {
                    bearers,
                    weak: bearers.iter().filter(|b| !b.adjective).all(|b| b.weak),
                    alias: bearers.iter().all(|b| b.alias),
                    party: doc.has(units.start, PARTY),
                    known: units.clone().any(|i| !doc.units[i].hits.is_empty()),
                });
                found.keys.len() - 1
            });
            let (division, town) = kind_words(doc, &units, &sent.units);
            found.names.push(Name {
                units,
                span,
                key,
                standing: if division || town { Standing::Positive } else { standing },
                within: None,
                division,
                town,
                region: None,
            });
        }
    }
    for n in 1..found.names.len() {
        if says_where(doc, &found.names[n - 1].units, &found.names[n].units) {
            found.names[n - 1].within = Some(n);
        }
    }
    found
}

/// The longest name that begins with a unit.
pub(super) fn name_at(doc: &Doc<'_>, u: usize, sent: &Range<usize>) -> Option<(Range<usize>, Span, Bearers)> {
    let unit = &doc.units[u];
    if unit.class == PosClass::Punct {
        return None;
    }
    // "the United States" is one unit of the lexicon; the name begins at its first capital.
    let capital = (unit.tokens.start..unit.tokens.end)
        .map(|t| t as usize)
        .find(|&t| doc.tokens[t].capital || is_caseless(doc.tokens[t].of(doc.text)));
    let first = match capital {
        Some(first) => first,
        None if leads_to_a_name(doc, u, sent) => unit.tokens.start as usize,
        None => return None,
    };
    let start = doc.tokens[first].span.start;
    let end = doc.units[sent.end - 1].span.end;
    let mut best = None;
    doc.gazetteer
        .names_at(&doc.text[start as usize..end as usize], |length, bearers| {
            let stop = start + length as u32;
            let Some(token) = (first..doc.tokens.len()).find(|&t| doc.tokens[t].span.end >= stop) else {
                return;
            };
            let last = doc.tokens[token];
            if last.span.end != stop {
                return;
            }
            let alone = token == first && capital.is_some();
            // "Deir ez-Zor": a capital within the last word will do.
            let full = capital.is_some()
                && (last.kind != TokenKind::Word
                    || last.span.len() <= 1
                    || last.of(doc.text).contains(char::is_uppercase)
                    || is_of_another_script(last.of(doc.text)));
            let by_hand = || {
                let phrase = capital.is_some() || !last.of(doc.text).contains(char::is_uppercase);
                let whole = |kind| phrase && matches!(kind, "admin1" | "admin2") || is_by_hand(kind);
                doc.pack.head_first
                    && bearers
                        .iter()
                        .any(|b| !b.adjective && !b.alias && whole(doc.gazetteer.place(b.place).kind))
            };
            // A name that ends inside a unit of the lexicon is not that name.
            let at = (u..sent.end).find(|&at| doc.units[at].span.end >= stop);
            if let Some(at) = at.filter(|&at| doc.units[at].span.end == stop)
                && (alone || full || by_hand())
            {
                best = Some((u..at + 1, Span::new(start as usize, stop as usize), bearers));
            }
        });
    best.filter(|(_, _, bearers)| !bearers.iter().all(|b| b.adjective))
}

/// Whether a word is of no Latin script: names in those are whole as they stand ("Донецкая область").
fn is_of_another_script(word: &str) -> bool {
    word.chars()
        .next()
        .is_some_and(|c| c >= '\u{370}' && c.is_alphabetic() && !('\u{1e00}'..'\u{1f00}').contains(&c))
}

/// Whether a word is of a script without capitals.
fn is_caseless(word: &str) -> bool {
    // The scripts of capital and small letters stand before Hebrew; none of their words is looked at any further.
    word.chars()
        .next()
        .is_some_and(|c| c >= '\u{590}' && c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase())
}

/// "miền đông Ukraine", "eo biển Kerch": where heads stand first, a name of a region may begin with a word in lower case.
fn leads_to_a_name(doc: &Doc<'_>, u: usize, sent: &Range<usize>) -> bool {
    doc.pack.head_first
        && doc.units[u].class != PosClass::Verb
        && (u + 1..sent.end.min(u + 4)).any(|v| doc.units[v].capital && doc.units[v].class != PosClass::Punct)
}

/// Kinds that the tables made by hand alone have: their forms are whole names as reports write them, small letters and all.
fn is_by_hand(kind: &str) -> bool {
    !matches!(kind, "country" | "capital" | "admin1" | "admin2" | "city")
}

/// How a name stands; none where it is not a place's at all.
fn standing(
    doc: &Doc<'_>,
    people: &FxHashSet<u64>,
    units: &Range<usize>,
    sent: &Range<usize>,
    bearers: Bearers,
) -> Option<Standing> {
    let unit = &doc.units[units.start];
    let one = units.len() == 1;
    let word = doc.words(units);
    let party = doc.has(units.start, PARTY);
    let before = (units.start > sent.start).then(|| units.start - 1);
    let after_comma = before.is_some_and(|b| doc.has(b, COMMA));
    let placed = before.is_some_and(|b| is_place_word(doc, b, sent));
    if one && word.chars().count() < 3 && !party {
        // "Austin, TX": the short form of a state stands after a comma.
        let bloc = || bearers.iter().any(|b| doc.gazetteer.place(b.place).kind == "bloc");
        if !word.chars().all(char::is_uppercase) || !after_comma && !bloc() {
            return None;
        }
    }
    let other = if one {
        is_people(doc, units.start)
            || is_other(doc, units.start) && !(placed || after_comma)
            || is_weapon(doc, units.start)
    } else {
        false
    };
    if other || units.clone().any(|u| is_named_other(doc, u)) {
        return None;
    }
    if one && !doc.all_caps && is_common(doc, units.start, sent) {
        return None;
    }
    if doc.pack.head_first {
        let titled = units.start > sent.start
            && doc
                .pack
                .beside(doc.words(&(units.start - 1..units.start)))
                .has(Beside::TITLE)
            && !party;
        let placed = units.start > sent.start && is_place_word(doc, units.start - 1, sent);
        return (!titled).then_some(if placed { Standing::Positive } else { Standing::Plain });
    }
    let class = if one { doc.pack.beside(word) } else { Beside::default() };
    let inside = surroundings(doc, units, sent);
    // "Georgia Stevens"
    if one && party && class.has(Beside::GIVEN) && inside.surname {
        return None;
    }
    if !doc.all_caps && !party {
        if one && before.is_some_and(|b| introduces(doc, b)) && !placed {
            return None;
        }
        // "Chad Walker": a given name with its surname.
        if one && class.has(Beside::GIVEN) && inside.tail == Tail::Name {
            return None;
        }
        if inside.tail == Tail::Whole {
            return None;
        }
    }
    if placed && !matches!(inside.tail, Tail::Building) {
        return Some(Standing::Positive);
    }
    if inside.tail == Tail::Body {
        return Some(Standing::Positive);
    }
    if one && !party && people.contains(&unit.word) {
        return Some(Standing::Person);
    }
    if matches!(inside.tail, Tail::Building | Tail::Name) || inside.head {
        return Some(Standing::Embedded);
    }
    if one && !party && class.has(Beside::SURNAME.or(Beside::GIVEN)) {
        let city = |b: counterclaim_lexicon::Bearer| !b.alias && doc.gazetteer.place(b.place).population >= 100_000;
        if !bearers.iter().any(city) {
            return Some(Standing::Doubtful);
        }
    }
    Some(Standing::Plain)
}

/// What the capitalised words after a name make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tail {
    None,
    /// A body of the place: "Dublin City Council".
    Body,
    /// A thing or body that only bears its name: "Columbia University".
    Building,
    /// A street or water, named as a whole.
    Whole,
    /// Some other name.
    Name,
}

struct Inside {
    tail: Tail,
    /// A name stands before it: "Environment Canada".
    head: bool,
    /// A frequent surname stands after it.
    surname: bool,
}

fn surroundings(doc: &Doc<'_>, units: &Range<usize>, sent: &Range<usize>) -> Inside {
    let mut classes = Beside::default();
    let mut i = units.end;
    let (mut unknown, mut surname) = (false, false);
    while i < sent.end && i < units.end + 5 && doc.units[i].capital && doc.units[i].class != PosClass::Punct {
        let class = doc.pack.beside(doc.words(&(i..i + 1)));
        if i == units.end {
            if class.has(Beside::BODY) && !class.has(Beside::ROAD) {
                return Inside {
                    tail: Tail::Body,
                    head: false,
                    surname: false,
                };
            }
            surname = class.has(Beside::SURNAME) && !class.has(Beside::ROAD.or(Beside::NATURE).or(Beside::BUILDING));
            unknown = doc.units[i].hits.is_empty() && !class.has(Beside::TITLE.or(Beside::COMPASS));
        }
        // "St." and "Dr." are roads after a name and something else before one.
        if class.has(Beside::ROAD) {
            return Inside {
                tail: Tail::Whole,
                head: false,
                surname: false,
            };
        }
        classes = classes.or(class);
        i += 1;
    }
    let tail = if classes.has(Beside::BUILDING) {
        Tail::Building
    } else if classes.has(Beside::NATURE) {
        Tail::Whole
    } else if i > units.end && unknown {
        Tail::Name
    } else {
        Tail::None
    };
    let mut head = false;
    if units.start > sent.start && !doc.all_caps {
        let before = units.start - 1;
        let unit = &doc.units[before];
        let class = doc.pack.beside(doc.words(&(before..before + 1)));
        head = unit.capital
            && unit.class == PosClass::Propn
            && unit.hits.is_empty()
            && unit.bits & FIRST == 0
            && !class.has(Beside::COMPASS)
            // "University of Arkansas", "Bank of America"
            || before > sent.start
                && doc.has(before, POSS | ADP)
                && doc.units[before - 1].capital
                && doc.pack.beside(doc.words(&(before - 1..before))).has(Beside::BUILDING);
    }
    Inside { tail, head, surname }
}

/// "in", "near", "north of", "in eastern", "downtown".
fn is_place_word(doc: &Doc<'_>, unit: usize, sent: &Range<usize>) -> bool {
    let place = |u: usize| {
        [Func::ToPlace, Func::ToTarget, Func::ToGoal, Func::ToSource]
            .iter()
            .any(|f| doc.is(u, *f))
            && doc.units[u].bits & AGENT == 0
    };
    place(unit)
        || unit > sent.start
            && place(unit - 1)
            && (doc.has(unit, ADJ) && !doc.units[unit].capital
                || doc.pack.beside(doc.words(&(unit..unit + 1))).has(Beside::COMPASS))
}

/// A common word that happens to be spelt like a name.
fn is_common(doc: &Doc<'_>, u: usize, sent: &Range<usize>) -> bool {
    let unit = &doc.units[u];
    let first = u == sent.start || doc.has(u, FIRST) || doc.has(u - 1, PUNCT);
    let common = matches!(
        unit.class,
        PosClass::Adp
            | PosClass::Det
            | PosClass::Verb
            | PosClass::Aux
            | PosClass::Pron
            | PosClass::Adv
            | PosClass::Cconj
            | PosClass::Sconj
            | PosClass::Adj
            | PosClass::Num
    );
    first && unit.class != PosClass::Propn && !doc.pack.head_first && unit.bits & PARTY == 0
        || common && (first || unit.bits & !(FIRST | OPEN | ADJ | VERB | ADV) != 0) && unit.bits & PARTY == 0
}

/// A common noun, body or time whose name is spelt like a place's.
fn is_other(doc: &Doc<'_>, u: usize) -> bool {
    doc.senses(u).any(|(s, _)| match s {
        Sense::Time(_) => true,
        Sense::Org(org) => org.kind != OrgKind::Place,
        Sense::Func(f) => !matches!(f, Func::Side | Func::Former),
        _ => false,
    })
}

fn is_people(doc: &Doc<'_>, u: usize) -> bool {
    doc.of_kind(u, Kind::PARTY)
        .any(|s| matches!(s, Sense::Party { form, .. } if matches!(form, PartyForm::Adjective | PartyForm::People)))
}

fn is_named_other(doc: &Doc<'_>, u: usize) -> bool {
    doc.of_kind(u, Kind::NAMED).any(|s| match s {
        Sense::Named { kind, .. } => matches!(kind, NameKind::Person | NameKind::Outlet | NameKind::Group),
        _ => false,
    })
}

fn is_weapon(doc: &Doc<'_>, u: usize) -> bool {
    doc.hits(u).iter().any(|h| h.kind == Kind::MATERIEL)
}

/// Whether the word beside a name tells that it is a division's ("tỉnh X", "X province"), or a town's ("the city of X").
fn kind_words(doc: &Doc<'_>, units: &Range<usize>, sent: &Range<usize>) -> (bool, bool) {
    let class = |u: usize| {
        // "in the city of" is one unit of the lexicon.
        let tokens = doc.units[u].tokens.clone();
        tokens.fold(Beside::default(), |all, t| {
            all.or(doc.pack.beside(doc.tokens[t as usize].of(doc.text)))
        })
    };
    let mut all = Beside::default();
    if units.start > sent.start {
        let before = units.start - 1;
        if doc.pack.head_first || doc.units[before].tokens.len() > 1 && doc.has(before, ADP) {
            all = class(before);
        } else if before > sent.start && doc.has(before, POSS | ADP) {
            all = class(before - 1);
        }
    }
    if !doc.pack.head_first && units.end < sent.end && !class(units.end).has(Beside::BODY) {
        all = all.or(class(units.end));
    }
    (all.has(Beside::DIVISION), all.has(Beside::TOWN))
}

/// "Paris, Texas", "Ganja (Azerbaijan)", "Hanover in New Hampshire": nothing but such words stands between.
fn says_where(doc: &Doc<'_>, name: &Range<usize>, next: &Range<usize>) -> bool {
    let between = name.end..next.start;
    if between.is_empty() || between.len() > 3 {
        return false;
    }
    let mut joined = false;
    between.into_iter().all(|u| {
        let word = doc.words(&(u..u + 1));
        let here = doc.has(u, COMMA) || word == "(" || doc.is(u, Func::ToPlace);
        joined |= here;
        here || joined && {
            let class = doc.pack.beside(word);
            class.has(Beside::DIVISION.or(Beside::TOWN).or(Beside::COMPASS)) || doc.has(u, ADJ)
        }
    })
}
