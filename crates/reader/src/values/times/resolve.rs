//! Expressions read against the day of writing, and against the days that the text itself has come to.

use super::calendar::{Point, Scale, Unit, is_day};
use super::shape::{Base, Core, Shape, Turn};
use counterclaim_text::Span;
use jiff::civil::Date;
use std::ops::Range;

/// An expression in its place.
#[derive(Debug, Clone)]
pub(super) struct Expression {
    pub(super) core: Core,
    pub(super) units: Range<usize>,
    pub(super) span: Span,
    pub(super) outer: Range<usize>,
    pub(super) sentence: usize,
    /// The clause speaks of what is to come.
    pub(super) future: bool,
    /// It goes on from there: "since 2006".
    pub(super) since: bool,
    /// It reaches to the next expression: "from 1992 to 1994".
    pub(super) reaches: bool,
    /// It stands in the dateline.
    pub(super) dateline: bool,
    /// Only its first so many months are meant; 0 where it is the whole: "the first five months of 2020".
    pub(super) months: u8,
}

/// The value of an expression.
#[derive(Debug, Clone, Default)]
pub(super) struct Value {
    pub(super) edtf: Option<String>,
    pub(super) timex: String,
    pub(super) kind: &'static str,
}

/// What expressions are read against.
pub(super) struct Resolver {
    /// The day of writing; the year of an unknown one is 2001.
    pub(super) writing: Option<Point>,
    /// The text tells a story with dates of its own, and the day of writing tells nothing.
    pub(super) narrative: bool,
    /// The text is about times before our era.
    pub(super) ancient: bool,
    pub(super) last: Option<Point>,
    /// The last day told, for "the next day" and the parts of a day.
    pub(super) day: Option<Point>,
    pub(super) year: Option<i16>,
    pub(super) weekdays: [Option<Point>; 8],
    /// The last point told, whatever it is.
    pub(super) recent: Option<Point>,
    /// The sentence of the last day told.
    pub(super) sentence: usize,
    /// All years told, sorted.
    pub(super) years: Vec<i16>,
}

impl Resolver {
    /// Looks over all expressions for what they are to be read against.
    pub(super) fn new(expressions: &[Expression], published: Option<Date>, length: usize) -> Resolver {
        let (mut dated, mut pointing, mut ancient, mut years) = (0usize, 0usize, 0usize, Vec::new());
        for e in expressions {
            match &e.core.shape {
                Shape::Date(p) if !e.core.tentative => {
                    if let Some(year) = p.year {
                        dated += 1;
                        ancient += usize::from(year < 0);
                        if p.scale == Scale::Plain {
                            years.push(year);
                        }
                    }
                }
                Shape::Shift(Unit::Day | Unit::Night | Unit::Week, _, Base::Writing) | Shape::Weekday(_, _, _) => {
                    pointing += 1;
                }
                _ => {}
            }
        }
        let dateline = expressions.iter().find_map(|e| match e.core.shape {
            Shape::Date(p) if e.dateline && p.day > 0 => Some(p),
            _ => None,
        });
        let written = published.map(|d| Point::date(d, true));
        let writing = match (dateline, published) {
            (Some(told), Some(published)) => near(told, published).or(written),
            (Some(told), None) => Some(told),
            (None, Some(_)) => written,
            // "Hôm qua, 24/2" tells the day of writing.
            (None, None) => expressions.iter().find_map(|e| match e.core.shape {
                Shape::Date(p) => p.cut(Unit::Day).moved(Unit::Day, -e.core.beside?),
                _ => None,
            }),
        };
        let first = years.first().copied();
        years.sort_unstable();
        // Where most years told lie well before publication, few words point to the day of writing by chance.
        let old = published.is_some_and(|d| years.get(years.len() / 2).is_some_and(|y| *y < d.year() - 2));
        let narrative = dateline.is_none()
            && dated >= 6
            && dated > pointing * if old { 1 } else { 4 }
            && (length > 3000 || ancient > 0)
            && expressions.len() >= 12;
        Resolver {
            writing,
            narrative,
            ancient: ancient >= 3 && ancient * 2 > dated,
            last: None,
            day: None,
            year: if narrative { first } else { None },
            weekdays: [None; 8],
            recent: None,
            sentence: usize::MAX,
            years,
        }
    }

    pub(super) fn base(&self, base: Base) -> Option<Point> {
        match base {
            Base::Story => self.last.or(self.writing),
            Base::Writing if self.narrative => self.last,
            Base::Writing => self.writing,
        }
    }

