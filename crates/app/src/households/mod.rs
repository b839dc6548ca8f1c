//! Households: who lives together, since when, and whose children are shared between two homes.
//!
//! Invariants:
//! - a membership is dated and never overwritten: the household of two years ago can be read again;
//! - a child may belong to two households, with a share in each.

pub mod store;

pub use store::SCHEMA;
