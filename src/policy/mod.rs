//! The programme and policy files: what is counted, what is kept, what never is.

pub mod programme;

pub use programme::{Attribute, Breakdown, Category, Dimension, Measure, Privacy, Programme};
