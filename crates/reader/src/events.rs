//! Pass 7: what a claim says happened.

mod damage;
mod doers;
mod means;
mod setting;
mod story;

use crate::attribution::Content;
use crate::bits::*;
use crate::claims::{Draft, Found};
use crate::clauses::View;
use crate::doc::Doc;
use crate::emit::{Values, Writer};
use crate::events::setting::whom_a_strike_strikes;
use crate::tolls;
use crate::values::PlaceHit;
use crate::who::{Context, Who};
use counterclaim_claims::{
    Act, Event, Family, Loss, Materiel, Participant, Place, Sector, Stance, Toll, Voice,
};
use counterclaim_lexicon::Sense;
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

/// A clause that is being told, with who says it.
pub(super) struct Scene<'s, 'v> {
    pub(super) view: &'s View<'v, 'v>,
    pub(super) bounds: Range<usize>,
    /// Where a subject that the clause shares with one before it may stand.
    pub(super) floor: usize,
    pub(super) sources: &'s [Who],
    pub(super) context: &'s Context,
    pub(super) stance: Stance,
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
        let scene = Scene {
            view: &view,
            bounds: bounds.clone(),
            floor: self.floor(draft),
            sources,
            context,
            stance: draft.stance,
        };
        let mut out: Vec<Told> = Vec::new();
        let cues: Vec<usize> = self.found.attributions[draft.sent].iter().map(|a| a.anchor).collect();
        for u in bounds.clone() {
            if cues.contains(&u) && !self.doc.has(u, ACT) {
                continue;
            }
            let Some(act) = self.doc.act(u) else { continue };
            let roles = view.roles_from(u, &bounds, scene.floor);
            out.push(self.tell(&scene, u, act, &roles));
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
        self.harm(draft.sent, &scene, &mut out);
        self.loss(&scene, &mut out);
        if out.is_empty() {
            out.push(self.other(&scene));
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

    /// Where the statement begins that a claim was cut from: its clauses may share a subject.
    fn floor(&self, draft: &Draft) -> usize {
        let start = match draft.made_by {
            None => self.found.starts[draft.sent],
            Some((s, a)) => match &self.found.attributions[s][a].content {
                Content::Right(from) | Content::Whole(from) => *from,
                Content::Exact(units) => units.start,
                Content::Left(_) | Content::Around(..) => self.found.starts[draft.sent],
            },
        };
        start.clamp(self.doc.sents[draft.sent].units.start, draft.units.start.max(self.doc.sents[draft.sent].units.start))
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

    /// The event of a clause without an act: its subject is its actor.
    fn other(&self, scene: &Scene<'_, '_>) -> Told {
        let main = scene
            .view
            .phrases
            .vgs
            .iter()
            .find(|v| v.bits & FINITE != 0 && scene.bounds.contains(&v.units.start));
        let subject = main.and_then(|v| scene.view.subject(v, &(scene.floor..scene.bounds.end), 0));
        let actor = subject
            .map(|s| self.people(s, scene))
            .unwrap_or_default()
            .into_iter()
            .filter(Who::known)
            .collect();
        Told {
            act: Act::Other,
            at: scene.bounds.start,
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
