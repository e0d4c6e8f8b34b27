//! How the pieces of a time expression stand together.

use super::calendar::Unit;
use super::shape::{Base, Core, Found, Matcher, Shape};
use counterclaim_lexicon::TimeClass;
use counterclaim_text::TokenKind;

impl Matcher<'_> {
    /// The longest time expression that begins at a word.
    pub(super) fn expression(&self, i: usize) -> Found<Core> {
        let word = self.words.get(i)?;
        if word.kind == TokenKind::Punct
            || word.kind == TokenKind::Word && !word.telling() && word.number.is_none() && !self.opens(i)
        {
            return None;
        }
        let mut best: Found<Core> = None;
        let mut offer = |found: Found<Core>| {
            if let Some((_, end)) = &found
                && best.as_ref().is_none_or(|(_, e)| end > e)
            {
                best = found;
            }
        };
        offer(self.portioned(i));
        offer(self.plain(i));
        offer(self.length(i));
        if let Some(value) = self.get(i, TimeClass::Set).filter(|v| v.len() > 1) {
            offer(Some((Core::new(Shape::Set(set_value(value))), i + 1)));
        }
        if let Some(value) = self.get(i, TimeClass::Now).filter(|v| !v.is_empty()) {
            let value = value.strip_suffix('?').map_or(Some(value), |v| {
                // "the present", "the past": nouns only.
                (self.after(i, &["the", "at"]) && !self.words.get(i + 1).is_some_and(|w| w.grammar.noun)).then_some(v)
            });
            if let Some(value) = value {
                offer(Some((Core::new(Shape::Reference(value)), i + 1)));
            }
        }
        offer(self.part_alone(i));
        best
    }

    /// Whether a word that tells no time itself can open an expression: "the".
    pub(super) fn opens(&self, i: usize) -> bool {
        self.prep(i, "the") || self.prep(i, "date")
    }

    /// "early", "the end of", "cuối" before a time.
    pub(super) fn portion(&self, i: usize) -> Found<i8> {
        let at = i + usize::from(self.prep(i, "the"));
        let half = match self.get(at, TimeClass::Modifier)? {
            "half1" => 1,
            "half2" => 2,
            _ if ["early", "mid", "late", "end", "start", "rest"]
                .iter()
                .any(|v| self.is(at, TimeClass::Modifier, v)) =>
            {
                0
            }
            _ => return None,
        };
        let end = at + 1;
        Some((half, end + usize::from(self.dash(end))))
    }

    pub(super) fn portioned(&self, i: usize) -> Found<Core> {
        if self.is(i, TimeClass::Modifier, "about") {
            let (core, end) = self.portioned(i + 1).or_else(|| self.date(i + 1))?;
            let dated = matches!(core.shape, Shape::Date(p) if p.day == 0);
            return dated.then_some((core, end));
        }
        let (half, at) = self.portion(i)?;
        let early = self.head_first && self.is(i, TimeClass::Modifier, "early");
        let inner = at + usize::from(self.prep(at, "of"));
        if let Some((mut core, end)) = self.portioned(inner).or_else(|| self.plain(inner)) {
            // "dẫn đầu ngày 19/6": a day has no such part.
            if early && matches!(core.shape, Shape::Date(p) if p.day > 0) {
                return None;
            }
            core.half = half;
            return Some((core, end));
        }
        // A year or month right after, which needs no preposition then.
        if let Some((mut core, end)) = self.date(inner) {
            core.half = half;
            return Some((core, end));
        }
        // "the end of the year", "đầu tháng"
        let told = inner + usize::from(self.prep(inner, "the"));
        let (unit, times, plural) = self.unit(told)?;
        let large = matches!(
            unit,
            Unit::Week | Unit::Month | Unit::Quarter | Unit::Year | Unit::Decade | Unit::Century | Unit::Day
        );
        let base = if self.head_first { Base::Writing } else { Base::Story };
        (large && times == 1 && !plural && (self.head_first && unit != Unit::Day || told > inner))
            .then(|| (Core::new(Shape::Shift(unit, Some(0), base)), told + 1))
    }

    /// A time without a portion.
    pub(super) fn plain(&self, i: usize) -> Found<Core> {
        let mut best = self.clocked(i);
        for found in [self.parted(i), self.anchored(i), self.relative(i), self.counted(i)] {
            if let Some((_, end)) = &found
                && best.as_ref().is_none_or(|(_, e)| end > e)
            {
                best = found;
            }
        }
        best
    }

    /// A time of the clock and the day it stands with.
    pub(super) fn clocked(&self, i: usize) -> Found<Core> {
        let (clock, mut end) = self.clock(i)?;
        end += usize::from(self.prep(end, "zone") || self.prep(end, "GMT"));
        let next = self.past_comma(end);
        if let Some((mut core, end)) = self
            .parted(next)
            .or_else(|| self.anchored(next))
            .filter(|(c, _)| c.clock.is_none() && !matches!(c.shape, Shape::Part | Shape::Month(..)))
            .filter(|(c, _)| !matches!(c.shape, Shape::Date(p) if p.day == 0))
        {
            core.clock = Some(clock);
            return Some((core, end + usize::from(self.prep(end, "zone"))));
        }
        let mut core = Core::new(Shape::Part);
        core.clock = Some(clock);
        if self.head_first && self.get(end, TimeClass::Part).is_some() {
            end += 1;
        }
        Some((core, end))
    }

    /// A part of a day before its day: "the night of May 13", "sáng 4/5".
    pub(super) fn parted(&self, i: usize) -> Found<Core> {
        let at = i + usize::from(self.prep(i, "the"));
        let part = self.get(at, TimeClass::Part)?.trim_end_matches('?');
        let mut next = at + 1;
        let of = self.prep(next, "of");
        next += usize::from(of);
        if !of && !self.head_first {
            return None;
        }
        let next = next + usize::from(self.head_first && (self.prep(next, "on") || self.prep(next, "at")));
        if let Some((core, end)) = self.anchored(next)
            && !matches!(core.shape, Shape::Month(..) | Shape::Season(..))
            && !matches!(core.shape, Shape::Date(p) if p.day == 0)
        {
            return Some((core.with_part(part), end));
        }
        // "the night of 3", the month told elsewhere
        if of && let Some(day) = self.small(next, 1, 31) {
            return Some((Core::new(Shape::DayOfMonth(day)).with_part(part), next + 1));
        }
        None
    }

    /// A weekday, date, holiday or pointing word, and what stands with it.
    pub(super) fn anchored(&self, i: usize) -> Found<Core> {
        let (mut core, mut end) = self
            .weekdayed(i)
            .or_else(|| self.pointed(i))
            .or_else(|| self.holiday(i))
            .or_else(|| self.season(i))
            .or_else(|| self.dated(i))
            .or_else(|| self.day_alone(i))?;
        let dayish = match &core.shape {
            Shape::Date(p) => p.day > 0,
            Shape::Month(..) | Shape::Season(..) | Shape::Same | Shape::SinceThen => false,
            Shape::Shift(unit, ..) => matches!(unit, Unit::Day | Unit::Night),
            _ => true,
        };
        if dayish && !self.head_first && core.part.is_empty() && core.clock.is_none() {
            if let Some(part) = self.get(end, TimeClass::Part).filter(|_| self.words[end].spaced) {
                core = core.with_part(part.trim_end_matches('?'));
                end += 1;
            } else if let Some((clock, after)) = self.clock(end).filter(|(_, after)| *after > end) {
                core.clock = Some(clock);
                end = after;
            }
        }
        Some((core, end))
    }
}

/// A set as TIMEX3 tells it, by the length of its round.
fn set_value(value: &str) -> String {
    match value {
        "P1D" => "XXXX-XX-XX",
        "P1W" => "XXXX-WXX",
        "P1M" => "XXXX-XX",
        "P1Y" => "XXXX",
        "PT1H" => "XXXX-XX-XXTXX",
        other => other,
    }
    .to_owned()
}
