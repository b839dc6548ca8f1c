//! The witness's case → our situation.
//!
//! The witness knows no unknown: what it is not told is zero. So, **in this adapter and nowhere else, a
//! series that the case lacks is an explicit zero**: every flow below is given for every month up to the
//! month asked about. A fact of the book that neither the case nor these tables know is left "not asked":
//! if a rule reads it the aid comes out incomplete, and the comparison shows it.
//!
//! Benefits received in the past: `received.rs` for those we do not model, `past.rs` for those we do.

use std::collections::BTreeMap;

use base::{Month, Rational};
use law::situation::{
    Enfant, Fait, Faits, Famille, FoyerFiscal, Ménage, Part, Personne, Situation, Valeur,
};

use crate::case::{Case, CaseDwelling, CasePerson, Decimal, Role};
use crate::received::{self, Uprating, may_have_ass, received};

/// Our flow and the witness's series.
const INCOMES: &[(&str, &str)] = &[
    ("salaire_net_social", "salaire_net"),
    ("salaire_imposable", "salaire_imposable"),
    ("chômage_net", "chomage_net"),
    ("chômage_imposable", "chomage_imposable"),
    ("retraite_nette", "retraite_nette"),
    ("retraite_imposable", "retraite_imposable"),
    ("pension_d_invalidité", "pensions_invalidite"),
    ("pension_alimentaire_reçue", "pensions_alimentaires_percues"),
    ("indemnités_journalières_maladie", "indemnites_journalieres_maladie"),
    ("chiffre_d_affaires_micro_libéral", "rpns_auto_entrepreneur_CA_bnc"),
];

/// What the generator of cases never draws: zero for each person.
const NO_MONEY: &[&str] = &[
    "indemnités_journalières_naissance",
    "chiffre_d_affaires_micro_ventes",
    "chiffre_d_affaires_micro_services",
    "bénéfice_indépendant_annuel",
    "autre_revenu",
    "revenus_du_patrimoine",
    "frais_réels",
    "pension_alimentaire_versée",
    "heures_travaillées_en_trois_ans",
    "abattement_âge_ou_invalidité",
];

/// Long before any month a rule reads.
const BEFORE: fn() -> Month = || Month::of(2000, 1);

pub fn situation(case: &Case) -> Situation {
    let ids = |role| {
        let persons = case.persons.iter().enumerate();
        persons.filter(move |(_, it)| it.role == role).map(|(idx, _)| id(idx)).collect::<Vec<_>>()
    };
    let adults = ids(Role::Adulte);
    Situation {
        personnes: case.persons.iter().enumerate().map(|it| person(case, it)).collect(),
        familles: vec![Famille {
            demandeur: adults.first().cloned().unwrap_or_default(),
            conjoint: adults.get(1).cloned(),
            enfants: case.children().map(|(idx, it)| child(idx, it)).collect(),
            faits: family_facts(case),
        }],
        foyers_fiscaux: tax_households(case, &adults, ids(Role::Enfant)),
        rattachés_ailleurs: Vec::new(),
        ménages: vec![Ménage {
            occupants: (0..case.persons.len()).map(id).collect(),
            faits: dwelling_facts(case),
        }],
    }
}

/// The identifier of the person of this rank.
fn id(rank: usize) -> String {
    format!("p{rank}")
}

fn child(rank: usize, it: &CasePerson) -> Enfant {
    let part = if it.garde_alternee { Part::Moitié } else { Part::Entière };
    Enfant { personne: id(rank), part }
}

/// Unmarried partners declare apart, and the children with the first.
fn tax_households(case: &Case, adults: &[String], children: Vec<String>) -> Vec<FoyerFiscal> {
    let declarants: Vec<_> = if case.famille.statut_couple == "concubin" {
        adults.iter().map(|it| vec![it.clone()]).collect()
    } else {
        vec![adults.to_vec()]
    };
    let mut dependants = Some(children);
    let group = |déclarants| FoyerFiscal {
        déclarants,
        à_charge: dependants.take().unwrap_or_default(),
        faits: Faits::new(),
    };
    declarants.into_iter().map(group).collect()
}

