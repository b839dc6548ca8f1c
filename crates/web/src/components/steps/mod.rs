//! Where one is, and the way to any other step: each is a button, because it carries the answers.

mod examples;

pub use examples::examples;

use maud::{Markup, html};

use crate::fr;

#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    pub label: &'a str,
    pub to: &'a str,
    pub current: bool,
}

#[inline(never)]
pub fn steps(steps: &[Step<'_>]) -> Markup {
    html! {
        nav .steps aria-label=(fr::STEPS) {
            ol {
                @for Step { label, to, current } in steps {
                    li {
                        @if *current {
                            span .steps-current aria-current="step" {
                                span .visually-hidden { (fr::STEP_CURRENT) }
                                (label)
                            }
                        } @else {
                            button type="submit" formaction=(to) { (label) }
                        }
                    }
                }
            }
        }
    }
}
