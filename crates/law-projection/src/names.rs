//! The facts of the national book that scenarios and curves move, by their names.
//!
//! A book that has not one of them simply gives a scenario or an axis nothing to move there.

/// Pay, as it is received.
pub(crate) const PAY: &str = "salaire_net_social";
/// The same pay, as taxed.
pub(crate) const TAXABLE_PAY: &str = "salaire_imposable";
pub(crate) const UNEMPLOYMENT_PAY: &str = "chômage_net";
pub(crate) const TAXABLE_UNEMPLOYMENT_PAY: &str = "chômage_imposable";
pub(crate) const UNEMPLOYED_SINCE: &str = "date_de_début_du_chômage";
pub(crate) const ACTIVITY: &str = "activité";
pub(crate) const WORKING: &str = "en_emploi";
pub(crate) const UNEMPLOYED: &str = "au_chômage";
pub(crate) const RENT: &str = "loyer";
pub(crate) const ZONE: &str = "zone_apl";
pub(crate) const OCCUPATION: &str = "statut_d_occupation";
pub(crate) const ALONE_SINCE: &str = "date_d_isolement";
pub(crate) const HOUSING_AID_SINCE: &str = "premier_mois_d_aide_au_logement";
pub(crate) const CHILD_SUPPORT_RECEIVED: &str = "pension_alimentaire_reçue";
pub(crate) const CHILD_SUPPORT_PAID: &str = "pension_alimentaire_versée";
/// What a birth may open and the book does not compute.
pub(crate) const AFTER_A_BIRTH: [&str; 2] = ["paje_de_base_perçue", "prepare_perçue"];
pub(crate) const PREGNANT: [&str; 2] = ["enceinte", "grossesse_de_plus_de_quatre_mois"];

/// Amounts received that are what a rule gives for the same month, with that rule.
pub(crate) const RECEIVED: [(&str, &str); 5] = [
    ("allocations_familiales_de_base_perçues", "af_de_base"),
    ("complément_familial_de_base_perçu", "cf_de_base"),
    ("asf_perçue", "asf"),
    ("aide_au_logement_perçue", "aide_au_logement"),
    ("rsa_perçu", "rsa"),
];

/// What a person lives on, besides the aids the book computes.
pub(crate) const EARNINGS: [&str; 8] = [
    PAY,
    UNEMPLOYMENT_PAY,
    "retraite_nette",
    "pension_d_invalidité",
    "indemnités_journalières_maladie",
    "indemnités_journalières_naissance",
    CHILD_SUPPORT_RECEIVED,
    "autre_revenu",
];
