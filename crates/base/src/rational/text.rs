//! Exact numbers as people and documents write them.

use std::fmt;

use super::{Rational, Rounding};

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

impl Rational {
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
