//! One value or the reason why there is none, and what each operation makes of them.
//!
//! This is the whole semantics of the engine, operation by operation: constants are folded with it, columns
//! equal on a whole chunk are computed with it once, and a column no fast loop knows how to compute goes
//! through it row by row.

use base::{Month, Rational};
use law_ir::{CaseId, Comparison, Reduce, Value};

use crate::op::Op;

/// A value, or why there is none. Which fact is missing, or which fault it is, is not kept: only the
/// reference tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Scalar {
    Known(Value),
    Missing,
    Fault,
}

/// Why there is no value, in the order of what wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stop {
    Missing,
    Fault,
}

impl Stop {
    pub fn scalar(self) -> Scalar {
        match self {
            Self::Missing => Scalar::Missing,
            Self::Fault => Scalar::Fault,
        }
    }
}

type Held<T> = Result<T, Stop>;

impl Scalar {
    pub const ZERO: Self = Self::Known(Value::Number(Rational::ZERO));

    pub fn bool(value: bool) -> Self {
        Self::Known(Value::Bool(value))
    }

    pub fn number(value: Option<Rational>) -> Self {
        value.map_or(Self::Fault, |it| Self::Known(Value::Number(it)))
    }

    pub fn whole(value: i32) -> Self {
        Self::Known(Value::Number(Rational::from(value)))
    }

    pub fn count(count: usize) -> Self {
        Self::Known(Value::Number(Rational::from(i64::try_from(count).unwrap_or(i64::MAX))))
    }

    pub fn held(self) -> Held<Value> {
        match self {
            Self::Known(value) => Ok(value),
            Self::Missing => Err(Stop::Missing),
            Self::Fault => Err(Stop::Fault),
        }
    }

    pub fn is_known(self) -> bool {
        matches!(self, Self::Known(_))
    }

    fn as_number(self) -> Held<Rational> {
        self.held()?.as_number().ok_or(Stop::Fault)
    }

    fn as_bool(self) -> Held<bool> {
        self.held()?.as_bool().ok_or(Stop::Fault)
    }

    fn as_date(self) -> Held<base::Date> {
        self.held()?.as_date().ok_or(Stop::Fault)
    }

    /// As a condition: `Ok` when it can be told.
    pub fn truth(self) -> Held<bool> {
        self.as_bool()
    }
}

fn from(held: Held<Scalar>) -> Scalar {
    held.unwrap_or_else(Stop::scalar)
}

/// A fault wins over what is missing.
fn both<T>(a: Held<T>, b: Held<T>) -> Held<(T, T)> {
    match (a, b) {
        (Ok(a), Ok(b)) => Ok((a, b)),
        (Err(a), Err(b)) => Err(a.max(b)),
        (Err(stop), Ok(_)) | (Ok(_), Err(stop)) => Err(stop),
    }
}

/// The worst of what stops these values.
fn all_known(values: &[Scalar]) -> Held<()> {
    match values.iter().filter_map(|it| it.held().err()).max() {
        Some(stop) => Err(stop),
        None => Ok(()),
    }
}

/// What the operation gives for these operands; operations on groups and facts are not told here.
pub(crate) fn apply(op: &Op, args: &[Scalar]) -> Scalar {
    match op {
        Op::Const(value) => *value,
        Op::Not => from(one(args).as_bool().map(|it| Scalar::bool(!it))),
        Op::Neg => from(one(args).as_number().map(|it| Scalar::number(it.checked_neg()))),
        Op::Add => arithmetic(args, Rational::checked_add),
        Op::Sub => arithmetic(args, Rational::checked_sub),
        Op::Mul => arithmetic(args, Rational::checked_mul),
        // A division by zero is a fault, as is a result that does not fit.
        Op::Div => arithmetic(args, Rational::checked_div),
        Op::Min => extreme(args, |it, best| it < best),
        Op::Max => extreme(args, |it, best| it > best),
        Op::Round { mode, quantum } => {
            from(one(args).as_number().map(|it| Scalar::number(it.rounded(*quantum, *mode))))
        }
        Op::Compare(comparison) => compare(*comparison, args),
        Op::And => connect(args, false),
        Op::Or => connect(args, true),
        Op::In(cases) => is_in(one(args), cases),
        Op::OneOf => one_of(args),
        Op::Select { subject, otherwise } => select(*subject, *otherwise, args),
        Op::Table(table) => from(all_known(args).map(|()| {
            let keys: Vec<Value> = args.iter().filter_map(|it| it.held().ok()).collect();
            let value = table.as_ref().and_then(|it| it.values.get(&keys));
            value.map_or(Scalar::Fault, Scalar::Known)
        })),
        Op::Window(reduce) => reduced(*reduce, args),
        Op::MonthsSince(month) => on_date(args, |it| it.months_until(*month)),
        Op::YearsSince(month) => on_date(args, |it| it.months_until(*month).div_euclid(12)),
        Op::YearOf => on_date(args, |it| i32::from(it.year())),
        Op::MonthNumberOf => on_date(args, |it| i32::from(it.month_of_year())),
        Op::FirstOfMonth => from(one(args).as_date().map(|it| first_day(it.month()))),
        Op::Aid { paid_from } => aid(*paid_from, args),
        Op::Input { .. }
        | Op::Share
        | Op::IsParent
        | Op::IsChild
        | Op::IsApplicant
        | Op::TaxedElsewhere
        | Op::Project { .. }
        | Op::Applicant
        | Op::Aggregate { .. }
        | Op::Count { .. }
        | Op::Rank { .. } => Scalar::Fault,
    }
}

