//! Pass 7: what a claim says happened.

mod acts;
mod aims;
mod bare;
mod by_the_way;
mod charge;
mod damage;
mod doers;
mod effects;
mod loss;
mod means;
mod people;
mod places;
mod qualify;
mod rivals;
mod setting;
mod sides;
mod story;
mod victims;
mod whose;

use crate::attribution::Content;
use crate::bits::*;
use crate::claims::{Draft, Found};
use crate::clauses::View;
use crate::doc::Doc;
use crate::emit::{Values, Writer};
use crate::values::{PlaceHit, within};
use crate::weapons;
use crate::who::{Context, Who};
use counterclaim_claims::{
    Act, Event, Evidence, Family, Group, Loss, Materiel, Participant, Place, Sector, Stance, Toll, Voice,
};
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
    /// The word for it names both sides as doers: "fought", "clash".
    mutual: bool,
    /// The act as its word names it.
    named: Act,
    /// The verb has its subject in a clause before.
    shared: bool,
    /// A noun that the clause is about.
    central: bool,
    /// A number stands before the act's noun.
    counted: bool,
    /// Its word is a weak one, though something bears it out.
    soft: bool,
    /// A noun names it.
    noun: bool,
    /// The words around it name what it is done with.
    armed: bool,
    /// Somebody is out to do it.
    intended: bool,
    /// Its phrase points to what was told before.
    pointed: bool,
    /// Its noun stands in the plural and points to nothing.
    several: bool,
    /// Its noun opens its clause as one told of before: "the strikes hit".
    points: bool,
    /// Its noun is told as one more of its kind: "a strike on".
    fresh: bool,
    /// It is told as made up.
    made_up: bool,
    /// Who suffers it set it off: a mine that was stepped on.
    trodden: bool,
    /// It was done by mistake, and to nobody whom the clause names.
    mistaken: bool,
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
            name: p.name.to_owned(),
            country: (!p.country.is_empty()).then(|| p.country.to_owned()),
            lat: Some(p.lat),
            lon: Some(p.lon),
            kind: (!p.kind.is_empty()).then(|| p.kind.to_owned()),
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
    /// Its words are what media show that its source puts out.
    pub(super) shown: bool,
}

/// Tells the events of one claim after another, and remembers what the report is about.
pub(crate) struct Teller<'d, 't> {
    doc: &'d Doc<'t>,
    found: &'d Found<'d>,
    values: &'d Values<'d>,
    story: story::Story,
    /// Parties that strike side by side.
    allies: Vec<[String; 2]>,
    /// The people of the last toll told.
    counted: Option<(Group, Option<String>)>,
    /// The last tolls counted people who died.
    died: bool,
    /// The headline has been told.
    begun: bool,
    /// What it tells.
    pub(crate) headline: Vec<Told>,
}

impl<'d, 't> Teller<'d, 't> {
    pub(crate) fn new(doc: &'d Doc<'t>, found: &'d Found<'d>, values: &'d Values<'d>) -> Self {
        Teller {
            doc,
            found,
            values,
            story: story::Story::new(doc),
            allies: sides::allies(doc, found, values),
            counted: None,
            died: false,
            begun: false,
            headline: Vec::new(),
        }
    }

