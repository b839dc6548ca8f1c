//! The register of processing (RGPD, article 30), made from the schema: a column without its processing fails a test.

use std::collections::BTreeMap;

/// One processing of the register; its words are `life-register-<key>-…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Processing {
    pub key: &'static str,
    /// Every table that holds its data.
    pub tables: &'static [&'static str],
}

pub const PROCESSINGS: &[Processing] = &[
    Processing {
        key: "support",
        tables: &[
            "people",
            "people_marks",
            "identity_links",
            "households",
            "household_members",
            "relationships",
            "cases",
            "case_people",
            "case_events",
            "care_team",
            "shares",
            "bars",
            "disputes",
            "rights_checks",
        ],
    },
    Processing {
        key: "staff",
        tables: &["staff", "memberships", "structures", "teams", "invitations"],
    },
    Processing {
        key: "accounts",
        tables: &[
            "person_accounts",
            "person_cards",
            "sessions",
            "passwords",
            "totp",
            "passkeys",
            "printed_codes",
            "attempts",
            "known_devices",
            "foreign_identities",
        ],
    },
    Processing { key: "log", tables: &["access_log", "look_visibility", "emergencies"] },
    Processing {
        key: "retention",
        tables: &[
            "retention_rules",
            "retention_holds",
            "retention_warnings",
            "destruction_slips",
            "slip_cases",
            "destructions",
        ],
    },
];

/// The classes a processing holds, worst last, from the declared classes of its columns.
pub fn classes(processing: Processing, declared: &BTreeMap<String, Vec<String>>) -> Vec<String> {
    let mut res: Vec<String> = processing
        .tables
        .iter()
        .filter_map(|it| declared.get(*it))
        .flatten()
        .filter(|it| *it != "technical")
        .cloned()
        .collect();
    res.sort();
    res.dedup();
    res
}

/// The declared classes, table by table, from the text of `privacy.toml`.
pub fn declared(texts: &[&str]) -> BTreeMap<String, Vec<String>> {
    let mut res: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut table = String::new();
    for line in texts.iter().flat_map(|it| it.lines()).map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
            table = name.to_owned();
        } else if let Some((_, class)) = line.split_once('=').filter(|_| !line.starts_with('#')) {
            let class = class.trim().trim_start_matches('"');
            let class = class.split('"').next().unwrap_or_default();
            res.entry(table.clone()).or_default().push(class.to_owned());
        }
    }
    res
}

#[cfg(test)]
mod tests {
    use super::{PROCESSINGS, classes, declared};

    #[test]
    fn every_table_with_personal_data_is_in_one_processing() {
        let declared = declared(crate::PRIVACY_OF_ALL);
        for (table, classes) in &declared {
            let personal = classes.iter().any(|it| it != "technical");
            let holders =
                PROCESSINGS.iter().filter(|it| it.tables.contains(&table.as_str())).count();
            assert!(holders <= 1, "{table} is in {holders} processings");
            assert!(
                !personal || holders == 1,
                "{table} holds personal data and is in no processing"
            );
        }
        let support = PROCESSINGS.first().copied().expect("the main processing");
        assert!(classes(support, &declared).contains(&"P2".to_owned()));
    }
}
