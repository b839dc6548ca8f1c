//! The first page: what it is, begin, or open an example.

use maud::{Markup, PreEscaped, html};
use web::components::icon::{Icon, icon};
use web::layout::Page;

use crate::rights::examples::EXAMPLES;
use crate::rights::{fr, routes};

/// A bicycle for two: one does with, never instead of.
fn drawing() -> Markup {
    html! {
        svg .tandem viewBox="0 0 320 120" width="320" height="120" aria-hidden="true" focusable="false" {
            (PreEscaped(DRAWING))
        }
    }
}

const DRAWING: &str = "<path class='ground' d='M4 113H316'/>\
    <circle cx='62' cy='80' r='31'/><circle cx='258' cy='80' r='31'/>\
    <circle class='hub' cx='62' cy='80' r='4'/><circle class='hub' cx='258' cy='80' r='4'/>\
    <path d='M62 80 98 36h56l66 0M98 36l22 46h78L220 36M154 36l-34 46M154 36l44 46M62 80h58'/>\
    <path d='M258 80 232 24h18q8 0 8 8M220 36l14-8'/>\
    <path class='saddle' d='M84 26h26M98 36l-5-10M140 26h26M154 36l-5-10'/>\
    <path d='M154 36l12-22h14'/>\
    <circle class='crank' cx='120' cy='82' r='9'/><circle class='crank' cx='198' cy='82' r='9'/>\
    <path class='chain' d='M120 91h78M120 73h78'/>";

#[inline(never)]
pub fn page() -> Markup {
    let main = html! {
        (drawing())
        h1 { (fr::START_TITLE) }
        p .lead { (fr::START_LEAD) }
        p {
            a .button .button-primary href=(routes::FORM) {
                span { (fr::START_BUTTON) }
                (icon(Icon::Arrow))
            }
            " "
            a .button .button-secondary href=(routes::INTERVIEW) { (fr::INTERVIEW) }
        }
        p .hint { (fr::START_WAYS) }
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
