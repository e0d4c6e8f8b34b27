//! Pass 7, first half: who does what to whom around an act's word.

mod nouns;
mod talks;

use crate::bits::*;
use crate::clauses::View;
use crate::phrases::Phrase;
use counterclaim_claims::{Act, Family};
use counterclaim_lexicon::{Func, Pos, PosClass};
use std::ops::Range;

/// What stands around an act's word.
#[derive(Debug, Clone, Default)]
pub(crate) struct Roles {
    pub(crate) subject: Option<Range<usize>>,
    pub(crate) object: Option<Range<usize>>,
    /// The phrase after a word for the doer: "by", "do".
    pub(crate) agent: Option<Range<usize>>,
    /// Prepositions and the phrases after them.
    pub(crate) others: Vec<(usize, Range<usize>)>,
    /// Words before an act's noun, in its own phrase.
    pub(crate) modifiers: Option<Range<usize>>,
    pub(crate) passive: bool,
    pub(crate) negated: bool,
    /// The verb that an act's noun is the object or subject of has no act of its own: "launched", "tiến hành".
    pub(crate) light: bool,
    /// Who does the verb that the noun is the object of, whatever it tells: "ended its raids".
    pub(crate) holder: Option<Range<usize>>,
    /// The light verb's subject suffers the act: "came under attack", "hứng chịu".
    pub(crate) suffered: bool,
    /// The verb only says that its subject has what the noun names: "had casualties".
    pub(crate) has: bool,
    /// The light verb makes it up or only speaks of it: "staged a fake", "dàn dựng".
    pub(crate) made_up: bool,
    /// The act was beaten back, whoever did it.
    pub(crate) beaten: bool,
    /// Who beats back the act that the noun names: "repulsed the attack", "the attack was repelled by".
    pub(crate) repulsed: Option<Range<usize>>,
    /// A verb that stands as a word of a noun phrase: "advancing troops".
    pub(crate) attributive: bool,
}

impl View<'_, '_> {
    /// The roles around unit `u`.
    pub(crate) fn roles(&self, u: usize, bounds: &Range<usize>) -> Roles {
        self.roles_from(u, bounds, bounds.start)
    }

    /// The roles around unit `u`; a subject may stand as far back as `floor`.
    pub(crate) fn roles_from(&self, u: usize, bounds: &Range<usize>, floor: usize) -> Roles {
        match self.phrases.vg_at(u).filter(|v| v.head == u) {
            Some(vg) => self.verb_roles(vg, bounds, floor),
            None => self.noun_roles(u, bounds, floor),
        }
    }

    fn verb_roles(&self, vg: &Phrase, bounds: &Range<usize>, floor: usize) -> Roles {
        let mut roles = Roles {
            passive: vg.bits & PASSIVE != 0,
            negated: vg.bits & NEG != 0,
            attributive: self.phrases.np_at(vg.head).is_some(),
            ..Roles::default()
        };
        // "Chết do pháo kích của Armenia": a deed that is somebody's is named, and nobody before it does it.
        let owned = self.doc.pack.head_first && self.doc.has(vg.units.end, POSS) && !self.doc.has(vg.units.end, AGENT);
        if !owned || roles.passive || vg.units.end >= bounds.end {
            roles.subject = self.subject(vg, &(floor..bounds.end), 0);
        }
        if let Some(means) = self.means_before(vg.units.start, bounds) {
            roles.others.push(means);
        }
        let mut at = vg.units.end;
        // In languages that put the doer of a passive before the verb: "bị Nga không kích".
        if let Some(doer) = self.doer_before(vg.units.start, bounds) {
            let mut marker = doer.start - 1;
            while marker > bounds.start && self.doc.has(marker - 1, AUX) {
                marker -= 1;
            }
            roles.passive = true;
            roles.agent = Some(doer);
            roles.subject = self.subject_from(marker, vg.bits, &(floor..bounds.end), 0);
        }
        // "Downed dozens of drones": a number may look like an adverb.
        while at < bounds.end && self.doc.has(at, ADV) && !self.doc.has(at, NUMBER) && !role_marker(self, at) {
            at += 1;
        }
        if let Some(object) = self.phrases.longest_from(at).filter(|o| o.units.end <= bounds.end)
            && !self.doc.has(at, CC)
        {
            let object = self.with_list(object, bounds);
            at = object.end;
            // "Send Ukraine 4,000 drones": to whom, and what.
            if let Some(what) = self.given(&object, bounds) {
                roles.others.push((vg.head, object));
                roles.object = Some(self.with_list(what, bounds));
                at = roles.object.as_ref().map_or(at, |o| o.end);
            } else {
                roles.object = Some(object);
            }
        } else if doc_joined(self, at)
            && let Some(next) = self.vg_from(at + 1).filter(|v| v.bits & PASSIVE == 0)
            && (!self.doc.pack.head_first || next.bits & (ACT | HARM | LOSS) != 0)
        {
            // "Killed and wounded ten": joined verbs share what stands behind the last.
            let object = self.phrases.longest_from(next.units.end);
            roles.object = object.map(|o| o.units.clone()).filter(|o| o.end <= bounds.end);
        }
        if roles.subject.is_none() && !roles.attributive {
            roles.subject = self.subject_behind(vg, bounds);
        }
        self.prepositions(at, bounds, &mut roles);
        if !roles.passive && roles.agent.is_some() && vg.bits & PARTICIPLE != 0 {
            roles.passive = true;
        }
        roles
    }

