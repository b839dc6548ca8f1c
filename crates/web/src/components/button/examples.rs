use super::{Button, Kind, button};
use crate::components::Example;
use crate::components::icon::Icon;

pub fn examples() -> Vec<Example> {
    let primary = Button::new(Kind::Primary, "Voir le résultat").icon(Icon::Arrow);
    let secondary = Button::new(Kind::Secondary, "Ajouter un enfant").icon(Icon::Plus);
    let link = Button::new(Kind::Link, "Modifier").hidden("les personnes");
    vec![
        Example { name: "principal", markup: button(&primary) },
        Example { name: "secondaire", markup: button(&secondary) },
        Example { name: "lien", markup: button(&link) },
    ]
}
