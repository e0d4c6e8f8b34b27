//! Pass 7: harm to people, counted.
//!
//! Every word of harm in a clause is looked at, verbs and adjectives before nouns; the people it counts stand where its
//! frame says ([`counted`]), and a number without a noun takes the people told of before.

mod counted;
mod lists;

use crate::bits::*;
use crate::clauses::View;
use crate::emit::Values;
use counted::{Counted, Counter, is_none};
use counterclaim_claims::{Group, Harm, Toll};
use counterclaim_lexicon::{Frame, Func, HarmFrame, Inflection, Pos, Sense};
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
    for word in words.iter().filter(|w| w.frame != HarmFrame::Noun) {
        teller.predicate(word, &words);
    }
    for word in words.iter().filter(|w| w.frame == HarmFrame::Noun) {
        teller.noun(word);
    }
    let mut out = teller.out;
    out.sort_by_key(|t| t.at);
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
    if view.doc.cue(u).is_some() && !view.doc.has(u, HARM) {
        return None;
    }
    view.doc
        .senses(u)
        .find_map(|(s, _)| match s {
            Sense::Harm { harm, frame, .. } => Some((*harm, *frame)),
            _ => None,
        })
        .or_else(|| {
            view.doc.act(u).and_then(|act| {
                let harm = act.harm?;
                let frame = match (act.pos, act.frame) {
                    (Pos::Verb, Frame::Undergo | Frame::Intransitive) => HarmFrame::Intransitive,
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
        let passive = vg.is_some_and(|v| v.bits & PASSIVE != 0);
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
                    people.extend(
                        self.counter
                            .count(np.units.start.max(self.bounds.start)..np.units.end, any),
                    );
                }
            }
            _ => people = self.counter.left(start, any),
        }
        people.extend(self.parts(vg.map_or(word.end, |v| v.units.end.max(word.end)), &people));
        let negated = vg.is_some_and(|v| v.bits & NEG != 0);
        let may = vg.is_some_and(|v| v.units.clone().any(|u| doc.is(u, Func::ModalMay)));
        let unreal = vg.is_some_and(|v| v.bits & (MODAL | INFINITIVE) != 0) && !may || self.purpose(start);
        people.retain(|c| c.max == Some(0) || !negated && (!unreal && !word.act || c.numbered));
        if people.is_empty() && vg.is_some_and(|v| (v.units.start..u).any(|i| is_none(view, i))) {
            // "không có thương vong"
            people.push(self.figure(u..word.end, Some(0), Some(0)));
        }
        if word.harm == Harm::Displaced {
            people.retain(|c| c.group != Some(Group::Military) && c.numbered);
        }
        if !any {
            people.retain(|c| !c.definite(doc));
        }
        // "took 12 people hostage": the verb's harm is that of the word after its object.
        let mut word = *word;
        if matches!(word.harm, Harm::Captured | Harm::Detained)
            && let Some(last) = people.last()
            && let Some(more) = words
                .iter()
                .find(|w| w.at >= last.units.end && w.at <= last.units.end + 2 && w.harm == Harm::Captured)
        {
            word.harm = more.harm;
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

    /// "killed 12 people", with a form that could be the passive's: what follows it is its object.
    fn bare_participle(&self, u: usize, any: bool) -> bool {
        let Some(vg) = self.view.phrases.vg_at(u) else {
            return false;
        };
        vg.bits & PARTICIPLE != 0
            && !self.counter.right(vg.units.end, any).is_empty()
            && (self.counter.left(vg.units.start, any).is_empty() || self.view.doc.has(vg.units.start - 1, REL | COMP))
    }

    /// "nine people died, among them two children": the parts told after the verb.
    fn parts(&self, end: usize, total: &[Counted]) -> Vec<Counted> {
        let doc = self.view.doc;
        let mut at = end;
        while at < self.bounds.end && at < end + 2 && doc.has(at, COMMA) {
            at += 1;
        }
        match total {
            [total] if at < self.bounds.end && doc.is(at, Func::Including) => self.counter.parts(at + 1, total),
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
        start > self.bounds.start
            && (doc.has(start - 1, INF)
                || doc.is(start - 1, Func::ToGoal) && doc.pack.head_first
                || (self.bounds.start.max(start.saturating_sub(3))..start).any(|u| doc.is(u, Func::Unreal)))
    }

    /// "12 deaths", "heavy casualties", "the deaths of 12 people", "số người chết là 12", "was among the dead".
    fn noun(&mut self, word: &Word) {
        let (view, doc) = (self.view, self.view.doc);
        let u = word.at;
        if self.out.iter().any(|t| t.victims.contains(&u)) {
            return;
        }
        let np = view.phrases.np_at(u).map_or(u..u + 1, |n| {
            n.units.start.max(self.bounds.start)..n.units.end.min(self.bounds.end).max(u + 1)
        });
        if self
            .out
            .iter()
            .any(|t| t.victims.start < np.end && np.start < t.victims.end)
        {
            return;
        }
        let mut people = Vec::new();
        if let Some(one) = self
            .counter
            .count(np.clone(), true)
            .filter(|c| c.numbered && c.max != Some(0))
        {
            people.push(one);
        } else if (np.start..u + 1).any(|i| doc.has(i, NEG) || is_none(view, i))
            || np.start > self.bounds.start
                && (doc.has(np.start - 1, NEG)
                    || is_none(view, np.start - 1)
                    || view.phrases.vg_at(np.start - 1).is_some_and(|v| v.bits & NEG != 0))
        {
            if matches!(word.harm, Harm::Casualties | Harm::Killed | Harm::Wounded) {
                people.push(self.figure(np.clone(), Some(0), Some(0)));
            }
        } else if self.among(np.start) {
            people = self.counter.left(np.start - 1, false);
            let group = self.counter.count(np.clone(), true).and_then(|c| c.group);
            for one in people
                .iter_mut()
                .filter(|c| c.group.is_none_or(|g| g == Group::Unknown))
            {
                one.group = group.or(one.group);
            }
        } else if matches!(
            word.harm,
            Harm::Captured | Harm::Detained | Harm::Killed | Harm::Wounded
        ) && np.end < self.bounds.end
            && doc.is(np.end, Func::Including)
        {
            // "the prisoners included Colonel X"
            people = self.counter.right(np.end + 1, false);
        } else if let Some(number) = self.counter.reached(np.end) {
            // A toll that reaches a figure is that figure, however it is led up to.
            let min = number.min.filter(|m| *m > 0).or(number.max);
            people.push(self.figure(np.start..number.units.end, min, number.max));
        } else if np.end < self.bounds.end && doc.has(np.end, POSS | ADP) {
            people = self.counter.right(np.end + 1, false);
            people.retain(|c| c.numbered || c.min == Some(2) || doc.has(np.end, POSS));
        }
        if people.is_empty() && self.told_bare(word, &np) {
            people.push(self.figure(np.clone(), Some(2), None));
        }
        for one in people
            .iter_mut()
            .filter(|c| c.group.is_none_or(|g| g == Group::Unknown))
        {
            one.group = self.sufferer(&np).or(one.group);
        }
        if self.purpose(np.start) {
            people.clear();
        }
        self.push(word, people, None);
    }

    /// "was among the dead".
    fn among(&self, at: usize) -> bool {
        at > self.bounds.start && self.view.doc.is(at - 1, Func::Among)
    }

    /// "heavy casualties" with nobody named: told where the word itself is a count of people.
    fn told_bare(&self, word: &Word, np: &Range<usize>) -> bool {
        let doc = self.view.doc;
        let plural = doc.pack.head_first
            || doc
                .senses(word.at)
                .any(|(s, i)| matches!(s, Sense::Harm { .. }) && i == Inflection::Plural);
        let purpose = (np.start.saturating_sub(3).max(self.bounds.start)..np.start).any(|u| {
            self.view
                .phrases
                .vg_at(u)
                .is_some_and(|v| v.bits & (MODAL | INFINITIVE | NEG) != 0 || self.purpose(v.units.start))
        });
        (word.harm == Harm::Casualties || word.second.is_some())
            && plural
            && !purpose
            && !np.clone().any(|u| doc.has(u, DET_THIS))
    }

    /// Whose "losses" they are: the subject of "suffered", the object of "inflicted … on", those "among" whom they were.
    fn sufferer(&self, np: &Range<usize>) -> Option<Group> {
        let (view, doc) = (self.view, self.view.doc);
        let after = |at: usize| {
            (at < self.bounds.end && doc.has(at, ADP))
                .then(|| self.counter.right(at + 1, false).first().and_then(|c| c.group))
                .flatten()
        };
        if let Some(vg) = view.vg_from(np.end).filter(|v| v.bits & PASSIVE != 0) {
            return after(vg.units.end);
        }
        after(np.end).or_else(|| {
            let governor = view.phrases.vgs.iter().rev().find(|v| {
                v.units.end <= np.start && v.units.start >= self.bounds.start && v.units.end + 2 >= np.start
            })?;
            let subject = view.subject(governor, &self.bounds, 0)?;
            self.counter
                .count(subject, false)?
                .group
                .filter(|g| *g == Group::Military)
        })
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
        for person in people {
            let previous = self.out.last().map(|t| t.toll.who).or(self.before);
            let follows = match person.group {
                None => person.max != Some(0),
                Some(Group::Unknown) => person.other,
                Some(_) => false,
            };
            let group = match person.group {
                None if person.max == Some(0) => None,
                None => previous,
                Some(Group::Unknown) if person.other => previous,
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
                let again = self.out.iter().any(|t| {
                    t.victims == person.units && (t.toll.harm == toll.harm || similar(t.toll.harm, toll.harm))
                });
                if !again {
                    self.out.push(Told {
                        toll,
                        at: word.at,
                        doer: doer.clone(),
                        victims: person.units.clone(),
                        follows,
                    });
                }
            }
        }
    }
}

/// Two words for one fate: the seized are held, the shot are hit.
fn similar(a: Harm, b: Harm) -> bool {
    let held = |h: Harm| matches!(h, Harm::Captured | Harm::Detained);
    held(a) && held(b)
}
