//! What a time expression says, before it is read against a date.

use super::calendar::{Point, Unit};
use super::words::Word;
use counterclaim_lexicon::{NumberKind, TimeClass};
use counterclaim_text::TokenKind;

/// Which way a weekday, month or season is looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Turn {
    /// The nearest, by the tense of the clause.
    #[default]
    Near,
    Last,
    This,
    Next,
}

/// What a relative time is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    /// The day of writing.
    Writing,
    /// The day that the text has come to.
    Story,
}

/// What an expression says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    /// A date as far as it is told.
    Date(Point),
    /// A day of a month that is told elsewhere.
    DayOfMonth(i8),
    /// A weekday, and the week it is in if told (0 this, -1 last).
    Weekday(i8, Turn, Option<i64>),
    Month(i8, Turn),
    Season(&'static str, Turn),
    /// So many units from a base; `None` is an unknown number.
    Shift(Unit, Option<i64>, Base),
    /// So many units before (-) or after a date told.
    From(Point, Unit, i64),
    /// A day and month in each year.
    Holiday(i8, i8),
    /// The time that the text has come to: "at the same time".
    Same,
    /// The same and on: "since then".
    SinceThen,
    /// Only a part of a day or a time of the clock.
    Part,
    /// A length, by its TIMEX3 value.
    Length(String),
    /// Again and again, by its TIMEX3 value.
    Set(String),
    /// `PAST_REF`, `PRESENT_REF`, `FUTURE_REF`.
    Reference(&'static str),
    /// A time whose value cannot be told.
    Unknown,
}

/// A shape, and what stands with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Core {
    pub(super) shape: Shape,
    pub(super) part: &'static str,
    pub(super) clock: Option<(i8, i8)>,
    /// The year, counted from the year of writing.
    pub(super) year_by: Option<i64>,
    /// A date beside a word that points to it: "hôm qua, 24/2" says which day the text was written, by this many days.
    pub(super) beside: Option<i64>,
    /// The weekday that a date is told with.
    pub(super) weekday: i8,
    /// A length that ends with the day of writing: so many of a unit.
    pub(super) back: Option<(Unit, i64)>,
    /// 1 or 2 where only one half of it is meant; -1 where a vague number of units lies before.
    pub(super) half: i8,
    /// A year of few digits: one only in a text about times before our era.
    pub(super) tentative: bool,
    /// Stands beside a noun as an adjective does.
    pub(super) adjective: bool,
}

impl Core {
    pub(super) fn new(shape: Shape) -> Core {
        Core {
            shape,
            part: "",
            clock: None,
            year_by: None,
            beside: None,
            back: None,
            weekday: 0,
            half: 0,
            tentative: false,
            adjective: false,
        }
    }

    pub(super) fn with_part(mut self, part: &'static str) -> Core {
        if !part.is_empty() && self.part.is_empty() {
            self.part = part;
        }
        self
    }
}

/// A number before a unit.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Count {
    /// As TIMEX3 writes it; none where it is vague.
    pub(super) text: Option<String>,
    pub(super) whole: Option<i64>,
    /// Told by an article alone.
    pub(super) article: bool,
}

/// Reads the words of one sentence.
pub(super) struct Matcher<'a> {
    pub(super) text: &'a str,
    pub(super) words: &'a [Word],
    pub(super) head_first: bool,
}

/// What was matched and the word after it.
pub(super) type Found<T> = Option<(T, usize)>;

