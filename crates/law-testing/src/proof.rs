//! The ten properties that every way of evaluating the law is held to.
//!
//! Each is tried on rulebooks and households drawn from a seed; the first that breaks one is made smaller and
//! printed whole: seed, text, document, month.
//!
//! | | what must hold |
//! |---|---|
//! | P1 | the columns answer as the reference does, bit for bit, in every month |
//! | P2 | hiding facts never hides the exact answer: it stays within the bounds |
//! | P3 | answering a question never widens the bounds |
//! | P4 | no completion contradicts what was certain or excluded |
//! | P5 | a book that loads never breaks an invariant, and costs no more than its text says |
//! | P6 | what is read, formatted and read again says the same, and answers the same |
//! | P7 | a month among many is answered as it is alone |
//! | P8 | the order of households, their grouping in batches and their copies change nothing |
//! | P9 | DataFusion answers as the columns do: `integrations/` |
//! | P10 | a law swapped in answers as a law loaded cold |

mod agree;
mod counter;
mod hidden;
mod shrink;
mod text;
mod trial;

pub use agree::{p1, p7, p8, p10, same_as_reference};
pub use counter::Counterexample;
pub use hidden::{p2, p3, p4};
pub use text::{p5, p6};
pub use trial::{Coverage, OP_KINDS, Run, Trial, op_kind};

/// How many comparisons were made before the first that failed.
pub type Proof = Result<usize, Box<Counterexample>>;
