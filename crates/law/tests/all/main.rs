//! The façade: reading situations, explaining results.

mod explain;
mod situation;
