//! Small values that have been understood: dates, intervals, versions, kinds, states.
//!
//! Each is read from the author's text and keeps or can give back a form for people. Their JSON
//! Schemas are what an author's editor and [`super::schema`] check against.
//!
//! Longer than most: a value is a type with the few lines that read, show and describe it.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize};

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

/// A length of time in calendar units: `12 months`, `30 days`, `1 year`; also short, `30d`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    /// How many.
    pub count: u16,
    /// Of what.
    pub unit: Unit,
}

/// A calendar unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

/// What an [`Interval`] looks like, as a regular expression.
const INTERVAL: &str = r"^[1-9][0-9]{0,3} ?(d|w|m|y|days?|weeks?|months?|years?)$";

impl Interval {
    /// Reads `12 months`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (count, unit) = text.split_at(digits);
        let count: u16 = count.parse().ok().filter(|count| (1..=9999).contains(count))?;
        let unit = match unit.strip_prefix(' ').unwrap_or(unit) {
            "d" | "day" | "days" => Unit::Day,
            "w" | "week" | "weeks" => Unit::Week,
            "m" | "month" | "months" => Unit::Month,
            "y" | "year" | "years" => Unit::Year,
            _ => return None,
        };
        Some(Interval { count, unit })
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            Unit::Day => "day",
            Unit::Week => "week",
            Unit::Month => "month",
            Unit::Year => "year",
        };
        write!(f, "{} {unit}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}

impl<'de> Deserialize<'de> for Interval {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(from)?;
        Interval::parse(&text).ok_or_else(|| serde::de::Error::custom("not an interval"))
    }
}

impl JsonSchema for Interval {
    fn schema_name() -> Cow<'static, str> {
        "Interval".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": INTERVAL, "examples": ["12 months"] })
    }
}

/// A document's version: numbers with dots between, `2.1`. `1.10` comes after `1.9`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Version(pub String);

impl Version {
    fn numbers(&self) -> impl Iterator<Item = u64> {
        self.0.split('.').map(|part| part.parse().unwrap_or(u64::MAX))
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        self.numbers().cmp(other.numbers()).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(Version)
    }
}

impl JsonSchema for Version {
    fn schema_name() -> Cow<'static, str> {
        "Version".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // A bare 2.1 is a number to an editor's YAML reader; to us it is the text that was typed.
        json_schema!({
            "type": ["string", "number"],
            "pattern": r"^[0-9]{1,9}(\.[0-9]{1,9}){0,3}$",
            "examples": ["2.1"]
        })
    }
}

/// A document's or another thing's id: letters, digits, `-`, `_` and `.`, at most 64.
///
/// It becomes the name of a folder of the site, so names that Windows keeps for itself are not
/// ids.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Id(pub String);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(Id)
    }
}

impl JsonSchema for Id {
    fn schema_name() -> Cow<'static, str> {
        "Id".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": ["string", "number"],
            "pattern": "^(?!(?i:(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\\.|$)|index\\.html$))[A-Za-z0-9](?:[A-Za-z0-9._-]{0,62}[A-Za-z0-9])?$",
            "examples": ["PRC-INC-01"]
        })
    }
}

/// Plain text: exactly what the author typed, never a number, a date or a truth value.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Text(pub String);

impl std::ops::Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(Text)
    }
}

impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // `title: 2026` or `owner: no` is text to us, whatever an editor's YAML reader makes of it.
        json_schema!({ "type": ["string", "number", "boolean"] })
    }
}

/// Yes or no, written `true` or `false`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flag(pub bool);

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(from)?;
        text.parse().map(Flag).map_err(|_| serde::de::Error::custom("neither true nor false"))
    }
}

impl JsonSchema for Flag {
    fn schema_name() -> Cow<'static, str> {
        "Flag".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // Text to us, a truth value to an editor's YAML reader.
        json_schema!({ "enum": ["true", "false", true, false] })
    }
}

/// What kind of controlled document it is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Kind {
    /// What the organization commits itself to.
    Policy,
    /// What is done to turn inputs into outputs, by whom.
    Process,
    /// How one piece of work is done, step by step.
    Procedure,
    /// What will be done, when, with what.
    Plan,
    /// The scope statement of the SMS (clause 4.3).
    Scope,
    /// A matrix of responsibilities that stands by itself.
    Raci,
    /// A service catalogue (clause 8.2.4).
    Catalogue,
    /// An agreement with a customer, a supplier or within the organization.
    Agreement,
    /// A list that belongs to the whole manual: roles, terms, other parties, risks.
    Register,
    /// A report of results.
    Report,
    /// Advice that binds nobody.
    Guideline,
}

