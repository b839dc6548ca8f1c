//! The RSA, and what the activity bonus reads of the household as the RSA does.

use base::{Month, Rational};

use super::{Class, Gap, Side};
use crate::Benefit;
use crate::case::{Case, CasePerson};
use crate::reading::Earning;

pub(super) const CLASSES: &[Class] = &[
    Class {
        name: "conjoint sans droit au séjour (RSA)",
        benefits: &[Benefit::Rsa],
        reason: "le conjoint qui ne remplit pas la condition de séjour n’augmente pas le montant ; le témoin \
                 le compte",
        source: "CASF L262-5",
        side: Side::Either,
        concerns: |&Gap { case, .. }| {
            case.is_couple() && case.adults().filter(|(_, it)| it.may_stay_for_rsa()).count() == 1
        },
    },
    Class {
        name: "PAJE du nouveau-né (RSA)",
        benefits: &[Benefit::Rsa],
        reason: "l’allocation de base de la PAJE n’est pas comptée le mois de la naissance, ni les trois mois \
                 suivants pour un parent isolé ; le témoin la compte",
        source: "CASF R262-11, 2°",
        side: Side::More,
        concerns: |&Gap { case, month: now, .. }| case.receives_paje() && case.has_newborn(now),
    },
    Class {
        name: "allocation chômage finie",
        benefits: &[Benefit::Rsa],
        reason: "une allocation chômage finie avant le mois précédent est interrompue : elle n’est plus \
                 comptée ; le témoin demande qu’elle l’ait été le mois précédent",
        source: "CASF R262-13",
        side: Side::More,
        concerns: |&Gap { case, month: now, .. }| {
            let mut adults = case.adults();
            adults.any(|it| ended_before_last_month(case, it, &[Earning::Unemployment], now))
        },
    },
    Class {
        name: "travail fini",
        benefits: &[Benefit::Rsa],
        reason: "un revenu du travail fini avant le mois précédent est interrompu : il n’est plus compté ; le \
                 témoin demande qu’il l’ait été le mois précédent",
        source: "CASF R262-13",
        side: Side::More,
        concerns: |&Gap { case, month: now, .. }| {
            let mut persons = case.persons.iter().enumerate();
            persons.any(|it| ended_before_last_month(case, it, &Earning::WORK, now))
        },
    },
    Class {
        name: "ASS ou invalidité, revenu de substitution",
        benefits: &[Benefit::Rsa],
        reason: "l’ASS et la pension d’invalidité remplacent le revenu qui s’arrête : il reste compté ; le \
                 témoin ne connaît que le chômage, les indemnités journalières et la retraite",
        source: "CASF R262-13, choix `revenu_interrompu`",
        side: Side::Less,
        concerns: |&Gap { case, month: now, .. }| {
            case.adults().any(|it| replaced_last_month(case, it, now))
        },
    },
    Class {
        name: "complément d’AAH passé",
        benefits: &[Benefit::Rsa],
        reason: "le témoin donne un complément d’AAH différent selon l’ordre des questions qu’on lui pose",
        source: "crates/law-testing/cases/README.md",
        side: Side::Either,
        concerns: |&Gap { case, .. }| {
            case.adults().any(|(rank, _)| case.of(|it| &it.caah, rank) > Rational::ZERO)
        },
    },
    Class {
        name: "enfant qui travaille",
        benefits: &[Benefit::Rsa, Benefit::Ppa],
        reason: "un enfant dont les ressources atteignent ce qu’il ajoute au montant n’est pas à charge, et \
                 ses ressources ne comptent pas ; le témoin les compte, ou applique un autre seuil",
        source: "CASF R262-3, CSS R842-3",
        side: Side::Either,
        concerns: |&Gap { case, .. }| {
            let works = |it: &CasePerson| case.window().iter().any(|at| it.has("salaire_net", *at));
            case.children().any(|(_, it)| works(it))
        },
    },
    Class {
        name: "couple de moins de 25 ans qui attend un enfant",
        benefits: &[Benefit::Rsa],
        reason: "attendre un enfant ouvre le droit avant 25 ans, en couple aussi ; le témoin ne l’ouvre qu’au \
                 parent isolé",
        source: "CASF L262-4, 1°",
        side: Side::More,
        concerns: |&Gap { case, month: now, .. }| {
            case.is_couple()
                && case.adults().any(|(_, it)| it.enceinte)
                && case.adults().all(|(_, it)| it.age(now) < 25)
        },
    },
    Class {
        name: "25 ans dans le mois",
        benefits: &[Benefit::Rsa],
        reason: "le droit s’ouvre le mois du vingt-cinquième anniversaire ; le témoin attend le mois suivant",
        source: "circulaire CNAF 2009-013, choix `vingt_cinq_ans_dans_le_mois`",
        side: Side::More,
        concerns: |&Gap { case, month: now, .. }| {
            case.adults().any(|(_, it)| it.months_of_life(now) == 300)
        },
    },
    Class {
        name: "trois ans au jour près (RSA)",
        benefits: &[Benefit::Rsa],
        reason: "l’enfant a trois ans le jour de son anniversaire ; le témoin divise des jours par une année \
                 moyenne",
        source: "CASF R262-2",
        side: Side::Either,
        concerns: |&Gap { case, month: now, .. }| case.is_alone() && case.turns_three(&[now]),
    },
];

/// An income counted by the witness because it was already gone last month, and by nobody else.
fn ended_before_last_month(
    case: &Case,
    (rank, it): (usize, &CasePerson),
    earnings: &[Earning],
    now: Month,
) -> bool {
    let window = case.window();
    !it.is_compensated(now)
        && !is_replaced(case, rank, it, now)
        && earnings.iter().any(|earning| {
            it.has_stopped(*earning, &window, now) && !it.earns(*earning, now.plus(-1))
        })
}

/// An income that stopped this month, replaced in our reading and not in the witness's.
fn replaced_last_month(case: &Case, (rank, it): (usize, &CasePerson), now: Month) -> bool {
    let window = case.window();
    !it.is_compensated(now)
        && is_replaced(case, rank, it, now)
        && Earning::ALL.iter().any(|earning| {
            it.has_stopped(*earning, &window, now) && it.earns(*earning, now.plus(-1))
        })
}

/// By the ASS or an invalidity pension.
fn is_replaced(case: &Case, rank: usize, it: &CasePerson, now: Month) -> bool {
    case.of(|it| &it.ass, rank) > Rational::ZERO || it.has("pensions_invalidite", now)
}
