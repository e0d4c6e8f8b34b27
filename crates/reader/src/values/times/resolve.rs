//! Expressions read against the day of writing, and against the days that the text itself has come to.

use super::calendar::{Point, Scale, Unit, is_day};
use super::shape::{Base, Core, Shape, Turn};
use counterclaim_text::Span;
use jiff::ToSpan;
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
    writing: Option<Point>,
    /// The text tells a story with dates of its own, and the day of writing tells nothing.
    narrative: bool,
    /// The text is about times before our era.
    ancient: bool,
    last: Option<Point>,
    /// The last day told, for "the next day" and the parts of a day.
    day: Option<Point>,
    year: Option<i16>,
    weekdays: [Option<Point>; 8],
    /// The last point told, whatever it is.
    recent: Option<Point>,
    /// The sentence of the last day told.
    sentence: usize,
    /// All years told, sorted.
    years: Vec<i16>,
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

    fn base(&self, base: Base) -> Option<Point> {
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
            Shape::Length(text) => return Some(plain("DURATION", text.clone())),
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
                    _ => self.nearest_month(month, turn),
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
                        .or_else(|| if self.narrative { None } else { self.writing })?,
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
                // A date that follows at once ("5:34 AM Baghdad time on March 20"), else the day told before.
                let ahead = next
                    .first()
                    .filter(|n| n.sentence == e.sentence && n.outer.start <= e.outer.end + 3)
                    .and_then(|n| match n.core.shape {
                        Shape::Date(p) if p.day > 0 => Some(self.with_year_at(p, n, &[])),
                        _ => None,
                    });
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

    /// A month, or month and day, with the year that is meant.
    fn with_year(&self, point: Point, e: &Expression, next: &[Expression]) -> Point {
        let with = |year: Option<i16>| Point {
            year: year.filter(|y| point.day == 0 || is_day(Some(*y), point.month, point.day)),
            ..point
        };
        if let Some(by) = e.core.year_by {
            return with(self.base(Base::Writing).and_then(|p| p.year).map(|y| y + by as i16));
        }
        // "from March to May 2003": the year stands with the second.
        if let Some(n) = next.first()
            && (e.reaches || n.outer.start <= e.units.end + 1 && n.sentence == e.sentence)
            && let Shape::Date(Point {
                year: Some(year),
                month,
                ..
            }) = n.core.shape
            && month > 0
        {
            return with(Some(year - i16::from(e.reaches && month < point.month)));
        }
        if self.narrative {
            let Some(last) = self.last.filter(|l| l.month > 0) else {
                return with(self.year);
            };
            let Some(year) = last.year.or(self.year) else {
                return point;
            };
            let step = i16::from(point.month) - i16::from(last.month);
            // December and then January: the story went on into the next year.
            let year = if step <= -10 { year + 1 } else { year };
            return with(Some(if year == 0 { 1 } else { year }));
        }
        let Some(writing) = self.writing else { return point };
        let Some(year) = writing.year else { return point };
        let later = (point.month, point.day) > (writing.month, if point.day == 0 { 0 } else { writing.day });
        let later = if point.day == 0 {
            point.month > writing.month
        } else {
            later
        };
        let earlier = if point.day == 0 {
            point.month < writing.month
        } else {
            (point.month, point.day) < (writing.month, writing.day)
        };
        if e.future {
            // What is to come is not a year away.
            return with(Some(year + i16::from(earlier)));
        }
        with(Some(year - i16::from(later)))
    }

    fn nearest_month(&self, month: i8, turn: Turn) -> Option<Point> {
        let base = self.base(Base::Writing)?;
        let year = base.year?;
        let year = match turn {
            Turn::Last => year - i16::from(month >= base.month),
            _ => year + i16::from(month <= base.month),
        };
        Some(Point {
            month,
            ..Point::year(year)
        })
    }

    fn season_past(&self, season: &str) -> bool {
        let month = self.base(Base::Writing).map_or(0, |p| p.month);
        month
            > match season {
                "SP" => 5,
                "SU" => 8,
                "FA" => 11,
                _ => 2,
            }
    }

    fn weekday(&self, day: i8, turn: Turn, week: Option<i64>, e: &Expression) -> Option<Point> {
        let base = if self.narrative { self.day } else { self.writing };
        let Some(base) = base.filter(|p| p.year.is_some()) else {
            return self.weekdays[day as usize].filter(|_| turn == Turn::Near && week.is_none());
        };
        if let Some(by) = week {
            let monday = base.moved(Unit::Week, by)?;
            let date = monday.day_of()?.checked_add(i64::from(day - 1).days()).ok()?;
            return Some(Point::date(date, true));
        }
        match turn {
            Turn::Near if self.narrative => base.weekday(day, 1),
            Turn::Near if e.future => base.weekday(day, 1),
            Turn::Near | Turn::This => base.weekday(day, 0),
            Turn::Last => base.weekday(day, -1),
            Turn::Next => base.weekday(day, 1),
        }
    }

    /// Whether a year told is only looked at in passing: the next year told is the story's own again, or hardly any
    /// other lies near it.
    fn passing(&self, year: i16, next: &[Expression]) -> bool {
        let Some(own) = self.year.filter(|own| *own != year) else {
            return false;
        };
        let near = |y: i16| self.years.iter().filter(|x| (**x - y).abs() <= 1).count();
        if near(year) * 12 < near(own) && near(year) < 3 {
            return true;
        }
        let after = next.iter().take(40).find_map(|n| match n.core.shape {
            Shape::Date(p) if p.scale == Scale::Plain && !n.core.tentative => p.year,
            _ => None,
        });
        after.is_some_and(|n| n == own || (n - own).abs() <= 1 && (n - year).abs() > 1)
    }

    fn keep(&mut self, point: Point, e: &Expression, next: &[Expression]) {
        self.recent = Some(point);
        if self.narrative {
            let explicit = matches!(e.core.shape, Shape::Date(p) if p.year.is_some());
            let large = matches!(
                e.core.shape,
                Shape::Shift(Unit::Year | Unit::Decade | Unit::Century, Some(by), _) if by != 0
            );
            if large || explicit && point.year.is_some_and(|y| self.passing(y, next)) {
                return;
            }
        }
        let told = matches!(
            e.core.shape,
            Shape::Date(_)
                | Shape::Month(..)
                | Shape::DayOfMonth(_)
                | Shape::Weekday(..)
                | Shape::Shift(..)
                | Shape::Season(..)
                | Shape::From(..)
                | Shape::Holiday(..)
        );
        if !told || matches!(point.scale, Scale::Decade | Scale::Century) {
            return;
        }
        // History told in passing does not move the story of a report on.
        if !self.narrative && matches!(point.scale, Scale::Plain) && point.day == 0 {
            if self.day.is_none() {
                self.last = Some(point);
            }
            return;
        }
        self.last = Some(Point {
            part: "",
            clock: None,
            ..point
        });
        if point.day > 0 && matches!(point.scale, Scale::Plain) {
            self.day = Some(point.cut(Unit::Day));
            self.sentence = e.sentence;
            if let Some(date) = point.day_of().filter(|_| point.year.is_some()) {
                self.weekdays[date.weekday().to_monday_one_offset() as usize] = Some(point.cut(Unit::Day));
            }
        }
        if let Some(year) = point.year {
            self.year = Some(year);
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
