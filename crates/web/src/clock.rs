//! What day it is: a parameter, never ambient.

use std::fmt::Debug;

use base::Date;

/// The only way the house learns what day it is.
pub trait Clock: Debug + Send + Sync {
    fn today(&self) -> Date;
}

/// A clock that always shows the same day: tests and dated demonstrations.
#[derive(Debug, Clone, Copy)]
pub struct FixedClock(pub Date);

impl Clock for FixedClock {
    fn today(&self) -> Date {
        self.0
    }
}
