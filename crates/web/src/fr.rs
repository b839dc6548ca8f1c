//! Every French word of the kit.

pub const SITE: &str = "Tandem";
pub const SKIP: &str = "Aller au contenu";
pub const HOME: &str = "Tandem, accueil";
pub const FOOTER: &str =
    "Tandem informe et n’attribue rien : seule la caisse décide. Rien n’est enregistré ici.";
pub const ERROR: &str = "Erreur : ";
pub const ERROR_SUMMARY: &str = "Il reste à corriger";
pub const TITLE_ERROR: &str = "À corriger";
pub const STEPS: &str = "Étapes";
pub const VIEWS: &str = "Façons de regarder";
pub const STEP_CURRENT: &str = "étape en cours : ";

pub const NOT_FOUND: (&str, &str) = (
    "Cette page n’existe pas",
    "L’adresse est peut-être incomplète. Repartez de l’accueil : rien n’est perdu, rien n’était enregistré.",
);
pub const WRONG_METHOD: (&str, &str) = (
    "Cette page s’ouvre par un formulaire",
    "Repartez de l’accueil, ou revenez à la page précédente.",
);
pub const TOO_LARGE: (&str, &str) = (
    "Le formulaire est trop long",
    "Il dépasse ce que Tandem peut lire. Retirez des lignes, puis recommencez.",
);
pub const UNREADABLE: (&str, &str) = (
    "Le formulaire est illisible",
    "L’envoi a été coupé ou abîmé. Revenez à la page précédente et recommencez.",
);
pub const FOREIGN: (&str, &str) = (
    "Cet envoi vient d’un autre site",
    "Par sécurité, Tandem ne l’a pas lu. Ouvrez la page dans Tandem, puis recommencez.",
);
pub const TOO_OFTEN: (&str, &str) = (
    "Trop d’essais en peu de temps",
    "Attendez quelques minutes, puis recommencez. Rien n’est perdu.",
);
pub const BROKEN: (&str, &str) = (
    "Tandem n’a pas pu faire ce calcul",
    "La panne vient de Tandem, pas de vos réponses. Revenez à la page précédente : elles y sont encore.",
);
pub const NOT_SAVED: (&str, &str) = (
    "Ce n’est pas enregistré",
    "Tandem n’a pas pu écrire ce que vous avez envoyé. Revenez à la page précédente et renvoyez-le : il ne comptera qu’une fois.",
);
pub const YOUR_TEXT: &str = "Voici votre texte, pour le copier si besoin";
pub const BACK_HOME: &str = "Revenir à l’accueil";

pub const GALLERY_TITLE: &str = "Composants";
pub const GALLERY_INTRO: &str =
    "Chaque pièce des pages, dans chacun de ses états. Cette page n’existe qu’en démonstration.";

pub fn month_name(month_of_year: i32) -> &'static str {
    const NAMES: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    usize::try_from(month_of_year - 1).ok().and_then(|idx| NAMES.get(idx)).copied().unwrap_or("")
}
