//! What the report has told so far: which happening a vague word ("the attack", "vụ tấn công") or a bare toll belongs to, and
//! who does in it what the clause at hand leaves out.

use super::Told;
use crate::bits::ACT;
use crate::doc::Doc;
use crate::values::PlaceHit;
use crate::who::Who;
use counterclaim_claims::{Act, Family, Harm, Sector, Stance, is_listed};
use counterclaim_lexicon::{NameKind, Sense};
use std::collections::VecDeque;
use std::ops::Range;

/// A violent happening that the report has told of.
#[derive(Debug, Clone)]
struct Happening {
    act: Act,
    actor: Vec<Who>,
    target: Vec<Who>,
    place: Vec<(f64, f64)>,
    time: Option<String>,
    sent: usize,
    /// The headline tells it.
    headline: bool,
}

/// The happenings of a report in the order they are told.
#[derive(Debug, Default)]
pub(super) struct Story {
    happenings: VecDeque<Happening>,
    /// The kind of act that the report speaks of most, its first sentences above all.
    topic: Option<Act>,
    /// The language's nouns stand before what describes them, and its verbs do not inflect.
    head_first: bool,
    /// It is about armies on the move, so that an attack is one on the ground.
    on_ground: bool,
    /// What a weak word of the clause at hand names: "killed in the fighting".
    pub(super) spare: Option<Act>,
    /// The last claims, each with its stance.
    claims: Vec<(Vec<Told>, Stance)>,
    /// Where and when the last clause with a subject of its own is, with its sentence.
    setting: Option<(usize, Vec<PlaceHit>, Option<String>)>,
    /// Whom the last claim that names somebody tells as struck, with its sentence.
    pub(super) struck: Option<(usize, Who)>,
    /// Armed groups that the report names, each with a state that it belongs to or fights in.
    lands: Vec<(String, String)>,
}

/// How many happenings are remembered: no report tells of more, and a text without an end may not cost more than its length.
const REMEMBERED: usize = 256;

/// How many claims back a denial may point.
const ANSWERED: usize = 8;

/// How many sentences back somebody who does a thing is still plain.
const REACH: usize = 4;

impl Story {
    pub(super) fn new(doc: &Doc<'_>) -> Self {
        let mut weights: Vec<(Act, u32)> = Vec::new();
        for (n, sent) in doc.sents.iter().enumerate() {
            let weight = match n {
                0 => 6,
                1 | 2 => 3,
                _ => 2,
            };
            for u in sent.units.clone().filter(|u| doc.has(*u, ACT)) {
                let Some(act) = doc.act(u).filter(|a| makes_topic(a.act)) else {
                    continue;
                };
                let weight = if act.flags.weak { weight / 2 } else { weight };
                match weights.iter_mut().find(|(a, _)| *a == act.act) {
                    Some((_, w)) => *w += weight,
                    None => weights.push((act.act, weight)),
                }
            }
        }
        let topic = weights.iter().rev().max_by_key(|(_, w)| *w).map(|(a, _)| *a);
        let of = |act: Act| weights.iter().find(|(a, _)| *a == act).map_or(0, |(_, w)| *w);
        let strikes: u32 = weights
            .iter()
            .filter(|(a, _)| a.family() == Family::Strike)
            .map(|(_, w)| *w)
            .sum();
        Story {
            lands: lands(doc),
            topic,
            head_first: doc.pack.head_first,
            on_ground: of(Act::GroundAssault) >= 4 && of(Act::GroundAssault) > strikes,
            ..Story::default()
        }
    }

    /// The armed groups that the report names, each with a state that it belongs to or fights in.
    pub(super) fn lands(&self) -> &[(String, String)] {
        &self.lands
    }

    /// Whether a party has fought or been struck in the report so far, if anybody has.
    pub(super) fn fights(&self, party: &str) -> bool {
        let is = |w: &Who| w.party.as_deref() == Some(party);
        let mut told = self.happenings.iter().peekable();
        told.peek().is_none() || told.any(|h| h.actor.iter().chain(&h.target).any(is))
    }

    /// Whether a party has fought or been struck, or nobody has so far, where `unless_nobody`.
    pub(super) fn has_fought(&self, party: &str, unless_nobody: bool) -> bool {
        self.fights(party) && (unless_nobody || !self.happenings.is_empty())
    }

