//! Who stands on which side of a deed, where its own words leave it to what is told around it.

use super::{Scene, Teller, Told};
use crate::bits::*;
use crate::claims::Found;
use crate::clauses::View;
use crate::doc::Doc;
use crate::emit::Values;
use crate::roles::Roles;
use crate::who::{self, Who};
use counterclaim_claims::{Act, Family, Sector, Stance};
use counterclaim_lexicon::{ActSense, Frame, Func, Pos};

/// Parties that strike or fight side by side: the subjects of one verb of it.
pub(super) fn allies(doc: &Doc<'_>, found: &Found<'_>, values: &Values<'_>) -> Vec<[String; 2]> {
    let mut out: Vec<[String; 2]> = Vec::new();
    if !doc.pack.head_first {
        return out;
    }
    for (sent, phrases) in doc.sents.iter().zip(found.phrases) {
        let view = View { doc, sent, phrases };
        let fights = |a: &&ActSense| {
            matches!(a.act.family(), Family::Strike | Family::Battle)
                && a.act != Act::Clash
                && !matches!(a.frame, Frame::Mutual | Frame::Undergo)
        };
        for vg in phrases.vgs.iter().filter(|v| v.bits & PASSIVE == 0) {
            let Some(subject) = doc
                .act(vg.head)
                .filter(fights)
                .and_then(|_| view.subject(vg, &sent.units, 0))
            else {
                continue;
            };
            // "Chad và Niger nã pháo": states alone may strike each other.
            if !subject.clone().any(|u| doc.has(u, ORG | MATERIEL | PERSON)) {
                continue;
            }
            let mut sides = who::read(doc, values.places, subject);
            sides.dedup_by(|a, b| a.party == b.party);
            for two in sides.windows(2) {
                if let (Some(a), Some(b)) = (&two[0].party, &two[1].party) {
                    out.push([a.clone(), b.clone()]);
                }
            }
        }
    }
    out
}

impl Teller<'_, '_> {
    /// Drops whom only the place tells as struck, where the report has them fight beside who strikes: "Quân Rwanda pháo kích ở Congo".
    pub(super) fn spare_allies(&self, told: &mut Told) {
        let allied = |a: &Who, b: &Who| {
            let is = |w: &Who, p: &String| w.party.as_ref() == Some(p);
            self.allies
                .iter()
                .any(|[p, q]| is(a, p) && is(b, q) || is(a, q) && is(b, p))
        };
        let actors = &told.actor;
        let there = |t: &Who| t.units.is_empty() || self.is_place_only(t) && t.units.len() > 1;
        told.target
            .retain(|t| !(there(t) && actors.iter().any(|a| allied(a, t))));
    }

    /// "Nã pháo vào kho đạn, xe tăng của quân nổi dậy": whose the things that are struck are, is told behind the last.
    pub(super) fn owned(&self, scene: &Scene<'_, '_>, told: &mut Told) {
        let guess = |t: &Who| t.guessed && self.is_thing(t);
        if !self.doc.pack.head_first || told.target.is_empty() || !told.target.iter().all(guess) {
            return;
        }
        let mut owners = told.losses.iter().filter_map(|l| l.party.clone());
        let Some(owner) = owners.next().filter(|o| owners.all(|p| p == *o)) else {
            return;
        };
        if told.target.iter().any(|t| t.party.as_ref() == Some(&owner)) {
            return;
        }
        let armed = |s: &&Who| matches!(s.sector, Sector::Mil | Sector::Reb) && s.party.as_ref() != Some(&owner);
        if scene.shown && !told.actor.iter().any(Who::known) {
            told.actor = scene.sources.iter().filter(armed).cloned().collect();
        }
        told.target = vec![Who {
            party: Some(owner),
            sector: Sector::Mil,
            ..Who::default()
        }];
    }

    /// "300 binh sĩ Iran bị loại, ba xe tăng bị phá hủy": things that nobody is named for are theirs who were struck before in the
    /// sentence, and not the speaker's.
    pub(super) fn same_sufferer(&self, sent: usize, told: &mut Told) {
        let guess = |t: &Who| t.guessed && self.is_thing(t);
        let Some((_, who)) = self.story.struck.as_ref().filter(|(s, _)| *s == sent) else {
            return;
        };
        if !self.doc.pack.head_first || told.target.is_empty() || !told.target.iter().all(guess) {
            return;
        }
        let guessed = told.target[0].party.clone();
        if guessed == who.party || told.actor.iter().any(|a| a.party == who.party) {
            return;
        }
        for loss in told.losses.iter_mut().filter(|l| l.party == guessed) {
            loss.party.clone_from(&who.party);
        }
        told.target = vec![Who {
            party: who.party.clone(),
            name: who.name.clone(),
            sector: Sector::Mil,
            ..Who::default()
        }];
    }

    /// "Sẽ gánh hậu quả": who is told to pay is whom the threat is made to.
    pub(super) fn price(&self, scene: &Scene<'_, '_>) -> Option<Told> {
        let price = scene.bounds.clone().find(|&u| self.doc.is(u, Func::Price))?;
        let vg = scene.view.phrases.vg_at(price)?;
        let subject = scene.view.subject(vg, &(scene.floor..scene.bounds.end), 0);
        let pays = subject.map(|s| self.people(s, scene)).unwrap_or_default();
        let head_first = self.doc.pack.head_first && scene.stance == Stance::Threatens;
        head_first.then(|| Told {
            act: Act::Other,
            named: Act::Other,
            at: price,
            target: pays.into_iter().filter(Who::known).collect(),
            ..Told::default()
        })
    }

