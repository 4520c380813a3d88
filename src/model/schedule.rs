//! When a review is due next, in both ways of counting.

use super::settings::Schedule;
use super::value::{Date, Interval};

/// A review that comes earlier than its day counts for that day when it is no more than half a
/// period early, and no more than so many days.
const EARLIEST: i64 = 60;

/// The day on which the next review is due. `start` is the day from which a document counts,
/// `last` that of its last review; one of them has to be known.
pub(super) fn next_review(
    schedule: Schedule,
    every: Interval,
    start: Option<Date>,
    last: Option<Date>,
) -> Option<Date> {
    match (schedule, start, last) {
        (Schedule::Rolling, ..) | (_, None, _) | (_, _, None) => {
            last.or(start).map(|day| day.plus(every))
        }
        (Schedule::Fixed, Some(start), Some(last)) => Some(fixed(start, every, last)),
    }
}

/// The first of the days `start + n × every` that no review counts for yet. Each is counted from
/// the start, so that a short month moves none of those after it.
fn fixed(start: Date, every: Interval, last: Date) -> Date {
    let due = |n: u32| start.plus_times(n, every);
    // The day before an early review is that of the period before; none is shorter than a day.
    let is_done = |n: u32| {
        let early = (due(n - 1).days_until(due(n)) / 2).min(EARLIEST);
        due(n).minus_days(early) <= last
    };
    // The days grow with n: the first that is not done is found by halving.
    let days = start.days_until(last).max(0) + EARLIEST;
    let (mut low, mut high) = (0, u32::try_from(days).unwrap_or(u32::MAX / 2) + 1);
    while low + 1 < high {
        let middle = low.midpoint(high);
        if is_done(middle) { low = middle } else { high = middle }
    }
    due(high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn next(schedule: Schedule, every: &str, start: &str, last: &str) -> String {
        let every = Interval::parse(every).unwrap();
        let known = |text: &str| Date::parse(text);
        next_review(schedule, every, known(start), known(last))
            .map_or_else(|| "never".to_owned(), |day| day.to_string())
    }

    #[test]
    fn a_fixed_schedule_counts_from_its_start() {
        let rows = [
            // Month ends: a short month moves none of those after it.
            ("1 month", "2026-01-31", "", "2026-02-28"),
            ("1 month", "2026-01-31", "2026-02-28", "2026-03-31"),
            ("1 month", "2026-01-31", "2026-03-31", "2026-04-30"),
            ("1 month", "2026-01-31", "2026-04-30", "2026-05-31"),
            ("3 months", "2026-11-30", "2027-02-28", "2027-05-30"),
            // 29 February comes back.
            ("12 months", "2024-02-29", "2026-02-28", "2027-02-28"),
            ("12 months", "2024-02-29", "2027-03-01", "2028-02-29"),
            ("1 year", "2024-02-29", "2027-02-28", "2028-02-29"),
            ("4 years", "2024-02-29", "2028-02-29", "2032-02-29"),
            // Weeks and days.
            ("2 weeks", "2026-01-01", "2026-01-15", "2026-01-29"),
            ("1 day", "2026-01-01", "2026-01-15", "2026-01-16"),
            // Late: the next day of the plan, however late it was.
            ("12 months", "2025-03-01", "2026-03-02", "2027-03-01"),
            ("12 months", "2025-03-01", "2026-12-01", "2027-03-01"),
            ("12 months", "2020-03-01", "2026-03-01", "2027-03-01"),
            // Early: within half a period and 60 days.
            ("12 months", "2025-03-01", "2026-02-20", "2027-03-01"),
            ("12 months", "2025-03-01", "2025-12-31", "2027-03-01"),
            ("12 months", "2025-03-01", "2025-12-30", "2026-03-01"),
            ("1 month", "2026-01-31", "2026-03-16", "2026-04-30"),
            ("1 month", "2026-01-31", "2026-03-15", "2026-03-31"),
            ("2 days", "2026-01-01", "2026-01-02", "2026-01-05"),
            // Before the start, and the end of the calendar.
            ("12 months", "2026-03-01", "2019-01-01", "2027-03-01"),
            ("9999 years", "2026-03-01", "2026-03-01", "9999-12-31"),
            ("1 day", "0001-01-01", "9999-12-30", "9999-12-31"),
            ("1 day", "0001-01-01", "9999-12-31", "9999-12-31"),
        ];
        for (every, start, last, expected) in rows {
            let found = next(Schedule::Fixed, every, start, last);
            assert_eq!(found, expected, "every {every} from {start}, last {last}");
        }
    }

    #[test]
    fn a_rolling_schedule_counts_from_the_last_review() {
        let rows = [
            ("12 months", "2025-03-01", "2026-02-20", "2027-02-20"),
            ("1 month", "2026-01-31", "2026-02-28", "2026-03-28"),
            ("12 months", "2024-02-29", "", "2025-02-28"),
            ("1 month", "", "2026-01-31", "2026-02-28"),
            ("1 month", "", "", "never"),
        ];
        for (every, start, last, expected) in rows {
            let found = next(Schedule::Rolling, every, start, last);
            assert_eq!(found, expected, "every {every} from {start}, last {last}");
        }
        assert_eq!(next(Schedule::Fixed, "1 month", "", "2026-01-31"), "2026-02-28");
        assert_eq!(day("2026-03-01").minus_days(1), day("2026-02-28"));
    }
}
