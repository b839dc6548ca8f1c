use super::error_summary;
use crate::components::Example;
use crate::form::FieldError;

pub fn examples() -> Vec<Example> {
    let error = |field: &str, message: &str| FieldError {
        field: field.to_owned(),
        message: message.to_owned(),
    };
    let two = [
        error("exemple-erreur", "Le 31 février n’existe pas. Vérifiez le jour et le mois."),
        error("exemple-loyer", "Le loyer ne peut pas être négatif."),
    ];
    vec![Example { name: "deux réponses à corriger", markup: error_summary(&two) }]
}
