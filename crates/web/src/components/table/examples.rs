use super::{Row, Table, table};
use crate::components::Example;

pub fn examples() -> Vec<Example> {
    let columns = ["Salaire net", "Aides", "Disponible"].map(str::to_owned);
    let row = |head: &str, cells: [&str; 2], strong| Row {
        head: head.to_owned(),
        cells: cells.map(str::to_owned).into(),
        strong,
    };
    let rows = [
        row("0,00 €", ["650,00 €", "650,00 €"], false),
        row("1 500,00 €", ["240,00 €", "1 740,00 €"], true),
    ];
    let props = Table {
        id: "exemple-tableau",
        caption: "Ce qui reste selon le salaire",
        columns: &columns,
        rows: &rows,
    };
    vec![Example { name: "chiffres d’une courbe", markup: table(&props) }]
}
