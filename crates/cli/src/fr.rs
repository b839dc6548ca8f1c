//! Every sentence the command line says.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use base::{Date, Month, Rational, Rounding};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use law::situation::SituationError;
use law::{MissingState, Status, format};
use law_testing::NotACase;

pub const DEMO_STOPPED: &str = "Démonstration arrêtée. Rien n’a été enregistré.";
pub const SERVICE_STOPPED: &str = "Service arrêté. Les réponses en cours ont été finies.";
pub const KEY_UNREADABLE: &str =
    "La clé du service est illisible : il faut 64 chiffres hexadécimaux.";
pub const KEY_NEEDS_PASSPHRASE: &str =
    "La clé du service est protégée par une phrase. Donnez-la dans TANDEM_KEY_PASSPHRASE.";
pub const WRONG_PASSPHRASE: &str = "Cette phrase n’ouvre pas la clé du service.";
pub const WRONG_KEY: &str =
    "Cette clé n’est pas celle qui a scellé la base. Rien n’a été changé : retrouvez la bonne clé.";
pub const SHARE_UNREADABLE: &str =
    "Une part est illisible : recopiez la ligne entière, tirets compris.";
pub const SHARES_DISAGREE: &str =
    "Ces deux parts ne vont pas ensemble : il en faut deux différentes, de la même clé.";
pub const KEY_RECOVERED: &str = "La clé est retrouvée et enregistrée.";
pub const KEY_PROTECTED: &str = "La clé est maintenant protégée par la phrase. Le service la demandera dans TANDEM_KEY_PASSPHRASE.";
pub const BROKEN_LAW: &str =
    "la loi livrée avec ce programme contient des erreurs ; « tandem law check » les montre";
pub const BAD_CLOCK: &str = "l’horloge de cette machine donne une date impossible";
pub const MEDIAN: &str = "médiane";
pub const HOUSEHOLD: &str = "Un foyer, toutes les aides";
pub const WITH_TRACE: &str = "Avec la trace (µs)";
pub const WITHOUT_TRACE: &str = "Sans la trace (µs)";
pub const QUESTION: &str = "Question suivante (ms)";
pub const PROJECTION: &str = "Trois ans (ms)";
pub const CURVE: &str = "Courbe (ms)";
pub const BATCH: &str = "Beaucoup de foyers, un mois, un seul cœur";
pub const BATCH_HOUSEHOLDS: &str = "foyers";
pub const BATCH_PER_SECOND: &str = "foyers par seconde";
pub const BATCH_EVALUATE: &str = "calcul d’un foyer (µs)";
pub const BATCH_FILL: &str = "mise en colonnes d’un foyer, en plus (µs)";
pub const BATCH_TWELVE: &str = "douze mois, pour un mois";
pub const BATCH_DUE: &str = "aides dues";
pub const BATCH_IMPOSSIBLE: &str = "calculs impossibles";
pub const PEAK: &str = "mémoire, au plus (Mio)";
pub const UNTOLD: &str = "inconnue";

pub fn what_was_measured(months: u16, points: i64) -> String {
    let points = thousands(usize::try_from(points).unwrap_or_default());
    format!(
        "Trois ans : {months} mois et la cause de chaque changement. Courbe : {points} salaires, de 1 € en 1 €.\n"
    )
}

pub fn found_in_example(name: &str, missing: usize, changes: usize, jumps: usize) -> String {
    format!(
        "{name} : {missing} réponses manquantes, {changes} changements en trois ans, {jumps} sauts de la courbe.\n"
    )
}

/// « 100 000 ».
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut res = String::new();
    for (rank, digit) in digits.chars().enumerate() {
        if rank > 0 && (digits.len() - rank).is_multiple_of(3) {
            res.push('\u{202f}');
        }
        res.push(digit);
    }
    res
}

/// To the tenth: « 3,4 ».
pub fn tenths(number: Rational) -> String {
    let tenth = Rational::new(1, 10).unwrap_or(Rational::ONE);
    let tenths = number.rounded(tenth, Rounding::Nearest).and_then(|it| it.checked_div(tenth));
    let tenths = tenths.map_or(0, Rational::numerator);
    format!("{},{}", tenths / 10, tenths % 10)
}
pub const AID: &str = "Aide";
pub const STATUS: &str = "Statut";
pub const AMOUNT: &str = "Par mois";
pub const REASON: &str = "Raison";
pub const CASES: &str = "Cas";
pub const EQUAL: &str = "Égaux";
pub const EXPLAINED: &str = "Expliqués";
pub const UNEXPLAINED: &str = "Inexpliqués";
pub const WORST: &str = "Pire écart non expliqué";
pub const EXPLAINED_GAPS: &str = "Écarts expliqués";
pub const BECAUSE: &str = "Conditions remplies";
pub const WHY_NOT: &str = "Ce qui manque pour y avoir droit";
pub const MISSING: &str = "À demander";
pub const RESERVES: &str = "Sous réserve de vérifier";
pub const CALCULATION: &str = "Le calcul";
pub const DETAILS: &str = "Chaque règle (▪), chaque valeur de la loi (§), chaque fait (•)";
pub const CHOSEN: &str = "lecture retenue :";
pub const REVIEW_PASSED: &str = "⚠ date de révision passée : cette valeur a peut-être changé";
pub const PROGRESS: &str = "{bar:40} {pos}/{len} cas, encore {eta}";

