//! What the form asks that comes in lists: incomes, lines of the tax notice, benefits.
//!
//! A line here is a question; its words are in the string file under the same key.

/// A kind of income, month by month.
#[derive(Debug)]
pub struct Income {
    pub key: &'static str,
    pub amounts: &'static [Amount],
}

/// One box of a kind of income, and the fact it tells.
#[derive(Debug)]
pub struct Amount {
    pub key: &'static str,
    pub fact: &'static str,
}

/// A line of the tax notice.
#[derive(Debug)]
pub struct TaxLine {
    pub key: &'static str,
    pub fact: &'static str,
}

/// A benefit the family already receives.
#[derive(Debug)]
pub struct Benefit {
    pub key: &'static str,
    pub fact: &'static str,
    /// The aid computed here that it is; empty when none is.
    pub aid: &'static str,
}

const fn amount(key: &'static str, fact: &'static str) -> Amount {
    Amount { key, fact }
}

pub const INCOMES: &[Income] = &[
    Income {
        key: "salary",
        amounts: &[amount("net", "salaire_net_social"), amount("taxable", "salaire_imposable")],
    },
    Income {
        key: "unemployment",
        amounts: &[amount("net", "chômage_net"), amount("taxable", "chômage_imposable")],
    },
    Income {
        key: "pension",
        amounts: &[amount("net", "retraite_nette"), amount("taxable", "retraite_imposable")],
    },
    Income { key: "invalidity", amounts: &[amount("net", "pension_d_invalidité")] },
    Income { key: "sick", amounts: &[amount("net", "indemnités_journalières_maladie")] },
    Income { key: "maternity", amounts: &[amount("net", "indemnités_journalières_naissance")] },
    Income { key: "alimony", amounts: &[amount("net", "pension_alimentaire_reçue")] },
    Income {
        key: "micro",
        amounts: &[
            amount("sales", "chiffre_d_affaires_micro_ventes"),
            amount("services", "chiffre_d_affaires_micro_services"),
            amount("liberal", "chiffre_d_affaires_micro_libéral"),
        ],
    },
    Income {
        key: "aah",
        amounts: &[amount("net", "aah_perçue"), amount("extra", "complément_aah_perçu")],
    },
    Income { key: "asi", amounts: &[amount("net", "asi_perçue")] },
    Income { key: "ass", amounts: &[amount("net", "ass_perçue")] },
    Income { key: "capital", amounts: &[amount("net", "revenus_du_patrimoine")] },
    Income { key: "other", amounts: &[amount("net", "autre_revenu")] },
];

/// What a child of 16 or more is asked; the rest is covered by one sentence.
pub const CHILD_INCOMES: &[&str] = &["salary", "other"];

/// The profit of an independent worker who keeps real accounts: known once a year.
pub const YEARLY_PROFIT: &str = "bénéfice_indépendant_annuel";

pub const SAVINGS: &[(&str, &str)] =
    &[("livret", "épargne_livret_A"), ("savings", "épargne_sans_revenu_imposable")];

const fn line(key: &'static str, fact: &'static str) -> TaxLine {
    TaxLine { key, fact }
}

/// The tax notice of the year N-2, person by person.
pub const TAX_LINES: &[TaxLine] = &[
    line("salary", "salaire_imposable"),
    line("unemployment", "chômage_imposable"),
    line("pension", "retraite_imposable"),
    line("invalidity", "pension_d_invalidité"),
    line("alimony", "pension_alimentaire_reçue"),
    line("micro-sales", "chiffre_d_affaires_micro_ventes"),
    line("micro-services", "chiffre_d_affaires_micro_services"),
    line("micro-liberal", "chiffre_d_affaires_micro_libéral"),
    line("capital", "revenus_du_patrimoine"),
    line("alimony-paid", "pension_alimentaire_versée"),
];

/// What the housing aid also reads for the year N-1.
pub const LAST_YEAR_LINES: &[&str] = &["alimony-paid"];

/// What is read one year further back, in the first months of a year.
pub const EARLIER_YEAR_LINES: &[&str] =
    &["invalidity", "micro-sales", "micro-services", "micro-liberal", "capital", "alimony-paid"];

/// Yearly amounts of the last tax notice, told as they are: key, fact.
pub const YEARLY_LINES: &[(&str, &str)] =
    &[("costs", "frais_réels"), ("abatement", "abattement_âge_ou_invalidité")];

const fn benefit(key: &'static str, fact: &'static str, aid: &'static str) -> Benefit {
    Benefit { key, fact, aid }
}

pub const BENEFITS: &[Benefit] = &[
    benefit("rsa", "rsa_perçu", "rsa"),
    benefit("housing", "aide_au_logement_perçue", "aide_au_logement"),
    benefit("family", "allocations_familiales_de_base_perçues", "allocations_familiales"),
    benefit("cf", "complément_familial_de_base_perçu", "complément_familial"),
    benefit("asf", "asf_perçue", "asf"),
    benefit("paje", "paje_de_base_perçue", ""),
    benefit("prepare", "prepare_perçue", ""),
    benefit("aeeh", "aeeh_perçue", ""),
    benefit("aspa", "aspa_perçue", ""),
];

pub const ACTIVITIES: &[&str] = &[
    "en_emploi",
    "au_chômage",
    "en_études",
    "apprenti",
    "stagiaire",
    "à_la_retraite",
    "sans_activité",
];
pub const NATIONALITIES: &[&str] = &["française", "européenne", "autre_nationalité"];
pub const OCCUPANCIES: &[&str] = &[
    "locataire_hlm",
    "locataire_vide",
    "locataire_meublé",
    "locataire_foyer",
    "propriétaire",
    "accédant",
    "logé_gratuitement",
    "sans_domicile",
];
pub const HOSTELS: &[&str] = &[
    "foyer_conventionné",
    "résidence_sociale",
    "foyer_non_conventionné",
    "chambre_universitaire",
    "chambre_universitaire_rénovée",
];

pub fn income(key: &str) -> Option<&'static Income> {
    INCOMES.iter().find(|it| it.key == key)
}

pub fn tax_line(key: &str) -> Option<&'static TaxLine> {
    TAX_LINES.iter().find(|it| it.key == key)
}
