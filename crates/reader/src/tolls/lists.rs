//! Lists of counted people to the left and right of a word.

use super::counted::{Counted, Counter};
use crate::bits::*;
use crate::values;
use counterclaim_claims::Group;
use counterclaim_lexicon::Func;
use std::ops::Range;

/// How far a list may reach from its word, in steps.
const REACH: usize = 40;

impl Counter<'_, '_, '_, '_> {
    /// Counted people to the left of `end`, the nearest verb's subject: back over what only says when and where, through
    /// relative clauses, parts ("among them two children") and coordinations.
    pub(crate) fn left(&self, end: usize, any: bool) -> Vec<Counted> {
        let doc = self.view.doc;
        let mut out: Vec<Counted> = Vec::new();
        let (mut at, mut linked, mut listed, mut total_due) = (end, false, false, false);
        let (mut body, mut most) = (None::<Counted>, None::<Group>);
        for _ in 0..REACH {
            if at <= self.bounds.start {
                break;
            }
            let before = at - 1;
            if doc.is(before, Func::Including) && (!out.is_empty() || at < end) {
                for one in &mut out {
                    one.part = true;
                }
                (at, total_due) = (before, true);
                continue;
            }
            let whose = doc.is(before, Func::PronPossSg) || doc.is(before, Func::PronPossPl);
            if whose && !out.is_empty() && doc.has(before, PRONOUN) {
                at = before;
                continue;
            }
            // "30 people, most of them women and children"
            if let Some(opens) = self.mostly_before(at) {
                (most, at, total_due) = (self.mostly(opens), opens, true);
                out.clear();
                continue;
            }
            if let Some(units) = self.whole_ending(at) {
                let placed = units.start > self.bounds.start
                    && doc.has(units.start - 1, ADP | AGENT)
                    && !doc.has(units.start - 1, SUB)
                    && !self.of(units.start - 1)
                    && !doc.is(units.start - 1, Func::Including)
                    && !doc.is(units.start - 1, Func::Along);
                // "put the toll at 5 guards, 3 clerks and 2 visitors killed": a list may begin after a preposition.
                let found = self
                    .count(units.clone(), any)
                    .filter(|one| !placed || linked && one.numbered && out.iter().any(|o| o.numbered));
                if found.is_some()
                    && out.is_empty()
                    && at < end
                    && let Some(rel) = self.inside_relative(&units)
                {
                    at = rel;
                    continue;
                }
                if !out.is_empty() && units.clone().any(|u| doc.has(u, HARM)) {
                    break;
                }
                // "11 soldiers of the brigade of the army": a body's name alone is held back for people before it.
                if let Some(one) = &found
                    && out.is_empty()
                    && doc.pack.head_first
                    && !one.numbered
                    && !one.named
                    && !self.is_people(&units)
                {
                    body = body.or(found);
                    at = units.start;
                    continue;
                }
                match found {
                    Some(mut one) if out.is_empty() || linked || total_due => {
                        // "the commander, General X, was killed": one person told twice.
                        let again = !total_due && linked && !listed && !out.is_empty();
                        if again && one.one() && out.first().is_some_and(|o| o.one() || one.named && !o.numbered) {
                            let known = &mut out[0];
                            (known.min, known.max) = (Some(1), Some(1));
                            if known.group.is_none_or(|g| g == Group::Unknown) {
                                known.group = one.group;
                            }
                            known.units.start = one.units.start;
                        } else if again && !one.numbered && !one.named {
                            break;
                        } else if listed && one.numbered && self.shares(&one, &out[0]) {
                            // "350 soldiers and civilians": one number for both.
                            let second = out.remove(0);
                            if one.headless {
                                one.group = second.group;
                            } else if second.group != one.group {
                                one.group = Some(Group::Mixed);
                            }
                            one.units.end = second.units.end;
                            out.insert(0, one);
                        } else {
                            one.part = false;
                            if total_due && one.group.is_none_or(|g| g == Group::Unknown) {
                                one.group = most.take().or(one.group);
                            }
                            out.insert(0, one);
                        }
                        // "12 dead and 30 wounded": a number without a noun is in no list.
                        if out.len() == 1 && out[0].group.is_none() {
                            break;
                        }
                        (at, linked, total_due) = (units.start, false, false);
                        continue;
                    }
                    _ if out.is_empty() || total_due => {
                        at = units.start;
                        continue;
                    }
                    _ => break,
                }
            }
            if let Some(time) = self.view.phrases.times.iter().find(|t| t.units.end == at) {
                at = time.units.start.max(self.bounds.start);
                continue;
            }
            if doc.has(before, CC) || doc.is(before, Func::Along) {
                (linked, listed, at) = (true, !out.is_empty(), before);
                continue;
            }
            if doc.has(before, COMMA) {
                (linked, at) = (true, before);
                continue;
            }
            if !out.is_empty() && !total_due {
                break;
            }
            if let Some(vg) = self.view.phrases.vg_at(before) {
                // "bị bắn tỉa hạ sát": two verbs of one passive.
                if doc.pack.head_first && at == end && vg.units.end == end && vg.bits & (ACT | HARM) != 0 {
                    at = vg.units.start.max(self.bounds.start);
                    continue;
                }
                // "70.000 người chạy qua biên giới lánh nạn": one subject of verbs in a row.
                let serial = doc.pack.head_first && vg.bits & (ACT | CUE_V | LOSS) == 0;
                if vg.bits & FINITE != 0
                    && !serial
                    && !self.view.doc.is(vg.head, Func::Cause)
                    && vg.bits & (COPULA | HARM) == 0
                {
                    // A relative clause between the people and their verb.
                    let floor = self.bounds.start.max(vg.units.start.saturating_sub(12));
                    let Some(rel) = (floor..vg.units.start).rev().find(|&u| doc.has(u, REL)) else {
                        break;
                    };
                    at = rel;
                    continue;
                }
                if vg.bits & FINITE != 0 && doc.is(vg.head, Func::Cause) && at < end {
                    break;
                }
                at = vg.units.start.max(self.bounds.start);
                continue;
            }
            if doc.has(before, SUB) && !doc.has(before, ADP) && at < end {
                break;
            }
            at = before;
        }
        if out.is_empty() {
            out.extend(body);
        }
        settle(out, &self.bounds)
    }

