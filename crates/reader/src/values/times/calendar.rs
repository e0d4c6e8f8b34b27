//! Points of time told in part, how they are moved, and how they are written in EDTF and TIMEX3.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// What a date is told down to, where year, month and day do not say it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Scale {
    /// As far as year, month and day are filled in.
    #[default]
    Plain,
    /// `SP`, `SU`, `FA`, `WI`.
    Season(&'static str),
    Quarter(i8),
    Half(i8),
    /// Ten years from `year`.
    Decade,
    /// A hundred years from `year`.
    Century,
    /// The week that begins on the day.
    Week,
    /// The Saturday that the day is, and the Sunday after it.
    Weekend,
}

/// A point of time, as far as it is told. Years before our era are negative: 264 BC is -264.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) year: Option<i16>,
    /// 0 if not told.
    pub(super) month: i8,
    /// 0 if not told.
    pub(super) day: i8,
    pub(super) scale: Scale,
    /// TIMEX3 part of day, or nothing.
    pub(super) part: &'static str,
    pub(super) clock: Option<(i8, i8)>,
}

/// Steps of the calendar that a time can be moved by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Night,
    Day,
    Week,
    Weekend,
    Month,
    Quarter,
    Season,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// Reads a unit of the lexicon; a trailing `+` marks the plural.
    pub(super) fn of(value: &str) -> Option<(Unit, i64)> {
        Some(match value.trim_end_matches('+') {
            "second" => (Unit::Second, 1),
            "minute" => (Unit::Minute, 1),
            "hour" => (Unit::Hour, 1),
            "night" => (Unit::Night, 1),
            "day" => (Unit::Day, 1),
            "week" => (Unit::Week, 1),
            "fortnight" => (Unit::Week, 2),
            "weekend" => (Unit::Weekend, 1),
            "month" => (Unit::Month, 1),
            "quarter" => (Unit::Quarter, 1),
            "season" => (Unit::Season, 1),
            "year" => (Unit::Year, 1),
            "decade" => (Unit::Decade, 1),
            "century" => (Unit::Century, 1),
            "millennium" => (Unit::Century, 10),
            _ => return None,
        })
    }

    /// Prefix and designator of a TIMEX3 duration; `clocked` where the number is unknown.
    fn designator(self, clocked: bool) -> (&'static str, &'static str) {
        let time = if clocked { "PTX" } else { "PT" };
        match self {
            Unit::Second => (time, "S"),
            Unit::Minute => (time, "M"),
            Unit::Hour => (time, "H"),
            Unit::Night | Unit::Day | Unit::Weekend => ("P", "D"),
            Unit::Week => ("P", "W"),
            Unit::Month => ("P", "M"),
            Unit::Quarter => ("P", "Q"),
            Unit::Season => ("P", "S"),
            Unit::Year => ("P", "Y"),
            Unit::Decade => ("P", "DE"),
            Unit::Century => ("P", "CE"),
        }
    }

    /// A length of so many of these, TIMEX3; `None` is an unknown number.
    pub(super) fn length(self, count: Option<&str>) -> String {
        let (prefix, letter) = self.designator(count.is_none());
        match count {
            Some(count) => format!("{prefix}{count}{letter}"),
            None if prefix == "PTX" => format!("PTX{letter}"),
            None => format!("PX{letter}"),
        }
    }
}

/// Whether a year, month and day are one.
pub(super) fn is_day(year: Option<i16>, month: i8, day: i8) -> bool {
    (1..=12).contains(&month) && Date::new(year.unwrap_or(2000), month, day).is_ok()
}

impl Point {
    pub(super) fn year(year: i16) -> Point {
        Point {
            year: Some(year),
            ..Point::default()
        }
    }

    pub(super) fn date(date: Date, known: bool) -> Point {
        Point {
            year: known.then_some(date.year()),
            month: date.month(),
            day: date.day(),
            ..Point::default()
        }
    }

    /// The day, with 2001 for an unknown year; none where no day is told or the year is before our era.
    pub(super) fn day_of(&self) -> Option<Date> {
        Date::new(self.year.unwrap_or(2001), self.month, self.day)
            .ok()
            .filter(|_| self.day > 0 && self.year.is_none_or(|y| y > 0))
    }

    /// The point without what is finer than a unit.
    pub(super) fn cut(mut self, unit: Unit) -> Point {
        match unit {
            Unit::Year | Unit::Decade | Unit::Century => (self.month, self.day) = (0, 0),
            Unit::Month | Unit::Quarter | Unit::Season => self.day = 0,
            _ => {}
        }
        (self.scale, self.part, self.clock) = (Scale::Plain, "", None);
        self
    }

