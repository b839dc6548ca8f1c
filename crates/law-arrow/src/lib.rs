//! Arrow record batches in and out: what an existing engine calls to carry the law past one machine.
//!
//! ```text
//! RecordBatch ──heading, persons──▶ law::Household ──engine──▶ answers ──batch, lines──▶ RecordBatch
//! ```
//!
//! The rows are those of `docs/lots.md`: one row per person, the facts of a family or a dwelling on the row
//! of one of its members. A batch carries them as they are, or gathered in a list, one row per household.
//! What is wrong is told in the words of the reader of situations, because it is the one that checks.

mod arrays;
mod batch;
mod cell;
mod engine;
pub mod export;
mod facts;
mod fast;
mod fr;
mod heading;
mod lines;
mod persons;
mod schema;

pub use arrays::Arrays;
pub use batch::{BatchError, Households, Read, answer_schema, evaluate, evaluate_lines, gather};
pub use cell::{Cell, Cells};
pub use engine::{Aid, Answer, Cents, Desk, Engine, aids_named, status_word};
pub use heading::{FactColumns, Heading, Place, Reading};
pub use lines::{LINE_COLUMNS, Line, LineBuilder, Lines, Named, SHORT_FINGERPRINT, line_schema};
pub use persons::{Problem, Table};
pub use schema::{PERSONS, schema};
