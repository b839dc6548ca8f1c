//! What has been done, so that the next run does not do it again.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::PathBuf;

use serde_json::{Map, Value, json};

use super::fr;
use super::job::Job;
use crate::{Refusal, Result};

/// Reasons kept for each part: the rest is noise.
const REASONS_KEPT: usize = 20;
/// Reasons told at the end.
const REASONS_TOLD: usize = 5;

/// Counts of a part, or of all.
#[derive(Debug, Clone, Default)]
pub struct Done {
    pub households: u64,
    pub refused: u64,
    pub statuses: BTreeMap<String, u64>,
    pub reasons: HashMap<String, u64>,
}

/// The folder of parts and its journal: a first line for the job, then one for each part that is written.
#[derive(Debug)]
pub struct Journal {
    folder: PathBuf,
    file: File,
    parts: BTreeMap<usize, Done>,
}

impl Journal {
    /// A new journal, or with `resume` the one of the run that stopped, if there is one: the size of its
    /// parts is then the job's.
    pub fn open(job: &mut Job<'_>, resume: bool) -> Result<Self> {
        let folder = job.folder();
        let path = folder.join("journal.jsonl");
        let refuse = |error| Refusal(fr::unwritable(&path, &error));
        let mut parts = BTreeMap::new();
        if path.exists() {
            if !resume {
                return Err(Refusal(fr::unfinished(&folder)));
            }
            parts = read(&path, job)?;
        } else {
            fs::create_dir_all(&folder).map_err(refuse)?;
        }
        let fresh = !path.exists();
        let mut file = OpenOptions::new().create(true).append(true).open(&path).map_err(refuse)?;
        if fresh {
            let mut identity = job.identity();
            if let Some(fields) = identity.as_object_mut() {
                fields.insert("morceau".to_owned(), json!(job.chunk));
            }
            writeln!(file, "{identity}").and_then(|()| file.sync_data()).map_err(refuse)?;
        }
        Ok(Self { folder, file, parts })
    }

    /// The parts that are written, in order.
    pub fn parts(&self) -> impl Iterator<Item = usize> {
        self.parts.keys().copied()
    }

    pub fn done(&mut self, part: usize, done: Done) -> Result<()> {
        let line = done.to_json(part);
        writeln!(self.file, "{line}")
            .and_then(|()| self.file.sync_data())
            .map_err(|error| Refusal(fr::unwritable(&self.folder, &error)))?;
        self.parts.insert(part, done);
        Ok(())
    }

    pub fn households(&self) -> u64 {
        self.parts.values().map(|it| it.households).sum()
    }

    pub fn total(&self) -> Done {
        let mut res = Done::default();
        for part in self.parts.values() {
            res.households += part.households;
            res.refused += part.refused;
            for (word, count) in &part.statuses {
                *res.statuses.entry(word.clone()).or_default() += count;
            }
            for (reason, count) in &part.reasons {
                *res.reasons.entry(reason.clone()).or_default() += count;
            }
        }
        res
    }

    /// The result is whole: the parts are of no use any more.
    pub fn remove(&self) -> Result<()> {
        fs::remove_dir_all(&self.folder)
            .map_err(|error| Refusal(fr::unwritable(&self.folder, &error)))
    }
}

