//! From deeds to incidents, and which of them the task asks for.

use crate::blame::blame;
use crate::fill::{Fill, Side};
use crate::nps::{Is, Np};
use crate::roles::Deed;
use crate::template::{Confidence, Effect, Kind, Template};
use crate::text::Text;
use crate::words::Frame;

/// Somebody or something in a slot of an incident.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Filler {
    pub(crate) name: String,
    pub(crate) effect: Option<Effect>,
    pub(crate) side: Side,
    /// A single person or thing.
    pub(crate) named: bool,
}

/// An incident as far as the report has told of it.
#[derive(Debug, Clone)]
pub(crate) struct Incident {
    kind: Kind,
    date: Option<String>,
    place: Option<String>,
    individuals: Vec<String>,
    pub(crate) organisations: Vec<(String, Confidence)>,
    targets: Vec<Filler>,
    victims: Vec<Filler>,
    weapons: Vec<String>,
    last_sentence: usize,
    deeds: usize,
}

/// The templates of a report.
pub(crate) fn templates(text: &Text<'_>) -> Vec<Template> {
    let mut fill = Fill::new(text);
    let mut incidents: Vec<Incident> = Vec::new();
    let mut last = 0;
    for (s, sentence) in text.sentences.iter().enumerate() {
        for deed in text.deeds(sentence) {
            if let Some(told) = incident(text, &mut fill, &deed, s) {
                last = gather(&mut incidents, told, deed.trigger.joins);
            }
        }
        if let Some(incident) = incidents.get_mut(last)
            && let Some(blame) = blame(text, &fill, sentence)
        {
            incident.blame(blame);
        }
    }
    incidents
        .into_iter()
        .filter(Incident::relevant)
        .map(Incident::template)
        .collect()
}

/// What one deed tells.
fn incident(text: &Text<'_>, fill: &mut Fill<'_, '_>, deed: &Deed<'_>, s: usize) -> Option<Incident> {
    let trigger = deed.trigger;
    let loose = trigger.many && !deed.targets.iter().any(|np| fill.definite(np));
    if deed.unreal || loose || fill.old(deed.at) {
        return None;
    }
    let sentence = &text.sentences[s];
    let mut weapons = fill.weapons(sentence);
    // A weapon that is told of elsewhere in a long sentence is another deed's.
    weapons.retain(|np| np.head.abs_diff(deed.at) < 14);
    let explosive = |np: &Np| text.is(np.head, "explosive");
    let mut kind = trigger.kind;
    match trigger.frame {
        Frame::Plant if !deed.weapons.iter().any(|w| text.what(w) == Is::Weapon) => return None,
        Frame::Weapon if !deed.weapons.iter().any(|w| text.what(w) == Is::Weapon) && deed.targets.is_empty() => {
            return None;
        }
        _ => {}
    }
    if kind == Kind::Attack && weapons.iter().any(explosive) {
        kind = Kind::Bombing;
    } else if kind == Kind::Bombing && trigger.frame == Frame::Plant && !weapons.iter().any(explosive) {
        kind = Kind::Attack;
    }
    if matches!(kind, Kind::Kidnapping | Kind::Arson) {
        weapons.clear();
    }
    let mut out = Incident {
        kind,
        date: fill.date(deed.at),
        place: fill.place(deed.at),
        individuals: Vec::new(),
        organisations: Vec::new(),
        targets: Vec::new(),
        victims: Vec::new(),
        weapons: weapons.iter().map(|np| fill.weapon(np)).collect(),
        last_sentence: s,
        deeds: 1,
    };
    for (n, np) in deed.targets.iter().enumerate() {
        if n > 0 && fill.says_again(&deed.targets[n - 1], np) {
            continue;
        }
        match text.what(np) {
            Is::Person | Is::People => out.victims.extend(fill.victim(np, trigger.effect)),
            Is::Thing => out.targets.extend(fill.target(np, trigger.effect)),
            Is::Unknown if matches!(trigger.frame, Frame::People | Frame::Of | Frame::Suffer) => {
                out.victims.extend(fill.name_alone(np, trigger.effect));
            }
            Is::Unknown if matches!(trigger.frame, Frame::Thing | Frame::OfThing) => {
                out.targets.extend(fill.target(np, trigger.effect));
            }
            Is::Body if matches!(trigger.frame, Frame::On | Frame::Any) => match fill.body(np) {
                Some(body) => out.victims.push(body),
                None => out
                    .targets
                    .extend(fill.target(np, trigger.effect).filter(|t| t.side == Side::Civilian)),
            },
            _ => {}
        }
    }
    let (victims, targets) = (std::mem::take(&mut out.victims), std::mem::take(&mut out.targets));
    add(&mut out.victims, victims);
    add(&mut out.targets, targets);
    if matches!(trigger.frame, Frame::Thing | Frame::OfThing) {
        out.victims.clear();
    }
    for np in &deed.doers {
        let (individual, organisation) = fill.doer(np);
        out.individuals.extend(individual.filter(|i| !fill.vague(i)));
        let confidence = fill.confidence(deed.at);
        out.organisations.extend(organisation.map(|o| (o, confidence)));
    }
    if out.individuals.is_empty() && out.organisations.is_empty() {
        out.individuals.extend(fill.band_near(deed.at, &deed.targets));
    }
    if out.organisations.is_empty()
        && out.individuals.iter().any(|i| fill.is_irregular(i))
        && let Some(group) = fill.group_near(deed.at)
    {
        out.organisations.push((group, fill.confidence(deed.at)));
    }
    if out.organisations.is_empty() && out.individuals.is_empty() {
        let confidence = fill.confidence(deed.at);
        out.organisations
            .extend(fill.group_beside(deed.at).map(|o| (o, confidence)));
    }
    if kind == Kind::Bombing && out.weapons.is_empty() {
        out.weapons.extend(fill.explosive_near(deed.at));
    }
    // Harm that nobody does is an incident only with a weapon or a doer.
    if trigger.frame == Frame::Suffer && out.weapons.is_empty() && out.individuals.is_empty() {
        return None;
    }
    (!out.targets.is_empty() || !out.victims.is_empty() || !out.individuals.is_empty() || !out.weapons.is_empty())
        .then_some(out)
}

