//! Whom pronouns, descriptions and offices without a name mean in a report.

use super::recall::Recall;
use super::{Who, sides};
use crate::doc::Doc;
use crate::values::{self, PlaceHit};
use counterclaim_claims::{Group, Sector, is_listed};
use counterclaim_lexicon::{Kind, NameKind, Sense};
use rustc_hash::FxHashMap;
use std::ops::Range;

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

/// Words for rebels and gunmen that stand before a group's name or begin it: "phiến quân Houthi".
fn called(doc: &Doc<'_>) -> Vec<(u64, String)> {
    let rebels = |u: usize| {
        doc.senses(u).any(|(s, _)| {
            matches!(
                s,
                Sense::Person {
                    sector: Sector::Reb,
                    ..
                }
            )
        })
    };
    let mut out: Vec<(u64, String)> = Vec::new();
    for sent in &doc.sents {
        for u in sent.units.clone() {
            let group = doc.senses(u).find_map(|(s, _)| match s {
                Sense::Named {
                    kind: NameKind::Group,
                    party: Some(party),
                    ..
                } => Some(doc.pack.parties[*party as usize].clone()),
                _ => None,
            });
            let Some(group) = group else { continue };
            let before = (u > sent.units.start && rebels(u - 1)).then(|| super::called(doc, u - 1));
            let own = doc.units[u].tokens.clone().map(|t| doc.keys[t as usize]);
            for word in before.into_iter().chain(own) {
                if !out.iter().any(|(w, g)| *w == word && *g == group) {
                    out.push((word, group.clone()));
                }
            }
        }
    }
    out
}

/// The state that a report's first sentence names first: "Communique of the Army of Chad".
fn issuer(doc: &Doc<'_>) -> Option<String> {
    let units = doc.sents.first()?.units.clone();
    units.flat_map(|u| doc.senses(u)).find_map(|(sense, _)| match sense {
        Sense::Party { party, .. } => Some(doc.pack.parties[*party as usize].clone()),
        _ => None,
    })
}