    /// The value of an expression; `next` are the expressions after it. Keeps what it tells for those that follow.
    pub(super) fn value(&mut self, e: &Expression, next: &[Expression]) -> Option<Value> {
        if e.core.tentative && !self.ancient && !self.apostrophe(e) {
            return None;
        }
        let point = match &e.core.shape {
            Shape::Length(text) => {
                let mut value = plain("DURATION", text.clone());
                value.edtf = e.core.back.and_then(|(unit, count)| self.until_writing(unit, count));
                return Some(value);
            }
            Shape::Set(text) => return Some(plain("SET", text.clone())),
            Shape::Reference(text) => return Some(plain("DATE", (*text).to_owned())),
            Shape::Unknown => return Some(plain("DATE", String::new())),
            Shape::SinceThen => {
                let mut value = plain("DATE", "PAST_REF".to_owned());
                value.edtf = self.recent.and_then(|p| p.edtf()).map(|d| format!("{d}/.."));
                return Some(value);
            }
            _ => self.point(e, next),
        };
        let Some(mut point) = point else {
            return Some(self.unresolved(e));
        };
        if !e.core.part.is_empty() {
            point.part = e.core.part;
        }
        point.clock = e.core.clock.or(point.clock);
        if e.core.half > 0 && point.scale == Scale::Plain && point.month == 0 {
            point.scale = Scale::Half(e.core.half);
        }
        self.keep(point, e, next);
        if e.core.weekday > 0 {
            self.weekdays[e.core.weekday as usize] = Some(point.cut(Unit::Day));
        }
        Some(Value {
            edtf: point.edtf(),
            timex: point.timex(),
            kind: if point.part.is_empty() && point.clock.is_none() {
                "DATE"
            } else {
                "TIME"
            },
        })
    }

    /// The stretch of so many units that ends with the day of writing.
    fn until_writing(&self, unit: Unit, count: i64) -> Option<String> {
        let to = self.writing.filter(|_| !self.narrative)?;
        let (unit, count) = match unit {
            Unit::Hour => (Unit::Day, (count + 23) / 24),
            Unit::Week => (Unit::Day, count * 7),
            Unit::Decade => (Unit::Year, count * 10),
            Unit::Night | Unit::Day | Unit::Month | Unit::Year => (unit, count),
            _ => return None,
        };
        let from = to.moved(unit, -count)?.cut(unit);
        Some(format!("{}/{}", from.edtf()?, to.cut(unit).edtf()?))
    }

    fn apostrophe(&self, e: &Expression) -> bool {
        self.narrative && matches!(e.core.shape, Shape::Date(Point { year: Some(0..=99), .. }))
    }

    /// What is said of a time that nothing fixes.
    fn unresolved(&self, e: &Expression) -> Value {
        let text = match &e.core.shape {
            Shape::Shift(unit, by, _) => match by {
                None if e.core.half < 0 => "PAST_REF",
                None => "FUTURE_REF",
                _ => match unit {
                    Unit::Week | Unit::Weekend => "XXXX-WXX",
                    Unit::Month | Unit::Quarter | Unit::Season => "XXXX-XX",
                    Unit::Year | Unit::Decade | Unit::Century => "XXXX",
                    _ if *by == Some(0) && self.narrative && e.core.part.is_empty() => "PRESENT_REF",
                    _ => "XXXX-XX-XX",
                },
            },
            Shape::Season(season, _) => return plain("DATE", format!("XXXX-{season}")),
            Shape::Month(month, _) => return plain("DATE", format!("XXXX-{month:02}")),
            Shape::Weekday(day, ..) => return plain("DATE", format!("XXXX-WXX-{day}")),
            Shape::Same => "PRESENT_REF",
            _ => "XXXX-XX-XX",
        };
        let mut text = text.to_owned();
        match e.core.clock {
            Some((hour, minute)) => text.push_str(&format!("T{hour:02}:{minute:02}")),
            None if !e.core.part.is_empty() => {
                text.push('T');
                text.push_str(e.core.part.trim_end_matches("ON"));
            }
            None => {}
        }
        plain(if e.core.part.is_empty() { "DATE" } else { "TIME" }, text)
    }

