//! One value on 64 bits, or the reason why there is none: what a household alone is computed with.
//!
//! Numbers are not reduced: two of them compare across. What does not fit says so with `None`, and the reference
//! answers for the household: nothing wraps. What fits, the reference computes without outgrowing 128 bits.

use std::cmp::Ordering;

use base::{Rational, Rounding};
use law_ir::{CaseId, Comparison, Value};

use crate::facts::{day_code, day_of};
use crate::scalar::{Scalar, Stop};

/// A fraction of two integers; the denominator is positive.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fraction {
    num: i64,
    den: i64,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Quick {
    Number(Fraction),
    Bool(bool),
    /// As [`day_code`] writes it.
    Date(i32),
    Case(u32),
    Missing,
    Fault,
}

/// Beyond, a fraction is reduced; and if that does not suffice, left to the reference.
const MAX_NUM: i128 = 1 << 61;
const MAX_DEN: i128 = 1 << 40;

impl Quick {
    pub const ZERO: Self = Self::Number(Fraction::ZERO);

    /// `None`: a number that does not fit.
    pub fn of(scalar: Scalar) -> Option<Self> {
        Some(match scalar {
            Scalar::Known(value) => return Self::of_value(value),
            Scalar::Missing => Self::Missing,
            Scalar::Fault => Self::Fault,
        })
    }

    pub fn of_value(value: Value) -> Option<Self> {
        Some(match value {
            Value::Number(number) => Self::Number(Fraction::of(number)?),
            Value::Bool(it) => Self::Bool(it),
            Value::Date(date) => Self::Date(day_code(date)),
            Value::Case(case) => Self::Case(case.0),
        })
    }

    pub fn scalar(self) -> Scalar {
        let value = match self {
            Self::Number(it) => it.rational().map(Value::Number),
            Self::Bool(it) => Some(Value::Bool(it)),
            Self::Date(code) => day_of(code).map(Value::Date),
            Self::Case(case) => Some(Value::Case(CaseId(case))),
            Self::Missing => return Scalar::Missing,
            Self::Fault => None,
        };
        value.map_or(Scalar::Fault, Scalar::Known)
    }

    pub fn of_stop(stop: Stop) -> Self {
        match stop {
            Stop::Missing => Self::Missing,
            Stop::Fault => Self::Fault,
        }
    }

    pub fn whole(value: i32) -> Self {
        Self::Number(Fraction { num: i64::from(value), den: 1 })
    }

    pub fn count(count: usize) -> Self {
        Self::Number(Fraction { num: i64::try_from(count).unwrap_or(i64::MAX), den: 1 })
    }

    /// Why there is no value, if there is none.
    pub fn stop(self) -> Option<Stop> {
        match self {
            Self::Missing => Some(Stop::Missing),
            Self::Fault => Some(Stop::Fault),
            Self::Number(_) | Self::Bool(_) | Self::Date(_) | Self::Case(_) => None,
        }
    }

    pub fn number(self) -> Result<Fraction, Stop> {
        match self {
            Self::Number(it) => Ok(it),
            Self::Missing => Err(Stop::Missing),
            Self::Bool(_) | Self::Date(_) | Self::Case(_) | Self::Fault => Err(Stop::Fault),
        }
    }

    /// As a condition.
    pub fn truth(self) -> Result<bool, Stop> {
        match self {
            Self::Bool(it) => Ok(it),
            Self::Missing => Err(Stop::Missing),
            Self::Number(_) | Self::Date(_) | Self::Case(_) | Self::Fault => Err(Stop::Fault),
        }
    }

    pub fn date(self) -> Result<i32, Stop> {
        match self {
            Self::Date(it) => Ok(it),
            Self::Missing => Err(Stop::Missing),
            Self::Number(_) | Self::Bool(_) | Self::Case(_) | Self::Fault => Err(Stop::Fault),
        }
    }

    /// Whether two known values are the same one.
    pub fn is(self, other: Self) -> bool {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.order(b).is_eq(),
            (Self::Bool(a), Self::Bool(b)) => a == b,
            (Self::Date(a), Self::Date(b)) => a == b,
            (Self::Case(a), Self::Case(b)) => a == b,
            _ => false,
        }
    }

    pub fn compare(comparison: Comparison, a: Self, b: Self) -> Self {
        if let Some(stop) = a.stop().max(b.stop()) {
            return Self::of_stop(stop);
        }
        let order = match (comparison, a, b) {
            (Comparison::Eq, _, _) => return Self::Bool(a.is(b)),
            (Comparison::Ne, _, _) => return Self::Bool(!a.is(b)),
            (_, Self::Number(a), Self::Number(b)) => a.order(b),
            (_, Self::Date(a), Self::Date(b)) => a.cmp(&b),
            _ => return Self::Fault,
        };
        Self::Bool(match comparison {
            Comparison::Lt => order.is_lt(),
            Comparison::Le => order.is_le(),
            Comparison::Gt => order.is_gt(),
            Comparison::Ge => order.is_ge(),
            Comparison::Eq | Comparison::Ne => false,
        })
    }
}

