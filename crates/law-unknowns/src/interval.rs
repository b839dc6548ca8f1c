//! A number that is only known to lie between two ends.
//!
//! Every operation answers an interval that holds each result of the exact operation on values inside: it may
//! be wider, never narrower. A missing end is infinite; an end that exact arithmetic cannot hold becomes
//! infinite, which is wider still.

use base::{Rational, Rounding};

/// One end of an interval.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct End {
    pub value: Rational,
    /// The end itself is not reached: `x > 0`.
    pub open: bool,
}

/// The numbers between two ends.
///
/// INVARIANT: never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Interval {
    lo: Option<End>,
    hi: Option<End>,
    /// Only whole numbers: head counts, ages in months.
    whole: bool,
}

/// An end on the way: a number or an infinity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Extended {
    Below,
    Number(Rational),
    Above,
}

/// How two numbers may compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Orders {
    pub less: bool,
    pub equal: bool,
    pub greater: bool,
}

impl End {
    pub fn closed(value: Rational) -> Self {
        Self { value, open: false }
    }

    pub fn open(value: Rational) -> Self {
        Self { value, open: true }
    }
}

impl Interval {
    pub const ANY: Self = Self { lo: None, hi: None, whole: false };

    pub fn point(value: Rational) -> Self {
        let end = Some(End::closed(value));
        Self { lo: end, hi: end, whole: value.is_integer() }
    }

    pub fn whole(low: i32, high: i32) -> Self {
        let (low, high) = (low.min(high), low.max(high));
        let end = |it: i32| Some(End::closed(Rational::from(it)));
        Self { lo: end(low), hi: end(high), whole: true }
    }

    /// Both ends closed.
    pub fn between(low: Rational, high: Rational) -> Self {
        let (low, high) = if low <= high { (low, high) } else { (high, low) };
        Self { lo: Some(End::closed(low)), hi: Some(End::closed(high)), whole: false }
    }

    pub fn at_most(end: End) -> Self {
        Self { lo: None, hi: Some(end), whole: false }
    }

    pub fn at_least(end: End) -> Self {
        Self { lo: Some(end), hi: None, whole: false }
    }

    /// `None` when nothing lies between the ends.
    pub fn new(lo: Option<End>, hi: Option<End>, whole: bool) -> Option<Self> {
        let (lo, hi) =
            if whole { (lo.and_then(whole_above), hi.and_then(whole_below)) } else { (lo, hi) };
        if let (Some(low), Some(high)) = (lo, hi)
            && (low.value > high.value || (low.value == high.value && (low.open || high.open)))
        {
            return None;
        }
        Some(Self { lo, hi, whole })
    }

    pub fn lo(self) -> Option<End> {
        self.lo
    }

    pub fn hi(self) -> Option<End> {
        self.hi
    }

    pub fn is_whole(self) -> bool {
        self.whole
    }

    pub fn as_point(self) -> Option<Rational> {
        match (self.lo, self.hi) {
            (Some(lo), Some(hi)) if lo.value == hi.value => Some(lo.value),
            _ => None,
        }
    }

    pub fn contains(self, value: Rational) -> bool {
        let above = self.lo.is_none_or(|it| it.value < value || (it.value == value && !it.open));
        let below = self.hi.is_none_or(|it| it.value > value || (it.value == value && !it.open));
        above && below && (!self.whole || value.is_integer())
    }

    pub fn never_negative(self) -> bool {
        self.lo.is_some_and(|it| !it.value.is_negative())
    }

    pub fn never_positive(self) -> bool {
        self.hi.is_some_and(|it| it.value <= Rational::ZERO)
    }

    /// Whether no value of this one is below a value of the other.
    pub fn never_below(self, other: Self) -> bool {
        matches!((self.lo, other.hi), (Some(lo), Some(hi)) if lo.value >= hi.value)
    }

