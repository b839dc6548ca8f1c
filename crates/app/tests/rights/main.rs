//! The slice `rights`, seen by who uses it.

mod browser;
mod facts;
mod form;
mod headers;
mod html;
mod pages;
mod result;