    /// Counted people to the right of `start`: a verb's object and the list that goes on from it.
    pub(crate) fn right(&self, start: usize, any: bool) -> Vec<Counted> {
        let doc = self.view.doc;
        let mut out: Vec<Counted> = Vec::new();
        let mut at = start;
        while at < self.bounds.end
            && self.starting(at).is_none()
            && at < start + 3
            && (doc.has(at, ADV | POSS | DET) || doc.is(at, Func::Plural) || doc.has(at, OPEN))
        {
            at += 1;
        }
        let (mut linked, mut part) = (true, false);
        for _ in 0..REACH {
            if at >= self.bounds.end {
                break;
            }
            if doc.is(at, Func::Including) && !out.is_empty() {
                (part, linked, at) = (true, true, at + 1);
                continue;
            }
            // "a child in Gaza along with two gunmen": where one of them was ends no list.
            if !out.is_empty()
                && doc.has(at, ADP)
                && let Some(np) = self
                    .starting(at + 1)
                    .filter(|np| np.bits & (PLACE | PARTY | PROPN) != 0)
                && np.units.end < self.bounds.end
                && (doc.has(np.units.end, CC) || doc.is(np.units.end, Func::Along))
                && let Some(next) = self.whole_starting(np.units.end + 1)
                && !(next.start..self.bounds.end.min(next.end + 2)).any(|u| self.view.vg_from(u).is_some())
            {
                at = np.units.end;
                continue;
            }
            if doc.has(at, CC | COMMA) || doc.is(at, Func::Along) {
                if doc.has(at, CC) || doc.is(at, Func::Along) || self.list_goes_on(at) {
                    linked = true;
                }
                at += 1;
                continue;
            }
            // "a woman and her two children"
            let whose = doc.is(at, Func::PronPossSg) || doc.is(at, Func::PronPossPl);
            if whose && linked && at + 1 < self.bounds.end && self.starting(at + 1).is_some() {
                at += 1;
                continue;
            }
            // "killed himself and seven others"
            if out.is_empty() && doc.has(at, PRONOUN) && at + 1 < self.bounds.end && doc.has(at + 1, CC) {
                at += 2;
                continue;
            }
            if let Some(some) = self.some_of(at).filter(|_| linked) {
                (at, linked) = (some.units.end, false);
                out.push(some);
                continue;
            }
            let Some(units) = self.whole_starting(at).filter(|_| linked) else {
                break;
            };
            // "… and the commander said": the next clause's subject.
            if !out.is_empty() && self.view.vg_from(units.end).is_some_and(|v| v.bits & FINITE != 0) {
                break;
            }
            let Some(mut one) = self.count(units.clone(), any) else {
                // "the regional commander, Colonel X"
                let named = units.end + 1 < self.bounds.end
                    && doc.has(units.end, COMMA)
                    && self
                        .whole_starting(units.end + 1)
                        .and_then(|next| self.count(next, any))
                        .is_some_and(|next| next.named);
                if named {
                    at = units.end + 1;
                    continue;
                }
                break;
            };
            if !out.is_empty() && !one.numbered && !part && one.group.is_none_or(|g| g == Group::Unknown) && !one.one()
            {
                break;
            }
            if let Some(before) = out.last_mut().filter(|_| !part)
                && before.numbered
                && self.shares(before, &one)
                && doc.has(units.start - 1, CC)
            {
                if before.headless {
                    before.group = one.group;
                } else if before.group != one.group {
                    before.group = Some(Group::Mixed);
                }
                before.units.end = units.end;
                (at, linked) = (units.end, false);
                continue;
            }
            one.part = part;
            out.push(one);
            (at, linked) = (units.end, false);
            if part || self.followed_by_parts(at) {
                continue;
            }
        }
        settle(out, &self.bounds)
    }