fn one(args: &[Scalar]) -> Scalar {
    args.first().copied().unwrap_or(Scalar::Fault)
}

fn two(args: &[Scalar]) -> (Scalar, Scalar) {
    match args {
        [a, b, ..] => (*a, *b),
        _ => (Scalar::Fault, Scalar::Fault),
    }
}

/// The first day of the month, or a fault outside the calendar.
pub(crate) fn first_day(month: Month) -> Scalar {
    month.first_day().map_or(Scalar::Fault, |it| Scalar::Known(Value::Date(it)))
}

fn on_date(args: &[Scalar], tell: impl Fn(base::Date) -> i32) -> Scalar {
    from(one(args).as_date().map(|it| Scalar::whole(tell(it))))
}

fn arithmetic(args: &[Scalar], op: fn(Rational, Rational) -> Option<Rational>) -> Scalar {
    let (a, b) = two(args);
    from(both(a.as_number(), b.as_number()).map(|(a, b)| Scalar::number(op(a, b))))
}

fn extreme(args: &[Scalar], better: fn(Rational, Rational) -> bool) -> Scalar {
    from(all_known(args).map(|()| {
        let numbers = args.iter().filter_map(|it| it.as_number().ok());
        Scalar::number(numbers.reduce(|best, it| if better(it, best) { it } else { best }))
    }))
}

fn compare(comparison: Comparison, args: &[Scalar]) -> Scalar {
    let (a, b) = two(args);
    from(both(a.held(), b.held()).map(|(a, b)| compare_values(comparison, a, b)))
}

fn compare_values(comparison: Comparison, a: Value, b: Value) -> Scalar {
    let order = match comparison {
        Comparison::Eq => return Scalar::bool(a == b),
        Comparison::Ne => return Scalar::bool(a != b),
        Comparison::Lt | Comparison::Le | Comparison::Gt | Comparison::Ge => a.order(b),
    };
    let Some(order) = order else { return Scalar::Fault };
    Scalar::bool(match comparison {
        Comparison::Lt => order.is_lt(),
        Comparison::Le => order.is_le(),
        Comparison::Gt => order.is_gt(),
        Comparison::Ge => order.is_ge(),
        Comparison::Eq | Comparison::Ne => false,
    })
}

/// `et` (settled by false) and `ou` (settled by true).
fn connect(args: &[Scalar], settles: bool) -> Scalar {
    let (a, b) = two(args);
    let (first, second) = (a.as_bool(), b.as_bool());
    match first {
        Ok(it) if it == settles => Scalar::bool(settles),
        Ok(_) => from(second.map(Scalar::bool)),
        Err(Stop::Fault) => Scalar::Fault,
        Err(Stop::Missing) => match second {
            Ok(it) if it == settles => Scalar::bool(settles),
            Err(Stop::Fault) => Scalar::Fault,
            Ok(_) | Err(Stop::Missing) => Scalar::Missing,
        },
    }
}

fn is_in(subject: Scalar, cases: &[CaseId]) -> Scalar {
    from(subject.held().map(|value| match value {
        Value::Case(case) => Scalar::bool(cases.contains(&case)),
        Value::Number(_) | Value::Bool(_) | Value::Date(_) => Scalar::Fault,
    }))
}

/// The subject, then what it may equal: all of it has to be known.
fn one_of(args: &[Scalar]) -> Scalar {
    let Some((subject, values)) = args.split_first() else { return Scalar::Fault };
    from(subject.held().and_then(|subject| {
        all_known(values)?;
        Ok(Scalar::bool(values.contains(&Scalar::Known(subject))))
    }))
}

