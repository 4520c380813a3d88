//! A day of the calendar, and what people type for one.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};

use super::interval::{Interval, Unit};
use crate::text::plain;

/// A calendar day, written `2026-03-15`. No time, no zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(pub jiff::civil::Date);

impl Date {
    /// Reads `2026-03-15`; nothing else is a date.
    pub fn parse(text: &str) -> Option<Self> {
        let shape = text.len() == 10
            && text.bytes().enumerate().all(|(at, byte)| match at {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if shape { text.parse().ok().map(Date) } else { None }
    }

    /// The days that text of another form can be read as: one, where only one reading is a day.
    /// `03/04/2026` is two days.
    pub fn readings(typed: &str) -> Vec<Self> {
        let typed = plain(typed);
        let typed = typed.trim_matches(['"', '\'', ' ', ',', ';', '.']);
        if typed.len() == 8 && typed.bytes().all(|byte| byte.is_ascii_digit()) {
            let day = format!("{}-{}-{}", &typed[..4], &typed[4..6], &typed[6..]);
            return Date::parse(&day).into_iter().collect();
        }
        let day = typed
            .split_once(['T', 't'])
            .filter(|(day, _)| day.len() > 7)
            .map_or(typed, |(day, _)| day);
        let parts: Vec<&str> =
            day.split([' ', ',', '-', '.', '/']).filter(|part| !part.is_empty()).collect();
        let (parts, rest) = parts.split_at(parts.len().min(3));
        let [first, middle, last] = parts else { return Vec::new() };
        // What follows may only be a time of that day.
        if rest.iter().any(|part| !part.contains(':') && *part != "00") {
            return Vec::new();
        }
        let read = |year: &str, month: &str, day: &str| {
            let month = month_of_name(month).unwrap_or(month.to_owned());
            let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            (year.len() == 4 && !day.is_empty())
                .then(|| Date::parse(&format!("{year}-{month:0>2}-{day:0>2}")))
                .flatten()
        };
        let readings = [
            read(first, middle, last),
            read(last, middle, first),
            // With dots the day comes first wherever dates are written so.
            read(last, first, middle)
                .filter(|_| !day.contains('.') || month_of_name(first).is_some()),
        ];
        let mut days: Vec<Date> = readings.into_iter().flatten().collect();
        days.dedup();
        days
    }

    /// Whether text has the form of a day, so that only the calendar can be against it.
    pub fn is_well_formed(typed: &str) -> bool {
        let digits =
            |part: &str, count| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
        let parts: Vec<&str> = typed.split('-').collect();
        matches!(parts.as_slice(), [year, month, day]
            if digits(year, 4) && digits(month, 2) && digits(day, 2))
    }

    /// Whole days from `self` to `other`; negative when `other` is earlier.
    pub fn days_until(self, other: Date) -> i64 {
        self.0.until(other.0).map_or(0, |span| i64::from(span.get_days()))
    }

    /// The day `interval` later. A month that is shorter ends on its last day. A day past the
    /// end of the calendar (year 9999) stays at that end.
    #[must_use]
    pub fn plus(self, interval: Interval) -> Self {
        self.plus_times(1, interval)
    }

    /// The day on which `interval` has passed so many times, counted in one step: three months from
    /// 30 November are 28 February, and four are 30 March.
    #[must_use]
    pub fn plus_times(self, times: u32, interval: Interval) -> Self {
        let count = i64::from(interval.count) * i64::from(times);
        let span = jiff::Span::new();
        let span = match interval.unit {
            Unit::Day => span.try_days(count),
            Unit::Week => span.try_weeks(count),
            Unit::Month => span.try_months(count),
            Unit::Year => span.try_years(count),
        };
        Date(span.map_or(jiff::civil::Date::MAX, |span| self.0.saturating_add(span)))
    }

    /// So many days earlier.
    #[must_use]
    pub fn minus_days(self, days: i64) -> Self {
        let span = jiff::Span::new().try_days(days);
        Date(span.map_or(jiff::civil::Date::MIN, |span| self.0.saturating_sub(span)))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(from)?;
        Date::parse(&text).ok_or_else(|| serde::de::Error::custom("not a date"))
    }
}

impl JsonSchema for Date {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

/// The number of a month that is written in English, as a word or its first letters.
fn month_of_name(word: &str) -> Option<String> {
    const NAMES: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_lowercase();
    let number = NAMES.iter().position(|name| word.len() >= 3 && name.starts_with(&word))?;
    Some((number + 1).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_days_that_exist() {
        assert!(Date::parse("2024-02-29").is_some());
        for wrong in ["2025-02-29", "2025-13-45", "2025-1-5", "15.03.2026", "2026-03-15T00:00"] {
            assert!(Date::parse(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_date_in_another_form_is_the_days_that_it_can_be() {
        let days = |typed| {
            let days: Vec<String> = Date::readings(typed).iter().map(ToString::to_string).collect();
            days.join(" ")
        };
        for typed in [
            "15.3.2026",
            "15.03.2026",
            "2026/3/15",
            "2026-3-15",
            "2026.03.15",
            "2026-03-15T10:00",
            "2026-03-15 10:00:00",
            "15/3/2026",
            "3/15/2026",
            "15 March 2026",
            "March 15, 2026",
            "15th Mar 2026",
            "15-Mar-2026",
        ] {
            assert_eq!(days(typed), "2026-03-15", "{typed}");
        }
        assert_eq!(days("03/04/2026"), "2026-04-03 2026-03-04");
        assert_eq!(days("3.4.2026"), "2026-04-03");
        assert_eq!(days("04/04/2026"), "2026-04-04");
        for typed in
            ["soon", "15.3.26", "2026", "2026-3", "31.2.2026", "1 2 3 4", "2026-03-15 or later", ""]
        {
            assert_eq!(days(typed), "", "{typed}");
        }
        assert_eq!(days("20260315"), "2026-03-15");
        assert_eq!(days("2026\u{2011}03\u{2011}15"), "2026-03-15");
        assert!(Date::is_well_formed("2026-02-30") && !Date::is_well_formed("2026-2-30"));
    }

    #[test]
    fn a_month_later_is_the_last_day_of_a_shorter_month() {
        let day = Date::parse("2026-01-31").unwrap();
        assert_eq!(day.plus(Interval::parse("1 month").unwrap()).to_string(), "2026-02-28");
        assert_eq!(day.plus(Interval::parse("30d").unwrap()).to_string(), "2026-03-02");
        assert_eq!(day.days_until(Date::parse("2026-03-02").unwrap()), 30);
    }
}
