//! A fact reads the same whatever the type of its column.

use std::sync::Arc;

use arrow_array::types::Int8Type;
use arrow_array::{
    Array, ArrayRef, Date32Array, Decimal128Array, DictionaryArray, Float32Array, Float64Array,
    Int16Array, Int64Array, LargeStringArray, RecordBatch, StringArray, StringViewArray,
    TimestampMillisecondArray, TimestampNanosecondArray, UInt32Array,
};
use base::Rational;
use law::{Fact, Law, Value};
use law_arrow::Households;

fn read(name: &str, column: ArrayRef) -> Result<Fact, Vec<String>> {
    let text = |value: &str| Arc::new(StringArray::from_iter_values([value])) as ArrayRef;
    let columns = [
        ("foyer", text("1")),
        ("rôle", text("demandeur")),
        ("rôle_fiscal", text("déclarant")),
        (name, column),
    ];
    let law = Law::national();
    let batch =
        RecordBatch::try_from_iter_with_nullable(columns.map(|(n, c)| (n, c, true))).unwrap();
    let read = Households::open(law, &batch).unwrap().get(0).unwrap().household;
    let household = read.map_err(|it| it.into_iter().map(|it| it.message).collect::<Vec<_>>())?;
    Ok(household.fact(law.book().input_named(name).unwrap(), 0).clone())
}

fn value(name: &str, column: impl Array + 'static) -> Value {
    match read(name, Arc::new(column)) {
        Ok(Fact::Known(history)) => history.points[0].1.unwrap(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn numbers() {
    let euros = |num, den| Value::Number(Rational::new(num, den).unwrap());
    assert_eq!(value("loyer", Int64Array::from(vec![412])), euros(412, 1));
    assert_eq!(value("loyer", Int16Array::from(vec![412])), euros(412, 1));
    assert_eq!(value("loyer", UInt32Array::from(vec![412])), euros(412, 1));
    let decimal = Decimal128Array::from(vec![41_250]).with_precision_and_scale(9, 2).unwrap();
    assert_eq!(value("loyer", decimal), euros(825, 2));
    let decimal = Decimal128Array::from(vec![4]).with_precision_and_scale(9, -2).unwrap();
    assert_eq!(value("loyer", decimal), euros(400, 1));
    // 412.1 has no binary writing: what was meant is read, not the nearest binary number.
    assert_eq!(value("loyer", Float64Array::from(vec![412.1])), euros(4_121, 10));
    assert_eq!(value("loyer", Float32Array::from(vec![412.1])), euros(4_121, 10));
    assert_eq!(value("loyer", StringArray::from(vec!["1 412,10"])), euros(14_121, 10));
    assert_eq!(value("loyer", StringViewArray::from(vec!["412.1"])), euros(4_121, 10));
    assert_eq!(value("loyer", LargeStringArray::from(vec!["412.1"])), euros(4_121, 10));
}

#[test]
#[expect(clippy::disallowed_types, reason = "what files hold is not ours to choose")]
fn not_a_number_is_said() {
    let errors = read("loyer", Arc::new(Float64Array::from(vec![f64::NAN]))).unwrap_err();
    assert!(errors[0].contains("reçu : le texte « NaN »"), "{errors:?}");
    let errors = read("loyer", Arc::new(Date32Array::from(vec![1]))).unwrap_err();
    assert!(errors[0].contains("reçu : le texte « 1970-01-02 »"), "{errors:?}");
    let bytes = arrow_array::BinaryArray::from(vec![b"1".as_slice()]);
    let errors = read("loyer", Arc::new(bytes)).unwrap_err();
    assert!(errors[0].contains("type qui ne se lit pas"), "{errors:?}");
}

#[test]
fn dates() {
    let day = Value::Date("1990-09-03".parse().unwrap());
    assert_eq!(value("date_de_naissance", Date32Array::from(vec![7_550])), day);
    let nanoseconds = TimestampNanosecondArray::from(vec![7_550 * 86_400 * 1_000_000_000]);
    assert_eq!(value("date_de_naissance", nanoseconds), day);
    assert_eq!(value("date_de_naissance", StringArray::from(vec!["03/09/1990"])), day);
    assert_eq!(value("date_de_naissance", StringArray::from(vec!["3/9/1990"])), day);
    let noon = TimestampMillisecondArray::from(vec![7_550 * 86_400_000 + 43_200_000]);
    assert!(read("date_de_naissance", Arc::new(noon)).is_err(), "noon is not a day");
}

#[test]
fn choices_and_truths() {
    let book = Law::national().book();
    let job = Value::Case(book.case_named("en_emploi").unwrap());
    let coded: DictionaryArray<Int8Type> = ["en_emploi"].into_iter().collect();
    assert_eq!(value("activité", coded), job);
    for (text, truth) in [("oui", true), ("VRAI", true), ("1", true), ("non", false), ("0", false)]
    {
        assert_eq!(value("enceinte", StringArray::from(vec![text])), Value::Bool(truth), "{text}");
    }
    let errors = read("enceinte", Arc::new(Int64Array::from(vec![1]))).unwrap_err();
    assert!(errors[0].contains("il faut vrai ou faux"), "a number is not guessed to be a truth");
}

#[test]
fn nothing_and_the_two_ways_of_not_knowing() {
    let empty = StringArray::from(vec![None::<&str>]);
    assert_eq!(read("loyer", Arc::new(empty)), Ok(Fact::NotAsked));
    assert_eq!(read("loyer", Arc::new(StringArray::from(vec![" "]))), Ok(Fact::NotAsked));
    assert_eq!(read("loyer", Arc::new(StringArray::from(vec!["?"]))), Ok(Fact::Unknown));
    assert_eq!(
        read("loyer", Arc::new(StringArray::from(vec!["sans objet"]))),
        Ok(Fact::NotApplicable)
    );
}
