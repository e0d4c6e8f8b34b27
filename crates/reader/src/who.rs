//! Who a noun phrase names: party, sector, person; and who pronouns and descriptions mean.

mod context;
mod recall;
mod sides;

pub(crate) use context::Context;

use crate::bits::*;
use crate::doc::Doc;
use crate::values::{self, PlaceHit};
use counterclaim_claims::{Group, Sector, is_listed, listed_kind};
use counterclaim_lexicon::{Func, NameKind, OrgKind, PartyForm, PosClass, Sense, VerbForm};
use std::ops::Range;

/// Somebody, as far as the words tell.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Who {
    /// Where.
    pub(crate) units: Range<usize>,
    pub(crate) party: Option<String>,
    pub(crate) sector: Sector,
    pub(crate) person: Option<String>,
    /// Neutral name, for who has no code.
    pub(crate) name: Option<String>,
    /// Which people the words count, if they are people.
    pub(crate) group: Option<Group>,
    pub(crate) plural: bool,
    /// Stands for somebody told of before: pronoun, "the ministry", "cơ quan này".
    pub(crate) anaphor: bool,
    /// An office or body without a party of its own: "officials", "the army".
    pub(crate) role: bool,
    /// Whom they stand by without being of them: "pro-".
    pub(crate) leaning: Option<String>,
    pub(crate) both_sides: bool,
    pub(crate) enemy: bool,
    pub(crate) first_person: bool,
    /// Kept by a state that the words need not name: "state television".
    pub(crate) of_state: bool,
    /// Only the report as a whole tells whose they are.
    pub(crate) guessed: bool,
    /// Called by no more than a word for a side: "this force", "phe này".
    pub(crate) side_word: bool,
    /// "it": no person.
    pub(crate) thing: bool,
    /// An office of the place that is told of, whichever that is: "local officials", "the governor".
    pub(crate) local: bool,
    /// An office that a person holds: "a spokesman".
    pub(crate) human: bool,
    /// An office whose state only the place that it stands with tells: "the commander in Aden".
    pub(crate) placed: bool,
    /// Hash of the office, body or paper that the words call them; 0 for who is not called by one.
    pub(crate) head: u64,
    /// Hash of the bare word for the body that an office without a state is of: "a ministry spokesman"; 0 for all others.
    pub(crate) body: u64,
    /// Where the text names whom a pronoun or "the ministry" stands for; empty for all others.
    pub(crate) stands_for: Range<usize>,
}

impl Who {
    /// Whether the words tell anything that a party could be told by.
    pub(crate) fn known(&self) -> bool {
        self.party.is_some() || self.name.is_some()
    }

    /// A state, not a group or a body of states.
    pub(crate) fn is_state(&self) -> bool {
        self.party.as_deref().is_some_and(|p| !is_listed(p))
    }

    /// A side of a war that the words at hand do not name; a group without a code is known by its name.
    fn side(party: Option<String>, name: Option<String>) -> Self {
        Who {
            sector: if party.is_some() { Sector::Mil } else { Sector::Reb },
            party,
            name,
            ..Who::default()
        }
    }

    /// Fighters whose side the words do not name.
    pub(crate) fn is_fighter(&self) -> bool {
        !self.anaphor && (self.sector == Sector::Reb || self.group == Some(Group::Military))
    }

    /// A pronoun is filled in from whom it stands for.
    fn stand_for(&mut self, known: &Who) {
        self.party.clone_from(&known.party);
        self.name.clone_from(&known.name);
        self.person.clone_from(&known.person);
        self.sector = known.sector;
        self.human |= known.human;
        self.stands_for = known.named_at();
    }

    /// Where the text names them by more than a pronoun.
    fn named_at(&self) -> Range<usize> {
        if self.stands_for.is_empty() {
            self.units.clone()
        } else {
            self.stands_for.clone()
        }
    }
}

