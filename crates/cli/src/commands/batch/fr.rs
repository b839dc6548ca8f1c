//! Every sentence of the batch.

use std::path::Path;

use super::job::Job;
use super::journal::Done;

pub const PROGRESS: &str = "{bar:40} {percent:>3} % {msg} foyers, encore {eta}";
pub const NOT_UTF8: &str = "cette ligne n’est pas écrite en UTF-8";

pub fn aids(error: &str) -> String {
    format!("--aids : {error}")
}

pub fn months_backwards(text: &str) -> String {
    format!("--month : « {text} » finit avant de commencer")
}

pub fn too_many_months(text: &str) -> String {
    format!("--month : « {text} » couvre plus de cent ans")
}

pub fn input_format(path: &Path) -> String {
    format!(
        "{} : l’entrée se reconnaît à son nom, qui finit par .jsonl, .csv ou .parquet",
        path.display()
    )
}

pub fn output_format(path: &Path) -> String {
    format!(
        "{} : la sortie finit par .parquet ou .csv ; sinon, dites --format parquet ou --format csv",
        path.display()
    )
}

pub fn no_such_format(text: &str) -> String {
    format!("--format : « {text} » n’est pas un format de sortie ; il y a « parquet » et « csv »")
}

pub fn in_file(path: &Path, what: &str) -> String {
    format!("{} : {what}", path.display())
}

pub fn columns(path: &Path, errors: &[String]) -> String {
    let lines: Vec<_> = errors.iter().map(|it| format!("  {it}")).collect();
    format!("{} : les colonnes ne conviennent pas\n{}", path.display(), lines.join("\n"))
}

pub fn not_parquet(path: &Path, error: &impl std::fmt::Display) -> String {
    format!("{} : ce fichier Parquet ne peut pas être lu ({error})", path.display())
}

pub fn unwritable(path: &Path, error: &impl std::fmt::Display) -> String {
    format!("{} : impossible d’écrire ({error})", path.display())
}

pub fn csv_not_utf8(path: &Path) -> String {
    format!(
        "{} : l’en-tête n’est pas écrit en UTF-8 ; dans le tableur, enregistrez au format « CSV UTF-8 »",
        path.display()
    )
}

pub const NO_HEADING: &str = "ce fichier est vide : la première ligne nomme les colonnes";

pub fn not_sorted(line: u64, name: &str) -> String {
    format!(
        "ligne {line} : le foyer « {name} » a déjà été lu plus haut ; les lignes d’un foyer doivent se \
         suivre, sans quoi il serait calculé deux fois, à moitié : triez le fichier par foyer"
    )
}

pub fn must_be_sorted(line: u64, name: &str) -> String {
    format!(
        "ligne {line} : le foyer « {name} » n’est pas à sa place ; au-delà d’un million de foyers, le \
         fichier doit être trié par foyer (ordre des nombres ou ordre alphabétique)"
    )
}

pub fn cells(found: usize, wanted: usize) -> String {
    format!("cette ligne a {found} cellules, l’en-tête en a {wanted}")
}

pub fn line(number: u64) -> String {
    format!("ligne {number}")
}

pub fn unfinished(folder: &Path) -> String {
    format!(
        "un calcul interrompu attend dans {} : ajoutez --resume pour le finir, ou effacez ce dossier pour \
         recommencer",
        folder.display()
    )
}

pub fn another_job(what: &str) -> String {
    let what = match what {
        "programme" => "une autre version du programme",
        "recueil" => "un autre recueil de lois",
        "mois" => "d’autres mois",
        "aides" => "d’autres aides",
        "entrée" => "un fichier d’entrée qui a changé depuis",
        _ => "un autre format de sortie",
    };
    format!(
        "--resume : ce calcul a été commencé avec {what} ; refaites la même demande, ou effacez le dossier \
         en cours pour recommencer"
    )
}

pub fn broken_journal(path: &Path) -> String {
    format!("{} : ce journal ne peut pas être lu ; effacez le dossier en cours", path.display())
}

pub fn interrupted(households: u64, output: &Path) -> String {
    format!(
        "Interrompu : {} foyers sont calculés et gardés. La même commande avec --resume continue ; {} \
         n’existe pas encore.",
        grouped(households),
        output.display()
    )
}

pub fn summary(job: &Job<'_>, done: &Done) -> String {
    let read = done.households;
    let mut res = format!("{} : {} foyers lus", job.output.display(), grouped(read));
    if done.refused > 0 {
        let path = job.refusals();
        res.push_str(&format!(", dont {} refusés ({})", grouped(done.refused), path.display()));
    }
    res.push_str(&format!("\n{} réponses", grouped(done.statuses.values().sum())));
    let counts: Vec<_> =
        done.statuses.iter().map(|(word, count)| format!("{word} {}", grouped(*count))).collect();
    if !counts.is_empty() {
        res.push_str(&format!(" : {}", counts.join(", ")));
    }
    res.push_str(&format!("\nRecueil {}\n", job.fingerprint));
    let reasons = done.frequent_reasons();
    if !reasons.is_empty() {
        res.push_str("Motifs de refus les plus fréquents :\n");
        for (reason, count) in reasons {
            res.push_str(&format!("  {:>8}  {reason}\n", grouped(count)));
        }
    }
    res
}

/// Thousands apart.
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut res = String::new();
    for (rank, digit) in digits.chars().enumerate() {
        if rank > 0 && digits.len().saturating_sub(rank) % 3 == 0 {
            res.push('\u{202f}');
        }
        res.push(digit);
    }
    res
}

pub fn person(rank: u64) -> String {
    format!("personne {rank}")
}
