//! Bit for bit the answers of the reference.

use arrow_array::cast::AsArray;
use arrow_array::types::{Int64Type, UInt64Type};
use arrow_array::{Array, RecordBatch};
use base::{Month, Rational};
use law::situation::{Fait, Situation, Valeur};
use law::{Law, Status};
use law_arrow::{Cents, Households, evaluate, evaluate_lines, gather, schema, status_word};

use crate::{MAY, flat, situations};

/// The examples, and the examples with other amounts and holes.
fn varied() -> Vec<Situation> {
    let mut res = Vec::new();
    for (rank, situation) in situations().into_iter().cycle().take(40).enumerate() {
        let mut it = situation;
        let rent = Rational::new(i128::try_from(rank).unwrap() * 2_537, 100).unwrap();
        for dwelling in &mut it.ménages {
            dwelling.faits.insert("loyer".to_owned(), Fait::toujours(rent));
        }
        let person = &mut it.personnes[0];
        if rank % 3 == 0 {
            person.faits.insert("salaire_net_social".to_owned(), Fait::toujours(rent));
        }
        if rank % 5 == 0 {
            person.faits.insert("chômage_net".to_owned(), Fait::Inconnu);
        }
        if rank % 7 == 0 {
            person.faits.remove("retraite_nette");
        }
        if rank % 11 == 0 {
            it.familles[0].faits.insert("aspa_perçue".to_owned(), Fait::SansObjet);
        }
        res.push(it);
    }
    res
}

fn cents(amount: Option<Rational>) -> Option<i64> {
    match amount.map(Cents::of) {
        Some(Cents::Whole(cents)) => Some(cents),
        other => {
            assert_eq!(other, None, "the national aids are whole cents");
            None
        }
    }
}

fn check(batch: &RecordBatch, situations: &[Situation], months: &[Month]) {
    let law = Law::national();
    let aids = law.aids();
    let answers = evaluate(law, months, &aids, batch).unwrap();
    assert_eq!(answers.num_rows(), situations.len() * months.len());
    let mut statuses = std::collections::BTreeSet::new();
    for (rank, situation) in situations.iter().enumerate() {
        let household = situation.to_household(law).unwrap();
        for (lane, month) in months.iter().enumerate() {
            let row = rank * months.len() + lane;
            for expected in law.evaluate(&household, *month).aids {
                let column = answers.column_by_name(&expected.name).unwrap().as_struct();
                let amount = column.column_by_name("centimes").unwrap().as_primitive::<Int64Type>();
                let amount = amount.is_valid(row).then(|| amount.value(row));
                let status = column.column_by_name("statut").unwrap().as_string::<i32>().value(row);
                assert_eq!(amount, cents(expected.amount), "{rank} {month} {}", expected.name);
                assert_eq!(
                    status,
                    status_word(expected.status),
                    "{rank} {month} {}",
                    expected.name
                );
                statuses.insert(status);
            }
        }
    }
    assert!(statuses.len() > 2, "the households are too much alike: {statuses:?}");
}

#[test]
fn a_row_per_person_gives_the_reference() {
    let situations = varied();
    check(&flat(&situations), &situations, &[MAY(), Month::of(2026, 6), Month::of(2025, 12)]);
}

#[test]
fn a_row_per_household_gives_the_reference() {
    let situations = varied();
    let batch = gather(&flat(&situations)).unwrap();
    assert_eq!(batch.num_rows(), situations.len());
    check(&batch, &situations, &[MAY()]);
}

#[test]
fn every_field_of_a_table_is_in_the_schema() {
    let schema = schema(Law::national());
    let batch = gather(&flat(&situations())).unwrap();
    let fields = |schema: &arrow_schema::Schema| -> Vec<(String, arrow_schema::DataType)> {
        match schema.field_with_name("personnes").unwrap().data_type() {
            arrow_schema::DataType::List(item) => match item.data_type() {
                arrow_schema::DataType::Struct(fields) => {
                    fields.iter().map(|it| (it.name().clone(), it.data_type().clone())).collect()
                }
                other => panic!("{other}"),
            },
            other => panic!("{other}"),
        }
    };
    let known = fields(&schema);
    for (name, ty) in fields(&batch.schema()).into_iter().filter(|(it, _)| !it.contains('@')) {
        let found = known.iter().find(|(it, _)| *it == name);
        let plain = |ty: &arrow_schema::DataType| ty.to_string().replace("non-null ", "");
        assert_eq!(found.map(|(_, ty)| plain(ty)), Some(plain(&ty)), "{name}");
    }
}