/// Reads the somebodies of a noun phrase, one a coordinated part.
pub(crate) fn read(doc: &Doc<'_>, places: &[PlaceHit], units: Range<usize>) -> Vec<Who> {
    // "the group, which runs the port,": what a relative clause tells of is not who they are.
    let whole = units.clone();
    let told = units.clone().skip(1).find(|&u| {
        // "A body that runs the port": behind a noun it points to nothing.
        let relative = || !doc.pack.head_first && matches!(doc.units[u - 1].class, PosClass::Noun | PosClass::Propn);
        // "Villagers interviewed by the army": whoever did it is not who they are.
        let done = || {
            let verb = doc.units[u].class == PosClass::Verb && doc.units[u].form == VerbForm::Participle;
            verb && u + 1 < units.end && doc.has(u + 1, AGENT) && !doc.pack.head_first
        };
        doc.has(u, REL) && (!doc.has(u, DET_THIS) || relative()) || done()
    });
    let units = units.start..told.unwrap_or(units.end);
    let mut out: Vec<Who> = Vec::new();
    for part in parts(doc, units) {
        let mut who = one(doc, places, part);
        if let Some(before) = out.last() {
            // "Iraqi police and hospital officials"
            if who.party.is_none() && who.role && before.party.is_some() && !doc.pack.head_first {
                who.party = before.party.clone();
            }
            if out
                .iter()
                .any(|w| w.party.is_some() && w.party == who.party && w.sector == who.sector)
            {
                continue;
            }
        }
        out.push(who);
    }
    if let (true, Some(last)) = (told.is_some(), out.last_mut()) {
        last.units.end = whole.end;
    }
    // "quân đội Nga và Ukraine": the later part takes the office of the first.
    if out.len() > 1 && doc.pack.head_first {
        let sector = out[0].sector;
        for who in &mut out[1..] {
            if who.sector == Sector::Unk && who.person.is_none() {
                who.sector = sector;
            }
        }
        let party = out.iter().rev().find_map(|w| w.party.clone());
        if out[0].party.is_none() && out[0].role && !matches!(out[0].sector, Sector::Reb | Sector::Opp) {
            out[0].party = party;
        }
    }
    out
}

/// Cuts a noun phrase at the conjunctions and commas between its coordinated parts; an apposition stays whole.
fn parts(doc: &Doc<'_>, units: Range<usize>) -> Vec<Range<usize>> {
    let coordinated = units.clone().any(|u| doc.has(u, CC));
    let mut out = Vec::new();
    let mut start = units.start;
    for u in units.clone() {
        // "Azerbaijan - Armenia", "Moscow, Damascus": two states side by side.
        let between =
            |bits: u128| doc.has(u, bits) && u > units.start && doc.has(u - 1, PARTY) && doc.has(u + 1, PARTY);
        let with = doc.pack.head_first && doc.is(u, Func::ToWith) && doc.has(u, ADP);
        let cut = doc.has(u, CC)
            || with
            || coordinated && doc.has(u, COMMA)
            || u + 1 < units.end && (between(DASH) || doc.pack.head_first && between(COMMA));
        let useful = |r: &Range<usize>| r.clone().any(|u| doc.has(u, WHO | PROPN));
        if cut && useful(&(start..u)) && useful(&(u + 1..units.end)) {
            out.push(start..u);
            start = u + 1;
        }
    }
    if start < units.end {
        out.push(start..units.end);
    }
    out
}

