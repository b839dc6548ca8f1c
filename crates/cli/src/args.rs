//! The command line, in French.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand};

use crate::service::config::ServiceArgs;

const TEMPLATE: &str = "{about-with-newline}\nUsage : {usage}\n\n{all-args}{after-help}";

/// Tandem : le compagnon libre de l’accompagnement social.
#[derive(Debug, Parser)]
#[command(
    name = "tandem",
    version,
    help_template = TEMPLATE,
    disable_help_flag = true,
    disable_help_subcommand = true,
    disable_version_flag = true,
    subcommand_help_heading = "Commandes",
    subcommand_value_name = "COMMANDE",
    next_help_heading = "Options"
)]
pub struct Cli {
    /// Affiche cette aide
    #[arg(short, long, action = ArgAction::Help, global = true)]
    help: Option<bool>,
    /// Affiche la version
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// La loi : vérifier, mettre en forme, évaluer, comparer
    #[command(
        help_template = TEMPLATE,
        disable_help_subcommand = true,
        subcommand_help_heading = "Commandes",
        subcommand_value_name = "COMMANDE"
    )]
    Law {
        #[command(subcommand)]
        command: LawCommand,
    },
    /// Ouvre la démonstration dans le navigateur
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    Demo(Demo),
    /// Sert les pages d’un service
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    Serve {
        #[command(flatten)]
        service: ServiceArgs,
        /// Laisse les travaux à un `tandem worker` séparé
        #[arg(long)]
        without_worker: bool,
    },
    /// Fait les travaux en attente
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    Worker(ServiceArgs),
    /// Met la base au schéma de ce programme
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    Migrate(ServiceArgs),
    /// Écrit une sauvegarde chiffrée, sans arrêter le service
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    Backup {
        #[command(flatten)]
        service: ServiceArgs,
        /// L’archive à écrire
        #[arg(value_name = "ARCHIVE", help_heading = "Arguments")]
        to: PathBuf,
        /// La clé publique (`age1…`) de qui pourra la lire ; plusieurs possibles
        #[arg(long = "pour", value_name = "CLÉ", required = true)]
        recipients: Vec<String>,
    },
    /// Remet une sauvegarde dans une base vide, et prouve qu’elle est entière
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    Restore {
        #[command(flatten)]
        service: ServiceArgs,
        /// L’archive à lire
        #[arg(value_name = "ARCHIVE", help_heading = "Arguments")]
        from: PathBuf,
        /// Le fichier de la clé qui l’ouvre
        #[arg(long = "cle", value_name = "FICHIER")]
        identity: PathBuf,
        /// Le registre des destructions (à défaut, celui du dossier des données)
        #[arg(long = "registre", value_name = "FICHIER")]
        ledger: Option<PathBuf>,
    },
    /// La clé du service et les travaux
    #[command(
        help_template = TEMPLATE,
        disable_help_subcommand = true,
        subcommand_help_heading = "Commandes",
        subcommand_value_name = "COMMANDE"
    )]
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// Le journal des consultations
    #[command(
        help_template = TEMPLATE,
        disable_help_subcommand = true,
        subcommand_help_heading = "Commandes",
        subcommand_value_name = "COMMANDE"
    )]
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
}

#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Combien de travaux attendent, combien ont été abandonnés
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    Jobs(ServiceArgs),
    /// Fait une clé pour les sauvegardes : une moitié ici, l’autre dans une enveloppe
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    BackupKey,
    /// La clé du service : la protéger, la changer, la retrouver
    #[command(
        help_template = TEMPLATE,
        disable_help_subcommand = true,
        subcommand_help_heading = "Commandes",
        subcommand_value_name = "COMMANDE"
    )]
    Key {
        #[command(subcommand)]
        command: KeyCommand,
    },
}

#[derive(Debug, Subcommand)]
pub enum KeyCommand {
    /// Met la clé derrière une phrase (`TANDEM_KEY_PASSPHRASE`)
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    Protect(ServiceArgs),
    /// Écrit trois parts de la clé ; deux suffisent à la retrouver
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    Shares(ServiceArgs),
    /// Retrouve la clé à partir de deux parts
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    Recover {
        #[command(flatten)]
        service: ServiceArgs,
        /// Une part
        #[arg(value_name = "PART", help_heading = "Arguments")]
        one: String,
        /// Une autre part
        #[arg(value_name = "PART", help_heading = "Arguments")]
        other: String,
    },
    /// Change la clé et y fait passer tous les dossiers
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    Rotate(ServiceArgs),
}