    fn point(&self, e: &Expression, next: &[Expression]) -> Option<Point> {
        match e.core.shape {
            Shape::Date(point) if point.year.is_some() => {
                let mut point = point;
                if let Some(year @ 0..=99) = point.year
                    && e.core.tentative
                {
                    let now = self.year?;
                    let century = now / 100 * 100;
                    let back = if year > now % 100 + 20 { 100 } else { 0 };
                    point.year = Some(century + year - back);
                }
                Some(point)
            }
            Shape::Date(point) => Some(self.with_year(point, e, next)),
            Shape::Month(month, turn) => {
                let point = Point {
                    month,
                    ..Point::default()
                };
                match turn {
                    Turn::Near | Turn::This => Some(self.with_year(point, e, next)),
                    // Of an unknown year it is still that month.
                    _ => self.nearest_month(month, turn).or((!self.narrative).then_some(point)),
                }
            }
            Shape::Season(season, turn) => {
                let year = self.base(Base::Writing).and_then(|p| p.year).or(self.year)?;
                let year = match (e.core.year_by, turn) {
                    (Some(by), _) => year + by as i16,
                    (None, Turn::Last) => year - i16::from(!self.season_past(season)),
                    (None, Turn::Next) => year + 1,
                    _ => year,
                };
                Some(Point {
                    scale: Scale::Season(season),
                    ..Point::year(year)
                })
            }
            Shape::Holiday(month, day) => {
                let point = Point {
                    month,
                    day,
                    ..Point::default()
                };
                Some(self.with_year(point, e, next))
            }
            Shape::DayOfMonth(day) => {
                let month = next
                    .iter()
                    .take(2)
                    .take_while(|n| n.sentence == e.sentence && n.outer.start <= e.outer.end + 6)
                    .find_map(|n| match n.core.shape {
                        Shape::Date(p) if p.month > 0 && p.day > 0 => Some(self.with_year_at(p, n, &[])),
                        _ => None,
                    })
                    .or_else(|| self.last.filter(|p| p.month > 0))
                    .or(if self.narrative { None } else { self.writing })?;
                is_day(month.year, month.month, day).then_some(Point {
                    day,
                    ..month.cut(Unit::Month)
                })
            }
            Shape::Weekday(day, turn, week) => self.weekday(day, turn, week, e),
            Shape::Shift(unit, by, base) => {
                let by = by?;
                // In news a day counted on from the story needs a day told before it.
                let from = match base {
                    Base::Story if matches!(unit, Unit::Day | Unit::Night) => self
                        .day
                        .filter(|_| !self.narrative || self.last.is_some_and(|l| l.day > 0))
                        .or(if self.narrative { None } else { self.writing })?,
                    Base::Writing if self.narrative && matches!(unit, Unit::Day | Unit::Night) => return None,
                    Base::Writing if self.writing.is_none() && by == 0 => self.day.or(self.last)?,
                    _ => self.base(base)?,
                };
                from.moved(unit, by)
            }
            Shape::From(point, unit, by) => {
                let from = if point.year.is_some() {
                    point
                } else {
                    self.with_year(point, e, next)
                };
                from.moved(unit, by)
            }
            Shape::Same => self.here(e).or(self.last).map(|p| Point {
                part: "",
                clock: None,
                ..p
            }),
            Shape::Part => {
                // A date that follows at once ("6:10 PM Nairobi time on May 8") or is the first of the sentence ("from early
                // morning to late afternoon on Sunday"), else the day told before.
                let reach = if self.narrative || self.sentence == e.sentence {
                    3
                } else {
                    12
                };
                let ahead = next
                    .iter()
                    .take(3)
                    .take_while(|n| n.sentence == e.sentence && n.outer.start <= e.outer.end + reach)
                    .find(|n| {
                        matches!(n.core.shape, Shape::Date(p) if p.day > 0)
                            || matches!(n.core.shape, Shape::Weekday(..) | Shape::Shift(Unit::Day, ..))
                    })
                    .and_then(|n| self.point(n, &[]));
                let told = ahead.or(if self.narrative {
                    self.last.filter(|p| p.day > 0)
                } else {
                    self.here(e)
                })?;
                (told.day > 0).then(|| told.cut(Unit::Day))
            }
            _ => None,
        }
    }

    /// The day that a report speaks of at an expression: one told in its sentence, else the day of writing.
    fn here(&self, e: &Expression) -> Option<Point> {
        if self.narrative {
            return self.last;
        }
        self.day
            .filter(|_| self.sentence == e.sentence || self.writing.is_none())
            .or(self.writing)
    }

    fn with_year_at(&self, point: Point, e: &Expression, next: &[Expression]) -> Point {
        if point.year.is_some() {
            point
        } else {
            self.with_year(point, e, next)
        }
    }
}

fn plain(kind: &'static str, timex: String) -> Value {
    Value {
        edtf: None,
        timex,
        kind,
    }
}

/// A day and month of a dateline with the year that brings it nearest to publication, within a month.
fn near(told: Point, published: Date) -> Option<Point> {
    let year = published.year();
    let years = match told.year {
        Some(year) => year..=year,
        None => year - 1..=year + 1,
    };
    years
        .filter_map(|y| Date::new(y, told.month, told.day).ok())
        .map(|d| (published.since(d).map_or(i32::MAX, |s| s.get_days().abs()), d))
        .filter(|(days, _)| *days <= 31)
        .min()
        .map(|(_, d)| Point::date(d, true))
}
