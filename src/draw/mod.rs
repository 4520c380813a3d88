//! Drawings made from the manual's own data: swimlanes from RACI matrices, the map of the
//! processes from their hand-overs.
//!
//! Comes in: plain values (steps, lanes, who follows whom). Goes out: SVG whose colours are
//! classes of the theme, with title and description, and the same content as a list. Nothing is
//! measured with the fonts of a machine: the width of text is estimated, so that the bytes are
//! the same everywhere.

pub mod colour;
pub mod drawings;
pub mod map;
pub mod mermaid;
pub mod picture;
pub mod ring;
pub mod swimlane;
pub mod text;
