//! Several months of the same thing.

use law_ir::Reduce;

use crate::column::{Column, Data, Numbers, common_den};
use crate::kernels::bools::{self, Codes};
use crate::kernels::numbers::small_bounds;
use crate::kernels::view::{NumberView, Strict, Values, View, numbers, strict, values};
use crate::scalar::{self, Scalar};

pub(crate) fn reduced(reduce: Reduce, args: &[&Column], rows: usize) -> Option<Column> {
    match reduce {
        Reduce::Any | Reduce::All => {
            let all: Option<Vec<Codes<'_>>> = args.iter().map(|it| bools::codes(it)).collect();
            let settles = if reduce == Reduce::Any { bools::TRUE } else { bools::FALSE };
            Some(bools::reduced(&all?, rows, settles))
        }
        Reduce::Sum | Reduce::Mean => {
            let state = match strict(args.iter().copied()) {
                Strict::Known => None,
                Strict::Some(state) => Some(state),
                Strict::None(column) => return Some(column),
            };
            let views: Option<Vec<NumberView<'_>>> = args.iter().map(|it| number(it)).collect();
            let mut total = sum(&views?)?;
            if reduce == Reduce::Mean {
                let count = i64::try_from(args.len()).ok()?;
                total.den = total.den.checked_mul(count)?;
                if total.den > crate::column::MAX_DEN {
                    return None;
                }
            }
            Some(numbers(total, state))
        }
        Reduce::Max | Reduce::Min => {
            let op = if reduce == Reduce::Max { crate::op::Op::Max } else { crate::op::Op::Min };
            let same: Option<Vec<Scalar>> = args.iter().map(|it| it.as_same()).collect();
            match same {
                Some(values) => Some(Column::same(scalar::apply(&op, &values))),
                None => super::extreme(args, reduce == Reduce::Max),
            }
        }
    }
}

fn number(column: &Column) -> Option<NumberView<'_>> {
    match values(column)? {
        Values::Numbers(it) => Some(it),
        Values::Bools(_) | Values::Dates(_) | Values::Cases(_) | Values::Nothing => None,
    }
}

/// The sum of columns of which one at least has rows.
fn sum(views: &[NumberView<'_>]) -> Option<Numbers> {
    let mut den = 1;
    for view in views {
        den = common_den(den, view.den)?;
    }
    let (mut low, mut high, mut constant) = (0i128, 0i128, 0i64);
    let mut columns: Vec<(&[i64], i64)> = Vec::with_capacity(views.len());
    for view in views {
        let times = den.checked_div(view.den)?;
        low += i128::from(view.low) * i128::from(times);
        high += i128::from(view.high) * i128::from(times);
        match view.nums {
            View::One(num) => constant = constant.checked_add(num.checked_mul(times)?)?,
            // A month that is the month before counts twice.
            View::Each(nums) => match columns.last_mut() {
                Some((last, count)) if std::ptr::eq(*last, nums) => {
                    *count = count.checked_add(times)?
                }
                _ => columns.push((nums, times)),
            },
        }
    }
    let (low, high) = small_bounds(low, high)?;
    let mut columns = columns.into_iter();
    let (first, times) = columns.next()?;
    let mut nums: Vec<i64> =
        first.iter().map(|it| it.wrapping_mul(times).wrapping_add(constant)).collect();
    for (column, times) in columns {
        let slots = nums.iter_mut().zip(column);
        if times == 1 {
            slots.for_each(|(slot, it)| *slot = slot.wrapping_add(*it));
        } else {
            slots.for_each(|(slot, it)| *slot = slot.wrapping_add(it.wrapping_mul(times)));
        }
    }
    Some(Numbers { den, low, high, nums })
}

/// A column of one number as a column of rows.
pub(crate) fn spread(data: Data, rows: usize) -> Option<Numbers> {
    match data {
        Data::Numbers(it) => Some(it),
        Data::Same(Scalar::Known(value)) => {
            let it = NumberView::one(value.as_number()?)?;
            let View::One(num) = it.nums else { return None };
            Some(Numbers { den: it.den, low: num, high: num, nums: vec![num; rows] })
        }
        _ => None,
    }
}