impl Fraction {
    pub const ZERO: Self = Self { num: 0, den: 1 };

    pub fn of(number: Rational) -> Option<Self> {
        if number.numerator().abs() > MAX_NUM || number.denominator() > MAX_DEN {
            return None;
        }
        let num = i64::try_from(number.numerator()).ok()?;
        Some(Self { num, den: i64::try_from(number.denominator()).ok()? })
    }

    pub fn rational(self) -> Option<Rational> {
        Rational::new(i128::from(self.num), i128::from(self.den))
    }

    pub fn is_negative(self) -> bool {
        self.num < 0
    }

    #[inline]
    pub fn order(self, other: Self) -> Ordering {
        if self.den == other.den {
            return self.num.cmp(&other.num);
        }
        wide(self.num, other.den).cmp(&wide(other.num, self.den))
    }

    pub fn neg(self) -> Self {
        // Far from the ends of the type.
        Self { num: self.num.wrapping_neg(), ..self }
    }

    #[inline]
    pub fn add(self, other: Self) -> Option<Self> {
        if self.den == other.den {
            return Self::fit(i128::from(self.num) + i128::from(other.num), i128::from(self.den));
        }
        if self.num == 0 {
            return Some(other);
        }
        if other.num == 0 {
            return Some(self);
        }
        let (fine, coarse) = if self.den > other.den { (self, other) } else { (other, self) };
        if let (Some(0), Some(times)) =
            (fine.den.checked_rem(coarse.den), fine.den.checked_div(coarse.den))
        {
            return Self::fit(i128::from(fine.num) + wide(coarse.num, times), i128::from(fine.den));
        }
        let num = wide(self.num, other.den) + wide(other.num, self.den);
        Self::fit(num, wide(self.den, other.den))
    }

    #[inline]
    pub fn mul(self, other: Self) -> Option<Self> {
        Self::fit(wide(self.num, other.num), wide(self.den, other.den))
    }

    /// By something else than zero.
    pub fn div(self, other: Self) -> Option<Self> {
        let (num, den) = (wide(self.num, other.den), wide(self.den, other.num));
        if den < 0 { Self::fit(-num, -den) } else { Self::fit(num, den) }
    }

    pub fn is_zero(self) -> bool {
        self.num == 0
    }

    /// The multiple of a positive quantum that the mode chooses.
    pub fn rounded(self, quantum: Self, mode: Rounding) -> Option<Self> {
        let (num, den) = (wide(self.num, quantum.den), wide(self.den, quantum.num));
        let steps = match (i64::try_from(num), i64::try_from(den)) {
            (Ok(num), Ok(den)) => {
                let (floor, rest) = (num.div_euclid(den), num.rem_euclid(den));
                i128::from(floor) + i128::from(goes_up(mode, num < 0, rest.into(), den.into()))
            }
            _ => {
                let (floor, rest) = (num.div_euclid(den), num.rem_euclid(den));
                floor + i128::from(goes_up(mode, num < 0, rest, den))
            }
        };
        Self::fit(steps.checked_mul(i128::from(quantum.num))?, i128::from(quantum.den))
    }

    /// The fraction, reduced if it has to be.
    #[inline]
    fn fit(num: i128, den: i128) -> Option<Self> {
        if num.abs() <= MAX_NUM && den <= MAX_DEN {
            return Some(Self { num: i64::try_from(num).ok()?, den: i64::try_from(den).ok()? });
        }
        Self::of(Rational::new(num, den)?)
    }
}

/// Whether what is left above the multiple below counts for one more; a half goes away from zero.
fn goes_up(mode: Rounding, negative: bool, rest: i128, den: i128) -> bool {
    match mode {
        Rounding::Down => false,
        Rounding::Up => rest != 0,
        Rounding::Nearest => match (rest * 2).cmp(&den) {
            Ordering::Greater => true,
            Ordering::Equal => !negative,
            Ordering::Less => false,
        },
    }
}

#[inline]
fn wide(a: i64, b: i64) -> i128 {
    i128::from(a) * i128::from(b)
}
