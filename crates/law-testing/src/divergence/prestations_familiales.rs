//! Family allowances, family supplement, family support allowance.

use base::{Month, Rational};

use super::{Class, Gap, Side};
use crate::Benefit;
use crate::case::{Case, CasePerson};

const ALL: &[Benefit] = &[Benefit::Af, Benefit::Cf, Benefit::Asf, Benefit::AideLogement];
const ON_RESOURCES: &[Benefit] = &[Benefit::Af, Benefit::Cf, Benefit::AideLogement];

/// What changes the amounts that the RSA and the activity bonus count: family allowances and family
/// supplement without their increases, family support allowance.
pub(super) const COUNTED: &[Class] = &[
    Class {
        name: "anniversaire dans le mois",
        benefits: ALL,
        reason: "un droit commence le mois qui suit l’anniversaire ou la naissance, et s’arrête le mois de \
                 l’anniversaire ; le témoin compare l’âge au premier jour du mois",
        source: "CSS R552-2 et R552-3",
        side: Side::Either,
        concerns: |&Gap { case, month: now, .. }| {
            case.children().any(|(_, it)| has_a_birthday_that_counts(it, now))
        },
    },
    Class {
        name: "un seul enfant outre-mer",
        benefits: &[Benefit::Af],
        reason: "outre-mer, l’allocation pour un seul enfant n’est pas réduite selon les ressources, et le \
                 complément dégressif existe ; le témoin fait l’inverse",
        source: "CSS L755-12 et D755-5",
        side: Side::Either,
        concerns: |&Gap { case, month: now, .. }| case.is_overseas() && is_well_off(case, now),
    },
    Class {
        name: "revenus des enfants",
        benefits: &[Benefit::Af, Benefit::Cf],
        reason: "les ressources sont celles du ou des parents ; le témoin ajoute celles des enfants",
        source: "CSS R521-2 et R532-1",
        side: Side::More,
        concerns: |&Gap { case, month: now, .. }| {
            let earned = |it: &CasePerson| it.earned_in_year("salaire_imposable", now.year() - 2);
            case.children().any(|(_, it)| earned(it))
        },
    },
    Class {
        name: "bénéfice de micro-entreprise",
        benefits: ON_RESOURCES,
        reason: "le bénéfice de la micro-entreprise de l’année N-2 compte ; le témoin ne le lit pas dans ce \
                 que le cas lui donne",
        source: "CSS R532-3, CCH R822-5",
        side: Side::Less,
        concerns: |&Gap { case, month: now, .. }| {
            case.persons.iter().any(|it| has_micro_profit(it, now))
        },
    },
    Class {
        name: "double activité et micro-entreprise",
        benefits: &[Benefit::Cf],
        reason: "le plafond des couples à deux revenus d’activité s’apprécie avec le bénéfice de la \
                 micro-entreprise, sans les allocations de chômage, et contre une fraction du plafond de la \
                 sécurité sociale ; le témoin compte le chômage, contre douze fois la base mensuelle",
        source: "CSS R522-2 et D522-1",
        side: Side::Either,
        concerns: |&Gap { case, month: now, .. }| {
            let earned = |it: &CasePerson| {
                let mut incomes = ["salaire_imposable", "chomage_imposable"].into_iter();
                incomes.any(|name| it.earned_in_year(name, now.year() - 2))
                    || has_micro_profit(it, now)
            };
            may_have_the_supplement(case)
                && case.is_couple()
                && case.adults().all(|(_, it)| earned(it))
        },
    },
];

/// What changes only the increases.
pub(super) const CLASSES: &[Class] = &[
    Class {
        name: "aîné du même âge",
        benefits: &[Benefit::Af],
        reason: "un seul enfant est l’aîné ; le témoin prive de la majoration tous ceux qui ont son âge",
        source: "CSS L521-3",
        side: Side::More,
        concerns: |&Gap { case, month: now, .. }| eldest_has_a_peer(case, now),
    },
    Class {
        name: "enfant de vingt ans",
        benefits: &[Benefit::Af],
        reason: "l’allocation forfaitaire se partage en résidence alternée, et ses plafonds comptent l’enfant \
                 de vingt ans ; le témoin non",
        source: "CSS D521-2, D521-3 et R521-3",
        side: Side::Either,
        concerns: |&Gap { case, month: now, .. }| {
            let is_20 = |it: &CasePerson| (240..252).contains(&it.months_of_life(now));
            case.children().count() >= 3 && case.children().any(|(_, it)| is_20(it))
        },
    },
    Class {
        name: "complément familial majoré",
        benefits: &[Benefit::Cf],
        reason: "le plafond du complément majoré est fixé par le texte ; le témoin prend la moitié du plafond \
                 ordinaire",
        source: "CSS D522-1",
        side: Side::Either,
        concerns: |&Gap { case, .. }| may_have_the_supplement(case) && !case.is_overseas(),
    },
];

/// A child born this month, or whose birthday this month opens or closes a right.
fn has_a_birthday_that_counts(it: &CasePerson, now: Month) -> bool {
    const AGES: [i32; 9] = [0, 3, 5, 11, 14, 16, 18, 20, 21];
    let months = it.months_of_life(now);
    AGES.iter().any(|age| age * 12 == months) || (-9..0).contains(&months)
}

/// Two children only, of an age that gives the increase, born the same year of life.
fn eldest_has_a_peer(case: &Case, now: Month) -> bool {
    let mut ages = case.children().map(|(_, it)| it.age(now)).filter(|age| *age < 20);
    let pair = (ages.next(), ages.next(), ages.next());
    matches!(pair, (Some(a), Some(b), None) if a == b && a >= 14)
}

/// Three children, or one overseas.
fn may_have_the_supplement(case: &Case) -> bool {
    let least = if case.is_overseas() { 1 } else { 3 };
    case.children().count() >= least
}

/// Near the income above which family allowances go down.
fn is_well_off(case: &Case, now: Month) -> bool {
    const YEARLY: i64 = 45_000;
    let incomes = ["salaire_imposable", "chomage_imposable", "retraite_imposable"];
    let months = (1..=12).map(|month| Month::of(now.year() - 2, month));
    let pay = months.flat_map(|at| {
        case.adults().flat_map(move |(_, it)| incomes.map(|name| it.income(name, at)))
    });
    let sum = pay.fold(Rational::ZERO, |sum, pay| sum.checked_add(pay).unwrap_or(sum));
    case.children().next().is_some() && sum > Rational::from(YEARLY)
}

pub(super) fn has_micro_profit(it: &CasePerson, now: Month) -> bool {
    it.earned_in_year("rpns_auto_entrepreneur_CA_bnc", now.year() - 2)
}