    /// The events of a claim.
    pub(crate) fn events(&mut self, draft: &Draft, sources: &[Who], context: &Context) -> Vec<Told> {
        if !std::mem::replace(&mut self.begun, true) {
            self.headline(context);
        }
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
            shown: draft
                .evidence
                .iter()
                .any(|e| matches!(e, Evidence::Video | Evidence::Photo)),
        };
        let (mut out, spare) = self.acts(&scene);
        self.story.spare = spare;
        rivals::merge(&mut out, |a, b| self.apart(&scene, a, b));
        self.harm(draft.sent, &scene, &mut out);
        self.victims(&scene, &mut out);
        let suffers = self.loss(&scene, &mut out);
        for told in &mut out {
            self.owned(&scene, told);
            self.same_sufferer(draft.sent, told);
        }
        let price = self.price(&scene);
        if out.is_empty() && price.is_none() {
            out.push(self.other(draft.sent, &scene));
        }
        out.extend(price);
        self.charge(draft, &scene, &mut out);
        self.where_and_when(&bounds, &mut out);
        self.lead(draft, &view, &mut out);
        self.since_the_war(&bounds, context, &mut out);
        self.arm(&view, &bounds, context, &suffers, &mut out);
        means::by_both(self.doc, &bounds, &mut out);
        for told in &mut out {
            if told.act == Act::MissileStrike
                && !told.weapon.is_empty()
                && told.weapon.iter().all(|w| *w == Materiel::RocketArtillery)
            {
                told.act = Act::Shelling;
            }
            both_sides_act(told);
            // A missile that is fired into a sea is shown, and strikes nobody.
            let water = |p: &PlaceHit| matches!(p.kind, "sea" | "ocean");
            if told.act == Act::MissileStrike
                && !told.place.is_empty()
                && told.place.iter().all(water)
                && told.toll.is_empty()
                && !told
                    .losses
                    .iter()
                    .any(|l| l.harm != counterclaim_claims::LossHarm::Targeted)
                && told
                    .target
                    .iter()
                    .all(|w| !w.known() || within(self.values.places, w.units.clone()).iter().any(water))
            {
                told.act = Act::Exercise;
                told.target.clear();
                told.losses.clear();
            }
        }
        for told in &mut out {
            if sources.is_empty() && !self.doc.pack.head_first {
                self.story.they(told, draft.sent);
            }
            self.story.blast_of_wreck(told, draft.sent);
            self.story.settle(told, draft.sent);
            if told.mistaken {
                own_side(told);
                continue;
            }
            self.whom_it_hits(told, context);
            self.fired_upon(told, sources);
            whose::land(
                told,
                context.home.as_deref(),
                self.story.lands(),
                self.doc.pack.head_first,
            );
            self.spare_allies(told);
            loss::own(told, context, |party| self.story.fights(party));
        }
        // "It is not clear who fired", "nobody has claimed the raid": only what the words name is told.
        let reported = draft
            .made_by
            .is_some_and(|(s, a)| self.found.attributions[s][a].reported);
        if reported && !self.doc.pack.head_first {
            for told in &mut out {
                told.actor.retain(|w| !w.units.is_empty());
                told.target.retain(|w| !w.units.is_empty());
            }
        }
        rivals::merge_alike(&mut out, |a, b| self.apart(&scene, a, b));
        if !bounds.clone().any(|u| self.doc.has(u, RECIP)) {
            rivals::no_self(&mut out);
        }
        if draft.stance == Stance::Denies
            && let Some(meant) = self.story.denied(self.doc, &out, &bounds, sources)
        {
            out = meant;
        }
        if goes_on(&view, &bounds) {
            out.iter_mut().for_each(|told| told.shared |= told.place.is_empty());
        }
        whose::foe(&mut out, self.doc.pack.head_first);
        self.story.share(&mut out, draft.sent);
        // Who denies a deed told by others tells of none himself.
        let tells = draft.stance != Stance::Denies || !self.doc.pack.head_first;
        for told in out.iter().filter(|_| tells) {
            self.story.note(told, draft.sent, false);
        }
        let named = |w: &&Who| w.known() && !w.units.is_empty() && !w.guessed;
        if let Some(who) = out.iter().flat_map(|t| &t.target).find(named) {
            self.story.struck = Some((draft.sent, who.clone()));
        }
        self.story.claim(&out, draft.stance);
        // "Không có thương vong": that nobody was hurt leaves the strike standing.
        let unhurt = self.doc.pack.head_first && out.iter().any(|t| t.toll.iter().any(|toll| toll.max == Some(0)));
        if draft.stance == Stance::Denies && draft.voice == Voice::Source && !unhurt && negates(self.doc, &bounds) {
            for told in &mut out {
                told.negated = true;
            }
        }
        out
    }

    /// What the events of a clause were done with: its own words go to its fights, or else to what is left.
    fn arm(
        &self,
        view: &View<'_, '_>,
        bounds: &Range<usize>,
        context: &Context,
        suffers: &[Range<usize>],
        out: &mut [Told],
    ) {
        let lost: Vec<Materiel> = out.iter().flat_map(|t| t.losses.iter().map(|l| l.class)).collect();
        let own = weapons::weapons(view, bounds.clone(), suffers);
        let fights = out
            .iter()
            .any(|t| matches!(t.act.family(), Family::Strike | Family::Battle));
        for told in out.iter_mut() {
            let fight = matches!(told.act.family(), Family::Strike | Family::Battle);
            if fight || !fights && !matches!(told.act.family(), Family::Talks) {
                told.weapon.extend(own.iter().filter(|w| !lost.contains(w)));
            }
            // "the launcher exploded": what is lost is no means, whatever the words' order makes of it.
            told.weapon.retain(|w| own.contains(w) || !lost.contains(w));
            // What a rocket party's war is fought with, unless it comes from the air or a state launches it.
            let doer = told.actor.iter().find_map(|w| w.party.as_deref());
            let hits = told.target.iter().filter_map(|w| w.party.as_deref());
            let struck = doer.is_some_and(|d| !weapons::has_rockets(d)) && hits.into_iter().any(weapons::has_rockets);
            let flown = struck || told.weapon.iter().any(|w| weapons::flies(*w)) || told.named == Act::MissileStrike;
            let doer = match context.rockets() {
                Some(rockets) if fight && !(flown && doer.is_some() || struck) => Some(rockets),
                _ => doer,
            };
            for class in &mut told.weapon {
                *class = weapons::in_the_hands_of(*class, doer);
            }
            weapons::settle(&mut told.weapon, told.act);
        }
    }

    /// What the headline tells, which no claim is read from, is what later words mean.
    fn headline(&mut self, context: &Context) {
        let (Some(sent), true) = (self.doc.sents.first(), self.found.skip.first() == Some(&true)) else {
            return;
        };
        let view = View {
            doc: self.doc,
            sent,
            phrases: &self.found.phrases[0],
        };
        let scene = Scene {
            view: &view,
            bounds: sent.units.clone(),
            floor: sent.units.start,
            sources: &[],
            context,
            stance: Stance::Asserts,
            shown: false,
        };
        let (mut out, _) = self.acts(&scene);
        rivals::merge(&mut out, |a, b| self.apart(&scene, a, b));
        self.where_and_when(&sent.units, &mut out);
        for told in &out {
            self.story.note(told, 0, true);
        }
        self.headline = out;
    }

    /// Where the statement begins that a claim was cut from: its clauses may share a subject.
    fn floor(&self, draft: &Draft) -> usize {
        let start = match draft.made_by {
            None => self.found.starts[draft.sent],
            Some((s, a)) => match &self.found.attributions[s][a].content {
                Content::Right(from) | Content::Whole(from) => *from,
                Content::Exact(units) => units.start,
                Content::Told(_) => draft.units.start,
                Content::Left(_) | Content::Around(..) | Content::Below => self.found.starts[draft.sent],
            },
        };
        start.clamp(
            self.doc.sents[draft.sent].units.start,
            draft.units.start.max(self.doc.sents[draft.sent].units.start),
        )
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
}

