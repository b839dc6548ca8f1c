//! Housing aid.

use base::{Month, Rational};

use super::{Class, Gap, Side};
use crate::Benefit;
use crate::case::{Case, CasePerson};

const AID: &[Benefit] = &[Benefit::AideLogement];

pub(super) const CLASSES: &[Class] = &[
    Class {
        name: "foyer",
        benefits: AID,
        reason: "les foyers ont leur formule (équivalence, plafonds, minimum de redevance) ; celle du témoin \
                 n’arrondit pas et classe les personnes âgées à 62 ans",
        source: "CCH D832-24 et suivants, D842-15 et suivants",
        side: Side::Either,
        concerns: |&Gap { case, .. }| case.menage.statut_occupation_logement == "locataire_foyer",
    },
    Class {
        name: "logement social d’un proche",
        benefits: AID,
        reason: "le logement d’un ascendant ou d’un descendant n’ouvre aucune aide, HLM compris ; le témoin \
                 ne refuse que dans le parc privé",
        source: "CCH L822-3",
        side: Side::Less,
        concerns: |&Gap { case, .. }| {
            case.is_social_tenant() && case.famille.proprietaire_proche_famille
        },
    },
    Class {
        name: "chômage depuis deux mois",
        benefits: AID,
        reason: "l’abattement et la neutralisation valent après deux mois de chômage ; le témoin attend le \
                 troisième",
        source: "CCH R822-13 et R822-14",
        side: Side::More,
        concerns: |&Gap { case, month: now, .. }| {
            case.adults().any(|(_, it)| it.months_unemployed(now) == Some(2))
        },
    },
    Class {
        name: "chômage du conjoint",
        benefits: AID,
        reason: "le chômage non indemnisé neutralise les revenus d’activité de la personne ; le témoin \
                 neutralise ceux du couple",
        source: "CCH R822-14",
        side: Side::Less,
        concerns: |&Gap { case, month: now, .. }| {
            let unpaid = case.adults().filter(|it| is_unemployed_unpaid(case, *it, now));
            case.is_couple() && unpaid.count() == 1
        },
    },
    Class {
        name: "double activité",
        benefits: AID,
        reason: "l’abattement de 95 € des couples à deux activités compare des revenus annuels ; le témoin \
                 compare un salaire d’un mois à douze fois la base mensuelle",
        source: "CCH R822-8",
        side: Side::LittleMore(10),
        concerns: |&Gap { case, month: now, .. }| {
            let works = |it: &CasePerson| {
                (2..=13).any(|ago| it.has("salaire_imposable", now.plus(-ago)))
                    || super::prestations_familiales::has_micro_profit(it, now)
            };
            case.is_couple() && case.adults().all(|(_, it)| works(it))
        },
    },
    Class {
        name: "arrêt de travail de plus de six mois",
        benefits: AID,
        reason: "l’abattement de 30 % vaut aussi après six mois d’arrêt de travail ; le témoin l’ignore",
        source: "CCH R822-13",
        side: Side::More,
        concerns: |&Gap { case, month: now, .. }| {
            let long = |it: &CasePerson| it.months_of_sick_leave(now).is_some_and(|it| it > 6);
            case.adults().any(|(_, it)| long(it) && it.has("indemnites_journalieres_maladie", now))
        },
    },
    Class {
        name: "pension d’invalidité",
        benefits: AID,
        reason: "l’abattement de 30 % vaut pour qui a cessé son activité avec une pension d’invalidité ; le \
                 témoin l’ignore",
        source: "CCH R822-13",
        side: Side::More,
        concerns: |&Gap { case, month: now, .. }| {
            let retired = |it: &CasePerson| {
                it.has("pensions_invalidite", now) && !it.has("salaire_imposable", now)
            };
            case.persons.iter().any(retired)
        },
    },
    Class {
        name: "seuil de versement",
        benefits: AID,
        reason: "l’allocation de logement n’est pas versée sous 10 € ; le témoin compare le montant avant \
                 réductions",
        source: "CCH D842-6, arrêté du 27 septembre 2019, art. 18",
        side: Side::Threshold(10),
        concerns: |&Gap { case, .. }| !case.is_social_tenant(),
    },
    Class {
        name: "loyer élevé et handicap",
        benefits: AID,
        reason: "la baisse de l’aide des loyers élevés épargne les bénéficiaires de l’AAH et de l’AEEH ; le \
                 témoin épargne toute personne handicapée",
        source: "CCH D823-16",
        side: Side::Less,
        concerns: |&Gap { case, .. }| {
            // The lowest rents from which the aid goes down; less for a flat that is shared, or a room.
            let high = match (
                case.mid.zone_apl.as_str(),
                case.menage.coloc || case.menage.logement_chambre,
            ) {
                ("zone_1", false) => 1_050,
                ("zone_1", true) => 800,
                (_, false) => 650,
                (_, true) => 480,
            };
            case.menage.loyer.0 >= Rational::from(high) && case.persons.iter().any(|it| it.handicap)
        },
    },
    Class {
        name: "petits revenus et déduction de 10 %",
        benefits: AID,
        reason: "la déduction minimale ne dépasse pas le revenu ; le témoin déduit le reste des autres revenus",
        source: "CGI, art. 83, 3°",
        side: Side::Less,
        concerns: |&Gap { case, month: now, .. }| {
            case.persons.iter().any(|it| has_little_pay(it, now))
        },
    },
    Class {
        name: "cinquante centimes de déduction",
        benefits: AID,
        reason: "la déduction de 10 % s’arrondit à l’euro le plus proche, la moitié vers le haut ; en binaire, le \
                 témoin tombe parfois au-dessous, et ses ressources changent de centaine",
        source: "CGI, art. 83, 3°, CCH R822-4",
        side: Side::Little(5),
        concerns: |&Gap { case, month: now, .. }| {
            case.persons.iter().any(|it| has_half_euro_deduction(it, now))
        },
    },
    Class {
        name: "AAH d’un enfant",
        benefits: AID,
        reason: "le patrimoine n’est pas compté quand un parent a l’AAH ; le témoin regarde aussi les enfants",
        source: "CCH R822-3",
        side: Side::Less,
        concerns: |&Gap { case, .. }| {
            case.children().any(|(rank, _)| case.of(|it| &it.aah, rank) > Rational::ZERO)
        },
    },
    Class {
        name: "grossesse ou naissance",
        benefits: AID,
        reason: "la personne seule qui attend un enfant compte pour deux à partir du quatrième mois, hors APL ; \
                 le témoin l’applique à tous les logements, et pas le mois de la naissance",
        source: "CCH D842-3, arrêté du 27 septembre 2019",
        side: Side::Either,
        concerns: |&Gap { case, month: now, .. }| {
            case.adults().any(|(_, it)| it.enceinte)
                || case.children().any(|(_, it)| (-9..=0).contains(&it.months_of_life(now)))
        },
    },
    Class {
        name: "enfant de 21 ans outre-mer",
        benefits: AID,
        reason: "outre-mer, l’enfant est à charge jusqu’à 22 ans ; le témoin s’arrête à 21",
        source: "CCH R823-4, CSS D755-1",
        side: Side::More,
        concerns: |&Gap { case, month: now, .. }| {
            let aged_21 = |it: &CasePerson| (252..=264).contains(&it.months_of_life(now));
            case.is_overseas() && case.children().any(|(_, it)| aged_21(it))
        },
    },
    Class {
        name: "R0 outre-mer avec un enfant",
        benefits: AID,
        reason: "l’abattement R0 d’une famille d’outre-mer avec une personne à charge a été revalorisé ; le \
                 témoin garde sa valeur de 2023",
        source: "arrêté du 27 septembre 2019, art. 14 et 45",
        side: Side::LittleMore(40),
        concerns: |&Gap { case, .. }| case.is_overseas() && case.children().next().is_some(),
    },
    Class {
        name: "réduction de loyer de solidarité",
        benefits: AID,
        reason: "nos ressources diffèrent de celles du témoin, pour une raison connue, de part et d’autre du \
                 plafond de la réduction de loyer de solidarité, que l’APL déduit",
        source: "CCH L442-2-1, D823-17",
        side: Side::Little(120),
        concerns: |gap| gap.case.is_social_tenant() && resources_differ(gap),
    },
];

