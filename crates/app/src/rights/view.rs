//! The pages, in maud. Nothing is decided here: what to show comes from the page structs.

pub mod form;
pub mod result;
pub mod start;

mod benefits;
mod home;
mod income;
mod people;
mod taxes;
