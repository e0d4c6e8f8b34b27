//! Which of a clause's words for acts tell acts of their own, and which say again what others tell.

use super::{Scene, Teller, Told};
use crate::bits::*;
use crate::who::Who;
use counterclaim_claims::{Act, Family, Sector};
use counterclaim_lexicon::Func;

/// Acts of one sphere are told by one word or another: a strong word leaves nothing for a weak one to say.
#[derive(PartialEq, Eq)]
enum Sphere {
    Violence,
    Ground,
    Help,
    Own(Family),
}

fn sphere(act: Act) -> Sphere {
    match act.family() {
        Family::Strike | Family::Battle => Sphere::Violence,
        Family::Control => Sphere::Ground,
        Family::Talks if act == Act::Aid => Sphere::Help,
        family => Sphere::Own(family),
    }
}

/// Drops weak words that nothing bears out and those that say no more than a strong one beside them. What is given back is
/// the fight that such a word names: it says what harm came of.
pub(super) fn keep(out: &mut Vec<Told>, apart: impl Fn(usize, usize) -> bool) -> Option<Act> {
    let fight = |t: &&Told| matches!(t.act.family(), Family::Strike | Family::Battle) && t.act != Act::Attack;
    let spare = out.iter().filter(|t| t.weak).find(fight).map(|t| t.act);
    let strong: Vec<Told> = out.iter().filter(|t| !t.weak && !t.soft).cloned().collect();
    out.retain(|t| {
        !t.weak
            && (!t.soft
                || !strong
                    .iter()
                    .any(|s| says_again(t, s) && (wrecks(t) || !apart(t.at.min(s.at), t.at.max(s.at)))))
    });
    // Who seeks to do a thing seeks that, and nothing beside it.
    let last = out
        .iter()
        .filter(|t| !matches!(t.act, Act::Seek | Act::Other))
        .map(|t| t.at)
        .max();
    out.retain(|t| t.act != Act::Seek || !t.soft || last.is_none_or(|at| at < t.at));
    let sought = out.iter().find(|t| t.act == Act::Seek).map(|t| t.at);
    out.retain(|t| t.act != Act::CaptureTerritory || !t.intended || sought.is_none_or(|at| t.at < at));
    spare
}

/// "Bị trả đũa bằng tên lửa": whom a weak word for an attack names has part in what the strong one tells.
pub(super) fn lend(out: &mut [Told], apart: impl Fn(usize, usize) -> bool) {
    let lent: Vec<Told> = out
        .iter()
        .filter(|t| t.soft && !t.weak && !t.noun && t.named == Act::Attack)
        .cloned()
        .collect();
    let takes = |t: &Told| t.noun || t.act == Act::GroundAssault;
    for told in out.iter_mut().filter(|t| !t.weak && !t.soft && takes(t)) {
        let same = |l: &&Told| says_again(l, told) && !apart(l.at.min(told.at), l.at.max(told.at));
        let Some(by) = lent.iter().find(same) else { continue };
        let (actor, target) = (by.actor.clone(), by.target.clone());
        let free = |who: &[Who], others: &[Who]| !who.iter().any(Who::known) && others.iter().any(Who::known);
        if free(&told.actor, &actor) {
            told.actor = actor;
        }
        if free(&told.target, &target) {
            told.target = target;
        }
    }
}

/// "Nhất trí về cuộc hòa đàm", "met for peace talks": who does what a verb tells does what its noun names.
pub(super) fn share_sides(out: &mut [Told]) {
    let named = |t: &&Told| t.act.family() == Family::Talks && t.actor.iter().any(Who::known);
    let Some(verb) = out.iter().find(named).cloned() else {
        return;
    };
    let nameless = |t: &&mut Told| t.at > verb.at && !t.actor.iter().chain(&t.target).any(Who::known);
    for told in out.iter_mut().filter(nameless) {
        if matches!(told.act, Act::Agreement | Act::Talks | Act::PrisonerExchange) {
            told.actor.clone_from(&verb.actor);
        }
    }
}

