//! What is told is what was computed, for the right person, month and case.

use base::Month;
use law::situation::read;
use law::{DetailKind, Explanation, Law, SourceFile};

use super::plain;

const GROUND: &str = "
donnée date_de_naissance : date par personne, permanente « date de naissance »
donnée salaire : €/mois par personne, flux « salaire »
donnée étudiant : oui_non par personne, état « étudiant »
donnée loyer : €/mois par ménage, état « loyer »
";

/// Two families under two roofs: Ana, the partner of Bob who applies, and Cléo alone.
const PEOPLE: &str = r#"{
  "personnes": [
    {"id": "ana", "nom": "Ana", "faits": {"étudiant": true, "salaire": 100}},
    {"id": "bob", "nom": "Bob", "faits": {"étudiant": false, "salaire": 200}},
    {"id": "cléo", "nom": "Cléo", "faits": {"étudiant": true, "salaire": 50}}
  ],
  "familles": [{"demandeur": "bob", "conjoint": "ana"}, {"demandeur": "cléo"}],
  "foyers_fiscaux": [{"déclarants": ["ana", "bob"]}, {"déclarants": ["cléo"]}],
  "ménages": [
    {"occupants": ["ana", "bob"], "faits": {"loyer": 300}},
    {"occupants": ["cléo"], "faits": {"loyer": 700}}
  ]
}"#;

