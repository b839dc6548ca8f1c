//! The settings of a service: a file, then the environment, then the command line; the last one wins.
//!
//! `docs/reglages.md` is written from [`TABLE`]; a test compares them.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Deserialize;

use crate::{Refusal, Result, fr};

/// What the command line and the environment may say.
#[derive(Debug, Clone, Default, Args)]
pub struct ServiceArgs {
    /// Le fichier de réglages (à défaut, `tandem.toml` s’il existe)
    #[arg(long, value_name = "FICHIER", env = "TANDEM_CONFIG")]
    pub config: Option<PathBuf>,
    /// Le dossier des données
    #[arg(long, value_name = "DOSSIER", env = "TANDEM_DATA")]
    pub data: Option<PathBuf>,
    /// La base : un fichier SQLite, ou `postgres://…`
    #[arg(long, value_name = "ADRESSE", env = "TANDEM_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
    /// Le fichier de la clé du service
    #[arg(long, value_name = "FICHIER", env = "TANDEM_KEY_FILE")]
    pub key_file: Option<PathBuf>,
    /// L’adresse où le service écoute
    #[arg(long, value_name = "IP:PORT", env = "TANDEM_LISTEN")]
    pub listen: Option<String>,
    /// L’adresse que les personnes tapent : `https://tandem.exemple.fr`
    #[arg(long, value_name = "URL", env = "TANDEM_ADDRESS")]
    pub address: Option<String>,
    /// L’adresse où lire l’état et les mesures, hors du réseau public
    #[arg(long, value_name = "IP:PORT", env = "TANDEM_METRICS")]
    pub metrics: Option<String>,
    /// L’en-tête où le mandataire écrit d’où vient une demande : `x-forwarded-for`
    #[arg(long, value_name = "NOM", env = "TANDEM_ORIGIN_HEADER")]
    pub origin_header: Option<String>,
    /// Ce que disent les journaux : `error`, `warn`, `info` ou `debug`
    #[arg(long, value_name = "NIVEAU", env = "TANDEM_LOG")]
    pub log: Option<String>,
}

/// The same, from a file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct InFile {
    data: Option<PathBuf>,
    database: Option<String>,
    key_file: Option<PathBuf>,
    listen: Option<String>,
    address: Option<String>,
    metrics: Option<String>,
    origin_header: Option<String>,
    log: Option<String>,
}

/// All is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    pub data: PathBuf,
    pub database: String,
    pub key_file: PathBuf,
    pub listen: String,
    pub address: String,
    pub metrics: Option<String>,
    pub origin_header: Option<String>,
    pub log: String,
}

/// One line of the documented table: name in the file, environment, flag, default, meaning.
#[cfg_attr(not(test), expect(dead_code, reason = "read by the test that holds the documentation"))]
pub const TABLE: &[[&str; 5]] = &[
    [
        "data",
        "TANDEM_DATA",
        "--data",
        "`donnees`",
        "Le dossier des données : la base SQLite, les documents, le registre des destructions.",
    ],
    [
        "database",
        "TANDEM_DATABASE",
        "--database",
        "`<data>/tandem.db`",
        "Un fichier SQLite, ou `postgres://compte@machine/base` quand une machine ne suffit plus.",
    ],
    [
        "key_file",
        "TANDEM_KEY_FILE",
        "--key-file",
        "`<data>/cle-du-service`",
        "Le fichier de la clé du service : 64 chiffres hexadécimaux, lisibles du seul compte du service. `TANDEM_KEY` la donne sans fichier.",
    ],
    [
        "listen",
        "TANDEM_LISTEN",
        "--listen",
        "`127.0.0.1:3000`",
        "Où le service écoute ; un serveur mandataire porte TLS devant lui.",
    ],
    [
        "address",
        "TANDEM_ADDRESS",
        "--address",
        "`http://<listen>`",
        "L’adresse que les personnes tapent : liens imprimés, clés d’accès.",
    ],
    [
        "metrics",
        "TANDEM_METRICS",
        "--metrics",
        "aucune",
        "Où lire `/sante`, `/pret` et `/metrics`, hors du réseau public.",
    ],
    [
        "origin_header",
        "TANDEM_ORIGIN_HEADER",
        "--origin-header",
        "aucun",
        "L’en-tête où le mandataire écrit d’où vient une demande ; sans mandataire, ne le donnez pas : n’importe qui pourrait l’écrire.",
    ],
    [
        "log",
        "TANDEM_LOG",
        "--log",
        "`info`",
        "Une ligne JSON par réponse, sans donnée personnelle.",
    ],
];

impl Config {
    pub fn read(args: &ServiceArgs) -> Result<Self> {
        let file = read_file(args.config.as_deref())?;
        Ok(Self::settle(args, file))
    }

    fn settle(args: &ServiceArgs, file: InFile) -> Self {
        let data = args.data.clone().or(file.data).unwrap_or_else(|| PathBuf::from("donnees"));
        let beside = |name: &str| data.join(name);
        let database = args.database.clone().or(file.database);
        let listen = args.listen.clone().or(file.listen).unwrap_or_else(|| "127.0.0.1:3000".into());
        let address = args.address.clone().or(file.address);
        Self {
            database: database.unwrap_or_else(|| beside("tandem.db").display().to_string()),
            key_file: args
                .key_file
                .clone()
                .or(file.key_file)
                .unwrap_or_else(|| beside("cle-du-service")),
            address: address.unwrap_or_else(|| format!("http://{listen}")),
            metrics: args.metrics.clone().or(file.metrics),
            origin_header: args.origin_header.clone().or(file.origin_header),
            log: args.log.clone().or(file.log).unwrap_or_else(|| "info".into()),
            listen,
            data,
        }
    }
}

fn read_file(named: Option<&Path>) -> Result<InFile> {
    let usual = Path::new("tandem.toml");
    let path = match named {
        Some(it) => it,
        None if usual.exists() => usual,
        None => return Ok(InFile::default()),
    };
    let text = fs::read_to_string(path)
        .map_err(|error| Refusal(fr::settings_unread(path, &error.to_string())))?;
    toml::from_str(&text).map_err(|error| Refusal(fr::settings_unread(path, error.message())))
}

#[cfg(test)]
mod tests {
    use super::{Config, InFile, ServiceArgs, TABLE};

    #[test]
    fn the_command_line_wins_over_the_file() {
        let args = ServiceArgs { listen: Some("0.0.0.0:80".into()), ..ServiceArgs::default() };
        let file = InFile {
            listen: Some("127.0.0.1:1".into()),
            log: Some("warn".into()),
            ..InFile::default()
        };
        let config = Config::settle(&args, file);
        assert_eq!(config.listen, "0.0.0.0:80");
        assert_eq!(config.log, "warn");
        assert_eq!(config.address, "http://0.0.0.0:80");
        assert_eq!(config.database, "donnees/tandem.db");
    }

    #[test]
    fn the_documented_table_is_the_program_s() {
        let written = include_str!("../../../../docs/reglages.md");
        for [name, env, flag, default, meaning] in TABLE {
            let line = format!("| `{name}` | `{env}` | `{flag}` | {default} | {meaning} |");
            assert!(written.contains(&line), "docs/reglages.md lacks: {line}");
        }
    }

    #[test]
    fn a_setting_that_does_not_exist_is_refused() {
        assert!(toml::from_str::<InFile>("lisen = \"x\"").is_err());
    }
}
