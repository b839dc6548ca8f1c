//! The conditions of an aid, then its amount.

use base::{Rational, Rounding};

use crate::column::{self, Column, Numbers};
use crate::kernels::bools::{self, Codes};
use crate::kernels::view::{self, Values, View, states, values};
use crate::scalar::{Scalar, Stop};

/// What the conditions come to, in the order of what wins.
const MET: u8 = 0;
const MISSING: u8 = 1;
const REFUSED: u8 = 2;
const FAULT: u8 = 3;

/// What the conditions come to on each row.
#[derive(Debug)]
pub(crate) enum Verdicts {
    Same(u8),
    Rows(Vec<u8>),
}

fn verdict(condition: Scalar) -> u8 {
    match condition.truth() {
        Ok(true) => MET,
        Ok(false) => REFUSED,
        Err(Stop::Missing) => MISSING,
        Err(Stop::Fault) => FAULT,
    }
}

impl Verdicts {
    pub fn of(conditions: &[&Column], rows: usize) -> Self {
        let mut same = MET;
        let mut each: Option<Vec<u8>> = None;
        for condition in conditions {
            match condition.as_same() {
                Some(value) => same = same.max(verdict(value)),
                None => {
                    let each = each.get_or_insert_with(|| vec![MET; rows]);
                    match bools::codes(condition) {
                        Some(codes) => add_codes(each, &codes),
                        None => {
                            for (row, slot) in each.iter_mut().enumerate() {
                                *slot = (*slot).max(verdict(condition.get(row)));
                            }
                        }
                    }
                }
            }
        }
        match each {
            None => Self::Same(same),
            Some(each) => Self::Rows(each.into_iter().map(|it| it.max(same)).collect()),
        }
    }

    /// The answer, if nobody's depends on the amount.
    pub fn settled(&self) -> Option<Column> {
        let answer = |it: u8| if it == FAULT { Scalar::Fault } else { Scalar::ZERO };
        match self {
            Self::Same(it) => (*it >= REFUSED).then(|| Column::same(answer(*it))),
            Self::Rows(each) => each
                .iter()
                .all(|it| *it >= REFUSED)
                .then(|| Column::from_scalars(each.iter().map(|it| answer(*it)).collect())),
        }
    }

    /// What is paid, from the amount.
    pub fn pay(&self, amount: &Column, paid_from: Option<Rational>, rows: usize) -> Column {
        if let Some(column) = self.pay_numbers(amount, paid_from) {
            return column;
        }
        let values = (0..rows).map(|row| {
            let verdict = match self {
                Self::Same(it) => *it,
                Self::Rows(each) => each.get(row).copied().unwrap_or(FAULT),
            };
            paid(verdict, amount.get(row), paid_from)
        });
        Column::from_scalars(values.collect())
    }
}

/// A condition that is false refuses, one that stops is missing or at fault.
fn add_codes(verdicts: &mut [u8], codes: &Codes<'_>) {
    let verdict = |code: u8| match code {
        bools::TRUE => MET,
        bools::FALSE => REFUSED,
        bools::UNSURE => MISSING,
        _ => FAULT,
    };
    match codes.view() {
        View::One(code) => verdicts.iter_mut().for_each(|it| *it = (*it).max(verdict(code))),
        View::Each(codes) => {
            verdicts.iter_mut().zip(codes).for_each(|(it, code)| *it = (*it).max(verdict(*code)));
        }
    }
}

impl Verdicts {
    /// The same on integers.
    fn pay_numbers(&self, amount: &Column, paid_from: Option<Rational>) -> Option<Column> {
        let Values::Numbers(it) = values(amount)? else { return None };
        let View::Each(nums) = it.nums else { return None };
        // The least numerator that is paid.
        let from = paid_from.unwrap_or(Rational::ZERO).max(Rational::ZERO);
        let from =
            from.checked_mul(Rational::from(it.den))?.rounded(Rational::ONE, Rounding::Up)?;
        let from = i64::try_from(from.numerator()).ok()?;
        let pay = |num: i64, met: bool| if met && num >= from { num } else { 0 };
        let (nums, state): (Vec<i64>, Option<Vec<u8>>) = match self {
            Self::Same(verdict) => {
                let state = (*verdict == MISSING || amount.state.is_some()).then(|| {
                    let states = states(amount);
                    (0..nums.len()).map(|row| state_after(*verdict, states.at(row))).collect()
                });
                (nums.iter().map(|num| pay(*num, true)).collect(), state)
            }
            Self::Rows(each) => {
                let stopped = amount.state.is_some() || each.iter().any(|it| is_stop(*it));
                let state = stopped.then(|| {
                    let states = states(amount);
                    let row = |(row, verdict): (usize, &u8)| state_after(*verdict, states.at(row));
                    each.iter().enumerate().map(row).collect()
                });
                let paid = nums.iter().zip(each).map(|(num, it)| pay(*num, *it < REFUSED));
                (paid.collect(), state)
            }
        };
        let numbers = Numbers { den: it.den, low: 0, high: it.high.max(0), nums };
        Some(view::numbers(numbers, state))
    }
}

fn is_stop(verdict: u8) -> bool {
    verdict == MISSING || verdict == FAULT
}

fn state_after(verdict: u8, amount: u8) -> u8 {
    match verdict {
        FAULT => column::FAULT,
        REFUSED => column::KNOWN,
        MISSING => amount.max(column::MISSING),
        _ => amount,
    }
}

fn paid(verdict: u8, amount: Scalar, paid_from: Option<Rational>) -> Scalar {
    if verdict == FAULT {
        return Scalar::Fault;
    }
    if verdict == REFUSED {
        return Scalar::ZERO;
    }
    match amount.held().map(law_ir::Value::as_number) {
        Err(Stop::Fault) | Ok(None) => Scalar::Fault,
        Err(Stop::Missing) => Scalar::Missing,
        Ok(Some(_)) if verdict == MISSING => Scalar::Missing,
        Ok(Some(amount)) => {
            let due = paid_from.is_none_or(|from| amount >= from) && !amount.is_negative();
            Scalar::number(Some(if due { amount } else { Rational::ZERO }))
        }
    }
}
