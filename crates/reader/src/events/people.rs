//! Whom the words of an act's roles mean, with what the report before tells of them.

use super::{Scene, Teller};
use crate::bits::*;
use crate::values::{PlaceHit, within};
use crate::weapons;
use crate::who::{self, Who};
use counterclaim_claims::{Group, Materiel, Sector, Stance};
use counterclaim_lexicon::{Func, PosClass, Sense};
use std::ops::Range;

impl Teller<'_, '_> {
    /// The people of a noun phrase, with what the report before tells of them.
    pub(super) fn people(&self, units: Range<usize>, scene: &Scene<'_, '_>) -> Vec<Who> {
        let doc = self.doc;
        let mut out = Vec::new();
        let units = self.without_deeds(scene.view, units);
        // "Đụng độ gần Gao": what only tells where is nobody.
        if doc.pack.head_first
            && doc.is(units.start, Func::Bearing)
            && crate::values::at(self.values.numbers, units.start).is_none()
        {
            return out;
        }
        for mut who in who::read(doc, self.values.places, units.clone()) {
            // "Vụ việc", "điều này": where a pronoun for things is none for people, it stands for nobody.
            if doc.pack.head_first && who.thing && !who.known() && !who.role {
                continue;
            }
            // "Chiếc tàu này", "trận đánh này": what a thing that is pointed to does, nobody told of before need do.
            if doc.pack.head_first && who.anaphor && !who.known() && !self.can_be_somebody(&units) {
                continue;
            }
            if who.both_sides {
                // Who calls on both sides and has not fought is none of them.
                let caller = scene.sources.iter().filter_map(|s| s.party.as_deref());
                let outside: Vec<&str> = caller
                    .filter(|p| scene.stance == Stance::CallsFor && !self.story.has_fought(p, doc.pack.head_first))
                    .collect();
                let sides = scene.context.sides_but(&outside);
                out.extend(sides.into_iter().map(|s| Who {
                    units: who.units.clone(),
                    ..s
                }));
                continue;
            }
            let own = units
                .clone()
                .any(|u| doc.is(u, Func::PronPossSg) || doc.is(u, Func::PronPossPl) || doc.has(u, PRONOUN))
                || who.anaphor && (!stranger(&who, scene.sources) || self.is_owned(&units));
            // "Seventy others were hurt", told by a militia: a count of people is no word for who speaks.
            let counted = units.clone().any(|u| doc.is(u, Func::Other)) && units.clone().any(|u| doc.has(u, NUMBER));
            // "Those hurt" are none who speak, and "the trucks and their drivers" tells whose the drivers are.
            let those = who.anaphor && !who.role && doc.has(units.start, DET_THIS);
            let theirs =
                |u: usize| doc.is(u, Func::PronPossPl) && (scene.bounds.start..units.start).any(|b| doc.has(b, PARTY));
            let nearer = scene.sources.iter().all(|s| !s.plural) && units.clone().any(theirs);
            let own = own && (doc.pack.head_first || !(counted || those || nearer));
            // Who speaks of "them" in words of his own that are quoted speaks of others.
            let others = own
                && who.anaphor
                && !who.first_person
                && !who.role
                && !who.known()
                && doc.quote_of(units.start).is_some();
            if others && who.plural {
                let speaker = scene.sources.first().and_then(|s| s.party.as_deref());
                who.party = speaker.and_then(|s| scene.context.opponent(s));
            }
            // "The group" of what somebody says is not who says so.
            let group = who.role && !who.human && matches!(who.sector, Sector::Unk | Sector::Reb);
            let owned = self.points_to_an_owner(&units).is_some();
            // "They" in what those who watch say are those whom they watch.
            let watched = who.plural && who.anaphor && !who.first_person && !who.role;
            let own = own && !others && !((group || owned) && doc.pack.head_first);
            if !who.known()
                && own
                && let Some(speaker) = scene.sources.first().filter(|s| s.known() && s.sector != Sector::Med)
                && !(watched && matches!(speaker.sector, Sector::Ngo | Sector::Exp))
            {
                who.party.clone_from(&speaker.party);
                who.name.clone_from(&speaker.name);
                if who.sector == Sector::Unk {
                    who.sector = speaker.sector;
                }
            }
            // "X và Y cho biết họ sẽ": all who speak.
            if own && who.plural && who.anaphor && !who.role && doc.pack.head_first && scene.sources.len() > 1 {
                let rest = scene
                    .sources
                    .iter()
                    .skip(1)
                    .filter(|s| s.known() && s.party != who.party);
                out.extend(rest.map(|s| Who {
                    units: units.clone(),
                    ..s.clone()
                }));
            }
            // "An alliance said it": a body without a name is none that was told of before.
            // "Our forces" in a ministry's own words are its state's.
            let ours = units
                .clone()
                .any(|u| doc.is(u, Func::Ours) && doc.quote_of(u).is_none());
            let armed = matches!(who.sector, Sector::Mil | Sector::Unk) && (who.role || who.group.is_some());
            if ours && armed && !who.known() && scene.sources.is_empty() && !doc.pack.head_first {
                who.party.clone_from(&scene.context.issuer);
            }
            let unnamed = own && who.thing && !who.known() && scene.sources.first().is_some_and(|s| !s.known());
            if unnamed && let Some(speaker) = scene.sources.first() {
                who.sector = speaker.sector;
                who.role = true;
            } else if !who.known() && !who.enemy {
                if let Some(owner) = self.owner_pointed_at(&units, scene) {
                    (who.party, who.name) = (owner.party, owner.name);
                }
                who = scene.context.recall(who);
            }
            let rebel = matches!(who.sector, Sector::Reb | Sector::Opp);
            let near = units.clone().find(|&u| doc.has(u, ADP) && !doc.has(u, POSS));
            let named = |at: usize| (units.start..at).any(|u| doc.has(u, PARTY));
            // Gunmen and shells are of no place that they are near.
            let flown = weapons::munitions(doc, units.clone()) && who.group.is_none()
                || who.group == Some(Group::Military) && who.sector == Sector::Unk;
            if flown && !doc.pack.head_first && near.is_some_and(|at| !named(at)) {
                who.party = None;
            }
            if who.party.is_none() && who.person.is_none() && !who.anaphor && !who.enemy && !rebel && !flown {
                who.party = within(self.values.places, units.clone())
                    .iter()
                    .map(PlaceHit::side)
                    .find(|side| !side.is_empty())
                    .map(str::to_owned);
            }
            if !who.known() && !who.enemy {
                who.party = self.side_of(&who, &units, scene);
                who.guessed = who.party.is_some();
            }
            out.push(who);
        }
        out
    }

