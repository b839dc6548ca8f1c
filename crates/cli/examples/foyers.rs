//! Invented households by the million, to measure `tandem law batch` with:
//! `cargo run --release -p cli --example foyers -- 1000000 foyers.parquet` (or `.jsonl`, `.csv`; with
//! `par-foyer.parquet` each household is one row).
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a tool for measures"
)]

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use base::{Month, Rational};
use law::Law;
use law::situation::{EXAMPLES, Fait, Situation, Valeur, read};
use law_arrow::{export, gather};
use parquet::arrow::ArrowWriter;
use serde_json::{Value, json};

/// Households written at once; a multiple of the number of examples, so that all have the same columns.
const CHUNK: usize = 6_000;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let count: usize = args[1].parse().unwrap();
    let path = Path::new(&args[2]);
    match path.extension().unwrap().to_str().unwrap() {
        "jsonl" => json_lines(count, path),
        "csv" => csv(count, path),
        _ => parquet(count, path),
    }
}

fn chunks(count: usize) -> impl Iterator<Item = Vec<(usize, Situation)>> {
    let bases: Vec<Situation> =
        EXAMPLES.iter().map(|it| read(Law::national(), it.json.as_bytes()).unwrap().0).collect();
    let mut dice = 0x9e37_79b9_7f4a_7c15u64;
    (0..count).step_by(CHUNK).map(move |start| {
        let range = start..count.min(start + CHUNK);
        range.map(|rank| (rank, varied(&bases[rank % bases.len()], &mut dice))).collect()
    })
}

fn roll(dice: &mut u64, sides: u64) -> u64 {
    *dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*dice >> 33) % sides
}

/// The same persons with other amounts: pay that changes once in thirteen months, another rent.
fn varied(base: &Situation, dice: &mut u64) -> Situation {
    let mut res = base.clone();
    for person in &mut res.personnes {
        let adult = person.faits.get("activité") != Some(&Fait::toujours("en_études"));
        for (name, fait) in &mut person.faits {
            if matches!(fait, Fait::Série { .. }) {
                *fait = Fait::toujours(Rational::from(0));
            }
            if adult && (name == "salaire_net_social" || name == "salaire_imposable") {
                *fait = pay(dice);
            }
        }
    }
    for family in &mut res.familles {
        for fait in family.faits.values_mut().filter(|it| matches!(it, Fait::Série { .. })) {
            *fait = Fait::toujours(euros(dice, 400));
        }
    }
    for dwelling in &mut res.ménages {
        dwelling.faits.insert("loyer".to_owned(), Fait::toujours(euros(dice, 1_200)));
    }
    res
}

fn euros(dice: &mut u64, most: u64) -> Rational {
    Rational::from_cents(i64::try_from(roll(dice, most * 100)).unwrap())
}

fn pay(dice: &mut u64) -> Fait {
    let change = i32::try_from(1 + roll(dice, 11)).unwrap();
    let mut amount = || Some(Valeur::Nombre(euros(dice, 3_000)));
    let first = Month::of(2025, 5);
    Fait::Série {
        depuis: vec![(first, amount()), (first.plus(change), amount())],
        jusqu_au: Some(first.plus(12)),
        source: None,
    }
}

fn json_lines(count: usize, path: &Path) {
    let mut out = BufWriter::new(File::create(path).unwrap());
    for (rank, situation) in chunks(count).flatten() {
        let mut json = serde_json::to_value(&situation).unwrap();
        let Value::Object(fields) = &mut json else { panic!() };
        fields.insert("id".to_owned(), json!(format!("{rank:08}")));
        writeln!(out, "{json}").unwrap();
    }
}

fn rows(chunk: &[(usize, Situation)]) -> Vec<export::Row> {
    let book = Law::national().book();
    let of =
        |(rank, it): &(usize, Situation)| export::rows(book, &format!("{rank:08}"), it).unwrap();
    chunk.iter().flat_map(of).collect()
}

fn csv(count: usize, path: &Path) {
    let mut out = csv::Writer::from_path(path).unwrap();
    for (rank, chunk) in chunks(count).enumerate() {
        let (names, cells) = export::texts(&rows(&chunk));
        if rank == 0 {
            out.write_record(&names).unwrap();
        }
        cells.iter().for_each(|it| out.write_record(it).unwrap());
    }
    out.flush().unwrap();
}

fn parquet(count: usize, path: &Path) {
    let nested = path.file_stem().unwrap().to_str().unwrap().contains("par-foyer");
    let mut writer = None;
    for chunk in chunks(count) {
        let flat = export::batch(Law::national(), &rows(&chunk)).unwrap();
        let batch = if nested { gather(&flat).unwrap() } else { flat };
        let writer = writer.get_or_insert_with(|| {
            ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), None).unwrap()
        });
        writer.write(&batch).unwrap();
        if writer.in_progress_rows() > 100_000 {
            writer.flush().unwrap();
        }
    }
    writer.unwrap().close().unwrap();
}
