//! What the household of a case has received, month by month, from benefits that our book does not model.
//!
//! The case only tells the witness's answer for its own month. The witness pays nothing before M-3 (it
//! injects zero); for M-3 to M-1 the benefit is taken to be what it is now, **at the amounts in force that
//! month**: every April they change. Who was entitled to less, or to nothing, a few months ago is not
//! told, except for the ASS, which never comes on top of unemployment benefit.

use base::{Month, Rational};
use law::situation::Fait;

use crate::case::CasePerson;

/// How the amount of a month follows from the amount of another.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Uprating {
    /// A full amount less the person's resources: it moves by as much as the full amount does.
    Difference(&'static [(i32, i64)]),
    /// A share of a base.
    Ratio(&'static [(i32, i64)]),
    Never,
}

/// Since April of the year, in cents: full AAH (the 2022 amount dates from July).
pub(crate) const AAH: Uprating = Uprating::Difference(&[
    (2022, 95_665),
    (2023, 97_137),
    (2024, 101_605),
    (2025, 103_332),
    (2026, 104_159),
]);

/// Thirty days of ASS.
pub(crate) const ASS: Uprating = Uprating::Difference(&[
    (2022, 53_700),
    (2023, 54_510),
    (2024, 57_030),
    (2025, 57_990),
    (2026, 58_440),
]);

/// The base of family benefits.
pub(crate) const BMAF: Uprating = Uprating::Ratio(&[
    (2022, 43_917),
    (2023, 44_593),
    (2024, 46_644),
    (2025, 47_437),
    (2026, 47_816),
]);

/// The benefit since M-3, from the amount of the month `now`; zero before, and in the months that
/// `entitled` refuses.
pub(crate) fn received(
    amount: Rational,
    uprating: Uprating,
    now: Month,
    entitled: impl Fn(Month) -> bool,
) -> Fait {
    let mut points = vec![(Month::of(2000, 1), Rational::ZERO)];
    for ago in (0..=3).rev() {
        let month = now.plus(-ago);
        let paid = amount > Rational::ZERO && entitled(month);
        points
            .push((month, if paid { uprating.amount(amount, now, month) } else { Rational::ZERO }));
    }
    let depuis = points.into_iter().map(|(month, amount)| (month, Some(amount.into()))).collect();
    Fait::Série { depuis, jusqu_au: Some(now), source: None }
}

/// No ASS while unemployment benefit is paid, nor outside unemployment.
pub(crate) fn may_have_ass(it: &CasePerson, month: Month) -> bool {
    it.activity(month) == "chomeur" && !it.has("chomage_net", month)
}

impl Uprating {
    fn amount(self, amount: Rational, now: Month, month: Month) -> Rational {
        let moved = match self {
            Self::Never => return amount,
            Self::Difference(table) => in_force(table, month)
                .checked_sub(in_force(table, now))
                .and_then(|difference| amount.checked_add(difference)),
            Self::Ratio(table) => in_force(table, month)
                .checked_div(in_force(table, now))
                .and_then(|ratio| amount.checked_mul(ratio)),
        };
        moved.unwrap_or(amount).max(Rational::ZERO)
    }
}

/// The amount of the last April.
fn in_force(table: &[(i32, i64)], month: Month) -> Rational {
    let year = if month.month_of_year() >= 4 { month.year() } else { month.year() - 1 };
    let found = table.iter().rev().find(|(since, _)| *since <= year).or(table.first());
    found.map_or(Rational::ONE, |(_, cents)| Rational::from_cents(*cents))
}
