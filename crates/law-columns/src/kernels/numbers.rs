//! Exact arithmetic on integers over a denominator.
//!
//! Bounds are computed before the rows: when a result could leave its bounds nothing is computed and the
//! caller takes the slow way. Rows that are not known hold anything, hence the wrapping operations.

use base::{Rational, Rounding};
use law_ir::Comparison;

use crate::column::{Column, MAX_DEN, MAX_NUM, Numbers, common_den};
use crate::facts::gcd;
use crate::kernels::view::{NumberView, View, zip};

/// Bounds, if they are small enough.
pub(crate) fn small_bounds(low: i128, high: i128) -> Option<(i64, i64)> {
    bounds(low, high)
}

fn bounds(low: i128, high: i128) -> Option<(i64, i64)> {
    let (low, high) = (i64::try_from(low).ok()?, i64::try_from(high).ok()?);
    (low >= -MAX_NUM && high <= MAX_NUM).then_some((low, high))
}

/// How much the numerators have to be multiplied by to be over this denominator.
fn factor(from: i64, to: i64) -> i64 {
    to.checked_div(from).unwrap_or(1)
}

/// `a + b`, or `a − b` with a sign of -1.
pub(crate) fn add(a: NumberView<'_>, b: NumberView<'_>, sign: i64) -> Option<Numbers> {
    let den = common_den(a.den, b.den)?;
    let (fa, fb) = (factor(a.den, den), factor(b.den, den).checked_mul(sign)?);
    let ends = [b.low, b.high].map(|it| i128::from(it) * i128::from(fb));
    let (low, high) = bounds(
        i128::from(a.low) * i128::from(fa) + ends[0].min(ends[1]),
        i128::from(a.high) * i128::from(fa) + ends[0].max(ends[1]),
    )?;
    let (left, fa) = a.nums.scaled(fa);
    let (right, fb) = b.nums.scaled(fb);
    let nums = match (fa, fb) {
        (1, 1) => zip(left, right, i64::wrapping_add),
        (1, -1) => zip(left, right, i64::wrapping_sub),
        _ => zip(left, right, |a, b| a.wrapping_mul(fa).wrapping_add(b.wrapping_mul(fb))),
    };
    Some(Numbers { den, low, high, nums })
}

pub(crate) fn mul(a: NumberView<'_>, b: NumberView<'_>) -> Option<Numbers> {
    match (a.nums, b.nums) {
        (View::One(one), View::Each(_)) => scale(b, one, a.den),
        (View::Each(_), View::One(one)) => scale(a, one, b.den),
        _ => {
            let den = a.den.checked_mul(b.den).filter(|it| *it <= MAX_DEN)?;
            let ends = [(a.low, b.low), (a.low, b.high), (a.high, b.low), (a.high, b.high)]
                .map(|(a, b)| i128::from(a) * i128::from(b));
            let low = ends.into_iter().min().unwrap_or(0);
            let (low, high) = bounds(low, ends.into_iter().max().unwrap_or(0))?;
            Some(Numbers { den, low, high, nums: zip(a.nums, b.nums, i64::wrapping_mul) })
        }
    }
}

/// Times `num / den`, a reduced fraction.
fn scale(it: NumberView<'_>, num: i64, den: i64) -> Option<Numbers> {
    let common = gcd(num.checked_abs()?.max(1), it.den);
    let (num, own) = match num {
        0 => (0, it.den),
        _ => (num.checked_div(common)?, it.den.checked_div(common)?),
    };
    let den = own.checked_mul(den).filter(|it| *it <= MAX_DEN)?;
    let ends = [it.low, it.high].map(|it| i128::from(it) * i128::from(num));
    let (low, high) = bounds(ends[0].min(ends[1]), ends[0].max(ends[1]))?;
    let nums = zip(it.nums, View::One(num), i64::wrapping_mul);
    Some(Numbers { den, low, high, nums })
}

