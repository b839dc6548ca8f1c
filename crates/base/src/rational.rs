//! Exact numbers.

mod gcd;
mod small;
mod text;

use std::cmp::Ordering;

use gcd::gcd;
use small::Small;

/// An exact fraction of two 128-bit integers, always in lowest terms with a positive denominator.
///
/// Amounts of the law are fractions of a cent multiplied by a few rates: they fit with room to spare.
/// An operation that would not fit answers `None`: the caller says so, nothing wraps or rounds silently.
///
/// ```
/// use base::Rational;
/// let third = Rational::ONE.checked_div(Rational::from(3)).unwrap();
/// assert_eq!(third.checked_mul(Rational::from(3)), Some(Rational::ONE));
/// assert_eq!(Rational::ONE.checked_div(Rational::ZERO), None);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rational {
    // INVARIANT: den > 0 and gcd(num, den) == 1; zero is 0/1.
    num: i128,
    den: i128,
}

/// Which way a number that is not a multiple of the quantum goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// To the nearest multiple; a half goes away from zero.
    Nearest,
    /// To the multiple below (towards minus infinity).
    Down,
    /// To the multiple above (towards plus infinity).
    Up,
}

impl Rational {
    /// 0.
    pub const ZERO: Self = Self { num: 0, den: 1 };
    /// 1.
    pub const ONE: Self = Self { num: 1, den: 1 };

    /// `num / den`; `None` if `den` is zero or the reduced fraction does not fit.
    pub fn new(num: i128, den: i128) -> Option<Self> {
        if den == 0 {
            return None;
        }
        let divisor = gcd(num.unsigned_abs(), den.unsigned_abs());
        let divisor = i128::try_from(divisor).ok()?;
        let (num, den) = (num.checked_div(divisor)?, den.checked_div(divisor)?);
        if den < 0 {
            Some(Self { num: num.checked_neg()?, den: den.checked_neg()? })
        } else {
            Some(Self { num, den })
        }
    }

    /// The number of cents, as an amount in euros.
    ///
    /// ```
    /// # use base::Rational;
    /// assert_eq!(Rational::from_cents(64_652).to_string(), "646,52");
    /// ```
    pub fn from_cents(cents: i64) -> Self {
        Self::new(i128::from(cents), 100).unwrap_or(Self::ZERO)
    }

    /// Of the fraction in lowest terms; carries the sign.
    pub fn numerator(self) -> i128 {
        self.num
    }

    /// Always positive.
    pub fn denominator(self) -> i128 {
        self.den
    }

