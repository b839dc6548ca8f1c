//! The command line, in French.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand};

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
    /// Compare nos réponses à celles du témoin
    #[command(help_template = TEMPLATE, next_help_heading = "Options")]
    Compare(Compare),
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
pub struct Compare {
    /// Les cas du témoin, un par ligne (JSON)
    #[arg(value_name = "CAS.jsonl", help_heading = "Arguments")]
    pub cases: PathBuf,
    /// Écrit les comptes en JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Bench {
    /// Le mois calculé
    #[arg(long, value_name = "AAAA-MM", default_value = "2026-05", hide_default_value = true)]
    pub month: String,
    /// Écrit les durées en JSON, en microsecondes
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Demo {
    /// Le port d’écoute
    #[arg(long, value_name = "PORT", default_value_t = 3000, hide_default_value = true)]
    pub port: u16,
}
