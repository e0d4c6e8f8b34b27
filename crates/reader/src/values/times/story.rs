//! Which year and which day is meant where a text does not tell: by the day of writing in a report, by the dates
//! told before in a narrative.

use super::calendar::{Point, Scale, Unit, is_day};
use super::resolve::{Expression, Resolver};
use super::shape::{Base, Shape, Turn};
use jiff::ToSpan;

impl Resolver {
    /// A month, or month and day, with the year that is meant.
    pub(super) fn with_year(&self, point: Point, e: &Expression, next: &[Expression]) -> Point {
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

    pub(super) fn nearest_month(&self, month: i8, turn: Turn) -> Option<Point> {
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

    pub(super) fn season_past(&self, season: &str) -> bool {
        let month = self.base(Base::Writing).map_or(0, |p| p.month);
        month
            > match season {
                "SP" => 5,
                "SU" => 8,
                "FA" => 11,
                _ => 2,
            }
    }

    pub(super) fn weekday(&self, day: i8, turn: Turn, week: Option<i64>, e: &Expression) -> Option<Point> {
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
    pub(super) fn passing(&self, year: i16, next: &[Expression]) -> bool {
        let Some(own) = self.year.filter(|own| *own != year) else {
            return false;
        };
        let near = |y: i16| {
            self.years.partition_point(|x| *x <= y.saturating_add(1))
                - self.years.partition_point(|x| *x < y.saturating_sub(1))
        };
        if near(year) * 12 < near(own) && near(year) < 3 {
            return true;
        }
        let after = next.iter().take(40).find_map(|n| match n.core.shape {
            Shape::Date(p) if p.scale == Scale::Plain && !n.core.tentative => p.year,
            _ => None,
        });
        after.is_some_and(|n| n == own || (n - own).abs() <= 1 && (n - year).abs() > 1)
    }

    pub(super) fn keep(&mut self, point: Point, e: &Expression, next: &[Expression]) {
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