fn person(case: &Case, (rank, it): (usize, &CasePerson)) -> Personne {
    let mut facts = Faits::new();
    for (fact, series) in INCOMES {
        let points = it.incomes.get(*series).map(Vec::as_slice).unwrap_or_default();
        facts.insert((*fact).to_owned(), flow(points, case.month));
    }
    for fact in NO_MONEY {
        facts.insert((*fact).to_owned(), Fait::toujours(Rational::ZERO));
    }
    let given = [
        always("date_de_naissance", it.date_naissance.to_string().as_str()),
        ("activité".to_owned(), activity(it)),
        always("enceinte", it.enceinte),
        always("épargne_livret_A", it.livret_a.0),
        always("épargne_sans_revenu_imposable", it.epargne_revenus_non_imposables.0),
        always("grossesse_de_plus_de_quatre_mois", it.enceinte),
        always("incapacité_de_80_pour_cent", is_unfit(it)),
        event("date_d_arrêt_de_travail", it.date_arret_de_travail.as_deref()),
        always(
            "date_de_début_du_chômage",
            it.date_debut_chomage.as_deref().unwrap_or("9999-12-31"),
        ),
        always(
            "boursier_du_supérieur",
            at(&case.out.bourse_criteres_sociaux, rank) > Rational::ZERO,
        ),
    ];
    facts.extend(given);
    facts.extend(benefits(case, rank, it));
    facts.extend(residence(case.month, it));
    Personne { id: id(rank), nom: None, faits: facts }
}

/// Benefits of the person that our book does not compute.
fn benefits(case: &Case, rank: usize, it: &CasePerson) -> Faits {
    let always = |_| true;
    let now = case.month;
    let fact = |name: &str, fait| (name.to_owned(), fait);
    Faits::from([
        fact("aah_perçue", received(at(&case.out.aah, rank), received::AAH, now, always)),
        fact(
            "complément_aah_perçu",
            received(at(&case.out.caah, rank), Uprating::Never, now, always),
        ),
        fact("asi_perçue", received(at(&case.out.asi, rank), Uprating::Never, now, always)),
        fact(
            "ass_perçue",
            received(at(&case.out.ass, rank), received::ASS, now, |month| may_have_ass(it, month)),
        ),
    ])
}

/// Nationality and how long the person has had a right to stay. The witness repeats the number of years
/// over all the months; a permit six months older reads the same way in each month the law looks at.
fn residence(month: Month, it: &CasePerson) -> Faits {
    let years = it.duree_possession_titre_sejour.map_or(Rational::ZERO, |it| it.0);
    let months = i32::try_from(years.numerator() * 12 / years.denominator()).unwrap_or_default();
    let day = |month: Month| month.first_day().map(|it| it.to_string());
    let arrived = month.plus(-months);
    let (nationality, permit, arrival) = match it.nationalite.as_deref() {
        None | Some("FR") => ("française", None, None),
        Some("PT") => ("européenne", None, day(arrived)),
        Some(_) => ("autre_nationalité", day(arrived.plus(-6)), None),
    };
    Faits::from([
        always("nationalité", nationality),
        always("titre_de_séjour_valable", true),
        always("dispensé_de_durée_de_titre", false),
        event("date_du_titre_de_séjour", permit.as_deref()),
        event("date_d_arrivée_en_France", arrival.as_deref()),
    ])
}

fn family_facts(case: &Case) -> Faits {
    let months_alone = if case.famille.rsa_isolement_recent { 6 } else { 12 * 26 };
    let alone = case.month.plus(-months_alone).first_day().map(|it| it.to_string());
    let alone = alone.filter(|_| !case.is_couple());
    let paid = |name: &str, amount, uprating| {
        (name.to_owned(), received(amount, uprating, case.month, |_| true))
    };
    let mut facts = Faits::from([
        event("date_d_isolement", alone.as_deref()),
        always("logement_de_la_famille", case.famille.proprietaire_proche_famille),
        paid("aspa_perçue", case.out.aspa.0, Uprating::Never),
        paid("paje_de_base_perçue", case.out.paje_base.0, received::BMAF),
        paid("aeeh_perçue", case.out.aeeh.0, received::BMAF),
        ("premier_mois_d_aide_au_logement".to_owned(), reviewed_each_month(case.month)),
    ]);
    for fact in ["prepare_perçue", "rsa_perçu"].into_iter().chain(crate::past::facts()) {
        facts.insert(fact.to_owned(), Fait::toujours(Rational::ZERO));
    }
    facts
}