    /// Whom a party has fought last.
    pub(super) fn foe(&self, party: &str) -> Option<String> {
        let is = |w: &Who| w.party.as_deref() == Some(party);
        let other = |list: &[Who]| list.iter().filter(|w| !is(w)).find_map(|w| w.party.clone());
        self.happenings.iter().rev().find_map(|h| {
            if h.actor.iter().any(is) {
                other(&h.target).or_else(|| other(&h.actor))
            } else {
                h.target.iter().any(is).then(|| other(&h.actor)).flatten()
            }
        })
    }

    /// The act of a clause that tells only of harm.
    pub(super) fn of_harm(&self, harm: Harm, sent: usize, more: bool) -> Act {
        match harm {
            Harm::Displaced => return Act::Displacement,
            Harm::Detained => return Act::Arrest,
            _ => {}
        }
        let here = self.happenings.back().filter(|h| h.sent == sent).map(|h| h.act);
        // More victims are those of the happening told before.
        let told = self.happenings.iter().rev().find(|h| more && makes_topic(h.act));
        let recent = told.filter(|h| sent <= h.sent + REACH).map(|h| h.act);
        let told = self.spare.or(here).or(recent).or(self.topic);
        // Whom a strike kills it does not take prisoner.
        let shoots = |act: Act| act.family() == Family::Strike || self.head_first && act == Act::Shooting;
        let told = told.filter(|act| harm != Harm::Captured || !shoots(*act));
        match told {
            // Who falls in an offensive falls fighting.
            None | Some(Act::GroundAssault) => Act::Clash,
            Some(act) => act,
        }
    }

    /// The happening that the report tells of as it reaches a sentence.
    pub(super) fn current(&self, sent: usize) -> Option<Act> {
        let told = self.happenings.iter().rev().find(|h| makes_topic(h.act));
        told.filter(|h| sent <= h.sent + REACH).map(|h| h.act).or(self.topic)
    }

    /// Tells a vague attack by the happening it means, and fills in who did it to whom where that is plain.
    pub(super) fn settle(&self, told: &mut Told, sent: usize) {
        // An offensive is what an attack means only where the report is about one.
        let on_ground = self.on_ground;
        let flies = told
            .actor
            .iter()
            .all(|w| w.party.as_deref().is_none_or(has_aircraft) && w.sector != Sector::Reb);
        let blast = told.soft && told.noun;
        let kinds = |h: &Happening| match told.act {
            // "At least three attacks": told by their number, they are no one happening.
            Act::Attack => {
                !told.counted
                    && h.act != Act::Clash
                    && makes_topic(h.act)
                    && h.act != Act::Execution
                    && (h.act != Act::GroundAssault || told.actor.iter().all(|w| w.sector != Sector::Cvl))
                    && (flies || h.act != Act::Airstrike)
                    && (told.noun || h.act != Act::Shooting)
            }
            Act::DestroyEquipment => {
                let near = !h.headline && (told.actor.is_empty() || sent <= h.sent + REACH);
                // Who lost the things did not strike them.
                let lost = |w: &Who| w.party.is_some() && told.losses.iter().any(|l| l.party == w.party);
                near && h.act.family() == Family::Strike && makes_topic(h.act) && !h.actor.iter().any(lost)
            }
            // Armies that fire after they have shelled go on shelling.
            Act::Shooting => {
                h.act == Act::Shelling
                    && told.soft
                    && !told.armed
                    && told.actor.iter().any(|w| w.party.is_some() && w.sector == Sector::Mil)
            }
            // Bombs are planted and dropped: the same word in some languages.
            Act::Bombing => {
                let bombs =
                    h.act == Act::SuicideBombing || h.act == Act::Airstrike && self.topic == Some(Act::Airstrike);
                blast && h.act.family() == Family::Strike && makes_topic(h.act) || bombs && !told.trodden
            }
            _ => false,
        };
        let pointed = |h: &&Happening| {
            h.act.family() == Family::Strike && makes_topic(h.act) && (flies || h.act != Act::Airstrike)
        };
        let last = || {
            self.happenings
                .iter()
                .rev()
                .find(pointed)
                .filter(|_| told.pointed && told.act == Act::Attack)
        };
        // What somebody is out to do has not happened before, and what it is done with tells a kind of its own.
        let vague = told.act == Act::Attack && told.soft;
        let own = (told.intended || vague) && !told.noun || told.armed && told.act == Act::Attack || told.several;
        // A raid that is told anew is by whoever is plain from those told just before, and by nobody where several strike.
        if told.fresh && !self.plain(sent) {
            return;
        }
        let known = (!own).then(|| self.meant(told, kinds).or_else(last)).flatten();
        if let Some(known) = known {
            told.act = known.act;
        } else if told.act == Act::Attack
            && !own
            && on_ground
            && told.actor.iter().any(|w| w.sector == Sector::Mil && w.known())
        {
            told.act = Act::GroundAssault;
        }
        if !matches!(told.act.family(), Family::Strike | Family::Battle) {
            return;
        }
        let act = told.act;
        // Of a clash one side told is all that is told.
        if act == Act::Clash && told.actor.iter().chain(&told.target).any(Who::known) {
            return;
        }
        // A toll alone is of the happening told before where that has a doer; of a fight it tells its own side's dead.
        let bare = told.bare;
        if bare && act == Act::Clash {
            return;
        }
        let plain = |h: &Happening| h.act == act && sent <= h.sent + REACH && (!bare || h.actor.iter().any(Who::known));
        if let Some(known) = self.meant(told, plain) {
            // A pronoun or description that means nobody known says no more than nothing.
            let vague = |list: &[Who]| {
                let armed = |w: &Who| matches!(w.sector, Sector::Reb | Sector::Opp);
                list.iter().all(|w| !w.known() && w.anaphor && !armed(w))
            };
            // Where verbs inflect, who does a thing is told where it is meant: "was hit" and "raids are common" leave it open.
            if !self.head_first && told.several {
                return;
            }
            if vague(&told.target) && !told.mistaken && (self.head_first || !bare) {
                told.target = carried(&known.target, &told.actor);
            }
            if vague(&told.actor) && (self.head_first || told.noun) {
                told.actor = carried(&known.actor, &told.target);
            }
        }
    }

