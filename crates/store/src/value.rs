//! What travels to and from a database: six kinds of value, the same on both.

use crate::StoreError;

/// A value of a column or a parameter.
///
/// Dates and instants are text of fixed width (ISO 8601, UTC), identifiers are text, money is whole cents:
/// both databases then store, sort and compare them the same way. There is no floating point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// What can be read back from a column.
pub trait FromValue: Sized {
    /// The type in words, for the message when the column holds something else.
    const KIND: &'static str;

    fn from_value(value: &Value) -> Option<Self>;
}

/// One line of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row(pub(crate) Vec<Value>);

impl Row {
    /// Every column, in order: for who copies rows without knowing what they are.
    pub fn into_values(self) -> Vec<Value> {
        self.0
    }

    /// About how much room it takes.
    pub(crate) fn bytes(&self) -> usize {
        self.0.iter().map(Value::bytes).sum()
    }

    /// The column at `at`, from 0.
    pub fn get<T: FromValue>(&self, at: usize) -> Result<T, StoreError> {
        let value = self.0.get(at);
        value.and_then(T::from_value).ok_or(StoreError::Column {
            at,
            expected: T::KIND,
            found: value.map(Value::kind),
        })
    }
}

impl Value {
    fn bytes(&self) -> usize {
        match self {
            Self::Null | Self::Bool(_) => 1,
            Self::Int(_) => 8,
            Self::Text(it) => it.len(),
            Self::Bytes(it) => it.len(),
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Int(_) => "integer",
            Self::Text(_) => "text",
            Self::Bytes(_) => "bytes",
        }
    }
}

impl FromValue for bool {
    const KIND: &'static str = "boolean";

    // SQLite has no boolean: 0 and 1 are read as one here, and nowhere else.
    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Bool(it) => Some(*it),
            Value::Int(0) => Some(false),
            Value::Int(1) => Some(true),
            Value::Null | Value::Int(_) | Value::Text(_) | Value::Bytes(_) => None,
        }
    }
}

impl FromValue for i64 {
    const KIND: &'static str = "integer";

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Int(it) => Some(*it),
            Value::Null | Value::Bool(_) | Value::Text(_) | Value::Bytes(_) => None,
        }
    }
}

impl FromValue for String {
    const KIND: &'static str = "text";

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Text(it) => Some(it.clone()),
            Value::Null | Value::Bool(_) | Value::Int(_) | Value::Bytes(_) => None,
        }
    }
}

impl FromValue for Vec<u8> {
    const KIND: &'static str = "bytes";

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Bytes(it) => Some(it.clone()),
            Value::Null | Value::Bool(_) | Value::Int(_) | Value::Text(_) => None,
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    const KIND: &'static str = T::KIND;

    fn from_value(value: &Value) -> Option<Self> {
        match value {
            Value::Null => Some(None),
            Value::Bool(_) | Value::Int(_) | Value::Text(_) | Value::Bytes(_) => {
                T::from_value(value).map(Some)
            }
        }
    }
}

impl From<bool> for Value {
    fn from(it: bool) -> Self {
        Self::Bool(it)
    }
}

impl From<i64> for Value {
    fn from(it: i64) -> Self {
        Self::Int(it)
    }
}

impl From<&str> for Value {
    fn from(it: &str) -> Self {
        Self::Text(it.to_owned())
    }
}

impl From<String> for Value {
    fn from(it: String) -> Self {
        Self::Text(it)
    }
}

impl From<Vec<u8>> for Value {
    fn from(it: Vec<u8>) -> Self {
        Self::Bytes(it)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(it: Option<T>) -> Self {
        it.map_or(Self::Null, Into::into)
    }
}

/// The parameters of a statement: `values!["a", 3, true]`.
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { [$($crate::Value::from($value)),*] };
}