/// The explanations of the only aid, one for each family.
fn told(text: &str) -> Vec<Explanation> {
    let text = format!("{GROUND}{text}");
    let (law, diagnostics) = Law::load(vec![SourceFile { name: "essai.droit".to_owned(), text }]);
    let law = law.unwrap_or_else(|| panic!("{diagnostics:#?}"));
    let (_, household) =
        read(&law, PEOPLE.as_bytes()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let month: Month = "2026-05".parse().unwrap();
    let evaluation = law.evaluate(&household, month);
    evaluation.aids.iter().map(|it| law.explain(&household, &evaluation, it)).collect()
}

fn lines(told: &Explanation) -> Vec<String> {
    let line = |it: &law::Line| {
        plain(&format!("{} {} : {}", it.operator.unwrap_or(" "), it.label, it.value))
    };
    told.lines.iter().map(line).collect()
}

fn formula(told: &Explanation, label: &str) -> String {
    let detail = told.details.iter().find(|it| it.label == label).unwrap();
    plain(detail.formula.as_deref().unwrap_or_default())
}

fn why_not(told: &Explanation) -> Vec<String> {
    told.why_not.iter().map(|it| plain(&it.sentence)).collect()
}

#[test]
fn the_lines_add_up_to_the_total() {
    let text = "aide a : €/mois par famille conditions c : loyer > 0
        montant = loyer + (100 €/mois − loyer, au minimum 0) + (loyer × 1 %, arrondi à 10 €)";
    assert_eq!(
        lines(&told(text)[0]),
        ["  loyer : 300,00 € par mois", "  montant par mois : 300,00 €",]
    );
    let text = "aide a : €/mois par famille conditions c : loyer > 0
        montant = loyer − 100,60 €/mois, arrondi à l'euro inférieur";
    assert_eq!(
        lines(&told(text)[0]),
        [
            "  loyer : 300,00 € par mois",
            "− 100,60 € par mois : 100,60 € par mois",
            "  avant arrondi ou minimum : 199,40 €",
            "  montant par mois : 199,00 €",
        ]
    );
}

#[test]
fn half_a_calculation_is_not_shown() {
    let text = "donnée autre : €/mois par famille, état « autre »
        aide a : €/mois par famille conditions c : loyer > 0 montant = loyer − autre";
    let told = told(text);
    assert_eq!(told[0].missing, ["autre — famille de Bob"]);
    assert!(told[0].lines.is_empty());
}

#[test]
fn a_bound_says_on_which_side() {
    let text = "règle r : €/mois par famille « r » = loyer − 400 €/mois, au maximum 0
        règle s : €/mois par famille « s » = loyer − 400 €/mois, au minimum 0
        règle t : €/mois par famille « t » = min(loyer, max(loyer, 1 €/mois))
        aide a : €/mois par famille conditions c : loyer > 0 montant = loyer + r + s + t";
    let told = told(text);
    assert!(formula(&told[0], "r").ends_with("− 400,00 € par mois, au maximum 0"));
    assert!(formula(&told[0], "s").ends_with("− 400,00 € par mois, au minimum 0"));
    assert_eq!(
        formula(&told[0], "t"),
        "le plus petit entre loyer (300,00 € par mois) et (le plus grand entre loyer (300,00 € par mois) et 1,00 € par mois)"
    );
}

#[test]
fn each_family_reads_its_own() {
    let text = "règle part_du_loyer : €/mois par famille « part du loyer » = loyer × 10 %
        règle effort : €/mois par famille « effort » = somme des membres de (salaire × 0 + part_du_loyer)
        aide a : €/mois par famille conditions c : loyer > 0 montant = effort";
    let told = told(text);
    let rents = |told: &Explanation| -> Vec<String> {
        let rules = told.details.iter().filter(|it| it.label == "part du loyer");
        rules.map(|it| plain(&format!("{} {}", it.about, it.value))).collect()
    };
    assert_eq!(rents(&told[0]), ["famille de Bob 30,00 € par mois"]);
    assert_eq!(rents(&told[1]), ["famille de Cléo 70,00 € par mois"]);
}

#[test]
fn a_refusal_speaks_of_the_applicant() {
    let text = "règle étudie : oui_non par personne « faire des études » = étudiant
        règle travaille : oui_non par personne « travailler » = salaire > 150 €/mois
        aide a : €/mois par famille conditions
          c : étudie(demandeur) « étudier »
          d : travaille(demandeur) « travailler »
          e : un des parents vérifie (étudie et travaille) « étudier et travailler »
        montant = loyer";
    let told = told(text);
    // Bob applies; Ana, first of the household, studies.
    assert_eq!(why_not(&told[0])[0], "Bob — étudiant : non");
    assert_eq!(
        why_not(&told[1])[0],
        "Cléo — salaire : 50,00 € par mois, il faut plus de 150,00 €, il manque 100,00 €"
    );
}

#[test]
fn what_was_not_looked_at_is_not_a_reason() {
    // Bob does not study: whether he works was not asked, and he does.
    let text = "règle travaille : oui_non par personne « travailler » = salaire > 150 €/mois
        règle les_deux : oui_non par personne « les deux » = étudiant et travaille
        règle quelqu_un_travaille : oui_non par famille « quelqu'un travaille » = un des membres vérifie travaille
        aide a : €/mois par famille conditions
          d : quelqu_un_travaille
          c : les_deux(demandeur) « étudier et travailler »
        montant = loyer";
    assert_eq!(why_not(&told(text)[0]), ["Bob — étudiant : non"]);
}

#[test]
fn a_limit_is_told_from_the_side_of_what_was_found() {
    let text = "aide a : €/mois par famille conditions
          c : 200 €/mois ≥ loyer « petit loyer »
          d : loyer < 300 €/mois « loyer de moins de 300 € »
        montant = loyer";
    assert_eq!(
        why_not(&told(text)[0]),
        [
            "loyer : 300,00 € par mois, pour une limite de 200,00 €, soit 100,00 € de trop",
            "loyer : 300,00 € par mois, il faut moins",
        ]
    );
}

#[test]
fn years_and_euros_are_not_compared() {
    let text = "règle a_écrit : ans par famille « ancienneté » = si loyer > 0 alors 3 ans sinon 0
        aide a : €/mois par famille conditions
          c : loyer < 100 €/mois ou a_écrit ≥ 5 ans « petit loyer ou ancien »
        montant = loyer";
    // Two years are not nearer than 200 €: the first alternative written is told.
    let first = "loyer : 300,00 € par mois, pour une limite de 100,00 €, soit 200,00 € de trop";
    assert_eq!(why_not(&told(text)[0]), [first]);
}

#[test]
fn every_line_of_a_table_that_was_read_is_told() {
    let text = "table barème(n : personnes) : €/mois « barème » depuis 2020-01 source « s »
          ligne 1 : 10 ligne 2 et plus : 25
        aide a : €/mois par famille conditions c : loyer > 0 montant = barème(1) + barème(nombre de membres)";
    let told = told(text);
    let read = told[0].details.iter().filter(|it| it.kind == DetailKind::Parameter);
    let read: Vec<String> = read.map(|it| plain(&format!("{} : {}", it.label, it.value))).collect();
    assert_eq!(
        read,
        ["barème (1 personne) : 10,00 € par mois", "barème (2 personnes) : 25,00 € par mois"]
    );
}

#[test]
fn all_the_months_of_a_fact_are_told() {
    let text = "règle avant : €/mois par personne « avant » = moyenne sur M-3 à M-2 de salaire
        aide a : €/mois par famille conditions c : loyer > 0
          montant = salaire(demandeur) + avant(demandeur)";
    let told = told(text);
    let facts: Vec<_> = told[0].details.iter().filter(|it| it.label == "salaire").collect();
    assert_eq!(facts.len(), 1);
    assert_eq!(facts[0].period.as_deref(), Some("de février à mai 2026"));
    assert_eq!(facts[0].provenance.as_deref(), Some("déclaré"));
}

#[test]
fn months_are_those_of_the_month_the_rule_was_read_for() {
    let text = "règle moyen : €/mois par personne « moyen » = moyenne sur M-2 à M-1 de salaire
        règle passé : €/mois par personne « passé » = moyen à M-6
        aide a : €/mois par famille conditions c : loyer > 0 montant = passé(demandeur)";
    let told = told(text);
    assert_eq!(formula(&told[0], "moyen"), "moyenne de salaire (de septembre à octobre 2025)");
}

#[test]
fn the_exception_that_applied_is_named() {
    let text = "règle taux_du_cas : taux par famille « taux » = 10 %
          sauf « gros loyer » si loyer > 500 €/mois : 20 %
        aide a : €/mois par famille conditions c : loyer > 0 montant = loyer × taux_du_cas";
    let told = told(text);
    assert_eq!(formula(&told[0], "taux"), "");
    assert_eq!(formula(&told[1], "taux"), "20 % (« gros loyer »)");
}

#[test]
fn a_count_says_who_was_counted() {
    let text = "règle étudiants : personnes par famille « étudiants » = nombre de membres tels que étudiant
        aide a : €/mois par famille conditions c : loyer > 0 montant = 10 €/mois × (étudiants + 1)";
    assert_eq!(
        formula(&told(text)[0], "étudiants"),
        "nombre de membres (choisis selon : étudiant) (1 personne)"
    );
}

#[test]
fn an_amount_is_told_in_its_own_unit() {
    let text = "aide a : € par famille conditions c : loyer > 0 montant = 50 €";
    assert_eq!(plain(&told(text)[0].sentence), "50,00 € en mai 2026.");
}
