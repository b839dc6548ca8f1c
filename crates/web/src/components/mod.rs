//! The component set. A component is a folder: its function and props, its style, its examples.
//!
//! Functions are `#[inline(never)]`: inlined into every page they cost minutes of release build.

pub mod button;
pub mod card;
pub mod chart;
pub mod choice;
pub mod details;
pub mod error_summary;
pub mod field;
pub mod fieldset;
pub mod icon;
pub mod ledger;
pub mod notice;
pub mod pagination;
pub mod secret;
pub mod select;
pub mod status;
pub mod steps;
pub mod summary_list;
pub mod table;
pub mod text_area;
pub mod views;

use maud::Markup;

/// One component in one state.
#[derive(Debug)]
pub struct Example {
    pub name: &'static str,
    pub markup: Markup,
}

/// Every component with its examples, in alphabetical order.
pub fn all() -> Vec<(&'static str, Vec<Example>)> {
    vec![
        ("button", button::examples()),
        ("card", card::examples()),
        ("chart", chart::examples()),
        ("choice", choice::examples()),
        ("details", details::examples()),
        ("error_summary", error_summary::examples()),
        ("field", field::examples()),
        ("fieldset", fieldset::examples()),
        ("icon", icon::examples()),
        ("ledger", ledger::examples()),
        ("notice", notice::examples()),
        ("secret", secret::examples()),
        ("pagination", pagination::examples()),
        ("select", select::examples()),
        ("status", status::examples()),
        ("steps", steps::examples()),
        ("summary_list", summary_list::examples()),
        ("table", table::examples()),
        ("text_area", text_area::examples()),
        ("views", views::examples()),
    ]
}
