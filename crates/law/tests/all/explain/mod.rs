//! Explanations, on a small law: what is said, word for word.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod truth;

use base::Month;
use law::situation::read;
use law::{AidResult, DetailKind, Explanation, Law, SourceFile};

const TEXT: &str = "
donnée date_de_naissance : date par personne, permanente « date de naissance »
donnée salaire : €/mois par personne, flux « salaire net »
donnée loyer : €/mois par ménage, état « loyer »
paramètre forfait : €/mois « montant forfaitaire » depuis 2025-04 : 646,52 source « décret 2025 » <https://exemple.fr/2025>
  depuis 2026-04 : 651,69 source « décret 2026 » à revoir avant 2027-04-30
règle âge : ans par personne « âge » = ans_révolus(date_de_naissance)
règle ressources : €/mois par famille « ressources du foyer » source « CASF R262-6 »
  = somme des membres de salaire
article « CASF L262-2 » <https://exemple.fr/L262-2>
aide secours : €/mois par famille « secours »
  conditions
    âge : un des parents vérifie (âge ≥ 25 ans) « avoir 25 ans » source « CASF L262-4 »
    ressources : ressources < forfait « avoir peu de ressources »
    séjour : à vérifier « le droit au séjour »
  montant = forfait − ressources + supplément, au minimum 0, arrondi au centime
  où supplément « supplément pour le loyer » = loyer × 10 %
  versé à partir de 15 €/mois
";

fn law() -> Law {
    let file = SourceFile { name: "essai.droit".to_owned(), text: TEXT.to_owned() };
    let (law, diagnostics) = Law::load(vec![file]);
    law.unwrap_or_else(|| panic!("{diagnostics:#?}"))
}

fn explained(born: &str, wage: &str, rent: &str, month: &str) -> (AidResult, Explanation) {
    let law = law();
    let rent = if rent.is_empty() { String::new() } else { format!("\"loyer\": {rent}") };
    let wage = if wage.is_empty() { String::new() } else { format!(", \"salaire\": {wage}") };
    let json = format!(
        r#"{{"personnes": [{{"id": "a", "nom": "Alix", "faits": {{"date_de_naissance": "{born}"{wage}}}}}],
            "familles": [{{"demandeur": "a"}}],
            "foyers_fiscaux": [{{"déclarants": ["a"]}}],
            "ménages": [{{"occupants": ["a"], "faits": {{{rent}}}}}]}}"#
    );
    let (_, household) = read(&law, json.as_bytes()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let month: Month = month.parse().unwrap();
    let evaluation = law.evaluate(&household, month);
    let aid = evaluation.aids[0].clone();
    let explanation = law.explain(&household, &evaluation, &aid);
    (aid, explanation)
}

/// Spaces of every width read the same.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn an_impossible_calculation_is_told_with_its_reason_and_nothing_else() {
    let (aid, told) = explained("1990-01-01", "200", "300", "2025-03");
    assert_eq!(aid.status, law::Status::Impossible);
    assert_eq!(
        plain(&told.sentence),
        "Calcul impossible en mars 2025 : les règles ne connaissent pas « montant forfaitaire » pour le mois 2025-03 : \
         elles commencent en 2025-04."
    );
    assert!(told.lines.is_empty() && told.because.is_empty() && told.why_not.is_empty());
    let rule = told.details.iter().find(|it| it.kind == DetailKind::Rule).unwrap();
    assert_eq!(rule.value, "calcul impossible");
}

#[test]
fn a_right_is_told_in_a_sentence_and_in_lines() {
    let (_, told) = explained("1990-01-01", "200", "300", "2026-05");
    assert_eq!(
        plain(&told.sentence),
        "481,69 € par mois en mai 2026, sous réserve de vérifier : le droit au séjour."
    );
    let lines: Vec<String> = told
        .lines
        .iter()
        .map(|it| plain(&format!("{} {} {}", it.operator.unwrap_or(" "), it.label, it.value)))
        .collect();
    assert_eq!(
        lines,
        [
            "  montant forfaitaire 651,69 € par mois",
            "− ressources du foyer 200,00 € par mois",
            "+ supplément pour le loyer 30,00 € par mois",
            "  montant par mois 481,69 €",
        ]
    );
    assert_eq!(told.because, ["avoir 25 ans", "avoir peu de ressources"]);
    assert!(told.why_not.is_empty());
}

#[test]
fn everything_it_read_is_told_with_its_source() {
    let (_, told) = explained("1990-01-01", "200", "300", "2026-05");
    let param = told.details.iter().find(|it| it.kind == DetailKind::Parameter).unwrap();
    assert_eq!(plain(&param.value), "651,69 € par mois");
    assert_eq!(param.since.unwrap().to_string(), "2026-04-01");
    assert_eq!(param.sources[0].title, "décret 2026");
    assert!(!param.review_passed);
    let aid = &told.details[0];
    assert_eq!((aid.depth, aid.sources[0].title.as_str()), (0, "CASF L262-2"));
    let fact = told.details.iter().find(|it| it.label == "salaire net").unwrap();
    assert_eq!((fact.kind, fact.about.as_str()), (DetailKind::Fact, "Alix"));
    let formula = plain(aid.formula.as_ref().unwrap());
    assert!(
        formula.starts_with(
            "montant forfaitaire (651,69 € par mois) − ressources du foyer (200,00 € par mois)"
        ),
        "{formula}"
    );
    assert!(formula.ends_with("au minimum 0, arrondi au centime"), "{formula}");
}

#[test]
fn a_value_past_its_review_date_is_told() {
    let (_, told) = explained("1990-01-01", "200", "300", "2027-06");
    assert!(told.details.iter().any(|it| it.label == "montant forfaitaire" && it.review_passed));
}

#[test]
fn a_refusal_says_how_far() {
    let (_, told) = explained("2003-01-01", "651.70", "300", "2026-05");
    let found: Vec<String> = told
        .why_not
        .iter()
        .map(|it| plain(&format!("{} | {}", it.condition, it.sentence)))
        .collect();
    assert_eq!(
        found,
        [
            "avoir 25 ans | Alix — âge : 23 ans, il faut 25 ans, il manque 2 ans",
            "avoir peu de ressources | ressources du foyer : 651,70 € par mois, pour une limite de 651,69 €, soit 0,01 € de trop",
        ]
    );
    assert_eq!(told.why_not[0].sources[0].title, "CASF L262-4");
    assert!(plain(&told.sentence).starts_with("Pas de droit en mai 2026 : il faut avoir 25 ans"));
}

#[test]
fn below_the_threshold_says_so() {
    let (aid, told) = explained("1990-01-01", "640", "10", "2026-05");
    assert_eq!(aid.amount, Some(0.into()));
    let found = plain(&format!("{} | {}", told.why_not[0].condition, told.why_not[0].sentence));
    assert_eq!(
        found,
        "atteindre le seuil de versement de 15,00 € | le montant calculé est de 12,69 € par mois"
    );
}

#[test]
fn what_is_missing_is_named() {
    let (_, told) = explained("1990-01-01", "", "", "2026-05");
    assert_eq!(told.missing, ["salaire net — Alix", "loyer"]);
    assert_eq!(told.sentence, "À compléter : il manque salaire net — Alix, et une autre réponse.");
}