    /// "188 drones and four missiles": a thing with those that are listed with it, in languages whose lists end in a conjunction.
    fn with_list(&self, first: &Phrase, bounds: &Range<usize>) -> Range<usize> {
        let doc = self.doc;
        let (mut end, mut at) = (first.units.end, first.units.end);
        if doc.pack.head_first || first.bits & MATERIEL == 0 {
            return first.units.clone();
        }
        for _ in 0..8 {
            let joined = doc.has(at, CC) || doc.has(at, COMMA) && doc.has(at + 1, CC);
            if !joined && !doc.has(at, COMMA) {
                break;
            }
            let next = at + 1 + usize::from(doc.has(at, COMMA) && joined);
            let Some(more) = self.phrases.nps.iter().find(|n| n.units.start == next) else {
                break;
            };
            let clause = self.vg_from(more.units.end).is_some_and(|v| v.bits & FINITE != 0);
            if more.bits & MATERIEL == 0 || clause || more.units.end > bounds.end {
                break;
            }
            at = more.units.end;
            if joined {
                end = at;
                break;
            }
        }
        first.units.start..end
    }

    /// What a verb gives to the party named right behind it.
    fn given(&self, whom: &Range<usize>, bounds: &Range<usize>) -> Option<&Phrase> {
        let party = whom.len() <= 2 && whom.clone().all(|u| self.doc.has(u, PARTY | DET | NOUN));
        let what = self
            .phrases
            .longest_from(whom.end)
            .filter(|p| p.units.end <= bounds.end)?;
        let first = self.doc.has(what.units.start, NUMBER | NUM | DET | ADJ);
        (!self.doc.pack.head_first && party && first && what.bits & MATERIEL != 0).then_some(what)
    }

    /// The doer of a passive that stands between its mark and the verb, in languages that put it there: "bị Nga không kích".
    fn doer_before(&self, verb: usize, bounds: &Range<usize>) -> Option<Range<usize>> {
        let marked = |np: &Range<usize>| np.start > bounds.start && self.doc.has(np.start - 1, PASSIVE_WORD | AGENT);
        if !self.doc.pack.head_first {
            return None;
        }
        let base = self
            .phrases
            .nps
            .iter()
            .find(|n| n.units.end == verb)
            .map(|n| n.units.clone());
        base.filter(&marked)
            .or_else(|| self.np_ending(verb, bounds).filter(&marked))
    }

    /// "Dùng xe tăng tấn công": what is used stands between the word for using it and the verb of the deed.
    fn means_before(&self, verb: usize, bounds: &Range<usize>) -> Option<(usize, Range<usize>)> {
        let np = self.np_ending(verb, bounds)?;
        let at = self.used(&np, bounds.start)?;
        Some((at, at + 1..np.end))
    }

    /// The word for using what a noun phrase, or the list that it ends, names: "dùng tên lửa, pháo và xe tăng".
    pub(crate) fn used(&self, np: &Range<usize>, floor: usize) -> Option<usize> {
        let mut start = np.start;
        while start > floor {
            if self.uses(start - 1) || self.sends_to_strike(start - 1, np.end) {
                return Some(start - 1);
            }
            let listed = self.doc.has(start - 1, CC | COMMA);
            start = self.np_ending(start - 1, &(floor..start)).filter(|_| listed)?.start;
        }
        None
    }

    /// Whether a verb says that what follows is what a deed is done with.
    pub(crate) fn uses(&self, u: usize) -> bool {
        self.doc.pack.head_first
            && self.doc.is(u, Func::ToWeapon)
            && self
                .phrases
                .vg_at(u)
                .is_some_and(|v| v.head == u && v.bits & PASSIVE == 0)
    }

