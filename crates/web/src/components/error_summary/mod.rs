//! What has to be corrected, at the top of the page, each line leading to its field.

mod examples;

pub use examples::examples;

use maud::{Markup, html};

use crate::form::FieldError;
use crate::fr;

/// Nothing when there is nothing to correct. Takes the focus: by `autofocus` without JavaScript.
#[inline(never)]
pub fn error_summary(errors: &[FieldError]) -> Markup {
    html! {
        @if !errors.is_empty() {
            div .error-summary #erreurs role="alert" aria-labelledby="erreurs-titre" tabindex="-1" autofocus {
                h2 #erreurs-titre { (fr::ERROR_SUMMARY) }
                ul {
                    @for FieldError { field, message } in errors {
                        li { a href={ "#" (field) } { (message) } }
                    }
                }
            }
        }
    }
}
