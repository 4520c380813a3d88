//! The text of a cell to what it says: one typed value, whatever the file was written with.

use super::format::ColumnType;
use super::period::Period;
use super::types::Column;
use crate::model::nothing::is_nothing;
use crate::model::value::{Date, Interval};
use crate::text::key;

/// What a cell says.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing, or a word for it.
    Empty,
    /// Something that cannot be understood, or is still to be decided; a finding says so.
    Unclear,
    /// Words.
    Text,
    /// One of the words that the column allows: which.
    Word(usize),
    /// A day.
    Date(Date),
    /// A number.
    Number(f64),
    /// A length of time.
    Interval(Interval),
    /// A month, a quarter or a year.
    Period(Period),
    /// Names of other things.
    Names(Vec<String>),
}

/// Why a cell cannot be understood.
#[derive(Clone, Debug, PartialEq)]
pub enum Bad {
    /// No day as we write them; what it may mean.
    Date(Vec<Date>),
    /// None of the words.
    Word,
    /// No number.
    Number,
    /// A number that means two things.
    TwoNumbers([String; 2]),
    /// A number out of range.
    Range,
    /// No length of time.
    Interval,
    /// No month, quarter or year.
    Period,
    /// A formula of a spreadsheet in the place of its value.
    Formula,
    /// A character that no text has.
    Control,
}

/// Understands a cell.
pub(super) fn read(column: &Column, text: &str) -> Result<Value, Bad> {
    let text = text.trim();
    if text.contains('\0') {
        return Err(Bad::Control);
    }
    if is_nothing(text) || text.chars().all(|letter| "-–—.·".contains(letter)) {
        return Ok(Value::Empty);
    }
    if text.starts_with('=') && column.holds != ColumnType::Text {
        return Err(Bad::Formula);
    }
    match column.holds {
        ColumnType::Text => Ok(Value::Text),
        ColumnType::Word => word(column, text).map(Value::Word).ok_or(Bad::Word),
        ColumnType::Date => {
            Date::parse(text).map(Value::Date).ok_or_else(|| Bad::Date(Date::readings(text)))
        }
        ColumnType::Number => {
            let number = number(text)?;
            let (from, to) = column.range;
            let outside =
                from.is_some_and(|from| number < from) || to.is_some_and(|to| number > to);
            if outside { Err(Bad::Range) } else { Ok(Value::Number(number)) }
        }
        ColumnType::Interval => Interval::parse(text).map(Value::Interval).ok_or(Bad::Interval),
        ColumnType::Period => Period::parse(text).map(Value::Period).ok_or(Bad::Period),
        _ => Ok(Value::Names(names(column, text))),
    }
}

/// The place of a word among those that are allowed: letter case, blanks and hyphens do not count.
fn word(column: &Column, text: &str) -> Option<usize> {
    let plain = |word: &str| key(word).replace([' ', '_'], "-");
    let text = plain(text);
    column.words.iter().position(|word| plain(word) == text)
}

/// The names in a cell.
fn names(column: &Column, text: &str) -> Vec<String> {
    if !column.many {
        return vec![text.to_owned()];
    }
    let parts = text.split([',', ';', '\n']).map(str::trim);
    parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// A number as people and spreadsheets write it: `99.7`, `99,7 %`, `1 234,5`, `1.234,5`.
fn number(text: &str) -> Result<f64, Bad> {
    let start = text.starts_with(['+', '-', '−']);
    let body = text.trim_start_matches(['+', '-', '−']).replace(['\u{a0}', '\u{202f}'], " ");
    let digits: String =
        body.chars().take_while(|c| c.is_ascii_digit() || ",. '’".contains(*c)).collect();
    let unit = body[digits.len()..].trim();
    let digits = digits.trim().replace([' ', '\'', '’'], "");
    if digits.is_empty() || unit.contains(|c: char| c.is_ascii_digit()) || unit.len() > 16 {
        return Err(Bad::Number);
    }
    let (commas, dots) = (digits.matches(',').count(), digits.matches('.').count());
    let thousands = |sign: char| {
        let mut parts = digits.split(sign);
        parts.next().is_some_and(|first| (1..=3).contains(&first.len()) && first != "0")
            && parts.all(|part| part.len() == 3)
    };
    let plain = match (commas, dots) {
        (0, 0 | 1) => digits.clone(),
        (1, 0) if thousands(',') => {
            return Err(Bad::TwoNumbers([digits.replace(',', ""), digits.replace(',', ".")]));
        }
        (1, 0) => digits.replace(',', "."),
        (_, 0) if thousands(',') => digits.replace(',', ""),
        (0, _) if thousands('.') => digits.replace('.', ""),
        (_, 1) if digits.rfind('.') > digits.rfind(',') => digits.replace(',', ""),
        (1, _) if digits.rfind(',') > digits.rfind('.') => {
            digits.replace('.', "").replace(',', ".")
        }
        _ => return Err(Bad::Number),
    };
    let number: f64 = plain.parse().map_err(|_| Bad::Number)?;
    Ok(if start && !text.starts_with('+') { -number } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let read = |text: &str| number(text);
        for (text, value) in [
            ("99.7", 99.7),
            ("99,7 %", 99.7),
            ("1 234,5", 1234.5),
            ("1.234,5", 1234.5),
            ("1,234.5", 1234.5),
            ("1,234,567", 1_234_567.0),
            ("-4", -4.0),
            ("12 h", 12.0),
            ("0,125", 0.125),
        ] {
            assert_eq!(read(text), Ok(value), "{text}");
        }
        for text in ["", "about 4", "4 to 6", "1.2.3", "4h30"] {
            assert_eq!(read(text), Err(Bad::Number), "{text}");
        }
        let two = ["1234".to_owned(), "1.234".to_owned()];
        assert_eq!(read("1,234"), Err(Bad::TwoNumbers(two)));
    }
}
