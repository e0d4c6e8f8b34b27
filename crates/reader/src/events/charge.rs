//! Who is charged with what a claim tells: "blamed the raid on X", "blames X for the deaths", "claimed responsibility for".

use super::{Scene, Teller, Told};
use crate::attribution::Content;
use crate::bits::*;
use crate::claims::Draft;
use crate::who::Who;
use counterclaim_claims::{Act, Family, Stance};
use counterclaim_lexicon::{Frames, Func};
use std::ops::Range;

impl Teller<'_, '_> {
    /// Makes whom a claim charges the doer of the deeds that it tells without one.
    pub(super) fn charge(&self, draft: &Draft, scene: &Scene<'_, '_>, out: &mut [Told]) {
        let charged = self.charged(draft, scene);
        if charged.is_empty() {
            return;
        }
        let ours = |w: &Who| charged.iter().any(|c| c.party == w.party && c.name == w.name);
        let deed = |t: &&mut Told| {
            matches!(
                t.act.family(),
                Family::Strike | Family::Battle | Family::Abuse | Family::Harm
            ) || matches!(
                t.act,
                Act::CeasefireViolation | Act::CaptureTerritory | Act::Control | Act::Siege | Act::Other
            )
        };
        for told in out.iter_mut().filter(deed) {
            let dropped = self.doc.pack.head_first
                && scene
                    .view
                    .vg_from(scene.bounds.start)
                    .is_some_and(|v| v.head == told.at);
            // "Accuses the guards of laying mines".
            let of_doing = scene.view.phrases.vg_at(told.at).is_some_and(|v| {
                let before = v.units.start.wrapping_sub(1);
                v.bits & GERUND != 0 && scene.bounds.contains(&before) && self.doc.has(before, ADP)
            });
            let of_doing = of_doing && !self.doc.pack.head_first;
            let nameless = told.noun || told.bare || told.act == Act::Other || dropped || of_doing;
            let armed = |w: &Who| self.doc.pack.head_first && w.is_fighter();
            if nameless && !told.actor.iter().any(|w| w.known() || armed(w)) {
                told.actor.clone_from(&charged);
                told.target.retain(|w| !ours(w));
            }
        }
    }

    fn charged(&self, draft: &Draft, scene: &Scene<'_, '_>) -> Vec<Who> {
        let Some((s, a)) = draft.made_by.filter(|(s, _)| *s == draft.sent) else {
            return Vec::new();
        };
        let (doc, by) = (self.doc, &self.found.attributions[s][a]);
        // "Claimed responsibility for the blast", "claimed the attack": the deed is the speaker's own.
        let owns = doc.is(by.anchor, Func::Light) && by.stance == Stance::Asserts;
        let noun = scene
            .view
            .main_verb(&scene.bounds)
            .is_none_or(|v| (scene.bounds.start..v.units.start).any(|u| doc.has(u, REL)));
        if owns && noun {
            return scene.sources.iter().filter(|w| w.known()).cloned().collect();
        }
        // "X bác lời Y tố ném bom": who denies what another claims is who would have done it.
        let opens = scene.view.vg_from(scene.bounds.start).is_some();
        let denied = self.found.attributions[s]
            .iter()
            .find(|o| o.stance == Stance::Denies && o.anchor != by.anchor && o.span.contains(&by.anchor));
        if let Some(denier) = denied.and_then(|o| o.source.clone())
            && doc.pack.head_first
            && doc.has(by.anchor, CUE_N)
            && opens
        {
            return self.people(denier, scene).into_iter().filter(Who::known).collect();
        }
        let accused = by.accused.clone().or_else(|| match by.content {
            Content::Right(from) if by.stance == Stance::Accuses && by.cue.frames.has(Frames::NP_CLAUSE) => (from
                >= scene.bounds.start)
                .then(|| self.accused(scene, from))
                .flatten(),
            // "The garrison has been accused of beatings".
            Content::Whole(from) if by.stance == Stance::Accuses && !doc.pack.head_first => {
                let named = from >= scene.bounds.start && by.cue.frames.has(Frames::NP_CLAUSE);
                named.then(|| self.accused(scene, from)).flatten()
            }
            _ => None,
        });
        let whom = accused.map(|units| self.people(units, scene)).unwrap_or_default();
        whom.into_iter().filter(Who::known).collect()
    }

    /// "The army and its allies for": whom an accusation names first.
    fn accused(&self, scene: &Scene<'_, '_>, from: usize) -> Option<Range<usize>> {
        let (doc, phrases) = (self.doc, scene.view.phrases);
        let plain = |r: &Range<usize>| {
            !r.clone()
                .any(|u| doc.has(u, ACT | HARM) || doc.has(u, ADP) && !doc.has(u, POSS))
        };
        let all = phrases.long.iter().chain(&phrases.nps);
        let most = all
            .filter(|n| n.units.start == from && n.units.end < scene.bounds.end && plain(&n.units))
            .max_by_key(|n| n.units.end)
            .map(|n| n.units.clone());
        // "Blames the Red Lions, a band of the hills, for": who they are besides.
        let aside = |r: &Range<usize>| r.clone().find(|&u| doc.has(u, COMMA)).filter(|u| *u > r.start);
        match most {
            Some(units) if !doc.pack.head_first && !units.clone().any(|u| doc.has(u, CC)) => {
                Some(units.start..aside(&units).unwrap_or(units.end))
            }
            most => most,
        }
    }
}
