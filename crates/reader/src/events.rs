//! Pass 7: what a claim says happened.

mod damage;
mod means;
mod setting;
mod story;

use crate::bits::*;
use crate::claims::{Draft, Found};
use crate::clauses::View;
use crate::doc::Doc;
use crate::emit::{Values, Writer};
use crate::events::setting::whom_a_strike_strikes;
use crate::roles::Roles;
use crate::tolls;
use crate::values::{PlaceHit, within};
use crate::who::{self, Context, Who};
use counterclaim_claims::{
    Act, Event, Family, Loss, LossHarm, Materiel, Participant, Place, Sector, Stance, Toll, Voice,
};
use counterclaim_lexicon::{ActSense, Frame, Func, Pos, Sense};
use std::ops::Range;

/// An event before it is written down.
#[derive(Debug, Clone, Default)]
pub(crate) struct Told {
    act: Act,
    at: usize,
    negated: bool,
    actor: Vec<Who>,
    target: Vec<Who>,
    place: Vec<PlaceHit>,
    time: Option<String>,
    weapon: Vec<Materiel>,
    toll: Vec<Toll>,
    losses: Vec<Loss>,
    weak: bool,
    /// A toll without a word for what did it.
    bare: bool,
    /// The act as its word names it.
    named: Act,
}

impl Told {
    pub(crate) fn write(self, writer: &Writer<'_, '_>) -> Event {
        let whom = |list: Vec<Who>| -> Vec<Participant> {
            let mut out: Vec<Participant> = Vec::new();
            for who in list {
                let mark = (!who.units.is_empty()).then(|| writer.units(&who.units));
                let one = Participant {
                    party: who.party,
                    sector: who.sector,
                    name: who.name,
                    mark,
                };
                if !out
                    .iter()
                    .any(|p| p.party == one.party && p.sector == one.sector && p.name == one.name)
                {
                    out.push(one);
                }
            }
            out
        };
        let place = self.place.into_iter().map(|p| Place {
            mark: Some(writer.units(&p.units)),
            name: p.name,
            country: (!p.country.is_empty()).then_some(p.country),
            lat: Some(p.lat),
            lon: Some(p.lon),
            kind: (!p.kind.is_empty()).then_some(p.kind),
        });
        Event {
            act: self.act,
            negated: self.negated,
            actor: whom(self.actor),
            target: whom(self.target),
            place: place.collect(),
            time: self.time,
            weapon: self.weapon,
            toll: self.toll,
            losses: self.losses,
        }
    }
}

/// Tells the events of one claim after another, and remembers what the report is about.
pub(crate) struct Teller<'d, 't> {
    doc: &'d Doc<'t>,
    found: &'d Found<'d>,
    values: &'d Values<'d>,
    story: story::Story,
}

impl<'d, 't> Teller<'d, 't> {
    pub(crate) fn new(doc: &'d Doc<'t>, found: &'d Found<'d>, values: &'d Values<'d>) -> Self {
        Teller {
            doc,
            found,
            values,
            story: story::Story::new(doc),
        }
    }