    /// Whether words that point back can stand for people, a body or a land.
    fn can_be_somebody(&self, units: &Range<usize>) -> bool {
        let doc = self.doc;
        units.clone().any(|u| {
            let named = doc.has(u, WHO | PARTY | PRONOUN) && !doc.has(u, MATERIEL);
            named || doc.is(u, Func::Land)
        })
    }

    /// "The group's navy": forces that a possessive gives to somebody told of before.
    fn is_owned(&self, units: &Range<usize>) -> bool {
        let marks = |u: usize| self.doc.units[u].class == PosClass::Part;
        !self.doc.pack.head_first && units.clone().skip(1).any(marks)
    }

    /// Where the owner begins that a phrase ends with and that points back: "các tay súng của nhóm này".
    fn points_to_an_owner(&self, units: &Range<usize>) -> Option<usize> {
        let doc = self.doc;
        let of = units
            .clone()
            .skip(1)
            .rfind(|&u| doc.has(u, POSS) && !doc.has(u, AGENT))?;
        let points = (of + 1..units.end).any(|u| doc.has(u, DET_THIS)) && !doc.is(of + 1, Func::Land);
        (doc.pack.head_first && points).then_some(of + 1)
    }

    /// Whom the owner at the end of a phrase stands for.
    fn owner_pointed_at(&self, units: &Range<usize>, scene: &Scene<'_, '_>) -> Option<Who> {
        let from = self.points_to_an_owner(units)?;
        self.people(from..units.end, scene).into_iter().find(Who::known)
    }

    /// A phrase without what only tells when or in what deed: "a house in the city after the raids of".
    fn without_deeds(&self, view: &crate::clauses::View<'_, '_>, units: Range<usize>) -> Range<usize> {
        let doc = self.doc;
        let deed = |u: usize| {
            view.phrases
                .np_at(u)
                .is_some_and(|np| np.units.start == u && doc.has(np.head, ACT))
        };
        let end = (units.start + 1..units.end.saturating_sub(1))
            .find(|&u| doc.has(u, ADP | SUB) && !doc.has(u, POSS) && deed(u + 1))
            .unwrap_or(units.end);
        units.start..end
    }

