//! Dates that tell their own day, month or year.

use super::calendar::{Point, is_day};
use super::shape::{Core, Found, Matcher, Shape, Turn};
use counterclaim_lexicon::{NumberKind, TimeClass};
use counterclaim_text::TokenKind;

impl Matcher<'_> {
    /// A year and what can follow it; `open` takes years of fewer digits too.
    pub(super) fn year(&self, i: usize) -> Found<i16> {
        let (n, length) = self.digits(i)?;
        match self.get(i + 1, TimeClass::Era) {
            Some("BC") if n > 0 => return Some((-(n as i16), i + 2)),
            Some("AD") if n > 0 => return Some((n as i16, i + 2)),
            _ => {}
        }
        (length == 4 && (1000..=2100).contains(&n)).then_some((n as i16, i + 1))
    }

    /// A year with the word for "year" before it, or one of four digits.
    pub(super) fn told_year(&self, i: usize) -> Found<i16> {
        let i = if self.is(i, TimeClass::Unit, "year") { i + 1 } else { i };
        self.year(i)
    }

    pub(super) fn month(&self, i: usize) -> Found<i8> {
        if let Some(value) = self.get(i, TimeClass::Month) {
            return value.parse().ok().map(|m| (m, i + 1));
        }
        // "tháng 10"
        if self.head_first && self.is(i, TimeClass::Unit, "month") {
            return self.small(i + 1, 1, 12).map(|m| (m, i + 2));
        }
        None
    }

    /// A day of a month, "5", "5th", "the 5th", and whether it is told as an ordinal.
    pub(super) fn day(&self, i: usize) -> Found<(i8, bool)> {
        let from = i + usize::from(self.prep(i, "the"));
        if let Some(day) = self.small(from, 1, 31) {
            let suffix = self.is(from + 1, TimeClass::Ordinal, "th") && !self.words[from + 1].spaced;
            return Some(((day, suffix), from + 1 + usize::from(suffix)));
        }
        let word = self.words.get(from).filter(|w| !w.capital && !self.head_first)?;
        // "March eight"
        if i > 0
            && self.get(i - 1, TimeClass::Month).is_some()
            && let Some(number) = word.number
            && number.kind == NumberKind::Digit
            && word.span.len() > 2
            && (1..=31).contains(&number.value)
        {
            return Some(((number.value as i8, false), from + 1));
        }
        let value: i8 = word.get(TimeClass::Ordinal)?.parse().ok()?;
        (1..=31).contains(&value).then_some(((value, true), from + 1))
    }

    /// A date that tells its own day, month or year.
    pub(super) fn date(&self, i: usize) -> Found<Core> {
        let of = |year: Option<i16>, month, day| {
            Core::new(Shape::Date(Point {
                year,
                month,
                day,
                ..Point::default()
            }))
        };
        // "ngày 3 tháng 10 năm 2020"
        if self.head_first && self.prep(i, "date") && self.small(i + 1, 1, 31).is_some() {
            let (core, end) = self.numeric(i).or_else(|| self.date(i + 1))?;
            return matches!(core.shape, Shape::Date(p) if p.day > 0).then_some((core, end));
        }
        // "2003-05-22"
        if let (Some(year), Some(month), Some(day)) = (self.four(i), self.small(i + 2, 1, 12), self.small(i + 4, 1, 31))
            && self.dash(i + 1)
            && self.dash(i + 3)
            && !self.words[i + 2].spaced
        {
            return Some((of(Some(year), month, day), i + 5));
        }
        if let Some((month, after)) = self.get(i, TimeClass::Month).and_then(|_| self.month(i)) {
            if !self.head_first
                && let Some(((day, _), end)) = self.day(after)
                && !self
                    .words
                    .get(end)
                    .is_some_and(|w| w.grammar.counted && !self.after(i, &["on"]))
            {
                let (year, end) = self.year_after(end).map_or((None, end), |(y, e)| (Some(y), e));
                return is_day(year, month, day).then(|| (of(year, month, day), end));
            }
            return Some(self.month_year(month, after));
        }
        if self.head_first
            && let Some((month, after)) = self.month(i)
        {
            return Some(self.month_year(month, after));
        }
        // "tháng 10/2001" is a month and a year, "tháng" apart.
        if self.head_first
            && self.is(i, TimeClass::Unit, "month")
            && let Some(parts) = self.parts(i + 1, '/').or_else(|| self.parts(i + 1, '.'))
            && let [(month, 1..=2), (year, 4)] = parts[..]
            && (1..=12).contains(&month)
        {
            return Some((of(Some(year as i16), month as i8, 0), i + 2));
        }
        if let Some(found) = self.numeric(i) {
            return Some(found);
        }
        if let Some(((day, _), after)) = self.day(i) {
            let the = self.prep(i, "the");
            let after = after + usize::from(self.prep(after, "of"));
            if let Some((month, end)) = self.month(after) {
                let (year, end) = self.year_after(end).map_or((None, end), |(y, e)| (Some(y), e));
                // "the 21 January execution": the article is the noun's.
                let theirs = the && self.words.get(end).is_some_and(|w| w.grammar.noun);
                return (is_day(year, month, day) && !theirs).then(|| (of(year, month, day), end));
            }
        }
        self.years(i)
    }

    /// A year after a month or day: ", 2003", "of 2003", "năm 2003", "/2003", "-2003".
    pub(super) fn year_after(&self, i: usize) -> Found<i16> {
        if self.head_first {
            let joined = (self.dash(i) || self.punct(i, "/")) && !self.words[i].spaced;
            let at = if joined { i + 1 } else { self.past_comma(i) };
            if joined {
                return self.four(at).map(|y| (y, at + 1));
            }
            return self
                .is(at, TimeClass::Unit, "year")
                .then(|| self.year(at + 1))
                .flatten()
                .or_else(|| self.four(i).map(|y| (y, i + 1)));
        }
        let at = self.past_comma(i);
        let at = if at == i && self.prep(i, "of") { i + 1 } else { at };
        self.year(at)
    }

    pub(super) fn month_year(&self, month: i8, after: usize) -> (Core, usize) {
        if let Some((year, end)) = self.year_after(after) {
            let point = Point {
                month,
                ..Point::year(year)
            };
            return (Core::new(Shape::Date(point)), end);
        }
        (Core::new(Shape::Month(month, Turn::Near)), after)
    }

    /// `4/10`, `27/9/2020`, `27-9`, `17.10.2013`: day and month in digits.
    pub(super) fn numeric(&self, i: usize) -> Found<Core> {
        let headed = self.prep(i, "date");
        let at = i + usize::from(headed);
        let beside = headed
            || self.after(at, &["on", "date"])
            || at > 0
                && (self.get(at - 1, TimeClass::Part).is_some()
                    || self.get(at - 1, TimeClass::Weekday).is_some()
                    || self.get(at - 1, TimeClass::Deictic).is_some());
        let loose = beside
            || self.after(
                at,
                &["at", "from", "since", "to", "until", "between", "by", "before", "after"],
            );
        let loose = loose || at >= 2 && self.after(at, &["and"]) && self.small(at - 2, 1, 31).is_some();
        let make = |a: i32, b: i32, year: Option<i32>| {
            let (day, month) = if self.head_first || a > 12 { (a, b) } else { (b, a) };
            let year = year.map(|y| if y < 50 { y + 2000 } else if y < 100 { y + 1900 } else { y } as i16);
            let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
            is_day(year, month, day).then(|| {
                Core::new(Shape::Date(Point {
                    year,
                    month,
                    day,
                    ..Point::default()
                }))
            })
        };
        for mark in ['/', '.'] {
            let Some(parts) = self.parts(at, mark) else { continue };
            return match parts[..] {
                [(a, 1..=2), (b, 1..=2), (y, 4)] => make(a, b, Some(y)).map(|c| (c, at + 1)),
                [(a, 1..=2), (b, 1..=2), (y, 2)] if beside => make(a, b, Some(y)).map(|c| (c, at + 1)),
                [(a, 1..=2), (b, 1..=2)] if beside || mark == '/' && (loose || self.head_first && self.alone(at)) => {
                    let (year, end) = self
                        .head_first
                        .then(|| self.year_after(at + 1))
                        .flatten()
                        .map_or((None, at + 1), |(y, e)| (Some(i32::from(y)), e));
                    make(a, b, year).map(|c| (c, end))
                }
                _ => None,
            };
        }
        // "27-9", "27-9-2020", with nothing between.
        let (a, b) = (self.small(at, 1, 31)?, self.small(at + 2, 1, 31)?);
        let tight = self.dash(at + 1) && !self.words[at + 1].spaced && !self.words[at + 2].spaced;
        if !tight {
            return None;
        }
        if self.dash(at + 3)
            && !self.words[at + 3].spaced
            && let Some(year) = self.four(at + 4)
        {
            return make(i32::from(a), i32::from(b), Some(i32::from(year))).map(|c| (c, at + 5));
        }
        if !(beside && self.head_first) {
            return None;
        }
        make(i32::from(a), i32::from(b), None).map(|c| (c, at + 3))
    }

    /// A day and month in brackets or between commas: nothing counts them.
    pub(super) fn alone(&self, i: usize) -> bool {
        let open = i == 0 || matches!(self.word(i - 1), "(" | ",");
        let closed = i + 1 >= self.words.len()
            || self.words[i + 1].kind == TokenKind::Punct && !matches!(self.word(i + 1), "%" | "-" | "/");
        open && closed
    }
}