/// "… and killed three": a clause that is joined to the one before and opens with its verb shares its subject.
fn goes_on(view: &View<'_, '_>, bounds: &Range<usize>) -> bool {
    let before = bounds.start.wrapping_sub(1);
    view.doc.has(before, CC | COMMA)
        && view.sent.units.contains(&before)
        && view
            .phrases
            .vg_at(bounds.start)
            .is_some_and(|v| v.units.start == bounds.start)
}

/// "No foreign personnel take part": a denial whose own words are negated.
fn negates(doc: &Doc<'_>, bounds: &Range<usize>) -> bool {
    (bounds.start..(bounds.start + 6).min(bounds.end)).any(|u| {
        doc.has(u, NEG)
            || doc
                .senses(u)
                .any(|(s, _)| matches!(s, counterclaim_lexicon::Sense::Number(n) if n.kind == counterclaim_lexicon::NumberKind::None))
    })
}

/// Who strikes by mistake, and nobody else is named, has struck his own.
fn own_side(told: &mut Told) {
    let forces = |w: &Who| Who {
        units: 0..0,
        sector: Sector::Mil,
        ..w.clone()
    };
    told.target = told.actor.iter().filter(|w| w.known()).map(forces).collect();
}

/// Both sides of a clash act in it.
fn both_sides_act(told: &mut Told) {
    told.weapon.sort();
    told.weapon.dedup();
    if told.act != Act::Clash || !told.mutual {
        return;
    }
    let known: Vec<&Who> = told.target.iter().filter(|w| w.known() || w.is_fighter()).collect();
    if told.actor.is_empty() && known.windows(2).any(|w| w[0].party != w[1].party) {
        told.actor = std::mem::take(&mut told.target);
    } else if told.actor.len() == 1
        && let Some(other) = known
            .into_iter()
            .find(|w| told.actor.iter().all(|a| a.party != w.party))
            .cloned()
    {
        told.actor.push(other);
        told.target.clear();
    }
}
