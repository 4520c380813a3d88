//! Drawings: those made from the manual's own data (swimlanes from RACI matrices, the map of the
//! processes from their hand-overs), Mermaid diagrams, and SVG pictures of the author's.
//!
//! Comes in: plain values (steps, lanes, who follows whom), or a source. Goes out: SVG. What is
//! drawn from data has classes of the theme for colours, a title and a description, and the same
//! content as a list. Nothing is measured with the fonts of a machine: the width of text is
//! estimated, so that the bytes are the same everywhere.

pub mod colour;
pub mod drawings;
pub mod map;
pub mod mermaid;
pub mod picture;
pub mod ring;
pub mod swimlane;
pub mod text;
