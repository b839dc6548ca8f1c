//! Reading the result.

use axum::http::StatusCode;

use crate::browser::open;

#[tokio::test]
async fn examples_are_one_click_away() {
    for (link, word) in [
        ("Nadia, seule avec deux enfants", "Nadia, 35 ans"),
        ("Karim et Élise, trois enfants", "Élise, 38 ans"),
        ("Bernard, en fin de droits au chômage", "Bernard, 58 ans"),
    ] {
        let mut page = open("/").await;
        page.follow(link).await;
        assert_eq!(page.status, StatusCode::OK);
        page.must_see("Droits et aides en novembre 2026");
        page.must_see(word);
    }
}

#[tokio::test]
async fn a_right_says_how_much_why_and_from_which_law() {
    let page = open("/droits/exemples/nadia").await;
    page.must_see("Prime d'activité Certain");
    page.must_see("€ par mois");
    page.must_see("conditions sont remplies");
    page.must_see("Tout le détail : règles, valeurs, sources");
    page.must_see("CSS L842-3");
    page.must_see("SMIC horaire");
    assert!(page.html.contains("href=\"https://www.legifrance.gouv.fr/"));
}

#[tokio::test]
async fn an_excluded_right_says_the_condition_and_the_distance() {
    let page = open("/droits/exemples/nadia").await;
    page.must_see("Pas de droit ce mois-là");
    page.must_see("Condition non remplie :");
    page.must_see("il manque 1 personne");
    page.must_see("de trop");
}

#[tokio::test]
async fn a_right_under_reserve_says_what_to_check() {
    let page = open("/droits/exemples/nadia").await;
    page.must_see("Sous réserve");
    page.must_see("À vérifier avec la personne");
    page.must_see("sous réserve d'une vérification");
}

#[tokio::test]
async fn a_missing_answer_leads_to_its_question_with_everything_kept() {
    let mut page = open("/droits/exemples/bernard").await;
    page.must_see("À compléter");
    page.press("Pension d'invalidité — Bernard, de janvier à décembre 2024").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.address, "/droits/impots#t.a1.2024.invalidity");
    page.must_see("Que dit l'avis d'impôt ?");
    assert_eq!(page.carried("i.a1.unemployment.2.net"), Some("704"));
    assert_eq!(page.carried("p.a1.name"), Some("Bernard"));
}

#[tokio::test]
async fn with_answers_missing_it_says_what_is_certain_and_between_which_amounts() {
    let page = open("/droits/exemples/bernard").await;
    page.must_see("Revenu de solidarité active (RSA) Certain Entre ");
    page.must_see("Il manque, pour le montant exact");
    page.must_see("Aide au logement (APL, ALF ou ALS) Possible Jusqu'à ");
    page.must_see("1 droit possible, à compléter");
}

#[tokio::test]
async fn not_knowing_is_an_answer_beside_each_box() {
    let mut page = open("/droits/exemples/nadia").await;
    page.press("Modifier Logement").await;
    page.tick("h.rent.unknown");
    page.press("Voir le résultat").await;
    assert_eq!(page.status, StatusCode::OK);
    page.must_see("Loyer ou mensualité Je ne sais pas");
    page.must_see("Aide au logement (APL, ALF ou ALS) Possible");
    page.must_see("(réponse : je ne sais pas)");
    page.press("Modifier Logement").await;
    assert_eq!(page.value("Loyer sans les charges, ou mensualité du prêt"), Some("412,50"));
    assert_eq!(page.carried("h.rent.unknown"), Some("oui"));
}

#[tokio::test]
async fn the_month_can_be_changed() {
    let mut page = open("/droits/exemples/nadia").await;
    assert_eq!(page.value("Mois étudié"), Some("11/2026"));
    page.fill("Mois étudié", "10/2026");
    page.press("Calculer").await;
    assert_eq!(page.status, StatusCode::OK);
    page.must_see("Droits et aides en octobre 2026");
    page.press("Modifier Personnes").await;
    page.must_see("Nous étudions octobre 2026");
    page.press("Voir le résultat").await;
    page.must_see("Droits et aides en octobre 2026");
}

#[tokio::test]
async fn a_nearly_empty_form_promises_nothing() {
    let mut page = open("/droits").await;
    page.choose("La personne vit-elle en couple ?", "Non, seule (avec ou sans enfant)");
    page.press("Voir le résultat").await;
    assert_eq!(page.status, StatusCode::OK);
    page.must_see("Aucun droit certain pour l'instant");
    page.must_not_see("Les droits ouverts");
    page.must_see("Date de naissance");
}

#[tokio::test]
async fn what_is_already_received_is_told_apart() {
    let page = open("/droits/exemples/nadia").await;
    page.must_see("le foyer en reçoit déjà 153,01 €");
    let page = open("/droits/exemples/karim-et-elise").await;
    page.must_not_see("en reçoit déjà");
}

#[tokio::test]
async fn a_bonus_that_will_move_says_so() {
    let page = open("/droits/exemples/karim-et-elise").await;
    page.must_see("Elle baissera quand les nouvelles aides auront été versées.");
}

#[tokio::test]
async fn a_month_far_ahead_warns_that_values_may_have_changed() {
    let mut page = open("/droits/exemples/nadia").await;
    page.must_not_see("a dépassé sa date de révision");
    page.fill("Mois étudié", "11/2028");
    page.press("Calculer").await;
    assert_eq!(page.status, StatusCode::OK);
    page.must_see("Droits et aides en novembre 2028");
}