    /// "Chiếc xe bốc cháy. Cả kíp lái thiệt mạng trong vụ nổ": a blast right after a wreck is told of is what wrecked it, and who dies
    /// in it are those whose it was.
    pub(super) fn blast_of_wreck(&self, told: &mut Told, sent: usize) {
        let blast = self.head_first && told.named == Act::Bombing && told.noun && told.soft && told.place.is_empty();
        let last = self.happenings.back().filter(|h| !h.headline && sent <= h.sent + 2);
        let Some(wreck) = last.filter(|h| blast && h.act == Act::DestroyEquipment) else {
            return;
        };
        told.act = wreck.act;
        told.actor.clone_from(&wreck.actor);
        told.target.clone_from(&wreck.target);
        let struck = wreck.target.iter().find_map(|w| w.party.clone());
        let did = |party: &Option<String>| party.is_some() && wreck.actor.iter().any(|w| w.party == *party);
        for toll in told.toll.iter_mut().filter(|t| did(&t.party)) {
            toll.party.clone_from(&struck);
        }
    }

    /// "Gunmen stormed the post, officials said. They burned two trucks": in the report's own voice those who act in the happening
    /// told just before go on, and not who told of it.
    pub(super) fn they(&self, told: &mut Told, sent: usize) {
        let violent = matches!(told.act.family(), Family::Strike | Family::Battle | Family::Abuse);
        let [who] = &told.actor[..] else { return };
        let pronoun = who.anaphor && who.plural && !who.role && who.group.is_none() && !who.first_person;
        let before = self
            .happenings
            .back()
            .filter(|h| h.sent < sent && sent <= h.sent + 1 && !h.headline);
        if let Some(before) = before.filter(|h| violent && pronoun && !told.noun && !h.actor.is_empty()) {
            told.actor = carried(&before.actor, &[]);
        }
    }

    /// Whether all that struck just before are one.
    fn plain(&self, sent: usize) -> bool {
        let near = self
            .happenings
            .iter()
            .filter(|h| sent <= h.sent + REACH && h.act.family() == Family::Strike);
        let mut doers = near.flat_map(|h| &h.actor).filter(|w| w.known());
        let first = doers.next();
        first.is_none_or(|w| doers.all(|d| d.party == w.party && d.name == w.name))
    }

