//! A value as the machine carries it: what it may be, and which missing facts it depends on.

use crate::sets::{SetId, Sets};
use crate::shape::Shape;

/// What is known of an expression.
///
/// INVARIANT: when the shape is one value and there is no fault, nothing is depended on: the value is the
/// same whatever the missing facts turn out to be.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Known {
    pub shape: Shape,
    /// The missing facts with which the value may grow.
    pub up: SetId,
    /// Those with which it may shrink. A fact in both moves it either way; a fact in neither does not.
    pub down: SetId,
    /// Whether some answers leave no value.
    pub faults: bool,
}

impl Known {
    pub fn constant(shape: Shape) -> Self {
        Self { shape, up: SetId::EMPTY, down: SetId::EMPTY, faults: false }
    }

    pub fn fault() -> Self {
        Self { shape: Shape::Nothing, up: SetId::EMPTY, down: SetId::EMPTY, faults: true }
    }

    /// Restores the invariant.
    pub fn new(shape: Shape, up: SetId, down: SetId, faults: bool) -> Self {
        if shape.is_constant() && !faults {
            return Self::constant(shape);
        }
        Self { shape, up, down, faults }
    }

    /// Every fact depended on.
    pub fn support(self, sets: &mut Sets) -> SetId {
        sets.union(self.up, self.down)
    }
}
