//! A PostgreSQL server for the tests: its own data, its own port, gone afterwards.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::setup::{as_root, install};
use crate::shell::exists;

/// A running server; stopped and its data removed when dropped.
#[derive(Debug)]
pub struct Server {
    bin: PathBuf,
    folder: PathBuf,
    /// What the tests connect to.
    pub address: String,
}

/// Starts a server, installing it first where this account may; `Err` says what is missing.
pub fn start() -> Result<Server, String> {
    let bin = match find() {
        Some(it) => it,
        None => {
            install(&["postgresql"]);
            find().ok_or("PostgreSQL n’est pas installé : `apt-get install postgresql`")?
        }
    };
    let folder = std::env::temp_dir().join(format!("tandem-postgres-{}", std::process::id()));
    fs::create_dir_all(&folder).map_err(|it| it.to_string())?;
    if as_root() {
        // The server refuses to run as root.
        run(Command::new("chown").arg("postgres").arg(&folder))?;
    }
    let port = free_port()?;
    let address = format!("postgres://tandem@127.0.0.1:{port}/postgres");
    let server = Server { bin, folder, address };
    let data = server.folder.join("data");
    run(server
        .program("initdb")
        .args(["-A", "trust", "-U", "tandem", "--no-sync", "-D"])
        .arg(&data))?;
    // What the tests promise does not depend on the disk of the machine that runs them: kill -9 of the
    // server is tried by tests of their own, with everything synchronous.
    let options = format!(
        "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=300"
    );
    let log = server.folder.join("log");
    run(server
        .program("pg_ctl")
        .arg("-D")
        .arg(&data)
        .arg("-o")
        .arg(options)
        .arg("-l")
        .arg(log)
        .args(["-w", "start"]))?;
    Ok(server)
}

impl Server {
    /// A program of the server, as the account that may run it.
    fn program(&self, name: &str) -> Command {
        let path = self.bin.join(name);
        if !as_root() {
            return Command::new(path);
        }
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]).arg(path);
        command.current_dir("/");
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.folder.join("data");
        let stopped =
            run(self.program("pg_ctl").arg("-D").arg(data).args(["-m", "immediate", "-w", "stop"]));
        if let Err(reason) = stopped {
            println!("PostgreSQL ne s’est pas arrêté : {reason}");
        }
        let _already_gone = fs::remove_dir_all(&self.folder);
    }
}

/// Debian keeps the server's programs out of the path, one folder per version.
fn find() -> Option<PathBuf> {
    if exists("initdb") && exists("pg_ctl") {
        return Some(PathBuf::new());
    }
    let mut versions: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .flatten()
        .map(|it| it.path().join("bin"))
        .filter(|it| it.join("initdb").exists())
        .collect();
    versions.sort_by_key(|it| version(it));
    versions.pop()
}

/// The number in `/usr/lib/postgresql/15/bin`.
fn version(bin: &Path) -> u32 {
    let folder = bin.parent().and_then(Path::file_name).and_then(|it| it.to_str());
    folder.and_then(|it| it.parse().ok()).unwrap_or(0)
}

/// The system chooses; it is free again when the listener is dropped.
pub fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|it| it.to_string())?;
    listener.local_addr().map(|it| it.port()).map_err(|it| it.to_string())
}

pub fn run(command: &mut Command) -> Result<(), String> {
    let output = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).output();
    match output {
        Ok(it) if it.status.success() => Ok(()),
        Ok(it) => Err(String::from_utf8_lossy(&it.stderr).trim().to_owned()),
        Err(error) => Err(format!("{:?} : {error}", command.get_program())),
    }
}
