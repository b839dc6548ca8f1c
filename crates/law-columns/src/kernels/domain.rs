//! Operands that take few values: each combination is computed once.

use crate::column::{Column, Data, KNOWN, MISSING, Numbers};
use crate::kernels::view::{Strict, Values, View, strict, values};
use crate::op::Op;
use crate::scalar;

/// The most combinations, met or not.
const MOST: usize = 4096;

/// The operand as small numbers, and how many there may be; equal numbers are equal values.
fn ranked(column: &Column) -> Option<(i64, usize, Vec<i64>)> {
    let few = |low: i64, high: i64| {
        let count = usize::try_from(high.checked_sub(low)?.checked_add(1)?).ok()?;
        (count <= MOST).then_some(count)
    };
    match values(column)? {
        Values::Numbers(it) => match it.nums {
            View::Each(each) => Some((it.low, few(it.low, it.high)?, each.to_vec())),
            View::One(_) => Some((0, 1, Vec::new())),
        },
        Values::Bools(View::Each(each)) => {
            Some((0, 2, each.iter().map(|it| i64::from(*it)).collect()))
        }
        Values::Cases(View::Each(each)) => {
            let each: Vec<i64> = each.iter().map(|it| i64::from(*it)).collect();
            let (low, high) = (*each.iter().min()?, *each.iter().max()?);
            Some((low, few(low, high)?, each))
        }
        Values::Bools(View::One(_)) | Values::Cases(View::One(_)) | Values::Dates(View::One(_)) => {
            Some((0, 1, Vec::new()))
        }
        Values::Dates(View::Each(_)) | Values::Nothing => None,
    }
}

/// For operations that need all their operands.
pub(crate) fn by_domain(op: &Op, args: &[&Column], rows: usize) -> Option<Column> {
    if matches!(op, Op::And | Op::Or | Op::Select { .. } | Op::Aid { .. } | Op::Window(_)) {
        return None;
    }
    let state = match strict(args.iter().copied()) {
        Strict::Known => None,
        Strict::Some(state) => Some(state),
        Strict::None(column) => return Some(column),
    };
    let mut keys = vec![0usize; rows];
    let mut combinations = 1usize;
    for arg in args {
        let (low, count, each) = ranked(arg)?;
        combinations = combinations.checked_mul(count).filter(|it| *it <= MOST)?;
        for (key, num) in keys.iter_mut().zip(&each) {
            let rank = usize::try_from(num.wrapping_sub(low)).unwrap_or(0);
            *key = key.wrapping_mul(count).wrapping_add(rank);
        }
    }
    let mut slots: Vec<u32> = vec![u32::MAX; combinations];
    let mut results = Vec::new();
    for (row, key) in keys.iter_mut().enumerate() {
        if state.as_ref().is_some_and(|it| it.get(row) != Some(&KNOWN)) {
            *key = 0;
            continue;
        }
        let slot = slots.get_mut(*key)?;
        if *slot == u32::MAX {
            *slot = u32::try_from(results.len()).ok()?;
            let operands: Vec<_> = args.iter().map(|it| it.get(row)).collect();
            results.push(scalar::apply(op, &operands));
        }
        *key = *slot as usize;
    }
    gathered(&Column::from_scalars(results), &keys, state)
}

/// Each row takes the value of a rank, where `stopped` does not stop it.
fn gathered(column: &Column, ranks: &[usize], stopped: Option<Vec<u8>>) -> Option<Column> {
    fn each<T: Copy + Default>(values: &[T], ranks: &[usize]) -> Vec<T> {
        ranks.iter().map(|it| values.get(*it).copied().unwrap_or_default()).collect()
    }
    let state = match (&column.state, stopped) {
        (None, stopped) => stopped,
        (Some(own), stopped) => {
            let own = ranks.iter().map(|rank| own.get(*rank).copied().unwrap_or(MISSING));
            Some(match stopped {
                None => own.collect(),
                Some(stopped) => own
                    .zip(stopped)
                    .map(|(own, stopped)| if stopped == KNOWN { own } else { stopped })
                    .collect(),
            })
        }
    };
    let data = match &column.data {
        Data::Same(it) if state.is_none() => return Some(Column::same(*it)),
        Data::Same(_) => return None,
        Data::Slow(it) if state.is_none() => {
            let pick = |rank: &usize| it.get(*rank).copied().unwrap_or(scalar::Scalar::Fault);
            return Some(Column::from_scalars(ranks.iter().map(pick).collect()));
        }
        Data::Wide(_) | Data::Slow(_) => return None,
        Data::Bools(it) => Data::Bools(each(it, ranks)),
        Data::Dates(it) => Data::Dates(each(it, ranks)),
        Data::Cases(it) => Data::Cases(each(it, ranks)),
        Data::Numbers(it) => Data::Numbers(Numbers { nums: each(&it.nums, ranks), ..*it }),
    };
    Some(Column::new(data, state))
}