    pub fn hull(self, other: Self) -> Self {
        let lo = match (self.lo, other.lo) {
            (Some(a), Some(b)) => Some(if before_low(a, b) { a } else { b }),
            _ => None,
        };
        let hi = match (self.hi, other.hi) {
            (Some(a), Some(b)) => Some(if before_high(a, b) { b } else { a }),
            _ => None,
        };
        Self { lo, hi, whole: self.whole && other.whole }
    }

    /// The values of both; `None` if there is none.
    pub fn meet(self, other: Self) -> Option<Self> {
        let lo = match (self.lo, other.lo) {
            (Some(a), Some(b)) => Some(if before_low(a, b) { b } else { a }),
            (end, None) | (None, end) => end,
        };
        let hi = match (self.hi, other.hi) {
            (Some(a), Some(b)) => Some(if before_high(a, b) { a } else { b }),
            (end, None) | (None, end) => end,
        };
        Self::new(lo, hi, self.whole || other.whole)
    }

    pub fn orders(self, other: Self) -> Orders {
        let below = |lo: Option<End>, hi: Option<End>| match (lo, hi) {
            (Some(lo), Some(hi)) => lo.value < hi.value,
            _ => true,
        };
        Orders {
            less: below(self.lo, other.hi),
            equal: self.meet(other).is_some(),
            greater: below(other.lo, self.hi),
        }
    }

    pub fn neg(self) -> Self {
        Self { lo: self.hi.and_then(opposite), hi: self.lo.and_then(opposite), whole: self.whole }
    }

    pub fn add(self, other: Self) -> Self {
        let whole = self.whole && other.whole;
        if let (Some(a), Some(b)) = (self.as_point(), other.as_point()) {
            return a.checked_add(b).map_or(Self::ANY, Self::point);
        }
        Self { lo: sum(self.lo, other.lo), hi: sum(self.hi, other.hi), whole }
    }

    pub fn sub(self, other: Self) -> Self {
        self.add(other.neg())
    }

    pub fn mul(self, other: Self) -> Self {
        match (self.as_point(), other.as_point()) {
            (Some(a), Some(b)) => a.checked_mul(b).map_or(Self::ANY, Self::point),
            (Some(a), None) => other.scale(a),
            (None, Some(b)) => self.scale(b),
            (None, None) => self.products(other),
        }
    }

    pub fn scale(self, by: Rational) -> Self {
        if by.is_zero() {
            return Self::point(Rational::ZERO);
        }
        let times = |end: End| Some(End { value: end.value.checked_mul(by)?, ..end });
        let (lo, hi) = (self.lo.and_then(times), self.hi.and_then(times));
        let whole = self.whole && by.is_integer();
        if by.is_negative() { Self { lo: hi, hi: lo, whole } } else { Self { lo, hi, whole } }
    }

    /// The least and the greatest of the four products of ends.
    fn products(self, other: Self) -> Self {
        let [a, b] = [self.extended(), other.extended()];
        let all = [a.0.times(b.0), a.0.times(b.1), a.1.times(b.0), a.1.times(b.1)];
        let low = all.iter().copied().min().unwrap_or(Extended::Below);
        let high = all.iter().copied().max().unwrap_or(Extended::Above);
        Self { lo: low.end(), hi: high.end(), whole: self.whole && other.whole }
    }

    /// `None` when the divisor is zero and nothing else. The second answer: whether it may be zero.
    pub fn div(self, other: Self) -> Option<(Self, bool)> {
        if let Some(divisor) = other.as_point() {
            let inverse = Rational::ONE.checked_div(divisor)?;
            let res = match self.as_point() {
                Some(it) => it.checked_div(divisor).map_or(Self::ANY, Self::point),
                None => self.scale(inverse),
            };
            return Some((res, false));
        }
        let zero = other.contains(Rational::ZERO);
        let (low, high) = other.extended();
        let naught = Extended::Number(Rational::ZERO);
        let inverses = if low >= naught {
            (high.inverse(Extended::Above), low.inverse(Extended::Above))
        } else if high <= naught {
            (high.inverse(Extended::Below), low.inverse(Extended::Below))
        } else {
            return Some((Self::ANY, zero));
        };
        let inverse = Self { lo: inverses.0.end(), hi: inverses.1.end(), whole: false };
        Some((Self { whole: false, ..self }.products(inverse), zero))
    }

