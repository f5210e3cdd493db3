//! Tests of the room as a whole. Those of one file stand in that file.

mod doc_figures;
mod empirical_audit;
pub(in crate::release) mod fixtures;
mod properties;