    /// Whose forces words without a name mean: the rebels of the report, the speaker's own troops, or those of the one
    /// state that the report is about.
    fn side_of(&self, who: &Who, units: &Range<usize>, scene: &Scene<'_, '_>) -> Option<String> {
        let doc = self.doc;
        let forces = matches!(who.sector, Sector::Mil | Sector::Pol | Sector::Gov | Sector::Jud);
        let manned = who.sector == Sector::Unk && who.group.is_none() && units.clone().any(|u| self.is_manned(u));
        match who.sector {
            // "Dân quân Shiite": fighters with a name of their own, which nobody knows.
            Sector::Reb
                if doc.pack.head_first && units.clone().any(|u| doc.has(u, PROPN) && doc.units[u].hits.is_empty()) =>
            {
                None
            }
            Sector::Reb => {
                let rebels = |u: &usize| {
                    let is = |s: &Sense| {
                        matches!(
                            s,
                            Sense::Person {
                                sector: Sector::Reb,
                                ..
                            }
                        )
                    };
                    doc.senses(*u).any(|(s, _)| is(s))
                };
                let word = units.clone().find(rebels).map(|u| who::called(doc, u));
                let called =
                    |group: &String| !doc.pack.head_first || word.is_none_or(|w| scene.context.is_called(group, w));
                // "Phiến quân" that the text calls no group by: the opposition of the land, unless more is told of them.
                let told = doc.has(units.end, PASSIVE_WORD | AGENT) || !units.clone().any(|u| doc.has(u, ORG));
                let whole = || {
                    let main = scene.context.parties.iter().take(3);
                    let code = main.into_iter().find_map(|p| doc.pack.opposition_of(p));
                    code.filter(|_| doc.pack.head_first && !told).map(str::to_owned)
                };
                let group = scene.context.rebels_but(who.leaning.as_deref()).filter(called);
                group.or_else(whole)
            }
            Sector::Opp => scene.context.opposition.clone(),
            _ if forces || manned && !who.anaphor => scene
                .sources
                .iter()
                .find(|s| matches!(s.sector, Sector::Mil | Sector::Gov | Sector::Pol) && s.is_state())
                .filter(|_| scene.stance == Stance::Asserts)
                .and_then(|s| s.party.clone())
                .or_else(|| self.land_pointed_to(units))
                .or_else(|| scene.context.home.clone())
                .or_else(|| {
                    // "Quân chính phủ" in what rebels say: those whom they rebel against.
                    let rebels = scene.sources.iter().any(|s| s.sector == Sector::Reb);
                    scene.context.troubled.clone().filter(|_| rebels)
                }),
            _ => None,
        }
    }

    /// The state that a phrase's words for a land stand for: "quân đội nước này".
    fn land_pointed_to(&self, units: &Range<usize>) -> Option<String> {
        let land = units.clone().find(|&u| self.doc.is(u, Func::Land))?;
        let (_, state) = self.land_before(land)?;
        Some(state.country.to_owned()).filter(|c| self.doc.pack.head_first && !c.is_empty())
    }

    /// Aircraft, ships, vehicles and guns act for whose they are; a shell is nobody's once it is fired.
    fn is_manned(&self, u: usize) -> bool {
        use Materiel::{Aircraft, ArmouredVehicle, Artillery, Helicopter, SelfPropelledGun, Ship, Tank};
        self.doc.senses(u).any(|(s, _)| {
            matches!(s, Sense::Materiel { class, object: true, .. }
                if matches!(class, Aircraft | Artillery | ArmouredVehicle | Helicopter | SelfPropelledGun | Ship | Tank))
        })
    }
}

/// Whether a description is of others than who speaks: "the rebels", "the gunmen", told by a ministry.
fn stranger(who: &Who, sources: &[Who]) -> bool {
    let irregular = |w: &Who| matches!(w.sector, Sector::Reb | Sector::Opp);
    let described = who.role || who.group.is_some();
    // "The army", "the police" in what doctors or rebels say are none of theirs.
    let armed = matches!(who.sector, Sector::Mil | Sector::Pol | Sector::Gov);
    let own = |s: &Who| s.is_state() || matches!(s.sector, Sector::Mil | Sector::Pol);
    // "The group" of what a state's officials say.
    let body = who.role && !who.human && who.sector == Sector::Unk && who.head != 0;
    let official = |s: &Who| s.is_state() && matches!(s.sector, Sector::Gov | Sector::Mil | Sector::Pol | Sector::Jud);
    described && (irregular(who) || who.group.is_some() && who.sector == Sector::Unk) && !sources.iter().any(irregular)
        || body && sources.iter().all(official) && sources.iter().any(|s| s.head != who.head)
        || described && armed && !sources.is_empty() && !sources.iter().any(own)
}
