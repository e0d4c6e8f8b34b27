//! Years that stand alone, decades, centuries.

use super::calendar::{Point, Scale};
use super::shape::{Core, Found, Matcher, Shape};
use counterclaim_lexicon::{NumberKind, TimeClass};
use counterclaim_text::TokenKind;

impl Matcher<'_> {
    /// A year that stands alone, a decade, a century.
    pub(super) fn years(&self, i: usize) -> Found<Core> {
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

    pub(super) fn century(&self, i: usize) -> Found<Core> {
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
    pub(super) fn year_stands(&self, i: usize) -> bool {
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
            // "1931's Poet of the Month"
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