/// The larger of the two, or the smaller.
pub(crate) fn extreme(a: NumberView<'_>, b: NumberView<'_>, largest: bool) -> Option<Numbers> {
    let den = common_den(a.den, b.den)?;
    let (fa, fb) = (factor(a.den, den), factor(b.den, den));
    let scaled = |it: NumberView<'_>, times: i64| {
        let times = i128::from(times);
        bounds(i128::from(it.low) * times, i128::from(it.high) * times)
    };
    let ((al, ah), (bl, bh)) = (scaled(a, fa)?, scaled(b, fb)?);
    let (low, high, nums) = if largest {
        let op = |a: i64, b: i64| a.wrapping_mul(fa).max(b.wrapping_mul(fb));
        (al.max(bl), ah.max(bh), zip(a.nums, b.nums, op))
    } else {
        let op = |a: i64, b: i64| a.wrapping_mul(fa).min(b.wrapping_mul(fb));
        (al.min(bl), ah.min(bh), zip(a.nums, b.nums, op))
    };
    Some(Numbers { den, low, high, nums })
}

/// Whether no row of the first can be below any of the second.
pub(crate) fn never_below(a: NumberView<'_>, b: NumberView<'_>) -> bool {
    i128::from(a.low) * i128::from(b.den) >= i128::from(b.high) * i128::from(a.den)
}

/// Largest absolute value a rounding may meet on the way, and denominators of quanta: what keeps the
/// reference inside 128 bits too.
const MAX_QUANTUM: i128 = 1 << 30;

pub(crate) fn round(it: NumberView<'_>, quantum: Rational, mode: Rounding) -> Option<Numbers> {
    let View::Each(nums) = it.nums else { return None };
    if quantum.numerator() <= 0
        || quantum.numerator() > MAX_QUANTUM
        || quantum.denominator() > MAX_QUANTUM
    {
        return None;
    }
    let qn = i64::try_from(quantum.numerator()).ok()?;
    let qd = i64::try_from(quantum.denominator()).ok()?;
    // it ÷ quantum = num × qd ÷ (den × qn)
    let below = it.den.checked_mul(qn)?;
    let common = gcd(qd, below);
    let (times, below) = (qd.checked_div(common)?, below.checked_div(common)?);
    if below == 1 {
        // Already on the quantum: only written over another denominator.
        let times = times.checked_mul(qn)?;
        let (low, high) = bounds(
            i128::from(it.low) * i128::from(times),
            i128::from(it.high) * i128::from(times),
        )?;
        let nums = nums.iter().map(|it| it.wrapping_mul(times)).collect();
        return Some(Numbers { den: qd, low, high, nums });
    }
    if below > MAX_DEN {
        return None;
    }
    let times_wide = i128::from(times);
    bounds(i128::from(it.low) * times_wide, i128::from(it.high) * times_wide)?;
    let steps = |num: i64| rounded(num.wrapping_mul(times), below, mode);
    let qn_wide = i128::from(qn);
    let (low, high) =
        bounds(i128::from(steps(it.low)) * qn_wide, i128::from(steps(it.high)) * qn_wide)?;
    let nums = nums.iter().map(|it| steps(*it).wrapping_mul(qn)).collect();
    Some(Numbers { den: qd, low, high, nums })
}

/// `num ÷ den` as a whole number; `den` is positive and both are far from the ends of their type.
#[inline]
fn rounded(num: i64, den: i64, mode: Rounding) -> i64 {
    match mode {
        Rounding::Down => num.wrapping_div_euclid(den),
        Rounding::Up => num.wrapping_neg().wrapping_div_euclid(den).wrapping_neg(),
        Rounding::Nearest => {
            // A half goes away from zero.
            let size = num.wrapping_abs().wrapping_mul(2).wrapping_add(den);
            size.wrapping_div(den.wrapping_mul(2)).wrapping_mul(num.signum())
        }
    }
}

