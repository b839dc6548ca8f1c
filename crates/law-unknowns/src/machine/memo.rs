//! What has been evaluated: rules and the larger expressions, for each place.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use base::Month;
use law_ir::{Entity, ExprId, InputId, Instance, RuleId};

use crate::known::Known;

/// What was evaluated, for whom and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Evaluated {
    Rule(RuleId, Instance, Month),
    Expr(ExprId, Entity, Instance, Month),
    /// Only a term of a sum: facts are read again each time.
    Fact(InputId, Instance, Month),
}

pub(super) type Memo = HashMap<Evaluated, Known, BuildHasherDefault<Quick>>;

/// Multiply and rotate: the keys are a few small ranks that nobody chooses, and are hashed at each step.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 29)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u16(&mut self, value: u16) {
        self.write_u64(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(u64::from(value));
    }

    fn write_i32(&mut self, value: i32) {
        self.write_u64(u64::from(value.unsigned_abs()));
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    fn write_isize(&mut self, value: isize) {
        self.write_u64(u64::try_from(value).unwrap_or_default());
    }

    fn write_usize(&mut self, value: usize) {
        self.write_u64(u64::try_from(value).unwrap_or_default());
    }
}
