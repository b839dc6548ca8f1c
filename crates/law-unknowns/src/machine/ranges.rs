//! The part of a set of values for which a comparison holds, or may fail.

use law_ir::Comparison;

use crate::interval::{End, Interval};
use crate::shape::{Days, Shape, Truth, day_after, day_before};

/// The values of `shape` for which the comparison with some value of `bound` holds.
pub(super) fn inside_of(shape: Shape, comparison: Comparison, bound: Shape) -> Shape {
    match (shape, bound) {
        (Shape::Number(_), Shape::Number(bound)) => {
            let within = match comparison {
                Comparison::Eq => Some(bound),
                Comparison::Ne => return except(shape, Shape::Number(bound)),
                Comparison::Lt => bound.hi().map(|it| Interval::at_most(End::open(it.value))),
                Comparison::Le => bound.hi().map(Interval::at_most),
                Comparison::Gt => bound.lo().map(|it| Interval::at_least(End::open(it.value))),
                Comparison::Ge => bound.lo().map(Interval::at_least),
            };
            within.map_or(shape, |it| shape.meet(Shape::Number(it)))
        }
        (Shape::Date(_), Shape::Date(bound)) => {
            let Some(any) = Days::any() else { return shape };
            let days = match comparison {
                Comparison::Eq => Some(bound),
                Comparison::Ne => return except(shape, Shape::Date(bound)),
                Comparison::Lt => day_before(bound.last).map(|last| Days { last, ..any }),
                Comparison::Le => Some(Days { last: bound.last, ..any }),
                Comparison::Gt => day_after(bound.first).map(|first| Days { first, ..any }),
                Comparison::Ge => Some(Days { first: bound.first, ..any }),
            };
            days.map_or(Shape::Nothing, |it| shape.meet(Shape::Date(it)))
        }
        (Shape::Bool(_), Shape::Bool(_)) | (Shape::Cases(_), Shape::Cases(_)) => match comparison {
            Comparison::Eq => shape.meet(bound),
            Comparison::Ne => except(shape, bound),
            Comparison::Lt | Comparison::Le | Comparison::Gt | Comparison::Ge => shape,
        },
        _ => shape,
    }
}

/// The values of `shape` for which the comparison may fail.
pub(super) fn outside_of(shape: Shape, comparison: Comparison, bound: Shape) -> Shape {
    inside_of(shape, opposite(comparison), bound)
}

pub(super) fn opposite(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Eq => Comparison::Ne,
        Comparison::Ne => Comparison::Eq,
        Comparison::Lt => Comparison::Ge,
        Comparison::Le => Comparison::Gt,
        Comparison::Gt => Comparison::Le,
        Comparison::Ge => Comparison::Lt,
    }
}

/// The values without this one, where they can be told: an end, a case, a day at an end.
fn except(shape: Shape, value: Shape) -> Shape {
    if !value.is_constant() {
        return shape;
    }
    match (shape, value) {
        (Shape::Number(all), Shape::Number(value)) => {
            let Some(value) = value.as_point() else { return shape };
            let open =
                |end: Option<End>| end.map(|it| End { open: it.open || it.value == value, ..it });
            Shape::number(Interval::new(open(all.lo()), open(all.hi()), all.is_whole()))
        }
        (Shape::Bool(all), Shape::Bool(value)) => {
            Shape::bool(Truth { yes: all.yes && !value.yes, no: all.no && !value.no })
        }
        (Shape::Cases(all), Shape::Cases(value)) => {
            let left = all & !value;
            if left == 0 { Shape::Nothing } else { Shape::Cases(left) }
        }
        (Shape::Date(all), Shape::Date(value)) => {
            let mut days = all;
            if days.first == value.first {
                match day_after(days.first) {
                    Some(day) => days.first = day,
                    None => return Shape::Nothing,
                }
            }
            if days.last == value.first {
                match day_before(days.last) {
                    Some(day) => days.last = day,
                    None => return Shape::Nothing,
                }
            }
            if days.first <= days.last { Shape::Date(days) } else { Shape::Nothing }
        }
        _ => shape,
    }
}
