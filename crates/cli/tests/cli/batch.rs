//! `tandem law batch`.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use base::Rational;
use law::Law;
use law::situation::{EXAMPLES, Fait, Situation, read};
use law_arrow::{export, gather};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::reader::{FileReader, SerializedFileReader};
use serde_json::{Value, json};

use crate::runner::{stderr, stdout, tandem};

/// A folder of its own for each test.
fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("batch").join(name);
    let _ = fs::remove_dir_all(&path);
    fs::create_dir_all(&path).unwrap();
    path
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Households like the examples, with other rents and pay, some of it unknown or never asked.
fn situations(count: usize) -> Vec<Situation> {
    let law = Law::national();
    let bases: Vec<_> =
        EXAMPLES.iter().map(|it| read(law, it.json.as_bytes()).unwrap().0).collect();
    let varied = |rank: usize| {
        let mut res = bases[rank % bases.len()].clone();
        let rent = Rational::new(i128::try_from(rank % 97).unwrap() * 1_313, 100).unwrap();
        res.ménages[0].faits.insert("loyer".to_owned(), Fait::toujours(rent));
        match rank % 7 {
            2 => drop(res.personnes[0].faits.insert("chômage_net".to_owned(), Fait::Inconnu)),
            4 => drop(res.personnes[0].faits.remove("retraite_nette")),
            _ => {}
        }
        res
    };
    (0..count).map(varied).collect()
}

fn name(rank: usize) -> String {
    format!("f{rank:05}")
}

fn document(situation: &Situation, id: &str) -> Value {
    let mut json = serde_json::to_value(situation).unwrap();
    json.as_object_mut().unwrap().insert("id".to_owned(), json!(id));
    json
}

fn json_lines(path: &Path, situations: &[Situation]) {
    let line = |(rank, it): (usize, &Situation)| format!("{}\n", document(it, &name(rank)));
    fs::write(path, situations.iter().enumerate().map(line).collect::<String>()).unwrap();
}

fn rows(situations: &[Situation]) -> Vec<export::Row> {
    let book = Law::national().book();
    let of = |(rank, it)| export::rows(book, &name(rank), it).unwrap();
    situations.iter().enumerate().flat_map(of).collect()
}

fn csv(path: &Path, separator: u8, situations: &[Situation]) {
    let (names, cells) = export::texts(&rows(situations));
    let mut out = csv::WriterBuilder::new().delimiter(separator).from_path(path).unwrap();
    out.write_record(names).unwrap();
    cells.iter().for_each(|it| out.write_record(it).unwrap());
    out.flush().unwrap();
}

fn parquet(path: &Path, batch: &arrow_array::RecordBatch) {
    let mut out = ArrowWriter::try_new(File::create(path).unwrap(), batch.schema(), None).unwrap();
    out.write(batch).unwrap();
    out.close().unwrap();
}

#[track_caller]
fn batch(options: &[&str]) -> Output {
    tandem(&[&["law", "batch"], options].concat())
}

#[track_caller]
fn works(options: &[&str]) -> String {
    let output = batch(options);
    assert_eq!(output.status.code(), Some(0), "{}{}", stderr(&output), stdout(&output));
    stdout(&output)
}

#[track_caller]
fn refuses(options: &[&str], words: &str) {
    let output = batch(options);
    assert_eq!(output.status.code(), Some(2), "{}", stdout(&output));
    assert!(stderr(&output).contains(words), "{}", stderr(&output));
}

/// The answers without the line they come from, which differs between formats.
fn answers(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    let without_line = |row: &str| {
        let cells: Vec<_> = row.split(',').enumerate().filter(|(at, _)| *at != 1).collect();
        cells.iter().map(|(_, it)| *it).collect::<Vec<_>>().join(",")
    };
    text.lines().map(without_line).collect()
}