/// The subject if there is one, then tests and values in turn, then what holds otherwise.
fn select(has_subject: bool, otherwise: bool, args: &[Scalar]) -> Scalar {
    let mut rest = args;
    if has_subject {
        let Some((subject, arms)) = args.split_first() else { return Scalar::Fault };
        if !subject.is_known() {
            return *subject;
        }
        rest = arms;
    }
    let (arms, last) = match rest.split_last() {
        Some((last, arms)) if otherwise => (arms, *last),
        _ => (rest, Scalar::Fault),
    };
    for arm in arms.chunks_exact(2) {
        let (test, value) = two(arm);
        match test.as_bool() {
            Ok(true) => return value,
            Ok(false) => {}
            Err(stop) => return stop.scalar(),
        }
    }
    last
}

/// What the values of several months, or of several persons, are together.
pub(crate) fn reduced(reduce: Reduce, values: &[Scalar]) -> Scalar {
    let settles = match reduce {
        Reduce::Any => Some(true),
        Reduce::All => Some(false),
        Reduce::Sum | Reduce::Mean | Reduce::Max | Reduce::Min => None,
    };
    let mut stopped: Option<Stop> = None;
    let mut total = Rational::ZERO;
    let mut best: Option<Rational> = None;
    for value in values {
        match value {
            Scalar::Known(Value::Bool(it)) if Some(*it) == settles => return *value,
            Scalar::Known(Value::Bool(_)) => {}
            Scalar::Known(Value::Number(it)) => {
                // Even for a maximum: the reference adds before it knows.
                let Some(sum) = total.checked_add(*it) else { return Scalar::Fault };
                total = sum;
                let replaced = best.is_none_or(|best| match reduce {
                    Reduce::Max => *it > best,
                    _ => *it < best,
                });
                best = if replaced { Some(*it) } else { best };
            }
            Scalar::Known(Value::Date(_) | Value::Case(_)) => return Scalar::Fault,
            Scalar::Missing => stopped = stopped.max(Some(Stop::Missing)),
            Scalar::Fault => stopped = Some(Stop::Fault),
        }
    }
    if let Some(stop) = stopped {
        return stop.scalar();
    }
    match reduce {
        Reduce::Any => Scalar::bool(false),
        Reduce::All => Scalar::bool(true),
        Reduce::Sum => Scalar::number(Some(total)),
        Reduce::Mean => {
            let count = i64::try_from(values.len()).unwrap_or(i64::MAX);
            Scalar::number(total.checked_div(Rational::from(count)))
        }
        Reduce::Max | Reduce::Min => Scalar::number(best),
    }
}

/// The conditions, then the amount. A fault in any condition stops; a condition that fails settles it, and
/// the amount is then not looked at.
fn aid(paid_from: Option<Rational>, args: &[Scalar]) -> Scalar {
    let Some((amount, conditions)) = args.split_last() else { return Scalar::Fault };
    let mut failed = false;
    let mut missing = false;
    for condition in conditions {
        match condition.as_bool() {
            Ok(true) => {}
            Ok(false) => failed = true,
            Err(Stop::Missing) => missing = true,
            Err(Stop::Fault) => return Scalar::Fault,
        }
    }
    if failed {
        return Scalar::ZERO;
    }
    match amount.as_number() {
        Err(Stop::Fault) => Scalar::Fault,
        Err(Stop::Missing) => Scalar::Missing,
        Ok(_) if missing => Scalar::Missing,
        Ok(amount) => {
            let due = paid_from.is_none_or(|from| amount >= from) && !amount.is_negative();
            Scalar::number(Some(if due { amount } else { Rational::ZERO }))
        }
    }
}

/// The operand that the operation gives back unchanged, its state included.
pub(crate) fn unchanged(op: &Op, values: &[Option<Scalar>]) -> Option<usize> {
    let is = |at: usize, value: Scalar| values.get(at) == Some(&Some(value));
    let one = Scalar::whole(1);
    match op {
        Op::Add if is(0, Scalar::ZERO) => Some(1),
        Op::Add | Op::Sub if is(1, Scalar::ZERO) => Some(0),
        Op::Mul if is(0, one) => Some(1),
        Op::Mul | Op::Div if is(1, one) => Some(0),
        Op::And if is(0, Scalar::bool(true)) => Some(1),
        Op::And if is(1, Scalar::bool(true)) => Some(0),
        Op::Or if is(0, Scalar::bool(false)) => Some(1),
        Op::Or if is(1, Scalar::bool(false)) => Some(0),
        _ => None,
    }
}
