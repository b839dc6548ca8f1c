//! A million households: the same rules, evaluated in columns, bit for bit equal to the reference.
//!
//! ```text
//! Book ──Plan::new──▶ Plan ─────────┐
//!                                   ├─evaluate──▶ Answers: a status and an amount
//! Household… ──push──▶ Households ──┘             for each aid, month and row
//! ```
//!
//! - [`Plan`]: the rules of some aids in some months, unrolled; what is constant is computed, what is written
//!   twice is done once.
//! - [`Households`]: persons, groups and facts in columns.
//! - [`evaluate`]: all cores; [`evaluate_chunk`]: one thread, for streams; [`Plan::one`]: one household.
//!
//! Numbers are 64-bit numerators over a denominator that a column shares, with bounds carried from operation to
//! operation: where they could outgrow 64 bits, the operation is done on fractions, value by value. What fits in
//! neither is left to the reference ([`Households::escapes`]).
//!
//! ```
//! use law::situation::{self, EXAMPLES};
//! use law_columns::{Households, Plan, Scratch, Status, evaluate};
//!
//! let law = law::Law::national();
//! let (_, household) = situation::read(law, EXAMPLES[0].json.as_bytes()).unwrap();
//! let months = ["2026-04", "2026-05"].map(|it| it.parse().unwrap());
//! let plan = Plan::new(law.book(), &law.aids(), &months);
//!
//! let mut all = Households::new(law.book());
//! all.push(&household);
//! all.push(&household);
//! let answers = evaluate(&plan, law.book(), &all);
//! let (may, rsa) = (1, 0);
//! let second = answers.cell(may, rsa, 1, 0).unwrap();
//! assert_ne!(second.status, Status::Impossible);
//!
//! // One by one, or by the reference: the same answer.
//! let alone = plan.one(law.book(), &household, &mut Scratch::default());
//! assert_eq!(alone.cell(may, rsa, 0, 0), Some(second));
//! let said = law_reference::evaluate(law.book(), &household, months[may], &law.aids()[..1], false);
//! assert_eq!((said.aids[0].status, said.aids[0].amount), (second.status, second.amount));
//! ```

mod answers;
mod chunk;
mod column;
mod expand;
mod facts;
mod households;
mod kernels;
mod load;
mod one;
mod op;
mod parallel;
mod plan;
mod profile;
mod quick;
mod run;
mod scalar;
mod twins;

pub use answers::{AnswerColumn, Answers, Cell};
pub use households::Households;
pub use law_reference::Status;
pub use one::Scratch;
pub use parallel::{CHUNK, evaluate};
pub use plan::Plan;
pub use run::{Workspace, evaluate_chunk};
