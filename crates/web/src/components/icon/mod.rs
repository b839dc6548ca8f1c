//! Small drawings, 24 × 24, drawn with the colour of the text. Always beside words: hidden from readers.

mod examples;

pub use examples::examples;

use maud::{Markup, PreEscaped, html};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// Two wheels and a frame with two saddles: the sign of the site.
    Tandem,
    Check,
    Cross,
    Pencil,
    Eye,
    Alert,
    Info,
    Plus,
    Arrow,
    Print,
    Outside,
}

impl Icon {
    pub const ALL: [Self; 11] = [
        Self::Tandem,
        Self::Check,
        Self::Cross,
        Self::Pencil,
        Self::Eye,
        Self::Alert,
        Self::Info,
        Self::Plus,
        Self::Arrow,
        Self::Print,
        Self::Outside,
    ];

    fn paths(self) -> &'static str {
        match self {
            Self::Tandem => {
                "<circle cx='5' cy='16' r='3.6'/><circle cx='19' cy='16' r='3.6'/>\
                 <path d='M5 16 8.5 8.5h4.5L16 16H5l4-6 4.5 6 2-9.5h2.5M7 8.5h3M12 6.5h3'/>"
            }
            Self::Check => "<circle cx='12' cy='12' r='9'/><path d='m8 12.5 2.7 2.7L16 9.5'/>",
            Self::Cross => "<circle cx='12' cy='12' r='9'/><path d='m9 9 6 6m0-6-6 6'/>",
            Self::Pencil => "<path d='m4 20 1-4L16 5l3 3L8 19l-4 1ZM14 7l3 3'/>",
            Self::Eye => {
                "<path d='M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z'/><circle cx='12' cy='12' r='2.8'/>"
            }
            Self::Alert => "<path d='M12 3.5 22 20H2L12 3.5ZM12 10v4.5M12 17.2v.1'/>",
            Self::Info => "<circle cx='12' cy='12' r='9'/><path d='M12 11v5.5M12 7.6v.1'/>",
            Self::Plus => "<path d='M12 5v14M5 12h14'/>",
            Self::Arrow => "<path d='M4 12h15m-6-6 6 6-6 6'/>",
            Self::Print => "<path d='M7 9V3.5h10V9M7 17H3.5V9h17v8H17M7 14h10v6.5H7V14Z'/>",
            Self::Outside => "<path d='M13.5 4H20v6.500M20 4l-9 9M18 14v6H4V6h6'/>",
        }
    }
}

#[inline(never)]
pub fn icon(icon: Icon) -> Markup {
    html! {
        svg .icon viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false" {
            (PreEscaped(icon.paths()))
        }
    }
}
