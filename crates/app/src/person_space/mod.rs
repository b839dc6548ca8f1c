//! The pages of the accompanied person: one column, their language, a way out on each.

use maud::Markup;
use web::layout::Page;

use crate::spine::{Tandem, Viewer};

/// A page for the accompanied person. Its title and its icon say nothing to who looks over a shoulder.
pub fn page(_tandem: &Tandem, viewer: &Viewer, title: &str, main: Markup) -> Page {
    Page::new(title, main).lang(viewer.lang).footer("")
}