    /// The parts of a total, from `start` on; the total itself is told already.
    /// They may tell of whom it is made up.
    pub(crate) fn parts(&self, start: usize, total: &mut Counted) -> Vec<Counted> {
        let mut list = self.right(start, false);
        for one in &mut list {
            one.part = true;
        }
        list.insert(0, total.clone());
        let mut list = settle(list, &self.bounds);
        total.group = list.remove(0).group;
        list
    }

    /// "10 of them soldiers", "10 người trong số đó là binh sĩ": some of a total, counted before the word that says so.
    pub(crate) fn some_of(&self, start: usize) -> Option<Counted> {
        let doc = self.view.doc;
        let number = values::at(self.values.numbers, start).filter(|n| n.units.start == start)?;
        let mut at = self.starting(start)?.units.end;
        if at >= self.bounds.end || !doc.is(at, Func::Including) {
            return None;
        }
        at += 1;
        if let Some(are) = self.view.vg_from(at).filter(|v| v.bits & COPULA != 0) {
            at = are.units.end;
        }
        let kind = self.count(self.whole_starting(at)?, false).filter(|k| !k.numbered)?;
        Some(Counted {
            min: number.min,
            max: number.max,
            approx: number.approx,
            numbered: true,
            part: true,
            units: start..kind.units.end,
            ..kind
        })
    }

    /// The word for most of a total whose kind ends at `at`: ", most of them women and children".
    fn mostly_before(&self, at: usize) -> Option<usize> {
        let floor = self.bounds.start.max(at.saturating_sub(8));
        let opens = (floor..at)
            .rev()
            .take_while(|&u| !self.view.doc.has(u, COMMA))
            .find(|&u| self.view.doc.is(u, Func::Mostly))?;
        (self.view.phrases.np_at(at - 1).is_some() && opens > self.bounds.start).then_some(opens)
    }

    /// What most of those counted are: the people after the word that says so.
    pub(crate) fn mostly(&self, at: usize) -> Option<Group> {
        let mut from = at + 1;
        if let Some(np) = self.view.phrases.np_at(at).filter(|np| np.units.end > from) {
            return self.count(from..np.units.end, false)?.group;
        }
        if let Some(are) = self.view.vg_from(from).filter(|v| v.bits & COPULA != 0) {
            from = are.units.end;
        }
        self.right(from, false).first().and_then(|c| c.group)
    }

