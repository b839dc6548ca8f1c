//! The ways to look at the same answers: each is a button, because it carries them.

mod examples;

pub use examples::examples;

use maud::{Markup, html};

use crate::fr;

#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    pub label: &'a str,
    pub to: &'a str,
    pub current: bool,
}

#[inline(never)]
pub fn views(views: &[View<'_>]) -> Markup {
    html! {
        nav .views aria-label=(fr::VIEWS) {
            ul {
                @for View { label, to, current } in views {
                    li {
                        @if *current {
                            span aria-current="page" { (label) }
                        } @else {
                            button type="submit" formaction=(to) { (label) }
                        }
                    }
                }
            }
        }
    }
}
