//! Small values that have been understood: dates, intervals, versions, kinds, states.
//!
//! Each is read from the author's text and keeps or can give back a form for people. Their JSON
//! Schemas are what an author's editor and [`super::schema`] check against.

mod date;
mod interval;
mod kept;
mod kind;
mod target;
mod text;
mod version;
mod word;

pub use date::Date;
pub use interval::{Interval, Unit};
pub use kept::KeptEditions;
pub use kind::Kind;
pub use target::Target;
pub use text::{Flag, Id, Text};
pub use version::Version;
pub use word::{Classification, Direction, Outcome, Status};
