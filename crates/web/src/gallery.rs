//! Every component in every state on one page, for whoever works on the pages.

use maud::{Markup, html};

use crate::components::{self, Example};
use crate::fr;
use crate::layout::Page;

#[inline(never)]
pub fn page() -> Markup {
    let main = html! {
        h1 { (fr::GALLERY_TITLE) }
        p .lead { (fr::GALLERY_INTRO) }
        @for (component, examples) in components::all() {
            section .gallery aria-labelledby={ "composant-" (component) } {
                h2 id={ "composant-" (component) } { (component) }
                @for Example { name, markup } in examples {
                    h3 .gallery-name { (name) }
                    div .gallery-example { (markup) }
                }
            }
        }
    };
    Page::new(fr::GALLERY_TITLE, main).wide().render()
}