impl Matcher<'_> {
    pub(super) fn get(&self, i: usize, class: TimeClass) -> Option<&'static str> {
        self.words.get(i)?.get(class)
    }

    pub(super) fn is(&self, i: usize, class: TimeClass, value: &str) -> bool {
        self.words.get(i).is_some_and(|w| w.is(class, value))
    }

    pub(super) fn prep(&self, i: usize, value: &str) -> bool {
        self.is(i, TimeClass::Prep, value)
    }

    /// Whether the word before `i` is a preposition with one of these values.
    pub(super) fn after(&self, i: usize, values: &[&str]) -> bool {
        i > 0 && values.iter().any(|v| self.prep(i - 1, v))
    }

    pub(super) fn word(&self, i: usize) -> &str {
        self.words.get(i).map_or("", |w| w.span.of(self.text))
    }

    pub(super) fn punct(&self, i: usize, mark: &str) -> bool {
        self.words.get(i).is_some_and(|w| w.kind == TokenKind::Punct) && self.word(i) == mark
    }

    pub(super) fn dash(&self, i: usize) -> bool {
        self.words.get(i).is_some_and(|w| w.kind == TokenKind::Punct) && matches!(self.word(i), "-" | "–" | "—" | "--")
    }

    /// `i`, or the word after a comma there.
    pub(super) fn past_comma(&self, i: usize) -> usize {
        i + usize::from(self.punct(i, ","))
    }

    /// A number in plain digits, with how many they are.
    pub(super) fn digits(&self, i: usize) -> Option<(i32, usize)> {
        let word = self.words.get(i).filter(|w| w.kind == TokenKind::Number)?;
        let text = word.span.of(self.text);
        (text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse().ok().map(|n| (n, text.len())))?
    }

    /// A number in plain digits between two bounds, that no part of a larger number or name follows.
    pub(super) fn small(&self, i: usize, from: i32, to: i32) -> Option<i8> {
        let (n, length) = self.digits(i)?;
        (length <= 2 && (from..=to).contains(&n)).then_some(n as i8)
    }

    /// A year of four digits.
    pub(super) fn four(&self, i: usize) -> Option<i16> {
        let (n, length) = self.digits(i)?;
        (length == 4 && (1000..=2100).contains(&n)).then_some(n as i16)
    }

    /// The parts of a number with slashes, full stops or commas inside.
    pub(super) fn parts(&self, i: usize, mark: char) -> Option<Vec<(i32, usize)>> {
        let word = self.words.get(i).filter(|w| w.kind == TokenKind::Number)?;
        let text = word.span.of(self.text);
        if text.len() > 10 || !text.contains(mark) {
            return None;
        }
        text.split(mark)
            .map(|p| p.parse().ok().filter(|_| p.len() <= 4).map(|n: i32| (n, p.len())))
            .collect()
    }

    /// A number word or digits: the value and the word after it.
    pub(super) fn cardinal(&self, i: usize) -> Found<i64> {
        if let Some((n, _)) = self.digits(i) {
            return Some((i64::from(n), i + 1));
        }
        let (mut total, mut at) = (0i64, i);
        while let Some(number) = self.words.get(at).and_then(|w| w.number) {
            let value = number.value as i64;
            match number.kind {
                NumberKind::Digit if at == i => total = value,
                NumberKind::Digit if total % 10 == 0 && total >= 10 && value < 10 => total += value,
                NumberKind::Unit if value > 0 && value <= 1000 && total < value => total = total.max(1) * value,
                NumberKind::Unit if value == 10 && total < 10 => total *= 10,
                NumberKind::Dozen if at == i => total = value,
                _ => break,
            }
            at += 1;
            if self.words.get(at).is_some_and(|w| w.telling()) && self.is_unit(at) && at > i {
                break;
            }
        }
        (at > i && total > 0).then_some((total, at))
    }

    pub(super) fn is_unit(&self, i: usize) -> bool {
        self.get(i, TimeClass::Unit).is_some()
    }

    /// Words that make a number less exact: "about", "more than", "gần".
    pub(super) fn hedges(&self, mut i: usize) -> usize {
        loop {
            let word = self.words.get(i);
            let bound = word.and_then(|w| w.number).is_some_and(|n| {
                matches!(
                    n.kind,
                    NumberKind::AtLeast
                        | NumberKind::MoreThan
                        | NumberKind::AtMost
                        | NumberKind::LessThan
                        | NumberKind::Approx
                        | NumberKind::Nearly
                )
            });
            let some = word.and_then(|w| w.number).is_some_and(|n| n.kind == NumberKind::Vague)
                && (self.digits(i + 1).is_some()
                    || self
                        .words
                        .get(i + 1)
                        .and_then(|w| w.number)
                        .is_some_and(|n| matches!(n.kind, NumberKind::Digit) && n.value > 1));
            if bound || some || self.is(i, TimeClass::Modifier, "about") && !self.after(i + 1, &["at"]) {
                i += 1;
            } else {
                return i;
            }
        }
    }

    /// A count before a unit: "three", "several", "a", "2.5".
    pub(super) fn count(&self, i: usize) -> Found<Count> {
        let word = self.words.get(i)?;
        let told = |text: String, whole, article| Count {
            text: Some(text),
            whole,
            article,
        };
        if word.kind == TokenKind::Number {
            let text = word.span.of(self.text);
            if let Some((n, _)) = self.digits(i) {
                return Some((told(n.to_string(), Some(i64::from(n)), false), i + 1));
            }
            let plain = text.replace(',', if self.head_first { "." } else { "" });
            let value: f64 = plain.parse().ok()?;
            let grouped = text.rsplit(['.', ',']).next().is_some_and(|p| p.len() == 3);
            let value = if grouped {
                text.replace(['.', ','], "").parse().ok()?
            } else {
                value
            };
            return Some((told(value.to_string(), None, false), i + 1));
        }
        match word.number?.kind {
            NumberKind::Vague => Some((
                Count {
                    text: None,
                    whole: None,
                    article: false,
                },
                i + 1,
            )),
            NumberKind::Digit | NumberKind::Unit | NumberKind::Dozen => {
                let (n, end) = self.cardinal(i)?;
                let article = n == 1 && word.span.len() <= 2 && end == i + 1 && !self.head_first;
                Some((told(n.to_string(), Some(n), article), end))
            }
            _ => None,
        }
    }
}