/// Whether a weak word says again what a strong one tells: not if it names other doers or weapons of its own, or a battle.
fn says_again(weak: &Told, strong: &Told) -> bool {
    let kind = |a: Act| a.family() == Family::Strike && a != Act::Attack || a == Act::Shooting;
    let others = |a: &Told, b: &Told| {
        let mut known = a.actor.iter().filter(|w| w.party.is_some()).peekable();
        known.peek().is_some()
            && b.actor.iter().any(|w| w.party.is_some())
            && known.all(|w| b.actor.iter().all(|v| v.party != w.party))
    };
    // "The strike aimed at the depot": what a strike is aimed at is no strike of its own.
    let aims = strong.noun || weak.soft && weak.at - strong.at.min(weak.at) < 8;
    if aims && strong.at < weak.at && weak.named == Act::Attack && !weak.noun {
        return strong.act.family() == Family::Strike || strong.act == Act::GroundAssault;
    }
    if weak.armed || strong.act == Act::Attack && kind(weak.act) || weak.noun && weak.act == Act::Clash {
        return false;
    }
    // "Gains may open up the town, which the rebels hold": what is gained is not what is held.
    let gains = weak.noun && weak.act == Act::CaptureTerritory && strong.act == Act::Control && weak.at < strong.at;
    sphere(weak.act) == sphere(strong.act)
        && !gains
        && !(strong.noun
            && strong.act == Act::Clash
            && !strong.actor.iter().any(Who::known)
            && weak.actor.iter().any(Who::known))
        && !(moves(weak) && strong.act.family() == Family::Strike)
        && !others(weak, strong)
}

/// Whether a word only tells what came of a strike: "blew up after it was hit".
fn wrecks(told: &Told) -> bool {
    told.act == Act::DestroyEquipment
}

/// Nobody does to himself what he does to others: what a clause seems to say so is another's.
pub(super) fn no_self(out: &mut [Told]) {
    for told in out.iter_mut().filter(|t| !t.mistaken) {
        let actors = &told.actor;
        told.target
            .retain(|t| t.party.is_none() || actors.iter().all(|a| a.party != t.party || a.sector != t.sector));
    }
}

/// Whether forces move on the ground, which no strike says.
fn moves(told: &Told) -> bool {
    let forces = |w: &Who| w.sector == Sector::Mil && w.party.is_some();
    told.act == Act::GroundAssault && !told.noun && told.actor.iter().any(forces)
}

/// A clause about words or deeds around an act tells no act: "exaggerated the fighting", "investigates the attack". And what
/// only qualifies a deed is no claim beside it: "the attack was a provocation".
pub(super) fn subsume(out: &mut Vec<Told>, verbs: &[usize]) {
    let about = out
        .iter()
        .find(|t| t.named == Act::Other && !t.noun && !t.soft)
        .map(|t| t.at);
    if let Some(at) = about {
        let next = verbs.iter().copied().find(|v| *v > at).unwrap_or(usize::MAX);
        out.retain(|t| t.at <= at || t.at > next || !t.noun);
    }
    objects(out);
    if out.iter().any(|t| t.act != Act::Other) {
        out.retain(|t| t.act != Act::Other);
    }
}

/// Drops what a verb's object names: who seizes control of a place takes it, who bombs a shipment of arms sends none, who
/// steps into a war helps a side, who attacks a parade holds none, and who sends fighters to help, helps.
fn objects(out: &mut Vec<Told>) {
    let strike = |t: &Told| matches!(t.act.family(), Family::Strike);
    let mut n = 1;
    while n < out.len() {
        let (verb, object) = (&out[n - 1], &out[n]);
        let behind = object.at.saturating_sub(verb.at);
        let near = object.noun && behind <= 4;
        let names = match object.act {
            Act::Control => verb.act == Act::CaptureTerritory && near && !verb.noun,
            Act::SupportMilitarily => strike(verb) && object.noun && behind <= 2,
            Act::Clash => verb.act == Act::SupportMilitarily && object.noun && behind <= 2 && !verb.noun,
            Act::Exercise | Act::Protest => strike(verb) && object.noun,
            // "Sent 100 trucks of aid": who sends help moves no forces.
            Act::Aid if verb.act == Act::Mobilise && near => {
                out.remove(n - 1);
                continue;
            }
            _ => false,
        };
        if names {
            out.remove(n);
            continue;
        }
        if verb.act == Act::Mobilise && object.act == Act::SupportMilitarily && object.intended && !object.noun {
            out.remove(n - 1);
            continue;
        }
        n += 1;
    }
}

/// Drops what only leads up to the word that says more: "a campaign of air strikes", "an attack to take the town".
pub(super) fn restated(out: &mut Vec<Told>) {
    let general = |a: Act| matches!(a, Act::Attack | Act::GroundAssault | Act::Clash);
    let mut n = 0;
    while n + 1 < out.len() {
        let (first, next) = (&out[n], &out[n + 1]);
        // "Đánh chiếm lại": who attacks and takes, takes.
        let takes = first.act == Act::Attack && !first.noun && !next.noun && next.act == Act::CaptureTerritory;
        if general(first.act) && next.at == first.at + 1 && (next.act.family() == Family::Strike || takes) {
            let first = out.remove(n);
            if out[n].actor.is_empty() {
                out[n].actor = first.actor;
            }
            if takes && out[n].target.is_empty() {
                out[n].target = first.target;
            }
            continue;
        }
        n += 1;
    }
}

