//! Weekdays, times of the clock, seasons, units.

use super::calendar::{Point, Scale, Unit};
use super::shape::{Core, Found, Matcher, Shape, Turn};
use counterclaim_lexicon::TimeClass;
use counterclaim_text::TokenKind;

impl Matcher<'_> {
    /// A weekday. Where weekdays are counted, "third" may be one or not.
    pub(super) fn weekday(&self, i: usize) -> Found<i8> {
        if let Some(value) = self.get(i, TimeClass::Weekday) {
            let day: i8 = value.parse().ok()?;
            if self.get(i, TimeClass::Ordinal).is_some() && !self.weekday_stands(i, i + 1) {
                return None;
            }
            return Some((day, i + 1));
        }
        // "thứ 7"
        if self.is(i, TimeClass::Ordinal, "nth") {
            let day = self.small(i + 1, 2, 7)?;
            return self.weekday_stands(i, i + 2).then_some((day - 1, i + 2));
        }
        None
    }

    pub(super) fn weekday_stands(&self, i: usize, end: usize) -> bool {
        let inner_capital = self
            .word(i)
            .split(' ')
            .nth(1)
            .is_some_and(|w| w.chars().next().is_some_and(char::is_uppercase));
        if inner_capital {
            return true;
        }
        let parted = i > 0 && self.get(i - 1, TimeClass::Part).is_some();
        if parted || self.after(i, &["on", "at"]) {
            return true;
        }
        if self.after(i, &["date"]) {
            return false;
        }
        let next = self.past_comma(end);
        self.turn_after(end).is_some()
            || self.numeric(next).is_some()
            || self.punct(end, "(") && self.parts(end + 1, '/').is_some()
            || self.get(end, TimeClass::Deictic).is_some_and(|v| v.starts_with("week"))
    }

    /// A time of the clock: "5:34 AM", "7 p.m.", "19h30", "5 giờ 30 sáng".
    pub(super) fn clock(&self, i: usize) -> Found<(i8, i8)> {
        let part = |at: usize| self.get(at, TimeClass::Part);
        let turned = |hour: i8, part: Option<&str>| match part {
            Some("AF" | "EV" | "NI") if (1..12).contains(&hour) && !(part == Some("NI") && hour < 5) => hour + 12,
            Some("MO" | "DAWN") if hour == 12 => 0,
            _ => hour,
        };
        if let Some(parts) = self
            .parts(i, ':')
            .or_else(|| self.parts(i, '.').filter(|_| part(i + 1).is_some()))
            && let [(hour @ 0..=23, _), (minute @ 0..=59, 2)] = parts[..]
        {
            let told = part(i + 1).filter(|_| !self.head_first || !self.words[i + 1].spaced);
            return Some((
                (turned(hour as i8, part(i + 1)), minute as i8),
                i + 1 + usize::from(told.is_some()),
            ));
        }
        let (n, length) = self.digits(i)?;
        if length == 4 && (0..24).contains(&(n / 100)) && n % 100 < 60 && self.prep(i + 1, "GMT") {
            return Some((((n / 100) as i8, (n % 100) as i8), i + 2));
        }
        let hour = self.small(i, 0, 24)?;
        let hour = if hour == 24 { 0 } else { hour };
        if self.prep(i + 1, "clock") {
            let told = part(i + 2).is_some();
            return Some(((turned(hour, part(i + 2)), 0), i + 2 + usize::from(told)));
        }
        if self.head_first && self.is(i + 1, TimeClass::Unit, "hour") {
            let minute = self.small(i + 2, 0, 59).filter(|_| {
                self.is(i + 3, TimeClass::Unit, "minute")
                    || !self.words[i + 2].spaced
                    || part(i + 3).is_some()
                    || self.after(i, &["hour"])
            });
            let end = i
                + 2
                + usize::from(minute.is_some())
                + usize::from(minute.is_some() && self.is(i + 3, TimeClass::Unit, "minute"));
            let sure = minute.is_some()
                || part(end).is_some()
                || self.after(i, &["hour"])
                || self.prep(end, "date")
                || self.get(end, TimeClass::Deictic).is_some();
            let told = part(end).or_else(|| self.deictic_part(end));
            return sure.then_some(((turned(hour, told), minute.unwrap_or(0)), end));
        }
        // "7 p.m."
        let told = part(i + 1).filter(|p| matches!(*p, "MO" | "AF"))?;
        let short = self.words[i + 1].span.len() <= 4;
        (short && !self.head_first && (1..=12).contains(&hour)).then_some(((turned(hour, Some(told)), 0), i + 2))
    }

    pub(super) fn deictic_part(&self, i: usize) -> Option<&'static str> {
        self.get(i, TimeClass::Deictic)?.split(':').nth(2)
    }

    /// A season with its year, if that is told: "the summer of 2003", "winter 1939", "mùa hè năm 2014".
    pub(super) fn season(&self, i: usize) -> Found<Core> {
        let the = i + usize::from(self.prep(i, "the"));
        let season = self.get(the, TimeClass::Season)?;
        let mut at = the + 1;
        at += usize::from(self.prep(at, "of"));
        if let Some((year, end)) = self.told_year(at) {
            let point = Point {
                scale: Scale::Season(season),
                ..Point::year(year)
            };
            return Some((Core::new(Shape::Date(point)), end));
        }
        if let Some((by, end)) = self.year_shift(at) {
            let mut core = Core::new(Shape::Season(season, Turn::Near));
            core.year_by = Some(by);
            return Some((core, end));
        }
        // A season alone is one only after an article or a preposition.
        let close = ["at", "since", "by", "until", "of", "before", "after"];
        let modified = the == i && i > 0 && (self.get(i - 1, TimeClass::Modifier).is_some() || self.after(i, &close));
        let listed = i >= 2 && self.after(i, &["and"]) && self.get(i - 2, TimeClass::Season).is_some();
        let noun = self.words.get(the + 1).is_some_and(|w| w.grammar.noun);
        // "a spring offensive": the article is the noun's. "The fall of the city" is no season.
        let beside = noun && the == i && !self.head_first && (i == 0 || self.words[i - 1].kind == TokenKind::Word);
        let told =
            (the > i || modified || listed) && (self.head_first || !noun) || beside || self.word(the).contains(' ');
        (told && !self.prep(the + 1, "of")).then(|| (Core::new(Shape::Season(season, Turn::Near)), the + 1))
    }

    /// "last year", "năm ngoái", after a month, day or season.
    pub(super) fn year_shift(&self, i: usize) -> Found<i64> {
        if !self.head_first {
            // "last year": a modifier and the unit.
            let by = match self.get(i, TimeClass::Modifier)? {
                "last" => -1,
                "this" => 0,
                "next" => 1,
                _ => return None,
            };
            return self.is(i + 1, TimeClass::Unit, "year").then_some((by, i + 2));
        }
        let by = self.get(i, TimeClass::Deictic)?.strip_prefix("year:")?;
        Some((by.parse().ok()?, i + 1))
    }

    pub(super) fn unit(&self, i: usize) -> Option<(Unit, i64, bool)> {
        let value = self.words.get(i)?.unit_name()?;
        let (unit, times) = Unit::of(value)?;
        Some((unit, times, value.ends_with('+')))
    }
}
