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
fn a_key_is_of_the_declared_type() {
    reports("table t(z : zone) : taux depuis 2020-01 source « s » ligne 1 : 1 %", &["V04"]);
    reports(
        "table t(n : personnes) : taux depuis 2020-01 source « s » ligne zone_1 : 1 %",
        &["V04"],
    );
}