/// Adds fillers that are not there yet; of two that one may be short for the other, the longer stays.
fn add(into: &mut Vec<Filler>, from: Vec<Filler>) {
    for filler in from {
        match into.iter_mut().find(|f| same(&f.name, &filler.name)) {
            Some(known) => {
                known.effect = known.effect.or(filler.effect);
                if filler.name.len() > known.name.len() {
                    known.name = filler.name;
                }
            }
            None => into.push(filler),
        }
    }
}

/// Whether two names or descriptions end alike and one holds the other: "PRIESTS" and "JESUIT PRIESTS".
fn same(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    long.ends_with(short) && (long.len() == short.len() || long[..long.len() - short.len()].ends_with(' '))
}

/// Adds what a deed tells to the incident that it speaks of, or opens a new one.
///
/// Gives the number of the incident. A deed that only `joins` opens none.
fn gather(incidents: &mut Vec<Incident>, told: Incident, joins: bool) -> usize {
    let found = incidents.iter().rposition(|i| i.fits(&told));
    match found {
        Some(at) => {
            incidents[at].merge(told);
            at
        }
        None => {
            if !joins {
                incidents.push(told);
            }
            incidents.len().saturating_sub(1)
        }
    }
}

impl Incident {
    /// Whether `told` can be the same happening.
    fn fits(&self, told: &Incident) -> bool {
        let violent = |k: Kind| matches!(k, Kind::Attack | Kind::Bombing);
        if self.kind != told.kind && !(violent(self.kind) && violent(told.kind)) {
            return false;
        }
        let shares = |a: &[Filler], b: &[Filler]| a.iter().any(|x| b.iter().any(|y| same(&x.name, &y.name)));
        if shares(&self.victims, &told.victims) || shares(&self.targets, &told.targets) {
            return true;
        }
        let apart = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
        // Other targets, told apart from these, are another happening's.
        let full = |i: &Incident| !i.victims.is_empty() || !i.targets.is_empty();
        if told.last_sentence > self.last_sentence + 1 && full(self) && full(told) {
            return false;
        }
        if apart(&self.date, &told.date) || apart(&self.place, &told.place) {
            return false;
        }
        true
    }

    fn merge(&mut self, told: Incident) {
        // A bomb tells more than an attack.
        if told.kind == Kind::Bombing && self.kind == Kind::Attack {
            self.kind = Kind::Bombing;
        }
        self.date = self.date.take().or(told.date);
        self.place = self.place.take().or(told.place);
        for individual in told.individuals {
            if self.individuals.is_empty() {
                self.individuals.push(individual);
            }
        }
        for (name, confidence) in told.organisations {
            if !self.organisations.iter().any(|(n, _)| *n == name) {
                self.organisations.push((name, confidence));
            }
        }
        add(&mut self.victims, told.victims);
        add(&mut self.targets, told.targets);
        for weapon in told.weapons {
            if !self.weapons.contains(&weapon) {
                self.weapons.push(weapon);
            }
        }
        self.last_sentence = told.last_sentence;
        self.deeds += 1;
    }

    /// Whether the task asks for it: it has a target, and not only soldiers, policemen and their things.
    fn relevant(&self) -> bool {
        // An attack on things that is told once, of no day and no place, is no particular one.
        let bare = self.victims.is_empty() && self.deeds == 1 && self.date.is_none() && self.place.is_none();
        if self.kind == Kind::Attack && bare {
            return false;
        }
        self.victims
            .iter()
            .chain(&self.targets)
            .any(|f| f.side == Side::Civilian)
    }

    fn template(self) -> Template {
        let mut victims = self.victims;
        victims.retain(|v| v.side != Side::Armed);
        let mut out = Template::new(self.kind);
        out.date = self.date;
        out.place = self.place;
        out.individuals = self.individuals;
        out.organisations = self.organisations;
        out.targets = self.targets.into_iter().map(|t| (t.name, t.effect)).collect();
        out.victims = victims.into_iter().map(|v| (v.name, v.effect)).collect();
        out.weapons = self.weapons;
        if self.kind == Kind::Kidnapping {
            out.targets.clear();
            out.weapons.clear();
        }
        out
    }
}
