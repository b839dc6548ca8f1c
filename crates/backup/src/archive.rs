//! The form of an archive.
//!
//! Outside, the age format: `age --decrypt -i key archive` gives what follows. First lines of text that say
//! what it is, up to an empty one; then *frames*: a letter, a length, so many bytes.
//!
//! ```text
//! r  rank of the table (2 bytes), then rows        d  name of a document
//! t  counts and digests of everything, as text     c  a piece of it       e  its digest
//! s  a signature of all that precedes, or nothing; then the end
//! ```

use std::io::{BufReader, Read, Write};

use age::stream::{StreamReader, StreamWriter};
use age::{DecryptError, Decryptor, Encryptor};
use base::Moment;
use blobs::Name;
use bytes::Bytes;
use store::Value;
use store::access_log::Head;

use crate::rows::{self, Tally};
use crate::sign::{Public, Signer, Use};
use crate::{BackupError, Identity, Recipient, Result, hex};

const MAGIC: &str = "tandem backup 1";
/// A frame of rows is closed once it is that long.
const FRAME: usize = 256 << 10;
const PIECE: usize = 1 << 20;
/// No frame nor header is longer: an archive that says so was not made by this program.
const LONGEST: usize = 1 << 30;
const LONGEST_HEADER: usize = 4 << 20;

const ROWS: u8 = b'r';
const DOCUMENT: u8 = b'd';
const CONTENT: u8 = b'c';
const END: u8 = b'e';
const TRAILER: u8 = b't';
const SIGNATURE: u8 = b's';

/// What an archive says of itself before its first row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    pub at: Moment,
    /// The fingerprint of the key that opens the files, never the key.
    pub service_key: String,
    /// The steps that made the schema, in order.
    pub steps: Vec<String>,
    /// How far the ledger of what was destroyed went.
    pub ledger: Option<Head>,
    pub tables: Vec<TableHead>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableHead {
    pub name: String,
    pub columns: Vec<String>,
}

/// What an archive holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    pub header: Header,
    pub tables: Vec<Sum>,
    pub documents: Tally,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum {
    pub table: String,
    pub tally: Tally,
}

/// What a reader meets.
pub(crate) enum Item {
    Row { table: usize, values: Vec<Value> },
    Document { name: Name, sealed: Bytes },
}

pub(crate) struct Writer<W: Write> {
    out: StreamWriter<W>,
    hasher: blake3::Hasher,
    summary: Summary,
    /// Rows of the table under way, not yet written.
    rows: Vec<u8>,
}

pub(crate) struct Reader<R: Read> {
    input: StreamReader<BufReader<R>>,
    hasher: blake3::Hasher,
    header: Header,
}

impl<W: Write> Writer<W> {
    pub fn new(out: W, header: Header, recipients: &[Recipient]) -> Result<Self> {
        let recipients = recipients.iter().map(|it| it as &dyn age::Recipient);
        let encryptor =
            Encryptor::with_recipients(recipients).map_err(|_| BackupError::NoRecipient)?;
        let tables = header.tables.iter();
        let sum = |it: &TableHead| Sum { table: it.name.clone(), tally: Tally::default() };
        let tables = tables.map(sum).collect();
        let summary = Summary { header, tables, documents: Tally::default() };
        let mut res = Self {
            out: encryptor.wrap_output(out)?,
            hasher: blake3::Hasher::new(),
            summary,
            rows: Vec::new(),
        };
        let text = res.summary.header.to_text();
        res.raw(text.as_bytes())?;
        Ok(res)
    }

    pub fn tables(&self) -> Vec<TableHead> {
        self.summary.header.tables.clone()
    }

    pub fn row(&mut self, table: usize, row: &[u8]) -> Result<()> {
        if self.rows.is_empty() {
            let rank = u16::try_from(table)
                .map_err(|_| BackupError::Io { reason: "65,536 tables".to_owned() })?;
            self.rows.extend(rank.to_le_bytes());
        }
        self.rows.extend(row);
        if let Some(sum) = self.summary.tables.get_mut(table) {
            sum.tally.add(row);
        }
        if self.rows.len() >= FRAME { self.end_of_table() } else { Ok(()) }
    }