    fn prepositions(&self, mut at: usize, bounds: &Range<usize>, roles: &mut Roles) {
        let doc = self.doc;
        let noun = at > 0 && self.phrases.vg_at(at - 1).is_none();
        let mut skipped = 0;
        while at < bounds.end {
            // "Sáu trận pháo kích (theo người dân) vào": an aside in brackets.
            at = self.after_bracket(at, bounds.end);
            let next = at + 1;
            let marker = doc.has(at, ADP | AGENT | POSS) || role_marker(self, at);
            if marker && let Some(np) = self.phrases.longest_from(next).filter(|n| n.units.end <= bounds.end) {
                let units = np.units.clone();
                let owns = doc.pack.head_first && doc.has(at, POSS) && !doc.has(at, AGENT);
                let holds = || doc.act(units.end).is_some_and(|a| a.act == Act::Control);
                if doc.has(at, AGENT) && noun && doc.pack.head_first && doc.has(units.end, BACKED) && !holds() {
                    // "Lệnh ngừng bắn do Liên minh châu Phi bảo trợ": who stands behind it has no part in it.
                } else if doc.has(at, AGENT) && roles.agent.is_none() {
                    roles.agent = Some(units.clone());
                } else if owns && !roles.others.is_empty() {
                    // "Không kích các cơ sở vũ khí của Syria": whose that is which the phrase before names.
                } else {
                    roles.others.push((at, units.clone()));
                }
                at = units.end;
                continue;
            }
            // "A battle which began at dawn between": a clause that only says when it was.
            if noun
                && doc.has(at, REL)
                && let Some(vg) = self.vg_from(next).filter(|v| self.tells_nothing(v))
            {
                at = vg.units.end;
                continue;
            }
            if doc.has(at, COMMA | CC | REL | SUB) && !doc.has(next, ADP)
                || self
                    .vg_from(at)
                    .is_some_and(|v| v.bits & FINITE != 0 && !self.describes_object(v))
            {
                return;
            }
            skipped += 1;
            if skipped > 6 {
                return;
            }
            at = next;
        }
    }

    /// "Sau khi bị Nga không kích, Ukraine", "after seizing the town, the army": a clause that opens with its verb has the subject of
    /// the main clause behind its comma.
    fn subject_behind(&self, vg: &Phrase, bounds: &Range<usize>) -> Option<Range<usize>> {
        let doc = self.doc;
        let opening = bounds.start..vg.units.start;
        let sub = opening.clone().any(|u| doc.has(u, SUB)) || vg.bits & GERUND != 0 && opening.len() == 1;
        let named = |n: &Phrase| n.units.start >= bounds.start && n.units.end <= vg.units.start;
        let doer = |n: &Phrase| n.units.start > bounds.start && doc.has(n.units.start - 1, PASSIVE_WORD | AGENT);
        if !sub || opening.len() > 8 || self.phrases.nps.iter().any(|n| named(n) && !doer(n)) {
            return None;
        }
        let comma = (vg.units.end..bounds.end).find(|&u| doc.has(u, COMMA))?;
        let np = self.phrases.longest_from(comma + 1)?;
        (np.units.end < bounds.end && np.bits & (WHO | PARTY) != 0).then(|| np.units.clone())
    }

    /// "Cung cấp tên lửa chống tăng cho": where verbs do not inflect, one that tells nothing of its own may stand behind a noun.
    fn describes_object(&self, vg: &Phrase) -> bool {
        self.doc.pack.head_first && vg.units.len() == 1 && self.tells_nothing(vg)
    }

    fn tells_nothing(&self, vg: &Phrase) -> bool {
        vg.bits & (ACT | HARM | LOSS | CUE_V | COPULA | EXIST) == 0
    }

    /// The mark of a passive before a verb that its doer parts from it: "bị một tay súng sát hại".
    pub(crate) fn passive_mark(&self, start: usize, bounds: &Range<usize>) -> Option<usize> {
        let doc = self.doc;
        if !doc.pack.head_first {
            return None;
        }
        let floor = bounds.start.max(start.saturating_sub(12));
        let mark = (floor..start)
            .rev()
            .take_while(|&u| !doc.has(u, COMMA | CC | SUB | REL))
            .find(|&u| doc.has(u, PASSIVE_WORD))?;
        (mark + 1 < start).then_some(mark)
    }

    /// The longest noun phrase that ends at `at`.
    pub(crate) fn np_ending(&self, at: usize, bounds: &Range<usize>) -> Option<Range<usize>> {
        let ends = |n: &&Phrase| n.units.end == at && n.units.start >= bounds.start;
        self.phrases
            .long
            .iter()
            .filter(ends)
            .min_by_key(|n| n.units.start)
            .or_else(|| self.phrases.nps.iter().find(ends))
            .map(|n| n.units.clone())
    }

