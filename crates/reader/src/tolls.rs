//! Pass 7: harm to people, counted.
//!
//! Every word of harm in a clause is looked at, verbs and adjectives before nouns; the people it counts stand where its
//! frame says ([`counted`]), and a number without a noun takes the people told of before.

mod counted;
mod lists;
mod nouns;

use crate::bits::*;
use crate::clauses::View;
use crate::emit::Values;
use counted::{Counted, Counter, is_none};
use counterclaim_claims::{Act, Group, Harm, Toll};
use counterclaim_lexicon::{Frame, Func, HarmFrame, Inflection, Kind, Pos, PosClass, Sense, TimeClass};
use std::ops::Range;

/// A toll with the words it stands in.
#[derive(Debug, Clone)]
pub(crate) struct Told {
    pub(crate) toll: Toll,
    /// The harm's word.
    pub(crate) at: usize,
    /// Who did it, where the clause tells.
    pub(crate) doer: Option<Range<usize>>,
    /// The sufferers' phrase.
    pub(crate) victims: Range<usize>,
    /// Some of a total.
    pub(crate) part: bool,
    /// Others of those told of beside them: "two other children".
    pub(crate) other: bool,
    /// Counted without saying whose: of those told of before ("58 wounded", "another 12").
    pub(crate) follows: bool,
}

/// One word of harm.
#[derive(Debug, Clone, Copy)]
struct Word {
    at: usize,
    /// Told by the word of an act: it harms people only where they are counted.
    act: bool,
    /// The unit after it and what is joined to it.
    end: usize,
    harm: Harm,
    frame: HarmFrame,
    /// "killed or wounded": the second harm.
    second: Option<Harm>,
}

/// All tolls told in a clause. `before` are the people of the last toll told, for numbers without a noun.
pub(crate) fn tolls(
    view: &View<'_, '_>,
    values: &Values<'_>,
    bounds: &Range<usize>,
    before: Option<Group>,
) -> Vec<Told> {
    let mut teller = Teller {
        view,
        counter: Counter {
            view,
            values,
            bounds: bounds.clone(),
        },
        bounds: bounds.clone(),
        before,
        out: Vec::new(),
    };
    let words = words(view, bounds);
    let of = |frame: fn(HarmFrame) -> bool| words.iter().filter(move |w| frame(w.frame));
    for word in of(|f| !matches!(f, HarmFrame::Noun | HarmFrame::Lose)) {
        teller.predicate(word, &words);
    }
    for word in of(|f| f == HarmFrame::Noun) {
        teller.noun(word, &words);
    }
    for word in of(|f| f == HarmFrame::Lose) {
        teller.lost(word);
    }
    let mut out = teller.out;
    out.sort_by_key(|t| t.at);
    // "besides 14 dead, two other children were hurt": those were such, too.
    for i in 1..out.len() {
        let kind = out[i].toll.who;
        if out[i].other && kind != Group::Unknown && out[i - 1].toll.who == Group::Unknown {
            out[i - 1].toll.who = kind;
        }
    }
    out
}

/// The words of harm of a clause, joined ones as one.
fn words(view: &View<'_, '_>, bounds: &Range<usize>) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    let mut from = bounds.start;
    for u in bounds.clone() {
        if u < from {
            continue;
        }
        let Some((harm, frame)) = harm_at(view, u) else {
            continue;
        };
        let mut word = Word {
            at: u,
            act: !view.doc.senses(u).any(|(s, _)| matches!(s, Sense::Harm { .. })),
            end: u + 1,
            harm,
            frame,
            second: None,
        };
        // "killed or wounded", "killed, wounded or captured", "chết và bị thương": one figure.
        while let Some((second, _, at)) = joined(view, word.end, bounds) {
            if second != word.harm {
                word.second = Some(word.second.unwrap_or(second));
            }
            word.end = at + 1;
        }
        from = word.end;
        out.push(word);
    }
    out
}