    /// Whether a plural without a number goes on with the number before it.
    fn shares(&self, first: &Counted, second: &Counted) -> bool {
        first.max != Some(1) && !second.numbered && !second.named && second.min == Some(2) && second.max.is_none()
    }

    /// Where the relative clause begins that a phrase stands in, after its verb: "men who attacked the guards".
    fn inside_relative(&self, units: &Range<usize>) -> Option<usize> {
        let doc = self.view.doc;
        let floor = self.bounds.start.max(units.start.saturating_sub(12));
        let rel = (floor..units.start)
            .rev()
            .take_while(|&u| !doc.has(u, COMMA))
            .find(|&u| doc.has(u, REL) && !doc.is(u, Func::Including))?;
        let verb = self
            .view
            .phrases
            .vgs
            .iter()
            .any(|v| v.bits & FINITE != 0 && v.units.start > rel && v.units.end <= units.start);
        (verb && rel > self.bounds.start && self.ending(rel).is_some()).then_some(rel)
    }

    /// ", 3 soldiers": a comma and then a number.
    fn list_goes_on(&self, comma: usize) -> bool {
        let next = comma + 1;
        next < self.bounds.end
            && (values::at(self.values.numbers, next).is_some()
                || self.view.doc.is(next, Func::Including)
                || self.view.doc.has(next, CC))
    }

    fn followed_by_parts(&self, at: usize) -> bool {
        let doc = self.view.doc;
        at < self.bounds.end
            && (doc.is(at, Func::Including)
                || doc.has(at, COMMA) && at + 1 < self.bounds.end && doc.is(at + 1, Func::Including))
    }
}

/// Bounds and groups that a list's members share: "at least A and B" holds for both; a total of soldiers and civilians is
/// mixed; parts are told only where they differ from the total.
fn settle(mut list: Vec<Counted>, bounds: &Range<usize>) -> Vec<Counted> {
    list.retain(|c| c.units.end > bounds.start);
    if let Some(first) = list.first()
        && first.numbered
        && first.max.is_none()
    {
        for one in list
            .iter_mut()
            .skip(1)
            .filter(|c| c.numbered && !c.part && c.min == c.max)
        {
            one.max = None;
        }
    }
    // "six Indian and four Pakistani soldiers": one noun for both.
    for i in (1..list.len()).rev() {
        if list[i - 1].headless && list[i].group.is_some() && !list[i].headless {
            list[i - 1].group = list[i].group;
        }
    }
    // "19 people, 12 soldiers and seven villagers": what adds up to the first are its parts.
    if let [first, rest @ ..] = &mut list[..]
        && rest.len() > 1
        && first.numbered
        && rest.iter().all(|c| c.numbered && c.min.is_some())
        && first.min == Some(rest.iter().filter_map(|c| c.min).sum())
    {
        rest.iter_mut().for_each(|c| c.part = true);
    }
    let counted = list.iter().any(|c| c.part && c.numbered && c.min != Some(1));
    let parts: Vec<Group> = list.iter().filter(|c| c.part).filter_map(|c| c.group).collect();
    if let Some(total) = list.iter_mut().find(|c| !c.part)
        && !parts.is_empty()
        && total.group.is_none()
    {
        total.group = Some(Group::Unknown);
    }
    if let Some(total) = list.iter_mut().find(|c| !c.part)
        && !parts.is_empty()
        && total.group.is_none_or(|g| g == Group::Unknown)
    {
        let has = |g: Group| parts.contains(&g);
        let armed = has(Group::Military) || has(Group::Police);
        if armed && has(Group::Civilian) {
            total.group = Some(Group::Mixed);
        } else if parts.len() > 1 && !counted && parts.iter().all(|g| *g == Group::Civilian) {
            total.group = Some(Group::Civilian);
        }
    }
    let total = list.iter().find(|c| !c.part).cloned();
    if let Some(total) = total {
        list.retain(|c| {
            !c.part
                || c.numbered
                    && (c.group.is_some_and(|g| g != Group::Unknown && Some(g) != total.group)
                        || c.party.is_some() && c.party != total.party)
        });
    }
    list
}
