//! True, false, missing or at fault: four values in one byte.

use crate::column::{Column, FAULT, KNOWN, MISSING};
use crate::kernels::view::{States, Values, View, bools, states, values};

pub(crate) const FALSE: u8 = 0;
pub(crate) const TRUE: u8 = 1;
pub(crate) const UNSURE: u8 = 2;
pub(crate) const WRONG: u8 = 3;

/// A condition on every row; `None`: not a condition.
#[derive(Debug)]
pub(crate) enum Codes<'a> {
    Same(u8),
    /// All known.
    Bools(&'a [u8]),
    Each(Vec<u8>),
}

fn stop_code(state: u8) -> u8 {
    if state == MISSING { UNSURE } else { WRONG }
}

pub(crate) fn codes(column: &Column) -> Option<Codes<'_>> {
    Some(match (values(column)?, states(column)) {
        (Values::Nothing, States::Same(state)) => Codes::Same(stop_code(state)),
        (Values::Bools(View::One(value)), _) => Codes::Same(value),
        (Values::Bools(View::Each(each)), States::Same(_)) => Codes::Bools(each),
        (Values::Bools(View::Each(each)), States::Each(states)) => {
            let code = |(value, state): (&u8, &u8)| match *state {
                KNOWN => *value,
                state => stop_code(state),
            };
            Codes::Each(each.iter().zip(states).map(code).collect())
        }
        _ => return None,
    })
}

/// The column of these codes.
pub(crate) fn column(codes: Vec<u8>) -> Column {
    if codes.iter().all(|it| *it <= TRUE) {
        return bools(codes, None);
    }
    let state = codes.iter().map(|it| match *it {
        UNSURE => MISSING,
        WRONG => FAULT,
        _ => KNOWN,
    });
    let state: Vec<u8> = state.collect();
    if state.iter().all(|it| *it != KNOWN) {
        return super::view::stops(state);
    }
    let values = codes.iter().map(|it| u8::from(*it == TRUE)).collect();
    bools(values, Some(state))
}

impl Codes<'_> {
    pub fn view(&self) -> View<'_, u8> {
        match self {
            Self::Same(it) => View::One(*it),
            Self::Bools(each) => View::Each(each),
            Self::Each(each) => View::Each(each),
        }
    }
}

/// `et` (settled by false) or `ou` (settled by true).
pub(crate) fn connect(a: &Column, b: &Column, settles: u8) -> Option<Column> {
    let (first, second) = (codes(a)?, codes(b)?);
    if let (Codes::Bools(x), Codes::Bools(y)) = (&first, &second) {
        let pairs = x.iter().zip(*y);
        let both = if settles == FALSE {
            pairs.map(|(x, y)| x & y).collect()
        } else {
            pairs.map(|(x, y)| x | y).collect()
        };
        return Some(bools(both, None));
    }
    let each = super::view::zip(first.view(), second.view(), |x, y| connected(x, y, settles));
    Some(column(each))
}

fn connected(first: u8, second: u8, settles: u8) -> u8 {
    match (first, second) {
        (WRONG, _) => WRONG,
        (UNSURE, WRONG) => WRONG,
        (UNSURE, second) if second == settles => settles,
        (UNSURE, _) => UNSURE,
        (first, _) if first == settles => settles,
        (_, second) => second,
    }
}

pub(crate) fn not(a: &Column) -> Option<Column> {
    let flip = |it: u8| if it <= TRUE { 1 - it } else { it };
    Some(match codes(a)? {
        Codes::Same(it) => column(vec![flip(it)]),
        Codes::Bools(each) => bools(each.iter().map(|it| it ^ 1).collect(), None),
        Codes::Each(each) => column(each.into_iter().map(flip).collect()),
    })
}

/// One true settles an « un … vérifie », one false a « chaque … vérifie », whatever the others are.
pub(crate) fn reduced(all: &[Codes<'_>], rows: usize, settles: u8) -> Column {
    let mut res = vec![1 - settles; rows];
    for codes in all {
        match codes {
            Codes::Same(it) => res.iter_mut().for_each(|slot| *slot = worst(*slot, *it, settles)),
            Codes::Bools(each) => {
                for (slot, it) in res.iter_mut().zip(*each) {
                    *slot = worst(*slot, *it, settles);
                }
            }
            Codes::Each(each) => {
                for (slot, it) in res.iter_mut().zip(each) {
                    *slot = worst(*slot, *it, settles);
                }
            }
        }
    }
    column(res)
}

/// What settles, then a fault, then what is missing.
#[inline]
pub(crate) fn worst(a: u8, b: u8, settles: u8) -> u8 {
    if a == settles || b == settles {
        settles
    } else if a <= TRUE {
        b
    } else if b <= TRUE {
        a
    } else {
        a.max(b)
    }
}