fn harm_at(view: &View<'_, '_>, u: usize) -> Option<(Harm, HarmFrame)> {
    if view.doc.kinds(u) & (Kind::HARM.bit() | Kind::ACT.bit()) == 0 {
        return None;
    }
    if view.doc.cue(u).is_some() && !view.doc.has(u, HARM) {
        return None;
    }
    let mut own = view.doc.of_kind(u, Kind::HARM).filter_map(|s| match s {
        Sense::Harm { harm, frame, .. } => Some((*harm, *frame)),
        _ => None,
    });
    let first = own.next();
    // "60 binh sĩ thương vong", "gây thương vong": said of somebody where somebody stands before it, else a thing.
    let somebody = u > view.sent.units.start && view.doc.has(u - 1, PERSON | NUM);
    let fits = |frame: HarmFrame| !view.doc.pack.head_first || (frame == HarmFrame::Noun) != somebody;
    if let Some((Harm::Casualties, HarmFrame::Adjective)) = first
        && !fits(HarmFrame::Adjective)
    {
        return Some((Harm::Casualties, HarmFrame::Noun));
    }
    first
        .filter(|(_, frame)| fits(*frame) || !matches!(frame, HarmFrame::Noun | HarmFrame::Adjective))
        .or_else(|| own.find(|(_, frame)| fits(*frame)))
        .or(first)
        .or_else(|| {
            view.doc.act(u).and_then(|act| {
                // Civilians who leave a place flee it, whatever else the word says of forces.
                let flees = || {
                    view.doc.senses(u).find_map(|(s, _)| match s {
                        Sense::Act(a) => a.harm.filter(|h| *h == Harm::Displaced),
                        _ => None,
                    })
                };
                let harm = act.harm.or_else(flees)?;
                let frame = match (act.pos, act.frame) {
                    (Pos::Verb, Frame::Undergo | Frame::Intransitive | Frame::Leave) => HarmFrame::Intransitive,
                    (Pos::Verb, _) => HarmFrame::Transitive,
                    _ => HarmFrame::Noun,
                };
                Some((harm, frame))
            })
        })
}

/// A second harm word joined to what ends at `from`, with nothing counted between.
fn joined(view: &View<'_, '_>, from: usize, bounds: &Range<usize>) -> Option<(Harm, HarmFrame, usize)> {
    let mut at = from;
    let mut joined = false;
    while at < bounds.end && at <= from + 4 {
        if view.doc.has(at, CC | COMMA) || view.doc.words(&(at..at + 1)) == "/" {
            joined = true;
        } else if let Some((harm, frame)) = harm_at(view, at) {
            return joined.then_some((harm, frame, at));
        } else if !view.doc.has(at, AUX | PASSIVE_WORD | MODAL | ADV) || view.doc.has(at, NUMBER | NUM) {
            return None;
        }
        at += 1;
    }
    None
}

struct Teller<'v, 'a, 't, 'n> {
    view: &'v View<'a, 't>,
    counter: Counter<'v, 'a, 't, 'n>,
    bounds: Range<usize>,
    before: Option<Group>,
    out: Vec<Told>,
}