pub const NO_DEMONSTRATION: &str = "La démonstration n’a pas pu être préparée.";

/// The first line says where: tests and people read it first.
pub fn demo_ready(address: &str, logins: &[(&str, &str)], password: &str) -> String {
    let mut res = format!(
        "Tandem est prêt : http://{address}\n\
         Sans compte : trouver ses droits, sur cette adresse.\n\
         Comme professionnel : http://{address}/connexion, mot de passe « {password} »\n"
    );
    for (email, role) in logins {
        res.push_str(&format!("  {email} ({role})\n"));
    }
    res.push_str("Le code demandé ensuite s’affiche sur la page : c’est une démonstration.\n");
    res.push_str(
        "Toutes les personnes sont inventées ; tout s’efface à l’arrêt. Pour l’arrêter : Ctrl-C",
    );
    res
}

pub fn no_server(error: &io::Error) -> String {
    format!("la démonstration s’est arrêtée : {error}")
}

pub fn unreadable(path: &Path, error: &io::Error) -> String {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "il n’existe pas".to_owned(),
        io::ErrorKind::PermissionDenied => "l’accès est refusé".to_owned(),
        io::ErrorKind::IsADirectory => "c’est un dossier".to_owned(),
        _ => error.to_string(),
    };
    format!("{} : impossible de lire ou d’écrire ce fichier, {reason}", path.display())
}

pub fn unwritable(error: &io::Error) -> String {
    format!("impossible d’écrire le résultat : {error}")
}

pub fn no_law_in(path: &Path) -> String {
    format!("{} : ce dossier ne contient aucun fichier .droit", path.display())
}

pub fn too_big(path: &Path, limit: u64) -> String {
    let limit = limit / (1024 * 1024);
    format!("{} : le fichier est trop gros, {limit} Mio au plus", path.display())
}

pub fn not_utf8(path: &Path, line: usize) -> String {
    format!("{}, ligne {line} : le fichier n’est pas écrit en UTF-8", path.display())
}

pub fn not_a_month(text: &str) -> String {
    format!("--month : « {text} » n’est pas un mois ; un mois s’écrit AAAA-MM, par exemple 2026-05")
}

pub fn bad_situation(name: &str, errors: &[SituationError]) -> String {
    let lines: Vec<_> = errors.iter().map(|it| format!("  {it}")).collect();
    format!("{name} : la situation ne peut pas être lue\n{}", lines.join("\n"))
}

pub fn bad_cases(path: &Path, error: &NotACase) -> String {
    format!("{}, {error}", path.display())
}

pub fn no_cases(path: &Path) -> String {
    format!("{} : ce fichier ne contient aucun cas", path.display())
}

pub fn no_such_case(rank: usize) -> String {
    format!("le cas n° {rank} ne se lit pas")
}

pub fn not_formatted(path: &Path) -> String {
    format!("{} : à mettre en forme", path.display())
}

pub fn formatted(path: &Path) -> String {
    format!("{} : mis en forme", path.display())
}

pub fn checked(files: usize, errors: usize, warnings: usize) -> String {
    let count = |n: usize, word: &str| format!("{n} {word}{}", if n > 1 { "s" } else { "" });
    let read = if files > 1 { "lus" } else { "lu" };
    let [files, errors, warnings] =
        [count(files, "fichier"), count(errors, "erreur"), count(warnings, "avertissement")];
    format!("{files} {read}, {errors}, {warnings}\n")
}

pub fn rights_of(month: Month) -> String {
    format!("Droits, {}", format::month(month))
}

pub fn status(status: Status, to_check: bool) -> &'static str {
    match (status, to_check) {
        (Status::Due, false) => "oui",
        (Status::Due, true) => "oui, sous réserve",
        (Status::NotDue, _) => "non",
        (Status::Incomplete, _) => "à compléter",
        (Status::Impossible, _) => "calcul impossible",
    }
}

pub fn status_key(status: Status) -> &'static str {
    match status {
        Status::Due => "dû",
        Status::NotDue => "non_dû",
        Status::Incomplete => "à_compléter",
        Status::Impossible => "impossible",
    }
}

pub fn missing_key(state: MissingState) -> &'static str {
    match state {
        MissingState::NotAsked => "non_demandé",
        MissingState::Unknown => "inconnu",
        MissingState::NotApplicable => "sans_objet",
        MissingState::Elsewhere => "hors_de_la_situation",
    }
}

pub fn failed_condition(condition: &str, sentence: &str) -> String {
    format!("{condition} — {sentence}")
}

pub fn since(date: Date) -> String {
    format!("depuis le {}", format::date(date))
}

pub fn unexplained_gaps(count: usize) -> String {
    format!("Écarts inexpliqués ({count}), les premiers")
}

