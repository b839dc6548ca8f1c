//! Columns as the fast loops read them: one value for all rows, or one for each.

use base::Rational;
use law_ir::Value;

use crate::column::{Column, Data, FAULT, KNOWN, MAX_DEN, MISSING, Numbers, numerator_over};
use crate::scalar::{Scalar, Stop};

/// One value for all rows, or one for each.
#[derive(Debug, Clone, Copy)]
pub(crate) enum View<'a, T> {
    One(T),
    Each(&'a [T]),
}

impl View<'_, i64> {
    /// One number is multiplied now; rows are left to be, by what is returned.
    pub fn scaled(self, times: i64) -> (Self, i64) {
        match self {
            Self::One(num) => (Self::One(num.wrapping_mul(times)), 1),
            Self::Each(_) => (self, times),
        }
    }
}

/// A column of numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NumberView<'a> {
    pub den: i64,
    pub low: i64,
    pub high: i64,
    pub nums: View<'a, i64>,
}

/// A whole column as integers; stopped rows hold anything.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Values<'a> {
    Numbers(NumberView<'a>),
    Bools(View<'a, u8>),
    Dates(View<'a, i32>),
    Cases(View<'a, u32>),
    /// Nothing is known on any row.
    Nothing,
}

/// What every row is, apart from its value.
#[derive(Debug, Clone, Copy)]
pub(crate) enum States<'a> {
    Same(u8),
    Each(&'a [u8]),
}

impl States<'_> {
    pub fn at(&self, row: usize) -> u8 {
        match self {
            Self::Same(it) => *it,
            Self::Each(each) => each.get(row).copied().unwrap_or(FAULT),
        }
    }
}

impl<'a> NumberView<'a> {
    pub fn one(number: Rational) -> Option<Self> {
        let den = i64::try_from(number.denominator()).ok().filter(|it| *it <= MAX_DEN)?;
        let num = numerator_over(number, den)?;
        Some(Self { den, low: num, high: num, nums: View::One(num) })
    }

    pub fn each(it: &'a Numbers) -> Self {
        Self { den: it.den, low: it.low, high: it.high, nums: View::Each(&it.nums) }
    }
}

/// `None`: numbers that are not integers over one denominator.
pub(crate) fn values(column: &Column) -> Option<Values<'_>> {
    Some(match &column.data {
        Data::Same(Scalar::Missing | Scalar::Fault) => Values::Nothing,
        Data::Same(Scalar::Known(value)) => match value {
            Value::Number(number) => Values::Numbers(NumberView::one(*number)?),
            Value::Bool(it) => Values::Bools(View::One(u8::from(*it))),
            Value::Date(it) => Values::Dates(View::One(crate::facts::day_code(*it))),
            Value::Case(it) => Values::Cases(View::One(it.0)),
        },
        Data::Numbers(it) => Values::Numbers(NumberView::each(it)),
        Data::Bools(it) => Values::Bools(View::Each(it)),
        Data::Dates(it) => Values::Dates(View::Each(it)),
        Data::Cases(it) => Values::Cases(View::Each(it)),
        Data::Wide(_) | Data::Slow(_) => return None,
    })
}

pub(crate) fn states(column: &Column) -> States<'_> {
    match (&column.state, &column.data) {
        (Some(each), _) => States::Each(each),
        (None, Data::Same(Scalar::Missing)) => States::Same(MISSING),
        (None, Data::Same(Scalar::Fault)) => States::Same(FAULT),
        (None, _) => States::Same(KNOWN),
    }
}

/// The state of an operation that needs all its operands.
pub(crate) enum Strict {
    /// All known.
    Known,
    /// Not on all rows.
    Some(Vec<u8>),
    /// On no row.
    None(Column),
}

pub(crate) fn strict<'a>(args: impl Iterator<Item = &'a Column>) -> Strict {
    let mut same = KNOWN;
    let mut each: Option<Vec<u8>> = None;
    for arg in args {
        match (states(arg), &mut each) {
            (States::Same(it), _) => same = same.max(it),
            (States::Each(it), None) => each = Some(it.to_vec()),
            (States::Each(it), Some(each)) => {
                for (slot, it) in each.iter_mut().zip(it) {
                    *slot = (*slot).max(*it);
                }
            }
        }
    }
    match (same, each) {
        (KNOWN, None) => Strict::Known,
        (KNOWN, Some(each)) => Strict::Some(each),
        (FAULT, _) => Strict::None(Column::same(Scalar::Fault)),
        (_, None) => Strict::None(Column::same(Scalar::Missing)),
        (_, Some(each)) => {
            Strict::None(stops(each.into_iter().map(|it| it.max(MISSING)).collect()))
        }
    }
}

/// A column where nothing is known.
pub(crate) fn stops(state: Vec<u8>) -> Column {
    match state.split_first() {
        Some((first, rest)) if rest.iter().all(|it| it == first) => {
            let stop = if *first == FAULT { Stop::Fault } else { Stop::Missing };
            Column::same(stop.scalar())
        }
        _ => Column { data: Data::Bools(vec![0; state.len()]), state: Some(state) },
    }
}

/// Row by row, from two views of which one at least has rows.
pub(crate) fn zip<A: Copy, B: Copy, C>(
    a: View<'_, A>,
    b: View<'_, B>,
    op: impl Fn(A, B) -> C,
) -> Vec<C> {
    match (a, b) {
        (View::Each(a), View::Each(b)) => a.iter().zip(b).map(|(a, b)| op(*a, *b)).collect(),
        (View::Each(a), View::One(b)) => a.iter().map(|a| op(*a, b)).collect(),
        (View::One(a), View::Each(b)) => b.iter().map(|b| op(a, *b)).collect(),
        (View::One(a), View::One(b)) => vec![op(a, b)],
    }
}

/// One value if they are all equal and known.
pub(crate) fn bools(values: Vec<u8>, state: Option<Vec<u8>>) -> Column {
    if state.is_none()
        && let Some((first, rest)) = values.split_first()
        && rest.iter().all(|it| it == first)
    {
        return Column::same(Scalar::bool(*first != 0));
    }
    Column::new(Data::Bools(values), state)
}

/// One value if the bounds are equal and all rows known.
pub(crate) fn numbers(numbers: Numbers, state: Option<Vec<u8>>) -> Column {
    if numbers.low == numbers.high && state.is_none() {
        let number = Rational::new(i128::from(numbers.low), i128::from(numbers.den));
        return Column::same(Scalar::number(number));
    }
    Column::new(Data::Numbers(numbers), state)
}
