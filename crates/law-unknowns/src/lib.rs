//! What is certain whatever the missing answers turn out to be, and what to ask next.
//!
//! ```text
//! household with gaps ──machine──▶ bounds of each aid ──corners, splits──▶ narrower bounds
//!                         └── lanes ──▶ next question          └── support ──▶ facts that do not matter
//! ```
//!
//! The [`machine`] evaluates the rules of `law-reference` on sets of values; it never leaves out an amount
//! that some answer gives. What is narrowed afterwards is narrowed by proof, never by guess: [`Certainty`]
//! is right for every completion of the household.

mod answer;
mod bounds;
mod completion;
mod interval;
mod known;
mod machine;
mod probe;
mod question;
mod sets;
mod shape;
mod tighten;

pub use answer::{AidBounds, Certainty, Effort, FactRef};
pub use bounds::bounds;
pub use completion::filled;
pub use question::{NextQuestion, irrelevant, next_question};
