//! The pages, in maud. Nothing is decided here: what to show comes from the page structs.

pub mod budget;
pub mod form;
pub mod interview;
pub mod months;
pub mod result;
pub mod start;
pub mod what_if;

mod benefits;
mod home;
mod income;
mod people;
mod taxes;
