//! Structures: who works where, in which role, since when and until when.
//!
//! Words: a *structure* is an organisation (CCAS, département, association); a *team* is one of its services; a
//! *membership* is dated, and a member of staff may have several.
//!
//! Invariants:
//! - a membership is ended, never removed: what it allowed at the time can still be explained;
//! - a structure keeps at least one administrator.

pub mod store;

pub use store::SCHEMA;