#[test]
fn lines_keep_the_families_of_a_household_apart() {
    let all = situations();
    let (lone, couple) = (&all[0], &all[1]);
    let together = merged(lone, couple);
    let law = Law::national();
    let family = law.book().rule_named("allocations_familiales").unwrap();
    let batch = flat(&[together]);
    let lines = evaluate_lines(law, &[MAY()], &[family], &batch).unwrap();
    let amounts = lines.column_by_name("centimes").unwrap().as_primitive::<Int64Type>();
    let place = lines.column_by_name("ligne").unwrap().as_primitive::<UInt64Type>();
    let of = |situation: &Situation| {
        let household = situation.to_household(law).unwrap();
        let aids = law.evaluate_only(&household, MAY(), &[family]).aids;
        cents(aids[0].amount).unwrap()
    };
    let apart = [of(lone), of(couple)];
    assert_eq!(amounts.values().to_vec(), apart);
    assert_eq!(place.values().to_vec(), [1, 1]);
    let total = evaluate(law, &[MAY()], &[family], &batch).unwrap();
    let total = total.column_by_name("allocations_familiales").unwrap().as_struct().column(0);
    assert_eq!(total.as_primitive::<Int64Type>().value(0), apart[0] + apart[1]);
}

/// Two families under one name, each in its dwelling.
fn merged(a: &Situation, b: &Situation) -> Situation {
    let mut res = a.clone();
    res.personnes.extend(b.personnes.iter().cloned());
    res.familles.extend(b.familles.iter().cloned());
    res.foyers_fiscaux.extend(b.foyers_fiscaux.iter().cloned());
    res.ménages.extend(b.ménages.iter().cloned());
    res
}

#[test]
fn months_told_one_by_one_are_not_carried_on() {
    let law = Law::national();
    let mut situation = situations().remove(0);
    let series = |months: &[(i32, i64)], until| Fait::Série {
        depuis: months
            .iter()
            .map(|(month, euros)| {
                (Month::of(2026, *month), Some(Valeur::Nombre(Rational::from(*euros))))
            })
            .collect(),
        jusqu_au: Some(Month::of(2026, until)),
        source: None,
    };
    let faits = &mut situation.personnes[0].faits;
    faits.insert("salaire_net_social".to_owned(), series(&[(1, 900), (3, 950)], 4));
    let all = Households::open(law, &flat(&[situation])).unwrap();
    let household = all.get(0).unwrap().household.unwrap();
    let pay = law.book().input_named("salaire_net_social").unwrap();
    let law::Fact::Known(history) = household.fact(pay, 0) else { panic!("known") };
    let at = |month| history.at(Month::of(2026, month)).and_then(law::Value::as_number);
    assert_eq!(at(1), Some(Rational::from(900)));
    assert_eq!(at(2), Some(Rational::from(900)));
    assert_eq!(at(4), Some(Rational::from(950)));
    assert_eq!((at(5), at(0)), (None, None));
    assert_eq!(history.until, Some(Month::of(2026, 4)));
}

#[test]
fn what_nobody_knows_is_incomplete() {
    let law = Law::national();
    let mut situation = situations().remove(0);
    situation.ménages[0].faits.insert("loyer".to_owned(), Fait::Inconnu);
    let all = Households::open(law, &flat(&[situation])).unwrap();
    let household = all.get(0).unwrap().household.unwrap();
    let rent = law.book().input_named("loyer").unwrap();
    assert_eq!(household.fact(rent, 0), &law::Fact::Unknown);
    let housing = law.book().rule_named("aide_au_logement").unwrap();
    let answer = law.evaluate_only(&household, MAY(), &[housing]);
    assert_eq!(answer.aids[0].status, Status::Incomplete);
}