fn one(doc: &Doc<'_>, places: &[PlaceHit], units: Range<usize>) -> Who {
    let mut who = Who {
        units: units.clone(),
        ..Who::default()
    };
    let (mut place_party, mut place_side): (Option<String>, Option<String>) = (None, None);
    let (mut explicit, mut personal): (Option<String>, Option<String>) = (None, None);
    let mut org_sector = None;
    let mut body = 0;
    let mut office = false;
    let mut after_place_word = false;
    let mut names: Vec<usize> = Vec::new();
    let mut definite = false;
    let mut people_of: Option<String> = None;
    let mut named_land = false;
    for u in units.clone() {
        let unit = &doc.units[u];
        if unit.class == PosClass::Adp && unit.bits & POSS == 0 {
            after_place_word = true;
        }
        // "-backed", "thân": the party beside it is not whose they are.
        let foreign = doc.has(u + 1, BACKED) && stands_behind(doc, &units, u)
            || u > units.start && (doc.is(u - 1, Func::Pro) || doc.is(u - 1, Func::Anti));
        definite |= unit.bits & DET_THIS != 0;
        let describes = !doc.pack.head_first && unit.class == PosClass::Adj;
        for (sense, inflection) in doc.senses(u) {
            if foreign && let Sense::Party { party, .. } | Sense::Named { party: Some(party), .. } = sense {
                who.leaning = Some(doc.pack.parties[*party as usize].clone());
            }
            match sense {
                Sense::Party { party, form } if !foreign => {
                    let code = doc.pack.parties[*party as usize].clone();
                    if after_place_word {
                        place_party.get_or_insert(code);
                    } else {
                        // "The third South African soldier": whose, and not how many.
                        let of_noun =
                            !doc.pack.head_first && u + 1 < units.end && doc.units[u + 1].class == PosClass::Noun;
                        who.plural |= *form == PartyForm::People && !of_noun;
                        if matches!(form, PartyForm::Metonym | PartyForm::Capital)
                            && org_sector.is_none()
                            && units.len() <= 2
                        {
                            org_sector = Some(Sector::Gov);
                        }
                        named_land |= explicit.is_none();
                        explicit.get_or_insert(code);
                    }
                }
                Sense::Named {
                    kind,
                    party,
                    sector,
                    name,
                    states,
                    ..
                } if !foreign => {
                    if let ([state], None, Sector::Cvl) = (&states[..], party, sector) {
                        people_of.get_or_insert_with(|| doc.pack.parties[*state as usize].clone());
                    }
                    let code = party.map(|p| doc.pack.parties[p as usize].clone());
                    if *kind == NameKind::Person {
                        personal = personal.or(code);
                        org_sector = org_sector.or((*sector != Sector::Unk).then_some(*sector));
                        names.push(u);
                    } else if !after_place_word || explicit.is_none() && who.name.is_none() {
                        // "Lực lượng Hỗ trợ Nhanh": its name begins with what it is called in short.
                        if doc.pack.head_first && who.head == 0 && unit.tokens.len() > 1 {
                            who.head = called(doc, u);
                        }
                        // A group's own name says more than the country it stands beside.
                        if code.is_some() && (explicit.is_none() || *kind == NameKind::Group) {
                            named_land = false;
                            explicit = code;
                        } else if code.is_none() && who.name.is_none() {
                            who.name = Some(name.map_or_else(
                                || unit.span.of(doc.text).to_owned(),
                                |n| doc.pack.strings[n as usize].clone(),
                            ));
                        }
                        // "đặc phái viên Liên hợp quốc": the body says more than the title before it.
                        let body = matches!(sector, Sector::Igo | Sector::Ngo | Sector::Reb);
                        let vague = org_sector.is_none_or(|s| s == Sector::Unk);
                        let office = matches!(org_sector, Some(Sector::Gov | Sector::Jud));
                        // "Lực lượng M23": the forces of an armed group are no state's.
                        let armed = *sector == Sector::Reb && org_sector == Some(Sector::Mil);
                        if vague || *sector == Sector::Med || body && office || armed {
                            org_sector = Some(*sector);
                        }
                    }
                }
                // "Major attack": an adjective is no officer.
                Sense::Org(org) if !(after_place_word || describes && org.kind == OrgKind::Title) => {
                    who.role |= true;
                    who.head = called(doc, u);
                    who.human |= matches!(org.kind, OrgKind::Role | OrgKind::Title)
                        && inflection != counterclaim_lexicon::Inflection::Plural;
                    // "The ministry's spokesman", and one entry: "ministry spokesman".
                    let word = match org.kind {
                        OrgKind::Org if unit.tokens.len() == 1 => Some(unit.tokens.start),
                        OrgKind::Role | OrgKind::Title if unit.tokens.len() == 2 => Some(unit.tokens.start),
                        _ => None,
                    };
                    body = word
                        .filter(|_| !doc.pack.head_first)
                        .map_or(body, |t| doc.keys[t as usize]);
                    who.of_state |= org.kind == OrgKind::State;
                    let before = u.checked_sub(1).filter(|b| units.contains(b));
                    let after = Some(u + 1).filter(|a| units.contains(a));
                    let beside = [before, Some(u), after].into_iter().flatten();
                    who.local |= beside.into_iter().any(|u| doc.holds(u, Func::Local));
                    match (org.kind, org.sector, org_sector) {
                        // "Residents", "a lawyer": an office whose word tells that it is a private person's.
                        (OrgKind::Role, Some(Sector::Cvl), None) => org_sector = Some(Sector::Cvl),
                        (OrgKind::Role, ..) => {}
                        (_, Some(sector), Some(Sector::Cvl)) if people_of.is_some() => org_sector = Some(sector),
                        (_, Some(sector), None | Some(Sector::Unk)) => org_sector = Some(sector),
                        (OrgKind::Org, Some(sector), Some(Sector::Gov)) => org_sector = Some(sector),
                        _ => {}
                    }
                    who.plural |= inflection == counterclaim_lexicon::Inflection::Plural;
                }
                Sense::Person {
                    who: group,
                    sector,
                    plural,
                } if !(after_place_word || describes && is_title(doc, u)) => {
                    who.group.get_or_insert(*group);
                    if org_sector.is_none() && *sector != Sector::Unk {
                        org_sector = Some(*sector);
                        office = doc.senses(u).any(
                            |(s, _)| matches!(s, Sense::Org(org) if org.kind == OrgKind::Role && org.sector.is_none()),
                        );
                    }
                    who.plural |= *plural || inflection == counterclaim_lexicon::Inflection::Plural;
                }
                Sense::Func(func) => match func {
                    Func::PronSg => who.anaphor = true,
                    Func::PronIt => (who.anaphor, who.thing) = (true, true),
                    Func::PronPl => (who.anaphor, who.plural) = (true, true),
                    Func::Pron1Sg | Func::Pron1Pl => (who.anaphor, who.first_person) = (true, true),
                    Func::BothSides => who.both_sides = true,
                    Func::Both if units.len() == 1 => who.both_sides = true,
                    Func::Enemy => who.enemy = true,
                    Func::Side => who.side_word |= u == units.start,
                    _ => {}
                },
                _ => {}
            }
        }
        if unit.bits & CUE_N != 0 && !after_place_word && who.head == 0 {
            who.head = called(doc, u);
        }
        let is_place = values::at(places, u);
        // "Musa Bello" is nobody of the town of Bello. No person is called as a land with authorities of its own is.
        let own = |place: &PlaceHit| matches!(place.kind, "country" | "capital") || !place.party.is_empty();
        let in_name = is_place.is_some_and(|place| !place.literal && !own(place));
        if let Some(place) = is_place.filter(|_| !in_name)
            && !place.country.is_empty()
            && !foreign
        {
            place_party.get_or_insert_with(|| place.country.to_owned());
            place_side.get_or_insert_with(|| place.side().to_owned());
        } else if unit.class == PosClass::Propn
            && unit.hits.is_empty()
            && (is_place.is_none() || in_name)
            && !after_place_word
        {
            names.push(u);
        }
    }
    // "cơ quan này", "the ministry": somebody told of before. "nước này" names no sector of its own.
    let base = units
        .clone()
        .take_while(|&u| doc.units[u].class != PosClass::Adp || doc.has(u, POSS))
        .count();
    let article = !doc.pack.head_first
        && doc.units[units.start].class == PosClass::Det
        && !doc.is(units.start, Func::Single)
        && base <= 4;
    if explicit.is_none()
        && personal.is_none()
        && names.is_empty()
        && who.name.is_none()
        && (definite || article && who.head != 0)
    {
        who.anaphor = true;
    }
    // Rebels of a land are not that land's: they are its opposition, where that has a code.
    let rebels = matches!(org_sector, Some(Sector::Reb)) && who.role | who.group.is_some();
    if named_land && rebels && !units.clone().any(|u| doc.is(u, Func::Pro)) {
        // "Tay súng Chad": gunmen of a land without one are its people.
        let people = doc.pack.head_first && who.group.is_some() && !who.role;
        explicit = explicit.and_then(|land| {
            let opposition = doc.pack.opposition_of(&land).map(str::to_owned);
            opposition.or_else(|| people.then_some(land))
        });
    }
    // "The defence ministry of Transnistria": an office of a land that has authorities of its own is theirs.
    let office_there = who.role && matches!(org_sector, Some(Sector::Gov | Sector::Mil | Sector::Pol | Sector::Jud));
    if office_there && !doc.pack.head_first {
        place_party = place_side.or(place_party);
    }
    let told = explicit.or(personal);
    who.placed = told.is_none() && who.anaphor;
    who.party = told.or_else(|| {
        if who.anaphor && (who.head == 0 || base == units.len()) {
            None
        } else {
            let rebel = matches!(org_sector, Some(Sector::Reb | Sector::Opp));
            place_party
                .filter(|_| !rebel)
                .filter(|_| who.role || who.group.is_some() || org_sector.is_some() || names.is_empty())
        }
    });
    // "the Dagestani interior minister": a people within one state has that state's offices.
    let of_state = matches!(org_sector, Some(Sector::Gov | Sector::Mil | Sector::Pol | Sector::Jud));
    if who.party.is_none() && who.role && of_state {
        who.party = people_of;
        who.name = who.name.filter(|_| who.party.is_none());
    }
    // "quan chức Mỹ": an office of no sector takes that of its body, not that of people who are harmed.
    if office && who.party.is_some() && org_sector == Some(Sector::Cvl) {
        org_sector = None;
    }
    // "The UN envoy": who speaks for an alliance of states is no state's official.
    if org_sector == Some(Sector::Gov) && who.party.as_deref().is_some_and(is_alliance) {
        org_sector = Some(Sector::Igo);
    }
    who.sector = org_sector.unwrap_or_default();
    who.body = if who.human { body } else { 0 };
    if let (Some(first), Some(last)) = (names.first(), names.last())
        && (who.human && who.sector == Sector::Igo || !matches!(who.sector, Sector::Med | Sector::Igo | Sector::Ngo))
    {
        who.person = Some(doc.words(&(*first..*last + 1)).to_owned());
    }
    who
}

