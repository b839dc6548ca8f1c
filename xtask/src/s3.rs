//! A server that speaks S3 for the tests: `moto`, from PyPI, in a place of its own.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::postgres::{free_port, run};
use crate::setup::install;
use crate::shell::{exists, target_dir};

/// Fixed: a newer one may ask for another Python.
const MOTO: &str = "moto[server]==5.2.5";

/// The buckets that the tests of `blobs` write to, each its own.
const BUCKETS: &[&str] = &["lengths", "once", "list", "closed", "canary"];

/// A running server; stopped when dropped.
#[derive(Debug)]
pub struct Server {
    process: Child,
    /// What the tests connect to.
    pub address: String,
}

/// Starts a server, installing it first; `Err` says what is missing.
pub fn start() -> Result<Server, String> {
    let folder = target_dir().join("moto");
    let program = folder.join("bin/moto_server");
    if !program.exists() {
        set_up(&folder)?;
    }
    let port = free_port()?;
    let process = Command::new(program)
        .args(["-H", "127.0.0.1", "-p", &port.to_string()])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|it| it.to_string())?;
    let server = Server { process, address: format!("http://127.0.0.1:{port}") };
    for bucket in BUCKETS {
        create(port, bucket)?;
    }
    Ok(server)
}

impl Drop for Server {
    fn drop(&mut self) {
        let _already_gone = self.process.kill();
        let _no_zombie = self.process.wait();
    }
}

/// A Python of its own, with what the server needs.
fn set_up(folder: &Path) -> Result<(), String> {
    if !exists("python3") {
        install(&["python3", "python3-venv"]);
    }
    if !exists("python3") {
        return Err("Python n’est pas installé : `apt-get install python3 python3-venv`".to_owned());
    }
    let path = folder.display().to_string();
    println!("\n$ python3 -m venv {path} && pip install {MOTO}");
    let venv = || run(Command::new("python3").args(["-m", "venv", &path]));
    if venv().is_err() {
        // Debian keeps this module apart.
        install(&["python3-venv"]);
        venv()?;
    }
    let pip: PathBuf = folder.join("bin/pip");
    run(Command::new(pip).args(["install", "--quiet", MOTO]))
        .map_err(|reason| format!("`{MOTO}` ne s’installe pas (PyPI injoignable ?) : {reason}"))
}

/// The server takes unsigned requests. It is asked until it answers.
fn create(port: u16, bucket: &str) -> Result<(), String> {
    let request = format!(
        "PUT /tandem-{bucket} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Length: 0\r\n\
         Connection: close\r\n\r\n"
    );
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    for _ in 0..300 {
        if ask().is_ok_and(|it| it.starts_with("HTTP/1.1 200")) {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Err("le serveur S3 (moto) ne répond pas".to_owned())
}
