//! All the households of a container, on all cores.

use law_ir::Book;
use rayon::prelude::*;

use crate::answers::Answers;
use crate::households::Households;
use crate::plan::Plan;
use crate::run::{Workspace, evaluate_chunk};

/// How many households one core takes at a time: enough to put together those that are alike.
pub const CHUNK: usize = 8192;

/// Evaluates every household, on all cores. The order and the cut in chunks change nothing.
pub fn evaluate(plan: &Plan, book: &Book, households: &Households) -> Answers {
    let chunks = households.len().div_ceil(CHUNK);
    let parts: Vec<Answers> = (0..chunks)
        .into_par_iter()
        .map_init(Workspace::default, |workspace, chunk| {
            let start = chunk.saturating_mul(CHUNK);
            let range = start..start.saturating_add(CHUNK);
            evaluate_chunk(plan, book, households, range, workspace)
        })
        .collect();
    let mut res = Answers::new(plan, households, 0..0);
    parts.into_iter().for_each(|it| res.extend(it));
    res
}
