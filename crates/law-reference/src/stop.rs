//! Why an expression has no value, and how several reasons become one.

use std::sync::Arc;

use law_ir::Value;

use crate::Fault;
use crate::result::{MissingFact, Outcome};

/// Why there is no value.
#[derive(Debug, Clone)]
pub(crate) enum Stop {
    Missing(Arc<[MissingFact]>),
    Fault(Arc<Fault>),
}

pub(crate) type Eval<T = Value> = Result<T, Stop>;

impl From<Eval> for Outcome {
    #[inline]
    fn from(result: Eval) -> Self {
        match result {
            Ok(value) => Self::Known(value),
            Err(Stop::Missing(facts)) => Self::Missing(facts),
            Err(Stop::Fault(fault)) => Self::Impossible(fault),
        }
    }
}

pub(crate) fn fault(fault: Fault) -> Stop {
    Stop::Fault(Arc::new(fault))
}

pub(crate) fn missing(fact: MissingFact) -> Stop {
    Stop::Missing(Arc::from([fact]))
}

pub(crate) fn merge(a: Eval<()>, b: Eval<()>) -> Eval<()> {
    match (a, b) {
        (Err(a), Err(b)) => Err(both_stop(a, b)),
        (Err(stop), Ok(())) | (Ok(()), Err(stop)) => Err(stop),
        (Ok(()), Ok(())) => Ok(()),
    }
}

/// A fault wins; otherwise all the missing facts, each once, with all the months they are needed for.
pub(crate) fn both_stop(a: Stop, b: Stop) -> Stop {
    let (a, b) = match (a, b) {
        (Stop::Fault(it), _) | (_, Stop::Fault(it)) => return Stop::Fault(it),
        (Stop::Missing(a), Stop::Missing(b)) => (a, b),
    };
    let mut facts: Vec<MissingFact> = a.iter().chain(b.iter()).copied().collect();
    facts.sort_unstable();
    facts.dedup_by(|next, kept| {
        let same =
            (next.input, next.instance, next.state) == (kept.input, kept.instance, kept.state);
        if same {
            kept.first = kept.first.min(next.first);
            kept.last = kept.last.max(next.last);
        }
        same
    });
    Stop::Missing(Arc::from(facts))
}