    pub fn min(self, other: Self) -> Self {
        self.neg().max(other.neg()).neg()
    }

    pub fn max(self, other: Self) -> Self {
        let lo = match (self.lo, other.lo) {
            (Some(a), Some(b)) => Some(if before_low(a, b) { b } else { a }),
            (end, None) | (None, end) => end,
        };
        let hi = match (self.hi, other.hi) {
            (Some(a), Some(b)) => Some(if before_high(a, b) { b } else { a }),
            _ => None,
        };
        Self { lo, hi, whole: self.whole && other.whole }
    }

    pub fn round(self, quantum: Rational, mode: Rounding) -> Self {
        let round = |end: End| end.value.rounded(quantum, mode).map(End::closed);
        let whole = quantum.is_integer();
        Self { lo: self.lo.and_then(round), hi: self.hi.and_then(round), whole }
    }

    fn extended(self) -> (Extended, Extended) {
        let lo = self.lo.map_or(Extended::Below, |it| Extended::Number(it.value));
        let hi = self.hi.map_or(Extended::Above, |it| Extended::Number(it.value));
        (lo, hi)
    }
}

impl Extended {
    fn end(self) -> Option<End> {
        match self {
            Self::Number(value) => Some(End::closed(value)),
            Self::Below | Self::Above => None,
        }
    }

    fn sign(self) -> i8 {
        match self {
            Self::Below => -1,
            Self::Above => 1,
            Self::Number(it) if it.is_zero() => 0,
            Self::Number(it) => {
                if it.is_negative() {
                    -1
                } else {
                    1
                }
            }
        }
    }

    /// Zero times an infinity is zero: the infinity stands for numbers as large as one likes.
    fn times(self, other: Self) -> Self {
        let sign = self.sign() * other.sign();
        let product = match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.checked_mul(b),
            _ if sign == 0 => Some(Rational::ZERO),
            _ => None,
        };
        match product {
            Some(it) => Self::Number(it),
            None if sign < 0 => Self::Below,
            None => Self::Above,
        }
    }

    /// One over it; `at_zero` is what one over nearly nothing tends to.
    fn inverse(self, at_zero: Self) -> Self {
        match self {
            Self::Below | Self::Above => Self::Number(Rational::ZERO),
            Self::Number(it) => Rational::ONE.checked_div(it).map_or(at_zero, Self::Number),
        }
    }
}

/// Whether `a` lets in values that `b` keeps out, as low ends.
fn before_low(a: End, b: End) -> bool {
    a.value < b.value || (a.value == b.value && !a.open)
}

/// Whether `b` lets in all that `a` does, as high ends.
fn before_high(a: End, b: End) -> bool {
    a.value < b.value || (a.value == b.value && a.open)
}

fn opposite(end: End) -> Option<End> {
    Some(End { value: end.value.checked_neg()?, ..end })
}

fn sum(a: Option<End>, b: Option<End>) -> Option<End> {
    let (a, b) = (a?, b?);
    Some(End { value: a.value.checked_add(b.value)?, open: a.open || b.open })
}

fn whole_above(end: End) -> Option<End> {
    let up = end.value.rounded(Rational::ONE, Rounding::Up)?;
    let beyond = end.open && up == end.value;
    let value = if beyond { up.checked_add(Rational::ONE)? } else { up };
    Some(End::closed(value))
}

fn whole_below(end: End) -> Option<End> {
    let down = end.value.rounded(Rational::ONE, Rounding::Down)?;
    let beyond = end.open && down == end.value;
    let value = if beyond { down.checked_sub(Rational::ONE)? } else { down };
    Some(End::closed(value))
}
