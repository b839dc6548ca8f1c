//! The demonstration as a browser meets it: how soon, how much, how fast.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use super::machine;

const STARTS: usize = 9;
const PAGES: usize = 101;
const EXAMPLE: &str = "/droits/exemples/nadia";

pub struct Pages {
    start: Duration,
    first: Vec<(String, usize)>,
    result: Duration,
    result_bytes: usize,
}

/// Starts the binary several times, then asks the running one for its pages.
pub fn measure(tandem: &str) -> Result<Pages> {
    let mut starts = Vec::new();
    for _ in 0..STARTS {
        let begin = Instant::now();
        let demo = Demo::start(tandem)?;
        let page = demo.wait_for("/")?;
        starts.push(begin.elapsed());
        if !page.ok {
            bail!("la première page ne répond pas");
        }
    }
    let demo = Demo::start(tandem)?;
    let page = demo.wait_for("/")?;
    let mut first = vec![("/".to_owned(), page.bytes)];
    for asset in assets(&demo.get("/", false)?.text) {
        let bytes = demo.get(&asset, true)?.bytes;
        first.push((asset, bytes));
    }
    let mut times = Vec::new();
    let mut result_bytes = 0;
    for _ in 0..PAGES {
        let begin = Instant::now();
        let page = demo.get(EXAMPLE, true)?;
        times.push(begin.elapsed());
        result_bytes = page.bytes;
    }
    Ok(Pages { start: median(starts), first, result: median(times), result_bytes })
}

impl Pages {
    pub fn report(&self) -> String {
        let rows: Vec<String> =
            self.first.iter().map(|(path, bytes)| format!("| `{path}` | {bytes} |")).collect();
        let total: usize = self.first.iter().map(|(_, bytes)| bytes).sum();
        format!(
            "# The demonstration\n\n`cargo xtask bench`, release build, on the loopback. Machine: {}.\n\n\
             | what | figure |\n|---|---|\n\
             | from starting the binary to the whole first page, median of {STARTS} | {} ms |\n\
             | requests of the first view | {} |\n\
             | bytes of the first view, compressed, with headers | {total} |\n\
             | result page of an example, asked and received whole, median of {PAGES} | {} µs |\n\
             | bytes of that page, compressed, with headers | {} |\n\n\
             | first view | bytes |\n|---|---|\n{}\n",
            machine::describe(),
            self.start.as_millis(),
            self.first.len(),
            self.result.as_micros(),
            self.result_bytes,
            rows.join("\n"),
        )
    }
}

/// A running binary, stopped when dropped.
struct Demo {
    child: Child,
    port: u16,
}

struct Answer {
    ok: bool,
    bytes: usize,
    text: String,
}

impl Demo {
    fn start(tandem: &str) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let child = Command::new(tandem)
            .args(["demo", "--port", &port.to_string()])
            .stdout(Stdio::null())
            .spawn()
            .context("le binaire ne se lance pas")?;
        Ok(Self { child, port })
    }

    fn wait_for(&self, path: &str) -> Result<Answer> {
        let begin = Instant::now();
        loop {
            match self.get(path, true) {
                Ok(answer) => return Ok(answer),
                Err(error) if begin.elapsed() > Duration::from_secs(10) => return Err(error),
                Err(_) => std::thread::sleep(Duration::from_millis(1)),
            }
        }
    }

    fn get(&self, path: &str, compressed: bool) -> Result<Answer> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        let encoding = if compressed { "Accept-Encoding: gzip\r\n" } else { "" };
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{encoding}Connection: close\r\n\r\n"
        )?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Ok(Answer { ok: text.starts_with("HTTP/1.1 200"), bytes: bytes.len(), text })
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The files a browser asks for after the page itself.
fn assets(page: &str) -> Vec<String> {
    let mut res: Vec<String> = Vec::new();
    for part in page.split(['"', '\'']) {
        if part.starts_with("/static/") && !res.iter().any(|it| it == part) {
            res.push(part.to_owned());
        }
    }
    res
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
