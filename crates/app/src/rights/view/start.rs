//! The first page: what it is, begin, or open an example.

use maud::{Markup, html};
use web::components::icon::{Icon, icon};
use web::layout::Page;

use crate::rights::examples::EXAMPLES;
use crate::rights::{fr, routes};

#[inline(never)]
pub fn page() -> Markup {
    let main = html! {
        h1 { (fr::START_TITLE) }
        p .lead { (fr::START_LEAD) }
        p {
            a .button .button-primary href=(routes::FORM) {
                span { (fr::START_BUTTON) }
                (icon(Icon::Arrow))
            }
        }
        h2 { (fr::START_EXAMPLES) }
        ul .tiles {
            @for example in EXAMPLES {
                li {
                    a href=(routes::example(example.slug)) { (example.title) }
                    p { (example.text) }
                }
            }
        }
        h2 { (fr::START_AIDS_TITLE) }
        p { (fr::START_AIDS) }
        ul .promises {
            @for (strong, rest) in fr::START_PROMISES {
                li { strong { (strong) } " " (rest) }
            }
        }
    };
    Page::new(fr::START_TITLE, main).render()
}