impl Teller<'_, '_, '_, '_> {
    /// Verbs and adjectives.
    fn predicate(&mut self, word: &Word, words: &[Word]) {
        let (view, doc) = (self.view, self.view.doc);
        let u = word.at;
        let vg = view.phrases.vg_at(u);
        // "killed or wounded 15,000": with an object after the last of them none is passive.
        let last = view.phrases.vg_at(word.end - 1).filter(|v| v.bits & HARM != 0);
        // "bị bắn tỉa hạ sát": the verb before says that its subject suffers.
        let suffered = doc.pack.head_first
            && view.phrases.vgs.iter().any(|v| {
                Some(v.units.end) == vg.map(|v| v.units.start)
                    && doc.act(v.head).is_some_and(|a| a.frame == Frame::Undergo)
            });
        let passive =
            suffered || vg.is_some_and(|v| v.bits & PASSIVE != 0) && last.is_none_or(|v| v.bits & PASSIVE != 0);
        // Only people are taken, held, driven out; whatever a number stands before may be dead.
        let any = matches!(word.harm, Harm::Killed | Harm::Wounded | Harm::Casualties);
        let start = vg.map_or(u, |v| v.units.start);
        let (mut people, mut doer) = (Vec::new(), None);
        match word.frame {
            HarmFrame::Transitive if vg.is_some() && (!passive || self.bare_participle(u, any)) => {
                // "bị một tay súng sát hại": the doer stands between the mark of the passive and the verb.
                match view.passive_mark(start, &self.bounds) {
                    Some(mark) => {
                        people = self.counter.left(mark, any);
                        doer = Some(mark + 1..start);
                    }
                    None => {
                        people = self
                            .counter
                            .right(vg.map_or(word.end, |v| v.units.end.max(word.end)), any);
                        doer = view.roles(u, &self.bounds).subject;
                    }
                }
                // "With at least 27 people killed in May": what nothing follows that could be killed is told of whom it follows.
                if people.is_empty() && !doc.pack.head_first && self.follows_nothing(vg, word) {
                    people = self.counter.left(start, any);
                    people.retain(|c| c.numbered);
                    doer = None;
                }
            }
            HarmFrame::Transitive | HarmFrame::Intransitive if vg.is_some() => {
                people = self.counter.left(start, any);
                if people.is_empty() && doc.pack.head_first {
                    people = self.counter.right(word.end, any);
                    people.retain(|c| c.numbered);
                }
                doer = view.roles(u, &self.bounds).agent;
            }
            // "dead rebels", "wounded soldiers"
            _ if !doc.pack.head_first && view.phrases.np_at(u).is_some_and(|n| u + 1 < n.units.end) => {
                if let Some(np) = view.phrases.np_at(u) {
                    let start = np.units.start.max(self.bounds.start);
                    let all = self.counter.count(start..np.units.end, any);
                    people = match all {
                        // "three foreigners among the dead militants"
                        Some(all) if self.among(start) => {
                            let mut some = self.counter.left(start - 1, any);
                            some.iter_mut().for_each(|c| c.group = all.group);
                            some
                        }
                        all => all.into_iter().collect(),
                    };
                }
            }
            _ => people = self.counter.left(start, any),
        }
        // "he was killed", "khi bà này qua đời"
        if people.is_empty()
            && any
            && let Some(np) = view.np_ending(start, &self.bounds)
            && np.len() == 1
            && doc.is(np.start, Func::PronSg)
            && (word.frame != HarmFrame::Transitive || passive)
        {
            let mut one = Counted::of(np);
            (one.min, one.max) = (Some(1), Some(1));
            one.group = Some(Group::Unknown);
            people.push(one);
        }
        // "Two were killed and a third was hurt": one more of those counted before.
        let transitive = word.frame == HarmFrame::Transitive && !passive;
        if people.is_empty() && vg.is_some() && !transitive && self.ordinal_before(start) {
            let mut one = Counted::of(start - 1..start);
            (one.min, one.max, one.numbered) = (Some(1), Some(1), true);
            people.push(one);
        }
        // "put the number of dead at 27"
        if people.is_empty()
            && word.frame == HarmFrame::Adjective
            && start > self.bounds.start + 1
            && self.counter.of(start - 1)
            && doc.is(start - 2, Func::Tally)
            && let Some(number) = self.counter.reached(word.end)
        {
            people.push(self.figure(u..number.units.end, number.min, number.max));
        }
        let end = vg.map_or(word.end, |v| v.units.end.max(word.end));
        // "Killed 23 people, most of them children": what most are stands behind those counted.
        let counted = people.last().map_or(end, |c| c.units.end.max(end));
        let mostly = (counted..self.bounds.end.min(counted + 2)).any(|u| doc.is(u, Func::Mostly));
        let more = self.parts(if mostly && !doc.pack.head_first { counted } else { end }, &mut people);
        people.extend(more);
        let negated = vg.is_some_and(|v| v.bits & NEG != 0);
        let may = vg.is_some_and(|v| v.units.clone().any(|u| doc.is(u, Func::ModalMay)));
        let unreal = vg.is_some_and(|v| v.bits & (MODAL | INFINITIVE) != 0) && !may || self.purpose(start);
        people.retain(|c| c.max == Some(0) || !negated && (!unreal && !word.act || c.numbered));
        let floor = start.saturating_sub(2).max(self.bounds.start);
        let none = |i: usize| is_none(view, i) || doc.has(i, NEG);
        if people.is_empty() && any && (vg.is_some() || start == u) && (floor..u).any(none) {
            // "không có thương vong"
            people.push(self.figure(u..word.end, Some(0), Some(0)));
        }
        if word.harm == Harm::Displaced {
            people.retain(|c| c.group != Some(Group::Military) && c.numbered);
        }
        if !any {
            people.retain(|c| !c.definite(doc));
        }
        let mut word = *word;
        if let Some(last) = people.last() {
            word.harm = held_as(&word, last.units.end.max(word.end), words);
        }
        if people.iter().any(|c| c.tally)
            && let Some(number) = self.counter.reached(word.end)
        {
            for one in people.iter_mut().filter(|c| c.tally) {
                (one.min, one.max, one.numbered) = (number.min, number.max, true);
            }
        }
        self.push(&word, people, doer);
    }

    /// "A third", "a fifth" right before a verb.
    fn ordinal_before(&self, start: usize) -> bool {
        let doc = self.view.doc;
        let ordinal = |u: usize| {
            doc.senses(u)
                .any(|(s, _)| matches!(s, Sense::Time(t) if t.class == TimeClass::Ordinal))
        };
        !doc.pack.head_first
            && start > self.bounds.start + 1
            && ordinal(start - 1)
            && doc.units[start - 2].class == PosClass::Det
    }

