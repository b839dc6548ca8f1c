use super::{Status, status};
use crate::components::Example;

pub fn examples() -> Vec<Example> {
    vec![
        Example { name: "certain", markup: status(Status::Certain, "Certain") },
        Example { name: "sous réserve", markup: status(Status::ToCheck, "Sous réserve") },
        Example { name: "à compléter", markup: status(Status::Incomplete, "À compléter") },
        Example { name: "exclu", markup: status(Status::Excluded, "Exclu") },
        Example {
            name: "calcul impossible",
            markup: status(Status::Impossible, "Calcul impossible"),
        },
    ]
}
