//! Who a noun phrase names: party, sector, person; and who pronouns and descriptions mean.

use crate::bits::*;
use crate::doc::Doc;
use crate::values::{self, PlaceHit};
use counterclaim_claims::{Group, Sector, party_rows};
use counterclaim_lexicon::{Func, NameKind, OrgKind, PartyForm, PosClass, Sense};
use crate::recall::Recall;
use rustc_hash::FxHashMap;
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
    pub(crate) both_sides: bool,
    pub(crate) enemy: bool,
    pub(crate) first_person: bool,
    /// Kept by a state that the words need not name: "state television".
    pub(crate) of_state: bool,
    /// "it": no person.
    pub(crate) thing: bool,
    /// An office that a person holds: "a spokesman".
    pub(crate) human: bool,
    /// An office whose state only the place that it stands with tells: "the commander in Aden".
    pub(crate) placed: bool,
    /// Hash of the office, body or paper that the words call them; 0 for who is not called by one.
    pub(crate) head: u64,
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
        self.party
            .as_deref()
            .is_some_and(|p| party_rows().all(|row| row[0] != p))
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
    let told = units
        .clone()
        .skip(1)
        .find(|&u| doc.has(u, REL) && !doc.has(u, DET_THIS));
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
        if out[0].party.is_none() && out[0].role {
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
        let cut = doc.has(u, CC)
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
    let mut place_party: Option<String> = None;
    let (mut explicit, mut personal): (Option<String>, Option<String>) = (None, None);
    let mut org_sector = None;
    let mut office = false;
    let mut after_place_word = false;
    let mut names: Vec<usize> = Vec::new();
    let mut definite = false;
    let mut people_of: Option<String> = None;
    for u in units.clone() {
        let unit = &doc.units[u];
        if unit.class == PosClass::Adp && unit.bits & POSS == 0 {
            after_place_word = true;
        }
        // "-backed", "thân": the party beside it is not whose they are.
        let foreign =
            doc.has(u + 1, BACKED) || u > units.start && (doc.is(u - 1, Func::Pro) || doc.is(u - 1, Func::Anti));
        definite |= unit.bits & DET_THIS != 0;
        for (sense, inflection) in doc.senses(u) {
            match sense {
                Sense::Party { party, form } if !foreign => {
                    let code = doc.pack.parties[*party as usize].clone();
                    if after_place_word {
                        place_party.get_or_insert(code);
                    } else {
                        who.plural |= *form == PartyForm::People;
                        if matches!(form, PartyForm::Metonym | PartyForm::Capital)
                            && org_sector.is_none()
                            && units.len() <= 2
                        {
                            org_sector = Some(Sector::Gov);
                        }
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
                        // A group's own name says more than the country it stands beside.
                        if code.is_some() && (explicit.is_none() || *kind == NameKind::Group) {
                            explicit = code;
                        } else if code.is_none() && who.name.is_none() {
                            who.name = Some(name.map_or_else(
                                || unit.span.of(doc.text).to_owned(),
                                |n| doc.pack.strings[n as usize].clone(),
                            ));
                        }
                        // "đặc phái viên Liên hợp quốc": the body says more than the title before it.
                        let body = matches!(sector, Sector::Igo | Sector::Ngo | Sector::Reb);
                        if org_sector.is_none() || *sector == Sector::Med || body && org_sector == Some(Sector::Gov) {
                            org_sector = Some(*sector);
                        }
                    }
                }
                Sense::Org(org) if !after_place_word => {
                    who.role |= true;
                    who.head = last_word(doc, u);
                    who.human |= matches!(org.kind, OrgKind::Role | OrgKind::Title);
                    who.of_state |= org.kind == OrgKind::State;
                    match (org.kind, org.sector, org_sector) {
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
                } if !after_place_word => {
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
                    Func::Enemy => who.enemy = true,
                    _ => {}
                },
                _ => {}
            }
        }
        if unit.bits & CUE_N != 0 && !after_place_word && who.head == 0 {
            who.head = last_word(doc, u);
        }
        let is_place = values::at(places, u);
        // "Musa Bello" is nobody of the town of Bello.
        let in_name =
            is_place.is_some_and(|place| !place.literal && place.kind != "country" && place.kind != "capital");
        if let Some(place) = is_place.filter(|_| !in_name)
            && !place.country.is_empty()
            && !foreign
        {
            place_party.get_or_insert_with(|| place.country.to_owned());
        } else if unit.class == PosClass::Propn
            && unit.hits.is_empty()
            && (is_place.is_none() || in_name)
            && !after_place_word
        {
            names.push(u);
        }
    }
    // "cơ quan này", "the ministry": somebody told of before. "nước này" names no sector of its own.
    let base = units.clone().take_while(|&u| doc.units[u].class != PosClass::Adp || doc.has(u, POSS)).count();
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
    let told = explicit.or(personal);
    who.placed = told.is_none() && who.anaphor;
    who.party = told.or_else(|| {
        if who.anaphor && (who.head == 0 || base == units.len()) {
            None
        } else {
            // Rebels of a land are not that land's.
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
    who.sector = org_sector.unwrap_or_default();
    if let (Some(first), Some(last)) = (names.first(), names.last())
        && !matches!(who.sector, Sector::Med | Sector::Igo | Sector::Ngo)
    {
        who.person = Some(doc.words(&(*first..*last + 1)).to_owned());
    }
    who
}

/// What somebody is called in short: "agency" for "news agency".
fn last_word(doc: &Doc<'_>, unit: usize) -> u64 {
    doc.keys[doc.units[unit].tokens.end as usize - 1]
}

/// The state that a place or a seat of government in these units belongs to.
fn country(doc: &Doc<'_>, places: &[PlaceHit], units: Range<usize>) -> Option<String> {
    units.into_iter().find_map(|u| {
        let party = doc.senses(u).find_map(|(s, _)| match s {
            Sense::Party { party, .. } => Some(doc.pack.parties[*party as usize].clone()),
            _ => None,
        });
        party.or_else(|| {
            values::at(places, u)
                .map(|p| p.country.to_owned())
                .filter(|c| !c.is_empty())
        })
    })
}

/// What a report's earlier words make later ones mean.
#[derive(Debug, Default)]
pub(crate) struct Context {
    /// Parties by how much the report is about them, most first.
    pub(crate) parties: Vec<String>,
    /// The one state that the report is about, where it is about one more than about all others.
    pub(crate) home: Option<String>,
    /// The armed group that it is about most.
    pub(crate) rebels: Option<String>,
    /// The opposition that it is about most.
    pub(crate) opposition: Option<String>,
    last_person: Option<Who>,
    last_body: Option<Who>,
    last_many: Option<Who>,
    last_speaker: Option<Who>,
    /// The last state, army or court that spoke.
    last_official: Option<Who>,
    /// The state whose place the report is dated from.
    dated: Option<String>,
    persons: FxHashMap<String, Who>,
    pub(crate) recall: Recall,
}

impl Context {
    /// Counts the parties of a document; names in its first sentences weigh more.
    /// `starts` tells where each sentence begins behind its dateline.
    pub(crate) fn new(doc: &Doc<'_>, places: &[PlaceHit], starts: &[usize]) -> Self {
        let mut weights: Vec<(String, f64)> = Vec::new();
        let mut add = |party: &str, weight: f64| match weights.iter_mut().find(|(p, _)| p == party) {
            Some((_, w)) => *w += weight,
            None => weights.push((party.to_owned(), weight)),
        };
        let mut fighters: Vec<(String, usize, bool)> = Vec::new();
        for (n, sent) in doc.sents.iter().enumerate() {
            let weight = if n < 3 { 2.0 } else { 1.0 };
            // Where a report is dated from is not yet what it is about.
            for u in starts[n].clamp(sent.units.start, sent.units.end)..sent.units.end {
                for (sense, _) in doc.senses(u) {
                    if let Sense::Named {
                        kind: NameKind::Group,
                        party: Some(party),
                        sector: sector @ (Sector::Reb | Sector::Opp),
                        ..
                    } = sense
                    {
                        let code = &doc.pack.parties[*party as usize];
                        match fighters.iter_mut().find(|(p, ..)| p == code) {
                            Some((_, times, _)) => *times += 1,
                            None => fighters.push((code.clone(), 1, *sector == Sector::Opp)),
                        }
                    }
                    match sense {
                        Sense::Party { party, .. } => add(&doc.pack.parties[*party as usize], weight),
                        Sense::Named {
                            kind,
                            party: Some(party),
                            ..
                        } => add(
                            &doc.pack.parties[*party as usize],
                            if *kind == NameKind::Outlet {
                                weight / 4.0
                            } else {
                                weight
                            },
                        ),
                        Sense::Named { states, .. } => {
                            for state in states {
                                add(&doc.pack.parties[*state as usize], weight / 4.0);
                            }
                        }
                        _ => {}
                    }
                }
                if let Some(place) = values::at(places, u)
                    && place.units.start == u
                    && !place.country.is_empty()
                    && place.kind != "country"
                {
                    add(place.country, weight / 2.0);
                }
            }
        }
        weights.sort_by(|a, b| b.1.total_cmp(&a.1));
        let groups: Vec<&str> = party_rows().map(|row| row[0]).collect();
        let mut states = weights.iter().filter(|(p, _)| !groups.contains(&p.as_str()));
        let home = match (states.next(), states.next()) {
            (Some((first, weight)), second) if second.is_none_or(|(_, w)| *weight > 2.0 * w) => Some(first.clone()),
            _ => None,
        };
        let parties: Vec<String> = weights.into_iter().map(|(p, _)| p).collect();
        // A report is dated from where its reporters are; whose officials they ask is told only where the report is about them.
        let dateline = doc.sents.iter().zip(starts).take(4);
        let dated = dateline
            .filter(|(sent, start)| sent.units.start < **start)
            .find_map(|(sent, start)| country(doc, places, sent.units.start..*start))
            .filter(|c| parties.is_empty() || parties.iter().take(3).any(|p| p == c));
        fighters.sort_by_key(|(_, n, opposition)| std::cmp::Reverse((*n, *opposition)));
        let opposition = fighters
            .iter()
            .find(|(.., opposition)| *opposition)
            .map(|(p, ..)| p.clone());
        // Where two groups fight alike, "the rebels" may be either, unless one is the opposition as a whole.
        let rebels = match &fighters[..] {
            [(first, often, opposition), rest @ ..]
                if *opposition || rest.first().is_none_or(|(_, n, _)| often > n) =>
            {
                Some(first.clone())
            }
            _ => None,
        };
        Context {
            parties,
            home,
            dated,
            rebels,
            opposition,
            ..Context::default()
        }
    }

    /// Whose officials are meant where nobody says so: of the state whose officials spoke last, of the state that the report is
    /// dated from, of the one that it is about, of `state`.
    fn officials_of(&self, state: Option<&str>) -> Option<String> {
        let state = state?;
        let last = self.last_official.as_ref().and_then(|w| w.party.as_deref());
        let told = self.recall.beside.as_deref().or(last).or(self.dated.as_deref()).or(self.home.as_deref());
        Some(told.unwrap_or(state).to_owned())
    }

    /// The two sides of the report.
    pub(crate) fn sides(&self) -> Vec<Who> {
        self.parties
            .iter()
            .filter(|p| !matches!(p.as_str(), "UN" | "EU" | "OSCE" | "NATO" | "ICRC"))
            .take(2)
            .map(|p| Who {
                party: Some(p.clone()),
                sector: Sector::Mil,
                ..Who::default()
            })
            .collect()
    }

    /// A party that the report is about and whose missiles are rockets.
    pub(crate) fn rockets(&self) -> Option<&str> {
        let main = self.parties.iter().take(3).map(String::as_str);
        main.into_iter().find(|p| crate::weapons::has_rockets(p))
    }

    /// The side that stands against `party`.
    pub(crate) fn other_side(&self, party: Option<&str>) -> Option<String> {
        self.sides()
            .into_iter()
            .filter_map(|w| w.party)
            .find(|p| Some(p.as_str()) != party)
    }

    /// The side that stands against `party`, where that is one of the two sides.
    pub(crate) fn opponent(&self, party: &str) -> Option<String> {
        let ours = self.sides().iter().any(|w| w.party.as_deref() == Some(party));
        ours.then(|| self.other_side(Some(party))).flatten()
    }

    /// Remembers somebody whom the text has named.
    pub(crate) fn note(&mut self, who: &Who, speaker: bool) {
        if who.anaphor && !who.known() || who.both_sides {
            return;
        }
        self.recall.note(who, speaker);
        if let Some(person) = &who.person {
            for word in person.split_whitespace().filter(|w| w.chars().count() > 2) {
                if who.party.is_some() {
                    self.persons.entry(word.to_owned()).or_insert_with(|| who.clone());
                }
            }
            self.last_person = Some(who.clone());
        } else if who.plural {
            self.last_many = Some(who.clone());
        } else if who.known() {
            self.last_body = Some(who.clone());
        }
        if speaker {
            self.last_speaker = Some(who.clone());
            if who.party.is_some() && matches!(who.sector, Sector::Gov | Sector::Mil | Sector::Pol | Sector::Jud) {
                self.last_official = Some(who.clone());
            }
        }
    }

    /// The last one who spoke.
    pub(crate) fn speaker(&self) -> Option<&Who> {
        self.last_speaker.as_ref()
    }

    /// Fills in what the words leave to the text before them; an office without a name is that of the state named near
    /// it, or of the one that the report is about most.
    pub(crate) fn resolve(&self, who: Who, near: Option<&str>) -> Who {
        let near = near.map(str::to_owned).or_else(|| self.parties.first().cloned());
        self.fill(who, near.as_deref())
    }

    /// Fills in what the words leave to the text before them, and guesses nothing more.
    pub(crate) fn recall(&self, who: Who) -> Who {
        self.fill(who, None)
    }

    fn fill(&self, mut who: Who, state: Option<&str>) -> Who {
        if who.party.is_none()
            && let Some(person) = &who.person
            && let Some(known) = person.split_whitespace().rev().find_map(|w| self.persons.get(w))
        {
            who.party.clone_from(&known.party);
            if who.sector == Sector::Unk {
                who.sector = known.sector;
            }
            who.person.clone_from(&known.person);
        }
        if who.party.is_none()
            && who.person.is_some()
            && !who.role
            && let Some(known) = self.recall.named_now()
        {
            who.party.clone_from(&known.party);
            who.sector = known.sector;
        }
        if who.party.is_none() && who.of_state && who.sector == Sector::Med {
            who.party = self.officials_of(state);
        }
        if who.party.is_none()
            && (who.name.is_some() || who.person.is_some())
            && who.role
            && matches!(who.sector, Sector::Gov | Sector::Mil | Sector::Pol | Sector::Jud)
        {
            // "the Dagestani interior minister", "Police Chief Omarov": an office of a state that the words do not name.
            who.party = self.officials_of(state);
        }
        let described = self.recall.described(&who).cloned();
        if who.known() && !(who.placed && described.is_some()) {
            return who;
        }
        let pronoun = who.anaphor && !who.role && who.group.is_none();
        if who.first_person {
            // A body that issues a statement names its enemies in it: an armed group told of is not who says "we".
            let issuer = |w: &&Who| w.sector != Sector::Reb;
            let speaker = self
                .last_speaker
                .as_ref()
                .filter(|w| !w.anaphor && w.sector != Sector::Reb)
                .or(self.recall.subject.as_ref())
                .or(self.last_speaker.as_ref())
                .or(self.last_person.as_ref().filter(issuer))
                .or(self.last_body.as_ref().filter(issuer));
            return speaker.map_or(who.clone(), |s| Who {
                units: who.units.clone(),
                ..s.clone()
            });
        }
        if pronoun {
            let candidate = if who.thing {
                let speaker = self.last_speaker.as_ref().filter(|s| s.person.is_none() && s.known());
                speaker.or(self.last_body.as_ref())
            } else if who.plural {
                self.last_many.as_ref().or(self.last_body.as_ref())
            } else {
                self.last_speaker
                    .as_ref()
                    .filter(|s| s.person.is_some() || s.human)
                    .or(self.last_person.as_ref())
                    .or(self.last_body.as_ref())
            };
            if let Some(known) = candidate {
                who.party.clone_from(&known.party);
                who.name.clone_from(&known.name);
                who.person.clone_from(&known.person);
                who.sector = known.sector;
                who.stands_for = known.named_at();
            }
            return who;
        }
        if let Some(known) = described {
            who.party.clone_from(&known.party);
            who.name.clone_from(&known.name);
            who.stands_for = known.named_at();
            if who.sector == Sector::Unk {
                who.sector = known.sector;
            }
            return who;
        }
        if who.anaphor || who.role {
            let same = |k: &&Who| k.sector == who.sector || who.sector == Sector::Unk || k.sector == Sector::Unk;
            let known = [&self.last_speaker, &self.last_body, &self.last_person, &self.last_many]
                .into_iter()
                .flatten()
                .filter(|k| who.anaphor && (k.sector != Sector::Med || who.sector == Sector::Med))
                .find(same);
            if let Some(known) = known.filter(|k| k.known()) {
                who.party.clone_from(&known.party);
                who.name.clone_from(&known.name);
                who.stands_for = known.named_at();
                if who.sector == Sector::Unk {
                    who.sector = known.sector;
                }
            } else if matches!(who.sector, Sector::Gov | Sector::Mil | Sector::Pol | Sector::Jud) && who.role {
                who.party = self.officials_of(state);
            }
        }
        who
    }
}