/// Whether a class above changes the resources of the household, whichever way.
fn resources_differ(gap: &Gap<'_>) -> bool {
    const ON_RESOURCES: [&str; 6] = [
        "chômage depuis deux mois",
        "chômage du conjoint",
        "double activité",
        "arrêt de travail de plus de six mois",
        "pension d’invalidité",
        "petits revenus et déduction de 10 %",
    ];
    let mut classes = CLASSES.iter().filter(|class| ON_RESOURCES.contains(&class.name));
    let micro = |it: &CasePerson| super::prestations_familiales::has_micro_profit(it, gap.month);
    classes.any(|class| (class.concerns)(gap)) || gap.case.persons.iter().any(micro)
}

/// For two months or more, without unemployment benefit or with the ASS alone.
fn is_unemployed_unpaid(case: &Case, (rank, it): (usize, &CasePerson), now: Month) -> bool {
    let has_ass = case.of(|it| &it.ass, rank) > Rational::ZERO;
    let is_paid = it.has("chomage_imposable", now) && !has_ass;
    !is_paid && it.months_unemployed(now).is_some_and(|months| months >= 2)
}

/// Pay and unemployment benefit of the twelve months lower than the least deduction.
fn has_little_pay(it: &CasePerson, now: Month) -> bool {
    const LEAST_DEDUCTION: i64 = 520;
    let pay = pay_of_twelve_months(it, now);
    pay > Rational::ZERO && pay < Rational::from(LEAST_DEDUCTION)
}

/// Whether a tenth of the pay stands exactly between two euros.
fn has_half_euro_deduction(it: &CasePerson, now: Month) -> bool {
    let fraction = |of| pay_of_twelve_months(it, now).checked_div(Rational::from(of));
    fraction(5).is_some_and(Rational::is_integer) && !fraction(10).is_some_and(Rational::is_integer)
}

fn pay_of_twelve_months(it: &CasePerson, now: Month) -> Rational {
    let incomes = ["salaire_imposable", "chomage_imposable"];
    (2..=13)
        .flat_map(|ago| incomes.map(|name| it.income(name, now.plus(-ago))))
        .fold(Rational::ZERO, |sum, pay| sum.checked_add(pay).unwrap_or(sum))
}