    /// "killed 12 people", with a form that could be the passive's: what follows it is its object.
    fn bare_participle(&self, u: usize, any: bool) -> bool {
        let Some(vg) = self.view.phrases.vg_at(u) else {
            return false;
        };
        vg.bits & PARTICIPLE != 0
            && !self.counter.right(vg.units.end, any).is_empty()
            && (self.counter.left(vg.units.start, any).is_empty() || self.view.doc.has(vg.units.start - 1, REL | COMP))
    }

    /// Whether a phrase names a war as a whole.
    fn is_war(&self, units: &Range<usize>) -> bool {
        let np = self.view.phrases.np_at(units.start);
        np.and_then(|np| self.view.doc.act(np.head))
            .is_some_and(|a| a.act == Act::Clash && a.pos == Pos::Noun)
    }

    /// Whether a past tense has neither an auxiliary nor an object.
    fn follows_nothing(&self, vg: Option<&crate::phrases::Phrase>, word: &Word) -> bool {
        let end = word.end.max(vg.map_or(0, |v| v.units.end));
        let past = |(_, form): (&Sense, _)| matches!(form, Inflection::Past | Inflection::PastOrParticiple);
        vg.is_some_and(|v| v.units.len() == 1) && self.view.doc.senses(word.at).any(past) && {
            let times = &self.view.phrases.times;
            let np = self.view.phrases.nps.iter().any(|n| n.units.start == end);
            !np || times.iter().any(|t| t.units.start == end)
        }
    }

    /// "nine people died, among them two children": the parts told after the verb. What most of them are, all are told as.
    fn parts(&self, end: usize, total: &mut [Counted]) -> Vec<Counted> {
        let doc = self.view.doc;
        let mut at = end;
        while at < self.bounds.end && at < end + 2 && doc.has(at, COMMA) {
            at += 1;
        }
        // "22 people fled the town after the battle, including a family"
        let told_here = at >= self.bounds.end || doc.is(at, Func::Mostly) || self.counter.some_of(at).is_some();
        let finite = |u: usize| self.view.phrases.vg_at(u).is_some_and(|v| v.bits & FINITE != 0);
        let far = (at..self.bounds.end.min(at + 12))
            .take_while(|&u| !told_here && !finite(u) && !doc.has(u, CC | HARM))
            .find(|&u| doc.is(u, Func::Including));
        at = far.unwrap_or(at);
        match total {
            [total] if at < self.bounds.end && doc.is(at, Func::Mostly) => {
                if total.group.is_none_or(|g| g == Group::Unknown)
                    && let Some(most) = self.counter.mostly(at)
                {
                    total.group = Some(most);
                }
                Vec::new()
            }
            [total] if at < self.bounds.end && (doc.is(at, Func::Including) || self.counter.some_of(at).is_some()) => {
                let from = at + usize::from(doc.is(at, Func::Including));
                total.group = total.group.or(Some(Group::Unknown));
                self.counter.parts(from, total)
            }
            // "were wounded along with three bystanders"
            [_, ..] if at == end && at < self.bounds.end && doc.is(at, Func::Along) => {
                let mut more = self.counter.right(at + 1, false);
                more.retain(|c| c.numbered);
                more
            }
            _ => Vec::new(),
        }
    }

    /// "to kill", "để bắt cóc": what is meant and not told as done.
    fn purpose(&self, start: usize) -> bool {
        let doc = self.view.doc;
        // "để phục kích và bắt cóc": meant alike with the verb before.
        let with = |u: usize| {
            let before = self.view.phrases.vgs.iter().rev().find(|v| v.units.end == u)?;
            (before.units.start >= self.bounds.start && doc.has(u, CC | COMMA)).then_some(before)
        };
        let meant = |v: &crate::phrases::Phrase| v.bits & INFINITIVE != 0 || self.purpose(v.units.start);
        start > self.bounds.start
            && (doc.has(start - 1, INF)
                || doc.is(start - 1, Func::ToGoal) && doc.pack.head_first
                || (self.bounds.start.max(start.saturating_sub(3))..start).any(|u| doc.is(u, Func::Unreal))
                || doc.pack.head_first && with(start - 1).is_some_and(meant))
    }

