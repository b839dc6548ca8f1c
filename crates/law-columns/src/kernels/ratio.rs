//! A division directly under a rounding or a comparison: the fraction itself is never written.

use base::{Rational, Rounding};
use law_ir::Comparison;

use crate::column::{Column, FAULT, KNOWN};
use crate::kernels::numbers;
use crate::kernels::view::{self, Strict, Values, View, strict, values};

/// The state of `a ÷ b`: a divisor of zero is a fault where both are known.
fn division_state(a: &Column, b: &Column, rows: usize) -> Result<Option<Vec<u8>>, Column> {
    let mut state = match strict([a, b].into_iter()) {
        Strict::Known => None,
        Strict::Some(state) => Some(state),
        Strict::None(column) => return Err(column),
    };
    if let Some(Values::Numbers(divisor)) = values(b)
        && divisor.low <= 0
        && divisor.high >= 0
        && let View::Each(nums) = divisor.nums
    {
        let states = state.get_or_insert_with(|| vec![KNOWN; rows]);
        for (state, num) in states.iter_mut().zip(nums) {
            if *num == 0 && *state == KNOWN {
                *state = FAULT;
            }
        }
    }
    Ok(state)
}

/// `a ÷ b` rounded; `None` where integers might not suffice.
pub(crate) fn round_ratio(
    a: &Column,
    b: &Column,
    quantum: Rational,
    mode: Rounding,
    rows: usize,
) -> Option<Column> {
    let (Values::Numbers(x), Values::Numbers(y)) = (values(a)?, values(b)?) else { return None };
    let View::Each(_) = y.nums else { return None };
    let state = match division_state(a, b, rows) {
        Ok(state) => state,
        Err(column) => return Some(column),
    };
    Some(view::numbers(numbers::round_ratio(x, y, quantum, mode)?, state))
}

/// `a ÷ b` compared with `c`, when `b` is never below zero.
pub(crate) fn compare_ratio(
    comparison: Comparison,
    (a, b): (&Column, &Column),
    c: &Column,
    rows: usize,
) -> Option<Column> {
    let (Values::Numbers(x), Values::Numbers(y)) = (values(a)?, values(b)?) else { return None };
    let (View::Each(_), true) = (y.nums, y.low >= 0) else { return None };
    let Values::Numbers(z) = values(c)? else { return None };
    let mut state = match division_state(a, b, rows) {
        Ok(state) => state,
        Err(_) => return None,
    };
    match strict(std::iter::once(c)) {
        Strict::Known => {}
        Strict::Some(other) => {
            let states = state.get_or_insert_with(|| vec![KNOWN; rows]);
            states.iter_mut().zip(other).for_each(|(state, other)| *state = (*state).max(other));
        }
        Strict::None(_) => return None,
    }
    let product = numbers::mul(y, z)?;
    let right = view::NumberView::each(&product);
    let each = match numbers::compare(comparison, x, right) {
        Ok(each) => each,
        Err(all) => vec![u8::from(all); rows],
    };
    Some(view::bools(each, state))
}