impl Kind {
    /// All kinds, in the order in which people list them.
    pub const ALL: [Kind; 11] = [
        Kind::Policy,
        Kind::Process,
        Kind::Procedure,
        Kind::Plan,
        Kind::Scope,
        Kind::Raci,
        Kind::Catalogue,
        Kind::Agreement,
        Kind::Register,
        Kind::Report,
        Kind::Guideline,
    ];

    /// The word in front matter.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Policy => "policy",
            Kind::Process => "process",
            Kind::Procedure => "procedure",
            Kind::Plan => "plan",
            Kind::Scope => "scope",
            Kind::Raci => "raci",
            Kind::Catalogue => "catalogue",
            Kind::Agreement => "agreement",
            Kind::Register => "register",
            Kind::Report => "report",
            Kind::Guideline => "guideline",
        }
    }

    /// The word for several.
    pub fn plural(self) -> &'static str {
        match self {
            Kind::Policy => "policies",
            Kind::Process => "processes",
            Kind::Procedure => "procedures",
            Kind::Plan => "plans",
            Kind::Scope => "scope statements",
            Kind::Raci => "RACI matrices",
            Kind::Catalogue => "catalogues",
            Kind::Agreement => "agreements",
            Kind::Register => "registers",
            Kind::Report => "reports",
            Kind::Guideline => "guidelines",
        }
    }

    /// The kind of a word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The first part of a document's id by custom: `PRC-INC-01`.
    pub fn prefix(self) -> &'static str {
        match self {
            Kind::Policy => "POL",
            Kind::Process => "PRC",
            Kind::Procedure => "PRO",
            Kind::Plan => "PLN",
            Kind::Scope => "SCP",
            Kind::Raci => "RAC",
            Kind::Catalogue => "CAT",
            Kind::Agreement => "AGR",
            Kind::Register => "REG",
            Kind::Report => "RPT",
            Kind::Guideline => "GDL",
        }
    }
}

/// Where a document stands in its life.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Status {
    /// Being written.
    Draft,
    /// Written, and being read by those who approve.
    InReview,
    /// Approved; in force from its effective date.
    Approved,
    /// Another document or version has taken its place.
    Superseded,
    /// No longer valid, and nothing took its place.
    Withdrawn,
}

impl Status {
    /// The word in front matter.
    pub fn word(self) -> &'static str {
        match self {
            Status::Draft => "draft",
            Status::InReview => "in-review",
            Status::Approved => "approved",
            Status::Superseded => "superseded",
            Status::Withdrawn => "withdrawn",
        }
    }
}

/// Who may read a document; each level includes the readers of the next.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Classification {
    /// Everybody.
    Public,
    /// Everybody who works for the organization.
    #[default]
    Internal,
    /// Those who need it for their work.
    Confidential,
    /// Those who are named.
    Restricted,
}

impl Classification {
    /// All levels, the most open first.
    pub const ALL: [Classification; 4] = [
        Classification::Public,
        Classification::Internal,
        Classification::Confidential,
        Classification::Restricted,
    ];

    /// The word in front matter.
    pub fn word(self) -> &'static str {
        match self {
            Classification::Public => "public",
            Classification::Internal => "internal",
            Classification::Confidential => "confidential",
            Classification::Restricted => "restricted",
        }
    }
}

/// What a review came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Outcome {
    /// Right as it stands.
    Confirmed,
    /// To be changed.
    ChangeNeeded,
    /// To be withdrawn.
    Retired,
}

impl Outcome {
    /// The word in front matter.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Confirmed => "confirmed",
            Outcome::ChangeNeeded => "change-needed",
            Outcome::Retired => "retired",
        }
    }
}

/// Which way a measure should move.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(inline)]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// Within a range is best.
    Band,
    /// A figure to know, with no better or worse.
    Info,
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

    #[test]
    fn versions_compare_by_number() {
        let version = |text: &str| Version(text.into());
        assert!(version("1.10") > version("1.9"));
        assert_ne!(version("1.10"), version("1.1"));
    }
}
