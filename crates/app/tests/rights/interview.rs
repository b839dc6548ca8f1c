//! Question par question: the order, the rights narrowing, the way back.

use axum::http::StatusCode;

use crate::browser::{Browser, open};

/// Léa, alone: who lives here, and nothing else.
async fn lea() -> Browser {
    let mut page = open("/").await;
    page.follow("Question par question").await;
    page.must_see("Qui vit dans le logement ?");
    page.fill("Prénom ou initiale (facultatif)", "Léa")
        .fill("Date de naissance", "03/04/1990")
        .choose("La personne vit-elle en couple ?", "Non, seule (avec ou sans enfant)");
    page.press("Continuer").await;
    page
}

#[tokio::test]
async fn who_lives_here_comes_first_and_the_rights_appear() {
    let page = lea().await;
    assert_eq!(page.status, StatusCode::OK);
    page.must_see("Question 2");
    page.must_see("Les droits, pour l'instant");
    page.must_see("Revenu de solidarité active (RSA)");
    assert_eq!(page.carried("p.a1.name"), Some("Léa"));
}

#[tokio::test]
async fn passing_everything_ends_and_lists_what_was_passed() {
    let mut page = lea().await;
    let mut pages = 0;
    while !page.sees("Plus aucune question n'est utile") {
        page.press("Passer").await;
        pages += 1;
        assert!(pages < 40, "the interview never ends:\n{}", page.text());
    }
    page.must_see("Questions passées");
    page.press("Revenir à la question d'avant").await;
    page.must_not_see("Plus aucune question");
    page.press("Passer").await;
    page.press("Corriger Qui vit dans le logement ?").await;
    assert_eq!(page.value("Date de naissance"), Some("03/04/1990"));
    page.press("Continuer").await;
    page.must_see("Plus aucune question n'est utile");
    page.press("Voir le résultat complet").await;
    page.must_see("Droits et aides en novembre 2026");
    page.must_see("Léa, 36 ans");
}

#[tokio::test]
async fn not_knowing_everything_ends_too_and_is_never_asked_again() {
    let mut page = lea().await;
    let mut titles = Vec::new();
    while !page.sees("Plus aucune question n'est utile") {
        let title = page.title();
        assert!(!titles.contains(&title), "« {title} » is asked twice");
        titles.push(title);
        page.press("Je ne sais pas").await;
        assert_eq!(page.status, StatusCode::OK);
    }
    page.must_not_see("Questions passées");
}

#[tokio::test]
async fn back_shows_the_page_before_as_it_was_answered() {
    let mut page = lea().await;
    page.press("Revenir à la question d'avant").await;
    page.must_see("Qui vit dans le logement ?");
    assert_eq!(page.value("Prénom ou initiale (facultatif)"), Some("Léa"));
    page.fill("Prénom ou initiale (facultatif)", "Zoé");
    page.press("Continuer").await;
    page.must_see("Question 2");
    assert_eq!(page.carried("p.a1.name"), Some("Zoé"));
}

#[tokio::test]
async fn an_answer_is_corrected_from_the_list_of_all_of_them() {
    let mut page = lea().await;
    page.press("Passer").await;
    page.must_see("Toutes les réponses");
    page.must_see("Léa, 36 ans");
    page.press("Corriger Qui vit dans le logement ?").await;
    page.fill("Date de naissance", "03/04/1960");
    page.press("Continuer").await;
    page.must_see("Léa, 66 ans");
}

#[tokio::test]
async fn a_mistake_stays_on_its_page_and_loses_nothing() {
    let mut page = open("/droits/questions").await;
    page.fill("Prénom ou initiale (facultatif)", "Léa").fill("Date de naissance", "31/02/1990");
    page.press("Continuer").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.must_see("Il reste à corriger");
    page.must_see("ce jour n'existe pas");
    page.must_see("Dites si la personne vit seule ou en couple.");
    assert_eq!(page.value("Prénom ou initiale (facultatif)"), Some("Léa"));
}

#[tokio::test]
async fn both_ways_lead_to_the_same_result() {
    let mut page = open("/droits/exemples/bernard").await;
    let result = page.text();
    page.press("Question par question").await;
    assert_eq!(page.status, StatusCode::OK);
    // What he said he does not know is not asked again.
    page.must_see("Plus aucune question n'est utile");
    page.press("Tout le formulaire").await;
    page.must_see("Qui vit dans le logement ?");
    page.press("Résultat").await;
    assert_eq!(page.text(), result);
}

#[tokio::test]
async fn children_are_added_on_the_page_of_the_interview() {
    let mut page = open("/droits/questions").await;
    page.press("Ajouter un enfant").await;
    page.must_see("Enfant 1");
    assert!(page.address.starts_with("/droits/questions"));
    page.fill_in("Enfant 1", "Date de naissance", "01/02/2020")
        .choose("La personne vit-elle en couple ?", "Non, seule (avec ou sans enfant)");
    page.press("Continuer").await;
    page.must_see("Question 2");
    assert_eq!(page.carried("p.e1.birth"), Some("01/02/2020"));
}

#[tokio::test]
async fn what_the_last_answer_changed_is_told() {
    let mut page = lea().await;
    page.press("Passer").await;
    page.must_see("Depuis la dernière réponse");
    page.must_see("Rien n'a changé");
}

#[tokio::test]
async fn a_forged_trail_is_ignored() {
    let mut page = lea().await;
    page.forge("q.at", "people <script> tax.a9.x").forge("q.seen.0", "certain;n'importe;quoi");
    page.press("Continuer").await;
    assert_eq!(page.status, StatusCode::OK);
    page.must_see("Question 2");
}
