//! Whom the words for harm in a clause tell as suffering its deeds.

use super::{Scene, Teller, Told};
use crate::bits::*;
use crate::who::Who;
use counterclaim_claims::Family;
use counterclaim_lexicon::{Func, HarmFrame, Pos, Sense};

impl Teller<'_, '_> {
    /// Who is killed, hurt or taken is whom the nearest violent act strikes.
    pub(super) fn victims(&self, scene: &Scene<'_, '_>, out: &mut [Told]) {
        self.sufferers(scene, out);
        for vg in scene
            .view
            .phrases
            .vgs
            .iter()
            .filter(|v| v.bits & HARM != 0 && scene.bounds.contains(&v.head))
        {
            let Some(frame) = self.doc.senses(vg.head).find_map(|(s, _)| match s {
                Sense::Harm { frame, .. } => Some(*frame),
                _ => None,
            }) else {
                continue;
            };
            let Some(told) = out
                .iter_mut()
                .filter(|t| {
                    !matches!(
                        t.act.family(),
                        Family::Talks | Family::Other | Family::Intent | Family::Pressure
                    )
                })
                .min_by_key(|t| t.at.abs_diff(vg.head))
            else {
                continue;
            };
            let roles = scene.view.roles_from(vg.head, &scene.bounds, scene.floor);
            let (harmed, doer) = match frame {
                HarmFrame::Transitive if !roles.passive => (roles.object, roles.subject),
                _ => (roles.subject, roles.agent),
            };
            if let Some(doer) = doer.filter(|d| told.actor.is_empty() && !self.is_war(scene, d)) {
                let whom = self.people(doer, scene).into_iter().filter(Who::known);
                told.actor
                    .extend(whom.filter(|w| told.target.iter().all(|t| t.party != w.party)));
            }
            for who in harmed
                .map(|h| self.people(h, scene))
                .into_iter()
                .flatten()
                .filter(|w| w.known() && !self.is_thing(w))
            {
                if !told.target.iter().chain(&told.actor).any(|t| t.party == who.party) {
                    told.target.push(who);
                }
            }
        }
    }

    /// Who suffers losses that a noun names, or inflicts them: "suffered heavy casualties", "inflicted losses on the rebels".
    fn sufferers(&self, scene: &Scene<'_, '_>, out: &mut [Told]) {
        let nouns = scene.bounds.clone().filter(|&u| {
            self.doc
                .senses(u)
                .any(|(s, _)| matches!(s, Sense::Harm { pos: Pos::Noun, .. }))
        });
        for u in nouns {
            let roles = scene.view.roles_from(u, &scene.bounds, scene.floor);
            let fights = |t: &&mut Told| matches!(t.act.family(), Family::Strike | Family::Battle);
            let Some(told) = out.iter_mut().filter(fights).min_by_key(|t| t.at.abs_diff(u)) else {
                return;
            };
            // "Inflicted heavy losses on the garrison", "losses have been inflicted on".
            let on = |m: usize| self.doc.is(m, Func::ToTarget) && self.doc.has(m, ADP) && !self.doc.pack.head_first;
            let upon = roles
                .others
                .iter()
                .find(|(m, _)| on(*m))
                .map(|(_, units)| units.clone());
            let subject = roles.subject.filter(|_| roles.light && (roles.suffered || roles.has));
            let Some(sufferer) = upon.or(subject) else {
                continue;
            };
            for who in self.people(sufferer, scene).into_iter().filter(Who::known) {
                if !told.target.iter().chain(&told.actor).any(|t| t.party == who.party) {
                    told.target.push(who);
                }
            }
        }
    }
}
