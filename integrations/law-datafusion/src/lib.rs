//! The law as a function of SQL: `droits(personnes, '2026-05')`.
//!
//! ```sql
//! SELECT foyer, d['rsa']['centimes'] FROM (SELECT foyer, droits(personnes, '2026-05') AS d FROM foyers)
//! ```
//!
//! One row is one household, its persons in a list ([`law_arrow::schema`]); the answer is a structure with,
//! for each aid, `centimes`, `statut` and `fraction`, and `refus`: why the household cannot be read. Rows
//! are independent, so DataFusion splits them as it likes, on one machine or on many.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch, StructArray, UInt32Array};
use arrow_schema::{DataType, Field, Fields, Schema};
use base::Month;
use datafusion::arrow::compute::{concat, take};
use datafusion::common::{Result, exec_err};
use datafusion::logical_expr::{
    ColumnarValue, ScalarFunctionArgs, ScalarUDF, ScalarUDFImpl, Signature, Volatility,
};
use law::{Law, RuleId};
use law_arrow::{Engine, PERSONS, answer_schema};

/// The name of the function.
pub const NAME: &str = "droits";

/// `droits(personnes, mois)` for these aids of a law that outlives the queries.
pub fn droits(law: &'static Law, aids: &[RuleId]) -> ScalarUDF {
    let engine = Engine::new(law, &[], aids);
    let fields: Vec<_> = answer_schema(&engine)
        .fields()
        .iter()
        .filter(|it| !matches!(it.name().as_str(), "foyer" | "mois"))
        .map(Arc::clone)
        .collect();
    ScalarUDF::from(Droits {
        law,
        fingerprint: law.fingerprint(),
        aids: aids.to_vec(),
        fields: fields.into(),
        signature: Signature::any(2, Volatility::Immutable),
    })
}

#[derive(Debug)]
struct Droits {
    law: &'static Law,
    fingerprint: String,
    aids: Vec<RuleId>,
    fields: Fields,
    signature: Signature,
}

/// Two functions are the same when they ask the same aids of the same law.
impl PartialEq for Droits {
    fn eq(&self, other: &Self) -> bool {
        (&self.fingerprint, &self.aids) == (&other.fingerprint, &other.aids)
    }
}

impl Eq for Droits {}

impl Hash for Droits {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (&self.fingerprint, &self.aids).hash(state);
    }
}

impl ScalarUDFImpl for Droits {
    fn name(&self) -> &str {
        NAME
    }

    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn return_type(&self, args: &[DataType]) -> Result<DataType> {
        match args {
            [DataType::List(_) | DataType::LargeList(_), DataType::Utf8 | DataType::Utf8View] => {
                Ok(DataType::Struct(self.fields.clone()))
            }
            _ => exec_err!("{NAME}(personnes, 'AAAA-MM') : une liste de personnes, puis un mois"),
        }
    }

    fn invoke_with_args(&self, args: ScalarFunctionArgs) -> Result<ColumnarValue> {
        let arrays = ColumnarValue::values_to_arrays(&args.args)?;
        let [persons, months] = arrays.as_slice() else {
            return exec_err!("{NAME}(personnes, 'AAAA-MM') : deux arguments");
        };
        // Asked for one month, as nearly always: one pass, nothing to put back in order.
        let distinct = distinct(months)?;
        if let [(month, _)] = distinct.as_slice() {
            return Ok(ColumnarValue::Array(self.answer(persons, *month)?));
        }
        let mut parts = Vec::new();
        let mut order = vec![0u32; persons.len()];
        let mut next = 0u32;
        for (month, rows) in &distinct {
            let taken = take(persons, &UInt32Array::from(rows.clone()), None)?;
            parts.push(self.answer(&taken, *month)?);
            for row in rows {
                if let Some(place) = order.get_mut(*row as usize) {
                    *place = next;
                }
                next += 1;
            }
        }
        if parts.is_empty() {
            let empty = Arc::new(StructArray::new_null(self.fields.clone(), 0));
            return Ok(ColumnarValue::Array(empty));
        }
        let parts: Vec<&dyn Array> = parts.iter().map(AsRef::as_ref).collect();
        Ok(ColumnarValue::Array(take(&concat(&parts)?, &UInt32Array::from(order), None)?))
    }
}

impl Droits {
    fn answer(&self, persons: &ArrayRef, month: Month) -> Result<ArrayRef> {
        let field = Field::new(PERSONS, persons.data_type().clone(), true);
        let schema = Arc::new(Schema::new(vec![field]));
        let batch = RecordBatch::try_new(schema, vec![Arc::clone(persons)])?;
        let answers = match law_arrow::evaluate(self.law, &[month], &self.aids, &batch) {
            Ok(it) => it,
            Err(error) => return exec_err!("{NAME} : {error}"),
        };
        let columns = self
            .fields
            .iter()
            .filter_map(|it| answers.column_by_name(it.name()).map(Arc::clone))
            .collect();
        Ok(Arc::new(StructArray::try_new(self.fields.clone(), columns, None)?))
    }
}

/// The months asked for, each with its rows.
fn distinct(months: &ArrayRef) -> Result<Vec<(Month, Vec<u32>)>> {
    let mut res: Vec<(Month, Vec<u32>)> = Vec::new();
    for (row, text) in (0u32..).zip(0..months.len()) {
        let text = match months.data_type() {
            DataType::Utf8View => months.as_string_view().value(text),
            _ => months.as_string::<i32>().value(text),
        };
        let Ok(month) = text.parse::<Month>() else {
            return exec_err!("{NAME} : « {text} » n’est pas un mois ; un mois s’écrit AAAA-MM");
        };
        match res.iter_mut().find(|(it, _)| *it == month) {
            Some((_, rows)) => rows.push(row),
            None => res.push((month, vec![row])),
        }
    }
    Ok(res)
}
