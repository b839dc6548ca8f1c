use crate::{accepts, reports};

#[test]
fn a_line_answers_once() {
    accepts(
        "table t(n : personnes) : taux depuis 2020-01 source « s » ligne 0 : 1 % ligne 1 : 2 % ligne 2 et plus : 3 %",
    );
    reports(
        "table t(n : personnes) : taux depuis 2020-01 source « s » ligne 1 : 1 % ligne 1 : 2 %",
        &["V05"],
    );
    reports(
        "table t(n : personnes) : taux depuis 2020-01 source « s » ligne 2 et plus : 1 % ligne 3 : 2 %",
        &["V05"],
    );
    reports(
        "table t(n : personnes, z : zone) : taux depuis 2020-01 source « s »
           colonnes zone_1 | zone_1 ligne 1 : 1 % | 2 %",
        &["V05"],
    );
}

#[test]
fn a_version_skips_no_line() {
    let table =
        |lines: &str| format!("table t(n : personnes) : taux depuis 2020-01 source « s » {lines}");
    accepts(&table("ligne 1 : 1 % ligne 2 : 2 % ligne 3 et plus : 3 %"));
    let found = reports(&table("ligne 0 : 1 % ligne 2 : 2 %"), &["V12"]);
    assert!(found[0].message.contains("la ligne `1`"), "{}", found[0].message);
    // A case may be left out, by every version.
    let table = |first: &str, second: &str| {
        format!(
            "table t(z : zone) : taux depuis 2020-01 source « s » {first}
               depuis 2021-01 source « s » {second}"
        )
    };
    let (one, two) = ("ligne zone_1 : 1 %", "ligne zone_3 : 3 % ligne zone_1 : 1 %");
    accepts(&table(one, one));
    accepts(&table(two, two));
    for (first, second) in [(one, two), (two, one)] {
        let found = reports(&table(first, second), &["V13"]);
        assert!(found[0].message.contains("la ligne `zone_3`"), "{}", found[0].message);
    }
    let found = reports(
        "table t(n : personnes, z : zone) : taux
           depuis 2020-01 source « s » colonnes zone_1 | zone_2 ligne 1 : 1 % | 2 %
           depuis 2021-01 source « s » colonnes zone_1 ligne 1 : 1 %",
        &["V13"],
    );
    assert!(found[0].message.contains("la colonne `zone_2`"), "{}", found[0].message);
}

#[test]
fn a_version_may_answer_otherwise() {
    let table = |first: &str, second: &str| {
        format!(
            "table t(n : personnes) : taux depuis 2020-01 source « s » {first}
               depuis 2021-01 source « s » {second}"
        )
    };
    let short = "ligne 0 : 1 % ligne 1 et plus : 2 %";
    let long = "ligne 0 : 1 % ligne 1 : 2 % ligne 2 : 3 %";
    accepts(&table("ligne 0 : 1 % ligne 1 : 2 % ligne 2 et plus : 3 %", short));
    reports(&table(long, "ligne 0 : 1 % ligne 1 : 2 %"), &["V13"]);
    // Beyond the last line, one answers and the other does not.
    let found = reports(&table(short, long), &["V13"]);
    assert!(found[0].message.contains("la ligne `1 et plus`"), "{}", found[0].message);
    reports(&table(long, short), &["V13"]);
}

#[test]
fn a_key_is_of_the_declared_type() {
    reports("table t(z : zone) : taux depuis 2020-01 source « s » ligne 1 : 1 %", &["V04"]);
    reports(
        "table t(n : personnes) : taux depuis 2020-01 source « s » ligne zone_1 : 1 %",
        &["V04"],
    );
}
