//! The frame of every page: head, landmarks, skip link, header and footer.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::assets::{ICON, SCRIPT, style};
use crate::components::icon::{Icon, icon};
use crate::fr;
use crate::typography::french;
use crate::words::Lang;

/// A whole page. `title` is « Page — Liste », completed with the name of the site.
#[derive(Debug)]
pub struct Page {
    title: String,
    main: Markup,
    header: Option<Markup>,
    rail: Option<Markup>,
    footer: String,
    lang: Lang,
    width: Width,
}

/// How much room the content takes on a wide screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Width {
    /// One column for reading and answering.
    Narrow,
    /// Results and what they come from, side by side.
    Wide,
}

impl Page {
    pub fn new(title: &str, main: Markup) -> Self {
        Self {
            title: title.to_owned(),
            main,
            header: None,
            rail: None,
            footer: fr::FOOTER.to_owned(),
            lang: Lang::French,
            width: Width::Narrow,
        }
    }

    /// What stands in the header beside the name of the site.
    #[must_use]
    pub fn header(self, header: Markup) -> Self {
        Self { header: Some(header), ..self }
    }

    /// The sections of the service, beside the content or above it on a narrow screen.
    #[must_use]
    pub fn rail(self, rail: Markup) -> Self {
        Self { rail: Some(rail), ..self }
    }

    /// The sentence at the foot, when the page is not one of those that keep nothing.
    #[must_use]
    pub fn footer(self, footer: impl Into<String>) -> Self {
        Self { footer: footer.into(), ..self }
    }

    /// The language of the page, which sets the way it runs.
    #[must_use]
    pub fn lang(self, lang: Lang) -> Self {
        Self { lang, ..self }
    }

    #[must_use]
    pub fn wide(self) -> Self {
        Self { width: Width::Wide, ..self }
    }

    /// The whole document, with French typography when it is in French.
    pub fn render(&self) -> Markup {
        match self.lang {
            Lang::French => PreEscaped(french(&self.document().0)),
            Lang::English | Lang::Arabic => self.document(),
        }
    }

    #[inline(never)]
    fn document(&self) -> Markup {
        html! {
            (DOCTYPE)
            html lang=(self.lang.tag()) dir=(self.lang.direction().tag()) {
                (self.head())
                body .wide[self.width == Width::Wide] .with-rail[self.rail.is_some()] {
                    a .skip href="#contenu" { (fr::SKIP) }
                    header .site-header {
                        a .brand href="/" aria-label=(fr::HOME) { (icon(Icon::Tandem)) span { (fr::SITE) } }
                        @if let Some(header) = &self.header { (header) }
                    }
                    @if let Some(rail) = &self.rail { (rail) }
                    main #contenu tabindex="-1" { (self.main) }
                    footer .site-footer { p { (self.footer) } }
                }
            }
        }
    }

    fn head(&self) -> Markup {
        html! {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (self.title) " — " (fr::SITE) }
                link rel="icon" type="image/svg+xml" href=(ICON.path);
                link rel="stylesheet" href=(style().path);
                script type="module" src=(SCRIPT.path) {}
            }
        }
    }
}
