//! Where everything is kept: SQLite beside the program, or PostgreSQL when one machine is not enough.
//!
//! One SQL text serves both (`$1`, `returning`, `on conflict`, dates and JSON as text); what differs is in
//! [`dialect`]. Words: a *transaction* is a closure that may run again from the start, so it only reads and
//! writes through its [`Tx`]; mail, files and calls are jobs, queued in the same transaction as their cause.
//!
//! Invariants:
//! - on SQLite there is one writer and it starts with `begin immediate`; on PostgreSQL every transaction is
//!   serializable and is run again when it lost a race. Both then mean the same thing;
//! - an acknowledged transaction is on the disk (`synchronous = full`);
//! - what is deleted is overwritten (`secure_delete`);
//! - a transaction is never half done: a request that goes away does not stop it.

pub mod access_log;
pub mod catalogue;
mod db;
pub mod dialect;
mod error;
mod id;
pub mod jobs;
mod migrations;
mod postgres;
mod sqlite;
mod value;

pub use db::{Db, Tx};
pub use error::{Result, StoreError};
pub use id::{Id, NotAnId};
pub use migrations::{Migration, migrate, migrate_in, steps_run, version};
pub use value::{FromValue, Row, Value};

/// The tables of this crate, in the order they were released.
pub const SCHEMA: &[Migration] = &[jobs::SCHEMA, access_log::SCHEMA];

/// How sensitive each column of these tables is.
pub const PRIVACY: &str = include_str!("../privacy.toml");