    /// "lost 14 men", "mất 14 binh sĩ": people whom the subject had.
    fn lost(&mut self, word: &Word) {
        let vg = self.view.phrases.vg_at(word.at).filter(|v| v.bits & PASSIVE == 0);
        let Some(vg) = vg else { return };
        if vg.bits & (NEG | MODAL | INFINITIVE) != 0 {
            return;
        }
        let mut people = self.counter.right(vg.units.end, false);
        // "lost 600 sailors killed or missing and another 75 captured": all are its own.
        for t in self.out.iter_mut().filter(|t| t.toll.who == Group::Unknown) {
            if t.follows || people.iter().any(|c| overlap(&t.victims, &c.units)) {
                t.toll.who = Group::Military;
            }
        }
        let told = |c: &Counted| self.out.iter().any(|t| overlap(&t.victims, &c.units));
        // "The general staff said Rwanda had lost 12 men": those of whoever lost them.
        let subject = self.view.roles(word.at, &self.bounds).subject;
        let whose = subject
            .filter(|_| !self.view.doc.pack.head_first)
            .and_then(|s| self.counter.whose(s));
        for one in people.iter_mut().filter(|c| c.party.is_none()) {
            one.party.clone_from(&whose);
        }
        people.retain(|c| c.numbered && !told(c));
        for one in people.iter_mut().filter(|c| c.group == Some(Group::Unknown)) {
            one.group = Some(Group::Military);
        }
        self.push(word, people, None);
    }

    fn figure(&self, units: Range<usize>, min: Option<u64>, max: Option<u64>) -> Counted {
        let mut one = self
            .counter
            .count(units.clone(), true)
            .unwrap_or_else(|| Counted::of(units));
        (one.min, one.max, one.numbered) = (min, max, true);
        one
    }

    fn push(&mut self, word: &Word, people: Vec<Counted>, doer: Option<Range<usize>>) {
        let doc = self.view.doc;
        for person in people {
            let here = self.out.iter().rev().find(|t| !t.part).map(|t| t.toll.who);
            let verbal = !matches!(word.frame, HarmFrame::Noun | HarmFrame::Adjective);
            let vague = (person.min, person.max) == (Some(2), None);
            let previous = here.or(self.before.filter(|_| verbal || vague || person.other));
            // "two guards are missing, four others died and six people were hurt"
            let chained = self.out.last().is_some_and(|t| t.follows);
            // "The war has killed thousands", "200,000 have fled": nobody who was counted before.
            let at_large = !doc.pack.head_first
                && person.group.is_none()
                && !person.other
                && (word.harm == Harm::Displaced
                    || person.min.is_some_and(|n| n >= 1000)
                    || doer.as_ref().is_some_and(|d| self.is_war(d)));
            let follows = match person.group {
                None => person.max != Some(0) && !at_large,
                Some(Group::Unknown) => person.other,
                Some(_) => false,
            };
            let group = match person.group {
                None if person.max == Some(0) || at_large => None,
                None => previous,
                Some(Group::Unknown) if person.other || chained && !person.named => previous,
                group => group,
            };
            // One figure of dead and wounded; without a number both are told.
            let harms: &[Harm] = match word.second {
                Some(_) if person.numbered || word.frame == HarmFrame::Noun => &[Harm::Casualties],
                Some(second) => &[word.harm, second],
                None => &[word.harm],
            };
            for harm in harms {
                let toll = Toll {
                    harm: *harm,
                    who: group.unwrap_or_default(),
                    party: person.party.clone(),
                    min: person.min,
                    max: person.max,
                    approx: person.approx,
                };
                // "16 were hurt, three of them badly": some of those counted, told for how they fare.
                let after = person.units.end;
                let some = doc.is(person.units.start.saturating_sub(1), Func::Including)
                    || after < self.bounds.end && doc.is(after, Func::Including);
                let alike = |t: &Told| {
                    let same = (t.toll.harm, t.toll.who, &t.toll.party) == (toll.harm, toll.who, &toll.party);
                    same && t.toll.max >= toll.max
                };
                if some && self.out.iter().any(alike) {
                    continue;
                }
                let again = self.out.iter().any(|t| {
                    t.victims == person.units && (t.toll.harm == toll.harm || similar(t.toll.harm, toll.harm))
                });
                if !again {
                    self.out.push(Told {
                        toll,
                        at: word.at,
                        doer: doer.clone(),
                        victims: person.units.clone(),
                        part: person.part,
                        other: person.other,
                        follows,
                    });
                }
            }
        }
    }
}

/// "took 12 people hostage", "bị bắt làm tù binh": who is taken is held as the word after says.
fn held_as(word: &Word, end: usize, words: &[Word]) -> Harm {
    let more = words
        .iter()
        .find(|w| w.at >= word.end && w.at <= end + 2 && w.harm == Harm::Captured);
    match word.harm {
        Harm::Captured | Harm::Detained => more.map_or(word.harm, |w| w.harm),
        harm => harm,
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Two words for one fate: the seized are held, the shot are hit.
fn similar(a: Harm, b: Harm) -> bool {
    let held = |h: Harm| matches!(h, Harm::Captured | Harm::Detained);
    held(a) && held(b)
}
