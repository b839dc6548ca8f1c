//! Gaps that come from another benefit, or from what the case does not tell of the past.

use base::{Month, Rational};

use super::{Class, Gap, Side, aide_logement, prestations_familiales};
use crate::Benefit;
use crate::case::Case;

/// Under this amount the RSA is not paid: a smaller gap may turn into that one.
const LEAST_RSA: i64 = 6;
const LEAST_BONUS: i64 = 15;
const FULL_AAH: i64 = 1042;
/// The flat rate for housing of three persons and more: the RSA counts no more of the housing aid.
const FULL_HOUSING: i64 = 194;

/// Classes of a single month: concerning this one too, they may do it for somebody else.
const PASSING: [&str; 2] = ["anniversaire dans le mois", "chômage depuis deux mois"];

pub(super) const CLASSES: &[Class] = &[
    Class {
        name: "arrondi au seuil de versement",
        benefits: &[Benefit::Rsa, Benefit::Ppa],
        reason: "le montant est arrondi au centime, puis comparé au seuil de versement ; le témoin n’arrondit pas",
        source: "CASF R262-39, CSS R846-1",
        side: Side::AllOrNothing,
        concerns: |gap| {
            let least = if gap.benefit == Benefit::Rsa { LEAST_RSA } else { LEAST_BONUS };
            gap.size() <= add(Rational::from(least), Rational::from_cents(1))
        },
    },
    Class {
        name: "autre aide du mois",
        benefits: &[Benefit::Rsa],
        reason: "le RSA compte les prestations familiales et l’aide au logement du mois : l’écart vient de \
                 celui, déjà expliqué, de ces aides",
        source: "CASF R262-10 et R262-11",
        side: Side::Either,
        concerns: |gap| follows_the_others(gap, LEAST_RSA),
    },
    Class {
        name: "autre aide des mois passés",
        benefits: &[Benefit::Ppa],
        reason: "la prime compte les prestations familiales et l’aide au logement de chaque mois du \
                 trimestre : l’écart vient de celui, déjà expliqué, de ces aides",
        source: "CSS R844-3 et R844-5",
        side: Side::Either,
        concerns: |gap| follows_the_others(gap, LEAST_BONUS),
    },
    Class {
        name: "autre aide d’un mois passé",
        benefits: &[Benefit::Ppa],
        reason: "la prime compte les prestations familiales et l’aide au logement de chaque mois du \
                 trimestre, et l’un de ces mois n’est pas celui du droit : nous y différons pour une raison \
                 connue",
        source: "CSS R844-3 et R844-5",
        side: Side::Either,
        concerns: |gap| {
            // The witness pays nothing before M-3, and neither do we.
            let mut paid = gap.case.window().into_iter().filter(|at| gap.month.since(*at) <= 3);
            paid.any(|at| differs_only_in(gap, at))
        },
    },
    Class {
        name: "centimes de l’aide au logement",
        benefits: &[Benefit::Rsa, Benefit::Ppa],
        reason: "l’aide au logement que le RSA et la prime comptent est exacte au centime ; celle du témoin est arrondie à \
                 l’euro",
        source: "CCH D823-16, CSS R844-3",
        side: Side::Little(2),
        concerns: |gap| is_tenant(gap),
    },
    Class {
        name: "PAJE finie pendant le trimestre",
        benefits: &[Benefit::Ppa],
        reason: "le cas ne donne la PAJE que pour son mois, après les trois ans de l’enfant ou le changement \
                 d’année des ressources ; le témoin la compte pour les mois d’avant",
        source: "crates/law-testing/cases/README.md",
        side: Side::More,
        concerns: |gap| {
            let [first, _, last] = gap.case.window();
            let small = |month: Month| {
                let mut children = gap.case.children();
                children.any(|(_, it)| (0..=36).contains(&it.months_of_life(month)))
            };
            let other_year = first.year() != gap.month.year();
            !gap.case.receives_paje()
                && (small(first) || small(last))
                && (other_year || !small(gap.month.plus(1)))
        },
    },
    Class {
        name: "revalorisation d’une aide non modélisée",
        benefits: &[Benefit::Rsa, Benefit::Ppa],
        reason: "le cas ne donne l’AAH, l’ASI, l’ASS, l’ASPA que pour son mois ; nous les supposons égales \
                 depuis M-3, aux revalorisations près, le témoin les recalcule",
        source: "crates/law-testing/cases/README.md",
        side: Side::Little(15),
        concerns: |gap| received_but_not_modelled(gap.case) > Rational::ZERO,
    },
    Class {
        name: "aide non modélisée qui vient de commencer",
        benefits: &[Benefit::Rsa, Benefit::Ppa],
        reason: "le cas ne donne l’AAH, l’ASI, l’ASS, l’ASPA que pour son mois ; nous les supposons reçues \
                 depuis M-3, le témoin les fait parfois commencer plus tard",
        source: "crates/law-testing/cases/README.md",
        side: Side::Less,
        concerns: |gap| {
            let amount = received_but_not_modelled(gap.case);
            amount > Rational::ZERO && gap.size() <= add(amount, slack(gap, LEAST_BONUS))
        },
    },
    Class {
        name: "AAH ou ASI plus forte les mois passés",
        benefits: &[Benefit::Rsa, Benefit::Ppa],
        reason: "le cas ne donne l’AAH et l’ASI que pour son mois ; elles se complètent l’une l’autre et \
                 changent avec l’année des ressources, le témoin les recalcule",
        source: "crates/law-testing/cases/README.md",
        side: Side::More,
        concerns: |gap| {
            let out = &gap.case.out;
            let amounts = out.aah.iter().chain(&out.asi).map(|amount| amount.0);
            let received = amounts.fold(Rational::ZERO, add);
            // They could not be more than the full amount.
            let most = Rational::from(FULL_AAH).checked_sub(received);
            received > Rational::ZERO && most.is_some_and(|most| gap.size() <= most)
        },
    },
];

