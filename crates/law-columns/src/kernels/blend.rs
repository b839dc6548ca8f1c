//! Which of two columns each row takes.

use crate::column::{Column, Data, KNOWN, MAX_NUM, Numbers, common_den};
use crate::kernels::bools::{Codes, TRUE, UNSURE, WRONG, codes};
use crate::kernels::view::{NumberView, States, Values, View, bools, numbers, states, values};

/// Where the test holds the first, where it does not the second, where it stops the stop. `None`: columns this
/// does not know.
pub(crate) fn blend(test: &Column, then: &Column, otherwise: &Column) -> Option<Column> {
    let test = codes(test)?;
    let (Codes::Bools(tests), known) = (match &test {
        Codes::Bools(each) => (Codes::Bools(each), true),
        Codes::Each(each) => (Codes::Bools(each), false),
        Codes::Same(_) => return None,
    }) else {
        return None;
    };
    let state = blended_states(tests, known, states(then), states(otherwise));
    let data = match (values(then)?, values(otherwise)?) {
        (Values::Nothing, Values::Nothing) => Data::Bools(vec![0; tests.len()]),
        (Values::Numbers(a), Values::Numbers(b)) => {
            return Some(numbers(blended_numbers(tests, a, b)?, state));
        }
        (Values::Numbers(it), Values::Nothing) | (Values::Nothing, Values::Numbers(it)) => {
            Data::Numbers(blended_numbers(tests, it, it)?)
        }
        (Values::Bools(a), Values::Bools(b)) => return Some(bools(pick(tests, a, b), state)),
        (Values::Bools(it), Values::Nothing) | (Values::Nothing, Values::Bools(it)) => {
            Data::Bools(pick(tests, it, it))
        }
        (Values::Dates(a), Values::Dates(b)) => Data::Dates(pick(tests, a, b)),
        (Values::Dates(it), Values::Nothing) | (Values::Nothing, Values::Dates(it)) => {
            Data::Dates(pick(tests, it, it))
        }
        (Values::Cases(a), Values::Cases(b)) => Data::Cases(pick(tests, a, b)),
        (Values::Cases(it), Values::Nothing) | (Values::Nothing, Values::Cases(it)) => {
            Data::Cases(pick(tests, it, it))
        }
        _ => return None,
    };
    Some(stated(data, state))
}

/// Nothing known on any row is written in one way only.
fn stated(data: Data, state: Option<Vec<u8>>) -> Column {
    match state {
        Some(state) if state.iter().all(|it| *it != KNOWN) => super::view::stops(state),
        state => Column::new(data, state),
    }
}

fn blended_states(
    tests: &[u8],
    known: bool,
    then: States<'_>,
    otherwise: States<'_>,
) -> Option<Vec<u8>> {
    if let (true, States::Same(KNOWN), States::Same(KNOWN)) = (known, then, otherwise) {
        return None;
    }
    let state = |(row, test): (usize, &u8)| match *test {
        TRUE => then.at(row),
        UNSURE => crate::column::MISSING,
        WRONG => crate::column::FAULT,
        _ => otherwise.at(row),
    };
    Some(tests.iter().enumerate().map(state).collect())
}

fn pick<T: Copy>(tests: &[u8], a: View<'_, T>, b: View<'_, T>) -> Vec<T> {
    pick_with(tests, a, b, |it| it, |it| it)
}

fn pick_with<T: Copy, U>(
    tests: &[u8],
    a: View<'_, T>,
    b: View<'_, T>,
    fa: impl Fn(T) -> U,
    fb: impl Fn(T) -> U,
) -> Vec<U> {
    let tests = tests.iter();
    match (a, b) {
        (View::Each(a), View::Each(b)) => tests
            .zip(a.iter().zip(b))
            .map(|(test, (a, b))| if *test == TRUE { fa(*a) } else { fb(*b) })
            .collect(),
        (View::Each(a), View::One(b)) => {
            tests.zip(a).map(|(test, a)| if *test == TRUE { fa(*a) } else { fb(b) }).collect()
        }
        (View::One(a), View::Each(b)) => {
            tests.zip(b).map(|(test, b)| if *test == TRUE { fa(a) } else { fb(*b) }).collect()
        }
        (View::One(a), View::One(b)) => {
            tests.map(|test| if *test == TRUE { fa(a) } else { fb(b) }).collect()
        }
    }
}

fn blended_numbers(tests: &[u8], a: NumberView<'_>, b: NumberView<'_>) -> Option<Numbers> {
    let den = common_den(a.den, b.den)?;
    let (fa, fb) = (den.checked_div(a.den)?, den.checked_div(b.den)?);
    let small = |it: i64| (it.abs() <= MAX_NUM).then_some(it);
    let low = small(a.low.checked_mul(fa)?)?.min(small(b.low.checked_mul(fb)?)?);
    let high = small(a.high.checked_mul(fa)?)?.max(small(b.high.checked_mul(fb)?)?);
    let ((first, fa), (second, fb)) = (a.nums.scaled(fa), b.nums.scaled(fb));
    let nums = if (fa, fb) == (1, 1) {
        pick(tests, first, second)
    } else {
        pick_with(tests, first, second, |it| it.wrapping_mul(fa), |it| it.wrapping_mul(fb))
    };
    Some(Numbers { den, low, high, nums })
}

/// The value where the subject is known, elsewhere why it is not.
pub(crate) fn guard(subject: &Column, value: &Column, rows: usize) -> Option<Column> {
    let States::Each(subject) = states(subject) else { return None };
    let state: Vec<u8> = match states(value) {
        States::Same(it) => {
            subject.iter().map(|own| if *own == KNOWN { it } else { *own }).collect()
        }
        States::Each(each) => {
            let pairs = subject.iter().zip(each);
            pairs.map(|(own, it)| if *own == KNOWN { *it } else { *own }).collect()
        }
    };
    let data = match values(value)? {
        Values::Nothing => return Some(super::view::stops(state)),
        Values::Numbers(it) => match it.nums {
            View::Each(_) => value.data.clone(),
            View::One(num) => Data::Numbers(Numbers {
                den: it.den,
                low: it.low,
                high: it.high,
                nums: vec![num; rows],
            }),
        },
        Values::Bools(View::One(it)) => Data::Bools(vec![it; rows]),
        Values::Dates(View::One(it)) => Data::Dates(vec![it; rows]),
        Values::Cases(View::One(it)) => Data::Cases(vec![it; rows]),
        Values::Bools(_) | Values::Dates(_) | Values::Cases(_) => value.data.clone(),
    };
    Some(stated(data, Some(state)))
}
