//! One operation on all the rows of a chunk.
//!
//! Each has a slow way, row by row through [`scalar::apply`], which is right by construction, and for what the
//! law really does a fast loop over integers. A fast loop that cannot prove that its integers suffice gives
//! up, and the slow way is taken.

mod aid;
mod blend;
mod bools;
pub(crate) mod dates;
mod domain;
mod groups;
mod numbers;
mod ratio;
mod view;
mod wide;
mod window;

use law_ir::Comparison;

use crate::chunk::Chunk;
use crate::column::Column;
use crate::households::{NOBODY, Place};
use crate::op::Op;
use crate::plan::Node;
use crate::scalar::{self, Scalar};

pub(crate) use aid::Verdicts;
pub(crate) use ratio::{compare_ratio, round_ratio};
use view::{Strict, Values, View, strict, values};

/// The node's column, from those of its operands.
pub(crate) fn compute(node: &Node, args: &[&Column], chunk: &Chunk) -> Column {
    let rows = node.axis.map_or(0, |it| chunk.count(it));
    match &node.op {
        Op::Share | Op::IsParent | Op::IsChild | Op::IsApplicant | Op::TaxedElsewhere => {
            membership(&node.op, chunk)
        }
        Op::Project { from } => match (args, node.axis) {
            ([it], Some(to)) => groups::project(it, *from, to, chunk),
            _ => Column::same(Scalar::Fault),
        },
        Op::Applicant => match args {
            [it] => groups::applicant(it, chunk),
            _ => Column::same(Scalar::Fault),
        },
        Op::Aggregate { .. } | Op::Count { .. } => groups::aggregate(node, args, chunk),
        Op::Rank { role, filter } => groups::rank(*role, *filter, args, chunk),
        op => elementwise(op, args, rows),
    }
}

