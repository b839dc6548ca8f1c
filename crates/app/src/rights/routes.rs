//! The addresses of the slice. No address ever holds an answer.

use super::model::Step;

pub const START: &str = "/";
/// The empty form.
pub const FORM: &str = "/droits";
pub const RESULT: &str = "/droits/resultat";
/// The whole form, with the answers already given.
pub const FORM_POST: &str = "/droits/personnes";
pub const INTERVIEW: &str = "/droits/questions";
pub const MONTHS: &str = "/droits/mois";
pub const WHAT_IF: &str = "/droits/et-si";
pub const BUDGET: &str = "/droits/budget";

pub fn step(step: Step) -> &'static str {
    match step {
        Step::People => "/droits/personnes",
        Step::Income => "/droits/revenus",
        Step::Taxes => "/droits/impots",
        Step::Benefits => "/droits/aides-recues",
        Step::Home => "/droits/logement",
    }
}

pub fn example(slug: &str) -> String {
    format!("/droits/exemples/{slug}")
}
