//! A month, a quarter or a year, as measured values name the time that they are of.

use std::fmt;

use crate::model::value::Date;

/// A month, a quarter or a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    /// Months since the year 0 up to its first.
    first: i32,
    /// How many months it has: 1, 3 or 12.
    months: i32,
}

impl Period {
    /// Reads `2026-10`, `2026-Q3`, `2026`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |part: &str, many: usize| {
            (part.len() == many && part.bytes().all(|byte| byte.is_ascii_digit()))
                .then(|| part.parse::<i32>().ok())
                .flatten()
        };
        let Some((year, part)) = text.split_once('-') else {
            return Some(Period { first: digits(text, 4)? * 12, months: 12 });
        };
        let year = digits(year, 4)?;
        if let Some(quarter) = part.strip_prefix(['Q', 'q']) {
            let quarter = digits(quarter, 1).filter(|quarter| (1..=4).contains(quarter))?;
            return Some(Period { first: year * 12 + (quarter - 1) * 3, months: 3 });
        }
        let month = digits(part, 2).filter(|month| (1..=12).contains(month))?;
        Some(Period { first: year * 12 + month - 1, months: 1 })
    }

    /// The period of so many months that holds a day.
    pub fn of(day: Date, months: i32) -> Self {
        let month = i32::from(day.0.year()) * 12 + i32::from(day.0.month()) - 1;
        let months = months.max(1);
        Period { first: month - month.rem_euclid(months), months }
    }

    /// How many months it has.
    pub fn months(self) -> i32 {
        self.months
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Self {
        Period { first: self.first + self.months, ..self }
    }

    /// The one before it.
    #[must_use]
    pub fn before(self) -> Self {
        Period { first: self.first - self.months, ..self }
    }

    /// The day after its last.
    pub fn end(self) -> Option<Date> {
        let month = self.first + self.months;
        Date::parse(&format!("{:04}-{:02}-01", month.div_euclid(12), month.rem_euclid(12) + 1))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.first.div_euclid(12), self.first.rem_euclid(12));
        match self.months {
            12 => write!(f, "{year:04}"),
            3 => write!(f, "{year:04}-Q{}", month / 3 + 1),
            _ => write!(f, "{year:04}-{:02}", month + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_and_follow_each_other() {
        let period = |text: &str| Period::parse(text).expect("it is a period");
        for text in ["2026-10", "2026-Q3", "2026"] {
            assert_eq!(period(text).to_string(), text);
        }
        for text in ["2026-13", "2026-Q5", "26", "2026-1", "October 2026", ""] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
        assert_eq!(period("2026-12").next(), period("2027-01"));
        assert_eq!(period("2026-Q1").before(), period("2025-Q4"));
        assert_eq!(period("2026-Q3").end(), Date::parse("2026-10-01"));
        let day = Date::parse("2026-11-27").expect("it is a day");
        assert_eq!(Period::of(day, 3), period("2026-Q4"));
        assert_eq!(Period::of(day, 1), period("2026-11"));
        assert_eq!(Period::of(day, 12), period("2026"));
    }
}
