//! The law compared with a witness, and households drawn at random.
//!
//! The witness (OpenFisca-France, run apart, see `cases/README.md`) answers for thousands of generated
//! households. Each is turned into one of our situations ([`adapter`]), evaluated, and compared benefit by
//! benefit ([`compare`]). A gap is equal within a tolerance, explained by a known [`Class`] of divergence,
//! or unexplained: the last must not happen.

pub mod adapter;
mod benefit;
mod case;
mod compare;
pub mod corpus;
pub mod dice;
mod divergence;
pub mod engine;
pub mod generate;
pub mod laws;
pub mod mutants;
mod past;
pub mod proof;
mod reading;
mod received;
pub mod targets;

pub use benefit::Benefit;
pub use case::{
    Case, CaseDwelling, CaseFamily, CasePerson, Decimal, NotACase, Role, Witness, read_cases,
};
pub use compare::{Report, Tally, Unexplained, compare, household};
pub use divergence::{Class, Gap, Side, classes};