    /// "Điều tiêm kích không kích": what is sent to strike, up to the strike's verb at `end`, is what it is done with.
    pub(crate) fn sends_to_strike(&self, u: usize, end: usize) -> bool {
        let doc = self.doc;
        let sends = doc
            .act(u)
            .is_some_and(|a| a.act == Act::Mobilise && a.flags.weak && a.pos == Pos::Verb);
        let active = |v: &Phrase| v.head == u && v.bits & PASSIVE == 0;
        doc.pack.head_first
            && sends
            && end > u + 1
            && self.phrases.vg_at(u).is_some_and(active)
            && (u + 1..end).any(|i| doc.has(i, MATERIEL))
            && self.vg_from(end).is_some_and(|v| {
                doc.act(v.head)
                    .is_some_and(|a| a.act.family() == Family::Strike && a.pos == Pos::Verb)
            })
    }

    /// The subject of a verb group.
    pub(crate) fn subject(&self, vg: &Phrase, bounds: &Range<usize>, depth: usize) -> Option<Range<usize>> {
        self.subject_from(vg.units.start, vg.bits, bounds, depth)
    }

    /// The subject of a verb group with the features `bits` whose words begin at `start`.
    fn subject_from(&self, start: usize, bits: u128, bounds: &Range<usize>, depth: usize) -> Option<Range<usize>> {
        let doc = self.doc;
        let mut at = start;
        let mut purpose = false;
        let floor = bounds.start;
        for _ in 0..24 {
            if at <= floor || depth > 4 {
                return None;
            }
            // "Sent fighters to help the army": who sends them helps.
            if depth == 0 && bits & INFINITIVE != 0 && !(doc.pack.head_first && bits & PASSIVE != 0) {
                // Where verbs do not inflect, any deed before "để" is done for what stands behind it.
                let sends = |v: &&Phrase| {
                    let act = doc.act(v.head);
                    act.is_some_and(|a| a.act == Act::Mobilise || doc.pack.head_first)
                };
                let earlier = self
                    .phrases
                    .vgs
                    .iter()
                    .rev()
                    .filter(|v| !doc.pack.head_first || v.bits & (ACT | HARM | LOSS | CUE_V) != 0)
                    .find(|v| v.units.end <= start && v.units.start >= floor && v.bits & FINITE != 0);
                if let Some(earlier) = earlier.filter(sends).filter(|e| e.bits & PASSIVE == 0) {
                    return self.subject(earlier, bounds, 1);
                }
            }
            if bits & FINITE != 0
                && let Some(whom) = self.past_aside(at, bounds)
            {
                return Some(whom);
            }
            let np = self.np_ending(at, bounds);
            if let Some(np) = np.as_ref().filter(|np| self.is_adverbial(np)) {
                at = np.start;
                continue;
            }
            // "Không quân Nga tại Syria đã": where they are is not who they are, nor who backs them.
            if let Some(np) = np
                .as_ref()
                .filter(|np| np.start > floor && self.is_governed(np.start - 1, purpose))
            {
                at = np.start - 1;
                continue;
            }
            // "Nga dùng xe tăng tấn công": who uses it does what it is used for.
            if let Some(word) = np.as_ref().and_then(|np| self.used(np, floor)) {
                let using = self.phrases.vg_at(word)?;
                return self.subject(using, bounds, depth + 1);
            }
            if let Some(np) = np.map(|np| self.described(np, bounds)) {
                // "X is the group that attacked": who it is stands before the copula.
                let copula = self.phrases.vgs.iter().find(|v| {
                    v.units.end == np.start && v.units.start > floor && v.bits & COPULA != 0 && doc.has(v.head, COPULA)
                });
                let named = copula.and_then(|c| self.subject(c, bounds, depth + 1));
                return named.or(Some(np));
            }
            let before = at - 1;
            purpose |= doc.has(before, SUB);
            if let Some(time) = self.phrases.times.iter().find(|t| t.units.end == at) {
                at = time.units.start;
                continue;
            }
            if doc.has(before, REL | COMP) {
                at = before;
                if at > floor && doc.has(at - 1, COMMA) {
                    at -= 1;
                }
                continue;
            }
            // "SDF, do Mỹ hậu thuẫn, chiếm": an aside tells of who stands before it.
            if let Some(opens) = self.aside(before, floor) {
                at = opens;
                continue;
            }
            if doc.has(before, CC | COMMA) || bits & (INFINITIVE | GERUND) != 0 {
                // The subject of the verb before.
                let earlier = self.phrases.vgs.iter().rev().find(|v| {
                    v.units.end <= at
                        && v.units.start >= floor
                        && v.bits & (FINITE | GERUND | INFINITIVE) != 0
                        && !self.is_inserted(v, bounds)
                });
                // "Were killed in fighting": who suffers the verb before is not who does what brought it about.
                let suffers = |e: &Phrase| e.bits & PASSIVE != 0 && e.bits & NAMES_CLAUSE == 0;
                if bits & GERUND != 0 && doc.has(before, ADP) && earlier.is_some_and(suffers) {
                    return None;
                }
                if let Some(earlier) = earlier {
                    return self.subject(earlier, bounds, depth + 1);
                }
            }
            at = before;
        }
        None
    }

