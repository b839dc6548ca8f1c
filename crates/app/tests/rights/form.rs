//! Describing a household.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use tower::ServiceExt;

use crate::browser::{open, routes_on};

#[tokio::test]
async fn from_the_first_page_to_the_result() {
    let mut page = open("/").await;
    page.follow("Commencer").await;
    page.must_see("Qui vit dans le logement ?");
    page.fill("Prénom ou initiale (facultatif)", "Léa")
        .fill("Date de naissance", "3/4/1990")
        .choose("Situation en ce moment", "Sans activité")
        .fill("Dans cette situation depuis (mois)", "01/2020")
        .choose("Nationalité", "Française")
        .choose("Une grossesse est-elle en cours ?", "Non")
        .choose("La personne vit-elle en couple ?", "Non, seule (avec ou sans enfant)")
        .choose("Depuis quand vit-elle sans conjoint ?", "Elle n'a jamais vécu en couple");
    page.press("Continuer").await;
    page.must_see("Quels sont les revenus du foyer ?");
    page.choose("Les revenus non cochés", "Aucun depuis janvier 2025")
        .choose("Épargne", "Aucune épargne");
    page.press("Continuer").await;
    page.must_see("Léa, année 2024");
    page.choose("Les cases laissées vides", "Rien de tel en 2024 : nous comptons 0 €")
        .choose("Les cases laissées vides", "Rien de tel en 2025 : nous comptons 0 €");
    page.press("Continuer").await;
    page.must_see("Quelles aides le foyer reçoit-il déjà ?");
    page.choose("Les aides non cochées", "Pas reçues depuis juillet 2026");
    page.press("Continuer").await;
    page.must_see("Comment le foyer est-il logé ?");
    page.fill("Commune ou code postal", "st etienne")
        .choose("Comment est-elle logée ?", "Hébergée ou logée gratuitement")
        .choose("Une participation aux frais est-elle payée ?", "Non")
        .fill("Logée ainsi depuis (mois)", "mars 2021");
    page.press("Voir le résultat").await;
    assert_eq!(page.status, StatusCode::OK);
    page.must_see("Droits et aides en novembre 2026");
    page.must_see("Revenu de solidarité active (RSA)");
    page.must_see("Les droits ouverts");
    page.must_see("Léa, 36 ans");
    page.must_not_see("À compléter");
}

#[tokio::test]
async fn a_mistake_brings_the_form_back_as_it_was() {
    let mut page = open("/droits").await;
    page.fill("Prénom ou initiale (facultatif)", "Léa <b>")
        .fill("Date de naissance", "31/02/1990")
        .choose("La personne vit-elle en couple ?", "Non, seule (avec ou sans enfant)");
    page.press("Continuer").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.must_see("Il reste à corriger");
    page.must_see("Léa <b>, date de naissance : ce jour n'existe pas.");
    assert!(page.html.contains("href=\"#p.a1.birth\""));
    assert!(page.html.contains("<title>À corriger\u{a0}:"));
    assert!(!page.html.contains("<b>"));
    assert_eq!(page.value("Date de naissance"), Some("31/02/1990"));
    assert_eq!(page.value("Prénom ou initiale (facultatif)"), Some("Léa <b>"));
    assert_eq!(page.carried("p.couple"), Some("alone"));
    page.fill("Date de naissance", "28/02/1990");
    page.press("Continuer").await;
    assert_eq!(page.status, StatusCode::OK);
    page.must_see("Quels sont les revenus du foyer ?");
}

#[tokio::test]
async fn whether_there_is_a_couple_has_to_be_said() {
    let mut page = open("/droits").await;
    page.press("Voir le résultat").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.must_see("Dites si la personne vit seule ou en couple.");
}

#[tokio::test]
async fn children_come_and_go() {
    let mut page = open("/droits").await;
    page.fill("Prénom ou initiale (facultatif)", "Léa").fill("Date de naissance", "03/04/1990");
    page.press("Ajouter un enfant").await;
    page.must_see("Enfant 1");
    assert_eq!(page.value("Prénom ou initiale (facultatif)"), Some("Léa"));
    page.fill_in("Enfant 1", "Prénom ou initiale (facultatif)", "Max");
    page.press("Ajouter un enfant").await;
    page.fill_in("Enfant 2", "Prénom ou initiale (facultatif)", "Zoé");
    page.press("Retirer Enfant 1").await;
    assert_eq!(page.carried("p.e1.name"), None);
    assert_eq!(page.carried("p.e2.name"), Some("Zoé"));
    page.must_not_see("Enfant 2");
}

#[tokio::test]
async fn a_child_is_not_older_than_its_parent() {
    let mut page = open("/droits").await;
    page.fill("Date de naissance", "03/04/1990")
        .choose("La personne vit-elle en couple ?", "Non, seule (avec ou sans enfant)");
    page.press("Ajouter un enfant").await;
    page.fill_in("Enfant 1", "Date de naissance", "03/04/1980");
    page.press("Continuer").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.must_see("un enfant naît après ses parents");
}

#[tokio::test]
async fn months_outside_the_rules_are_refused_on_their_field() {
    for month in ["01/1990", "13/2026", "12/2090", "bientôt"] {
        let mut page = open("/droits/exemples/nadia").await;
        page.fill("Mois étudié", month);
        page.press("Calculer").await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{month}");
        page.must_see("Il reste à corriger");
        assert_eq!(page.value("Mois étudié"), Some(month));
        assert_eq!(page.carried("p.a1.name"), Some("Nadia"));
    }
}