    /// The last happening that can be the one `told` speaks of; one by the same people before others.
    fn meant(&self, told: &Told, fits: impl Fn(&Happening) -> bool) -> Option<&Happening> {
        let mut best: Option<(&Happening, u32)> = None;
        let mut kinds = true;
        for known in self.happenings.iter().rev().filter(|h| fits(h)) {
            let Some(likeness) = self.likeness(told, known) else {
                continue;
            };
            match best {
                Some((other, l)) if likeness == l => kinds &= other.act == known.act,
                Some((_, l)) if likeness < l => {}
                _ => (best, kinds) = (Some((known, likeness)), true),
            }
        }
        // Between two kinds that fit alike there is no choice.
        best.filter(|_| kinds).map(|(h, _)| h)
    }

    /// The deed that a denial answers without naming it: "denied the claim", "bác bỏ cáo buộc này".
    pub(super) fn denied(
        &self,
        doc: &Doc<'_>,
        out: &[Told],
        units: &Range<usize>,
        sources: &[Who],
    ) -> Option<Vec<Told>> {
        let names = |u: usize| doc.act(u).is_some_and(|a| a.act != Act::Other);
        let own = doc.pack.head_first && units.clone().any(names);
        let names_nothing = out.iter().all(|t| t.act == Act::Other) && units.len() <= 4 && !own;
        if !names_nothing {
            return None;
        }
        // Who denies an accusation denies a deed of war, not that forces were moved.
        let grave = |act: Act| {
            !matches!(
                act,
                Act::Other | Act::Mobilise | Act::Exercise | Act::Talks | Act::Agreement | Act::Aid
            )
        };
        let does = |told: &Told| {
            let same = |w: &Who| w.party.is_some() && sources.iter().any(|s| s.party == w.party);
            grave(told.act) && told.actor.iter().any(same)
        };
        let last = |fits: &dyn Fn(&Told) -> bool, accused: bool| {
            let mut claims = self.claims.iter().rev();
            claims.find(|(told, stance)| (!accused || *stance == Stance::Accuses) && told.iter().any(fits))
        };
        let deed = |told: &Told| grave(told.act);
        // What the denier is accused of, else what is said of him, else what anybody is accused of, else what was said last.
        last(&does, true)
            .or_else(|| last(&does, false))
            .or_else(|| last(&deed, true))
            .or_else(|| last(&deed, false).filter(|_| doc.pack.head_first))
            .map(|(told, _)| told.iter().map(|deed| with_means(deed, out)).collect())
    }

    /// Verbs that share a subject share the place and the time told before them.
    pub(super) fn share(&mut self, out: &mut [Told], sent: usize) {
        if let Some((_, place, time)) = self.setting.as_ref().filter(|(s, ..)| *s == sent) {
            for told in out.iter_mut().filter(|t| t.shared) {
                if told.place.is_empty() {
                    told.place.clone_from(place);
                }
                if told.time.is_none() {
                    told.time.clone_from(time);
                }
            }
        }
        if let Some(told) = out.iter().find(|t| !t.place.is_empty() || t.time.is_some()) {
            self.setting = Some((sent, told.place.clone(), told.time.clone()));
        }
    }

    /// Whether the last claims tell of a truce.
    pub(super) fn of_a_truce(&self) -> bool {
        let truce = |t: &Told| matches!(t.act, Act::Agreement | Act::CeasefireViolation);
        self.claims.iter().flat_map(|(told, _)| told).any(truce)
    }

    /// Remembers a claim.
    pub(super) fn claim(&mut self, out: &[Told], stance: Stance) {
        if self.claims.len() == ANSWERED {
            self.claims.remove(0);
        }
        self.claims.push((out.to_vec(), stance));
    }

    /// Remembers what a clause has told.
    pub(super) fn note(&mut self, told: &Told, sent: usize, headline: bool) {
        let violent = matches!(told.act.family(), Family::Strike | Family::Battle) || told.act == Act::Execution;
        if told.negated || !violent {
            return;
        }
        if self.happenings.len() == REMEMBERED {
            self.happenings.pop_front();
        }
        self.happenings.push_back(Happening {
            act: told.act,
            actor: told.actor.clone(),
            target: told.target.clone(),
            place: told
                .place
                .iter()
                .filter(|p| p.kind != "country")
                .map(|p| (p.lat, p.lon))
                .collect(),
            time: told.time.clone(),
            sent,
            headline,
        });
    }

