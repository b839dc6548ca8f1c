//! Exact numbers.

use std::cmp::Ordering;
use std::fmt;

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
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if self.den == other.den {
            let num = self.num.checked_add(other.num)?;
            return if self.den == 1 {
                Some(Self { num, den: 1 })
            } else {
                Self::new(num, self.den)
            };
        }
        let left = self.num.checked_mul(other.den)?;
        let right = other.num.checked_mul(self.den)?;
        Self::new(left.checked_add(right)?, self.den.checked_mul(other.den)?)
    }

    /// The difference; `None` if it does not fit.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(other.checked_neg()?)
    }

    /// The product; `None` if it does not fit.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
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

    /// Decimal digits with a comma, exact when the fraction is decimal within `places` digits, otherwise
    /// rounded to the nearest and followed by `…`.
    fn write_decimal(self, f: &mut fmt::Formatter<'_>, places: u32) -> fmt::Result {
        let Some(scale) = 10i128.checked_pow(places) else { return f.write_str("?") };
        let Some(quantum) = Self::new(1, scale) else { return f.write_str("?") };
        let Some(shown) = self.rounded(quantum, Rounding::Nearest) else { return f.write_str("?") };
        let exact = shown == self;
        let sign = if shown.num < 0 { "-" } else { "" };
        let whole = shown.num.unsigned_abs() / shown.den.unsigned_abs();
        write!(f, "{sign}{whole}")?;
        let mut rest = shown.num.unsigned_abs() % shown.den.unsigned_abs();
        if rest != 0 {
            f.write_str(",")?;
            while rest != 0 {
                let Some(next) = rest.checked_mul(10) else { break };
                write!(f, "{}", next / shown.den.unsigned_abs())?;
                rest = next % shown.den.unsigned_abs();
            }
        }
        if exact { Ok(()) } else { f.write_str("…") }
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

impl fmt::Debug for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.den == 1 {
            write!(f, "{}", self.num)
        } else {
            write!(f, "{}/{}", self.num, self.den)
        }
    }
}

/// French decimal writing: `646,52`, `-1,5`; a fraction that is not decimal shows twelve places and `…`.
impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_decimal(f, 12)
    }
}

/// The text was not a decimal number, or has too many digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotANumber;

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ce n’est pas un nombre décimal")
    }
}

impl std::error::Error for NotANumber {}

/// Reads `646,52`, `646.52`, `-12`, `1e3` (as JSON writes numbers) and `1 234,50` (spaces of any width).
///
/// ```
/// # use base::Rational;
/// let a: Rational = "1 234,50".parse().unwrap();
/// assert_eq!(a, "1234.5".parse().unwrap());
/// assert_eq!("1.5e3".parse::<Rational>().unwrap(), Rational::from(1500));
/// assert!("douze".parse::<Rational>().is_err());
/// assert!("1e999".parse::<Rational>().is_err());
/// ```
impl std::str::FromStr for Rational {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let compact: String = text.chars().filter(|c| !is_digit_space(*c)).collect();
        let (mantissa, exponent) = match compact.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => {
                (mantissa, exponent.parse::<i32>().map_err(|_| NotANumber)?)
            }
            None => (compact.as_str(), 0),
        };
        let (negative, digits) = match mantissa.strip_prefix(['-', '−']) {
            Some(rest) => (true, rest),
            None => (false, mantissa),
        };
        let (whole, fraction) = digits.split_once([',', '.']).unwrap_or((digits, ""));
        if whole.is_empty() || (digits.len() > whole.len() && fraction.is_empty()) {
            return Err(NotANumber);
        }
        if !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) {
            return Err(NotANumber);
        }
        let num: i128 = format!("{whole}{fraction}").parse().map_err(|_| NotANumber)?;
        let places = i32::try_from(fraction.len()).map_err(|_| NotANumber)?;
        let power = exponent.checked_sub(places).ok_or(NotANumber)?;
        let scale = 10i128.checked_pow(power.unsigned_abs()).ok_or(NotANumber)?;
        let num = if negative { num.checked_neg().ok_or(NotANumber)? } else { num };
        if power < 0 {
            Self::new(num, scale).ok_or(NotANumber)
        } else {
            num.checked_mul(scale).and_then(|num| Self::new(num, 1)).ok_or(NotANumber)
        }
    }
}

fn is_digit_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// Euclid; 64-bit once both fit, which is nearly always and much faster.
fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        if let (Ok(small_a), Ok(small_b)) = (u64::try_from(a), u64::try_from(b)) {
            return u128::from(gcd_u64(small_a, small_b));
        }
        (a, b) = (b, a % b);
    }
    if a == 0 { 1 } else { a }
}

fn gcd_u64(mut a: u64, mut b: u64) -> u64 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    if a == 0 { 1 } else { a }
}
