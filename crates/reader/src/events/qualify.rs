//! Words for acts that only tell of what sort something is, and how a word points to what was told before.

use super::{Scene, Teller};
use crate::bits::*;
use crate::phrases::Phrase;
use crate::roles::Roles;
use counterclaim_claims::{Act, Family};
use counterclaim_lexicon::{ActSense, Frame, Func, Inflection, Pos, PosClass, Sense};

impl Teller<'_, '_> {
    /// Whether forces that a noun of moving names are harmed: "the reinforcements were killed".
    pub(super) fn falls(&self, u: usize, scene: &Scene<'_, '_>) -> bool {
        let vgs = scene.view.phrases.vgs.iter();
        let harm = |v: &&Phrase| v.units.start > u && v.bits & PASSIVE != 0 && v.bits & HARM != 0;
        let inside = |v: &Phrase| scene.bounds.contains(&v.units.start);
        self.opens(scene, u) && vgs.clone().find(harm).is_some_and(inside)
    }

    /// Whether a phrase is what words around a deed are about: "suspects in the attack", "nguyên nhân vụ nổ".
    pub(super) fn only_about(&self, u: usize, scene: &Scene<'_, '_>) -> bool {
        let doc = self.doc;
        let start = scene.view.phrases.np_at(u).map_or(u, |n| n.units.start);
        let about = |i: usize| i >= scene.bounds.start && i < start && doc.is(i, Func::About);
        let linked = start > 0 && doc.has(start - 1, ADP | POSS | OPEN);
        (start..u).any(|i| doc.is(i, Func::About))
            || start > 0 && about(start - 1)
            || linked && start > 1 && about(start - 2)
    }

    /// Whether an act's word only describes a place or people: "the area held by rebels", "the isolated base".
    pub(super) fn describes(&self, scene: &Scene<'_, '_>, u: usize, act: &ActSense, roles: &Roles) -> bool {
        let doc = self.doc;
        let phrases = scene.view.phrases;
        let within = || phrases.vg_at(u).is_none() && phrases.np_at(u).is_some_and(|n| n.units.end > u + 1);
        if !doc.pack.head_first && (roles.attributive || act.pos == Pos::Verb && within()) {
            return true;
        }
        let participle = || {
            phrases
                .vg_at(u)
                .is_some_and(|v| v.units.len() == 1 && v.bits & (PARTICIPLE | GERUND) != 0)
        };
        let adjective = || doc.units[u].class == PosClass::Adj && phrases.vg_at(u).is_none();
        if !doc.pack.head_first && u > scene.bounds.start && act.pos == Pos::Verb {
            let past = phrases.vg_at(u).is_none_or(|v| v.bits & GERUND == 0) && doc.units[u].tokens.len() == 1;
            let governed = past && doc.has(u - 1, VERB) && !doc.has(u - 1, AUX | CUE_V);
            let opens = doc.has(u - 1, DET) || past && doc.has(u - 1, ADP | NUMBER) || governed;
            let before_noun = opens && doc.has(u + 1, NOUN | PROPN);
            // "The occupied town": nothing that is done stands behind an article.
            if doc.is(u - 1, Func::Det) && doc.units[u - 1].class == PosClass::Det && before_noun {
                return true;
            }
            if before_noun && (participle() || adjective()) {
                return true;
            }
        }
        if !doc.pack.head_first && act.pos == Pos::Noun && self.qualifies(scene, u, act) {
            return true;
        }
        if doc.pack.head_first && act.pos == Pos::Verb && self.sorts(scene, u, roles) {
            return true;
        }
        // "Ngôi trường nơi người tị nạn trú ẩn": that people have fled there tells what place it is.
        let opens = roles.subject.as_ref().map_or(u, |s| s.start).wrapping_sub(1);
        if doc.pack.head_first && act.act == Act::Displacement && scene.bounds.start < opens && doc.has(opens, REL) {
            return true;
        }
        // "Thỏa thuận do Kenya dàn xếp", "do Liên minh châu Phi bảo trợ": who brokered what is told.
        let told = |i: usize| doc.act(i).is_some_and(|a| a.act.family() == Family::Talks);
        let helps = matches!(act.act, Act::Talks | Act::SupportMilitarily);
        let brokered = helps && act.pos == Pos::Verb && roles.agent.is_some();
        if doc.pack.head_first && brokered && (scene.bounds.start..u).any(told) {
            return true;
        }
        let tied = doc.is(u, Func::Tied) && phrases.long.iter().any(|n| n.units.start < u && u + 1 < n.units.end);
        if tied {
            return true;
        }
        if act.act == Act::SupportMilitarily
            && act.pos == Pos::Verb
            && act.flags.weak
            && self.restricts(scene, u, roles)
        {
            return true;
        }
        // What the doer's mark stands behind, without what that in turn hangs on.
        let marked = roles
            .agent
            .as_ref()
            .and_then(|a| phrases.nps.iter().find(|n| n.units.end + 1 == a.start))
            .map(|n| n.units.clone());
        let held = marked
            .as_ref()
            .or(roles.subject.as_ref())
            .filter(|s| s.start > scene.bounds.start && s.end <= u);
        if act.act == Act::Control && act.frame == Frame::Undergo && doc.pack.head_first {
            let kind = u > scene.bounds.start + 1 && doc.is(u - 1, Func::PlaceNoun);
            return kind && !self.opens(scene, u);
        }
        act.act == Act::Control
            && act.pos == Pos::Verb
            && roles.passive
            && held.is_some_and(|s| {
                let before = s.start - 1;
                let kind = |i: usize| doc.is(i, Func::PlaceNoun);
                doc.has(before, ADP)
                    || doc.is(before, Func::ToPlace)
                    || doc.is(before, Func::ToTarget)
                    || roles.agent.as_ref().is_some_and(|a| s.end + 1 == a.start)
                        && (s.clone().any(kind)
                            || s.start > scene.bounds.start + 1
                                && !crate::values::within(self.values.places, s.clone()).is_empty())
            })
    }