    /// The events of a claim.
    pub(crate) fn events(&mut self, draft: &Draft, sources: &[Who], context: &Context) -> Vec<Told> {
        let view = View {
            doc: self.doc,
            sent: &self.doc.sents[draft.sent],
            phrases: &self.found.phrases[draft.sent],
        };
        let bounds = draft.units.clone();
        let mut out: Vec<Told> = Vec::new();
        let cues: Vec<usize> = self.found.attributions[draft.sent].iter().map(|a| a.anchor).collect();
        for u in bounds.clone() {
            if cues.contains(&u) && !self.doc.has(u, ACT) {
                continue;
            }
            let Some(act) = self.act(u) else { continue };
            let roles = view.roles(u, &bounds);
            let told = self.tell(&view, u, act, &roles, sources, context, &bounds);
            out.push(told);
        }
        let strong = out.iter().any(|t| !t.weak);
        out.retain(|t| {
            !t.weak
                || !strong
                    && (t.actor.iter().any(Who::known)
                        || t.target.iter().any(Who::known)
                        || !t.losses.is_empty()
                        || !t.weapon.is_empty())
        });
        merge(&mut out);
        self.harm(draft.sent, &view, &bounds, sources, context, &mut out);
        self.loss(&view, &bounds, sources, context, &mut out);
        if out.is_empty() {
            out.push(self.other(&view, &bounds, sources, context));
        }
        self.where_and_when(&bounds, &mut out);
        for told in &mut out {
            if told.weapon.is_empty() && matches!(told.act.family(), Family::Strike | Family::Battle) {
                let own = tolls::weapons(&view, bounds.clone());
                let lost: Vec<Materiel> = told.losses.iter().map(|l| l.class).collect();
                told.weapon.extend(own.into_iter().filter(|w| !lost.contains(w)));
            }
            refine(told);
        }
        for told in &mut out {
            self.story.settle(told, draft.sent);
            whom_a_strike_strikes(told);
            self.story.note(told, draft.sent);
        }
        if draft.stance == Stance::Denies && draft.voice == Voice::Source && negates(self.doc, &bounds) {
            for told in &mut out {
                told.negated = true;
            }
        }
        out
    }

