//! Figures in rows: what a chart shows, for who would rather read, copy or check.

mod examples;

pub use examples::examples;

use maud::{Markup, html};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub head: String,
    pub cells: Vec<String>,
    /// Stands out: a total, a jump.
    pub strong: bool,
}

#[derive(Debug)]
pub struct Table<'a> {
    pub id: &'a str,
    pub caption: &'a str,
    /// The words above each column, the one of the row heads first.
    pub columns: &'a [String],
    pub rows: &'a [Row],
}

/// Scrolls by itself when it is wider than the page: the keyboard can reach it.
#[inline(never)]
pub fn table(props: &Table<'_>) -> Markup {
    let Table { id, caption, columns, rows } = props;
    html! {
        div .table-scroll role="region" tabindex="0" aria-labelledby={ (id) "-titre" } {
            table .table id=(id) {
                caption id={ (id) "-titre" } { (caption) }
                thead { tr { @for column in *columns { th scope="col" { (column) } } } }
                tbody {
                    @for Row { head, cells, strong } in *rows {
                        tr .table-strong[*strong] {
                            th scope="row" { (head) }
                            @for cell in cells { td { (cell) } }
                        }
                    }
                }
            }
        }
    }
}
