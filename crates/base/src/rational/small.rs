//! Fractions whose two halves fit in 64 bits: nearly all of them.
//!
//! Nothing here can overflow: a product of two halves fits in 127 bits, a sum of two such products in 128.

use std::cmp::Ordering;

use super::Rational;
use super::gcd::gcd_small;

/// INVARIANT: `den > 0`, `gcd(num, den) == 1`.
#[derive(Clone, Copy)]
pub(super) struct Small {
    num: i64,
    den: i64,
}

impl Small {
    /// `None` when a half needs more than 64 bits.
    #[inline]
    pub fn of(value: Rational) -> Option<Self> {
        match (i64::try_from(value.num), i64::try_from(value.den)) {
            (Ok(num), Ok(den)) => Some(Self { num, den }),
            _ => None,
        }
    }

    /// Over the least common denominator: what is left to reduce divides both denominators.
    #[inline]
    pub fn plus(self, other: Self) -> Rational {
        if self.den == 1 && other.den == 1 {
            return Rational { num: i128::from(self.num) + i128::from(other.num), den: 1 };
        }
        let common = common(self.den, other.den);
        let (left, right) = (self.den / common, other.den / common);
        let num = product(self.num, right) + product(other.num, left);
        if common == 1 {
            return Rational { num, den: product(left, right) };
        }
        let rest = match i64::try_from(num) {
            Ok(num) => num % common,
            // Below `common`, which is 64 bits wide.
            Err(_) => i64::try_from(num % i128::from(common)).unwrap_or_default(),
        };
        let shared = self::common(rest, common);
        let num = match i64::try_from(num) {
            Ok(num) => i128::from(num / shared),
            Err(_) => num / i128::from(shared),
        };
        Rational { num, den: product(left, other.den / shared) }
    }

    /// Reduced across before multiplying: the product is in lowest terms.
    #[inline]
    pub fn times(self, other: Self) -> Rational {
        let (a, b) = (common(self.num, other.den), common(other.num, self.den));
        Rational {
            num: product(self.num / a, other.num / b),
            den: product(self.den / b, other.den / a),
        }
    }

    #[inline]
    pub fn order(self, other: Self) -> Ordering {
        product(self.num, other.den).cmp(&product(other.num, self.den))
    }
}

#[inline]
fn product(a: i64, b: i64) -> i128 {
    i128::from(a) * i128::from(b)
}

/// The greatest common divisor of a number and a denominator.
#[inline]
fn common(number: i64, denominator: i64) -> i64 {
    if denominator == 1 {
        return 1;
    }
    // At most the denominator, which is positive and fits.
    i64::try_from(gcd_small(number.unsigned_abs(), denominator.unsigned_abs())).unwrap_or(1)
}