pub fn unexplained_case(case: u64, benefit: &str, ours: &str, witness: &str) -> String {
    format!("cas {case}, {benefit} : nous {ours}, le témoin {witness}")
}

/// Help and version go to the standard output; a wrong command line is told in French on stderr.
pub fn usage(error: &clap::Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return ExitCode::from(2);
    }
    eprintln!("{}\n« tandem --help » donne la liste des commandes", mistake(error));
    ExitCode::from(2)
}

fn mistake(error: &clap::Error) -> String {
    let context = |kind| {
        error.get(kind).map_or_else(String::new, |value| match value {
            ContextValue::Strings(list) => list.join(", "),
            other => other.to_string(),
        })
    };
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument => format!("« {argument} » n’est pas une option connue ici"),
        ErrorKind::InvalidSubcommand => {
            let command = context(ContextKind::InvalidSubcommand);
            format!("« {command} » n’est pas une commande")
        }
        ErrorKind::MissingRequiredArgument => format!("il manque {argument}"),
        ErrorKind::MissingSubcommand => "il manque une commande".to_owned(),
        ErrorKind::InvalidValue if value.is_empty() => format!("il manque une valeur à {argument}"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            format!("« {value} » ne convient pas pour {argument}")
        }
        ErrorKind::ArgumentConflict => {
            format!("{argument} est écrit deux fois ou contredit une autre option")
        }
        _ => "la ligne de commande ne peut pas être lue".to_owned(),
    }
}

pub fn settings_unread(path: &Path, reason: &str) -> String {
    format!("Le fichier de réglages « {} » n’a pas pu être lu : {reason}", path.display())
}

pub fn no_data_folder(path: &Path, error: &io::Error) -> String {
    format!("Le dossier des données « {} » ne peut pas être créé : {error}", path.display())
}

pub fn no_database(error: &store::StoreError) -> String {
    format!("La base ne s’ouvre pas : {error}")
}

pub fn key_unread(path: &Path, error: &io::Error) -> String {
    format!("La clé du service « {} » n’a pas pu être lue ou écrite : {error}", path.display())
}

pub fn key_created(path: &Path) -> String {
    format!(
        "Une clé vient d’être créée : « {} ». Gardez-en une copie hors de cette machine : sans elle, rien de ce \
         qui est enregistré ne se relit.",
        path.display()
    )
}

pub fn schema_is(version: i64) -> String {
    format!("La base est au schéma {version}, celui de ce programme.")
}

pub fn serving(address: &str) -> String {
    format!("Tandem écoute sur http://{address}\nPour l’arrêter : Ctrl-C")
}

pub fn verified(found: &store::access_log::Verified) -> String {
    use store::access_log::Verified;
    match found {
        Verified::Sound(head) => format!("Le journal est intact : {} lignes suivies.", head.rank),
        Verified::Broken { rank } => {
            format!("Le journal a été altéré : la ligne {rank} ne suit pas la précédente.")
        }
        Verified::RolledBack { kept, found } => format!(
            "La base est revenue en arrière : la ligne {kept} était connue, elle manque ou diffère (ligne {found})."
        ),
    }
}

pub fn rotation_under_way(aside: &Path) -> String {
    format!(
        "Un changement de clé est déjà en cours : « {} » existe encore. Finissez-le avec « tandem admin key rotate ».",
        aside.display()
    )
}

pub fn keys_wrapped(count: usize) -> String {
    format!("{count} dossiers et personnes sont passés à la nouvelle clé. L’ancienne est détruite.")
}

pub fn share(number: usize, text: &str) -> String {
    format!("Part {number}, à mettre sous enveloppe : {text}")
}

pub fn jobs_are(waiting: i64, given_up: i64) -> String {
    format!("Travaux en attente : {waiting}. Abandonnés, à regarder : {given_up}.")
}

pub const BACKUP_KEY_UNREADABLE: &str = "La clé de sauvegarde est illisible. La publique commence par « age1 », la secrète par « AGE-SECRET-KEY-1 ».";

pub fn backup_key(public: &str, secret: &str) -> String {
    format!(
        "Clé publique, pour « tandem backup --pour » : {public}\n\
         Clé secrète, à imprimer et à garder hors de cette machine : {secret}"
    )
}

pub fn no_backup(error: &backup::BackupError) -> String {
    format!("La sauvegarde n’a pas été faite : {error}")
}

pub fn no_restore(error: &backup::BackupError) -> String {
    format!("Rien n’a été restauré, la base est restée vide : {error}")
}

pub fn backed_up(to: &Path, bytes: u64) -> String {
    format!("Sauvegarde écrite et vérifiée : « {} », {} Ko.", to.display(), bytes / 1000)
}

pub fn restored(tables: usize, erased: usize) -> String {
    format!(
        "Restauration finie : {tables} tables comparées ligne à ligne, 0 différence ; \
         {erased} enregistrements effacés depuis le sont restés."
    )
}

pub fn head_exported(rank: i64, public: &str) -> String {
    format!("Tête de la ligne {rank} signée et ajoutée. Clé publique de contrôle : {public}")
}
