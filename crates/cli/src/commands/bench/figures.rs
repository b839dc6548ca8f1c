//! The figures, for machines and for people.

use base::Rational;
use law::situation::json_decimal;
use serde_json::{Map, Value, json};

use super::batch::Batch;
use super::beside::Beside;
use super::single::{Example, MONTHS, POINTS, Single};
use super::timing::{micros, millis};
use crate::fr;
use crate::output::{self, Align};

pub struct Figures {
    /// `None` when only the batch was asked for, as the next one.
    pub single: Option<Single>,
    pub batch: Batch,
    pub twelve: Option<Rational>,
    /// When the households have a witness.
    pub beside: Option<Beside>,
    pub peak_mib: Option<u64>,
}

impl Figures {
    pub fn json(&self) -> Value {
        let mut res = Map::new();
        let mut put = |key: &str, value: Value| {
            res.insert(key.to_owned(), value);
        };
        if let Some(single) = &self.single {
            put("one_trace_us", json!(micros(single.median(|it| it.traced))));
            put("one_us", json!(micros(single.median(|it| it.untraced))));
        }
        put("batch_per_s_core", json!(self.batch.per_second()));
        if let Some(twelve) = self.twelve {
            put("twelve_months_ratio", decimal(twelve));
        }
        if let Some(single) = &self.single {
            let millis_of = |it: fn(&Example) -> _| decimal(millis(single.median(it)));
            put("next_question_ms", millis_of(|it| it.question));
            put("projection36_ms", millis_of(|it| it.projection));
            put("curve4000_ms", millis_of(|it| it.curve));
        }
        put("peak_mib", json!(self.peak_mib));
        if self.single.is_none() {
            put("households", json!(self.batch.households));
            put("fill_us", json!(micros(self.batch.fill)));
            put("evaluate_us", json!(micros(self.batch.evaluate)));
            put("impossible", json!(self.batch.impossible));
            put("totals_cents", Value::Object(self.totals()));
        }
        if let Some(beside) = &self.beside {
            put("past_us", json!(micros(beside.past)));
            put("cores", json!(beside.cores));
            put("all_cores_us", json!(micros(beside.all_cores)));
            put("one_us", json!(micros(beside.one)));
            put("one_with_past_us", json!(micros(beside.one_with_past)));
            let same = beside.same.iter().map(|(it, count)| (it.key().to_owned(), json!(count)));
            put("same_to_the_cent", Value::Object(same.collect()));
        }
        Value::Object(res)
    }

    fn totals(&self) -> Map<String, Value> {
        self.batch.totals.iter().map(|(aid, cents)| (aid.clone(), json!(cents))).collect()
    }

    pub fn text(&self) -> String {
        let mut res = String::new();
        if let Some(single) = &self.single {
            res.push_str(&examples(single));
            res.push('\n');
        }
        res.push_str(&self.batch());
        res
    }

    fn batch(&self) -> String {
        let batch = &self.batch;
        let per_household = |it: std::time::Duration| {
            let nanos = it.as_nanos() / u128::try_from(batch.households.max(1)).unwrap_or(1);
            Rational::new(i128::try_from(nanos).unwrap_or(i128::MAX), 1_000)
        };
        let micros_of = |it| per_household(it).map_or_else(String::new, fr::tenths);
        let rows = [
            (fr::BATCH_HOUSEHOLDS, fr::thousands(batch.households)),
            (fr::BATCH_PER_SECOND, fr::thousands(usize::try_from(batch.per_second()).unwrap_or(0))),
            (fr::BATCH_EVALUATE, micros_of(batch.evaluate)),
            (fr::BATCH_FILL, micros_of(batch.fill)),
            (
                fr::BATCH_TWELVE,
                self.twelve.map_or_else(|| fr::UNTOLD.to_owned(), |it| it.to_string()),
            ),
            (fr::BATCH_DUE, fr::thousands(batch.due)),
            (fr::BATCH_IMPOSSIBLE, fr::thousands(batch.impossible)),
            (fr::PEAK, self.peak_mib.map_or_else(|| fr::UNTOLD.to_owned(), |it| it.to_string())),
        ];
        let header = [(fr::BATCH, Align::Left), ("", Align::Right)];
        output::table(&header, &rows.map(|(name, value)| vec![name.to_owned(), value]))
    }
}

fn examples(single: &Single) -> String {
    let row = |name: &str, durations: [std::time::Duration; 5]| {
        let [traced, untraced, question, projection, curve] = durations;
        let mut res =
            vec![name.to_owned(), micros(traced).to_string(), micros(untraced).to_string()];
        res.extend([question, projection, curve].map(|it| fr::tenths(millis(it))));
        res
    };
    let figures: [fn(&Example) -> std::time::Duration; 5] =
        [|it| it.traced, |it| it.untraced, |it| it.question, |it| it.projection, |it| it.curve];
    let mut rows: Vec<_> =
        single.examples.iter().map(|it| row(it.name, figures.map(|figure| figure(it)))).collect();
    rows.push(row(fr::MEDIAN, figures.map(|figure| single.median(figure))));
    let header = [
        (fr::HOUSEHOLD, Align::Left),
        (fr::WITH_TRACE, Align::Right),
        (fr::WITHOUT_TRACE, Align::Right),
        (fr::QUESTION, Align::Right),
        (fr::PROJECTION, Align::Right),
        (fr::CURVE, Align::Right),
    ];
    let mut res = output::table(&header, &rows);
    res.push_str(&fr::what_was_measured(MONTHS, POINTS));
    for it in &single.examples {
        res.push_str(&fr::found_in_example(it.name, it.missing, it.changes, it.jumps));
    }
    res
}

fn decimal(it: Rational) -> Value {
    json_decimal(it).map_or(Value::Null, Value::Number)
}
