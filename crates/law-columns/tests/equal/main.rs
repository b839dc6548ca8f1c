//! The columns say what the reference says: same statuses, same amounts, to the last digit.

mod alone;
mod chunks;
mod compared;
mod container;
mod drawn;
mod national;