/// What a report's earlier words make later ones mean.
#[derive(Debug, Default)]
pub(crate) struct Context {
    /// Parties by how much the report is about them, most first.
    pub(crate) parties: Vec<String>,
    /// The same with groups that have no code, those that fight in it first.
    sides: Vec<Who>,
    /// The one state that the report is about, where it is about one more than about all others.
    pub(crate) home: Option<String>,
    /// The armed group that it is about most.
    rebels: Option<String>,
    /// The state that most of the armed groups it names belong to.
    pub(crate) troubled: Option<String>,
    /// Armed groups, those that it speaks of most first.
    fighters: Vec<String>,
    /// What its words for rebels and gunmen are that stand before the name of a group, by their hash, with that group.
    called: Vec<(u64, String)>,
    /// The opposition that it is about most.
    pub(crate) opposition: Option<String>,
    last_person: Option<Who>,
    last_body: Option<Who>,
    last_many: Option<Who>,
    last_speaker: Option<Who>,
    /// The sentence in which they spoke.
    spoke_in: usize,
    /// The last two who spoke together, and in which sentence.
    pair: Option<(usize, Vec<Who>)>,
    /// The last state, army or court that spoke.
    last_official: Option<Who>,
    /// The state whose place the report is dated from.
    dated: Option<String>,
    /// The state whose own statement the report would be, if it is one.
    pub(crate) issuer: Option<String>,
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
        let mut named_parties: Vec<String> = Vec::new();
        let mut fighters: Vec<(String, usize, bool)> = Vec::new();
        let mut troubled: Vec<(u32, usize)> = Vec::new();
        let mut bands: Vec<(u32, f64)> = Vec::new();
        for (n, sent) in doc.sents.iter().enumerate() {
            let weight = if n < 3 { 2.0 } else { 1.0 };
            // Where a report is dated from is not yet what it is about.
            for u in starts[n].clamp(sent.units.start, sent.units.end)..sent.units.end {
                let named = doc.kinds(u) & (Kind::PARTY.bit() | Kind::NAMED.bit()) != 0;
                for (sense, _) in doc.senses(u).filter(|_| named) {
                    if let Sense::Named {
                        kind: NameKind::Group,
                        sector: Sector::Reb | Sector::Opp,
                        states,
                        ..
                    } = sense
                        && let Some(state) = states.first()
                    {
                        match troubled.iter_mut().find(|(s, _)| *s == u32::from(*state)) {
                            Some((_, times)) => *times += 1,
                            None => troubled.push((u32::from(*state), 1)),
                        }
                    }
                    if let Sense::Named {
                        kind: NameKind::Group,
                        party: None,
                        sector: Sector::Reb,
                        name: Some(name),
                        ..
                    } = sense
                    {
                        match bands.iter_mut().find(|(known, _)| known == name) {
                            Some((_, w)) => *w += weight,
                            None => bands.push((*name, weight)),
                        }
                    }
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
                        Sense::Party { party, .. } => {
                            named_parties.push(doc.pack.parties[*party as usize].clone());
                            add(&doc.pack.parties[*party as usize], weight);
                        }
                        Sense::Named {
                            kind, party, states, ..
                        } => {
                            let outlet = *kind == NameKind::Outlet;
                            if let Some(party) = party {
                                named_parties.push(doc.pack.parties[*party as usize].clone());
                                let weight = if outlet { weight / 4.0 } else { weight };
                                add(&doc.pack.parties[*party as usize], weight);
                            }
                            // A group is somebody where it belongs and fights.
                            for state in states.iter().filter(|s| Some(*s) != party.as_ref()) {
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
                    named_parties.push(place.country.to_owned());
                    add(place.country, weight / 2.0);
                }
            }
        }
        weights.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut states = weights.iter().filter(|(p, _)| !is_listed(p));
        let home = match (states.next(), states.next()) {
            (Some((first, weight)), second) if second.is_none_or(|(_, w)| *weight > 2.0 * w) => Some(first.clone()),
            _ => None,
        };
        let parties: Vec<String> = weights.iter().map(|(p, _)| p.clone()).collect();
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
            .map(|(p, ..)| p.clone())
            .or_else(|| {
                let main = parties.iter().take(3);
                main.into_iter()
                    .find_map(|p| doc.pack.opposition_of(p))
                    .map(str::to_owned)
            });
        // Where two groups fight alike, "the rebels" may be either, unless one is the opposition as a whole.
        let rebels = match &fighters[..] {
            [(first, often, opposition), rest @ ..]
                if *opposition || rest.first().is_none_or(|(_, n, _)| often > n) =>
            {
                Some(first.clone())
            }
            [] => {
                let main = parties.iter().take(3);
                main.into_iter()
                    .find_map(|p| doc.pack.opposition_of(p))
                    .map(str::to_owned)
            }
            _ => None,
        };
        let troubled = troubled.iter().max_by_key(|(_, times)| *times);
        let troubled = troubled
            .map(|(state, _)| doc.pack.parties[*state as usize].clone())
            .filter(|state| parties.iter().take(4).any(|p| p == state));
        named_parties.sort();
        named_parties.dedup();
        let fighting = sides::fighting(doc, starts);
        let opposed = sides::opposed(doc).filter(|pair| pair.iter().all(|p| parties.iter().take(4).any(|q| q == p)));
        let takes_part = |p: &&String| !sides::outsider(p) && named_parties.binary_search(p).is_ok();
        let mut sides: Vec<(Who, f64)> = weights
            .iter()
            .filter(|(p, _)| takes_part(&p))
            .map(|(p, weight)| (Who::side(Some(p.clone()), None), *weight))
            .collect();
        let named = |name: u32| Some(doc.pack.strings[name as usize].clone());
        let bands = bands.into_iter().filter(|_| !doc.pack.head_first);
        sides.extend(bands.map(|(name, weight)| (Who::side(None, named(name)), weight)));
        sides.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut sides: Vec<Who> = sides.into_iter().map(|(side, _)| side).collect();
        let among = |side: &Who, list: &[String]| side.party.as_ref().is_none_or(|p| list.contains(p));
        if sides.iter().filter(|side| among(side, &fighting)).count() > 1 {
            sides.sort_by_key(|side| !among(side, &fighting));
        }
        if let Some(pair) = opposed {
            sides.sort_by_key(|side| !side.party.as_ref().is_some_and(|p| pair.contains(p)));
        }
        Context {
            called: called(doc),
            parties,
            sides,
            home,
            troubled,
            issuer: dated.clone().or_else(|| issuer(doc)),
            dated,
            rebels,
            fighters: fighters.into_iter().map(|(p, ..)| p).collect(),
            opposition,
            ..Context::default()
        }
    }

    /// Whose officials are meant where nobody says so: of the state whose officials spoke last, of the state that the report is
    /// dated from, of the one that it is about, of `state`.
    fn officials_of(&self, state: Option<&str>) -> Option<String> {
        let state = state?;
        let last = self.last_official.as_ref().and_then(|w| w.party.as_deref());
        let told = self
            .recall
            .beside
            .as_deref()
            .or(last)
            .or(self.dated.as_deref())
            .or(self.home.as_deref());
        Some(told.unwrap_or(state).to_owned())
    }

    /// Whose office it is: of the land of the place told of last, where it is a local one.
    fn office_of(&self, who: &Who, state: Option<&str>) -> Option<String> {
        let here = self.recall.here.clone().filter(|_| who.local && state.is_some());
        here.or_else(|| self.officials_of(state))
    }

    /// The two sides of the report.
    pub(crate) fn sides(&self) -> Vec<Who> {
        self.sides_but(&[])
    }

    /// The two sides of the report, where some of its parties are none.
    pub(crate) fn sides_but(&self, outside: &[&str]) -> Vec<Who> {
        self.sides
            .iter()
            .filter(|side| side.party.as_deref().is_none_or(|p| !outside.contains(&p)))
            .take(2)
            .cloned()
            .collect()
    }

    /// Remembers who spoke together.
    pub(crate) fn spoke(&mut self, whom: &[Who]) {
        if whom.len() == 2 && whom.iter().all(Who::known) {
            self.pair = Some((self.recall.sent, whom.to_vec()));
        }
    }

    /// Whom "both" means: the two who spoke together right before, else the two sides.
    pub(crate) fn both(&self) -> Vec<Who> {
        let near = |(sent, _): &&(usize, Vec<Who>)| self.recall.sent <= sent + 1;
        self.pair
            .as_ref()
            .filter(near)
            .map_or_else(|| self.sides(), |(_, pair)| pair.clone())
    }

    /// A party that the report is about and whose missiles are rockets.
    pub(crate) fn rockets(&self) -> Option<&str> {
        let main = self.parties.iter().take(4).map(String::as_str);
        main.into_iter().find(|p| crate::weapons::has_rockets(p))
    }

    /// The side that stands against `party`.
    pub(crate) fn other_side(&self, party: Option<&str>) -> Option<String> {
        self.sides()
            .into_iter()
            .filter_map(|w| w.party)
            .find(|p| Some(p.as_str()) != party)
    }

    /// The armed group that words without a name mean; those who lean to `other` are not of it.
    pub(crate) fn rebels_but(&self, other: Option<&str>) -> Option<String> {
        if other.is_none() || self.rebels.as_deref() != other {
            return self.rebels.clone();
        }
        self.fighters.iter().find(|p| Some(p.as_str()) != other).cloned()
    }

    /// Whether a word for rebels can mean a group where words do not tell one band from another: it is the opposition as a whole, or
    /// the text calls it so.
    pub(crate) fn is_called(&self, group: &str, word: u64) -> bool {
        let whole = self.opposition.as_deref() == Some(group) || !self.fighters.iter().any(|f| f == group);
        whole || self.called.iter().any(|(w, g)| *w == word && g == group)
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
            self.spoke_in = self.recall.sent;
            self.last_speaker = Some(who.clone());
            if who.party.is_some() && matches!(who.sector, Sector::Gov | Sector::Mil | Sector::Pol | Sector::Jud) {
                self.last_official = Some(who.clone());
            }
        }
    }

