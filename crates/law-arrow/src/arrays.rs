//! Arrow columns as tables of persons.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
    Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};
use base::Rational;

use crate::cell::{Cell, Cells, day};
use crate::fr;

/// Columns of the same length, one row a person.
#[derive(Debug)]
pub struct Arrays<'a> {
    columns: &'a [ArrayRef],
}

impl<'a> Arrays<'a> {
    pub fn new(columns: &'a [ArrayRef]) -> Self {
        Self { columns }
    }
}

impl Cells for Arrays<'_> {
    fn cell(&self, column: usize, row: usize) -> Cell<'_> {
        self.columns.get(column).map_or(Cell::Empty, |array| cell(array.as_ref(), row))
    }
}

/// One value. A value of another type than those listed says what it is.
fn cell(array: &dyn Array, row: usize) -> Cell<'_> {
    if row >= array.len() || array.is_null(row) {
        return Cell::Empty;
    }
    let whole = |value: i128| Rational::new(value, 1).map_or(Cell::Empty, Cell::Number);
    match array.data_type() {
        DataType::Utf8 => Cell::text(array.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => Cell::text(array.as_string::<i64>().value(row)),
        DataType::Utf8View => Cell::text(array.as_string_view().value(row)),
        DataType::Boolean => Cell::Bool(array.as_boolean().value(row)),
        DataType::Int8 => whole(array.as_primitive::<Int8Type>().value(row).into()),
        DataType::Int16 => whole(array.as_primitive::<Int16Type>().value(row).into()),
        DataType::Int32 => whole(array.as_primitive::<Int32Type>().value(row).into()),
        DataType::Int64 => whole(array.as_primitive::<Int64Type>().value(row).into()),
        DataType::UInt8 => whole(array.as_primitive::<UInt8Type>().value(row).into()),
        DataType::UInt16 => whole(array.as_primitive::<UInt16Type>().value(row).into()),
        DataType::UInt32 => whole(array.as_primitive::<UInt32Type>().value(row).into()),
        DataType::UInt64 => whole(array.as_primitive::<UInt64Type>().value(row).into()),
        DataType::Decimal128(_, scale) => {
            decimal(array.as_primitive::<Decimal128Type>().value(row), *scale)
        }
        // The shortest decimal that names this binary number: what a person wrote, digit for digit.
        DataType::Float64 => binary(array.as_primitive::<Float64Type>().value(row).to_string()),
        DataType::Float32 => binary(array.as_primitive::<Float32Type>().value(row).to_string()),
        DataType::Date32 => date(array.as_primitive::<Date32Type>().value(row).into(), 1),
        DataType::Timestamp(unit, None) => instant(array, *unit, row),
        DataType::Dictionary(_, _) => coded(array, row),
        DataType::List(_) => names(array.as_list::<i32>().value(row).as_ref()),
        DataType::LargeList(_) => names(array.as_list::<i64>().value(row).as_ref()),
        other => Cell::Unreadable(other.to_string()),
    }
}

fn decimal<'a>(value: i128, scale: i8) -> Cell<'a> {
    let power = 10i128.checked_pow(scale.unsigned_abs().into());
    let number = power.and_then(|power| match scale {
        0.. => Rational::new(value, power),
        ..0 => Rational::new(value.checked_mul(power)?, 1),
    });
    number.map_or_else(|| Cell::Unreadable(fr::TOO_LONG.to_owned()), Cell::Number)
}

/// `NaN` and the infinities stay text: they are then refused as such.
fn binary<'a>(digits: String) -> Cell<'a> {
    match digits.parse() {
        Ok(number) => Cell::Number(number),
        Err(_) => Cell::Text(Cow::Owned(digits)),
    }
}

fn instant(array: &dyn Array, unit: TimeUnit, row: usize) -> Cell<'_> {
    const DAY: i64 = 86_400;
    match unit {
        TimeUnit::Second => date(array.as_primitive::<TimestampSecondType>().value(row), DAY),
        TimeUnit::Millisecond => {
            date(array.as_primitive::<TimestampMillisecondType>().value(row), DAY * 1_000)
        }
        TimeUnit::Microsecond => {
            date(array.as_primitive::<TimestampMicrosecondType>().value(row), DAY * 1_000_000)
        }
        TimeUnit::Nanosecond => {
            date(array.as_primitive::<TimestampNanosecondType>().value(row), DAY * 1_000_000_000)
        }
    }
}

/// A whole number of days; an hour of the day would be a sign that the column is something else.
fn date<'a>(value: i64, in_a_day: i64) -> Cell<'a> {
    match day(value.div_euclid(in_a_day)) {
        Some(date) if value.rem_euclid(in_a_day) == 0 => Cell::Date(date),
        _ => Cell::Unreadable(fr::NOT_A_DAY.to_owned()),
    }
}

fn coded(array: &dyn Array, row: usize) -> Cell<'_> {
    let Some(coded) = array.as_any_dictionary_opt() else { return Cell::Empty };
    let key = match cell(coded.keys(), row) {
        Cell::Number(key) => usize::try_from(key.numerator()).ok(),
        _ => None,
    };
    key.map_or(Cell::Empty, |key| cell(coded.values().as_ref(), key))
}

fn names<'a>(values: &dyn Array) -> Cell<'a> {
    Cell::List((0..values.len()).filter_map(|row| cell(values, row).name()).collect())
}
