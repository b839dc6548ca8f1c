//! Ages and months, on days written as [`day_code`](crate::facts::day_code) writes them.

use crate::column::{Column, Data, Numbers};
use crate::facts::month_rank;
use crate::kernels::view::{Values, View, numbers, values};
use crate::op::Op;

pub(crate) fn on_date(op: &Op, it: &Column) -> Option<Column> {
    let Values::Dates(View::Each(days)) = values(it)? else { return None };
    let tell = |tell: &dyn Fn(i32) -> i32| -> Column {
        let nums = days.iter().map(|it| i64::from(tell(*it))).collect();
        numbers(Numbers::hull(1, nums), it.state.clone())
    };
    Some(match op {
        Op::MonthsSince(month) => {
            let now = month_rank(*month);
            let since = |it: &i32| i64::from(months_since(*it, now));
            let nums = days.iter().map(since).collect();
            numbers(Numbers::hull(1, nums), it.state.clone())
        }
        Op::YearsSince(month) => {
            let now = month_rank(*month);
            let since = |it: &i32| i64::from(months_since(*it, now).div_euclid(12));
            let nums = days.iter().map(since).collect();
            numbers(Numbers::hull(1, nums), it.state.clone())
        }
        Op::YearOf => tell(&|it| (it >> 5).div_euclid(12)),
        Op::MonthNumberOf => tell(&|it| (it >> 5).rem_euclid(12).saturating_add(1)),
        Op::FirstOfMonth => {
            let first = days.iter().map(|it| first_of_month(*it)).collect();
            Column::new(Data::Dates(first), it.state.clone())
        }
        _ => return None,
    })
}

/// Whole months from the day to the first of the month.
fn months_since(day: i32, now: i32) -> i32 {
    now.saturating_sub(day >> 5).saturating_sub(i32::from((day & 31) > 1))
}

/// What the operation tells of a day; `None`: it is not one on days.
pub(crate) fn told(op: &Op, day: i32) -> Option<i32> {
    Some(match op {
        Op::MonthsSince(month) => months_since(day, month_rank(*month)),
        Op::YearsSince(month) => months_since(day, month_rank(*month)).div_euclid(12),
        Op::YearOf => (day >> 5).div_euclid(12),
        Op::MonthNumberOf => (day >> 5).rem_euclid(12).saturating_add(1),
        _ => return None,
    })
}

/// The first day of the day's month.
pub(crate) fn first_of_month(day: i32) -> i32 {
    (day & !31) | 1
}
