//! Which words of a clause tell acts of their own, and which say again what others tell.

use super::{Scene, Teller, Told, rivals};
use crate::bits::*;
use crate::phrases::Phrase;
use crate::roles::Roles;
use crate::weapons;
use crate::who::Who;
use counterclaim_claims::{Act, Family, Group, Materiel, Sector};
use counterclaim_lexicon::{ActSense, Frame, Func, Pos, Sense};
use std::ops::Range;

impl Teller<'_, '_> {
    /// The acts that a clause's own words tell; weak words tell one only with something that bears them out. The second
    /// value is what a weak word names that alone tells nothing: it says what harm came of.
    pub(super) fn acts(&self, scene: &Scene<'_, '_>) -> (Vec<Told>, Option<Act>) {
        let mut out: Vec<Told> = Vec::new();
        for u in scene.bounds.clone() {
            let Some(act) = self.sense(scene, u) else { continue };
            let weak = act.flags.weak;
            // "Killed" is harm, "stage" only carries the attack, and "the execution of air strikes" kills nobody.
            // Who is killed by a sniper is shot.
            let shot = self.doc.pack.head_first && scene.bounds.clone().any(|i| self.doc.is(i, Func::Shooter));
            let kills = act.harm.is_some() && matches!(act.act, Act::Attack | Act::Clash) && !shot;
            let carries = scene.view.is_light(u) || self.doc.is(u, Func::Repulse);
            if weak && (kills && self.doc.has(u, HARM) || carries && self.act_follows(u, &scene.bounds))
                || act.pos == Pos::Noun
                    && (act.act == Act::Execution && self.carries(u, scene)
                        || act.act == Act::Mobilise && self.falls(u, scene)
                        || self.only_about(u, scene))
            {
                continue;
            }
            let roles = scene.view.roles_from(u, &scene.bounds, scene.floor);
            let next = scene.view.phrases.vgs.iter().find(|v| v.units.start > u);
            let sent_out = next.is_some_and(|v| scene.view.sends_to_strike(u, v.units.start));
            if self.describes(scene, u, act, &roles) || self.launches_nothing(u, act, &roles) || sent_out {
                continue;
            }
            // "Không kích một trại, hạ 16 phần tử": whom a strike told before has brought down.
            let falls = |o: &Range<usize>| {
                let some = |bits: u128| o.clone().any(|i| self.doc.has(i, bits));
                some(PERSON) && !some(MATERIEL)
            };
            if weak
                && self.doc.pack.head_first
                && act.act == Act::ShootDown
                && self.doc.has(u, HARM)
                && out.iter().any(|t| t.act.family() == Family::Strike)
                && roles.object.as_ref().is_some_and(falls)
            {
                continue;
            }
            // "Mất 300 binh sĩ trên hướng Kursk": men are lost, and no ground.
            let men = act.act == Act::LoseTerritory && self.is_lost(u) && roles.object.as_ref().is_some_and(falls);
            if men || self.only_lends(scene, u, act, &out) {
                continue;
            }
            let mut told = self.tell(scene, u, act, &roles);
            let start = scene.view.phrases.np_at(u).map_or(u, |n| n.units.start);
            let made_up = |i: usize| scene.bounds.contains(&i) && self.doc.is(i, Func::MadeUp);
            if roles.made_up || (start..u).any(made_up) || made_up(u + 1) || made_up(start.wrapping_sub(1)) {
                told.act = Act::Other;
                told.made_up = true;
                told.weak = false;
                told.target.clear();
                let main = scene.view.main_verb(&scene.bounds);
                if let (Some(vg), true, false) = (main, self.doc.pack.head_first, told.actor.iter().any(Who::known)) {
                    // "Họ quay phim trận đánh giả mạo": who has it made up.
                    let subject = scene.view.subject(vg, &(scene.floor..scene.bounds.end), 0);
                    let whom = subject.map(|s| self.people(s, scene)).unwrap_or_default();
                    told.actor = whom.into_iter().filter(Who::known).collect();
                }
                out.push(told);
                continue;
            }
            // "Surrounded the rebel-held town": who acts is not who holds it.
            let held = act.act == Act::Control && self.doc.has(u, ADJ) && !self.doc.pack.head_first;
            if held && scene.view.phrases.np_at(u).is_some_and(|n| n.head > u) {
                told.actor.clear();
            }
            told.act = self.aim(scene, u, act, &roles, told.act);
            if told.named == Act::ShootDown && told.act.family() == Family::Strike {
                // What comes down is what was fired, and neither who fired it nor whom it hits.
                told.target.clear();
                told.actor.clear();
            }
            // Arms that are sent to a party help it.
            if told.act == Act::SupportMilitarily && told.named != told.act && !told.target.iter().any(Who::known) {
                let inside = self.goal_in(&roles);
                let to = roles.others.iter().map(|(_, units)| units).chain(&inside);
                let to = to.map(|units| self.people(units.clone(), scene));
                let sends = |w: &Who| told.actor.iter().any(|a| a.party == w.party);
                told.target = to.flatten().filter(|w| w.known() && !sends(w)).take(1).collect();
            }
            told.shared = roles.subject.as_ref().is_some_and(|s| s.start < scene.bounds.start);
            told.central = act.pos == Pos::Noun && (roles.light || self.opens(scene, u));
            told.counted = act.pos == Pos::Noun
                && scene.view.phrases.np_at(u).is_some_and(|np| {
                    np.units.clone().any(|i| {
                        crate::values::at(self.values.numbers, i).is_some_and(|n| n.min.is_some_and(|n| n > 1))
                    })
                });
            told.several = self.several(scene, u, act);
            told.points =
                act.pos == Pos::Noun && told.central && !told.actor.iter().any(Who::known) && self.definite(scene, u);
            told.fresh = act.pos == Pos::Noun
                && !self.doc.pack.head_first
                && scene
                    .view
                    .phrases
                    .np_at(u)
                    .is_some_and(|np| self.doc.is(np.units.start, Func::Single));
            told.soft = weak;
            told.trodden = told.act == Act::Bombing
                && act.pos == Pos::Verb
                && act.frame == Frame::Undergo
                && !self.doc.starts_with(u, Func::Passive);
            told.mistaken = self.doc.is(u, Func::Mistake) && told.target.is_empty() && roles.object.is_none();
            told.intended = self.intended(scene, u);
            told.pointed = act.pos == Pos::Noun && self.pointed(scene, u);
            told.noun = act.pos == Pos::Noun;
            told.weak = (weak || told.act == Act::LoseTerritory) && !self.borne_out(scene, &told, &roles);
            out.extend(self.stood_behind(scene, act, &roles, &mut told));
            out.push(told);
        }
        rivals::share_sides(&mut out);
        if self.doc.pack.head_first {
            rivals::lend(&mut out, |a, b| self.apart(scene, a, b));
        }
        self.drop_settings(scene, &mut out);
        let spare = rivals::keep(&mut out, |a, b| self.apart(scene, a, b));
        self.adjuncts(scene, &mut out);
        self.share_doer(scene, &mut out);
        rivals::restated(&mut out);
        self.blown_up(&mut out);
        let starts = |v: &Phrase| v.bits & FINITE != 0 && scene.bounds.contains(&v.units.start);
        let verbs: Vec<usize> = scene
            .view
            .phrases
            .vgs
            .iter()
            .filter(|v| starts(v))
            .map(|v| v.units.start)
            .collect();
        if let Some(made_up) = out.iter().position(|t| t.made_up) {
            out = vec![out.swap_remove(made_up)];
        }
        rivals::subsume(&mut out, &verbs);
        self.one_battle(scene, &mut out);
        self.purposes(scene, &mut out);
        (out, spare)
    }

