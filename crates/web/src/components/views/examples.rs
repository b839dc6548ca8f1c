use super::{View, views};
use crate::components::Example;

pub fn examples() -> Vec<Example> {
    let view = |label, current| View { label, to: "/", current };
    let all = [view("Ce mois-ci", true), view("Les mois qui viennent", false)];
    vec![Example { name: "deux vues", markup: views(&all) }]
}
