//! What is typed behind an option, read.

use std::time::Duration;

use crate::model::addresses::is_of_site;
use crate::model::value::{Classification, Date, Interval};

/// A length of time.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) struct Seconds(pub(in crate::cli) Duration);

/// Who may read.
pub(in crate::cli) fn audience(text: &str) -> Result<Classification, String> {
    let known = Classification::ALL.into_iter().find(|level| level.word() == text);
    known.ok_or_else(|| "write public, internal, confidential or restricted".into())
}

/// An address of a site.
pub(in crate::cli) fn base_url(text: &str) -> Result<String, String> {
    is_of_site(text).then(|| text.to_owned()).ok_or_else(|| {
        "write an address like https://sms.example.com/, or a path on its host like /sms/".into()
    })
}

/// A port.
pub(in crate::cli) fn port(text: &str) -> Result<u16, String> {
    text.parse().map_err(|_| "write a number from 0 to 65535".into())
}

/// A length of time, in seconds.
pub(in crate::cli) fn seconds(text: &str) -> Result<Seconds, String> {
    let seconds: Option<f64> = text.parse().ok().filter(|n| (0.05..=3600.0).contains(n));
    seconds
        .map(|seconds| Seconds(Duration::from_secs_f64(seconds)))
        .ok_or_else(|| "write seconds, from 0.05 to 3600".into())
}

/// A day.
pub(in crate::cli) fn day(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "no such day; write it like 2026-03-15".into())
}

/// An interval.
pub(in crate::cli) fn interval(text: &str) -> Result<Interval, String> {
    Interval::parse(text).ok_or_else(|| "write a length of time like 30d or 3 months".into())
}