#[tokio::test]
async fn a_negative_rent_is_refused() {
    let mut page = open("/droits/exemples/nadia").await;
    page.press("Modifier Logement").await;
    page.fill("Loyer sans les charges, ou mensualité du prêt", "-20");
    page.press("Voir le résultat").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.must_see("Comment le foyer est-il logé ?");
    page.must_see("le montant ne peut pas être négatif");
    assert_eq!(page.value("Loyer sans les charges, ou mensualité du prêt"), Some("-20"));
}

#[tokio::test]
async fn several_communes_of_a_name_are_a_choice() {
    let mut page = open("/droits/exemples/nadia").await;
    page.press("Modifier Logement").await;
    page.fill("Commune ou code postal", "Saint-Denis");
    page.press("Voir le résultat").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.must_see("De quelle commune s'agit-il ?");
    page.choose("De quelle commune s'agit-il ?", "Saint-Denis (93200, 93210, 93380)");
    page.press("Voir le résultat").await;
    assert_eq!(page.status, StatusCode::OK);
    page.must_see("Saint-Denis (93)");
    page.press("Modifier Logement").await;
    assert_eq!(page.carried("h.insee"), Some("93066"));
}

#[tokio::test]
async fn a_commune_without_a_zone_leaves_the_aid_open() {
    let mut page = open("/droits/exemples/nadia").await;
    page.press("Modifier Logement").await;
    page.fill("Commune ou code postal", "Culey");
    page.press("Voir le résultat").await;
    page.must_see("À compléter");
    page.must_see("Zone de l'aide au logement");
    page.press("Modifier Logement").await;
    page.must_see("Nous ne connaissons pas la zone de cette commune");
}

#[tokio::test]
async fn an_unknown_commune_is_said_unknown() {
    let mut page = open("/droits/exemples/nadia").await;
    page.press("Modifier Logement").await;
    page.fill("Commune ou code postal", "Tandem-sur-Rien");
    page.press("Voir le résultat").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    page.must_see("Cette commune n'est pas dans notre liste");
}

#[tokio::test]
async fn steps_can_be_visited_in_any_order_without_losing_anything() {
    let mut page = open("/droits/exemples/karim-et-elise").await;
    for step in ["Logement", "Personnes", "Aides reçues", "Impôts", "Revenus", "Personnes"] {
        page.press(step).await;
        assert_eq!(page.status, StatusCode::OK, "{step}");
    }
    for (name, value) in [
        ("p.a1.name", "Karim"),
        ("i.a1.salary.2.net", "1824,90"),
        ("t.a1.2024.salary", "22222,40"),
        ("b.rest", "rien"),
        ("h.rent", "780"),
    ] {
        assert_eq!(page.carried(name), Some(value));
    }
    page.press("Résultat").await;
    page.must_see("Droits et aides en novembre 2026");
}

#[tokio::test]
async fn rows_of_income_can_be_added() {
    let mut page = open("/droits/exemples/nadia").await;
    page.press("Modifier Revenus").await;
    assert_eq!(page.carried("i.a1.salary.2.net"), None);
    let button = "Ajouter un changement de montant";
    // The first kind of income of the page comes first among the buttons: the salary.
    page.press_first(button).await;
    assert_eq!(page.carried("i.a1.salary.2.net"), Some(""));
    assert_eq!(page.carried("i.a1.salary.1.net"), Some("980,60"));
}

/// Whatever is posted, the answer is a page: never a crash, never an error of the server.
#[tokio::test]
async fn no_answer_breaks_the_form() {
    let words = [
        "",
        "-1",
        "1e9",
        "99999999999999999999",
        "oui",
        "rien",
        "inconnu",
        "31/02/2020",
        "01/0001",
        "00/0000",
        "2026-11",
        "é",
        "<script>",
        "\u{0}",
        "alone",
        "joint",
        "au_chômage",
        "Paris",
        "\u{202e}x",
    ];
    let names = [
        "month",
        "p.couple",
        "p.alone",
        "p.a1.birth",
        "p.a2.birth",
        "p.a1.activity",
        "p.e1.here",
        "p.e1.birth",
        "p.e12.here",
        "p.e13.here",
        "i.a1.salary",
        "i.a1.salary.1.net",
        "i.a1.salary.1.since",
        "i.a1.salary.rows",
        "i.a1.rest",
        "i.e1.rest",
        "t.a1.2024.salary",
        "t.a1.2024.rest",
        "b.rest",
        "b.rsa",
        "b.rsa.1.net",
        "b.rsa.1.since",
        "h.commune",
        "h.insee",
        "h.status",
        "h.rent",
        "from",
        "do",
        "check",
    ];
    let mut seed: u64 = 7;
    let mut next = |bound: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % bound
    };
    let addresses = [
        "/droits/personnes",
        "/droits/revenus",
        "/droits/impots",
        "/droits/logement",
        "/droits/resultat",
    ];
    for _ in 0..300 {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.append_pair("p.couple", ["alone", "joint", "separate"][next(3)]);
        for _ in 0..next(12) {
            form.append_pair(names[next(names.len())], words[next(words.len())]);
        }
        let body = form.finish();
        let request =
            Request::post(addresses[next(addresses.len())]).body(Body::from(body.clone())).unwrap();
        let status = routes_on("2026-11-22").oneshot(request).await.unwrap().status();
        assert!(
            status == StatusCode::OK || status == StatusCode::UNPROCESSABLE_ENTITY,
            "{status}: {body}"
        );
    }
}
