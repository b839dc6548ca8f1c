//! Changes worked out by hand, with their sentence.

use law::{Household, Law};
use law_projection::{CauseKind, Change, project};
use serde_json::json;

use crate::households::{aid, case, euros, month};

fn changes(household: &Household, first: &str, months: u16, name: &str) -> Vec<Change> {
    let law = Law::national();
    let projection = project(law.book(), household, month(first), months, &[aid(name)]);
    projection.changes
}

/// Two children: 32 % × 478,16 = 153,01. The month of her 20th birthday the eldest is no longer a charge.
#[test]
fn a_child_turns_twenty() {
    let household = case("allocations_familiales/cas/deux_enfants.json", |it| {
        it["personnes"][2]["nom"] = json!("Léa");
        it["personnes"][2]["faits"] =
            json!({ "date_de_naissance": "2007-03-10", "salaire_net_social": 0 });
        // No pay at all, in any year: the ceilings never matter.
        for parent in 0..2 {
            let facts = it["personnes"][parent]["faits"].as_object_mut().unwrap();
            for amount in facts.values_mut().filter(|it| it.is_number() || it.is_object()) {
                *amount = json!(0);
            }
        }
    });
    let changes = changes(&household, "2026-06", 24, "allocations_familiales");
    let [birthday] = changes.as_slice() else { panic!("{changes:#?}") };
    assert_eq!(birthday.month, month("2027-03"));
    assert_eq!(birthday.before.amount, Some(euros("153.01")));
    assert_eq!(birthday.after.amount, Some(euros("0")));
    assert!(matches!(birthday.cause.kind, CauseKind::Age { person: 2, .. }));
    assert!(birthday.others.is_empty());
    assert_eq!(
        birthday.sentence,
        "En mars 2027, Léa a 20\u{a0}ans et ne compte plus pour les allocations familiales. \
         Elles passent de 153,01\u{a0}€ à 0\u{a0}€ par mois."
    );
}

/// 32 % × 474,37 = 151,80 until March 2026, 32 % × 478,16 = 153,01 from April on.
#[test]
fn the_uprating_of_april_2026() {
    let household = case("allocations_familiales/cas/deux_enfants.json", |_| {});
    let changes = changes(&household, "2026-03", 3, "allocations_familiales");
    let [april] = changes.as_slice() else { panic!("{changes:#?}") };
    assert_eq!(april.month, month("2026-04"));
    assert_eq!(april.before.amount, Some(euros("151.80")));
    assert_eq!(april.after.amount, Some(euros("153.01")));
    let CauseKind::Dated(values) = &april.cause.kind else { panic!("{april:#?}") };
    assert_eq!(values[0].label, "base mensuelle des allocations familiales");
    assert_eq!(values[0].since.unwrap().to_string(), "2026-04-01");
    assert!(!values[0].sources.is_empty());
    let named =
        "« base mensuelle des allocations familiales » passe de 474,37\u{a0}€ par mois à 478,16";
    assert!(april.sentence.contains(named), "{}", april.sentence);
}

/// 800 € of pay until February 2026, nothing after: the bonus looks at M-4 to M-2, so that March enters in
/// May, and the last paid month leaves in July.
#[test]
fn a_job_lost_slides_through_the_quarter() {
    let household = case("prime_activite/cas/personne_seule_800.json", |it| {
        let facts = &mut it["personnes"][0]["faits"];
        facts["salaire_net_social"] =
            json!({ "depuis": [["2024-01", 800], ["2026-03", 0]], "jusqu_au": "2026-12" });
        facts["activité"] = json!("en_emploi");
    });
    let changes = changes(&household, "2026-03", 8, "prime_d_activité");
    let lost: Vec<&Change> = changes
        .iter()
        .filter(|it| {
            let CauseKind::Facts { facts, .. } = &it.cause.kind else { return false };
            let pay = Law::national().book().input_named("salaire_net_social").unwrap();
            it.cause.happened == month("2026-03") && facts.iter().any(|it| it.input == pay)
        })
        .collect();
    let months: Vec<String> = lost.iter().map(|it| it.month.to_string()).collect();
    assert_eq!(months, ["2026-05", "2026-06", "2026-07"], "{changes:#?}");
    assert!(lost[0].sentence.contains("le changement de mars 2026 entre dans le calcul"));
    assert!(changes.iter().all(|it| it.month <= month("2026-09")), "nothing is left to move");
}

/// Alone since January 2025, children of 8 and 5: the majoration of the RSA stops eighteen months after.
/// With it 651,69 × 214,02 % − 193,5519 − 153,01 − 215,172 = 833,01 ; without, 611,31.
#[test]
fn an_isolation_ends() {
    let household = case("rsa/cas/parent_isolé_deux_enfants.json", |it| {
        it["familles"][0]["faits"]["date_d_isolement"] = json!("2025-01-15");
    });
    let changes = changes(&household, "2026-05", 6, "rsa");
    let [end] = changes.as_slice() else { panic!("{changes:#?}") };
    assert_eq!(end.month, month("2026-07"));
    assert_eq!(end.before.amount, Some(euros("833.01")));
    assert_eq!(end.after.amount, Some(euros("611.31")));
    assert!(matches!(end.cause.kind, CauseKind::Duration { .. }), "{:?}", end.cause);
    assert!(
        end.sentence.contains("18\u{a0}mois ont passé depuis le 15 janvier 2025"),
        "{}",
        end.sentence
    );
}