    /// "Pháo kích thị trấn do M23 nắm giữ": who strikes or takes what others hold does it to them.
    pub(super) fn held_by(&self, scene: &Scene<'_, '_>, act: &ActSense, roles: &Roles, told: &mut Told) {
        let against = matches!(act.act.family(), Family::Strike | Family::Control) || act.act == Act::GroundAssault;
        let Some(holder) = roles.agent.clone().filter(|_| self.doc.pack.head_first && against) else {
            return;
        };
        let holds = |u: usize| {
            self.doc
                .act(u)
                .is_some_and(|a| a.act == Act::Control && a.pos == Pos::Verb)
        };
        let held = scene
            .view
            .vg_from(holder.end)
            .is_some_and(|v| v.head != told.at && holds(v.head));
        if !held || act.act == Act::Control || roles.passive {
            return;
        }
        let armed = |w: &Who| w.known() || w.is_fighter();
        let holders: Vec<Who> = self.people(holder, scene).into_iter().filter(armed).collect();
        if !holders.is_empty() {
            told.actor.retain(|a| holders.iter().all(|h| h.units != a.units));
            told.target.retain(|t| !self.is_place_only(t));
            told.target.extend(holders);
        }
    }

    /// Who asks for help is whom it is given to, where nobody else is named.
    pub(super) fn asker(&self, scene: &Scene<'_, '_>, told: &mut Told) {
        // "Không có quân nhân nước ngoài trong lực lượng của họ": the speaker's own are helped.
        let own = |u: usize| self.doc.is(u, Func::PronPossSg) || self.doc.is(u, Func::PronPossPl);
        let theirs = |u: usize| own(u) || self.doc.has(u, PRONOUN) && u > 0 && self.doc.has(u - 1, POSS);
        let ours = told.act == Act::SupportMilitarily
            && self.doc.pack.head_first
            && !told.actor.iter().chain(&told.target).any(Who::known)
            && (told.at..scene.bounds.end).any(theirs);
        if ours {
            told.target
                .extend(scene.sources.iter().filter(|s| s.party.is_some()).cloned());
            return;
        }
        let helps = matches!(told.act, Act::SupportMilitarily | Act::Aid);
        if !helps || scene.stance != Stance::CallsFor || told.negated || told.target.iter().any(Who::known) {
            return;
        }
        let fights = |s: &&Who| matches!(s.sector, Sector::Gov | Sector::Mil | Sector::Reb) && s.party.is_some();
        let gives = |s: &&Who| !told.actor.iter().any(|a| a.party == s.party);
        let asks: Vec<Who> = scene.sources.iter().filter(fights).filter(gives).cloned().collect();
        if told.actor.iter().any(Who::known) {
            told.target.extend(asks);
        }
    }

    /// Who accuses another of breaking a truce is whom that is done to.
    pub(super) fn accuser(&self, scene: &Scene<'_, '_>, told: &mut Told) {
        if told.act != Act::CeasefireViolation || scene.stance != Stance::Accuses || told.target.iter().any(Who::known)
        {
            return;
        }
        let doer = told.actor.iter().find_map(|w| w.party.as_deref());
        let other = doer.and_then(|d| scene.context.opponent(d));
        let theirs = |s: &&Who| s.party.is_some() && s.party == other;
        told.target.extend(scene.sources.iter().filter(theirs).cloned());
    }

    /// "The enemy" is the side that stands against the doer, or against who speaks.
    pub(super) fn enemies(&self, scene: &Scene<'_, '_>, told: &mut Told) {
        let speaker = scene.sources.first().and_then(|s| s.party.clone());
        let doer = told.actor.iter().filter(|w| !w.enemy).find_map(|w| w.party.clone());
        // "The enemy shelled the garrison": those who have fought whom they hit.
        let hit = told.target.iter().filter(|w| !w.enemy).find_map(|w| w.party.clone());
        let hit = hit.filter(|_| !self.doc.pack.head_first && doer.is_none());
        if let Some(hit) = hit {
            let foe = self.story.foe(&hit).or_else(|| scene.context.other_side(Some(&hit)));
            for who in told.actor.iter_mut().filter(|w| w.enemy && !w.known()) {
                who.party.clone_from(&foe);
            }
        }
        let against = doer.or(speaker);
        for who in told
            .target
            .iter_mut()
            .chain(&mut told.actor)
            .filter(|w| w.enemy && !w.known())
        {
            who.party = scene.context.other_side(against.as_deref());
        }
    }

    /// "Chiến trường Tigray": a thing that a land's name stands beside, in languages that put it behind its noun.
    pub(super) fn is_thing_of_land(&self, who: &Who) -> bool {
        let doc = self.doc;
        let first = who.units.clone().find(|&u| doc.has(u, NOUN | PROPN));
        let thing = |u: usize| {
            !doc.has(u, WHO | PARTY | PROPN | PERSON | ORG) && !doc.is(u, Func::Side) && !doc.is(u, Func::Land)
        };
        doc.pack.head_first && self.is_place_only(who) && who.units.len() > 1 && first.is_some_and(thing)
    }
}
