//! Numbers whose common denominator outgrows 64 bits: a few households in a hundred, on 128.
//!
//! Only what is done to such numbers before they are rounded; the bounds keep the reference inside 128 bits too.

use base::{Rational, Rounding};
use law_ir::Reduce;

use crate::column::{Column, Data, MAX_NUM, Numbers, Wide};
use crate::kernels::view::{self, Values, View, values};
use crate::op::Op;

/// The largest denominator, and the largest numerator.
const MAX_WIDE_DEN: i128 = 1 << 80;
const MAX_WIDE_NUM: i128 = 1 << 95;
/// Of quanta.
const MAX_QUANTUM: i128 = 1 << 30;

/// `None`: not done here, or not within bounds.
pub(crate) fn compute(op: &Op, args: &[&Column], rows: usize) -> Option<Column> {
    if args.iter().any(|it| it.state.is_some()) {
        return None;
    }
    let res = match (op, args) {
        (Op::Round { mode, quantum }, [it]) => return round(it, *quantum, *mode),
        (Op::Add, [_, _]) => folded(args, rows, |a, b| a.wrapping_add(b))?,
        (Op::Sub, [_, _]) => folded(args, rows, |a, b| a.wrapping_sub(b))?,
        (Op::Max | Op::Window(Reduce::Max), _) => folded(args, rows, i128::max)?,
        (Op::Min | Op::Window(Reduce::Min), _) => folded(args, rows, i128::min)?,
        (Op::Window(Reduce::Sum), _) => folded(args, rows, |a, b| a.wrapping_add(b))?,
        (Op::Window(Reduce::Mean), _) => {
            let sum = folded(args, rows, |a, b| a.wrapping_add(b))?;
            let count = i128::try_from(args.len()).ok()?;
            let den = sum.den.checked_mul(count).filter(|it| *it <= MAX_WIDE_DEN)?;
            Wide { den, ..sum }
        }
        _ => return None,
    };
    Some(Column::known(Data::Wide(res)))
}

/// The operands over their least common denominator, then one after the other.
fn folded(args: &[&Column], rows: usize, op: impl Fn(i128, i128) -> i128) -> Option<Wide> {
    let mut den = 1;
    for arg in args {
        den = common_den(den, operand(arg)?.den)?;
    }
    // So few and so small that no sum of them goes beyond the type.
    let most = MAX_WIDE_NUM.checked_div(i128::try_from(args.len()).ok()?)?;
    let mut nums: Option<Vec<i128>> = None;
    for arg in args {
        let it = operand(arg)?;
        let times = den.checked_div(it.den)?;
        let least = most.checked_div(times)?;
        if !it.each(rows).all(|num| num.abs() <= least) {
            return None;
        }
        let scaled = it.each(rows).map(|num| num.wrapping_mul(times));
        match &mut nums {
            None => nums = Some(scaled.collect()),
            Some(nums) => nums.iter_mut().zip(scaled).for_each(|(slot, it)| *slot = op(*slot, it)),
        }
    }
    Some(Wide { den, nums: nums? })
}

fn common_den(a: i128, b: i128) -> Option<i128> {
    if a == b {
        return Some(a);
    }
    // In lowest terms, what is left of the first is what the second lacks.
    let lacking = Rational::new(a, b)?.numerator();
    b.checked_mul(lacking).filter(|it| *it <= MAX_WIDE_DEN)
}

/// An operand, whatever its width.
struct Operand<'a> {
    den: i128,
    nums: Nums<'a>,
}

#[derive(Clone, Copy)]
enum Nums<'a> {
    One(i128),
    Narrow(&'a [i64]),
    Wide(&'a [i128]),
}

fn operand(column: &Column) -> Option<Operand<'_>> {
    if let Data::Wide(it) = &column.data {
        return Some(Operand { den: it.den, nums: Nums::Wide(&it.nums) });
    }
    let Values::Numbers(it) = values(column)? else { return None };
    let nums = match it.nums {
        View::One(num) => Nums::One(i128::from(num)),
        View::Each(nums) => Nums::Narrow(nums),
    };
    Some(Operand { den: i128::from(it.den), nums })
}

impl Operand<'_> {
    fn each(&self, rows: usize) -> impl Iterator<Item = i128> {
        let at = |nums: Nums<'_>, row: usize| match nums {
            Nums::One(num) => num,
            Nums::Narrow(nums) => nums.get(row).copied().map_or(0, i128::from),
            Nums::Wide(nums) => nums.get(row).copied().unwrap_or(0),
        };
        (0..rows).map(move |row| at(self.nums, row))
    }
}

/// Back to 64 bits, where they suffice for what is rounded.
fn round(column: &Column, quantum: Rational, mode: Rounding) -> Option<Column> {
    let Data::Wide(it) = &column.data else { return None };
    let (qn, qd) = (quantum.numerator(), quantum.denominator());
    if qn <= 0 || qn > MAX_QUANTUM || qd > MAX_QUANTUM {
        return None;
    }
    // Within 125 bits, and the denominator within 110.
    let den = it.den.checked_mul(qn)?;
    let steps = |num: i128| {
        let num = num.checked_mul(qd)?;
        let (floor, rest) = (num.div_euclid(den), num.rem_euclid(den));
        let up = match mode {
            Rounding::Down => false,
            Rounding::Up => rest != 0,
            // A half goes away from zero.
            Rounding::Nearest if num < 0 => rest.wrapping_mul(2) > den,
            Rounding::Nearest => rest.wrapping_mul(2) >= den,
        };
        let num = floor.checked_add(i128::from(up))?.checked_mul(qn)?;
        i64::try_from(num).ok().filter(|it| it.abs() <= MAX_NUM)
    };
    let nums: Option<Vec<i64>> = it.nums.iter().map(|num| steps(*num)).collect();
    Some(view::numbers(Numbers::hull(i64::try_from(qd).ok()?, nums?), None))
}