    fn act(&self, u: usize) -> Option<&'static ActSense> {
        self.doc.act(u)
    }

    /// The events of a mutual accusation, as one side tells them.
    pub(crate) fn mutual(&self, told: &[Told], side: &Who, sides: &[Who]) -> Vec<Told> {
        let mut out = told.to_vec();
        for one in &mut out {
            one.actor = sides
                .iter()
                .filter(|s| s.party != side.party)
                .cloned()
                .map(|w| Who {
                    units: 0..0,
                    sector: Sector::Mil,
                    ..w
                })
                .collect();
            let sector = one.target.first().map_or(Sector::Unk, |t| t.sector);
            one.target = vec![Who {
                units: 0..0,
                sector,
                ..side.clone()
            }];
        }
        out
    }

    #[allow(clippy::too_many_arguments, reason = "one call, and each is needed")]
    fn tell(
        &self,
        view: &View<'_, '_>,
        u: usize,
        act: &'static ActSense,
        roles: &Roles,
        sources: &[Who],
        context: &Context,
        bounds: &Range<usize>,
    ) -> Told {
        let read = |units: &Range<usize>| self.people(units.clone(), sources, context);
        let mut told = Told {
            act: act.act,
            named: act.act,
            at: u,
            negated: roles.negated,
            weak: act.flags.weak,
            ..Told::default()
        };
        told.weapon.extend(act.weapon.filter(|w| tolls::told_by(act.act, *w)));
        let subject = roles.subject.as_ref().map(read).unwrap_or_default();
        let object = roles.object.as_ref().map(read).unwrap_or_default();
        let agent = roles.agent.as_ref().map(read).unwrap_or_default();
        match (act.pos, act.frame) {
            (Pos::Verb, Frame::Undergo) => {
                told.target = subject;
                told.actor = if agent.is_empty() { object } else { agent };
            }
            (Pos::Verb, Frame::Mutual) => {
                told.actor = subject;
                told.actor.extend(object);
            }
            (Pos::Verb, Frame::State | Frame::Leave) if !roles.passive => told.actor = subject,
            (Pos::Verb, Frame::State | Frame::Leave) => told.actor = agent,
            (Pos::Verb, Frame::Object) => {
                let (harmed, doer) = if roles.passive {
                    (roles.subject.clone(), agent)
                } else {
                    (roles.object.clone(), subject)
                };
                told.actor = doer;
                if let Some(units) = harmed {
                    told.target = read(&units).into_iter().filter(Who::known).collect();
                    let harm = if act.act == Act::ShootDown {
                        LossHarm::ShotDown
                    } else {
                        LossHarm::Destroyed
                    };
                    let owner = told.target.first().and_then(|w| w.party.clone());
                    told.losses = tolls::losses(view, self.values, &units, bounds, harm, owner.as_deref());
                }
            }
            (Pos::Verb, _) if roles.passive => {
                told.target = subject;
                told.actor = agent;
            }
            (Pos::Verb, _) => {
                told.actor = subject;
                told.target = object;
            }
            (_, frame) => {
                let named = roles
                    .modifiers
                    .as_ref()
                    .map(read)
                    .unwrap_or_default()
                    .into_iter()
                    .filter(Who::known);
                match frame {
                    Frame::Mutual => told.actor.extend(named),
                    Frame::EventTarget if self.doc.pack.head_first => told.target.extend(named),
                    _ => told.actor.extend(named),
                }
                told.actor.extend(agent);
                if roles.light {
                    told.actor
                        .extend(subject.into_iter().filter(|w| w.known() || w.role || w.group.is_some()));
                }
                told.target.extend(object.into_iter().filter(Who::known));
            }
        }
        for (marker, units) in &roles.others {
            let whom = read(units);
            let is = |f: Func| self.doc.is(*marker, f);
            let mutual = act.frame == Frame::Mutual || told.act == Act::Clash || told.act.family() == Family::Talks;
            if is(Func::ToBetween) || mutual && (is(Func::ToWith) || is(Func::ToTarget)) {
                told.actor
                    .extend(whom.into_iter().filter(|w| w.known() || w.role || w.both_sides));
            } else if self.doc.has(*marker, POSS) && act.pos == Pos::Noun {
                // "of": whose deed, or against whom, by the act's frame.
                let into = if act.frame == Frame::EventTarget {
                    &mut told.target
                } else {
                    &mut told.actor
                };
                into.extend(whom.into_iter().filter(Who::known));
            } else if is(Func::ToActor) && act.pos == Pos::Noun {
                told.actor.extend(whom.into_iter().filter(Who::known));
            } else if is(Func::ToTarget)
                || act.pos == Pos::Noun
                    && matches!(act.act.family(), Family::Strike)
                    && !is(Func::ToPlace)
                    && !is(Func::ToWeapon)
                    && self.doc.has(*marker, ADP)
                    && !is(Func::ToWith)
            {
                told.target
                    .extend(whom.into_iter().filter(|w| w.known() || w.group.is_some()));
            }
        }
        let actor_party = told.actor.iter().find_map(|w| w.party.clone());
        for who in told.target.iter_mut().filter(|w| w.enemy) {
            who.party = context.other_side(
                actor_party
                    .as_deref()
                    .or(sources.first().and_then(|s| s.party.as_deref())),
            );
        }
        told.actor
            .retain(|w| w.known() || w.role || w.group.is_some() || w.both_sides);
        told.target
            .retain(|w| w.known() || w.role || w.group.is_some() || w.both_sides);
        if matches!(act.act, Act::CaptureTerritory | Act::Control) {
            told.target.retain(|w| w.sector != Sector::Unk || w.group.is_some());
        }
        for who in &mut told.actor {
            // A state that shoots does so by its forces.
            if matches!(who.sector, Sector::Unk | Sector::Gov)
                && matches!(act.act.family(), Family::Strike | Family::Battle)
            {
                who.sector = Sector::Mil;
            }
        }
        means::refine(&mut told, &means::instruments(self.doc, act.act, u, roles));
        told
    }

    /// The people of a noun phrase, with what the report before tells of them.
    fn people(&self, units: Range<usize>, sources: &[Who], context: &Context) -> Vec<Who> {
        let doc = self.doc;
        let mut out = Vec::new();
        for mut who in who::read(doc, self.values.places, units.clone()) {
            if who.both_sides {
                out.extend(context.sides().into_iter().map(|s| Who {
                    units: who.units.clone(),
                    ..s
                }));
                continue;
            }
            let own = units
                .clone()
                .any(|u| doc.is(u, Func::PronPossSg) || doc.is(u, Func::PronPossPl) || doc.has(u, PRONOUN))
                || who.anaphor;
            if !who.known()
                && own
                && let Some(speaker) = sources.first().filter(|s| s.known() && s.sector != Sector::Med)
            {
                who.party.clone_from(&speaker.party);
                who.name.clone_from(&speaker.name);
                if who.sector == Sector::Unk {
                    who.sector = speaker.sector;
                }
            }
            if !who.known() && !who.enemy {
                who = context.resolve(who, None);
            }
            if who.party.is_none() && who.person.is_none() && !who.anaphor {
                who.party = within(self.values.places, units.clone())
                    .iter()
                    .map(|p| p.country.clone())
                    .find(|c| !c.is_empty());
            }
            out.push(who);
        }
        out
    }

    fn other(&self, view: &View<'_, '_>, bounds: &Range<usize>, sources: &[Who], context: &Context) -> Told {
        let main = view
            .phrases
            .vgs
            .iter()
            .find(|v| v.bits & FINITE != 0 && bounds.contains(&v.units.start));
        let subject = main.and_then(|v| view.subject(v, bounds, 0));
        let actor = subject
            .map(|s| self.people(s, sources, context))
            .unwrap_or_default()
            .into_iter()
            .filter(Who::known)
            .collect();
        Told {
            act: Act::Other,
            at: bounds.start,
            actor,
            ..Told::default()
        }
    }
}

