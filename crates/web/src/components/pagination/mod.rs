//! A long list, page by page: plain links, the page one is on said to everybody.

mod examples;

pub use examples::examples;

use maud::{Markup, html};

#[derive(Debug, Clone, Copy)]
pub struct Pagination<'a> {
    /// What the list is, for who hears the landmark.
    pub label: &'a str,
    /// From 1.
    pub page: usize,
    pub pages: usize,
    /// The address of a page is this one followed by its number.
    pub address: &'a str,
    pub previous: &'a str,
    pub next: &'a str,
    /// « Page 2 sur 7 ».
    pub here: &'a str,
}

/// How many pages hold `count` lines; one for an empty list.
pub fn pages(count: usize, by: usize) -> usize {
    count.div_ceil(by.max(1)).max(1)
}

/// Nothing when everything is on one page.
#[inline(never)]
pub fn pagination(props: &Pagination<'_>) -> Markup {
    let Pagination { label, page, pages, address, previous, next, here } = *props;
    html! {
        @if pages > 1 {
            nav .pagination aria-label=(label) {
                @if page > 1 { a rel="prev" href={ (address) (page - 1) } { (previous) } }
                span aria-current="page" { (here) }
                @if page < pages { a rel="next" href={ (address) (page + 1) } { (next) } }
            }
        }
    }
}
