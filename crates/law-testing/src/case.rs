//! One household of the witness and its answers, as a line of JSON.
//!
//! Only what the comparison reads is kept; other fields of the line are ignored. Numbers are read from
//! their decimal text: nothing goes through a binary fraction.

use std::collections::BTreeMap;
use std::fmt;

use base::{Date, Month, Rational};
use serde::{Deserialize, Deserializer, de::Error};

/// A household, the month asked about, and what the witness answers.
#[derive(Debug, Clone, Deserialize)]
pub struct Case {
    pub id: u64,
    #[serde(deserialize_with = "parsed")]
    pub month: Month,
    pub persons: Vec<CasePerson>,
    pub famille: CaseFamily,
    pub menage: CaseDwelling,
    pub out: Witness,
    /// RSA and activity bonus on the income of months M-4 to M-2, the national rule since March 2025.
    pub out_m2_m4: WitnessShifted,
    pub mid: Intermediate,
}

#[derive(Debug, Clone, Deserialize)]
pub struct CasePerson {
    pub role: Role,
    #[serde(deserialize_with = "parsed")]
    pub date_naissance: Date,
    /// Change points; a series that is not there is zero all along.
    #[serde(default)]
    pub incomes: BTreeMap<String, Vec<(String, Decimal)>>,
    pub activite: Vec<(String, String)>,
    /// How the person was drawn: `salarie`, `micro`, `etudiant`…
    #[serde(default)]
    pub profil: String,
    #[serde(default)]
    pub handicap: bool,
    #[serde(default)]
    pub taux_incapacite: Decimal,
    #[serde(default)]
    pub inapte_travail: bool,
    #[serde(default)]
    pub garde_alternee: bool,
    #[serde(default)]
    pub enceinte: bool,
    /// `FR` when absent.
    #[serde(default)]
    pub nationalite: Option<String>,
    /// In years.
    #[serde(default)]
    pub duree_possession_titre_sejour: Option<Decimal>,
    #[serde(default)]
    pub livret_a: Decimal,
    #[serde(default)]
    pub epargne_revenus_non_imposables: Decimal,
    #[serde(default)]
    pub date_debut_chomage: Option<String>,
    #[serde(default)]
    pub date_arret_de_travail: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    Adulte,
    Enfant,
}

#[derive(Debug, Clone, Deserialize)]
pub struct CaseFamily {
    /// `seul`, `marie`, `pacse` or `concubin`.
    pub statut_couple: String,
    #[serde(default)]
    pub rsa_isolement_recent: bool,
    #[serde(default)]
    pub proprietaire_proche_famille: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub struct CaseDwelling {
    /// INSEE code of the town.
    pub depcom: String,
    pub statut_occupation_logement: String,
    pub loyer: Decimal,
    #[serde(default)]
    pub coloc: bool,
    #[serde(default)]
    pub logement_chambre: bool,
    #[serde(default)]
    pub participation_frais: bool,
}

/// Euros a month; lists are per person, in the order of `persons`.
#[derive(Debug, Clone, Deserialize)]
pub struct Witness {
    pub rsa: Decimal,
    pub ppa: Decimal,
    pub aide_logement: Decimal,
    pub af: Decimal,
    pub cf: Decimal,
    pub asf: Decimal,
    pub paje_base: Decimal,
    pub aspa: Decimal,
    pub aeeh: Decimal,
    pub aah: Vec<Decimal>,
    pub caah: Vec<Decimal>,
    pub asi: Vec<Decimal>,
    pub ass: Vec<Decimal>,
    pub bourse_criteres_sociaux: Vec<Decimal>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct WitnessShifted {
    pub rsa: Decimal,
    pub ppa: Decimal,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Intermediate {
    pub zone_apl: String,
}

/// A line that is not a case.
#[derive(Debug)]
pub struct NotACase {
    /// From 1.
    pub line: usize,
    pub reason: serde_json::Error,
}

impl fmt::Display for NotACase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ligne {} : ce n’est pas un cas du témoin ({})", self.line, self.reason)
    }
}

impl std::error::Error for NotACase {}

/// Reads one case a line; blank lines are skipped.
pub fn read_cases(text: &str) -> Result<Vec<Case>, NotACase> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(idx, line)| {
            serde_json::from_str(line).map_err(|reason| NotACase { line: idx + 1, reason })
        })
        .collect()
}

impl Case {
    pub fn adults(&self) -> impl Iterator<Item = (usize, &CasePerson)> {
        self.with_role(Role::Adulte)
    }

    pub fn children(&self) -> impl Iterator<Item = (usize, &CasePerson)> {
        self.with_role(Role::Enfant)
    }

    fn with_role(&self, role: Role) -> impl Iterator<Item = (usize, &CasePerson)> {
        self.persons.iter().enumerate().filter(move |(_, it)| it.role == role)
    }

    pub fn is_couple(&self) -> bool {
        self.adults().count() == 2
    }
}

impl CasePerson {
    /// The income of a month, as the witness reads it: zero before the first point.
    pub fn income(&self, name: &str, month: Month) -> Rational {
        let points = self.incomes.get(name).map(Vec::as_slice).unwrap_or_default();
        let at = points.iter().rev().find(|(from, _)| *from <= month.to_string());
        at.map_or(Rational::ZERO, |(_, value)| value.0)
    }

    /// The activity of a month.
    pub fn activity(&self, month: Month) -> &str {
        let at = self.activite.iter().rev().find(|(from, _)| *from <= month.to_string());
        at.or(self.activite.first()).map_or("inactif", |(_, it)| it.as_str())
    }
}

/// A number of the witness, exactly as it is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(pub Rational);

impl Default for Decimal {
    fn default() -> Self {
        Self(Rational::ZERO)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = serde_json::Number::deserialize(deserializer)?;
        number.to_string().parse().map(Self).map_err(D::Error::custom)
    }
}

/// A date or a month, from its text.
fn parsed<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: std::str::FromStr<Err: fmt::Display>,
{
    String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
}