#[test]
fn all_formats_give_the_answers_of_one_household_at_a_time() {
    let folder = folder("formats");
    let situations = situations(40);
    json_lines(&folder.join("a.jsonl"), &situations);
    csv(&folder.join("b.csv"), b',', &situations);
    csv(&folder.join("c.csv"), b';', &situations);
    let flat = export::batch(Law::national(), &rows(&situations)).unwrap();
    parquet(&folder.join("d.parquet"), &flat);
    parquet(&folder.join("e.parquet"), &gather(&flat).unwrap());
    let mut expected = vec!["foyer,mois,aide,instance,statut,centimes,fraction,recueil".to_owned()];
    expected.extend(reference(&situations, &["2026-04", "2026-05"]));
    for input in ["a.jsonl", "b.csv", "c.csv", "d.parquet", "e.parquet"] {
        let output = folder.join(format!("{input}.droits.csv"));
        let months = "2026-04..2026-05";
        works(&[text(&folder.join(input)), "-o", text(&output), "--month", months, "--chunk", "7"]);
        assert_eq!(answers(&output), expected, "{input}");
    }
}

/// The rows that `law.evaluate` gives.
fn reference(situations: &[Situation], months: &[&str]) -> Vec<String> {
    let law = Law::national();
    let fingerprint = law.fingerprint();
    let mut res = Vec::new();
    for (rank, situation) in situations.iter().enumerate() {
        let household = situation.to_household(law).unwrap();
        for month in months {
            for aid in law.evaluate(&household, month.parse().unwrap()).aids {
                let status = match aid.status {
                    law::Status::Due => "dû",
                    law::Status::NotDue => "non_dû",
                    law::Status::Incomplete => "à_compléter",
                    law::Status::Impossible => "impossible",
                };
                let cents = aid.amount.map(|it| it.checked_mul(Rational::from(100)).unwrap());
                let cents = cents.map_or(String::new(), |it| it.numerator().to_string());
                let (id, aid, instance) = (name(rank), aid.name, aid.instance);
                let book = &fingerprint[..16];
                res.push(format!("{id},{month},{aid},{instance},{status},{cents},,{book}"));
            }
        }
    }
    let statuses: BTreeSet<_> = res.iter().map(|it| it.split(',').nth(4).unwrap()).collect();
    assert!(statuses.len() >= 3, "the households are too much alike: {statuses:?}");
    res
}

#[test]
fn parquet_out_says_the_same_as_csv_out() {
    let folder = folder("parquet");
    let input = folder.join("foyers.jsonl");
    json_lines(&input, &situations(30));
    let (csv, parquet) = (folder.join("a.csv"), folder.join("a.parquet"));
    let options = ["--month", "2026-05", "--aids", "rsa,prime_d_activité", "--chunk", "8"];
    works(&[&[text(&input), "-o", text(&csv)][..], &options].concat());
    works(&[&[text(&input), "-o", text(&parquet)][..], &options].concat());
    assert_eq!(
        table(&parquet),
        fs::read_to_string(&csv).unwrap().lines().skip(1).collect::<Vec<_>>()
    );
    let file = SerializedFileReader::new(File::open(&parquet).unwrap()).unwrap();
    assert_eq!(file.metadata().num_row_groups(), 4, "one for each part");
    let kept = file.metadata().file_metadata().key_value_metadata().unwrap();
    let fingerprint = kept.iter().find(|it| it.key == "tandem.recueil").unwrap();
    assert_eq!(fingerprint.value, Some(Law::national().fingerprint()));
    assert!(!folder.join("a.parquet.en-cours").exists());
}

/// The rows of a Parquet file of answers, as the CSV file would write them.
fn table(path: &Path) -> Vec<String> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(path).unwrap()).unwrap();
    let mut res = Vec::new();
    for batch in reader.build().unwrap() {
        let batch = batch.unwrap();
        let cells = law_arrow::Arrays::new(batch.columns());
        for row in 0..batch.num_rows() {
            let cell =
                |column| law_arrow::Cells::cell(&cells, column, row).name().unwrap_or_default();
            res.push((0..batch.num_columns()).map(cell).collect::<Vec<_>>().join(","));
        }
    }
    res
}