/// We already differ, this month, on an aid that counts; and by enough.
fn follows_the_others(gap: &Gap<'_>, least: i64) -> bool {
    let counted = |it: Benefit| it != Benefit::Rsa && it != Benefit::Ppa;
    let others = gap.others.iter().filter(|(it, gap)| counted(*it) && *gap > it.tolerance());
    // Twice: an increase may hide a part of the gap on the amount that counts; and the housing aid of
    // another month may be further apart, as far as the flat rate for housing.
    let most = |(it, gap): &(Benefit, Rational)| match it {
        Benefit::AideLogement => (*gap).max(Rational::from(FULL_HOUSING)),
        _ => add(*gap, *gap),
    };
    let sum = others.fold(Rational::ZERO, |sum, other| add(sum, most(other)));
    sum > Rational::ZERO && gap.size() <= add(sum, slack(gap, least))
}

/// Whether one of the aids that the bonus counts is known to differ that month and not this one, by enough.
fn differs_only_in(gap: &Gap<'_>, month: Month) -> bool {
    let then = &Gap { month, ..*gap };
    let housing = aide_logement::CLASSES.iter().filter(|_| is_tenant(gap));
    let mut classes = prestations_familiales::COUNTED.iter().chain(housing);
    classes.any(|class| {
        (class.concerns)(then)
            && (PASSING.contains(&class.name) || class.side.is_small() || !(class.concerns)(gap))
            && class
                .side
                .at_most()
                .is_none_or(|most| gap.size() <= add(most, slack(gap, LEAST_BONUS)))
    })
}

/// What the household receives this month of the benefits our book does not compute, PAJE aside.
fn received_but_not_modelled(case: &Case) -> Rational {
    let out = &case.out;
    let lists = [&out.aah, &out.caah, &out.asi, &out.ass];
    let amounts = lists.into_iter().flatten().map(|amount| amount.0);
    amounts.fold(out.aspa.0, add)
}

fn is_tenant(gap: &Gap<'_>) -> bool {
    gap.case.menage.statut_occupation_logement.starts_with("locataire")
}

/// What may come on top of an inherited gap: rounding, or the amount under which nothing is paid.
fn slack(gap: &Gap<'_>, least: i64) -> Rational {
    if gap.is_all_or_nothing() { Rational::from(least) } else { Rational::from_cents(2) }
}

fn add(a: Rational, b: Rational) -> Rational {
    a.checked_add(b).unwrap_or(a)
}
