//! « Mon compte »: one's own sessions, password, telephone, printed codes; and the card given to a person.

pub mod actions;
pub mod pages;
pub mod view;