/// The operand that the operation gives back as it is: a sum with nothing, the larger of two of which one is
/// never the smaller.
pub(crate) fn unchanged(op: &Op, args: &[&Column]) -> Option<usize> {
    let [a, b] = args else { return None };
    match op {
        Op::Add | Op::Sub | Op::Mul | Op::Div => scalar::unchanged(op, &[a.as_same(), b.as_same()]),
        Op::Min | Op::Max => {
            if a.state.is_some() || b.state.is_some() {
                return None;
            }
            let (Values::Numbers(x), Values::Numbers(y)) = (values(a)?, values(b)?) else {
                return None;
            };
            // Numbers that are equal are the same, whichever is given back.
            let (first, second) = (numbers::never_below(x, y), numbers::never_below(y, x));
            match (op, first, second) {
                (Op::Max, true, _) | (Op::Min, _, true) => Some(0),
                (Op::Max, _, true) | (Op::Min, true, _) => Some(1),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The same operation on each row.
pub(crate) fn elementwise(op: &Op, args: &[&Column], rows: usize) -> Column {
    let same: Option<Vec<Scalar>> = args.iter().map(|it| it.as_same()).collect();
    if let Some(values) = same {
        return Column::same(scalar::apply(op, &values));
    }
    fast(op, args, rows)
        .or_else(|| shortened(op, args, rows))
        .or_else(|| wide::compute(op, args, rows))
        .or_else(|| domain::by_domain(op, args, rows))
        .unwrap_or_else(|| row_by_row(op, args, rows))
}

/// Again with operands over their least denominators.
fn shortened(op: &Op, args: &[&Column], rows: usize) -> Option<Column> {
    if !matches!(op, Op::Add | Op::Sub | Op::Mul | Op::Min | Op::Max | Op::Window(_)) {
        return None;
    }
    let shorter: Vec<Option<Column>> = args.iter().map(|it| numbers::reduced(it)).collect();
    if shorter.iter().all(Option::is_none) {
        return None;
    }
    let args: Vec<&Column> =
        args.iter().zip(&shorter).map(|(it, shorter)| shorter.as_ref().unwrap_or(it)).collect();
    fast(op, &args, rows)
}

pub(crate) fn row_by_row(op: &Op, args: &[&Column], rows: usize) -> Column {
    let mut operands = Vec::with_capacity(args.len());
    let values = (0..rows).map(|row| {
        operands.clear();
        operands.extend(args.iter().map(|it| it.get(row)));
        scalar::apply(op, &operands)
    });
    Column::from_scalars(values.collect())
}

/// Integers all along; `None` where that is not known to be exact.
fn fast(op: &Op, args: &[&Column], rows: usize) -> Option<Column> {
    match (op, args) {
        (Op::Not, [it]) => bools::not(it),
        (Op::And, [a, b]) => bools::connect(a, b, bools::FALSE),
        (Op::Or, [a, b]) => bools::connect(a, b, bools::TRUE),
        (Op::Add, [a, b]) => arithmetic(a, b, |a, b| numbers::add(a, b, 1)),
        (Op::Sub, [a, b]) => arithmetic(a, b, |a, b| numbers::add(a, b, -1)),
        (Op::Mul, [a, b]) => arithmetic(a, b, numbers::mul),
        (Op::Div, [a, b]) => {
            let inverse = scalar::apply(&Op::Div, &[Scalar::whole(1), b.as_same()?]);
            // A divisor of zero, or none at all, is told by the slow way.
            inverse.is_known().then(|| arithmetic(a, &Column::same(inverse), numbers::mul))?
        }
        (Op::Neg, [it]) => arithmetic(it, &Column::same(Scalar::whole(-1)), numbers::mul),
        (Op::Min | Op::Max, args) => extreme(args, *op == Op::Max),
        (Op::Round { mode, quantum }, [it]) => {
            let Values::Numbers(number) = values(it)? else { return None };
            Some(view::numbers(numbers::round(number, *quantum, *mode)?, it.state.clone()))
        }
        (Op::Compare(comparison), [a, b]) => compare(*comparison, a, b),
        (Op::In(cases), [it]) => {
            let Values::Cases(View::Each(each)) = values(it)? else { return None };
            let is_in = |it: &u32| u8::from(cases.iter().any(|case| case.0 == *it));
            Some(view::bools(each.iter().map(is_in).collect(), it.state.clone()))
        }
        (Op::Window(reduce), args) => window::reduced(*reduce, args, rows),
        (op, [it]) => dates::on_date(op, it),
        _ => None,
    }
}

fn arithmetic(
    a: &Column,
    b: &Column,
    op: impl Fn(view::NumberView<'_>, view::NumberView<'_>) -> Option<crate::column::Numbers>,
) -> Option<Column> {
    let state = match strict([a, b].into_iter()) {
        Strict::Known => None,
        Strict::Some(state) => Some(state),
        Strict::None(column) => return Some(column),
    };
    let (Values::Numbers(a), Values::Numbers(b)) = (values(a)?, values(b)?) else { return None };
    Some(view::numbers(op(a, b)?, state))
}

fn extreme(args: &[&Column], largest: bool) -> Option<Column> {
    let state = match strict(args.iter().copied()) {
        Strict::Known => None,
        Strict::Some(state) => Some(state),
        Strict::None(column) => return Some(column),
    };
    let (first, rest) = args.split_first()?;
    let mut best: Option<Column> = None;
    for arg in rest {
        let before = best.as_ref().unwrap_or(first);
        let (Values::Numbers(a), Values::Numbers(b)) = (values(before)?, values(arg)?) else {
            return None;
        };
        let next = match (a.nums, b.nums) {
            (View::One(_), View::One(_)) => {
                let op = if largest { Op::Max } else { Op::Min };
                Column::same(scalar::apply(&op, &[before.as_same()?, arg.as_same()?]))
            }
            _ => view::numbers(numbers::extreme(a, b, largest)?, None),
        };
        best = Some(next);
    }
    let Column { data, .. } = best?;
    match state {
        None => Some(Column::known(data)),
        // Bounds that meet made one value of it, though some rows are not known.
        Some(state) => {
            let spread = window::spread(data, state.len())?;
            Some(Column::new(crate::column::Data::Numbers(spread), Some(state)))
        }
    }
}

fn compare(comparison: Comparison, a: &Column, b: &Column) -> Option<Column> {
    let state = match strict([a, b].into_iter()) {
        Strict::Known => None,
        Strict::Some(state) => Some(state),
        Strict::None(column) => return Some(column),
    };
    let equality = matches!(comparison, Comparison::Eq | Comparison::Ne);
    let each = match (values(a)?, values(b)?) {
        (Values::Numbers(a), Values::Numbers(b)) => match numbers::compare(comparison, a, b) {
            Ok(each) => each,
            Err(all) => match &state {
                None => return Some(Column::same(Scalar::bool(all))),
                Some(state) => vec![u8::from(all); state.len()],
            },
        },
        (Values::Dates(a), Values::Dates(b)) => numbers::by_order(comparison, a, b),
        (Values::Cases(a), Values::Cases(b)) if equality => numbers::by_order(comparison, a, b),
        (Values::Bools(a), Values::Bools(b)) if equality => numbers::by_order(comparison, a, b),
        _ => return None,
    };
    Some(view::bools(each, state))
}

/// Where the test holds the first, where it does not the second, where it stops the stop.
pub(crate) fn blend(test: &Column, then: &Column, otherwise: &Column, rows: usize) -> Column {
    if let Some(column) = blend::blend(test, then, otherwise) {
        return column;
    }
    let values = (0..rows).map(|row| match test.get(row).truth() {
        Ok(true) => then.get(row),
        Ok(false) => otherwise.get(row),
        Err(stop) => stop.scalar(),
    });
    Column::from_scalars(values.collect())
}

/// The value where the subject is known, elsewhere why it is not.
pub(crate) fn guard(subject: &Column, value: &Column, rows: usize) -> Column {
    if let Some(column) = blend::guard(subject, value, rows) {
        return column;
    }
    let values = (0..rows).map(|row| match subject.get(row) {
        Scalar::Known(_) => value.get(row),
        stop @ (Scalar::Missing | Scalar::Fault) => stop,
    });
    Column::from_scalars(values.collect())
}

fn membership(op: &Op, chunk: &Chunk) -> Column {
    if *op == Op::Share {
        let shares = chunk.share_of.iter().map(|it| Scalar::number(Some(*it)));
        return Column::from_scalars(shares.collect());
    }
    if *op == Op::TaxedElsewhere {
        let elsewhere = chunk.tax_household_of.iter().map(|it| u8::from(*it == NOBODY));
        return view::bools(elsewhere.collect(), None);
    }
    let is = |place: &Place| match (op, place) {
        (Op::IsParent, Place::Applicant | Place::Partner)
        | (Op::IsChild, Place::Child)
        | (Op::IsApplicant, Place::Applicant) => 1,
        _ => 0,
    };
    view::bools(chunk.place_of.iter().map(is).collect(), None)
}