/// Whether a word is a rank or an office too.
fn is_title(doc: &Doc<'_>, u: usize) -> bool {
    doc.senses(u)
        .any(|(s, _)| matches!(s, Sense::Org(org) if org.kind == OrgKind::Title))
}

/// Whether who stands before a word for backing is told as the one who backs: "Iran-backed", "do Iran hậu thuẫn", and not
/// "Iran hậu thuẫn", which says so of a verb's subject.
fn stands_behind(doc: &Doc<'_>, units: &Range<usize>, u: usize) -> bool {
    let marked = |i: usize| doc.has(i, AGENT | PASSIVE_WORD);
    let first = units.start > 0 && units.contains(&(u + 1)) && marked(units.start - 1);
    !doc.pack.head_first || first || (units.start..u).any(marked)
}

/// Whether a party is a body of states.
fn is_alliance(party: &str) -> bool {
    listed_kind(party) == Some("igo")
}

/// What somebody is called in short: "agency" for "news agency", "bộ" for "bộ quốc phòng".
pub(crate) fn called(doc: &Doc<'_>, unit: usize) -> u64 {
    let tokens = &doc.units[unit].tokens;
    let word = if doc.pack.head_first {
        tokens.start
    } else {
        tokens.end - 1
    };
    doc.keys[word as usize]
}
