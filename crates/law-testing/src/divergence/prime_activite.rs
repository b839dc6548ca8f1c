//! The activity bonus.

use base::Month;

use super::{Class, Gap, Side};
use crate::Benefit;
use crate::case::{Case, CasePerson};
use crate::reading::Earning;

pub(super) const CLASSES: &[Class] = &[
    Class {
        name: "conjoint sans droit au séjour (prime)",
        benefits: &[Benefit::Ppa],
        reason: "le conjoint qui ne remplit pas la condition de séjour n’augmente pas le montant ; le témoin \
                 le compte",
        source: "CSS L842-3",
        side: Side::Either,
        concerns: |&Gap { case, .. }| {
            case.is_couple() && case.adults().filter(|(_, it)| it.may_stay_for_bonus()).count() == 1
        },
    },
    Class {
        name: "naissance pendant le trimestre",
        benefits: &[Benefit::Ppa],
        reason: "un enfant compte à partir du mois de sa naissance ; le témoin le compte avant",
        source: "CSS R843-1",
        side: Side::Either,
        concerns: |&Gap { case, .. }| {
            let [first, ..] = case.window();
            case.children().any(|(_, it)| it.date_naissance.month() > first)
        },
    },
    Class {
        name: "PAJE du nouveau-né (prime)",
        benefits: &[Benefit::Ppa],
        reason: "l’allocation de base de la PAJE n’est pas comptée le mois de la naissance, ni les trois mois \
                 suivants pour un parent isolé ; le témoin la compte",
        source: "CSS R844-5, 2°",
        side: Side::More,
        concerns: |&Gap { case, .. }| {
            case.receives_paje() && case.window().iter().any(|at| case.has_newborn(*at))
        },
    },
    Class {
        name: "séjour des adultes",
        benefits: &[Benefit::Ppa],
        reason: "la condition de séjour est celle des adultes, sans délai pour les Européens ; le témoin la \
                 lit aussi sur les enfants, et demande trois mois aux Européens",
        source: "CSS L842-2, 2°",
        side: Side::AllOrNothing,
        concerns: |&Gap { case, .. }| {
            let differs = |it: &CasePerson| it.may_stay_for_bonus() != it.may_stay_for_rsa();
            case.adults().all(|(_, it)| !it.may_stay_for_bonus())
                || case.adults().any(|(_, it)| differs(it))
        },
    },
    Class {
        name: "18 ans le mois du droit",
        benefits: &[Benefit::Ppa],
        reason: "les 18 ans se comptent le mois du droit, pour un adulte du foyer ; le témoin les cherche \
                 chaque mois passé, enfants compris",
        source: "CSS L842-2, 1°",
        side: Side::Either,
        concerns: |&Gap { case, month: now, .. }| {
            let somebody_is_18 = |at: Month| case.persons.iter().any(|it| it.witness_age(at) >= 18);
            case.window().into_iter().any(|at| !somebody_is_18(at))
                || !case.adults().any(|(_, it)| it.age(now) >= 18)
        },
    },
    Class {
        name: "travail pendant le trimestre de référence",
        benefits: &[Benefit::Ppa],
        reason: "le travail demandé est celui des mois M-4 à M-2 ; le témoin regarde M-3 à M-1, et compare \
                 l’étudiant au plafond du mois du droit",
        source: "CSS R843-1, décret n° 2025-185",
        side: Side::AllOrNothing,
        concerns: |&Gap { case, month: now, .. }| {
            case.adults().any(|(_, it)| worked_in_one_window(case, it, now))
        },
    },
    Class {
        name: "trois ans au jour près (prime)",
        benefits: &[Benefit::Ppa],
        reason: "l’enfant a trois ans le jour de son anniversaire ; le témoin divise des jours par une année \
                 moyenne",
        source: "CSS L842-7",
        side: Side::Either,
        concerns: |&Gap { case, month: now, .. }| {
            let [a, b, c] = case.window();
            case.is_alone() && case.turns_three(&[a, b, c, now])
        },
    },
];

/// The months worked differ between the law's window and the witness's, or the person studies and works.
fn worked_in_one_window(case: &Case, it: &CasePerson, now: Month) -> bool {
    let works = |at: &Month| Earning::WORK.iter().any(|earning| it.earns(*earning, *at));
    let worked = |months: &[Month]| months.iter().map(works).collect::<Vec<_>>();
    let (window, recent) = (case.window(), [-3, -2, -1].map(|ago| now.plus(ago)));
    worked(&window) != worked(&recent)
        || (it.activity(now) == "etudiant" && window.iter().any(works))
}
