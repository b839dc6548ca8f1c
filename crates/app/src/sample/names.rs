//! Common names, and what people ask for.

/// First name and gender as said.
pub const FIRST_NAMES: &[(&str, &str)] = &[
    ("Nadia", "femme"),
    ("Karim", "homme"),
    ("Élise", "femme"),
    ("Moussa", "homme"),
    ("Camille", "femme"),
    ("Jean-Luc", "homme"),
    ("Fatou", "femme"),
    ("Thierry", "homme"),
    ("Maria", "femme"),
    ("Lucas", "homme"),
    ("Sylvie", "femme"),
    ("Ahmed", "homme"),
    ("Chloé", "femme"),
    ("Bernard", "homme"),
    ("Inès", "femme"),
    ("Dylan", "homme"),
    ("Monique", "femme"),
    ("Yannick", "homme"),
    ("Amina", "femme"),
    ("Pierre", "homme"),
    ("Zoé", "femme"),
    ("Mamadou", "homme"),
    ("Christine", "femme"),
    ("Loïc", "homme"),
];

pub const FAMILY_NAMES: &[&str] = &[
    "Benali",
    "Martin",
    "Diallo",
    "Lefèvre",
    "Garcia",
    "Dupont",
    "Traoré",
    "Moreau",
    "Da Silva",
    "Nguyen",
    "Petit",
    "Haddad",
    "Rousseau",
    "Cissé",
    "Lambert",
    "Fernandez",
    "Le Goff",
    "Bouchard",
    "Marchand",
    "Kaya",
    "Perrin",
    "Camara",
    "Gauthier",
    "Ben Amar",
    "Robin",
    "Dumas",
    "Sow",
    "Chevalier",
    "Lopez",
    "Barbier",
];

pub const CHILDREN: &[&str] = &["Lina", "Noé", "Sofia", "Adam", "Jade", "Ilyes", "Louise", "Malo"];

/// What was asked when the file was opened, in the words people use.
pub const REQUESTS: &[&str] = &[
    "Je n’arrive plus à payer mon loyer depuis que j’ai perdu mon travail.",
    "Je voudrais savoir à quelles aides j’ai droit.",
    "On m’a coupé l’électricité la semaine dernière.",
    "Je me sépare et je ne sais pas par où commencer.",
    "Je cherche un logement, nous sommes quatre dans une pièce.",
    "J’ai reçu un courrier de la caf que je ne comprends pas.",
    "Ma mère ne peut plus rester seule chez elle.",
    "Je veux reprendre une formation, mais je garde mes enfants.",
    "J’ai des dettes et je n’ouvre plus les lettres.",
    "Je n’ai pas Internet et tout se fait par Internet.",
];

/// Why a file was closed.
pub const CLOSINGS: &[&str] = &[
    "Les droits sont ouverts, la personne n’a plus besoin d’accompagnement.",
    "La personne a déménagé ; un relais a été pris avec le service de sa commune.",
    "La personne ne souhaite plus être accompagnée.",
];
