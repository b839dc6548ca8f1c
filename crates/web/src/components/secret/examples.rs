use super::{Proves, Secret, secret};
use crate::components::Example;

pub fn examples() -> Vec<Example> {
    let of = |proves, name, label| Secret::new(proves, name, label);
    let address = Secret {
        value: "camille@exemple.fr",
        ..of(Proves::Address, "exemple-adresse", "Adresse électronique")
    };
    let password = Secret {
        error: Some("Ce mot de passe est trop court."),
        ..of(Proves::NewPassword, "exemple-nouveau", "Nouveau mot de passe")
    };
    let code = Secret {
        hint: "Les 6 chiffres de votre téléphone.",
        ..of(Proves::Code, "exemple-code", "Code")
    };
    vec![
        Example { name: "une adresse, remplie", markup: secret(&address) },
        Example { name: "un mot de passe refusé", markup: secret(&password) },
        Example { name: "un code", markup: secret(&code) },
        Example {
            name: "le numéro d’une carte",
            markup: secret(&of(Proves::CardNumber, "exemple-numero", "Numéro secret")),
        },
    ]
}
