//! The one way a text is written.

use law_syntax::format;

use crate::docs::check_format_is_faithful;

/// `expected` is the text formatted; it is its own format.
#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(format(text).unwrap(), expected);
    check_format_is_faithful(text);
}

#[test]
fn symbols_numbers_and_blanks() {
    check(
        "règle x:taux par famille=a!=b*-1234567,50-3%",
        "règle x : taux par famille\n  = a ≠ b × −1 234 567,50 − 3 %\n",
    );
}

#[test]
fn years_are_not_thousands() {
    check(
        "règle x : oui_non par famille = année_de(d) = 2026 et a > 1000€/mois et b>10000",
        "règle x : oui_non par famille\n  = année_de(d) = 2026 et a > 1 000 €/mois et b > 10 000\n",
    );
}

#[test]
fn clauses_are_put_in_order() {
    check(
        "aide x : € par famille exemple → 1 choisi par c versé à partir de 6 € où a = 1 montant = a \
         conditions n : à vérifier « v » ; m : b « w » source « s » masquée source « t »",
        "\
aide x : € par famille
  source « t »
  masquée
  conditions
    n : à vérifier « v »
    m : b « w » source « s »
  montant = a
  où a = 1
  versé à partir de 6 €
  choisi par c
  exemple → 1
",
    );
    check(
        "choix c « x » décidé par « y » le 2026-01-01 alternatives « a » ; « b » « c » motif « m »",
        "\
choix c « x »
  motif « m »
  alternatives « a », « b », « c »
  décidé par « y » le 2026-01-01
",
    );
}

#[test]
fn the_clauses_of_a_fact_are_put_in_order() {
    check(
        "donnée l : €/mois par ménage, état « loyer » entre 0 €/mois et 9 €/mois modifiable « changer » \
         sensible connue par 80% demande 20 secondes groupe « Le logement » question « Combien ? »",
        "\
donnée l : €/mois par ménage, état « loyer »
  question « Combien ? »
  groupe « Le logement »
  demande 20 secondes
  connue par 80 %
  sensible
  modifiable « changer »
  entre 0 €/mois et 9 €/mois
",
    );
}

#[test]
fn thresholds_reviews_and_properties() {
    check(
        "aide x : € par famille exemple → 1 effet de seuil assumé « peu » source « a » \
         réexamen tous les 3 mois source « b » ; source « c » choisi par d montant = a source « t »",
        "\
aide x : € par famille
  source « t »
  montant = a
  réexamen tous les 3 mois source « b » source « c »
  choisi par d
  effet de seuil assumé « peu » source « a »
  exemple → 1
",
    );
    check(
        "propriété p « jamais négatif » toujours : x≥0 par famille source « s »",
        "\
propriété p « jamais négatif » source « s »
  toujours : x ≥ 0 par famille
",
    );
    check(
        "propriété p « q » pourvu que a et b quand s augmente : r n’augmente pas",
        "\
propriété p « q »
  quand s augmente : r n'augmente pas
  pourvu que a et b
",
    );
    check(
        "propriété p « q » quand une personne s'ajoute ailleurs : r ne change pas",
        "propriété p « q »\n  quand une personne s'ajoute ailleurs : r ne change pas\n",
    );
}

#[test]
fn comments_stay() {
    check(
        "\
-- En tête


-- Le plafond   \nparamètre x : taux -- voir l'annexe
  -- avant la réforme
  depuis 2020-01 : 1 % -- provisoire
  ; -- fin des valeurs
  depuis 2026-01 : 2 %

    -- À la fin
",
        "\
-- En tête

-- Le plafond
paramètre x : taux -- voir l'annexe
  -- avant la réforme
  depuis 2020-01 : 1 % -- provisoire
  -- fin des valeurs
  depuis 2026-01 : 2 %

-- À la fin
",
    );
}

#[test]
fn comments_between_cases() {
    check(
        "règle x : taux par famille = selon n -- la taille
           | 1 → 2 % -- un
           -- et deux
           | 2 et plus → 3 %",
        "\
règle x : taux par famille
  = selon n -- la taille
    | 1 → 2 % -- un
    -- et deux
    | 2 et plus → 3 %
",
    );
}

#[test]
fn quotations_are_broken_between_words() {
    let long = "mot ".repeat(40);
    let text = format!("article « CSS » <https://a.fr> « Premier.\n  {long}\n fin. »");
    let formatted = format(&text).unwrap();
    assert!(formatted.starts_with("article « CSS » <https://a.fr>\n  « Premier.\n    mot mot"));
    assert!(formatted.ends_with("mot\n    fin. »\n"));
    assert!(formatted.lines().all(|line| line.chars().count() <= 100));
    check_format_is_faithful(&text);
}

#[test]
fn long_lines_are_broken() {
    let a = "un_nom_qui_prend_de_la_place";
    check(
        &format!("règle x : taux par famille = {a} + {a} × {a} + {a} − {a}, au minimum {a}"),
        &format!(
            "\
règle x : taux par famille
  = {a}
    + {a} × {a}
    + {a}
    − {a},
    au minimum {a}
"
        ),
    );
    check(
        &format!("règle x : taux par famille = si {a} alors {a} sinon si {a} alors {a} sinon {a}"),
        &format!(
            "\
règle x : taux par famille
  = si {a} alors {a}
    sinon si {a} alors {a}
    sinon {a}
"
        ),
    );
    check(
        &format!(
            "règle x : taux par famille = 3 % × selon {a} | 1 → {a} | sinon → {a} où b « b » = {a} + {a} + {a}"
        ),
        &format!(
            "\
règle x : taux par famille
  = 3 % × selon {a}
    | 1 → {a}
    | sinon → {a}
  où b « b »
    = {a} + {a} + {a}
"
        ),
    );
}

#[test]
fn links_do_not_break_lines() {
    let link = format!("<https://www.legifrance.gouv.fr/{}>", "x".repeat(100));
    check(
        &format!(
            "paramètre x : € depuis 2026-01 : 3 source « décret » {link} vérifié le 2026-02-01"
        ),
        &format!(
            "paramètre x : €\n  depuis 2026-01 : 3 source « décret » {link} vérifié le 2026-02-01\n"
        ),
    );
}

#[test]
fn cases_written_on_lines_stay_on_lines() {
    check(
        "règle x : taux par famille = selon n\n| 1 → 2 %\n| sinon → 3 %",
        "règle x : taux par famille\n  = selon n\n    | 1 → 2 %\n    | sinon → 3 %\n",
    );
}

#[test]
fn nothing_is_nothing() {
    check("", "");
    check("\n\n -- seul \n\n", "-- seul\n");
    check(" ;; ", "");
}

#[test]
fn broken_text_is_refused() {
    let refused = format("règle x : taux par famille = (1 + 2").unwrap_err();
    assert_eq!(refused.len(), 1);
}
