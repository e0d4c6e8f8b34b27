//! Deeds that one word tells as what came of another, and those that stand behind one another.

use super::{Scene, Teller, Told};
use crate::roles::Roles;
use crate::who::Who;
use counterclaim_claims::{Act, Family};
use counterclaim_lexicon::{ActSense, Frame, Func, Pos};

impl Teller<'_, '_> {
    /// "Kho đạn nổ tung sau trận oanh tạc": what blows up after a strike was struck, by nothing else.
    pub(super) fn blown_up(&self, out: &mut Vec<Told>) {
        let doc = self.doc;
        let bursts = |t: &Told| {
            t.named == Act::Bombing && !t.noun && doc.act(t.at).is_some_and(|a| a.frame == Frame::Intransitive)
        };
        let Some(n) = out.iter().position(bursts).filter(|_| doc.pack.head_first) else {
            return;
        };
        let at = out[n].at;
        let after = |from: usize, to: usize| (from..to).any(|u| doc.is(u, Func::Sequence) || doc.is(u, Func::ToPlace));
        let strikes = |t: &Told| t.noun && t.act.family() == Family::Strike && t.at > at && after(at + 1, t.at);
        let Some(strike) = out.iter().position(strikes) else {
            return;
        };
        let struck = out[n].actor.clone();
        if !out[strike].target.iter().any(Who::known) {
            out[strike].target = struck
                .into_iter()
                .chain(out[n].target.clone())
                .filter(Who::known)
                .collect();
        }
        out.remove(n);
    }

    /// "Đứng sau trận phục kích của quân nổi dậy": who stands behind what others do helps them, and does not do it himself.
    pub(super) fn stood_behind(
        &self,
        scene: &Scene<'_, '_>,
        act: &ActSense,
        roles: &Roles,
        told: &mut Told,
    ) -> Option<Told> {
        let start = scene.view.phrases.np_at(told.at).map_or(told.at, |n| n.units.start);
        let behind = |v: &&crate::phrases::Phrase| {
            v.units.start >= scene.bounds.start && v.units.end <= start && v.units.end + 3 >= start
        };
        let vg = scene.view.phrases.vgs.iter().rev().find(behind)?;
        let helps = self.doc.act(vg.head).is_some_and(|a| a.act == Act::SupportMilitarily);
        if !(self.doc.pack.head_first && act.pos == Pos::Noun && roles.light && helps) {
            return None;
        }
        let subject = roles.subject.clone()?;
        let (backers, doers): (Vec<Who>, Vec<Who>) = told
            .actor
            .iter()
            .cloned()
            .partition(|w| subject.contains(&w.units.start));
        let armed = |w: &Who| w.known() || w.is_fighter();
        if !backers.iter().any(Who::known) || !doers.iter().any(armed) {
            return None;
        }
        told.actor.clone_from(&doers);
        Some(Told {
            act: Act::SupportMilitarily,
            named: Act::SupportMilitarily,
            at: vg.head,
            actor: backers,
            target: doers,
            ..Told::default()
        })
    }
}