/// `a ÷ b` rounded, without the fraction in between; rows where `b` is zero hold anything.
pub(crate) fn round_ratio(
    a: NumberView<'_>,
    b: NumberView<'_>,
    quantum: Rational,
    mode: Rounding,
) -> Option<Numbers> {
    if quantum.numerator() <= 0
        || quantum.numerator() > MAX_QUANTUM
        || quantum.denominator() > MAX_QUANTUM
    {
        return None;
    }
    let qn = i64::try_from(quantum.numerator()).ok()?;
    let qd = i64::try_from(quantum.denominator()).ok()?;
    // (an ÷ ad) ÷ (bn ÷ bd) ÷ (qn ÷ qd) = an × (bd × qd) ÷ (bn × (ad × qn))
    let (up, down) = (b.den.checked_mul(qd)?, a.den.checked_mul(qn)?);
    let common = gcd(up, down);
    let (up, down) = (up.checked_div(common)?, down.checked_div(common)?);
    let up_wide = i128::from(up);
    let (low, high) = bounds(i128::from(a.low) * up_wide, i128::from(a.high) * up_wide)?;
    let farthest = i128::from(b.low).abs().max(i128::from(b.high).abs());
    if farthest * i128::from(down) > i128::from(MAX_DEN) {
        return None;
    }
    // With the smallest divisor the result is the farthest from zero.
    let nearest = match (b.low, b.high) {
        (low, _) if low > 0 => low,
        (_, high) if high < 0 => high.checked_neg()?,
        _ => 1,
    };
    let size = i128::from(low).abs().max(i128::from(high).abs());
    let least = i128::from(nearest) * i128::from(down);
    let most = size.checked_div(least)?.checked_add(1)? * i128::from(qn);
    let (low, high) = bounds(-most, most)?;
    let nums = zip(a.nums, b.nums, |a, b| {
        let (a, b) = if b < 0 { (a.wrapping_neg(), b.wrapping_neg()) } else { (a, b) };
        let below = b.wrapping_mul(down).max(1);
        rounded(a.wrapping_mul(up), below, mode).wrapping_mul(qn)
    });
    Some(Numbers { den: qd, low, high, nums })
}

/// What a comparison of two numbers gives for each row; `Err` when all rows give the same.
pub(crate) fn compare(
    comparison: Comparison,
    a: NumberView<'_>,
    b: NumberView<'_>,
) -> Result<Vec<u8>, bool> {
    let (da, db) = (i128::from(a.den), i128::from(b.den));
    let (al, ah) = (i128::from(a.low) * db, i128::from(a.high) * db);
    let (bl, bh) = (i128::from(b.low) * da, i128::from(b.high) * da);
    let settled = match comparison {
        Comparison::Lt => settled(ah < bl, al >= bh),
        Comparison::Le => settled(ah <= bl, al > bh),
        Comparison::Gt => settled(al > bh, ah <= bl),
        Comparison::Ge => settled(al >= bh, ah < bl),
        Comparison::Eq => settled(al == ah && al == bl && bl == bh, ah < bl || al > bh),
        Comparison::Ne => settled(ah < bl || al > bh, al == ah && al == bl && bl == bh),
    };
    if let Some(all) = settled {
        return Err(all);
    }
    if a.den == b.den {
        return Ok(by_order(comparison, a.nums, b.nums));
    }
    if let View::One(_) = b.nums
        && let Some(each) = against_one(comparison, a.nums, bl, db)
    {
        return Ok(each);
    }
    let small = |ends: [i128; 4]| ends.into_iter().all(|it| it.abs() <= i128::from(MAX_NUM));
    if small([al, ah, bl, bh]) {
        let (da, db) = (a.den, b.den);
        let over = i64::wrapping_mul;
        return Ok(match comparison {
            Comparison::Lt => zip(a.nums, b.nums, |a, b| u8::from(over(a, db) < over(b, da))),
            Comparison::Le => zip(a.nums, b.nums, |a, b| u8::from(over(a, db) <= over(b, da))),
            Comparison::Gt => zip(a.nums, b.nums, |a, b| u8::from(over(a, db) > over(b, da))),
            Comparison::Ge => zip(a.nums, b.nums, |a, b| u8::from(over(a, db) >= over(b, da))),
            Comparison::Eq => zip(a.nums, b.nums, |a, b| u8::from(over(a, db) == over(b, da))),
            Comparison::Ne => zip(a.nums, b.nums, |a, b| u8::from(over(a, db) != over(b, da))),
        });
    }
    Ok(zip(a.nums, b.nums, |a, b| {
        let order = (i128::from(a) * db).cmp(&(i128::from(b) * da));
        u8::from(match comparison {
            Comparison::Lt => order.is_lt(),
            Comparison::Le => order.is_le(),
            Comparison::Gt => order.is_gt(),
            Comparison::Ge => order.is_ge(),
            Comparison::Eq => order.is_eq(),
            Comparison::Ne => order.is_ne(),
        })
    }))
}