    /// Where an aside opens that a comma at `comma` closes, told by the word for a passive or its doer behind the first comma.
    fn aside(&self, comma: usize, floor: usize) -> Option<usize> {
        let doc = self.doc;
        let near = comma.saturating_sub(12).max(floor);
        let opens = (near..comma).rev().find(|&u| doc.has(u, COMMA))?;
        let told = doc.pack.head_first && doc.has(comma, COMMA) && doc.has(opens + 1, AGENT | PASSIVE_WORD);
        told.then_some(opens)
    }

    /// Whether a word makes what follows it a place, or the doer in a clause about somebody told before it; who did that does
    /// what it was done for.
    fn is_governed(&self, u: usize, purpose: bool) -> bool {
        let doc = self.doc;
        let place = doc.is(u, Func::ToPlace) && doc.has(u, ADP) && !doc.has(u, AGENT);
        let doer =
            doc.pack.head_first && !purpose && (doc.has(u, PASSIVE_WORD) || doc.has(u, AGENT) && doc.has(u, ADP));
        (place || doer) && self.np_before(u)
    }

    /// Whether a noun phrase stands before `u` in its own stretch between commas and conjunctions.
    fn np_before(&self, u: usize) -> bool {
        let doc = self.doc;
        let apart = |i: &usize| doc.has(*i, COMMA | SUB | REL) || doc.quote_of(*i) != doc.quote_of(u);
        let start = self.sent.units.start;
        let from = (start..u).rev().find(apart).map_or(start, |i| i + 1);
        self.phrases
            .nps
            .iter()
            .any(|n| from <= n.units.start && n.units.end <= u)
    }

    /// "Đến nay", "ba lần": a phrase that tells when or how often, and nobody.
    fn is_adverbial(&self, np: &Range<usize>) -> bool {
        let doc = self.doc;
        let last = np.end - 1;
        let bare = doc.pack.head_first && np.len() == 1 && doc.units[last].class == PosClass::Pron;
        bare && !doc.has(last, PRONOUN | WHO | REL)
            || np.len() == 2 && doc.is(last, Func::Measure) && doc.has(np.start, NUM | NUMBER)
    }

    /// Whom a participle and its phrase describe, where `np` ends them: "the officers answering the call".
    fn described(&self, np: Range<usize>, bounds: &Range<usize>) -> Range<usize> {
        let doc = self.doc;
        if doc.pack.head_first || np.start <= bounds.start {
            return np;
        }
        if doc.has(np.start - 1, AGENT) {
            return self.led_by(np.start - 1, bounds).unwrap_or(np);
        }
        let end = if doc.has(np.start - 1, ADP) {
            np.start - 1
        } else {
            np.start
        };
        let participle = self.phrases.vgs.iter().find(|v| {
            let hangs = v.bits & GERUND != 0 || v.bits & PARTICIPLE != 0 && end < np.start;
            v.units.end == end && v.units.start > bounds.start && hangs && v.bits & FINITE == 0
        });
        participle
            .filter(|v| !doc.has(v.units.start - 1, ADP | COMMA | CC | SUB))
            .and_then(|v| self.np_ending(v.units.start, bounds))
            .map_or(
                np.clone(),
                |whom| if end < np.start { whom.start..np.end } else { whom },
            )
    }
}

/// Whether a conjunction stands between two verbs.
fn doc_joined(view: &View<'_, '_>, at: usize) -> bool {
    view.doc.has(at, CC)
}

fn role_marker(view: &View<'_, '_>, u: usize) -> bool {
    use Func::{ToActor, ToBetween, ToPlace, ToTarget, ToWeapon, ToWith};
    [ToTarget, ToPlace, ToActor, ToWeapon, ToWith, ToBetween]
        .iter()
        .any(|f| view.doc.is(u, *f))
}
