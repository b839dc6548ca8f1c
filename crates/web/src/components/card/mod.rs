//! One result: its name, what is known of it, its amount, and the reasons under it.

mod examples;

pub use examples::examples;

use maud::{Markup, html};

#[derive(Debug)]
pub struct Card<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub status: Markup,
    /// « 367,49 € », with what it is counted by; nothing when there is no amount to say.
    pub amount: Option<(&'a str, &'a str)>,
    pub body: Markup,
    /// Set back: a result that brings nothing.
    pub quiet: bool,
}

#[inline(never)]
pub fn card(props: &Card<'_>) -> Markup {
    let Card { id, title, status, amount, body, quiet } = props;
    html! {
        article .card .card-quiet[*quiet] id=(id) aria-labelledby={ (id) "-titre" } {
            div .card-head {
                h3 id={ (id) "-titre" } { (title) }
                div .card-status { (status) }
                @if let Some((amount, unit)) = amount {
                    p .card-amount { strong { (amount) } " " span { (unit) } }
                }
            }
            div .card-body { (body) }
        }
    }
}