    /// Whether an act's noun only tells of what sort another is: "the war front", "offensive attacks".
    fn qualifies(&self, scene: &Scene<'_, '_>, u: usize, act: &ActSense) -> bool {
        let Some(head) = scene.view.phrases.np_at(u).map(|n| n.head).filter(|h| *h > u) else {
            return false;
        };
        let general = act.flags.weak || act.act == Act::GroundAssault;
        general
            && matches!(
                act.act,
                Act::Clash
                    | Act::Displacement
                    | Act::GroundAssault
                    | Act::Mobilise
                    | Act::SupportMilitarily
                    | Act::Talks
            )
            && !self.doc.has(head, PROPN)
    }

    /// Whether a verb without object says of what sort the forces or things before it are: "đơn vị không kích".
    fn sorts(&self, scene: &Scene<'_, '_>, u: usize, roles: &Roles) -> bool {
        let doc = self.doc;
        let before = u.wrapping_sub(1);
        let alone = roles.object.is_none() && roles.others.is_empty() && !roles.passive;
        alone
            && scene.bounds.contains(&before)
            && doc.has(before, ORG | MATERIEL)
            && !doc.has(before, PARTY)
            && !self.opens(scene, u)
    }

    /// Whether a verb only tells which people are meant: "fighters backed by the state", "lực lượng ủng hộ chính phủ".
    fn restricts(&self, scene: &Scene<'_, '_>, u: usize, roles: &Roles) -> bool {
        let doc = self.doc;
        let vgs = &scene.view.phrases.vgs;
        let Some(vg) = scene.view.phrases.vg_at(u) else {
            return false;
        };
        let inside = |v: &&Phrase| v.bits & FINITE != 0 && scene.bounds.contains(&v.units.start) && v.units != vg.units;
        let mut others = vgs.iter().filter(inside).peekable();
        if others.peek().is_none() {
            return false;
        }
        if !doc.pack.head_first {
            let reduced = vg.bits & PARTICIPLE != 0 && vg.units.len() == 1 && roles.agent.is_some();
            return reduced && vg.units.start > 0 && doc.has(vg.units.start - 1, NOUN | PROPN);
        }
        // "Gửi quân đến hỗ trợ": what somebody is sent to do tells nothing of who they are.
        if vg.bits & INFINITIVE != 0 {
            return false;
        }
        let start = match &roles.agent {
            Some(doer) if doer.end == vg.units.start => doer.start.saturating_sub(1),
            _ => vg.units.start,
        };
        let bare = !doc.has(vg.units.start, AUX) && start > scene.bounds.start && doc.has(start - 1, NOUN | PROPN);
        let named = start > 0 && !roles.passive && doc.has(start - 1, PARTY);
        let later = |v: &Phrase| v.units.start > u && doc.has(v.units.start, AUX);
        bare && !named
            && (roles.passive || others.any(|v| v.units.end <= start) || vgs.iter().filter(inside).any(later))
    }

    /// "The strikes": an article and a noun, in languages that have articles.
    pub(super) fn definite(&self, scene: &Scene<'_, '_>, u: usize) -> bool {
        let np = scene.view.phrases.np_at(u);
        let article = |i: usize| self.doc.is(i, Func::Det) && !self.doc.is(i, Func::Single);
        !self.doc.pack.head_first && np.is_some_and(|np| np.units.len() == 2 && article(np.units.start))
    }

    /// Whether a noun in the plural points to no happening told before: "attacks", but not "the attacks".
    pub(super) fn several(&self, scene: &Scene<'_, '_>, u: usize, act: &ActSense) -> bool {
        let doc = self.doc;
        let plural = doc
            .senses(u)
            .any(|(s, i)| matches!(s, Sense::Act(_)) && i == Inflection::Plural);
        let np = scene.view.phrases.np_at(u).map_or(u..u + 1, |n| n.units.clone());
        let definite = doc.is(np.start, Func::Det) && !doc.is(np.start, Func::Single) || doc.has(np.start, DET_THIS);
        let dated = scene.view.phrases.times.iter().any(|t| np.contains(&t.units.start));
        act.pos == Pos::Noun && plural && !definite && !dated
    }

    /// Whether an act is what somebody is out to do: "boats carrying men to attack".
    pub(super) fn intended(&self, scene: &Scene<'_, '_>, u: usize) -> bool {
        let doc = self.doc;
        if scene
            .view
            .phrases
            .vg_at(u)
            .is_some_and(|v| v.bits & INFINITIVE != 0 && !doc.pack.head_first)
        {
            return true;
        }
        let from = u.saturating_sub(3).max(scene.bounds.start);
        let aims = |i: usize| doc.is(i, Func::ToGoal) && !doc.has(i, ADP) || doc.is(i, Func::Attempt);
        let before = scene.view.phrases.vg_at(u).map_or(u, |v| v.units.start).wrapping_sub(1);
        let next = scene.bounds.contains(&before) && doc.is(before, Func::ToGoal) && !doc.is(before, Func::ToTarget);
        doc.pack.head_first && (next || (from..u).any(aims))
    }

    /// Whether a phrase points to what was told before: "this attack", "vụ tấn công này".
    pub(super) fn pointed(&self, scene: &Scene<'_, '_>, u: usize) -> bool {
        let np = scene.view.phrases.np_at(u).map_or(u..u + 1, |n| n.units.clone());
        np.start < scene.bounds.end && (np.start..np.end + 1).any(|i| self.doc.has(i, DET_THIS))
    }
}