    /// Remembers somebody who was asked and said nothing.
    pub(crate) fn pass_over(&mut self, who: &Who) {
        self.last_speaker = Some(who.clone());
    }

    /// The last one who spoke.
    pub(crate) fn speaker(&self) -> Option<&Who> {
        self.last_speaker.as_ref()
    }

    /// "The army accused the rebels of P. They said Q": who spoke in the sentence before goes on, though others were told of later.
    pub(crate) fn goes_on(&self, who: &Who) -> Option<Who> {
        let pronoun = who.anaphor && !who.role && who.group.is_none() && who.plural && !who.first_person;
        let speaker = self.last_speaker.as_ref().filter(|s| s.person.is_none() && s.known());
        let speaker = speaker.filter(|_| pronoun && self.recall.sent <= self.spoke_in + 1)?;
        let mut who = who.clone();
        who.stand_for(speaker);
        Some(who)
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
            && let Some(body) = self.recall.body(&who)
        {
            who.party.clone_from(&body.party);
            who.sector = body.sector;
        }
        if who.party.is_none()
            && (who.name.is_some() || who.person.is_some())
            && who.role
            && matches!(who.sector, Sector::Gov | Sector::Mil | Sector::Pol | Sector::Jud)
        {
            // "the Dagestani interior minister", "Police Chief Omarov": an office of a state that the words do not name.
            who.party = self.office_of(&who, state);
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
                    .filter(|s| s.person.is_some() || s.human || s.group.is_some() && !s.plural)
                    .or(self.last_person.as_ref())
                    .or(self.last_body.as_ref())
            };
            if let Some(known) = candidate {
                who.stand_for(known);
            }
            return who;
        }
        if let Some(known) = described {
            who.party.clone_from(&known.party);
            who.name.clone_from(&known.name);
            who.stands_for = known.named_at();
            // "The ministry" is the defence ministry that was told of, and no ministry of another kind.
            let same = who.head != 0 && known.head == who.head;
            if who.sector == Sector::Unk || same && known.sector != Sector::Unk {
                who.sector = known.sector;
            }
            return who;
        }
        if who.anaphor || who.role {
            let fights = |w: &Who| matches!(w.sector, Sector::Reb | Sector::Opp);
            let armed = fights(&who) || who.group == Some(Group::Military) && who.sector == Sector::Unk;
            let same = |k: &&Who| {
                let alike = k.sector == who.sector || who.sector == Sector::Unk || k.sector == Sector::Unk;
                // "The assailants", "the victims": people whom nothing makes a state's forces.
                let people = who.group == Some(Group::Unknown) && !who.role;
                let forces = matches!(k.sector, Sector::Mil | Sector::Pol | Sector::Gov);
                alike && (!armed || fights(k)) && !(people && forces)
            };
            let known = [&self.last_speaker, &self.last_body, &self.last_person, &self.last_many]
                .into_iter()
                .flatten()
                .filter(|k| who.anaphor && (k.sector != Sector::Med || who.sector == Sector::Med))
                // A group that somebody who watches speaks of is another.
                .filter(|k| state.is_some() || who.human || who.sector != Sector::Unk || k.sector != Sector::Ngo)
                .find(same);
            if let Some(known) = known.filter(|k| k.known()) {
                who.party.clone_from(&known.party);
                who.name.clone_from(&known.name);
                who.stands_for = known.named_at();
                if who.sector == Sector::Unk {
                    who.sector = known.sector;
                }
            } else if matches!(who.sector, Sector::Gov | Sector::Mil | Sector::Pol | Sector::Jud) && who.role {
                who.party = self.office_of(&who, state);
            }
        }
        // "Rebels said": the armed group that the report is about.
        let rebels = who.sector == Sector::Reb && !who.known() && who.person.is_none() && !who.anaphor;
        if rebels && state.is_some() {
            who.party = self.rebels_but(who.leaning.as_deref());
        }
        who
    }
}
