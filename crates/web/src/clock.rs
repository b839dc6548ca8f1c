//! What time it is: a parameter, never ambient.

use std::fmt::Debug;

use base::{Date, Moment};

/// The only way the house learns what time it is.
pub trait Clock: Debug + Send + Sync {
    fn now(&self) -> Moment;

    fn today(&self) -> Date {
        self.now().day_in_paris()
    }
}

/// A clock that always shows the same instant: tests and dated demonstrations.
#[derive(Debug, Clone, Copy)]
pub struct FixedClock(pub Moment);

impl FixedClock {
    /// Noon that day, universal time.
    pub fn on(day: Date) -> Self {
        // INVARIANT: a date is written as an instant begins.
        let noon = format!("{day}T12:00:00.000Z").parse();
        Self(noon.unwrap_or(Moment::from_millis(0)))
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Moment {
        self.0
    }
}
