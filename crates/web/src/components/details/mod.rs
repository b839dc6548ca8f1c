//! Depth, one click away.

mod examples;

pub use examples::examples;

use maud::{Markup, html};

#[derive(Debug)]
pub struct Details<'a> {
    pub summary: &'a str,
    /// Completes the summary for who hears it out of its place.
    pub hidden: &'a str,
    pub body: Markup,
    pub open: bool,
}

#[inline(never)]
pub fn details(props: &Details<'_>) -> Markup {
    html! {
        details .disclosure open[props.open] {
            summary {
                (props.summary)
                @if !props.hidden.is_empty() { span .visually-hidden { " " (props.hidden) } }
            }
            div .disclosure-body { (props.body) }
        }
    }
}
