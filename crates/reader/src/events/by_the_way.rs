//! Deeds that a clause names beside its own, in languages whose verbs inflect: what they add to it, and whose they are.

use super::{Scene, Teller, Told};
use crate::bits::*;
use crate::who::Who;
use counterclaim_claims::{Act, Family};
use counterclaim_lexicon::Func;

impl Teller<'_, '_> {
    /// Drops what only tells how a clause's own deed was done: "advanced in fierce fighting", "a column covered by mortar
    /// fire", "raided two camps to defeat the rebels".
    pub(super) fn drop_settings(&self, scene: &Scene<'_, '_>, out: &mut Vec<Told>) {
        if self.doc.pack.head_first || out.len() < 2 {
            return;
        }
        let moves = |t: &Told| {
            let ground = matches!(t.act, Act::GroundAssault | Act::CaptureTerritory | Act::LoseTerritory);
            ground && !t.weak
        };
        let before = |at: usize, fits: &dyn Fn(&Told) -> bool| out.iter().any(|o| o.at < at && fits(o));
        let drop: Vec<bool> = out
            .iter()
            .map(|t| {
                let named = t.actor.iter().chain(&t.target).any(Who::known);
                let start = self.phrase_start(scene, t.at);
                let behind = |bits: u128| start > scene.bounds.start && self.doc.has(start - 1, bits);
                let fight =
                    t.act == Act::Clash && !named && t.noun && behind(ADP) && !behind(POSS) && before(t.at, &moves);
                let strikes = |o: &Told| o.act.family() == Family::Strike && !o.weak;
                let aim = t.act == Act::Clash && !t.noun && t.soft && t.intended && before(t.at, &strikes);
                let cover = t.noun && (start.saturating_sub(2)..start).any(|u| self.doc.has(u, BACKED));
                fight || aim || cover
            })
            .collect();
        if drop.iter().all(|d| *d) {
            return;
        }
        let mut drop = drop.into_iter();
        out.retain(|_| !drop.next().unwrap_or_default());
    }

    /// "Seized the ridge in a dawn assault": who does what the verb tells does it in what the noun behind it names.
    pub(super) fn share_doer(&self, scene: &Scene<'_, '_>, out: &mut [Told]) {
        if self.doc.pack.head_first {
            return;
        }
        let fights = |t: &Told| {
            matches!(t.act.family(), Family::Strike | Family::Battle)
                || matches!(t.act, Act::CaptureTerritory | Act::LoseTerritory)
        };
        for n in 1..out.len() {
            let told = &out[n];
            let start = self.phrase_start(scene, told.at);
            let inside = start > scene.bounds.start
                && self.doc.is(start - 1, Func::ToPlace)
                && !self.doc.is(start - 1, Func::ToTarget);
            if !told.noun || !inside || !fights(told) || told.actor.iter().any(Who::known) || told.act == Act::Clash {
                continue;
            }
            let verb = out[..n]
                .iter()
                .rev()
                .find(|o| !o.noun && fights(o) && o.actor.iter().any(Who::known));
            let Some(verb) = verb.cloned() else { continue };
            let told = &mut out[n];
            if told.act == Act::Attack && matches!(verb.act, Act::CaptureTerritory | Act::GroundAssault) {
                told.act = Act::GroundAssault;
            }
            told.actor = verb.actor.into_iter().map(|w| Who { units: 0..0, ..w }).collect();
        }
    }

    fn phrase_start(&self, scene: &Scene<'_, '_>, at: usize) -> usize {
        scene.view.phrases.np_at(at).map_or(at, |n| n.units.start)
    }
}
