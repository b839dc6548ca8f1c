//! The values of one node on the rows of a chunk.

use base::Rational;
use law_ir::{CaseId, Value};

use crate::facts::{day_code, day_of, gcd};
use crate::scalar::Scalar;

/// What a row is, beside the values of a column.
pub(crate) const KNOWN: u8 = 0;
pub(crate) const MISSING: u8 = 1;
pub(crate) const FAULT: u8 = 2;

/// The largest denominator of a column of integers.
pub(crate) const MAX_DEN: i64 = 1 << 50;
/// The largest numerator of a column of integers.
///
/// With these two, whatever the columns compute on 64 bits the reference computes without outgrowing 128:
/// both give a number, and the same.
pub(crate) const MAX_NUM: i64 = 1 << 61;

/// Numerators over one denominator, not reduced.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Numbers {
    pub den: i64,
    /// All the known rows are between these two; the other rows hold anything.
    pub low: i64,
    pub high: i64,
    pub nums: Vec<i64>,
}

/// The same on 128 bits.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wide {
    pub den: i128,
    pub nums: Vec<i128>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Data {
    /// Every row is the same.
    Same(Scalar),
    Bools(Vec<u8>),
    /// As [`day_code`] writes them.
    Dates(Vec<i32>),
    Cases(Vec<u32>),
    Numbers(Numbers),
    /// What is on its way to be rounded.
    Wide(Wide),
    /// Numbers that have no common denominator within reach.
    Slow(Vec<Scalar>),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Column {
    pub data: Data,
    /// For each row, known or not; `None`: all known. Never there beside `Same`, `Wide` or `Slow`.
    pub state: Option<Vec<u8>>,
}

impl Column {
    pub fn same(value: Scalar) -> Self {
        Self { data: Data::Same(value), state: None }
    }

    pub fn known(data: Data) -> Self {
        Self { data, state: None }
    }

    /// Forgets a state that says nothing.
    pub fn new(data: Data, state: Option<Vec<u8>>) -> Self {
        let state = state.filter(|it| it.iter().any(|it| *it != KNOWN));
        Self { data, state }
    }

    pub fn as_same(&self) -> Option<Scalar> {
        match &self.data {
            Data::Same(value) => Some(*value),
            _ => None,
        }
    }

    /// The value of a row; a row that is not there is a fault.
    pub fn get(&self, row: usize) -> Scalar {
        if let Some(state) = &self.state {
            match state.get(row) {
                Some(&KNOWN) => {}
                Some(&MISSING) => return Scalar::Missing,
                _ => return Scalar::Fault,
            }
        }
        let value = match &self.data {
            Data::Same(value) => return *value,
            Data::Slow(values) => return values.get(row).copied().unwrap_or(Scalar::Fault),
            Data::Bools(it) => it.get(row).map(|it| Value::Bool(*it != 0)),
            Data::Dates(it) => it.get(row).and_then(|it| day_of(*it)).map(Value::Date),
            Data::Cases(it) => it.get(row).map(|it| Value::Case(CaseId(*it))),
            Data::Wide(it) => {
                let num = it.nums.get(row);
                num.and_then(|num| Rational::new(*num, it.den)).map(Value::Number)
            }
            Data::Numbers(it) => it.nums.get(row).and_then(|num| {
                Rational::new(i128::from(*num), i128::from(it.den)).map(Value::Number)
            }),
        };
        value.map_or(Scalar::Fault, Scalar::Known)
    }

    /// The most compact column with these values.
    pub fn from_scalars(values: Vec<Scalar>) -> Self {
        let Some(first) = values.first().copied() else { return Self::same(Scalar::Missing) };
        if values.iter().all(|it| *it == first) {
            return Self::same(first);
        }
        let state = values.iter().map(|it| match it {
            Scalar::Known(_) => KNOWN,
            Scalar::Missing => MISSING,
            Scalar::Fault => FAULT,
        });
        let state: Vec<u8> = state.collect();
        match packed(&values) {
            Some(data) => Self::new(data, Some(state)),
            None => Self::known(Data::Slow(values)),
        }
    }
}

/// The values as integers, whatever stands in rows that have none.
fn packed(values: &[Scalar]) -> Option<Data> {
    let sample = values.iter().find_map(|it| it.held().ok())?;
    let each = |pick: &dyn Fn(Value) -> Option<i64>| -> Option<Vec<i64>> {
        let nums = values.iter().map(|it| it.held().ok().map_or(Some(0), pick));
        nums.collect()
    };
    Some(match sample {
        Value::Bool(_) => {
            let bools = each(&|it| it.as_bool().map(i64::from))?;
            Data::Bools(bools.into_iter().map(|it| u8::from(it != 0)).collect())
        }
        Value::Date(_) => {
            let days = each(&|it| it.as_date().map(|it| i64::from(day_code(it))))?;
            Data::Dates(days.into_iter().map(|it| i32::try_from(it).unwrap_or(0)).collect())
        }
        Value::Case(_) => {
            let cases = each(&|it| match it {
                Value::Case(case) => Some(i64::from(case.0)),
                Value::Number(_) | Value::Bool(_) | Value::Date(_) => None,
            })?;
            Data::Cases(cases.into_iter().map(|it| u32::try_from(it).unwrap_or(0)).collect())
        }
        Value::Number(_) => {
            let mut den = 1i64;
            for value in values.iter().filter_map(|it| it.held().ok()) {
                den = common_den(den, i64::try_from(value.as_number()?.denominator()).ok()?)?;
            }
            let nums = each(&|it| numerator_over(it.as_number()?, den))?;
            Data::Numbers(Numbers::hull(den, nums))
        }
    })
}

/// The least common denominator, if it is within reach.
pub(crate) fn common_den(a: i64, b: i64) -> Option<i64> {
    if a == b {
        return Some(a);
    }
    let times = b.checked_div(gcd(a, b))?;
    a.checked_mul(times).filter(|it| *it <= MAX_DEN)
}

/// The numerator of this number over a denominator that its own divides.
pub(crate) fn numerator_over(number: Rational, den: i64) -> Option<i64> {
    let times = i128::from(den).checked_div(number.denominator())?;
    let num = i64::try_from(number.numerator().checked_mul(times)?).ok()?;
    (num.abs() <= MAX_NUM).then_some(num)
}

impl Numbers {
    /// With the exact bounds of all rows.
    pub fn hull(den: i64, nums: Vec<i64>) -> Self {
        let (mut low, mut high) = (i64::MAX, i64::MIN);
        for num in &nums {
            low = low.min(*num);
            high = high.max(*num);
        }
        Self { den, low, high, nums }
    }
}