#[test]
fn rows_that_cannot_be_read_are_kept_with_their_reason() {
    let folder = folder("rejets");
    let input = folder.join("foyers.jsonl");
    let mut lines: Vec<String> = situations(6)
        .iter()
        .enumerate()
        .map(|(rank, it)| document(it, &name(rank)).to_string())
        .collect();
    lines[1] = "{\"personnes\": [".to_owned();
    lines[2] = lines[2].replace("\"id\":\"f00002\"", "\"identifiant\":2");
    lines[3] = lines[3].replace("\"loyer\"", "\"loyé\"");
    lines[4].insert(0, '\u{feff}');
    lines.insert(5, String::new());
    fs::write(&input, lines.join("\n")).unwrap();
    let output = folder.join("droits.parquet");
    let ran = batch(&[text(&input), "-o", text(&output), "--month", "2026-05", "--aids", "rsa"]);
    assert_eq!(ran.status.code(), Some(1), "finished, but not for everybody: {}", stderr(&ran));
    let summary = stdout(&ran);
    assert!(summary.contains("6 foyers lus, dont 2 refusés"), "{summary}");
    assert!(summary.contains("il a été tronqué"), "{summary}");
    let kept = fs::read_to_string(folder.join("droits.parquet.rejets.jsonl")).unwrap();
    let kept: Vec<Value> = kept.lines().map(|it| serde_json::from_str(it).unwrap()).collect();
    assert_eq!(kept.len(), 2);
    assert_eq!((&kept[0]["ligne"], &kept[0]["foyer"]), (&json!(2), &Value::Null));
    assert_eq!(kept[0]["brut"], json!("{\"personnes\": ["));
    assert_eq!((&kept[1]["ligne"], &kept[1]["foyer"]), (&json!(4), &json!("f00003")));
    assert!(kept[1]["motif"][0].as_str().unwrap().contains("vouliez-vous dire « loyer »"));
    let names: Vec<_> =
        table(&output).iter().map(|it| it.split(',').next().unwrap().to_owned()).collect();
    assert_eq!(names, ["f00000", "2", "f00004", "f00005"]);
}

#[test]
fn a_row_of_a_spreadsheet_is_told_by_line_and_column() {
    let folder = folder("tableur");
    let input = folder.join("foyers.csv");
    let rows = "foyer;rôle;part;rôle_fiscal;date_de_naissance;loyer;_note\n\
                a;demandeur;;déclarant;03/09/1990;\"412,50\";\n\
                a;enfant;1;à charge;2016-02-30;;\n\
                b;demandeur;;déclarant;1980-01-01;?;bien\n\
                c;demandeur;;déclarant;1980-01-01\n\
                ;;;;;;\n";
    fs::write(&input, rows).unwrap();
    let output = folder.join("droits.csv");
    let ran = batch(&[text(&input), "-o", text(&output), "--month", "2026-05", "--aids", "rsa"]);
    assert_eq!(ran.status.code(), Some(1), "{}", stderr(&ran));
    let mut kept = csv::Reader::from_path(folder.join("droits.csv.rejets.csv")).unwrap();
    let kept: Vec<Vec<String>> =
        kept.records().map(|it| it.unwrap().iter().map(str::to_owned).collect()).collect();
    let reason = "ligne 3, colonne « date_de_naissance » : la date « 2016-02-30 » n’existe pas ; une \
                  date s’écrit \"AAAA-MM-JJ\"";
    assert_eq!(kept[0][..3], ["2", "a", reason]);
    assert_eq!(kept[1][..3], ["5", "c", "ligne 5 : cette ligne a 5 cellules, l’en-tête en a 7"]);
    assert!(kept[0][3].contains("412,50"), "the raw rows are kept: {}", kept[0][3]);
    assert_eq!(answers(&output).len(), 2, "a heading and the household of line 4");
}