#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Suit toute la chaîne et dit si une ligne a été changée, retirée ou déplacée
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    Verify {
        #[command(flatten)]
        service: ServiceArgs,
        /// Les têtes signées gardées sur une autre machine
        #[arg(long, value_name = "FICHIER")]
        heads: Option<PathBuf>,
    },
    /// Signe la dernière ligne et l’ajoute à un fichier à garder sur une autre machine
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    Export {
        #[command(flatten)]
        service: ServiceArgs,
        /// Le fichier des têtes
        #[arg(value_name = "FICHIER", help_heading = "Arguments")]
        to: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub enum LawCommand {
    /// Lit un recueil et dit tout ce qui n’y va pas
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    Check(Check),
    /// Met en forme des fichiers `.droit`
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    Fmt(Fmt),
    /// Dit à quoi un foyer a droit, et pourquoi
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    Eval(Eval),
    /// Pose les questions utiles, et montre les droits se préciser
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    Ask(Ask),
    /// Compare nos réponses à celles du témoin
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    Compare(Compare),
    /// Calcule les droits de tous les foyers d’un fichier
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    Batch(Batch),
    /// Mesure la durée d’un calcul
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    Bench(Bench),
    /// Écrit le schéma JSON d’une situation
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    Schema,
}

#[derive(Debug, Args)]
pub struct Check {
    /// Fichiers `.droit` ou dossiers, lus comme un seul recueil (à défaut, la loi livrée avec le programme)
    #[arg(value_name = "CHEMIN", help_heading = "Arguments")]
    pub paths: Vec<PathBuf>,
    /// Écrit les diagnostics en JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Fmt {
    /// Fichiers `.droit` ou dossiers (à défaut, le dossier `legislation`)
    #[arg(value_name = "CHEMIN", help_heading = "Arguments")]
    pub paths: Vec<PathBuf>,
    /// N’écrit rien : nomme les fichiers à mettre en forme, et finit par 1 s’il y en a
    #[arg(long)]
    pub check: bool,
}

#[derive(Debug, Args)]
pub struct Eval {
    /// La situation, en JSON (`-` : entrée standard)
    #[arg(value_name = "FICHIER", help_heading = "Arguments")]
    pub file: PathBuf,
    /// Le mois étudié
    #[arg(long, value_name = "AAAA-MM")]
    pub month: String,
    /// Explique chaque aide : une phrase, le calcul, puis chaque règle avec sa source
    #[arg(long)]
    pub explain: bool,
    /// Écrit le résultat en JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Ask {
    /// Le mois étudié (à défaut, le mois en cours)
    #[arg(long, value_name = "AAAA-MM")]
    pub month: Option<String>,
    /// Ce qu’on sait déjà, en JSON (à défaut, la composition du foyer est demandée)
    #[arg(long, value_name = "FICHIER")]
    pub situation: Option<PathBuf>,
    /// Écrit à la fin la situation en JSON sur la sortie standard ; l’entretien passe sur la sortie d’erreur
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Compare {
    /// Les cas du témoin, un par ligne (JSON)
    #[arg(value_name = "CAS.jsonl", help_heading = "Arguments")]
    pub cases: PathBuf,
    /// Écrit les comptes en JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Batch {
    /// Les foyers : `.jsonl` (une situation par ligne), `.csv` ou `.parquet` (une ligne par personne)
    #[arg(value_name = "ENTRÉE", help_heading = "Arguments")]
    pub input: PathBuf,
    /// Le résultat, une ligne par foyer, mois et aide : `.parquet` ou `.csv`
    #[arg(short, long, value_name = "SORTIE")]
    pub output: PathBuf,
    /// Le mois étudié, ou les mois d’un intervalle (`2026-01..2026-12`) ; peut être répété
    #[arg(long, value_name = "AAAA-MM", required = true)]
    pub month: Vec<String>,
    /// Les aides, séparées par des virgules (à défaut, toutes)
    #[arg(long, value_name = "AIDE,AIDE")]
    pub aids: Option<String>,
    /// Le format de la sortie, quand son nom ne le dit pas : `parquet` ou `csv`
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Continue un calcul interrompu
    #[arg(long)]
    pub resume: bool,
    /// Ni barre d’avancement, ni bilan
    #[arg(short, long)]
    pub quiet: bool,
    /// Foyers par morceau : moins de foyers, moins de mémoire
    #[arg(long, value_name = "FOYERS")]
    pub chunk: Option<usize>,
}

#[derive(Debug, Args)]
pub struct Bench {
    /// Le mois calculé
    #[arg(long, value_name = "AAAA-MM", default_value = "2026-05", hide_default_value = true)]
    pub month: String,
    /// Nombre de foyers du calcul en lot
    #[arg(long, value_name = "NOMBRE", default_value_t = 100_000, hide_default_value = true)]
    pub foyers: usize,
    /// Cas du témoin dont les foyers du lot sont tirés (à défaut, ceux livrés avec le programme)
    #[arg(long, value_name = "FICHIER")]
    pub cas: Option<PathBuf>,
    /// Ne mesure que le calcul en lot
    #[arg(long)]
    pub lot_seul: bool,
    /// Écrit les mesures en JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Demo {
    /// Le port d’écoute
    #[arg(long, value_name = "PORT", default_value_t = 3000, hide_default_value = true)]
    pub port: u16,
}
