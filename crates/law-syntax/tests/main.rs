//! One binary for all the tests of the crate.

mod diagnostics;
mod docs;
