//! A real `tandem serve`, with a worker already signed in, and the smallest possible browser.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use access::Role;
use app::cases::store::{self as cases, NewCase};
use app::people::model::{Contact, Identity};
use app::people::store::{self as people, NewPerson};
use app::spine::session::{self, Kind};
use app::spine::{Account, Form, Keys, Settings, SharedEntropy, Tandem, Viewer};
use app::structures::store as structures;
use base::Moment;
use seal::ServiceKey;
use store::{Db, Id};
use store_testing::Seed;
use web::clock::FixedClock;
use web::words::Lang;

/// A folder of data, filled before any server starts.
pub struct Place {
    pub folder: PathBuf,
    pub database: String,
    pub tandem: Tandem,
    pub viewer: Viewer,
    pub file: Id,
    token: String,
}

pub struct Server {
    child: Child,
    address: String,
    /// Kept open: a program whose output nobody holds any more stops at its next word.
    _said: BufReader<ChildStdout>,
}

/// How an answer began, and the rest.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub text: String,
}

impl Place {
    /// With SQLite in the folder, or the given database.
    pub async fn filled(name: &str, database: Option<String>) -> Self {
        let folder = std::env::temp_dir().join(format!("tandem-{name}-{}", std::process::id()));
        let _left_by_a_former_run = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder");
        let database =
            database.unwrap_or_else(|| folder.join("tandem.db").to_string_lossy().into_owned());
        let db = Db::open(&database).await.expect("a database");
        store::migrate(&db, &app::schema()).await.expect("the schema");
        #[expect(
            clippy::disallowed_methods,
            reason = "the server beside reads the machine's clock"
        )]
        let now = Moment::from_millis(jiff::Timestamp::now().as_millisecond());
        let key = ServiceKey::generate(&mut Seed(3));
        std::fs::write(folder.join("cle-du-service"), key.to_text()).expect("the key is kept");
        let keys = db
            .write(move |tx| {
                let key = ServiceKey::generate(&mut Seed(3));
                Ok(Keys::load(tx, key, Vec::new(), now, &mut Seed(4)).expect("keys"))
            })
            .await
            .expect("keys");
        let clock = std::sync::Arc::new(FixedClock(now));
        let law = law::Law::national();
        let entropy = Box::new(Seed(5));
        let tandem = Tandem::new(db, keys, law, clock, entropy, Settings::default());
        let (viewer, token) = worker(&tandem).await;
        let file = file(&tandem, &viewer).await;
        Self { folder, database, tandem, viewer, file, token }
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tandem"));
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--log", "error", "--database"])
            .arg(&self.database)
            .arg("--data")
            .arg(&self.folder)
            .current_dir(&self.folder);
        command
    }

    /// A form nobody has sent yet.
    pub fn form(&self) -> String {
        let mut entropy: SharedEntropy = self.tandem.entropy();
        let now = self.tandem.now();
        Form::new(&self.viewer, &self.tandem.keys, now, &mut entropy).value().to_owned()
    }

    /// Sends the words of a dispute; `None`: the server went away before it answered.
    pub fn dispute(&self, address: &str, form: &str, words: &str) -> Option<Answer> {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.append_pair("form", form)
            .append_pair("sujet", "adresse")
            .append_pair("mots.text", words);
        let path = format!("/dossiers/{}/contestations", self.file);
        self.send(address, "POST", &path, &body.finish())
    }

    pub fn get(&self, address: &str, path: &str) -> Option<Answer> {
        self.send(address, "GET", path, "")
    }

    fn send(&self, address: &str, method: &str, path: &str, body: &str) -> Option<Answer> {
        let mut stream = TcpStream::connect(address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
             Cookie: {}={}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            web::cookie::SESSION,
            self.token,
            body.len()
        );
        stream.write_all(head.as_bytes()).ok()?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok()?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let status = text.split(' ').nth(1)?.parse().ok()?;
        Some(Answer { status, text })
    }

    /// The words of every dispute, as the database has them now.
    pub async fn words(&self) -> Vec<String> {
        let db = Db::open(&self.database).await.expect("the database opens again");
        let file = self.file;
        let keys = self.tandem.keys.clone();
        db.read(move |tx| {
            let key = keys.open(tx, file).expect("the file's key");
            let sql = "select id, words from disputes";
            let rows = tx.rows(sql, &[])?;
            Ok(rows
                .iter()
                .map(|row| {
                    let (id, sealed): (Id, Vec<u8>) =
                        (row.get(0).expect("an id"), row.get(1).expect("bytes"));
                    app::spine::desk::unseal(&key, "disputes", "words", id, &sealed)
                        .expect("what is there opens")
                })
                .collect())
        })
        .await
        .expect("the disputes are read")
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _already_gone = std::fs::remove_dir_all(&self.folder);
    }
}

