//! A case as the classes of divergence look at it.

use base::{Date, Month, Rational};

use crate::case::{Case, CasePerson, Decimal, Witness};

/// From that month on, income counts over M-4 to M-2.
pub(crate) const SHIFTED_SINCE: fn() -> Month = || Month::of(2025, 3);

/// A kind of income that the law of the RSA may declare interrupted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Earning {
    Wage,
    Micro,
    /// Sick pay of the first three months, or beside a wage: counted as a wage.
    SickPay,
    Unemployment,
    Pension,
}

impl Earning {
    pub const WORK: [Self; 3] = [Self::Wage, Self::Micro, Self::SickPay];
    pub const ALL: [Self; 5] =
        [Self::Wage, Self::Micro, Self::SickPay, Self::Unemployment, Self::Pension];
}

impl Case {
    /// The months whose income counts.
    pub(crate) fn window(&self) -> [Month; 3] {
        let last = if self.month >= SHIFTED_SINCE() { -2 } else { -1 };
        [self.month.plus(last - 2), self.month.plus(last - 1), self.month.plus(last)]
    }

    /// A single parent, or a single person.
    pub(crate) fn is_alone(&self) -> bool {
        !self.is_couple()
    }

    pub(crate) fn is_overseas(&self) -> bool {
        self.menage.depcom.starts_with("97")
    }

    pub(crate) fn is_social_tenant(&self) -> bool {
        self.menage.statut_occupation_logement == "locataire_hlm"
    }

    pub(crate) fn receives_paje(&self) -> bool {
        self.out.paje_base.0 > Rational::ZERO
    }

    /// A child born this month, or in the last three for a lone parent.
    pub(crate) fn has_newborn(&self, month: Month) -> bool {
        let months = if self.is_alone() { 3 } else { 0 };
        self.children().any(|(_, it)| (0..=months).contains(&it.months_of_life(month)))
    }

    /// Whether a child's third birthday falls between the two ways of counting, in one of these months.
    pub(crate) fn turns_three(&self, months: &[Month]) -> bool {
        let differs = |it: &CasePerson, month| (it.witness_age(month) < 3) != (it.age(month) < 3);
        self.children().any(|(_, it)| months.iter().any(|month| differs(it, *month)))
    }

    /// What the witness gives this person of a benefit told person by person.
    pub(crate) fn of(&self, list: fn(&Witness) -> &[Decimal], rank: usize) -> Rational {
        list(&self.out).get(rank).map_or(Rational::ZERO, |it| it.0)
    }
}

impl CasePerson {
    pub(crate) fn has(&self, income: &str, month: Month) -> bool {
        self.income(income, month) > Rational::ZERO
    }

    pub(crate) fn earns(&self, earning: Earning, month: Month) -> bool {
        match earning {
            Earning::Wage => self.has("salaire_net", month),
            Earning::Micro => self.has("rpns_auto_entrepreneur_CA_bnc", month),
            Earning::SickPay => {
                self.has("indemnites_journalieres_maladie", month)
                    && (self.stopped_since(month.plus(-3)) || self.has("salaire_net", month))
            }
            Earning::Unemployment => self.has("chomage_net", month),
            Earning::Pension => self.has("retraite_nette", month),
        }
    }

    /// Whether the sick leave began after the first day of that month.
    fn stopped_since(&self, month: Month) -> bool {
        let start = self.date_arret_de_travail.as_deref().unwrap_or("1870-01-01");
        month.first_day().is_some_and(|day| *start > *day.to_string())
    }

    /// Whether the income was received during the window and is not any more.
    pub(crate) fn has_stopped(&self, earning: Earning, window: &[Month], now: Month) -> bool {
        !self.earns(earning, now) && window.iter().any(|month| self.earns(earning, *month))
    }

    /// Income that stands in for another, as the witness sees it.
    pub(crate) fn is_compensated(&self, now: Month) -> bool {
        ["chomage_net", "indemnites_journalieres_maladie", "retraite_nette"]
            .iter()
            .any(|income| self.has(income, now))
    }

    pub(crate) fn may_stay_for_rsa(&self) -> bool {
        // Europeans: three months; the case tells whole years.
        let years = if self.nationalite.as_deref() == Some("PT") { 1 } else { 5 };
        self.is_french() || self.years_of_stay() >= Rational::from(years)
    }

    pub(crate) fn may_stay_for_bonus(&self) -> bool {
        self.nationalite.as_deref() == Some("PT") || self.may_stay_for_rsa()
    }

    fn is_french(&self) -> bool {
        self.nationalite.as_deref().is_none_or(|it| it == "FR")
    }

    /// Years of legal stay, as drawn.
    fn years_of_stay(&self) -> Rational {
        self.duree_possession_titre_sejour.map_or(Rational::ZERO, |it| it.0)
    }

    pub(crate) fn earned_in_year(&self, income: &str, year: i32) -> bool {
        (1..=12).any(|month| self.has(income, Month::of(year, month)))
    }

    /// Whole months since unemployment began; `None` for who is not unemployed.
    pub(crate) fn months_unemployed(&self, month: Month) -> Option<i32> {
        let since: Date = self.date_debut_chomage.as_deref()?.parse().ok()?;
        (self.activity(month) == "chomeur").then(|| since.months_until(month))
    }

    pub(crate) fn months_of_sick_leave(&self, month: Month) -> Option<i32> {
        let since: Date = self.date_arret_de_travail.as_deref()?.parse().ok()?;
        Some(since.months_until(month))
    }

    /// Whole years reached on the first day of the month.
    pub(crate) fn age(&self, month: Month) -> i32 {
        self.date_naissance.months_until(month).div_euclid(12)
    }

    /// Calendar months since the month of birth; negative before it.
    pub(crate) fn months_of_life(&self, month: Month) -> i32 {
        month.since(self.date_naissance.month())
    }

    /// The age the witness reads: days elapsed over the mean length of a year. Around a birthday it is a
    /// day off.
    pub(crate) fn witness_age(&self, month: Month) -> i64 {
        let days = |date: Date| {
            days_from_civil(date.year().into(), date.month_of_year().into(), date.day().into())
        };
        let Some(first) = month.first_day() else { return 0 };
        let elapsed = days(first) - days(self.date_naissance) + 1;
        // 146 097 days in 400 years; numpy truncates towards zero.
        elapsed * 400 / 146_097
    }
}

/// Days since an arbitrary origin, in the Gregorian calendar.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leap_days + (153 * month + 2) / 5 + day
}
