//! What authors may say of facts, reviews, thresholds and properties.

use law_ir::{Asking, Direction, Entity, HouseholdChange, PropertyLaw, RuleKind};

use crate::{accepts, reports};

#[test]
fn a_fact_says_what_it_costs_to_ask() {
    let book = accepts(
        "donnée divorce : oui_non par famille, état
           groupe « Votre couple » demande 25 secondes connue par 70 % sensible
           modifiable « demander une pension »",
    );
    let input = book.input(book.input_named("divorce").unwrap()).unwrap();
    let group = Some("Votre couple".to_owned());
    assert_eq!(input.asking, Asking { group, seconds: 25, sensitive: true, known_by: 70 });
    assert_eq!(input.modifiable.as_deref(), Some("demander une pension"));
    let loyer = book.input(book.input_named("loyer").unwrap()).unwrap();
    assert_eq!(loyer.asking, Asking::default());
    assert_eq!(loyer.modifiable, None);
}

#[test]
fn what_it_costs_is_a_small_whole_number() {
    for wrong in ["demande 0 secondes", "demande 1,5 secondes", "demande 4 000 secondes"] {
        reports(&format!("donnée d : oui_non par famille, état {wrong}"), &["V10"]);
    }
    for wrong in ["0 %", "101 %", "12,5 %", "80", "80 personnes"] {
        reports(&format!("donnée d : oui_non par famille, état connue par {wrong}"), &["V10"]);
    }
    accepts("donnée d : oui_non par famille, état connue par 100 % demande 3 600 secondes");
}

#[test]
fn an_aid_is_looked_at_again() {
    let aid = "aide a : €/mois par famille montant = 1 €/mois réexamen tous les";
    let book = accepts(&format!("{aid} 3 mois source « un décret »"));
    let rule = book.rule(book.rule_named("a").unwrap()).unwrap();
    let RuleKind::Aid(info) = &rule.kind else { panic!("an aid") };
    assert_eq!(info.review_every, Some(3));
    assert_eq!(info.review_sources[0].title, "un décret");
    assert!(rule.sources.is_empty(), "the source is the one of the review");
    for wrong in ["0 mois", "25 mois", "1,5 mois", "3", "3 ans"] {
        reports(&format!("{aid} {wrong}"), &["V11"]);
    }
}

#[test]
fn a_threshold_that_the_law_means_keeps_its_words_and_its_text() {
    let book = accepts(
        "règle r : €/mois par ménage = loyer effet de seuil assumé « tout ou rien » source « L1 »
         aide a : €/mois par famille montant = 1 €/mois effet de seuil assumé « b » effet de seuil assumé « c »",
    );
    let effects = |name| &book.rule(book.rule_named(name).unwrap()).unwrap().threshold_effects;
    assert_eq!(effects("r")[0].label, "tout ou rien");
    assert_eq!(effects("r")[0].sources[0].title, "L1");
    assert_eq!(effects("a").len(), 2);
}

#[test]
fn properties_are_resolved() {
    let book = accepts(
        "article « CASF L1 »
         règle r : €/mois par famille = somme des membres de salaire
         propriété positif « jamais négatif » toujours : r ≥ 0 par famille
         propriété gain « r suit les salaires » source « L2 »
           quand salaire augmente : r ne baisse pas pourvu que nb = 0
         propriété enfant « un enfant n’ajoute rien » quand un enfant naît : r n'augmente pas
         propriété voisin « les voisins ne comptent pas »
           quand une personne s'ajoute ailleurs : r ne change pas",
    );
    let [positif, gain, enfant, voisin] = &book.properties[..] else { panic!("four") };
    assert!(matches!(positif.law, PropertyLaw::Always { entity: Entity::Family, .. }));
    assert_eq!(positif.article.as_ref().unwrap().title, "CASF L1");
    let (r, salaire) = (book.rule_named("r").unwrap(), book.input_named("salaire").unwrap());
    let PropertyLaw::Moves { rule, change, direction, provided } = gain.law else {
        panic!("moves")
    };
    assert_eq!((rule, direction), (r, Direction::NeverFalls));
    assert_eq!(change, HouseholdChange::Increase(salaire));
    assert!(provided.is_some());
    assert_eq!(gain.sources[0].title, "L2");
    let of = |it: &law_ir::Property| match it.law {
        PropertyLaw::Moves { change, direction, .. } => (change, direction),
        PropertyLaw::Always { .. } => panic!("moves"),
    };
    assert_eq!(of(enfant), (HouseholdChange::OneMoreChild, Direction::NeverRises));
    assert_eq!(of(voisin), (HouseholdChange::StrangerElsewhere, Direction::NeverMoves));
}

#[test]
fn properties_that_say_nothing_are_refused() {
    let check = |law: &str, codes: &[&str]| {
        reports(&format!("propriété p « p » {law}"), codes);
    };
    check("toujours : nb par famille", &["T01"]);
    check("toujours : salaire ≥ 0 par famille", &["E04"]);
    check("quand un enfant naît : nbb ne baisse pas", &["N01"]);
    check("quand un enfant naît : salaire ne baisse pas", &["N03"]);
    check("quand salair augmente : nb ne baisse pas", &["N01"]);
    check("quand base_mensuelle augmente : nb ne baisse pas", &["N03"]);
    check("quand étudiant augmente : nb ne baisse pas", &["T02"]);
    check("quand un enfant naît : nb ne baisse pas pourvu que nb", &["T01"]);
    check(
        "quand un enfant naît : jeune ne baisse pas règle jeune : oui_non par famille = vrai",
        &["T02"],
    );
    check(
        "toujours : nb ≥ 0 par famille propriété p « q » toujours : nb ≥ 1 par famille",
        &["N02"],
    );
    check("toujours : nb ≥ 0 par famille règle p : nombre par famille = 1", &["N02"]);
}
