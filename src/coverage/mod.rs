//! Honest coverage: clause by clause, what is evidenced, by which document, section or record, and
//! how far that evidence can be relied on.
//!
//! A clause is *documented* when every item that it asks for, and every topic that it needs, is
//! evidenced by a document that is approved, in force, not overdue for review and complete;
//! *partial* when there is evidence that falls short of that; a *gap* when there is none. A
//! document that still holds placeholder text counts for nothing. *Not applicable* is only what
//! the standard makes depend on a condition, and the organization has decided so by name.
//!
//! Records count through the `records:` of a document, and stand as that document stands.

mod applicability;
mod claims;
mod clauses;
mod evidence;
pub mod explain;
pub mod export;
mod memo;
mod reason;
mod reliability;
mod results;
mod sections;
mod verdict;
mod worth;

pub use applicability::{applies_by, decided};
pub use memo::CoverageMemo;
pub use reason::{Lack, Reason};
pub use reliability::Reliability;
pub use results::{ClauseCoverage, Coverage, Evidence, ItemCoverage, State, TopicCoverage};
pub use worth::{FEWEST, MOST_TOPICS, Worth};