/// The witness looks at the income anew each month: as if the claim were always of that month.
fn reviewed_each_month(now: Month) -> Fait {
    let months = (0..=12).rev().map(|ago| now.plus(-ago));
    let point = |month: Month| {
        let day = month.first_day().map(|it| Valeur::Texte(it.to_string()));
        (month, day)
    };
    Fait::Série { depuis: months.map(point).collect(), jusqu_au: None, source: None }
}

fn dwelling_facts(case: &Case) -> Faits {
    let it = &case.menage;
    let status = match it.statut_occupation_logement.as_str() {
        "locataire_meuble" => "locataire_meublé",
        "proprietaire" => "propriétaire",
        "primo_accedant" => "accédant",
        "loge_gratuitement" => "logé_gratuitement",
        same => same,
    };
    Faits::from([
        always("zone_apl", case.mid.zone_apl.as_str()),
        always("territoire", territory(&it.depcom)),
        always("statut_d_occupation", status),
        always("loyer", it.loyer.0),
        always("participation_aux_frais", it.participation_frais),
        always("colocation", it.coloc),
        always("chambre", it.logement_chambre),
        always("chambre_chez_un_particulier", false),
        ("type_de_foyer".to_owned(), home(it)),
    ])
}

/// The witness counts every home as one without an agreement.
fn home(it: &CaseDwelling) -> Fait {
    match it.statut_occupation_logement.as_str() {
        "locataire_foyer" => Fait::toujours("foyer_non_conventionné"),
        _ => Fait::SansObjet,
    }
}

fn territory(insee: &str) -> &'static str {
    match insee.get(..3) {
        Some("971") => "guadeloupe",
        Some("972") => "martinique",
        Some("973") => "guyane",
        Some("974") => "la_réunion",
        Some("975") => "saint_pierre_et_miquelon",
        Some("976") => "mayotte",
        Some("977") => "saint_barthélemy",
        Some("978") => "saint_martin",
        _ => "métropole",
    }
}

fn is_unfit(it: &CasePerson) -> bool {
    it.inapte_travail || it.taux_incapacite.0 >= Rational::new(8, 10).unwrap_or(Rational::ONE)
}

fn activity(it: &CasePerson) -> Fait {
    let word = |witness: &str| match witness {
        "actif" => "en_emploi",
        "chomeur" => "au_chômage",
        "etudiant" => "en_études",
        "retraite" => "à_la_retraite",
        _ => "sans_activité",
    };
    let mut points: Vec<(Month, Option<Valeur>)> =
        it.activite.iter().map(|(from, name)| (month(from), Some(word(name).into()))).collect();
    // What the person did before the first month told changes nothing, but has to be something.
    match points.first_mut() {
        Some((first, _)) => *first = BEFORE(),
        None => points.push((BEFORE(), Some(word("inactif").into()))),
    }
    Fait::Série { depuis: points, jusqu_au: None, source: None }
}

/// The change points with an explicit zero before them, known up to the month asked about.
fn flow(points: &[(String, Decimal)], until: Month) -> Fait {
    let mut months = BTreeMap::from([(BEFORE(), Rational::ZERO)]);
    months.extend(points.iter().map(|(from, value)| (month(from), value.0)));
    let depuis = months.into_iter().map(|(from, value)| (from, Some(value.into()))).collect();
    Fait::Série { depuis, jusqu_au: Some(until), source: None }
}

fn always(name: &str, value: impl Into<Valeur>) -> (String, Fait) {
    (name.to_owned(), Fait::toujours(value))
}

fn event(name: &str, date: Option<&str>) -> (String, Fait) {
    (name.to_owned(), date.map_or(Fait::SansObjet, Fait::toujours))
}

fn at(list: &[Decimal], rank: usize) -> Rational {
    list.get(rank).map_or(Rational::ZERO, |it| it.0)
}

fn month(text: &str) -> Month {
    text.parse().unwrap_or_else(|_| BEFORE())
}