fn read(path: &PathBuf, job: &mut Job<'_>) -> Result<BTreeMap<usize, Done>> {
    let refuse = |error| Refusal(crate::fr::unreadable(path, &error));
    let broken = || Refusal(fr::broken_journal(path));
    let mut text = String::new();
    File::open(path).and_then(|mut it| it.read_to_string(&mut text)).map_err(refuse)?;
    // A line without its end was being written when the run stopped: it is cut off.
    let whole = text.rfind('\n').map_or(0, |it| it + 1);
    let file = OpenOptions::new().write(true).open(path).map_err(refuse)?;
    file.set_len(whole as u64).map_err(refuse)?;
    let mut lines = text.get(..whole).unwrap_or_default().lines();
    let first = lines.next().ok_or_else(broken)?;
    let first: Value = serde_json::from_str(first).map_err(|_| broken())?;
    for (name, value) in job.identity().as_object().into_iter().flatten() {
        if first.get(name) != Some(value) {
            return Err(Refusal(fr::another_job(name)));
        }
    }
    let chunk = first.get("morceau").and_then(Value::as_u64).and_then(|it| it.try_into().ok());
    job.chunk = chunk.filter(|it| *it > 0).ok_or_else(broken)?;
    lines
        .map(|line| serde_json::from_str(line).ok().as_ref().and_then(Done::from_json))
        .collect::<Option<_>>()
        .ok_or_else(broken)
}

impl Done {
    pub fn refuse(&mut self, reasons: &[String]) {
        self.refused += 1;
        for reason in reasons {
            *self.reasons.entry(kind(reason)).or_default() += 1;
        }
    }

    /// The most frequent first.
    pub fn frequent_reasons(&self) -> Vec<(String, u64)> {
        self.sorted(REASONS_TOLD)
    }

    fn sorted(&self, most: usize) -> Vec<(String, u64)> {
        let mut res: Vec<_> = self.reasons.iter().map(|(it, count)| (it.clone(), *count)).collect();
        res.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        res.truncate(most);
        res
    }

    fn to_json(&self, part: usize) -> Value {
        let counts = |it: &mut dyn Iterator<Item = (String, u64)>| -> Value {
            Value::Object(it.map(|(word, count)| (word, json!(count))).collect::<Map<_, _>>())
        };
        json!({
            "fait": part,
            "foyers": self.households,
            "refusés": self.refused,
            "réponses": counts(&mut self.statuses.iter().map(|(it, n)| (it.clone(), *n))),
            "motifs": counts(&mut self.sorted(REASONS_KEPT).into_iter()),
        })
    }

    fn from_json(json: &Value) -> Option<(usize, Self)> {
        let number = |name: &str| json.get(name).and_then(Value::as_u64);
        let counts = |name: &str| {
            let fields = json.get(name).and_then(Value::as_object).into_iter().flatten();
            fields.filter_map(|(word, count)| Some((word.clone(), count.as_u64()?)))
        };
        let done = Self {
            households: number("foyers")?,
            refused: number("refusés")?,
            statuses: counts("réponses").collect(),
            reasons: counts("motifs").collect(),
        };
        Some((number("fait")?.try_into().ok()?, done))
    }
}

/// The reason without what changes from one household to the next: digits, and what was received.
fn kind(reason: &str) -> String {
    let start = reason.split(" ; reçu").next().unwrap_or(reason);
    let start = match start.split_once(", colonne ") {
        Some((line, rest)) if line.starts_with("ligne ") => rest,
        _ => start,
    };
    let mut res = String::new();
    for letter in start.chars() {
        let digit = letter.is_ascii_digit();
        if digit && res.ends_with('#') {
            continue;
        }
        res.push(if digit { '#' } else { letter });
    }
    res
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_of_one_kind_are_counted_together() {
        let mut done = Done::default();
        done.refuse(&["ligne 12, colonne « loyer » : il faut un nombre ; reçu : « a »".to_owned()]);
        done.refuse(&["ligne 7, colonne « loyer » : il faut un nombre ; reçu : « b »".to_owned()]);
        done.refuse(&["personnes[1].id : rien".to_owned()]);
        assert_eq!(
            done.frequent_reasons(),
            [
                ("« loyer » : il faut un nombre".to_owned(), 2),
                ("personnes[#].id : rien".to_owned(), 1)
            ]
        );
        let (part, again) = Done::from_json(&done.to_json(4)).unwrap();
        assert_eq!((part, again.refused, again.reasons.len()), (4, 3, 2));
    }
}
