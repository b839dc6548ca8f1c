//! What the law says of one household in one month: the specification.
//!
//! [`evaluator`] is meant to be read in one sitting: exact fractions, on demand, no optimisation beyond
//! remembering what was computed. The other engines are proved against it.

mod answer;
mod evaluator;
mod example;
mod fault;
mod result;
mod roles;
mod stop;
mod trace;

pub use answer::{evaluate, evaluate_rule};
pub use example::{ExampleFailure, run_example};
pub use fault::Fault;
pub use result::{
    AidResult, ConditionResult, Evaluation, MissingFact, MissingState, Outcome, Status, Verdict,
};
pub use trace::{Entry, Step, Trace};