    /// Whether two parties are one, or an armed group and the land that it is of.
    fn is_of(&self, a: &Who, b: &Who) -> bool {
        let belongs = |group: &Who, land: &Who| {
            let (Some(group), Some(land)) = (&group.party, &land.party) else {
                return false;
            };
            self.lands.iter().any(|(g, l)| g == group && l == land)
        };
        a.party == b.party || belongs(a, b) || belongs(b, a)
    }

    /// How well a clause fits a happening, none where it speaks of another.
    fn likeness(&self, told: &Told, known: &Happening) -> Option<u32> {
        let mut score = 0;
        for (mine, theirs, weight) in [(&told.actor, &known.actor, 4), (&told.target, &known.target, 2)] {
            if mine.iter().any(Who::known) && theirs.iter().any(Who::known) {
                if !mine
                    .iter()
                    .any(|m| m.party.is_some() && theirs.iter().any(|t| self.is_of(m, t)))
                {
                    return None;
                }
                score += weight;
            }
        }
        // Who was struck does not strike in the same happening.
        let crossed = |a: &[Who], b: &[Who]| {
            a.iter()
                .any(|m| m.party.is_some() && b.iter().any(|t| self.is_of(m, t)))
        };
        if known.act != Act::Clash
            && score == 0
            && (crossed(&told.actor, &known.target) || crossed(&told.target, &known.actor))
        {
            return None;
        }
        if let (Some(a), Some(b)) = (&told.time, &known.time) {
            if !a.starts_with(b.as_str()) && !b.starts_with(a.as_str()) {
                return None;
            }
            score += 1;
        }
        let mine: Vec<(f64, f64)> = told
            .place
            .iter()
            .filter(|p| p.kind != "country")
            .map(|p| (p.lat, p.lon))
            .collect();
        if !mine.is_empty() && !known.place.is_empty() {
            let near = |a: &(f64, f64), b: &(f64, f64)| (a.0 - b.0).abs() < 1.5 && (a.1 - b.1).abs() < 1.5;
            if !mine.iter().any(|m| known.place.iter().any(|k| near(m, k))) {
                return None;
            }
            score += 1;
        }
        // Words that name somebody or somewhere of their own speak of another happening unless something agrees.
        let names_own = told.actor.iter().chain(&told.target).any(Who::known) || !mine.is_empty();
        // A headline that names nobody who strikes leaves that to the report.
        let nobody = known.headline && told.act == Act::Attack && !known.actor.iter().any(Who::known);
        (score > 0 || !names_own || told.points || nobody).then_some(score)
    }
}

/// The armed groups that a text names with the states that each belongs to or fights in.
fn lands(doc: &Doc<'_>) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    let units = doc.sents.iter().flat_map(|sent| sent.units.clone());
    for (sense, _) in units.flat_map(|u| doc.senses(u)) {
        let Sense::Named {
            kind: NameKind::Group,
            party: Some(group),
            states,
            ..
        } = sense
        else {
            continue;
        };
        for state in states {
            let name = |code: u16| doc.pack.parties[code as usize].clone();
            let pair = (name(*group), name(*state));
            if pair.0 != pair.1 && !out.contains(&pair) {
                out.push(pair);
            }
        }
    }
    out
}

/// Acts that a report can be about, so that its vague words mean them.
fn makes_topic(act: Act) -> bool {
    !matches!(act, Act::Attack | Act::DestroyEquipment | Act::ShootDown)
        && matches!(act.family(), Family::Strike | Family::Battle)
        || act == Act::Execution
}

/// Whether a party can strike from the air: a state or an alliance of states.
fn has_aircraft(party: &str) -> bool {
    !is_listed(party) || party.starts_with("COALITION") || party == "NATO"
}

/// The deed that a denial means, done with what its own words name: "denied using cluster munitions".
fn with_means(deed: &Told, own: &[Told]) -> Told {
    let mut deed = deed.clone();
    if let Some(named) = own.iter().find(|told| !told.weapon.is_empty()) {
        deed.weapon.clone_from(&named.weapon);
    }
    deed
}

/// People told of before, without those who are already on the other side.
fn carried(whom: &[Who], others: &[Who]) -> Vec<Who> {
    whom.iter()
        .filter(|w| w.known() && !others.iter().any(|o| o.party.is_some() && o.party == w.party))
        .cloned()
        .map(|w| Who { units: 0..0, ..w })
        .collect()
}
