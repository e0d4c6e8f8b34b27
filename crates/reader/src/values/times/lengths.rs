//! What is told by turning or counting units: "the next week", days ago, lengths.

use super::calendar::Unit;
use super::named::pointed;
use super::shape::{Base, Core, Found, Matcher, Shape, Turn};
use counterclaim_lexicon::TimeClass;
use counterclaim_text::TokenKind;

impl Matcher<'_> {
    /// A unit or name turned by a word before it: "last Tuesday", "the next day", "that afternoon".
    pub(super) fn relative(&self, i: usize) -> Found<Core> {
        if self.head_first {
            return self.turned_unit(i);
        }
        let the = self.prep(i, "the");
        let mut at = i + usize::from(the);
        let mut turn = self.get(at, TimeClass::Modifier)?;
        if !matches!(
            turn,
            "this" | "last" | "next" | "same" | "that" | "previous" | "following"
        ) {
            turn = ["last", "next", "this", "that", "same"]
                .into_iter()
                .find(|t| self.is(at, TimeClass::Modifier, t))?;
        }
        at += 1;
        // "that same day"
        if matches!(turn, "that" | "this") && self.is(at, TimeClass::Modifier, "same") {
            (turn, at) = ("same", at + 1);
        }
        // "Following Sunday's battle": a preposition.
        if turn == "following" && !the {
            return None;
        }
        let told = the || matches!(turn, "same" | "that" | "previous" | "following");
        let base = if told { Base::Story } else { Base::Writing };
        let by = match turn {
            "last" | "previous" => -1,
            "next" | "following" => 1,
            _ => 0,
        };
        let kind = match by {
            -1 => Turn::Last,
            1 => Turn::Next,
            _ => Turn::This,
        };
        if let Some((day, end)) = self.weekday(at) {
            let mut core = Core::new(Shape::Weekday(day, kind, None));
            let mut end = end;
            if let Some(part) = self.get(end, TimeClass::Part) {
                core = core.with_part(part.trim_end_matches('?'));
                end += 1;
            }
            return Some((core, end));
        }
        if let Some((month, end)) = self.month(at)
            && self.four(end).is_none()
            && self.day_or_year(end)
        {
            return Some((Core::new(Shape::Month(month, kind)), end));
        }
        if let Some(season) = self.get(at, TimeClass::Season) {
            return Some((Core::new(Shape::Season(season, kind)), at + 1));
        }
        if let Some((unit, 1, false)) = self.unit(at) {
            // "the last day": of what, is told after it.
            if told && the && turn == "last" {
                return None;
            }
            let mut core = Core::new(Shape::Shift(unit, Some(by), base));
            if unit == Unit::Night {
                core = core.with_part("NI");
            }
            return Some((core, at + 1));
        }
        if let Some(part) = self.get(at, TimeClass::Part) {
            let core = Core::new(Shape::Shift(Unit::Day, Some(by), base));
            return Some((core.with_part(part.trim_end_matches('?')), at + 1));
        }
        None
    }

    /// A unit turned by the word after it: "năm ngoái", where no number counts it.
    pub(super) fn turned_unit(&self, i: usize) -> Found<Core> {
        let (unit, 1, _) = self.unit(i)? else { return None };
        let counted = i > 0 && (self.words[i - 1].number.is_some() || self.words[i - 1].kind == TokenKind::Number);
        if counted || matches!(unit, Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night) {
            return None;
        }
        let turned = |word: &str| self.is(i + 1, TimeClass::Modifier, word);
        let by = if turned("past") || turned("ago") {
            -1
        } else if turned("coming") {
            1
        } else if turned("this") {
            0
        } else {
            return None;
        };
        Some((Core::new(Shape::Shift(unit, Some(by), Base::Writing)), i + 2))
    }

    pub(super) fn day_or_year(&self, end: usize) -> bool {
        self.small(end, 1, 31).is_none()
    }

    /// So many units before or after: "two weeks ago", "3 ngày trước", "cách đây 5 năm", "three days after April 4".
    pub(super) fn counted(&self, i: usize) -> Found<Core> {
        let ago = self.is(i, TimeClass::Modifier, "ago-before");
        let at = self.hedges(i + usize::from(ago));
        if self.head_first
            && let Some(found) = self.counted_pointing(at)
        {
            return Some(found);
        }
        let (count, unit, times, end) = self.measure(at)?;
        let by = |sign: i64| count.map(|n| n * times * sign);
        if ago {
            return Some((Core::new(Shape::Shift(unit, by(-1), Base::Writing)), end));
        }
        let turned = |word: &str| self.is(end, TimeClass::Modifier, word);
        let signed = if turned("before") || turned("earlier") {
            -1
        } else if turned("after") || turned("later") {
            1
        } else {
            0
        };
        // "three days after April 4"
        if signed != 0
            && !turned("ago")
            && let Some(n) = by(signed)
            && let Some((core, after)) = self.dated(end + 1)
            && let Shape::Date(point) = core.shape
        {
            return Some((Core::new(Shape::From(point, unit, n)), after));
        }
        let back = turned("ago") || turned("earlier");
        let (by, base) = if turned("ago") {
            (by(-1), Base::Writing)
        } else if turned("ahead") {
            (by(1), Base::Writing)
        } else if turned("earlier") {
            (by(-1), Base::Story)
        } else if turned("later") {
            (by(1), Base::Story)
        } else {
            return None;
        };
        let mut core = Core::new(Shape::Shift(unit, by, base));
        if back && by.is_none() {
            core.half = -1;
        }
        Some((core, end + 1))
    }

    /// A number before a word that points: "hai tuần trước" is two weeks ago, "ba ngày qua" a length.
    pub(super) fn counted_pointing(&self, i: usize) -> Found<Core> {
        let (count, end) = self.count(i)?;
        let Shape::Shift(unit, Some(by @ -1..=1), base) = pointed(self.get(end, TimeClass::Deictic)?)?.shape else {
            return None;
        };
        if self.is(end, TimeClass::Duration, "past") {
            let mut core = Core::new(Shape::Length(unit.length(count.text.as_deref())));
            core.back = (by < 0).then_some(unit).zip(count.whole);
            return Some((core, end + 1));
        }
        let base = if by > 0 { Base::Story } else { base };
        (by != 0).then(|| {
            (
                Core::new(Shape::Shift(unit, count.whole.map(|n| n * by), base)),
                end + 1,
            )
        })
    }

    /// A count and its unit: number, unit, how many of that unit one is, and the word after.
    pub(super) fn measure(&self, i: usize) -> Option<(Option<i64>, Unit, i64, usize)> {
        if let Some((unit, times, true)) = self.unit(i) {
            return Some((None, unit, times, i + 1));
        }
        let (count, end) = self.count(i)?;
        let end = end + usize::from(self.dash(end));
        let (unit, times, _) = self.unit(end)?;
        Some((count.whole, unit, times, end + 1))
    }

    /// A length of time: "three days", "the first two weeks", "24-year-old", "vài giờ".
    pub(super) fn length(&self, i: usize) -> Found<Core> {
        if let Some(value) = self.get(i, TimeClass::Duration).filter(|v| v.starts_with('P')) {
            let bare = value.ends_with('?');
            let fits = !bare || self.after(i, &["for"]);
            if fits {
                let core = Core::new(Shape::Length(value.trim_end_matches('?').to_owned()));
                return Some((core, i + 1));
            }
        }
        let from = self.hedges(i);
        let the = usize::from(self.prep(from, "the"));
        let mut at = from + the;
        let turned = self.get(at, TimeClass::Modifier).is_some_and(|m| {
            matches!(
                m,
                "last" | "next" | "previous" | "following" | "early" | "past" | "coming" | "ago-before"
            )
        }) || the == 1 && self.get(at, TimeClass::Ordinal).is_some();
        if turned && !self.head_first {
            at += 1;
        } else if the == 1 && !turned {
            // "the three days"
            if self.words.get(at)?.number.is_none() && self.digits(at).is_none() {
                return None;
            }
        }
        at = self.hedges(at);
        // "the following days", "the coming years"
        if turned
            && !self.head_first
            && let Some((unit, _, plural)) = self.unit(at)
        {
            let past = self.is(at - 1, TimeClass::Modifier, "past") && !matches!(unit, Unit::Day | Unit::Night);
            if past && !plural {
                return Some((Core::new(Shape::Length(unit.length(Some("1")))), at + 1));
            }
            if plural {
                return Some((Core::new(Shape::Length(unit.length(None))), at + 1));
            }
            // "the first month of the siege", "the last week of April"
            let last = the == 1 && self.is(at - 1, TimeClass::Modifier, "last");
            if the == 1 && !matches!(unit, Unit::Day | Unit::Night | Unit::Second) && (last || self.prep(at + 1, "of"))
            {
                let end = match self.date(at + 2) {
                    Some((core, end)) if matches!(core.shape, Shape::Date(_) | Shape::Month(..)) => end,
                    _ => at + 1,
                };
                return Some((Core::new(Shape::Length(unit.length(Some("1")))), end));
            }
        }
        let (count, end) = self.count(at)?;
        let hyphen = self.dash(end);
        let end = end + usize::from(hyphen);
        // "59 tuổi"
        if self.is(end, TimeClass::Duration, "age") && !count.article {
            return Some((Core::new(Shape::Length(format!("P{}Y", count.text?))), end + 1));
        }
        let (unit, times, plural) = self.unit(end)?;
        let ordinal = self.get(end, TimeClass::Ordinal).is_some();
        if ordinal && !plural || unit == Unit::Weekend && count.article {
            return None;
        }
        // "khoảng 7 giờ tối" is a time of the clock.
        if self.head_first && unit == Unit::Hour && self.clock(at).is_some() {
            return None;
        }
        // A unit that counts nothing: "năm 2017" after a number, "5 năm" before one.
        if self.head_first && unit == Unit::Year && self.four(end + 1).is_some() {
            return None;
        }
        let text = match (&count.text, count.whole) {
            (Some(_), Some(n)) => Some((n * times).to_string()),
            (text, _) => text.clone(),
        };
        let mut core = Core::new(Shape::Length(unit.length(text.as_deref())));
        // "the past three years"
        let past = turned && at > 0 && ["past", "last"].iter().any(|v| self.is(at - 1, TimeClass::Modifier, v));
        if past || self.head_first && self.turn_after(end + 1) == Some(Turn::Last) {
            core.back = Some(unit).zip(count.whole.map(|n| n * times));
        }
        let mut after = end + 1;
        let joined = self.dash(after);
        let tail = after + usize::from(joined);
        if self.is(tail, TimeClass::Duration, "age")
            || self.is(tail, TimeClass::Duration, "long") && (joined || !self.words[tail].spaced)
        {
            after = tail + 1;
        }
        // "the 46-day battle": the article is the noun's.
        let beside = self.words.get(after).is_some_and(|w| w.grammar.noun);
        if the == 1 && !turned && (beside || hyphen) {
            return None;
        }
        core.adjective =
            (hyphen || !plural && !self.head_first && self.words[end].unit == self.words[at].unit) && !count.article;
        if count.text.is_none() && count.whole.is_none() && !plural && !self.head_first {
            return None;
        }
        Some((core, after))
    }

    /// A part of the day with no day beside it.
    pub(super) fn part_alone(&self, i: usize) -> Found<Core> {
        let at = i + usize::from(self.prep(i, "the"));
        let part = self.get(at, TimeClass::Part).filter(|p| !p.ends_with('?'))?;
        // "Operation Red Dawn"
        let named = at > 0 && self.words[at].capital && self.words[at - 1].capital;
        let short = named || self.words[at].span.len() <= 4 && self.word(at).contains(['.', 'm', 'M']);
        (!short).then(|| (Core::new(Shape::Part).with_part(part), at + 1))
    }
}
