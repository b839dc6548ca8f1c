//! The frame of the pages behind a sign-in.

use maud::{Markup, html};
use web::layout::Page;
use web::say;
use web::words::Words;

use super::tandem::Tandem;
use super::viewer::Viewer;

/// What the rail leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    Cases,
    Find,
    Rights,
    Team,
    Account,
    /// A page of none of them.
    Elsewhere,
}

const RAIL: [(Section, &str, &str); 5] = [
    (Section::Cases, "/dossiers", "nav-cases"),
    (Section::Find, "/personnes", "nav-find"),
    (Section::Rights, "/droits", "nav-rights"),
    (Section::Team, "/equipe", "nav-team"),
    (Section::Account, "/compte", "nav-account"),
];

/// A page for a member of staff.
pub fn staff_page(
    tandem: &Tandem,
    viewer: &Viewer,
    section: Section,
    title: &str,
    main: Markup,
) -> Page {
    let words = viewer.words();
    let page = Page::new(title, main).lang(words.lang()).rail(rail(words, section)).footer("");
    if tandem.settings.demonstration {
        page.header(html! { p .demonstration { (say!(words, "demonstration")) } })
    } else {
        page
    }
}

#[inline(never)]
fn rail(words: &Words, current: Section) -> Markup {
    html! {
        nav .rail aria-label=(say!(words, "nav-label")) {
            ul {
                @for (section, address, key) in RAIL {
                    li {
                        a href=(address) aria-current=[(section == current).then_some("page")] {
                            (words.say(key))
                        }
                    }
                }
                li {
                    form method="post" action="/deconnexion" {
                        button .button-link { (say!(words, "nav-sign-out")) }
                    }
                }
            }
        }
    }
}
