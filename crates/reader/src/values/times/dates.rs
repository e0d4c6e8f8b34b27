//! Dates, weekdays, months, seasons, years, decades and times of the clock.

use super::calendar::{Point, Scale, Unit, is_day};
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
    fn told_year(&self, i: usize) -> Found<i16> {
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
    fn day(&self, i: usize) -> Found<(i8, bool)> {
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
        // "2003-05-22"
        if let (Some(year), Some(month), Some(day)) = (self.four(i), self.small(i + 2, 1, 12), self.small(i + 4, 1, 31))
            && self.dash(i + 1)
            && self.dash(i + 3)
            && !self.words[i + 2].spaced
        {
            return Some((of(Some(year), month, day), i + 5));
        }
        if let Some((month, after)) = self.get(i, TimeClass::Month).and_then(|_| self.month(i)) {
            if !self.head_first {
                if let Some(((day, _), end)) = self.day(after)
                    && !self
                        .words
                        .get(end)
                        .is_some_and(|w| w.grammar.counted && !self.after(i, &["on"]))
                {
                    let (year, end) = self.year_after(end).map_or((None, end), |(y, e)| (Some(y), e));
                    return is_day(year, month, day).then(|| (of(year, month, day), end));
                }
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
    fn year_after(&self, i: usize) -> Found<i16> {
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

    fn month_year(&self, month: i8, after: usize) -> (Core, usize) {
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
    fn numeric(&self, i: usize) -> Found<Core> {
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
    fn alone(&self, i: usize) -> bool {
        let open = i == 0 || matches!(self.word(i - 1), "(" | ",");
        let closed = i + 1 >= self.words.len()
            || self.words[i + 1].kind == TokenKind::Punct && !matches!(self.word(i + 1), "%" | "-" | "/");
        open && closed
    }

    /// A year that stands alone, a decade, a century.
    fn years(&self, i: usize) -> Found<Core> {
        if !self.head_first {
            // "the year 1955"
            let unit = i + usize::from(self.prep(i, "the"));
            if self.is(unit, TimeClass::Unit, "year") || self.is(unit, TimeClass::Unit, "year+") {
                let (year, end) = self.year(unit + 1)?;
                return Some((Core::new(Shape::Date(Point::year(year))), end));
            }
        }
        let date = |year| Core::new(Shape::Date(Point::year(year)));
        let scaled = |year, scale| {
            Core::new(Shape::Date(Point {
                scale,
                ..Point::year(year)
            }))
        };
        let the = i + usize::from(self.prep(i, "the"));
        // "the 1960s", "the 470s BC"
        if let Some((n, length)) = self.digits(the)
            && self.is(the + 1, TimeClass::Ordinal, "s")
            && n % 10 == 0
        {
            let bc = self.is(the + 2, TimeClass::Era, "BC");
            let n = match length {
                2 => n + if n < 30 { 2000 } else { 1900 },
                _ => n,
            };
            let year = if bc { -(n as i16) } else { n as i16 };
            return (bc || n > 999).then(|| (scaled(year, Scale::Decade), the + 2 + usize::from(bc)));
        }
        // "thập niên 1990", "thế kỷ 20"
        if self.head_first {
            let at = if self.is(i, TimeClass::Ordinal, "years") {
                i + 1
            } else {
                i
            };
            let decade = self.is(at, TimeClass::Unit, "decade") || at > i;
            let at = at + usize::from(self.is(at, TimeClass::Unit, "decade"));
            if decade {
                let (n, length) = self.digits(at)?;
                let n = if length == 2 { n + 1900 } else { n };
                return (n % 10 == 0 && n > 999).then(|| (scaled(n as i16, Scale::Decade), at + 1));
            }
        }
        if let Some(core) = self.century(i) {
            return Some(core);
        }
        if self.head_first && self.is(i, TimeClass::Unit, "year") {
            let (year, end) = self.year(i + 1)?;
            return Some((date(year), end));
        }
        if let Some((year, end)) = self.year(i) {
            return (end > i + 1 || self.year_stands(i)).then(|| (date(year), end));
        }
        // "’99", "1957-60", "264 to 241 BC", "in 480"
        let (n, length) = self.digits(i)?;
        if length == 2 && i >= 2 && self.dash(i - 1) && !self.words[i].spaced {
            let year = self.four(i - 2)?;
            let own = year - year % 100 + n as i16;
            return (own > year && self.year_stands(i - 2)).then(|| (date(own), i + 1));
        }
        if length == 2 && i >= 1 && matches!(self.word(i - 1), "'" | "’" | "‘") && !self.words[i].spaced {
            let mut core = date(n as i16);
            core.tentative = true;
            return Some((core, i + 1));
        }
        if length == 3 && n > 99 {
            let paired = |j: usize| self.year(j).filter(|(y, _)| *y < 0 && -i32::from(*y) < n).is_some();
            let joined = self.dash(i + 1) || self.prep(i + 1, "to") || self.prep(i + 1, "and");
            let mut core = date(-(n as i16));
            if joined && paired(i + 2) {
                return Some((core, i + 1));
            }
            let nounless = !self
                .words
                .get(i + 1)
                .is_some_and(|w| w.grammar.noun || w.grammar.counted || w.telling());
            core.tentative = true;
            return (self.after(i, &["at", "since", "by", "until", "from", "of", "before", "after"]) && nounless
                || i > 0 && self.get(i - 1, TimeClass::Modifier).is_some() && nounless)
                .then_some((core, i + 1));
        }
        None
    }

    fn century(&self, i: usize) -> Found<Core> {
        let make = |n: i16, end: usize| {
            let bc = self.is(end, TimeClass::Era, "BC");
            let year = if bc { -(n - 1) * 100 } else { (n - 1) * 100 };
            let point = Point {
                scale: Scale::Century,
                ..Point::year(year)
            };
            (Core::new(Shape::Date(point)), end + usize::from(bc))
        };
        if self.head_first {
            let at = i + 1;
            if !self.is(i, TimeClass::Unit, "century") {
                return None;
            }
            let n = self.small(at, 2, 30).or_else(|| roman(self.word(at)))?;
            return Some(make(i16::from(n), at + 1));
        }
        let ((n, ordinal), end) = self.day(i)?;
        let end = end + usize::from(self.dash(end));
        let unit = self.is(end, TimeClass::Unit, "century");
        (ordinal && unit && n > 1).then(|| make(i16::from(n), end + 1))
    }

    /// Whether four digits are a year here: after a preposition of time, in brackets, in a range, beside a noun
    /// that nothing counts.
    fn year_stands(&self, i: usize) -> bool {
        let Some((n, _)) = self.digits(i) else { return false };
        let next = self.words.get(i + 1);
        let counted = next.is_some_and(|w| {
            w.grammar.counted || w.kind == TokenKind::Word && w.number.is_some_and(|n| n.kind == NumberKind::Unit)
        }) || self.is_unit(i + 1);
        if counted {
            return false;
        }
        let range = |a: usize, b: usize| {
            let (a, b) = (self.digits(a), self.digits(b));
            matches!((a, b), (Some((x, 4)), Some((y, 4))) if x < y && (1000..=2100).contains(&x) && y <= 2100)
                || matches!((a, b), (Some((x, 4)), Some((y, 2))) if x % 100 < y && x >= 1000)
        };
        if self.dash(i + 1) && range(i, i + 2) || i >= 2 && self.dash(i - 1) && range(i - 2, i) {
            return true;
        }
        let modern = (1500..=2100).contains(&n);
        if i == 0 {
            // A heading: "2004: …", "1990"
            return modern && (next.is_none_or(|w| w.kind == TokenKind::Punct) || !self.head_first && n >= 1700);
        }
        let before = self.word(i - 1);
        if next.is_none() && before == "," {
            return modern;
        }
        if !self.head_first && next.is_some_and(|w| !w.spaced && w.kind == TokenKind::Word) {
            // "1965's Man of the Year"
            return modern && self.word(i + 1).starts_with(['\'', '’']);
        }
        if matches!(before, "(" | "[") {
            return modern && (next.is_none_or(|w| w.kind == TokenKind::Punct) || self.prep(i + 1, "to"));
        }
        if self.get(i - 1, TimeClass::Modifier).is_some() || self.get(i - 1, TimeClass::Season).is_some() {
            return modern;
        }
        let close = ["at", "since", "by", "until", "before", "after", "about"];
        if self.after(i, &close) || self.after(i, &["the"]) && i >= 2 && self.after(i - 1, &close) {
            return modern || next.is_none_or(|w| w.kind == TokenKind::Punct);
        }
        let last = &self.words[i - 1];
        let vague = last.number.is_some_and(|n| n.kind == NumberKind::Vague) && before.contains(' ');
        let noun = next.is_some_and(|w| w.grammar.noun);
        if vague || self.after(i, &["for"]) {
            return modern && n >= 1700 && !noun;
        }
        // "a 1908 interview", "its 2006 highs"
        let article = last.number.is_some_and(|n| n.kind == NumberKind::Digit && n.value == 1) && before.len() <= 2;
        if !self.head_first && noun && (article || last.grammar.owner) {
            return modern && n >= 1500;
        }
        if self.after(i, &["from", "to", "between", "and", "of", "the"]) {
            return modern && (1700..=2100).contains(&n) && (!self.head_first || self.after(i, &["from", "to"]));
        }
        // "the Syrian 2013 offensive", "Iraq's 2003 …"
        if !self.head_first && next.is_some_and(|w| w.grammar.noun) && (1800..=2100).contains(&n) {
            return self.words[i - 1].kind == TokenKind::Word
                && before.ends_with('s')
                && before.starts_with(['\'', '’']);
        }
        // A list: "in 1956, 1957"
        matches!(before, ",") && i >= 2 && self.four(i - 2).is_some() && self.year_stands(i - 2)
    }

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

    fn weekday_stands(&self, i: usize, end: usize) -> bool {
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
        self.numeric(next).is_some()
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

    fn deictic_part(&self, i: usize) -> Option<&'static str> {
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
            (the > i || modified || listed) && !(noun && !self.head_first) || beside || self.word(the).contains(' ');
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

/// Roman numerals, of centuries.
fn roman(text: &str) -> Option<i8> {
    let (mut total, mut last) = (0i32, 0i32);
    for c in text.chars().rev() {
        let value = match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            _ => return None,
        };
        total += if value < last { -value } else { value };
        last = last.max(value);
    }
    (2..=30).contains(&total).then_some(total as i8)
}
