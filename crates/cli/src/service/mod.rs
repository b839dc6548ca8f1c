//! The commands of a service: what an administrator runs.

pub mod admin;
pub mod audit;
pub mod backup;
pub mod config;
pub mod health;
pub mod key;
pub mod migrate;
pub mod open;
pub mod serve;
pub mod worker;

use std::future::Future;

use crate::{Refusal, Result, fr};

/// Runs `work` to its end on as many threads as the machine has.
pub fn block_on<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Refusal(fr::no_server(&error)))?;
    runtime.block_on(work)
}
