//! The communes of France, to find the zone of housing aids.
//!
//! The list is legislation data, embedded as it is and indexed at the first search.

use std::collections::HashMap;
use std::sync::LazyLock;

const LIST: &str = include_str!("../../../../../legislation/commun/zones/communes.csv");

/// A commune, or a district of Paris, Lyon or Marseille.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Commune {
    pub code: &'static str,
    pub name: &'static str,
    pub postcodes: &'static str,
    department: &'static str,
    zone: &'static str,
}

static INDEX: LazyLock<Index> = LazyLock::new(Index::new);

struct Index {
    communes: Vec<Commune>,
    by_name: HashMap<String, Vec<usize>>,
    by_postcode: HashMap<&'static str, Vec<usize>>,
    by_code: HashMap<&'static str, usize>,
}

/// Every commune of this name or this postcode, without regard to case, accents or hyphens.
///
/// « Paris 75013 » and « 75013 Paris » also find it.
pub fn find(text: &str) -> Vec<Commune> {
    let index = &*INDEX;
    let folded = folded(text);
    let (postcodes, words): (Vec<&str>, Vec<&str>) =
        folded.split(' ').filter(|it| !it.is_empty()).partition(|it| is_postcode(it));
    let name = words.join(" ");
    let named = index.by_name.get(&name).map(Vec::as_slice).unwrap_or_default();
    let found: Vec<usize> = match postcodes.first() {
        None => named.to_vec(),
        Some(postcode) => {
            let there = index.by_postcode.get(postcode).map(Vec::as_slice).unwrap_or_default();
            if name.is_empty() {
                there.to_vec()
            } else {
                there
                    .iter()
                    .copied()
                    .filter(|at| named.contains(at) || index.starts_with(*at, &name))
                    .collect()
            }
        }
    };
    found.into_iter().filter_map(|at| index.communes.get(at).copied()).collect()
}

pub fn by_code(code: &str) -> Option<Commune> {
    let index = &*INDEX;
    index.by_code.get(code).and_then(|at| index.communes.get(*at)).copied()
}

impl Commune {
    /// The case of `zone_apl`; `None` where nobody wrote the zone down.
    pub fn zone(&self) -> Option<&'static str> {
        match self.zone {
            "1" => Some("zone_1"),
            "2" => Some("zone_2"),
            "3" => Some("zone_3"),
            _ => None,
        }
    }

    /// The case of `territoire`.
    pub fn territory(&self) -> &'static str {
        match self.department {
            "971" => "guadeloupe",
            "972" => "martinique",
            "973" => "guyane",
            "974" => "la_réunion",
            "975" => "saint_pierre_et_miquelon",
            "976" => "mayotte",
            "977" => "saint_barthélemy",
            "978" => "saint_martin",
            "984" | "986" | "987" | "988" | "989" => "autre_territoire",
            _ => "métropole",
        }
    }

    /// « Saint-Étienne (42) ».
    pub fn short_label(&self) -> String {
        format!("{} ({})", self.name, self.department)
    }

    /// « Boissey (01190, 01380) », to tell communes of the same name apart.
    pub fn label(&self) -> String {
        if self.postcodes.is_empty() {
            return format!("{} ({})", self.name, self.department);
        }
        let mut shown: Vec<&str> = self.postcodes.split(' ').take(3).collect();
        if self.postcodes.split(' ').count() > shown.len() {
            shown.push("…");
        }
        format!("{} ({})", self.name, shown.join(", "))
    }
}

impl Index {
    fn new() -> Self {
        let communes: Vec<Commune> = LIST.lines().skip(1).filter_map(row).collect();
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::with_capacity(communes.len());
        let mut by_postcode: HashMap<&'static str, Vec<usize>> = HashMap::with_capacity(8_000);
        let mut by_code = HashMap::with_capacity(communes.len());
        for (at, commune) in communes.iter().enumerate() {
            by_name.entry(folded(commune.name)).or_default().push(at);
            for postcode in commune.postcodes.split(' ').filter(|it| !it.is_empty()) {
                by_postcode.entry(postcode).or_default().push(at);
            }
            by_code.insert(commune.code, at);
        }
        Self { communes, by_name, by_postcode, by_code }
    }

    fn starts_with(&self, at: usize, name: &str) -> bool {
        self.communes.get(at).is_some_and(|it| folded(it.name).starts_with(name))
    }
}

fn row(line: &'static str) -> Option<Commune> {
    let mut cells = line.split(',');
    let (code, name, postcodes) = (cells.next()?, cells.next()?, cells.next()?);
    let (department, zone) = (cells.next()?, cells.next()?);
    Some(Commune { code, name, postcodes, department, zone })
}

fn is_postcode(word: &str) -> bool {
    word.len() == 5 && word.bytes().all(|b| b.is_ascii_digit())
}

/// Lower case, no accent, every other sign a single space: `L’Haÿ-les-Roses` → `l hay les roses`.
pub(crate) fn folded(text: &str) -> String {
    let mut res = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match unaccented(c) {
            Some(plain) => res.push_str(plain),
            None if c.is_ascii_alphanumeric() => res.push(c),
            None if res.ends_with(' ') || res.is_empty() => {}
            None => res.push(' '),
        }
    }
    let res = res.trim_end().to_owned();
    // « St » and « Ste » are how people write them.
    let words = res.split(' ').map(|word| match word {
        "st" => "saint",
        "ste" => "sainte",
        _ => word,
    });
    words.collect::<Vec<_>>().join(" ")
}

fn unaccented(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' => "a",
        'ç' => "c",
        'è' | 'é' | 'ê' | 'ë' => "e",
        'ì' | 'í' | 'î' | 'ï' => "i",
        'ñ' => "n",
        'ò' | 'ó' | 'ô' | 'ö' | 'õ' => "o",
        'ù' | 'ú' | 'û' | 'ü' => "u",
        'ý' | 'ÿ' => "y",
        'œ' => "oe",
        'æ' => "ae",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&'static str> {
        find(text).iter().map(|it| it.name).collect()
    }

    #[test]
    fn every_line_is_read() {
        assert_eq!(INDEX.communes.len(), LIST.lines().count() - 1);
        assert!(INDEX.communes.iter().all(|it| !it.name.is_empty() && !it.code.is_empty()));
    }

    #[test]
    fn found_by_name_as_people_write_it() {
        assert_eq!(names("L’Haÿ-les-Roses"), ["L'Haÿ-les-Roses"]);
        assert_eq!(names("  l'hay LES roses "), ["L'Haÿ-les-Roses"]);
        assert_eq!(names("saint etienne"), ["Saint-Étienne"]);
        assert_eq!(names("St Etienne"), ["Saint-Étienne"]);
        assert!(names("Saint-Denis").len() > 1);
        assert_eq!(names("Saint-Denis 93200").len(), 1);
        assert!(names("Tandem-sur-Rien").is_empty());
        assert!(names("").is_empty());
    }

    #[test]
    fn found_by_postcode() {
        assert!(names("01190").len() > 1);
        assert!(names("Paris 75013").iter().any(|it| it.starts_with("Paris 13")));
        assert!(names("99999").is_empty());
    }

    #[test]
    fn zone_and_territory() {
        let lyon = find("Lyon")[0];
        assert_eq!((lyon.zone(), lyon.territory()), (Some("zone_2"), "métropole"));
        assert_eq!(by_code("97411").map(|it| it.territory()), Some("la_réunion"));
        assert!(INDEX.communes.iter().any(|it| it.zone().is_none()));
    }
}
