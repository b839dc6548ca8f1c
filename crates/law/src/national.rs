//! The French law, embedded at build time and read once.

use std::sync::LazyLock;

use law_ir::Book;
use law_syntax::{Diagnostic, SourceFile};

use crate::Law;

include!(concat!(env!("OUT_DIR"), "/national.rs"));

static NATIONAL: LazyLock<(Law, Vec<Diagnostic>)> = LazyLock::new(|| {
    let files: Vec<SourceFile> = FILES
        .iter()
        .map(|(name, text)| SourceFile { name: (*name).to_owned(), text: (*text).to_owned() })
        .collect();
    let (law, diagnostics) = Law::load(files.clone());
    (law.unwrap_or_else(|| Law { book: Book::default(), files }), diagnostics)
});

pub(crate) fn law() -> &'static Law {
    &NATIONAL.0
}

pub(crate) fn diagnostics() -> &'static [Diagnostic] {
    &NATIONAL.1
}
