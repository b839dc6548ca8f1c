//! Questions that belong together: a person, an income, a dwelling.

mod examples;

pub use examples::examples;

use maud::{Markup, html};

#[derive(Debug)]
pub struct Fieldset<'a> {
    /// The address of the group in the page.
    pub id: &'a str,
    pub legend: &'a str,
    pub hint: &'a str,
    pub body: Markup,
    /// A visible frame: the group is one person or one thing among several.
    pub framed: bool,
}

#[inline(never)]
pub fn fieldset(props: &Fieldset<'_>) -> Markup {
    let Fieldset { id, legend, hint, body, framed } = props;
    html! {
        fieldset .group .group-framed[*framed] id=(id) tabindex="-1"
            aria-describedby=[(!hint.is_empty()).then(|| format!("{id}-aide"))] {
            legend { h2 { (legend) } }
            @if !hint.is_empty() { p .hint id={ (id) "-aide" } { (hint) } }
            div .group-body { (body) }
        }
    }
}