/// `a × times` compared with a number, without the product: with the whole number on the right side of it.
fn against_one(
    comparison: Comparison,
    a: View<'_, i64>,
    number: i128,
    times: i128,
) -> Option<Vec<u8>> {
    let floor = number.div_euclid(times);
    let exact = number.rem_euclid(times) == 0;
    let ceil = if exact { floor } else { floor.checked_add(1)? };
    let (floor, ceil) = (i64::try_from(floor).ok()?, i64::try_from(ceil).ok()?);
    Some(match comparison {
        Comparison::Lt | Comparison::Ge => by_order(comparison, a, View::One(ceil)),
        Comparison::Le | Comparison::Gt => by_order(comparison, a, View::One(floor)),
        Comparison::Eq | Comparison::Ne if exact => by_order(comparison, a, View::One(floor)),
        // Equal on no row, which the bounds did not tell.
        Comparison::Eq | Comparison::Ne => return None,
    })
}

fn settled(all: bool, none: bool) -> Option<bool> {
    if all {
        Some(true)
    } else if none {
        Some(false)
    } else {
        None
    }
}

/// A comparison of integers, row by row.
pub(crate) fn by_order<T: Ord + Copy>(
    comparison: Comparison,
    a: View<'_, T>,
    b: View<'_, T>,
) -> Vec<u8> {
    match comparison {
        Comparison::Lt => zip(a, b, |a, b| u8::from(a < b)),
        Comparison::Le => zip(a, b, |a, b| u8::from(a <= b)),
        Comparison::Gt => zip(a, b, |a, b| u8::from(a > b)),
        Comparison::Ge => zip(a, b, |a, b| u8::from(a >= b)),
        Comparison::Eq => zip(a, b, |a, b| u8::from(a == b)),
        Comparison::Ne => zip(a, b, |a, b| u8::from(a != b)),
    }
}

/// The same column over its least denominator; worth its price when integers run short.
pub(crate) fn reduced(column: &Column) -> Option<Column> {
    let crate::column::Data::Numbers(it) = &column.data else { return None };
    if column.state.is_some() {
        return None;
    }
    let common = it.nums.iter().fold(it.den, |common, num| {
        if common == 1 { 1 } else { gcd(common, num.checked_abs().unwrap_or(1)) }
    });
    if common <= 1 {
        return None;
    }
    let over = |it: &i64| it.checked_div(common).unwrap_or(0);
    let numbers = Numbers {
        den: over(&it.den),
        low: over(&it.low),
        high: over(&it.high),
        nums: it.nums.iter().map(over).collect(),
    };
    // The bounds may not be multiples themselves: those of the rows are.
    Some(Column::known(crate::column::Data::Numbers(Numbers::hull(numbers.den, numbers.nums))))
}
