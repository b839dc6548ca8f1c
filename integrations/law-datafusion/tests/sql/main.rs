//! SQL over a Parquet file gives the cents of `law.evaluate`.

use std::fs::File;
use std::path::PathBuf;

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, RecordBatch};
use base::{Month, Rational};
use datafusion::prelude::{ParquetReadOptions, SessionConfig, SessionContext};
use law::situation::{EXAMPLES, Fait, Situation, read};
use law::{Law, Status};
use law_arrow::{export, gather};
use law_datafusion::droits;
use parquet::arrow::ArrowWriter;
use parquet::file::properties::WriterProperties;

/// Households like the examples, with other rents, some of it unknown.
fn situations() -> Vec<Situation> {
    let law = Law::national();
    let bases: Vec<Situation> =
        EXAMPLES.iter().map(|it| read(law, it.json.as_bytes()).unwrap().0).collect();
    let varied = |rank: i128| {
        let mut res = bases[usize::try_from(rank).unwrap() % bases.len()].clone();
        let rent = Rational::new(rank * 1_313, 100).unwrap();
        res.ménages[0].faits.insert("loyer".to_owned(), Fait::toujours(rent));
        if rank % 7 == 2 {
            res.personnes[0].faits.insert("chômage_net".to_owned(), Fait::Inconnu);
        }
        res
    };
    (0..60).map(varied).collect()
}

/// The situations in a file of several row groups, one row per household.
fn file(name: &str, situations: &[Situation]) -> PathBuf {
    let law = Law::national();
    let of = |(rank, it)| export::rows(law.book(), &format!("f{rank:03}"), it).unwrap();
    let rows: Vec<_> = situations.iter().enumerate().flat_map(of).collect();
    let batch = gather(&export::batch(law, &rows).unwrap()).unwrap();
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(25)).build();
    let file = File::create(&path).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    path
}

async fn ask(
    path: &PathBuf,
    sql: &str,
) -> Result<Vec<RecordBatch>, datafusion::error::DataFusionError> {
    let law = Law::national();
    let config = SessionConfig::new().with_target_partitions(3).with_batch_size(16);
    let context = SessionContext::new_with_config(config);
    context.register_udf(droits(law, &law.aids()));
    let options = ParquetReadOptions::default();
    context.register_parquet("foyers", path.to_str().unwrap(), options).await?;
    context.sql(sql).await?.collect().await
}

#[tokio::test]
async fn p9_the_cents_are_those_of_the_reference() {
    let situations = situations();
    let path = file("cents.parquet", &situations);
    let law = Law::national();
    for aid in law.aids() {
        let name = &law.book().rule(aid).unwrap().name;
        let sql = format!(
            "SELECT foyer, d['{name}']['centimes'] AS centimes, d['{name}']['statut'] AS statut, d['refus'] AS refus \
             FROM (SELECT foyer, droits(personnes, '2026-05') AS d FROM foyers) ORDER BY foyer"
        );
        let mut seen = 0;
        for batch in ask(&path, &sql).await.unwrap() {
            let cents = batch.column(1).as_primitive::<Int64Type>();
            for row in 0..batch.num_rows() {
                let household = situations[seen].to_household(law).unwrap();
                let expected = &law.evaluate_only(&household, Month::of(2026, 5), &[aid]).aids[0];
                let found = cents.is_valid(row).then(|| Rational::from_cents(cents.value(row)));
                assert_eq!(found, expected.amount, "{name}, household {seen}");
                assert_eq!(found.is_none(), expected.status == Status::Incomplete);
                assert!(batch.column(3).is_null(row));
                seen += 1;
            }
        }
        assert_eq!(seen, situations.len());
    }
}

#[tokio::test]
async fn each_row_may_ask_for_its_own_month() {
    let situations = situations();
    let path = file("mois.parquet", &situations);
    let sql = "SELECT SUM(d['allocations_familiales']['centimes']) AS total FROM (SELECT droits(personnes, \
               CASE WHEN foyer < 'f030' THEN '2026-03' ELSE '2026-05' END) AS d FROM foyers)";
    let found = ask(&path, sql).await.unwrap();
    let found = found[0].column(0).as_primitive::<Int64Type>().value(0);
    let law = Law::national();
    let aid = law.book().rule_named("allocations_familiales").unwrap();
    let of = |(rank, it): (usize, &Situation)| -> Rational {
        let month = Month::of(2026, if rank < 30 { 3 } else { 5 });
        law.evaluate_only(&it.to_household(law).unwrap(), month, &[aid]).aids[0].amount.unwrap()
    };
    let total = situations.iter().enumerate().map(of);
    let total = total.fold(Rational::ZERO, |a, b| a.checked_add(b).unwrap());
    assert!(total > Rational::ZERO);
    assert_eq!(Rational::from_cents(found), total);
}

#[tokio::test]
async fn mistakes_are_told_in_french() {
    let path = file("fautes.parquet", &situations());
    let error = ask(&path, "SELECT droits(personnes, 'mai') FROM foyers").await.unwrap_err();
    assert!(error.to_string().contains("« mai » n’est pas un mois"), "{error}");
    let error = ask(&path, "SELECT droits(foyer, '2026-05') FROM foyers").await.unwrap_err();
    assert!(error.to_string().contains("une liste de personnes"), "{error}");
}

#[tokio::test]
async fn a_household_that_cannot_be_read_does_not_stop_the_others() {
    let mut situations = situations();
    let child = situations[3].familles[0].enfants[0].personne.clone();
    let child = situations[3].personnes.iter_mut().find(|it| it.id == child).unwrap();
    child.faits.insert("date_de_naissance".to_owned(), Fait::toujours("1950-01-01"));
    let path = file("refus.parquet", &situations);
    let sql = "SELECT foyer, d['refus'] AS refus, d['rsa']['centimes'] AS rsa \
               FROM (SELECT foyer, droits(personnes, '2026-05') AS d FROM foyers) \
               WHERE d['refus'] IS NOT NULL";
    let found = ask(&path, sql).await.unwrap();
    let rows: Vec<&RecordBatch> = found.iter().filter(|it| it.num_rows() > 0).collect();
    assert_eq!((rows.len(), rows[0].num_rows()), (1, 1));
    let refusal = datafusion::arrow::util::display::array_value_to_string(rows[0].column(1), 0);
    assert!(refusal.unwrap().contains("n’est pas plus jeune que son parent"));
    assert!(rows[0].column(2).is_null(0), "nothing is told of it");
}
