//! The months to come, what if, the budget: from the result and back, nothing lost.

use app::rights::assess::Standing;
use app::rights::pages::{MonthsPage, ResultPage, Sampled};
use axum::http::StatusCode;
use law::Law;
use web::format::money;

use crate::browser::{Browser, open};

async fn from_result(example: &str, view: &str) -> Browser {
    let mut page = open(&format!("/droits/exemples/{example}")).await;
    page.press(view).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    page
}

#[tokio::test]
async fn the_months_to_come_show_amounts_changes_and_what_is_supposed() {
    let page = from_result("nadia", "Les mois qui viennent").await;
    page.must_see("Voici les droits de novembre 2026 à octobre 2029");
    page.must_see("Ce que nous supposons");
    page.must_see("supposé inchangé");
    page.must_see("Ce qui change, et pourquoi");
    page.must_see("Les montants, mois par mois");
    page.must_see("Allocations familiales");
    assert!(page.html.contains("role=\"img\""));
}

#[tokio::test]
async fn what_a_missing_answer_hides_is_said_for_the_months_to_come() {
    let page = from_result("bernard", "Les mois qui viennent").await;
    page.must_see("à compléter");
}

#[tokio::test]
async fn a_view_loses_no_answer() {
    let mut page = open("/droits/exemples/nadia").await;
    let result = page.text();
    for view in ["Les mois qui viennent", "Et si…", "Si les revenus changeaient"] {
        page.press(view).await;
        assert_eq!(page.status, StatusCode::OK, "{view}");
        assert_eq!(page.carried("p.a1.name"), Some("Nadia"));
    }
    page.press("Les droits du mois").await;
    assert_eq!(page.text(), result);
}

#[tokio::test]
async fn the_month_studied_goes_along() {
    let mut page = open("/droits/exemples/nadia").await;
    page.fill("Mois étudié", "10/2026");
    page.press("Les mois qui viennent").await;
    page.must_see("Voici les droits d'octobre 2026 à septembre 2029");
    page.press("Les droits du mois").await;
    page.must_see("Droits et aides en octobre 2026");
}

#[tokio::test]
async fn a_job_is_compared_aid_by_aid() {
    let mut page = from_result("bernard", "Et si…").await;
    page.must_see("Que pourrait-il arriver ?");
    page.must_not_see("Ce qui est gagné");
    page.choose("Que pourrait-il arriver ?", "Un emploi");
    page.fill("Salaire : montant net social", "1400");
    page.press("Comparer").await;
    assert_eq!(page.status, StatusCode::OK);
    page.must_see("Un emploi à 1 400,00 € par mois pour Bernard");
    page.must_see("Ce qui est gagné");
    page.must_see("Ce qui est perdu");
    page.must_see("Chaque aide, en tout sur la période");
    page.must_see("supposé égal à 103,6 % du montant net social");
    page.must_see("de revenus en plus");
}

#[tokio::test]
async fn the_job_one_has_changes_nothing() {
    let mut page = from_result("nadia", "Et si…").await;
    page.choose("Que pourrait-il arriver ?", "Un emploi");
    page.fill("Salaire : montant net social", "980,60").fill("Net imposable", "1016,40");
    page.press("Comparer").await;
    assert_eq!(page.status, StatusCode::OK);
    page.must_see("Les aides ne changent pas, en tout.");
    page.must_see("Aucune aide n'augmente.");
    page.must_see("Aucune aide ne baisse.");
}

#[test]
fn the_first_of_the_months_to_come_is_the_month_of_the_result() {
    let (law, today) = (Law::national(), "2026-11-22".parse().unwrap());
    let results = ResultPage::samples(law, today);
    let mut compared = 0;
    for (name, page) in MonthsPage::samples(law, today) {
        let of_result = results.iter().find(|(it, _)| name.ends_with(it.as_str()));
        let assessment = &of_result.unwrap().1.assessment;
        if assessment.aids.iter().any(|it| it.amount.is_none()) {
            continue;
        }
        let totals = [Standing::Certain, Standing::ToCheck].map(|it| assessment.total(it));
        let total = totals[0].checked_add(totals[1]).unwrap();
        assert_eq!(page.months.rows[0].cells.last(), Some(&money(total)), "{name}");
        compared += 1;
    }
    assert!(compared >= 2, "{compared}");
}

#[tokio::test]
async fn a_birth_brings_family_benefits() {
    let mut page = from_result("nadia", "Et si…").await;
    page.choose("Que pourrait-il arriver ?", "Une naissance");
    page.fill("Date prévue de la naissance", "12/04/2027");
    page.press("Comparer").await;
    assert_eq!(page.status, StatusCode::OK);
    page.must_see("Allocations familiales :");
    page.must_see("d'aides en plus sur la période");
}

#[tokio::test]
async fn an_event_half_told_comes_back_filled() {
    let mut page = from_result("nadia", "Et si…").await;
    page.choose("Que pourrait-il arriver ?", "Un emploi").fill("À partir de (mois)", "01/2020");
    page.press("Comparer").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.must_see("Salaire : montant net social : remplissez cette case.");
    page.must_see("choisissez un mois après novembre 2026");
    assert_eq!(page.carried("p.a1.name"), Some("Nadia"));
    assert_eq!(page.carried("x.kind"), Some("job"));
}

#[tokio::test]
async fn only_a_couple_can_separate() {
    let page = from_result("nadia", "Et si…").await;
    page.must_not_see("Une séparation");
    let mut page = from_result("karim-et-elise", "Et si…").await;
    page.choose("Que pourrait-il arriver ?", "Une séparation")
        .choose("Qui quitte le logement ?", "Karim")
        .fill("Loyer de la personne qui part, sans les charges", "480")
        .choose("Son logement", "Locataire d'un logement vide, privé");
    page.press("Comparer").await;
    assert_eq!(page.status, StatusCode::OK);
    page.must_see("Une séparation, Karim quitte le logement");
}

#[tokio::test]
async fn the_budget_curve_has_its_figures() {
    let page = from_result("nadia", "Si les revenus changeaient").await;
    page.must_see("Salaire net par mois");
    page.must_see("Les chiffres de la courbe");
    page.must_see("1 000,00 €");
    page.must_see("Là où l'on gagne moins en gagnant plus");
    page.must_see("Ce qui changerait");
    assert!(page.html.contains("class=\"curve-strong\""));
}

#[tokio::test]
async fn the_curve_of_the_rent_and_of_the_age() {
    let mut page = from_result("karim-et-elise", "Si les revenus changeaient").await;
    page.choose("Qu'est-ce qui change ?", "Le loyer");
    page.press("Tracer").await;
    page.must_see("Loyer par mois, sans les charges");
    page.choose("Qu'est-ce qui change ?", "L'âge du plus jeune enfant");
    page.press("Tracer").await;
    page.must_see("18 ans");
}

#[tokio::test]
async fn without_the_answers_the_curve_says_so() {
    let mut page = open("/droits").await;
    page.choose("La personne vit-elle en couple ?", "Non, seule (avec ou sans enfant)");
    page.press("Voir le résultat").await;
    page.press("Si les revenus changeaient").await;
    assert_eq!(page.status, StatusCode::OK);
    page.must_see("Il manque des réponses pour tracer la courbe.");
}

#[tokio::test]
async fn these_pages_alone_open_the_form() {
    for address in ["/droits/mois", "/droits/et-si", "/droits/budget"] {
        let page = open(address).await;
        assert_eq!(page.status, StatusCode::OK);
        page.must_see("Qui vit dans le logement ?");
    }
}