/// "No foreign personnel take part": a denial whose own words are negated.
fn negates(doc: &Doc<'_>, bounds: &Range<usize>) -> bool {
    (bounds.start..(bounds.start + 6).min(bounds.end)).any(|u| {
        doc.has(u, NEG)
            || doc
                .senses(u)
                .any(|(s, _)| matches!(s, Sense::Number(n) if n.kind == counterclaim_lexicon::NumberKind::None))
    })
}

/// Two words for one happening are one event.
fn merge(out: &mut Vec<Told>) {
    let mut kept: Vec<Told> = Vec::new();
    for told in out.drain(..) {
        let same = kept.iter_mut().find(|k| {
            let actors = |a: &Told, b: &Told| {
                a.actor.iter().all(|w| b.actor.iter().any(|v| v.party == w.party))
                    || b.actor.iter().all(|w| a.actor.iter().any(|v| v.party == w.party))
            };
            let generic = |a: Act| matches!(a, Act::Attack | Act::Clash);
            let one = k.act == told.act
                || k.act.family() == told.act.family() && (generic(k.act) || generic(told.act))
                || (k.act.family() == Family::Strike && told.act == Act::Attack);
            one && k.negated == told.negated && actors(k, &told)
        });
        match same {
            Some(k) => {
                if matches!(k.act, Act::Attack | Act::Clash) {
                    k.act = told.act;
                }
                for who in told.actor {
                    if !k.actor.iter().any(|w| w.party == who.party) {
                        k.actor.push(who);
                    }
                }
                for who in told.target {
                    if !k.target.iter().any(|w| w.party == who.party) {
                        k.target.push(who);
                    }
                }
                k.weapon.extend(told.weapon);
                k.losses.extend(told.losses);
            }
            None => kept.push(told),
        }
    }
    *out = kept;
}

/// What an attack was made with tells which kind it was.
fn refine(told: &mut Told) {
    told.weapon.sort();
    told.weapon.dedup();
    let (party, actors) = (told.target.clone(), &told.actor);
    if told.act == Act::Clash {
        // Both sides of a clash are its actors.
        for who in party {
            if who.known()
                && !actors.iter().any(|a| a.party == who.party)
                && told.actor.len() < 2
                && !told.actor.is_empty()
            {
                told.actor.push(who);
                told.target.clear();
                break;
            }
        }
    }
}
