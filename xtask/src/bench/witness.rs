//! What `tandem law compare` says of the households of the comparison, read from what it prints.

use anyhow::{Context, Result, bail};

use super::growth::grouped;
use crate::shell::command;

pub const BENEFITS: [(&str, &str); 6] = [
    ("rsa", "rsa"),
    ("ppa", "prime_d_activité"),
    ("aide_logement", "aide_au_logement"),
    ("af", "allocations_familiales"),
    ("cf", "complément_familial"),
    ("asf", "asf"),
];

pub struct Compared {
    pub tallies: Vec<Tally>,
    /// Benefit and name of the class, with how many households it explains.
    classes: Vec<(String, u64)>,
    /// The first answers that no class explains, as they are printed.
    gaps: Vec<String>,
}

pub struct Tally {
    pub key: String,
    pub explained: u64,
    pub unexplained: u64,
}

/// One means that a gap was not explained: it is an answer, and it is reported.
pub fn compare(tandem: &str, file: &str) -> Result<Compared> {
    let words = [tandem, "law", "compare", file];
    println!("$ {}", words.join(" "));
    let output = command(&words).output()?;
    if !matches!(output.status.code(), Some(0 | 1)) {
        bail!("{}", String::from_utf8_lossy(&output.stderr));
    }
    read(&String::from_utf8_lossy(&output.stdout))
}

fn read(text: &str) -> Result<Compared> {
    let tallies: Vec<Tally> = text.lines().filter_map(tally).collect();
    if tallies.len() != BENEFITS.len() {
        bail!("`tandem law compare` ne dit pas les six aides : {text}");
    }
    let mut classes: Vec<(String, u64)> = text.lines().filter_map(class).collect();
    classes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let gaps = text.lines().map(str::trim).filter(|it| it.starts_with("cas "));
    let gaps = gaps.map(str::to_owned).collect();
    let told: u64 = classes.iter().map(|(_, count)| count).sum();
    let counted: u64 = tallies.iter().map(|it| it.explained).sum();
    (told == counted)
        .then_some(Compared { tallies, classes, gaps })
        .context("les classes de `tandem law compare` ne font pas le compte")
}

/// « ppa  3000  2951  49  0  0,01 € »: cases, equal, explained, unexplained, worst.
fn tally(line: &str) -> Option<Tally> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (key, counts) = words.split_first()?;
    BENEFITS.iter().find(|(it, _)| it == key)?;
    let count = |rank: usize| counts.get(rank)?.parse::<u64>().ok();
    let (cases, equal, explained, unexplained) = (count(0)?, count(1)?, count(2)?, count(3)?);
    let whole = equal + explained + unexplained == cases;
    whole.then(|| Tally { key: (*key).to_owned(), explained, unexplained })
}

/// « ppa · naissance pendant le trimestre : 18 ».
fn class(line: &str) -> Option<(String, u64)> {
    let (name, count) = line.strip_prefix("  ")?.rsplit_once(" : ")?;
    let (benefit, _) = name.split_once(" · ")?;
    BENEFITS.iter().find(|(it, _)| *it == benefit)?;
    Some((name.to_owned(), count.parse().ok()?))
}

impl Compared {
    pub fn classes(&self) -> String {
        let rows =
            self.classes.iter().map(|(name, count)| format!("| {name} | {} |", grouped(*count)));
        rows.collect::<Vec<_>>().join("\n")
    }

    pub fn gaps(&self) -> String {
        self.gaps.iter().map(|it| format!("\n- {it}")).collect()
    }

    pub fn unexplained(&self) -> u64 {
        self.tallies.iter().map(|it| it.unexplained).sum()
    }
}

#[cfg(test)]
mod tests {
    const TEXT: &str = "Aide  Cas  Égaux\nrsa 9 9 0 0 0,00 €\nppa  9  6  3  0  0,01 €\naide_logement 9 8 0 1 12,00 €\n\
        af 9 9 0 0 0,00 €\ncf 9 9 0 0 0,00 €\nasf 9 9 0 0 0,00 €\n\nÉcarts expliqués\n  ppa · naissance : 2\n      \
        un enfant compte : voilà\n  ppa · autre aide : 1\n\n\
        1 écart\n  cas 12, aide_logement : nous 5, le témoin 17\n";

    #[test]
    fn what_is_printed_is_read() {
        let read = super::read(TEXT).unwrap();
        let counts: Vec<_> = read.tallies.iter().map(|it| (it.explained, it.unexplained)).collect();
        assert_eq!(counts, [(0, 0), (3, 0), (0, 1), (0, 0), (0, 0), (0, 0)]);
        assert_eq!(
            read.classes,
            [("ppa · naissance".to_owned(), 2), ("ppa · autre aide".to_owned(), 1)]
        );
        assert_eq!(read.unexplained(), 1);
        assert_eq!(read.gaps(), "\n- cas 12, aide_logement : nous 5, le témoin 17");
        assert!(super::read(&TEXT.replace("autre aide : 1", "autre aide : 2")).is_err());
    }
}