fn start(options: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tandem"));
    command.args(["law", "batch"]).args(options);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Waits until that many parts are in the journal; `false` if the run ended before.
fn wait_for_parts(child: &mut Child, output: &Path, parts: usize) -> bool {
    let journal = PathBuf::from(format!("{}.en-cours/journal.jsonl", output.display()));
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(60) {
        let lines = fs::read_to_string(&journal).map_or(0, |it| it.lines().count());
        if lines > parts {
            return true;
        }
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("no part in a minute");
}

#[test]
fn a_killed_run_goes_on_where_it_was() {
    let folder = folder("tué");
    let input = folder.join("foyers.jsonl");
    let mut situations = situations(1_500);
    situations[700].ménages.clear();
    json_lines(&input, &situations);
    let whole = folder.join("d'un trait.csv");
    let output = folder.join("en deux fois.csv");
    let question = ["--month", "2026-01..2026-03", "--chunk", "20"];
    let asked =
        |output: &Path| [&[text(&input), "-o", text(output)][..], &question].concat().join("\n");
    let options = |output: &Path| asked(output).split('\n').map(str::to_owned).collect::<Vec<_>>();
    let run = |output: &Path, more: &[&str]| {
        let options = options(output);
        let options: Vec<&str> =
            options.iter().map(String::as_str).chain(more.iter().copied()).collect();
        batch(&options)
    };
    assert_eq!(run(&whole, &[]).status.code(), Some(1), "one household has no dwelling");

    let words = options(&output);
    let mut child = start(&words.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(
        wait_for_parts(&mut child, &output, 5),
        "{}",
        stderr(&child.wait_with_output().unwrap())
    );
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!output.exists(), "half a result is no result");

    // Not taken for a new question, and not taken for another one.
    let again = run(&output, &[]);
    assert!(stderr(&again).contains("ajoutez --resume"), "{}", stderr(&again));
    let other = run(&output, &["--aids", "rsa", "--resume"]);
    assert!(stderr(&other).contains("avec d’autres aides"), "{}", stderr(&other));

    // What is done is not done again: a mark left in a part is still there at the end.
    let journal = folder.join("en deux fois.csv.en-cours/journal.jsonl");
    let done = fs::read_to_string(&journal).unwrap();
    let done: Value = serde_json::from_str(done.lines().nth(1).unwrap()).unwrap();
    let part = format!("en deux fois.csv.en-cours/{:08}.csv", done["fait"].as_u64().unwrap());
    let part = folder.join(part);
    let kept = fs::read_to_string(&part).unwrap();
    fs::write(&part, kept.replacen(",dû,", ",marque,", 1)).unwrap();
    // The last line of the journal may have been cut in two.
    let mut cut = fs::read_to_string(&journal).unwrap();
    cut.push_str("{\"fait\": 3");
    fs::write(&journal, cut).unwrap();

    let resumed = run(&output, &["--resume"]);
    assert_eq!(resumed.status.code(), Some(1), "{}", stderr(&resumed));
    assert!(
        stdout(&resumed).contains("1\u{202f}500 foyers lus, dont 1 refusés"),
        "{}",
        stdout(&resumed)
    );
    let written = fs::read_to_string(&output).unwrap();
    assert_eq!(written.matches(",marque,").count(), 1);
    let restored = written.replacen(",marque,", ",dû,", 1);
    assert!(restored == fs::read_to_string(&whole).unwrap(), "not the same bytes");
    let refusals =
        |name: &str| fs::read_to_string(folder.join(format!("{name}.csv.rejets.csv"))).unwrap();
    assert_eq!(refusals("en deux fois"), refusals("d'un trait"));
    assert!(!journal.exists());
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_says_how_to_go_on() {
    let folder = folder("interrompu");
    let input = folder.join("foyers.jsonl");
    json_lines(&input, &situations(1_500));
    let (whole, output) = (folder.join("whole.parquet"), folder.join("droits.parquet"));
    let options =
        [text(&input), "-o", text(&output), "--month", "2026-01..2026-03", "--chunk", "10"];
    let mut child = start(&options);
    assert!(wait_for_parts(&mut child, &output, 2));
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(2), "{}", stdout(&ended));
    assert!(
        stderr(&ended).contains("La même commande avec --resume continue"),
        "{}",
        stderr(&ended)
    );
    works(&[&options[..], &["--resume"]].concat());
    works(&[&[text(&input), "-o", text(&whole)], &options[3..]].concat());
    assert_eq!(fs::read(&output).unwrap(), fs::read(&whole).unwrap());
}

#[test]
fn what_cannot_be_asked_is_told_before_anything_is_computed() {
    let folder = folder("refus");
    let input = folder.join("foyers.jsonl");
    json_lines(&input, &situations(1));
    let input = text(&input);
    let output = folder.join("x.csv");
    let output = text(&output);
    let may = ["--month", "2026-05"];
    let ask =
        |options: &[&str], words: &str| refuses(&[&[input, "-o", output], options].concat(), words);
    ask(&["--month", "2026-13"], "« 2026-13 » n’est pas un mois");
    ask(&["--month", "2026-05..2026-01"], "finit avant de commencer");
    ask(
        &["--month", "2026-05", "--aids", "prime_activité"],
        "les plus proches : « prime_d_activité »",
    );
    ask(&["--month", "2026-05", "--format", "xlsx"], "« xlsx » n’est pas un format de sortie");
    refuses(
        &[&[input, "-o", "resultat"], &may[..]].concat(),
        "la sortie finit par .parquet ou .csv",
    );
    refuses(&[&["nulle-part.csv", "-o", output], &may[..]].concat(), "nulle-part.csv");
    refuses(
        &[&["foyers.xlsx", "-o", output], &may[..]].concat(),
        "finit par .jsonl, .csv ou .parquet",
    );
    let table = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let bad = table("bad.csv", "foyer,rôle,loyé\n1,demandeur,3\n");
    let out = folder.join("bad-out.csv");
    let out = text(&out);
    refuses(&[&[bad.as_str(), "-o", out], &may[..]].concat(), "vouliez-vous dire « loyer » ?");
    refuses(
        &[&[bad.as_str(), "-o", out], &may[..]].concat(),
        "il manque la colonne « rôle_fiscal »",
    );
    let bad = table(
        "split.csv",
        "foyer,rôle,rôle_fiscal\n1,demandeur,déclarant\n2,demandeur,déclarant\n1,conjoint,déclarant\n",
    );
    let words = "ligne 4 : le foyer « 1 » a déjà été lu plus haut";
    refuses(&[&[bad.as_str(), "-o", out], &may[..]].concat(), words);
    let bad = table("bad.parquet", "not parquet");
    refuses(
        &[&[bad.as_str(), "-o", out], &may[..]].concat(),
        "ce fichier Parquet ne peut pas être lu",
    );
}

#[test]
fn nobody_gives_an_empty_table() {
    let folder = folder("vide");
    let input = folder.join("foyers.jsonl");
    fs::write(&input, "\n").unwrap();
    let output = folder.join("droits.parquet");
    let said = works(&[text(&input), "-o", text(&output), "--month", "2026-05"]);
    assert!(said.contains("0 foyers lus"), "{said}");
    assert_eq!(table(&output), Vec::<String>::new());
}

#[test]
fn quiet_is_quiet() {
    let folder = folder("muet");
    let input = folder.join("foyers.jsonl");
    json_lines(&input, &situations(2));
    let output = folder.join("droits.csv");
    let ran = batch(&[text(&input), "-o", text(&output), "--month", "2026-05", "--quiet"]);
    assert_eq!((stdout(&ran).as_str(), stderr(&ran).as_str()), ("", ""));
}