    /// Whether it is exactly zero.
    pub fn is_zero(self) -> bool {
        self.num == 0
    }

    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.num < 0
    }

    /// Whether it has no fractional part.
    pub fn is_integer(self) -> bool {
        self.den == 1
    }

    /// The opposite; `None` if it does not fit.
    pub fn checked_neg(self) -> Option<Self> {
        Some(Self { num: self.num.checked_neg()?, den: self.den })
    }

    /// The sum; `None` if it does not fit.
    #[inline]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        match (Small::of(self), Small::of(other)) {
            (Some(a), Some(b)) => Some(a.plus(b)),
            _ => self.wide_add(other),
        }
    }

    /// Over the least common denominator, so that the terms stay as small as they can.
    fn wide_add(self, other: Self) -> Option<Self> {
        let common = gcd(self.den.unsigned_abs(), other.den.unsigned_abs());
        let common = i128::try_from(common).ok()?;
        let (left, right) = (self.den.checked_div(common)?, other.den.checked_div(common)?);
        let num = self.num.checked_mul(right)?.checked_add(other.num.checked_mul(left)?)?;
        // What can still be reduced divides `common`: it goes before the product that could overflow.
        let shared = gcd(num.unsigned_abs(), common.unsigned_abs());
        let shared = i128::try_from(shared).ok()?;
        let den = left.checked_mul(other.den.checked_div(shared)?)?;
        Some(Self { num: num.checked_div(shared)?, den })
    }

    /// The difference; `None` if it does not fit.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(other.checked_neg()?)
    }

    /// The product; `None` if it does not fit.
    #[inline]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        match (Small::of(self), Small::of(other)) {
            (Some(a), Some(b)) => Some(a.times(b)),
            _ => self.wide_mul(other),
        }
    }

    fn wide_mul(self, other: Self) -> Option<Self> {
        // Reducing across first keeps the products small: sums of rates over months stay in range.
        let a = i128::try_from(gcd(self.num.unsigned_abs(), other.den.unsigned_abs())).ok()?;
        let b = i128::try_from(gcd(other.num.unsigned_abs(), self.den.unsigned_abs())).ok()?;
        let num = self.num.checked_div(a)?.checked_mul(other.num.checked_div(b)?)?;
        let den = self.den.checked_div(b)?.checked_mul(other.den.checked_div(a)?)?;
        Some(Self { num, den })
    }

    /// `None` on division by zero as on overflow.
    pub fn checked_div(self, other: Self) -> Option<Self> {
        let inverse = if other.num < 0 {
            Self { num: other.den.checked_neg()?, den: other.num.checked_neg()? }
        } else {
            Self { num: other.den, den: other.num }
        };
        if inverse.den == 0 {
            return None;
        }
        self.checked_mul(inverse)
    }

    /// The multiple of `quantum` that `mode` chooses; `quantum` must be positive.
    ///
    /// ```
    /// # use base::{Rational, Rounding};
    /// let cent = Rational::from_cents(1);
    /// let x: Rational = "609,1728".parse().unwrap();
    /// assert_eq!(x.rounded(cent, Rounding::Nearest).unwrap().to_string(), "609,17");
    /// let half: Rational = "-0,005".parse().unwrap();
    /// assert_eq!(half.rounded(cent, Rounding::Nearest).unwrap().to_string(), "-0,01");
    /// assert_eq!(half.rounded(cent, Rounding::Down).unwrap().to_string(), "-0,01");
    /// assert_eq!(half.rounded(cent, Rounding::Up).unwrap(), Rational::ZERO);
    /// ```
    pub fn rounded(self, quantum: Self, mode: Rounding) -> Option<Self> {
        if quantum.num <= 0 {
            return None;
        }
        let q = self.checked_div(quantum)?;
        let floor = q.num.div_euclid(q.den);
        let rest = q.num.rem_euclid(q.den);
        let steps = match mode {
            Rounding::Down => floor,
            Rounding::Up => floor.checked_add(i128::from(rest != 0))?,
            Rounding::Nearest => {
                let twice = rest.checked_mul(2)?;
                let up = match twice.cmp(&q.den) {
                    Ordering::Greater => true,
                    Ordering::Equal => q.num > 0,
                    Ordering::Less => false,
                };
                floor.checked_add(i128::from(up))?
            }
        };
        Self { num: steps, den: 1 }.checked_mul(quantum)
    }
}

impl From<i64> for Rational {
    fn from(value: i64) -> Self {
        Self { num: i128::from(value), den: 1 }
    }
}

impl From<i32> for Rational {
    fn from(value: i32) -> Self {
        Self { num: i128::from(value), den: 1 }
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.den == other.den {
            return self.num.cmp(&other.num);
        }
        if let (Some(a), Some(b)) = (Small::of(*self), Small::of(*other)) {
            return a.order(b);
        }
        match (self.num.checked_mul(other.den), other.num.checked_mul(self.den)) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => compare_by_parts(*self, *other),
        }
    }
}

/// Compares without multiplying: whole parts first, then the inverses of the remainders. Always ends, as
/// Euclid's algorithm does.
fn compare_by_parts(mut a: Rational, mut b: Rational) -> Ordering {
    loop {
        let (qa, qb) = (a.num.div_euclid(a.den), b.num.div_euclid(b.den));
        if qa != qb {
            return qa.cmp(&qb);
        }
        let (ra, rb) = (a.num.rem_euclid(a.den), b.num.rem_euclid(b.den));
        match (ra, rb) {
            (0, 0) => return Ordering::Equal,
            (0, _) => return Ordering::Less,
            (_, 0) => return Ordering::Greater,
            // ra/da < rb/db exactly when db/rb < da/ra.
            _ => (a, b) = (Rational { num: b.den, den: rb }, Rational { num: a.den, den: ra }),
        }
    }
}
