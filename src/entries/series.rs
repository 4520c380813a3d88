//! Measured values, measure by measure and period by period.

use std::collections::BTreeMap;

use super::types::{Asks, Check};
use super::{EntryRef, Named, Names, Period, Registers, Value};
use crate::model::front::Kpi;
use crate::model::library::{DocumentNumber, Library};
use crate::model::value::{Date, Target};

/// A value is expected so many days after the end of its period.
const DAYS_AFTER: i64 = 14;
/// Most periods that are looked back over: twenty years of months.
const MOST_PERIODS: usize = 240;

/// The values of a measure, the earliest first.
#[derive(Clone, Debug)]
pub struct Series {
    /// The document that defines it, and its place there.
    pub of: (DocumentNumber, usize),
    /// The values.
    pub values: Vec<Measured>,
}

/// A measured value.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    /// Its period.
    pub period: Period,
    /// The value.
    pub value: f64,
    /// Its entry.
    pub entry: EntryRef,
}

impl Registers {
    /// The values of each measure that a check is about.
    pub fn series(&self, register: usize, check: &Check, names: &Names<'_>) -> Vec<Series> {
        let Asks::Measured(kpi, period, value, ..) = &check.asks else { return Vec::new() };
        let column = &self.of(register).columns[*kpi];
        let mut all: BTreeMap<(DocumentNumber, usize), Vec<Measured>> = BTreeMap::new();
        for (entry, it) in self.asked(register, check) {
            let Value::Period(period) = it.cells[*period].value else { continue };
            let name = it.names(*kpi).first().map(String::as_str).unwrap_or_default();
            if let Some(Named::Kpi(document, n)) = names.find(column, name)
                && let Some(value) = it.number(*value)
            {
                let values = all.entry((document, n)).or_default();
                values.push(Measured { period, value, entry });
            }
        }
        let sorted = |(of, mut values): ((DocumentNumber, usize), Vec<Measured>)| {
            values.sort_by_key(|one| one.period);
            Series { of, values }
        };
        all.into_iter().map(sorted).collect()
    }
}

/// How many months lie between two values of a measure: `monthly`, `quarterly`, `yearly`.
fn months(measured: &str) -> Option<i32> {
    let text = measured.to_lowercase();
    let is = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match () {
        () if is(&["quarter"]) => Some(3),
        () if is(&["half", "semi"]) => None,
        () if is(&["month"]) => Some(1),
        () if is(&["year", "annual"]) => Some(12),
        () => None,
    }
}

impl Series {
    /// The measure.
    pub fn kpi<'l>(&self, library: &'l Library) -> &'l Kpi {
        &library.documents[self.of.0].front.kpis[self.of.1]
    }

    /// Its target, where that is a comparison with a number.
    pub fn target(&self, library: &Library) -> Option<Target> {
        Target::parse(self.kpi(library).target.as_deref()?)
    }

    /// The first period without a value from the last one on, and the day by which it is expected.
    pub fn next(&self, library: &Library, today: Date) -> Option<(Period, Date)> {
        let missing = self.missing(library, today)?;
        let period = missing.first().copied().or_else(|| {
            let months = months(self.kpi(library).measured.as_deref()?)?;
            let last = self.values.iter().rfind(|one| one.period.months() == months)?;
            Some(last.period.next())
        })?;
        Some((period, period.end()?.minus_days(-DAYS_AFTER)))
    }

    /// Periods that have passed and have no value, from the first that has one; nothing where it is not
    /// known how often there is to be one.
    pub fn missing(&self, library: &Library, today: Date) -> Option<Vec<Period>> {
        let months = months(self.kpi(library).measured.as_deref()?)?;
        let own = self.values.iter().filter(|one| one.period.months() == months);
        let there: Vec<Period> = own.map(|one| one.period).collect();
        let last = Period::of(today.minus_days(DAYS_AFTER), months).before();
        let mut period = *there.first()?;
        let mut missing = Vec::new();
        for _ in 0..MOST_PERIODS {
            if period > last {
                break;
            }
            if there.binary_search(&period).is_err() {
                missing.push(period);
            }
            period = period.next();
        }
        Some(missing)
    }
}