    /// Rows of another table may follow.
    pub fn end_of_table(&mut self) -> Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.rows);
        self.frame(ROWS, &rows)?;
        self.rows = rows;
        self.rows.clear();
        Ok(())
    }

    pub fn document(&mut self, name: &Name, sealed: &[u8]) -> Result<()> {
        self.frame(DOCUMENT, name.as_str().as_bytes())?;
        for piece in sealed.chunks(PIECE) {
            self.frame(CONTENT, piece)?;
        }
        let digest = blake3::hash(sealed);
        self.frame(END, digest.as_bytes())?;
        self.summary.documents.add(&named(name, &digest));
        Ok(())
    }

    pub fn finish(mut self, signer: Option<&Signer>) -> Result<(W, Summary)> {
        self.frame(TRAILER, self.summary.trailer().as_bytes())?;
        let all = self.hasher.finalize();
        let signature = signer.map(|it| it.sign(Use::Archive, all.as_bytes()));
        self.frame(SIGNATURE, signature.as_ref().map_or(&[], <[u8; 64]>::as_slice))?;
        let mut out = self.out.finish()?;
        out.flush()?;
        Ok((out, self.summary))
    }

    fn frame(&mut self, kind: u8, payload: &[u8]) -> Result<()> {
        let length = u32::try_from(payload.len())
            .map_err(|_| BackupError::Io { reason: "a row of four gigabytes".to_owned() })?;
        self.raw(&[kind])?;
        self.raw(&length.to_le_bytes())?;
        self.raw(payload)
    }

    fn raw(&mut self, bytes: &[u8]) -> Result<()> {
        self.hasher.update(bytes);
        Ok(self.out.write_all(bytes)?)
    }
}

impl<R: Read> Reader<R> {
    pub fn open(source: R, identity: &Identity) -> Result<Self> {
        let decryptor =
            Decryptor::new_buffered(BufReader::with_capacity(PIECE, source)).map_err(refused)?;
        let identities = std::iter::once(identity as &dyn age::Identity);
        let mut input = decryptor.decrypt(identities).map_err(refused)?;
        let mut hasher = blake3::Hasher::new();
        let mut text = Vec::new();
        while !text.ends_with(b"\n\n") {
            let mut byte = [0];
            input.read_exact(&mut byte).map_err(unreadable)?;
            text.extend(byte);
            if text.len() > LONGEST_HEADER {
                return Err(BackupError::Altered { what: "no end to its first lines" });
            }
        }
        hasher.update(&text);
        let header = String::from_utf8(text).ok().and_then(|it| Header::parse(&it));
        let header = header.ok_or(BackupError::Altered { what: "its first lines" })?;
        Ok(Self { input, hasher, header })
    }

    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Gives everything to `see`, then compares what came with what the archive says of itself at its end.
    pub fn walk(
        mut self,
        signed_by: Option<&Public>,
        see: &mut dyn FnMut(Item) -> Result<()>,
    ) -> Result<Summary> {
        let mut tallies = vec![Tally::default(); self.header.tables.len()];
        let mut documents = Tally::default();
        let trailer = loop {
            let (kind, payload) = self.frame()?;
            match kind {
                ROWS => self.rows(&payload, &mut tallies, see)?,
                DOCUMENT => see(self.document(&payload, &mut documents)?)?,
                TRAILER => break payload,
                _ => return Err(BackupError::Altered { what: "a frame of no known kind" }),
            }
        };
        let tables = self.header.tables.iter().zip(tallies);
        let tables = tables.map(|(it, tally)| Sum { table: it.name.clone(), tally }).collect();
        let summary = Summary { header: self.header.clone(), tables, documents };
        if trailer != summary.trailer().as_bytes() {
            return Err(BackupError::Altered { what: "counts and digests" });
        }
        self.end(signed_by)?;
        Ok(summary)
    }

    fn rows(
        &self,
        payload: &[u8],
        tallies: &mut [Tally],
        see: &mut dyn FnMut(Item) -> Result<()>,
    ) -> Result<()> {
        let wrong = BackupError::Altered { what: "a row" };
        let (rank, mut rest) = payload.split_first_chunk::<2>().ok_or(wrong.clone())?;
        let table = usize::from(u16::from_le_bytes(*rank));
        let head = self.header.tables.get(table).ok_or(wrong.clone())?;
        let tally = tallies.get_mut(table).ok_or(wrong.clone())?;
        while !rest.is_empty() {
            let before = rest;
            let values = rows::decode(&mut rest, head.columns.len()).ok_or(wrong.clone())?;
            // A table without a column would never end.
            let length = before.len().saturating_sub(rest.len());
            let row = before.get(..length).filter(|it| !it.is_empty()).ok_or(wrong.clone())?;
            tally.add(row);
            see(Item::Row { table, values })?;
        }
        Ok(())
    }

