//! What entries say, and what their types ask of them, as far as rules, pages and the list of what is
//! due share it.

use std::collections::BTreeMap;

use super::types::{Asks, Check, RegisterType, When};
use super::{Entry, EntryRef, Registers, Value};
use crate::model::value::{Date, Interval};
use crate::text::key;

/// The last of some entries that belong together.
#[derive(Clone, Copy, Debug)]
pub struct Last {
    /// The entry.
    pub entry: EntryRef,
    /// The day that counts.
    pub day: Date,
}

impl Entry {
    /// The text of a cell.
    pub fn text(&self, column: usize) -> &str {
        &self.cells[column].text
    }

    /// The day that a cell says: of a period, the last.
    pub fn day(&self, column: usize) -> Option<Date> {
        match &self.cells[column].value {
            Value::Date(day) => Some(*day),
            Value::Period(period) => period.end().map(|end| end.minus_days(1)),
            _ => None,
        }
    }

    /// The number that a cell says.
    pub fn number(&self, column: usize) -> Option<f64> {
        if let Value::Number(number) = self.cells[column].value { Some(number) } else { None }
    }

    /// The names in a cell.
    pub fn names(&self, column: usize) -> &[String] {
        if let Value::Names(names) = &self.cells[column].value { names } else { &[] }
    }

    /// Whether a cell is filled in, or would be could it be understood.
    pub fn has(&self, column: usize) -> bool {
        self.cells[column].value != Value::Empty
    }

    /// Whether a cell holds something that cannot be understood.
    pub fn is_unclear(&self, column: usize) -> bool {
        self.cells[column].value == Value::Unclear
    }
}

impl RegisterType {
    /// Whether an entry is still to be dealt with. One whose state cannot be understood is not said to
    /// be; one without a state is.
    pub fn is_open(&self, entry: &Entry) -> bool {
        self.state.as_ref().is_some_and(|state| match entry.cells[state.column].value {
            Value::Word(_) => state.open.contains(&key(entry.text(state.column).trim())),
            Value::Empty => true,
            _ => false,
        })
    }

    /// The day by which an open entry is to be done.
    pub fn due(&self, entry: &Entry) -> Option<Date> {
        let due = self.due.filter(|_| self.is_open(entry))?;
        entry.day(due)
    }

    /// Who answers for an entry.
    pub fn owner<'e>(&self, entry: &'e Entry) -> Option<&'e str> {
        let owner = self.owner.filter(|owner| entry.has(*owner))?;
        entry.names(owner).first().map(String::as_str)
    }

    /// What an entry is about, in words.
    pub fn about<'e>(&self, entry: &'e Entry) -> &'e str {
        self.about.map_or("", |column| entry.text(column).trim())
    }
}

impl When {
    /// Whether it holds of an entry; not where its cell cannot be understood.
    pub fn holds(&self, of: &RegisterType, entry: &Entry) -> bool {
        match self {
            When::Is(column, words) => words.contains(&key(entry.text(*column).trim())),
            When::Above(column, above) => of.number(entry, *column).is_some_and(|one| one > *above),
            When::Filled(column, filled) => {
                !entry.is_unclear(*column) && entry.has(*column) == *filled
            }
            When::Open(open) => {
                let is_unclear =
                    of.state.as_ref().is_some_and(|state| entry.is_unclear(state.column));
                !is_unclear && of.is_open(entry) == *open
            }
        }
    }
}

impl RegisterType {
    /// The number in a cell; where it is empty and the product of others, that product.
    pub fn number(&self, entry: &Entry, column: usize) -> Option<f64> {
        let product = || {
            self.checks.iter().find_map(|check| match &check.asks {
                Asks::Product(parts, is) if *is == column => entry.product(parts),
                _ => None,
            })
        };
        entry
            .number(column)
            .or_else(|| Some(()).filter(|()| !entry.has(column)).and_then(|()| product()))
    }
}

impl Entry {
    /// The product of some cells, where all of them are numbers.
    pub fn product(&self, parts: &[usize]) -> Option<f64> {
        parts.iter().map(|column| self.number(*column)).product()
    }

    /// What it has in common with others: the values of columns, as they are compared.
    pub(super) fn group(&self, per: &[usize]) -> Vec<String> {
        per.iter().map(|column| key(self.text(*column).trim())).collect()
    }
}

impl Registers {
    /// The entries of a register that a check is about.
    pub fn asked<'r>(
        &'r self,
        register: usize,
        check: &'r Check,
    ) -> impl Iterator<Item = (EntryRef, &'r Entry)> {
        let of = self.of(register);
        let entries = self.entries(register);
        entries.filter(move |(_, entry)| check.when.iter().all(|when| when.holds(of, entry)))
    }

    /// The last entry of each group, by the day in a column; days after `until` do not count.
    pub fn last(
        &self,
        register: usize,
        check: &Check,
        (date, per): (usize, &[usize]),
        until: Option<Date>,
    ) -> Vec<Last> {
        let mut last: BTreeMap<Vec<String>, Last> = BTreeMap::new();
        for (entry, it) in self.asked(register, check) {
            let Some(day) = it.day(date) else { continue };
            if until.is_some_and(|until| day > until) {
                continue;
            }
            let found = last.entry(it.group(per)).or_insert(Last { entry, day });
            if day > found.day {
                *found = Last { entry, day };
            }
        }
        last.into_values().collect()
    }

    /// The day from which an entry that ends on a day has to be seen to: the length of notice before.
    pub fn notice(&self, last: Last, notice: Option<usize>) -> Date {
        let length = notice.and_then(|column| {
            if let Value::Interval(length) = self.entry(last.entry).cells[column].value {
                Some(length)
            } else {
                None
            }
        });
        length.map_or(last.day, |length| before(last.day, length))
    }
}

/// The latest day from which a length of time reaches a day.
fn before(day: Date, length: Interval) -> Date {
    let days = day.days_until(day.plus(length));
    (0..=3)
        .map(|n| day.minus_days(days - n))
        .rfind(|start| start.plus(length) <= day)
        .unwrap_or(day)
}
