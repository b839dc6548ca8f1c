//! A demonstration structure: made-up people, the same at each start, marked on every page.
//!
//! Three structures, twelve members of staff, sixty files over two years. Names are drawn from lists of common first
//! names and family names of France: none is anybody's.

mod names;
mod world;

pub use world::{LOGINS, PASSWORD, fill};
