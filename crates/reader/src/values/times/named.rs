//! Dates, weekdays, holidays and words that point, and what stands right beside them.

use super::calendar::{Point, Unit};
use super::shape::{Base, Core, Found, Matcher, Shape, Turn};
use counterclaim_lexicon::TimeClass;

impl Matcher<'_> {
    pub(super) fn dated(&self, i: usize) -> Found<Core> {
        let (mut core, mut end) = self.date(i)?;
        if let Shape::Month(month, _) = core.shape {
            if let Some((by, after)) = self
                .year_shift(end)
                .or_else(|| self.year_shift(end + usize::from(self.prep(end, "of"))))
            {
                core.year_by = Some(by);
                return Some((core, after));
            }
            // "tháng 11 vừa qua"
            if self.head_first
                && let Some(turn) = self.turn_after(end)
            {
                return Some((Core::new(Shape::Month(month, turn)), end + 1));
            }
            if !self.month_stands(i) {
                return None;
            }
        }
        let unsure = match core.shape {
            Shape::Date(point) => point.year.is_none(),
            Shape::Month(..) => true,
            _ => false,
        };
        if unsure {
            if let Some((by, after)) = self.year_shift(self.past_comma(end)) {
                core.year_by = Some(by);
                return Some((core, after));
            }
            // "July 25 of that year"
            if self.prep(end, "of")
                && let Some((of, after)) = self.relative(end + 1).or_else(|| self.pointed(end + 1))
                && matches!(of.shape, Shape::Shift(Unit::Year | Unit::Month, ..))
            {
                end = after;
            } else if self.head_first && self.turn_after(end).is_some() {
                end += 1;
            }
        }
        Some((core, end))
    }

    pub(super) fn turn_after(&self, i: usize) -> Option<Turn> {
        Some(match self.get(i, TimeClass::Modifier)? {
            "past" => Turn::Last,
            "coming" => Turn::Next,
            _ => return None,
        })
    }

    /// Whether a month's name is one where no day and no year stands with it.
    pub(super) fn month_stands(&self, i: usize) -> bool {
        if self.head_first {
            return true;
        }
        let Some(word) = self.words.get(i) else { return false };
        if i > 0 {
            let before = &self.words[i - 1];
            let close = [
                "at", "on", "since", "by", "until", "before", "after", "from", "to", "and", "between", "of", "about",
                "for",
            ];
            if self.after(i, &close)
                || before.get(TimeClass::Modifier).is_some()
                || before.get(TimeClass::Month).is_some()
            {
                return word.capital;
            }
            // "a March operation"
            let noun = self.words.get(i + 1).is_some_and(|w| w.grammar.noun && !w.capital);
            if noun && word.capital && (before.number.is_some() || before.grammar.owner || self.after(i, &["the"])) {
                return true;
            }
            if self.dash(i - 1) || self.punct(i - 1, "/") || self.punct(i - 1, "(") {
                return true;
            }
        }
        // "February to April proved …", not "March on the town" nor "May they …".
        (self.prep(i + 1, "to") || self.dash(i + 1)) && self.month(i + 2).is_some() || word.span.len() > 5 && i > 0
    }

    pub(super) fn weekdayed(&self, i: usize) -> Found<Core> {
        let (day, mut end) = self.weekday(i)?;
        let part = if self.head_first {
            None
        } else {
            self.get(end, TimeClass::Part)
        };
        let mut core = Core::new(Shape::Weekday(day, Turn::Near, None));
        if let Some(part) = part {
            core = core.with_part(part.trim_end_matches('?'));
            end += 1;
        }
        // "Thursday, Dec. 15", "thứ Năm, ngày 3/3"
        let mut next = self.past_comma(end);
        next += usize::from(self.prep(next, "on"));
        if let Some((date, after)) = self.date(next)
            && matches!(date.shape, Shape::Date(p) if p.day > 0)
        {
            let mut date = date.with_part(core.part);
            date.weekday = day;
            return Some((date, after));
        }
        // "thứ ba tuần trước", "Tuesday last week"
        let week = self.pointed(end).or_else(|| self.relative(end));
        if let Some((week, after)) = week
            && let Shape::Shift(Unit::Week, Some(by), Base::Writing) = week.shape
        {
            core.shape = Shape::Weekday(day, Turn::Near, Some(by));
            return Some((core, after));
        }
        if self.head_first
            && let Some(turn) = self.turn_after(end)
        {
            core.shape = Shape::Weekday(day, turn, None);
            return Some((core, end + 1));
        }
        Some((core, end))
    }

    /// A word of the lexicon that points: `day:-1:NI`, `~day:1`, `week:-1`.
    pub(super) fn pointed(&self, i: usize) -> Found<Core> {
        let the = self.prep(i, "the");
        let at = i + usize::from(the);
        let value = self.get(at, TimeClass::Deictic)?;
        if the && !value.starts_with('~') {
            return None;
        }
        let core = pointed(value)?;
        let end = at + 1;
        // "một năm sau khi …": counted from what the clause tells.
        if self.head_first && self.words.get(end).is_some_and(|w| w.grammar.clause) && value.starts_with('~') {
            return None;
        }
        let next = self.past_comma(end);
        let next = next + usize::from(self.prep(next, "on"));
        if let Shape::Shift(Unit::Day | Unit::Night, Some(by), Base::Writing) = core.shape
            && let Some((mut date, after)) = self.date(next)
            && matches!(date.shape, Shape::Date(p) if p.day > 0)
        {
            date.beside = Some(by);
            return Some((date.with_part(core.part), after));
        }
        if let Shape::Shift(Unit::Day, Some(by), Base::Writing) = core.shape
            && self.punct(end, "(")
            && let Some((date, _)) = self.date(end + 1)
            && let Shape::Date(point) = date.shape
            && point.day > 0
        {
            let mut core = core;
            core.shape = Shape::Date(point);
            core.beside = Some(by);
            return Some((core, end));
        }
        Some((core, end))
    }

    pub(super) fn holiday(&self, i: usize) -> Found<Core> {
        let value = self.get(i, TimeClass::Holiday)?;
        let (month, day) = value.split_once('-')?;
        let (month, day) = (month.parse().ok()?, day.parse().ok()?);
        let mut next = self.past_comma(i + 1);
        next += usize::from(self.prep(next, "of"));
        next += usize::from(self.head_first && self.is(next, TimeClass::Unit, "year"));
        if let Some(year) = self.four(next) {
            let point = Point {
                month,
                day,
                ..Point::year(year)
            };
            return Some((Core::new(Shape::Date(point)), next + 1));
        }
        Some((Core::new(Shape::Holiday(month, day)), i + 1))
    }

    /// "the 12th", "ngày 3": a day whose month is told elsewhere. "ngày thứ 7" counts days of something.
    pub(super) fn day_alone(&self, i: usize) -> Found<Core> {
        if self.head_first {
            if !self.prep(i, "date") {
                return None;
            }
            if self.is(i + 1, TimeClass::Ordinal, "nth") && self.small(i + 2, 1, 99).is_some() {
                return Some((Core::new(Shape::Unknown), i + 3));
            }
            if self
                .get(i + 1, TimeClass::Ordinal)
                .is_some_and(|v| v.parse::<i32>().is_ok())
            {
                return Some((Core::new(Shape::Unknown), i + 2));
            }
            let day = self.small(i + 1, 1, 31)?;
            let free = !self.is_unit(i + 2) && !self.words.get(i + 2).is_some_and(|w| w.grammar.counted);
            return free.then(|| (Core::new(Shape::DayOfMonth(day)), i + 2));
        }
        let the = self.prep(i, "the");
        let at = i + usize::from(the);
        let day = self.small(at, 1, 31)?;
        let suffix = self.is(at + 1, TimeClass::Ordinal, "th") && !self.words[at + 1].spaced;
        // "between 11-13 Dec", "5-8 July"
        let shared = |at: usize| {
            let joined = self.dash(at) || self.prep(at, "to") || self.prep(at, "and");
            joined
                && self
                    .date(at + 1)
                    .is_some_and(|(c, _)| matches!(c.shape, Shape::Date(p) if p.day > 0 && p.month > 0))
                && self.small(at + 1, 1, 31).is_some()
        };
        let end = at + 1 + usize::from(suffix);
        if shared(end) {
            return Some((Core::new(Shape::DayOfMonth(day)), end));
        }
        // "March 5-7": the second day of a range
        if self.dash_after_day(i) {
            return Some((Core::new(Shape::DayOfMonth(day)), end));
        }
        if !(suffix && (the || self.after(i, &["on"]))) {
            return None;
        }
        if self.prep(end, "of")
            && let Some((of, after)) = self.relative(end + 1).or_else(|| self.pointed(end + 1))
            && matches!(of.shape, Shape::Shift(Unit::Month, ..))
        {
            return Some((Core::new(Shape::DayOfMonth(day)), after));
        }
        let free = !self
            .words
            .get(end)
            .is_some_and(|w| w.grammar.noun || w.grammar.counted || w.telling());
        free.then(|| (Core::new(Shape::DayOfMonth(day)), end))
    }

    pub(super) fn dash_after_day(&self, i: usize) -> bool {
        i >= 3
            && (self.dash(i - 1) && !self.words[i].spaced
                || self.after(i, &["and", "to"])
                    && !self
                        .words
                        .get(i + 1)
                        .is_some_and(|w| w.grammar.noun || w.grammar.counted || w.telling()))
            && self.small(i - 2, 1, 31).is_some()
            && self.get(i - 3, TimeClass::Month).is_some()
    }
}

/// The value of a word that points.
pub(super) fn pointed(value: &'static str) -> Option<Core> {
    let (base, rest) = match value.strip_prefix('~') {
        Some(rest) => (Base::Story, rest),
        None => (Base::Writing, value),
    };
    if let Ok(by) = rest.parse() {
        return Some(Core::new(Shape::Shift(Unit::Day, Some(by), base)));
    }
    match rest {
        "same" => return Some(Core::new(Shape::Same)),
        "since" => return Some(Core::new(Shape::SinceThen)),
        "null" => return Some(Core::new(Shape::Unknown)),
        _ => {}
    }
    let mut fields = rest.split(':');
    let (unit, _) = Unit::of(fields.next()?)?;
    let by = fields.next()?.parse().ok()?;
    let core = Core::new(Shape::Shift(unit, Some(by), base));
    Some(core.with_part(fields.next().unwrap_or("")))
}
