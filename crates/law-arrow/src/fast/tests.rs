//! The short way answers what the long way answers, and never takes what it refuses.

use base::Month;
use law::Law;
use law::columns::{Plan, Workspace, evaluate_chunk};
use law::situation::{EXAMPLES, Fait, read};

use super::*;
use crate::cell::Cells;
use crate::export;
use crate::heading::Heading;

struct Texts(Vec<Vec<String>>);

impl Cells for Texts {
    fn cell(&self, column: usize, row: usize) -> Cell<'_> {
        self.0.get(row).and_then(|it| it.get(column)).map_or(Cell::Empty, |it| Cell::text(it))
    }
}

fn roll(dice: &mut u64, sides: usize) -> usize {
    *dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*dice >> 33).unwrap() % sides
}

/// What people write in cells, right or wrong.
const WORDS: [&str; 30] = [
    "",
    "?",
    "sans objet",
    "0",
    "1",
    "1/2",
    "12,5",
    "12.50",
    "-3",
    "1e3",
    "99999999999999",
    "NaN",
    "oui",
    "NON",
    "faux",
    "2010-02-29",
    "1970-01-01",
    "3/9/1990",
    "2031-01-01",
    "en_emploi",
    "locataire_vide",
    "demandeur",
    "conjoint",
    "enfant",
    "déclarant",
    "à charge",
    "ailleurs",
    "2",
    "Demandeur",
    "loyer",
];

/// The examples as rows of texts, with the columns of the lists of states.
fn tables() -> (Vec<String>, Vec<Vec<String>>, Vec<Range<usize>>) {
    let book = Law::national().book();
    let mut rows = Vec::new();
    let mut units = Vec::new();
    for (rank, example) in EXAMPLES.iter().cycle().take(30).enumerate() {
        let mut situation = read(Law::national(), example.json.as_bytes()).unwrap().0;
        if rank % 2 == 0 {
            let pay = Fait::toujours(Rational::from(i64::try_from(rank).unwrap() * 100));
            situation.personnes[0].faits.insert("salaire_net_social".to_owned(), pay);
        }
        let start = rows.len();
        rows.extend(export::rows(book, &format!("f{rank}"), &situation).unwrap());
        units.push(start..rows.len());
    }
    let (mut names, mut cells) = export::texts(&rows);
    names.extend(["inconnus".to_owned(), "sans_objet".to_owned()]);
    cells.iter_mut().for_each(|it| it.extend([String::new(), String::new()]));
    (names, cells, units)
}

/// Changes a few cells, then compares both ways; answers how many households took each.
fn compare(dice: &mut u64, changes: usize) -> (usize, usize, usize) {
    let law = Law::national();
    let (names, mut cells, units) = tables();
    for _ in 0..changes {
        let (row, column) = (roll(dice, cells.len()), roll(dice, names.len()));
        // The places matter more than any one fact.
        let column = if roll(dice, 3) == 0 { roll(dice, 9) } else { column };
        cells[row][column] = WORDS[roll(dice, WORDS.len())].to_owned();
    }
    let heading = Heading::read(law.book(), names.iter().map(String::as_str), &[]).unwrap();
    let cells = Texts(cells);
    let table = Table { law, heading: &heading, cells: &cells };
    let months = [Month::of(2026, 5), Month::of(2026, 2)];
    let plan = Plan::new(law.book(), &law.aids(), &months);
    let mut columns = Households::new(law.book());
    let ranks = table.columns(&units, &mut columns);
    let mut workspace = Workspace::default();
    let answers = evaluate_chunk(&plan, law.book(), &columns, 0..columns.len(), &mut workspace);
    let mut counts = (0, 0, 0);
    for (unit, rank) in units.iter().zip(ranks) {
        let long = table.household(unit.clone());
        let Some(rank) = rank else {
            *(if long.is_ok() { &mut counts.1 } else { &mut counts.2 }) += 1;
            continue;
        };
        counts.0 += 1;
        let household = long.unwrap_or_else(|it| panic!("taken by the short way alone: {it:?}"));
        for (lane, month) in months.iter().enumerate() {
            for (aid, id) in law.aids().into_iter().enumerate() {
                for it in law.evaluate_only(&household, *month, &[id]).aids {
                    let cell = answers.cell(lane, aid, rank, usize::from(it.instance)).unwrap();
                    assert_eq!((cell.status, cell.amount), (it.status, it.amount), "{}", it.name);
                }
            }
        }
    }
    counts
}

#[test]
fn plain_tables_all_take_the_short_way() {
    assert_eq!(compare(&mut 1, 0), (30, 0, 0));
}

#[test]
fn both_ways_agree_on_tables_with_anything_in_them() {
    let mut dice = 20_260_501;
    let mut all = (0, 0, 0);
    for round in 0..30 {
        let (short, long, refused) = compare(&mut dice, round * 2);
        all = (all.0 + short, all.1 + long, all.2 + refused);
    }
    assert!(all.0 > 200 && all.2 > 100, "too few of a kind: {all:?}");
}

#[test]
fn what_is_only_unusual_is_left_to_the_long_way() {
    let law = Law::national();
    let heading = Heading::read(law.book(), ["rôle", "rôle_fiscal"], &[]).unwrap();
    let rows = ["Demandeur", "demandeur"].map(|it| vec![it.to_owned(), "déclarant".to_owned()]);
    let cells = Texts(rows.to_vec());
    let table = Table { law, heading: &heading, cells: &cells };
    let ranks = table.columns(&[0..1, 1..2], &mut Households::new(law.book()));
    assert_eq!(ranks, [None, Some(0)]);
    assert!(table.household(0..1).is_ok());
}
