//! What every slice stands on: the state, the keys, the door to a file, the session, forms sent once.
//!
//! Words: a *desk* is a transaction on somebody's behalf; a *door* is a file opened at that desk, with the reason
//! why it may be; a *look* is a line of the access log.
//!
//! Invariants:
//! - a record of a person is decrypted only through a [`Door`], a door is made only by a decision of `access`;
//! - what a desk read leaves [`Tandem::look`] and [`Tandem::act`] only after its looks are committed;
//! - what was refused is written too;
//! - the same form sent twice acts once and gives the same answer.

pub mod answer;
pub mod desk;
pub mod forms;
pub mod journal;
pub mod keys;
pub mod page;
pub mod session;
pub mod tandem;
pub mod ties;
pub mod viewer;

pub use answer::{Answer, Stop};
pub use desk::{Asked, Desk, Door};
pub use forms::Form;
pub use keys::Keys;
pub use page::{Section, staff_page};
pub use tandem::{Settings, SharedEntropy, Stretch, Tandem};
pub use viewer::{Account, Viewer};

use store::Migration;

/// The tables of the spine, in the order they were released.
pub const SCHEMA: &[Migration] = &[keys::SCHEMA, session::SCHEMA, forms::SCHEMA];