    /// Whether a noun only tells how or for whom what stands before it was done: "struck the camp in support of the army", "the
    /// battalion, backed by artillery fire".
    fn only_lends(&self, scene: &Scene<'_, '_>, u: usize, act: &ActSense, out: &[Told]) -> bool {
        let doc = self.doc;
        if doc.pack.head_first || act.pos != Pos::Noun {
            return false;
        }
        let start = scene.view.phrases.np_at(u).map_or(u, |n| n.units.start);
        let before = start.wrapping_sub(1);
        let fights = |t: &Told| !t.noun && matches!(t.act.family(), Family::Strike | Family::Battle);
        match act.act {
            Act::SupportMilitarily => doc.has(before, ADP) && out.iter().any(fights),
            Act::Shelling | Act::Shooting => (before..u).any(|i| doc.is(i, Func::Backed)),
            _ => false,
        }
    }

    /// The sense in which a word for an act is meant: "fled the town" suffers what "evacuated the residents" does, and who
    /// drops people drops no bombs.
    fn sense(&self, scene: &Scene<'_, '_>, u: usize) -> Option<&'static ActSense> {
        let first = self.doc.act(u)?;
        let object = scene.view.phrases.nps.iter().find(|n| n.units.start == u + 1);
        let people = object.is_some_and(|n| n.bits & PERSON != 0 && n.bits & MATERIEL == 0);
        let frees = |a: &ActSense| a.act == Act::PrisonerExchange;
        let flees = |a: &ActSense| a.act == Act::Displacement;
        let holds = |a: &ActSense| a.act == Act::Arrest;
        let roles = || scene.view.roles_from(u, &scene.bounds, scene.floor);
        let civil = |units: &Range<usize>| {
            let whom = self.people(units.clone(), scene);
            let armed = |w: &Who| matches!(w.sector, Sector::Mil | Sector::Reb | Sector::Pol) || w.is_fighter();
            units.clone().any(|i| self.doc.has(i, PERSON)) && !whom.iter().any(armed)
        };
        let moves = |a: &ActSense| a.act == first.act && a.frame == Frame::Transitive;
        let meant: &dyn Fn(&ActSense) -> bool = match first.act {
            Act::Displacement if people && first.frame == Frame::Undergo => &moves,
            Act::Airstrike | Act::Shelling | Act::MissileStrike if people && first.flags.weak => &frees,
            Act::LoseTerritory if first.pos == Pos::Verb && self.civilians(scene, u) => &flees,
            // "Handed over fifty prisoners".
            Act::LoseTerritory if first.pos == Pos::Verb && self.captives(roles().object.as_ref()) => &frees,
            // "Thousands crossed into": who is no fighter flees.
            Act::GroundAssault if first.flags.weak && roles().subject.is_some_and(|s| civil(&s)) => &flees,
            // "Hostages are held": people are, as land is.
            Act::Control if first.flags.weak && first.pos == Pos::Verb => {
                let roles = roles();
                let held = if roles.passive { roles.subject } else { roles.object };
                if !self.captives(held.as_ref()) {
                    return Some(first);
                }
                &holds
            }
            _ => return Some(first),
        };
        let other = self.doc.senses(u).find_map(|(s, _)| match s {
            Sense::Act(act) if meant(act) => Some(act),
            _ => None,
        });
        other.or(Some(first))
    }

    /// Whether people who do not fight are a verb's subject: they flee a place that forces withdraw from.
    fn civilians(&self, scene: &Scene<'_, '_>, u: usize) -> bool {
        let Some(vg) = scene.view.phrases.vg_at(u) else {
            return false;
        };
        let subject = scene.view.subject(vg, &(scene.floor..scene.bounds.end), 0);
        let mut people = subject
            .into_iter()
            .flatten()
            .flat_map(|i| self.doc.senses(i))
            .filter_map(|(s, _)| match s {
                Sense::Person { who, .. } => Some(*who),
                _ => None,
            })
            .peekable();
        people.peek().is_some() && people.all(|who| matches!(who, Group::Civilian | Group::Unknown))
    }

    /// "Launched an inquiry": a light verb for firing, and nothing that can be fired.
    fn launches_nothing(&self, u: usize, act: &ActSense, roles: &Roles) -> bool {
        let fired = if roles.passive { &roles.subject } else { &roles.object };
        let arms = |i: usize| {
            let munition =
                |s: &Sense| matches!(s, Sense::Materiel { class, weapon: true, .. } if weapons::is_munition(*class));
            self.doc.senses(i).any(|(s, _)| munition(s))
        };
        // "Đường dây bị cắt", "ba người được thả": what lets bombs fall elsewhere.
        let bombs = act.flags.weak && act.act == Act::Airstrike && act.weapon == Some(Materiel::Bomb);
        act.pos == Pos::Verb
            && (act.act == Act::Shooting && self.doc.is(u, Func::Light) || bombs)
            && !fired.clone().is_some_and(|mut o| o.any(arms))
    }

    /// Who attacks to take a place attacks on the ground, and has not taken it: "an attack to seize the town", "chiến dịch tái chiếm".
    fn purposes(&self, scene: &Scene<'_, '_>, out: &mut Vec<Told>) {
        let doc = self.doc;
        for n in 1..out.len() {
            let (at, to) = (out[n - 1].at, out[n].at);
            let alone = out[n - 1].noun || doc.act(at).is_some_and(|a| a.frame == Frame::Intransitive);
            let named_for = doc.pack.head_first && alone && to == at + 1;
            let aims = |u: usize| doc.is(u, Func::ToGoal) && !doc.has(u, ADP) || doc.is(u, Func::Attempt);
            let before = to.saturating_sub(3).max(at)..to;
            if matches!(out[n - 1].act, Act::Attack | Act::GroundAssault)
                && out[n].act == Act::CaptureTerritory
                && scene.bounds.contains(&at)
                && (named_for || before.clone().any(aims))
            {
                out[n - 1].act = Act::GroundAssault;
                let place = out.remove(n);
                if out[n - 1].target.is_empty() {
                    out[n - 1].target = place.target;
                }
                return;
            }
        }
    }

    /// "Battled rebels along the river in a fresh assault", "pushed on in the evening's battles": the attack and the fight
    /// that it is part of are one.
    fn one_battle(&self, scene: &Scene<'_, '_>, out: &mut Vec<Told>) {
        for n in 1..out.len() {
            let (first, next) = (&out[n - 1], &out[n]);
            let start = scene.view.phrases.np_at(next.at).map_or(next.at, |np| np.units.start);
            let inside = start > scene.bounds.start && self.doc.is(start - 1, Func::ToPlace) && next.noun;
            let apart = (first.at..next.at).any(|u| self.doc.has(u, COMMA | CC | REL));
            let sides = next
                .actor
                .iter()
                .all(|w| first.actor.iter().any(|v| v.party == w.party));
            let of_one = match (first.act, next.act) {
                (Act::Clash, Act::GroundAssault) => Some(n - 1),
                (Act::GroundAssault, Act::Clash) => Some(n),
                _ => None,
            };
            if let Some(fight) = of_one.filter(|_| inside && !apart && sides && !self.doc.pack.head_first) {
                let fight = out.remove(fight);
                let attack = &mut out[n - 1];
                if !fight.noun && !attack.actor.iter().any(Who::known) {
                    attack.actor = fight.actor;
                }
                return;
            }
        }
    }

    /// Drops acts that only date another: "after the battle, the army …".
    fn adjuncts(&self, scene: &Scene<'_, '_>, out: &mut Vec<Told>) {
        if out.len() < 2 {
            return;
        }
        let doc = self.doc;
        let all = out.len();
        let mut dropped = 0;
        out.retain(|t| {
            let war = t.noun && t.soft && t.act == Act::Clash;
            let bare = (war || t.actor.iter().chain(&t.target).all(|w| !w.known())) && dropped + 1 < all;
            let Some(np) = scene.view.phrases.np_at(t.at).filter(|_| dropped + 1 < all) else {
                return true;
            };
            let before = np.units.start.saturating_sub(2).max(scene.bounds.start)..np.units.start;
            // "Sau trận đánh này, hai tỉnh đóng biên giới": a deed told of before only dates what follows.
            let after = bare
                && doc.pack.head_first
                && (t.pointed || t.noun && t.act == Act::Clash)
                && np.units.start <= scene.bounds.start + 2
                && before
                    .clone()
                    .last()
                    .is_some_and(|i| doc.has(i, ADP) || doc.is(i, Func::ToPlace));
            let dates = after
                || bare && before.clone().last().is_some_and(|i| doc.is(i, Func::SubTime))
                || before.into_iter().any(|i| doc.is(i, Func::Unreal));
            dropped += usize::from(dates);
            !dates
        });
    }

    /// Whether an act's noun stands in the phrase right after `u`: "stage an attack".
    fn act_follows(&self, u: usize, bounds: &Range<usize>) -> bool {
        (u + 1..(u + 6).min(bounds.end))
            .take_while(|i| !self.doc.has(*i, COMMA | CC | COMP | REL) && !self.places(*i))
            .any(|i| {
                // "Receive heavy fire": what is received is no guest.
                let fire = |a: Act| matches!(a.family(), Family::Strike | Family::Battle);
                let suffered = self.doc.is(u, Func::LightUndergo);
                // "Repelled attempts to cross the river".
                let attempted = self.doc.is(u, Func::Repulse) && (u + 1..i).any(|k| self.doc.has(k, INF));
                let noun = |a: &ActSense| a.pos == Pos::Noun && (!a.flags.weak || suffered && fire(a.act));
                self.doc
                    .act(i)
                    .is_some_and(|a| noun(a) || attempted && a.act == Act::GroundAssault)
            })
    }

    /// "Được triển khai trong cuộc chiến": what stands behind a word for where or when is not what is carried out.
    fn places(&self, u: usize) -> bool {
        self.doc.pack.head_first && self.doc.has(u, ADP) && self.doc.is(u, Func::ToPlace) && !self.doc.has(u, POSS)
    }

    /// Whether a noun has an act's noun after its "of".
    fn carries(&self, u: usize, scene: &Scene<'_, '_>) -> bool {
        self.doc.has(u + 1, POSS) && self.act_follows(u + 1, &scene.bounds)
    }

    /// Whether no verb stands before `u` in the clause: what it names is what the clause speaks of.
    pub(super) fn opens(&self, scene: &Scene<'_, '_>, u: usize) -> bool {
        !scene
            .view
            .phrases
            .vgs
            .iter()
            .any(|v| v.units.start >= scene.bounds.start && v.units.start < u && v.bits & EXIST == 0)
    }

    /// Whether somebody or something in the clause shows that a weak word is meant as its act.
    fn borne_out(&self, scene: &Scene<'_, '_>, told: &Told, roles: &Roles) -> bool {
        let doc = self.doc;
        let known = |list: &[Who]| list.iter().filter(|w| w.known()).count();
        let (actors, targets) = (known(&told.actor), known(&told.target));
        // "Agreed to a truce": as the clause's own verb a phrase of words says plainly enough what is meant.
        let main = scene.view.main_verb(&scene.bounds);
        if !doc.pack.head_first && doc.units[told.at].tokens.len() > 1 && main.is_some_and(|v| v.head == told.at) {
            return true;
        }
        // "Peace talks", "shuttle diplomacy": words that mean nothing else.
        if !doc.pack.head_first && doc.units[told.at].tokens.len() > 1 && told.act.family() == Family::Talks {
            return true;
        }
        let near = |bits: u128| scene.bounds.clone().any(|u| doc.has(u, bits));
        let hit = MATERIEL | PERSON;
        let aimed = |o: &Range<usize>| o.clone().any(|u| doc.has(u, hit) || doc.is(u, Func::PlaceNoun));
        if told.act == Act::Attack && !told.noun && !roles.passive && roles.object.as_ref().is_some_and(aimed) {
            return true;
        }
        // What a word comes to with its object is borne out by that object.
        if told.act != told.named && told.act == Act::SupportMilitarily {
            return true;
        }
        // "Took two posts in a drive to the north": whose it is, is told by what came of it.
        let np = scene.view.phrases.np_at(told.at).map_or(told.at, |n| n.units.start);
        if told.act == Act::GroundAssault && told.noun && np > scene.bounds.start && doc.has(np - 1, ADP) {
            return true;
        }
        // What was fired and comes down.
        if told.named == Act::ShootDown && told.act.family() == Family::Strike {
            return true;
        }
        let held = |u: usize| doc.has(u, PERSON) && !doc.has(u, MATERIEL);
        let freed = |o: &Range<usize>| {
            !doc.pack.head_first && o.clone().any(held) && o.clone().any(|u| doc.has(u, NUMBER | NUM))
        };
        let mutual = !doc.pack.head_first && doc.act(told.at).is_some_and(|a| a.frame == Frame::Mutual);
        match told.act.family() {
            Family::Talks if told.act == Act::PrisonerExchange && self.captives(roles.object.as_ref()) => true,
            // "Freed 21 soldiers".
            Family::Talks
                if told.act == Act::PrisonerExchange && !told.noun && roles.object.as_ref().is_some_and(freed) =>
            {
                true
            }
            // "The release of all hostages".
            Family::Talks if told.act == Act::PrisonerExchange && told.noun && !doc.pack.head_first => {
                roles.others.iter().any(|(_, o)| self.captives(Some(o)))
            }
            // "The two armies exchanged artillery fire": no captives.
            Family::Talks if told.act == Act::PrisonerExchange && mutual && roles.object.is_some() => false,
            Family::Talks => {
                // Who walks through a market of his own country talks to nobody.
                let speaks = |w: &&Who| !matches!(w.sector, Sector::Unk | Sector::Cvl);
                let whom: Vec<&Who> = told.actor.iter().chain(&told.target).filter(|w| w.known()).collect();
                whom.windows(2)
                    .any(|w| w[0].party != w[1].party || w[0].name != w[1].name)
                    || told.actor.iter().chain(&told.target).filter(speaks).count() > 1
                    || told.central && !whom.is_empty()
            }
            Family::Control => {
                let undergoes = self.doc.act(told.at).is_some_and(|a| a.frame == Frame::Undergo);
                let falls = undergoes && self.doc.act(told.at).is_some_and(|a| a.pos == Pos::Verb);
                // "Phần còn lại thuộc về phiến quân": what is held stands before the verb.
                let rest = |s: &Range<usize>| doc.pack.head_first && s.clone().any(|u| doc.is(u, Func::Other));
                let rest = falls && roles.subject.as_ref().is_some_and(rest);
                let holder = |o: &Range<usize>| o.clone().any(|u| doc.has(u, WHO | ORG | PERSON));
                if rest && (actors + targets > 0 || roles.object.as_ref().is_some_and(holder)) {
                    return true;
                }
                let held = if roles.passive || falls && !doc.pack.head_first || undergoes && roles.object.is_none() {
                    &roles.subject
                } else {
                    &roles.object
                };
                let is_place = |u: usize| {
                    crate::values::at(self.values.places, u).is_some()
                        || doc.is(u, Func::PlaceNoun)
                        || doc.has(u, DET_THIS)
                };
                let withdraws = told.act == Act::LoseTerritory && !told.noun && !doc.has(told.at, HARM | LOSS);
                if withdraws && actors > 0 {
                    let from = roles.others.iter().any(|(_, o)| self.holds_ground(Some(o)));
                    if from || roles.object.as_ref().is_some_and(|o| self.is_force(o)) {
                        return true;
                    }
                }
                // "Sau đó rút lui": forces that withdraw leave where they were.
                let forces = |w: &Who| matches!(w.sector, Sector::Mil | Sector::Reb) && w.person.is_none();
                if withdraws && doc.pack.head_first && told.actor.iter().any(forces) {
                    return true;
                }
                let place = held.iter().cloned().flatten().any(is_place)
                    || told.act == Act::CaptureTerritory
                        && self.holds_ground(held.as_ref())
                        && !held.iter().cloned().flatten().any(|u| self.is_stored(u))
                    || roles.others.iter().flat_map(|(_, r)| r.clone()).any(is_place);
                if told.noun {
                    let named = told.act == Act::CaptureTerritory || actors + targets > 0;
                    return named && (place || scene.bounds.clone().any(is_place));
                }
                let here = || scene.bounds.clone().any(|u| doc.is(u, Func::There));
                let driven = doc.act(told.at).is_some_and(|a| self.driven_out(a, roles));
                if driven && told.act == Act::CaptureTerritory && !told.target.is_empty() {
                    return true;
                }
                let lost =
                    told.act == Act::LoseTerritory && !told.noun && !told.actor.is_empty() && !doc.pack.head_first;
                let taken = lost
                    || told.act == Act::CaptureTerritory && (!told.actor.is_empty() || falls && !doc.pack.head_first);
                (place || held.is_none() && here()) && (actors + targets > 0 || taken)
            }
            Family::Force => {
                use counterclaim_claims::Sector::{Mil, Reb};
                let rebels = |w: &Who| self.doc.pack.head_first && w.sector == Reb;
                let forces = told.actor.iter().any(|w| w.sector == Mil || rebels(w));
                if told.act == Act::Mobilise {
                    let phrase = !doc.pack.head_first && !told.noun && doc.units[told.at].tokens.len() > 1;
                    let sent = roles.object.as_ref().is_some_and(|o| self.is_force(o));
                    // "Denied sending troops": the phrase says what is sent, the speaker who sends it.
                    let speaks = scene.sources.iter().any(Who::known);
                    if phrase && self.sends(told.at) && (speaks || actors > 0) {
                        return true;
                    }
                    if self.sends(told.at) && !roles.passive && roles.object.is_some() && !sent {
                        return false;
                    }
                    // "Đưa nông dân trúng đạn đi": who is hurt is carried, not sent.
                    let hurt = |o: &Range<usize>| doc.has(o.end, HARM) || o.clone().any(|u| doc.has(u, HARM));
                    if doc.pack.head_first && roles.object.as_ref().is_some_and(hurt) {
                        return false;
                    }
                    let remains = |u: usize| doc.has(u, HARM);
                    let forces = forces
                        && !roles.subject.clone().is_some_and(|s| s.into_iter().any(remains))
                        && told.actor.iter().any(|w| w.sector == Mil && w.person.is_none());
                    let moved = doc.pack.head_first && self.sends(told.at);
                    // "Militants were moved to the border".
                    let fighters = !doc.pack.head_first && roles.subject.as_ref().is_some_and(|s| self.is_force(s));
                    if roles.passive && (forces || fighters) || (actors > 0 || moved) && sent {
                        return true;
                    }
                }
                // "Xe tăng Israel …, đóng tại đó": whose arms are where they are.
                let arms = |s: &Range<usize>| doc.pack.head_first && s.clone().any(|u| doc.has(u, MATERIEL));
                if told.act == Act::Mobilise && actors > 0 && roles.subject.as_ref().is_some_and(arms) {
                    return true;
                }
                let helped = targets > 0 || told.target.iter().any(|w| matches!(w.sector, Mil | Reb));
                actors > 0 && (forces || helped || near(MATERIEL)) || told.central && near(PERSON | ORG)
            }
            Family::Harm => {
                use counterclaim_claims::Sector::{Mil, Pol, Reb};
                let civilians = |w: &Who| w.known() || w.sector == Sector::Cvl || w.group.is_some();
                // "The assailants fled": who has attacked gets away.
                let away = |u: usize| !doc.pack.head_first && doc.is(u, Func::Attacker);
                if !told.noun && roles.subject.clone().is_some_and(|mut s| s.any(away)) {
                    return false;
                }
                let settled = |i: usize| {
                    crate::values::at(self.values.places, i).is_some()
                        || doc.is(i, Func::PlaceNoun)
                        || self.civil(Some(&(i..i + 1)))
                };
                let emptied = told.noun
                    && roles
                        .others
                        .iter()
                        .any(|(m, o)| doc.has(*m, POSS) && o.clone().any(settled));
                (emptied || told.target.iter().any(civilians))
                    && !told
                        .target
                        .iter()
                        .any(|w| matches!(w.sector, Mil | Pol | Reb) || w.group == Some(Group::Military))
            }
            Family::Battle if told.act == Act::ShootDown => !told.losses.is_empty(),
            Family::Battle if told.act == Act::DestroyEquipment => !told.losses.is_empty() || near(MATERIEL),
            Family::Strike | Family::Battle => {
                actors + targets > 0 || !told.losses.is_empty() || !told.weapon.is_empty() || told.central
            }
            // "Ba kho súng bị phát hiện"
            Family::Other if doc.pack.head_first && roles.passive => {
                let thing = |s: &Range<usize>| s.clone().any(|u| doc.has(u, MATERIEL));
                actors + targets > 0 || roles.subject.as_ref().is_some_and(thing)
            }
            _ => actors + targets > 0 || !told.losses.is_empty() || !told.weapon.is_empty(),
        }
    }
}