/// Two words for one happening are one event.
pub(super) fn merge(out: &mut Vec<Told>, apart: impl Fn(usize, usize) -> bool) {
    let mut kept: Vec<Told> = Vec::new();
    for told in out.drain(..) {
        let same = |k: &&mut Told| one_happening(k, &told) && !apart(k.at.min(told.at), k.at.max(told.at));
        match kept.iter_mut().find(same) {
            Some(k) => join(k, told),
            None => kept.push(told),
        }
    }
    *out = kept;
}

/// Events that turn out to be of one kind are one, unless one is told as before the other.
pub(super) fn merge_alike(out: &mut Vec<Told>, apart: impl Fn(usize, usize) -> bool) {
    let mut kept: Vec<Told> = Vec::new();
    for told in out.drain(..) {
        let same = |k: &&mut Told| {
            k.act == told.act && one_happening(k, &told) && !apart(k.at.min(told.at), k.at.max(told.at))
        };
        match kept.iter_mut().find(same) {
            Some(k) => {
                k.toll.extend(told.toll.iter().cloned());
                if k.place.is_empty() {
                    k.place.clone_from(&told.place);
                }
                k.time = k.time.take().or(told.time.clone());
                join(k, told);
            }
            None => kept.push(told),
        }
    }
    *out = kept;
}

fn one_happening(k: &Told, told: &Told) -> bool {
    let within = |a: &Told, b: &Told| a.actor.iter().all(|w| b.actor.iter().any(|v| v.party == w.party));
    // "Killed in the fifth attack of the month": counted, an attack is one of many.
    let attack = |t: &Told| t.act == Act::Attack && !(t.noun && t.counted);
    // A battle that a noun names stands beside the offensive or the ambush that it is part of.
    let generic = |t: &Told| attack(t) || t.soft && (t.act == Act::Clash && !t.noun || t.act == Act::Bombing);
    let shot = |a: &Told, b: &Told| attack(a) && b.act == Act::Shooting;
    let one = k.act == told.act
        || shot(k, told)
        || shot(told, k)
        || k.act.family() == told.act.family() && (generic(k) || generic(told))
        || k.act.family() == Family::Strike && attack(told)
        // "Fired missiles at the plant, destroying two transformers": what came of the strike.
        || k.act.family() == Family::Strike && k.act != Act::Attack && wrecks(told) && k.at < told.at && !told.noun;
    // "Oanh tạc nhầm lúc tập kích hải tặc": what was done by mistake is not what was meant.
    let meant = k.mistaken != told.mistaken && told.target.iter().chain(&k.target).any(|w| w.known() || w.is_fighter());
    // "Nã pháo vào Tina sau khi đạn cối rơi xuống Abeche": who strikes is not struck by the same strike.
    let is_in = |list: &[Who], w: &Who| w.party.is_some() && list.iter().any(|v| v.party == w.party);
    let answers = |a: &Told, b: &Told| {
        b.target.iter().any(|w| is_in(&a.actor, w))
            && a.target.iter().any(|w| w.party.is_some() && !is_in(&b.target, w))
    };
    one && !meant
        && !answers(k, told)
        && !answers(told, k)
        && k.negated == told.negated
        && (within(k, told) || within(told, k))
}

fn join(k: &mut Told, told: Told) {
    if matches!(k.act, Act::Attack | Act::Clash) || k.soft && k.act == Act::Bombing && told.act != Act::Attack {
        k.act = told.act;
    }
    for (mine, theirs) in [(&mut k.actor, told.actor), (&mut k.target, told.target)] {
        for who in theirs {
            if !mine.iter().any(|w| w.party == who.party) {
                mine.push(who);
            }
        }
    }
    k.weapon.extend(told.weapon);
    k.losses.extend(told.losses);
}

impl Teller<'_, '_> {
    /// Whether one of two acts is told as before or after the other.
    pub(super) fn apart(&self, scene: &Scene<'_, '_>, first: usize, second: usize) -> bool {
        let doc = self.doc;
        let marks = |u: usize| doc.is(u, Func::Sequence);
        (first..second).any(marks)
            || (scene.bounds.start..first).any(marks) && (first..second).any(|u| doc.has(u, COMMA))
    }
}