    /// The point moved by so many units, told down to that unit; none where it is not told finely enough.
    pub(super) fn moved(&self, unit: Unit, by: i64) -> Option<Point> {
        let known = self.year.is_some();
        let years = |year: i16, by: i64| {
            let moved = i64::from(year) + by;
            // There is no year 0.
            let moved = if (year < 0) == (moved < 0) && moved != 0 {
                moved
            } else {
                moved + by.signum()
            };
            i16::try_from(moved).ok()
        };
        match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => {
                let by = if matches!(unit, Unit::Day | Unit::Night) { by } else { 0 };
                let date = self.day_of()?.checked_add(by.days()).ok()?;
                let mut point = Point::date(date, known);
                if unit == Unit::Night {
                    point.part = "NI";
                }
                Some(point)
            }
            Unit::Week | Unit::Weekend => {
                if !known {
                    return None;
                }
                let date = self.day_of()?;
                let monday = date
                    .checked_sub(i64::from(date.weekday().to_monday_zero_offset()).days())
                    .ok()?
                    .checked_add((by * 7).days())
                    .ok()?;
                let (first, scale) = match unit {
                    Unit::Week => (monday, Scale::Week),
                    _ => (monday.checked_add(5.days()).ok()?, Scale::Weekend),
                };
                Some(Point {
                    scale,
                    ..Point::date(first, known)
                })
            }
            Unit::Month | Unit::Quarter | Unit::Season => {
                if self.month == 0 {
                    return None;
                }
                let by = if unit == Unit::Month { by } else { by * 3 };
                let months = i64::from(self.month) - 1 + by;
                let mut point = Point {
                    year: match self.year {
                        Some(year) => Some(years(year, months.div_euclid(12))?),
                        None => None,
                    },
                    month: (months.rem_euclid(12) + 1) as i8,
                    ..Point::default()
                };
                if unit == Unit::Quarter {
                    point.scale = Scale::Quarter((point.month - 1) / 3 + 1);
                    point.month = 0;
                }
                Some(point)
            }
            Unit::Year => Some(Point::year(years(self.year?, by)?)),
            Unit::Decade => {
                let year = self.year?;
                Some(Point {
                    scale: Scale::Decade,
                    ..Point::year(years(year - year % 10, by * 10)?)
                })
            }
            Unit::Century => {
                let year = self.year?;
                Some(Point {
                    scale: Scale::Century,
                    ..Point::year(years(year - year % 100, by * 100)?)
                })
            }
        }
    }

    /// The day of a weekday (1 Monday) nearest to this one: `by` 0 the same day or before, -1 before, 1 after.
    pub(super) fn weekday(&self, weekday: i8, by: i8) -> Option<Point> {
        let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
        let (date, _) = (self.day_of()?, self.year?);
        let found = if by > 0 {
            date.nth_weekday(1, weekday).ok()?
        } else if by == 0 && date.weekday() == weekday {
            date
        } else {
            date.nth_weekday(-1, weekday).ok()?
        };
        Some(Point::date(found, true))
    }

    /// TIMEX3 value.
    pub(super) fn timex(&self) -> String {
        let year = match self.year {
            Some(year) if year < 0 => format!("BC{:04}", -i32::from(year)),
            Some(year) => format!("{year:04}"),
            None => "XXXX".to_owned(),
        };
        let short = |digits: usize| {
            let keep = year.len() - digits;
            year[..keep].to_owned()
        };
        let mut out = match self.scale {
            Scale::Season(season) => format!("{year}-{season}"),
            Scale::Quarter(n) => format!("{year}-Q{n}"),
            Scale::Half(n) => format!("{year}-H{n}"),
            Scale::Decade => short(1),
            Scale::Century => short(2),
            Scale::Week | Scale::Weekend => match self.day_of().filter(|_| self.year.is_some()) {
                Some(date) => {
                    let week = date.iso_week_date();
                    let end = if self.scale == Scale::Week { "" } else { "-WE" };
                    format!("{:04}-W{:02}{end}", week.year(), week.week())
                }
                None => format!("{year}-WXX"),
            },
            Scale::Plain if self.day > 0 => format!("{year}-{:02}-{:02}", self.month, self.day),
            Scale::Plain if self.month > 0 => format!("{year}-{:02}", self.month),
            Scale::Plain => year,
        };
        if self.part.is_empty() && self.clock.is_none() {
            return out;
        }
        if self.day == 0 && self.scale == Scale::Plain {
            out.push_str(if self.month == 0 { "-XX-XX" } else { "-XX" });
        }
        match self.clock {
            Some((hour, minute)) => out.push_str(&format!("T{hour:02}:{minute:02}")),
            None if self.part == "ON" => out.push_str("TNI"),
            None => {
                out.push('T');
                out.push_str(self.part);
            }
        }
        out
    }

    /// EDTF value, none where nothing is known but a part of the day.
    pub(super) fn edtf(&self) -> Option<String> {
        let year = match self.year {
            // Year 0 is 1 BC.
            Some(year) if year < 0 => format!("-{:04}", -i32::from(year) - 1),
            Some(year) => format!("{year:04}"),
            None if self.month > 0 => "XXXX".to_owned(),
            None => return None,
        };
        let months = |from: i8, to: i8| Some(format!("{year}-{from:02}/{year}-{to:02}"));
        let days = |more: i64| {
            let first = self.day_of()?;
            let last = first.checked_add(more.days()).ok()?;
            let known = self.year.is_some();
            Some(format!(
                "{}/{}",
                Point::date(first, known).edtf()?,
                Point::date(last, known).edtf()?
            ))
        };
        match self.scale {
            Scale::Season(season) => {
                let code = match season {
                    "SP" => 21,
                    "SU" => 22,
                    "FA" => 23,
                    _ => 24,
                };
                Some(format!("{year}-{code}"))
            }
            Scale::Quarter(n) => months(n * 3 - 2, n * 3),
            Scale::Half(n) => months(n * 6 - 5, n * 6),
            Scale::Decade => Some(format!("{}X", &year[..year.len() - 1])),
            Scale::Century => Some(format!("{}XX", &year[..year.len() - 2])),
            Scale::Week => days(6),
            Scale::Weekend => days(1),
            Scale::Plain if self.part == "ON" && self.day > 0 => {
                let last = self.day_of()?;
                let known = self.year.is_some();
                let first = Point::date(last.checked_sub(1.day()).ok()?, known);
                Some(format!("{}/{}", first.edtf()?, Point::date(last, known).edtf()?))
            }
            Scale::Plain if self.day > 0 => Some(format!("{year}-{:02}-{:02}", self.month, self.day)),
            Scale::Plain if self.month > 0 => Some(format!("{year}-{:02}", self.month)),
            Scale::Plain => Some(year),
        }
    }
}
