//! What is told by counting: days ago, the next week, lengths, sets; and how the pieces stand together.

use super::calendar::{Point, Unit};
use super::shape::{Base, Core, Found, Matcher, Shape, Turn};
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
    fn opens(&self, i: usize) -> bool {
        self.prep(i, "the") || self.prep(i, "date")
    }

    /// "early", "the end of", "cuối" before a time.
    fn portion(&self, i: usize) -> Found<i8> {
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

    fn portioned(&self, i: usize) -> Found<Core> {
        if self.is(i, TimeClass::Modifier, "about") {
            let (core, end) = self.portioned(i + 1).or_else(|| self.date(i + 1))?;
            let dated = matches!(core.shape, Shape::Date(p) if p.day == 0);
            return dated.then_some((core, end));
        }
        let (half, at) = self.portion(i)?;
        let inner = at + usize::from(self.prep(at, "of"));
        if let Some((mut core, end)) = self.portioned(inner).or_else(|| self.plain(inner)) {
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
    fn plain(&self, i: usize) -> Found<Core> {
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
    fn clocked(&self, i: usize) -> Found<Core> {
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
    fn parted(&self, i: usize) -> Found<Core> {
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
    fn anchored(&self, i: usize) -> Found<Core> {
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

    fn dated(&self, i: usize) -> Found<Core> {
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

    fn turn_after(&self, i: usize) -> Option<Turn> {
        Some(match self.get(i, TimeClass::Modifier)? {
            "past" => Turn::Last,
            "coming" => Turn::Next,
            _ => return None,
        })
    }

    /// Whether a month's name is one where no day and no year stands with it.
    fn month_stands(&self, i: usize) -> bool {
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

    fn weekdayed(&self, i: usize) -> Found<Core> {
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
    fn pointed(&self, i: usize) -> Found<Core> {
        let the = self.prep(i, "the");
        let at = i + usize::from(the);
        let value = self.get(at, TimeClass::Deictic)?;
        if the && !value.starts_with('~') {
            return None;
        }
        let core = pointed(value)?;
        let end = at + 1;
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

    fn holiday(&self, i: usize) -> Found<Core> {
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
    fn day_alone(&self, i: usize) -> Found<Core> {
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

    fn dash_after_day(&self, i: usize) -> bool {
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

    /// A unit or name turned by a word before it: "last Tuesday", "the next day", "that afternoon".
    fn relative(&self, i: usize) -> Found<Core> {
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
        if self.head_first {
            return None;
        }
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

    fn day_or_year(&self, end: usize) -> bool {
        self.small(end, 1, 31).is_none()
    }

    /// So many units before or after: "two weeks ago", "3 ngày trước", "cách đây 5 năm", "three days after April 4".
    fn counted(&self, i: usize) -> Found<Core> {
        let ago = self.is(i, TimeClass::Modifier, "ago-before");
        let at = self.hedges(i + usize::from(ago));
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

    /// A count and its unit: number, unit, how many of that unit one is, and the word after.
    fn measure(&self, i: usize) -> Option<(Option<i64>, Unit, i64, usize)> {
        if let Some((unit, times, true)) = self.unit(i) {
            return Some((None, unit, times, i + 1));
        }
        let (count, end) = self.count(i)?;
        let end = end + usize::from(self.dash(end));
        let (unit, times, _) = self.unit(end)?;
        Some((count.whole, unit, times, end + 1))
    }

    /// A length of time: "three days", "the first two weeks", "24-year-old", "vài giờ".
    fn length(&self, i: usize) -> Found<Core> {
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
            // "the first year of the war", "the last week of April"
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
        // A unit that counts nothing: "năm 2017" after a number, "5 năm" before one.
        if self.head_first && unit == Unit::Year && self.four(end + 1).is_some() {
            return None;
        }
        let text = match (&count.text, count.whole) {
            (Some(_), Some(n)) => Some((n * times).to_string()),
            (text, _) => text.clone(),
        };
        let mut core = Core::new(Shape::Length(unit.length(text.as_deref())));
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
    fn part_alone(&self, i: usize) -> Found<Core> {
        let at = i + usize::from(self.prep(i, "the"));
        let part = self.get(at, TimeClass::Part).filter(|p| !p.ends_with('?'))?;
        // "Operation Red Dawn"
        let named = at > 0 && self.words[at].capital && self.words[at - 1].capital;
        let short = named || self.words[at].span.len() <= 4 && self.word(at).contains(['.', 'm', 'M']);
        (!short).then(|| (Core::new(Shape::Part).with_part(part), at + 1))
    }
}

/// The value of a word that points.
fn pointed(value: &'static str) -> Option<Core> {
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