    fn document(&mut self, name: &[u8], tally: &mut Tally) -> Result<Item> {
        let wrong = BackupError::Altered { what: "a document" };
        let name = std::str::from_utf8(name).ok().and_then(|it| it.parse::<Name>().ok());
        let name = name.ok_or(wrong.clone())?;
        let mut sealed = Vec::new();
        let digest = loop {
            let (kind, payload) = self.frame()?;
            match kind {
                CONTENT if sealed.len().saturating_add(payload.len()) <= LONGEST => {
                    sealed.extend(payload);
                }
                END => break payload,
                _ => return Err(wrong),
            }
        };
        let found = blake3::hash(&sealed);
        if digest != found.as_bytes() {
            return Err(wrong);
        }
        tally.add(&named(&name, &found));
        Ok(Item::Document { name, sealed: sealed.into() })
    }

    fn end(&mut self, signed_by: Option<&Public>) -> Result<()> {
        let all = self.hasher.finalize();
        let (kind, signature) = self.frame()?;
        if kind != SIGNATURE {
            return Err(BackupError::Altered { what: "no signature" });
        }
        if signed_by.is_some_and(|it| !it.signed(Use::Archive, all.as_bytes(), &signature)) {
            return Err(BackupError::Unsigned);
        }
        match self.input.read(&mut [0]).map_err(unreadable)? {
            0 => Ok(()),
            _ => Err(BackupError::Altered { what: "something after its end" }),
        }
    }

    fn frame(&mut self) -> Result<(u8, Vec<u8>)> {
        let mut start = [0; 5];
        self.input.read_exact(&mut start).map_err(unreadable)?;
        let [kind, length @ ..] = start;
        let length = usize::try_from(u32::from_le_bytes(length)).unwrap_or(usize::MAX);
        if length > LONGEST {
            return Err(BackupError::Altered { what: "a frame of a gigabyte" });
        }
        let mut payload = vec![0; length];
        self.input.read_exact(&mut payload).map_err(unreadable)?;
        self.hasher.update(&start);
        self.hasher.update(&payload);
        Ok((kind, payload))
    }
}

impl Header {
    fn to_text(&self) -> String {
        let mut res = format!("{MAGIC}\nat {}\nservice-key {}\n", self.at, self.service_key);
        for step in &self.steps {
            res.push_str(&format!("step {step}\n"));
        }
        if let Some(head) = &self.ledger {
            res.push_str(&format!("ledger {} {}\n", head.rank, hex::write(&head.hash)));
        }
        for table in &self.tables {
            res.push_str(&format!("table {} {}\n", table.name, table.columns.join(" ")));
        }
        res.push('\n');
        res
    }

    /// Only as [`Header::to_text`] writes.
    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        if lines.next()? != MAGIC {
            return None;
        }
        let at = lines.next()?.strip_prefix("at ")?.parse().ok()?;
        let service_key = lines.next()?.strip_prefix("service-key ")?.to_owned();
        let mut res = Self { at, service_key, steps: Vec::new(), ledger: None, tables: Vec::new() };
        for line in lines.filter(|it| !it.is_empty()) {
            match line.split_once(' ')? {
                ("step", name) => res.steps.push(name.to_owned()),
                ("ledger", head) => {
                    let (rank, hash) = head.split_once(' ')?;
                    res.ledger = Some(Head { rank: rank.parse().ok()?, hash: hex::read(hash)? });
                }
                ("table", names) => {
                    let mut names = names.split(' ').map(str::to_owned);
                    let name = names.next()?;
                    res.tables.push(TableHead { name, columns: names.collect() });
                }
                _ => return None,
            }
        }
        let names = |it: &TableHead| it.columns.iter().chain([&it.name]).all(|it| rows::plain(it));
        let sound = res.tables.iter().all(names) && res.to_text() == text;
        sound.then_some(res)
    }
}

impl Summary {
    fn trailer(&self) -> String {
        let tables = self.tables.iter().map(|it| format!("table {} {}\n", it.table, it.tally));
        tables.chain([format!("documents {}\n", self.documents)]).collect()
    }
}

/// A document's line in the tally: its name and the digest of its sealed form.
pub(crate) fn named(name: &Name, digest: &blake3::Hash) -> Vec<u8> {
    [name.as_str().as_bytes(), b" ", digest.as_bytes()].concat()
}

fn refused(error: DecryptError) -> BackupError {
    match error {
        DecryptError::Io(error) if error.raw_os_error().is_some() => error.into(),
        DecryptError::NoMatchingKeys | DecryptError::KeyDecryptionFailed => BackupError::WrongKey,
        _ => BackupError::Altered { what: "not an archive, or its first lines" },
    }
}

/// What the disk refuses has a number of the system; the rest is said by the seal of the pieces.
fn unreadable(error: std::io::Error) -> BackupError {
    if error.raw_os_error().is_some() {
        return error.into();
    }
    BackupError::Altered { what: "a piece does not open, or the end is missing" }
}
