use super::{Step, steps};
use crate::components::Example;

pub fn examples() -> Vec<Example> {
    let three = [
        Step { label: "Personnes", to: "/composants", current: false },
        Step { label: "Revenus", to: "/composants", current: true },
        Step { label: "Logement", to: "/composants", current: false },
    ];
    vec![Example { name: "trois étapes", markup: steps(&three) }]
}