impl Server {
    /// Starts it and waits until it answers; how long that took.
    pub fn start(mut command: Command) -> Option<(Self, Duration)> {
        let started = Instant::now();
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("tandem starts");
        let mut said = BufReader::new(child.stdout.take().expect("its output"));
        let (mut address, mut line) = (None, String::new());
        while address.is_none() && said.read_line(&mut line).is_ok_and(|it| it > 0) {
            address = line.split_once("http://").map(|(_, rest)| rest.trim().to_owned());
            line.clear();
        }
        match address {
            Some(address) => Some((Self { child, address, _said: said }, started.elapsed())),
            None => {
                let _ended = child.wait();
                None
            }
        }
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    /// As `kill -9` does.
    pub fn kill(&mut self) {
        self.child.kill().expect("it was running");
        self.child.wait().expect("it is gone");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _already_gone = self.child.kill();
        let _waited = self.child.wait();
    }
}

async fn worker(tandem: &Tandem) -> (Viewer, String) {
    let (now, keys, entropy) = (tandem.now(), tandem.keys.clone(), tandem.entropy());
    let made = tandem.quietly(move |tx| {
        let mut entropy = entropy.clone();
        let new = structures::NewStructure {
            name: "CCAS d’Auch",
            kind: "ccas",
            territory: "Auch",
            retention_months: 24,
        };
        let structure = structures::create_structure(tx, &new, now, &mut entropy)?;
        let new = structures::NewStaff { name: "Claire Morel", email: "claire@tandem.test" };
        let staff = structures::create_staff(tx, &keys, &new, now, &mut entropy)?;
        structures::join(tx, staff, structure, None, Role::Worker, now, &mut entropy)?;
        let (session, token) = session::open(
            tx,
            session::Opening {
                kind: Kind::Staff,
                account: staff,
                second_factor: true,
                device: "Firefox",
                lang: "fr",
            },
            now,
            &mut entropy,
        )?;
        Ok((staff, session, token.as_str().to_owned()))
    });
    let (staff, session, token) = made.await.expect("a worker");
    let proof = access::Viewer { second_factor: true, proved_at: now };
    (Viewer { account: Account::Staff(staff), session, proof, lang: Lang::French }, token)
}

async fn file(tandem: &Tandem, viewer: &Viewer) -> Id {
    let staff = viewer.staff().expect("a worker");
    let made = tandem.act(viewer, move |desk| {
        let sql = "select structure_id from memberships where staff_id = $1";
        let structure: Id = desk.tx.row(sql, &store::values![staff])?.get(0)?;
        let identity = Identity {
            birth_name: "Benali".to_owned(),
            first_names: "Nadia".to_owned(),
            ..Identity::default()
        };
        let new = NewPerson { identity, contact: Contact::default(), nir: None };
        let person = people::create(desk, &new)?;
        let asked = "Je veux garder mon logement.".to_owned();
        let new = NewCase { structure, team: None, person, asked, referent: Some(staff) };
        cases::open(desk, &new)
    });
    made.await.expect("a file")
}

/// Whether a file of the folder holds these bytes: what a page said must not be on the disk in clear.
pub fn folder_holds(folder: &Path, needle: &[u8]) -> bool {
    let Ok(entries) = std::fs::read_dir(folder) else { return false };
    entries.flatten().any(|it| {
        std::fs::read(it.path())
            .is_ok_and(|bytes| bytes.windows(needle.len()).any(|window| window == needle))
    })
}
