//! A transaction on somebody's behalf, and the files opened at it.

use access::{Action, Class, Decision, FileState, Purpose, Reason, Refusal, Request, TieKind};
use base::Moment;
use seal::{FileKey, Place};
use store::access_log::Look;
use store::{Id, Tx};

use super::answer::Stop;
use super::keys::Keys;
use super::tandem::SharedEntropy;
use super::ties;
use super::viewer::Viewer;

/// Where somebody works: everything is read and written through it.
#[derive(Debug)]
pub struct Desk<'d, 't> {
    pub tx: &'d mut Tx<'t>,
    pub keys: Keys,
    pub entropy: SharedEntropy,
    pub viewer: &'d Viewer,
    pub now: Moment,
    looks: Vec<Look>,
}

/// What is wanted of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    pub file: Id,
    pub action: Action,
    pub class: Class,
    pub purpose: Purpose,
}

/// A file that may be opened, for one action up to one class, and why.
#[derive(Debug)]
pub struct Door {
    pub file: Id,
    pub reason: Reason,
    pub class: Class,
    key: FileKey,
}

impl Asked {
    pub fn new(file: Id, action: Action, class: Class) -> Self {
        Self { file, action, class, purpose: Purpose::Support }
    }

    #[must_use]
    pub fn purpose(self, purpose: Purpose) -> Self {
        Self { purpose, ..self }
    }
}

impl<'d, 't> Desk<'d, 't> {
    pub(super) fn new(
        tx: &'d mut Tx<'t>,
        keys: Keys,
        entropy: SharedEntropy,
        viewer: &'d Viewer,
        now: Moment,
    ) -> Self {
        Self { tx, keys, entropy, viewer, now, looks: Vec::new() }
    }

    pub(super) fn into_looks(self) -> Vec<Look> {
        self.looks
    }

    /// Opens a file, or says why not. The line of the access log is written with the transaction.
    pub fn open(&mut self, asked: Asked) -> Result<Door, Stop> {
        let (state, ties) = ties::of(self.tx, self.viewer, asked.file, self.now)?;
        match self.decide(&ties, asked, state) {
            Decision::Allowed(reason) => {
                let key = self.keys.open(self.tx, asked.file)?;
                self.note(asked, reason);
                Ok(Door { file: asked.file, reason, class: asked.class, key })
            }
            Decision::Refused(refusal) => Err(self.refuse(&ties, asked, state, refusal)),
        }
    }

    /// Whether the file would open, without opening it: for what a page offers. Nothing is written.
    pub fn may(&mut self, asked: Asked) -> Result<Decision, Stop> {
        let (state, ties) = ties::of(self.tx, self.viewer, asked.file, self.now)?;
        Ok(self.decide(&ties, asked, state))
    }

    fn decide(&self, ties: &[access::Tie], asked: Asked, state: FileState) -> Decision {
        let Asked { action, class, purpose, .. } = asked;
        let request = Request { action, class, purpose, state };
        access::decide(&self.viewer.proof, ties, request, self.now)
    }

    fn refuse(
        &self,
        ties: &[access::Tie],
        asked: Asked,
        state: FileState,
        refusal: Refusal,
    ) -> Stop {
        let find = Asked { action: Action::Find, class: Class::Identity, ..asked };
        let may_find = matches!(self.decide(ties, find, state), Decision::Allowed(_));
        let look = self.look(asked, "refused", "");
        Stop::Refused { file: asked.file, refusal, may_find, look: Some(Box::new(look)) }
    }

    fn note(&mut self, asked: Asked, reason: Reason) {
        let look = self.look(asked, action_code(asked.action), tie_code(reason.tie));
        // Several doors to one file in one page are one look.
        if !self.looks.contains(&look) {
            self.looks.push(look);
        }
    }

    /// A look at something that is not one file: a person found by name, a household.
    pub fn note_of(&mut self, subject: Id, action: &str, relation: &str) {
        let look = Look {
            at: self.now,
            actor: self.viewer.actor(),
            subject: subject.to_string(),
            action: action.to_owned(),
            purpose: purpose_code(Purpose::Support).to_owned(),
            relation: relation.to_owned(),
        };
        if !self.looks.contains(&look) {
            self.looks.push(look);
        }
    }

    fn look(&self, asked: Asked, action: &str, relation: &str) -> Look {
        Look {
            at: self.now,
            actor: self.viewer.actor(),
            subject: asked.file.to_string(),
            action: action.to_owned(),
            purpose: purpose_code(asked.purpose).to_owned(),
            relation: relation.to_owned(),
        }
    }

    pub fn new_id(&mut self) -> Id {
        Id::new(self.now, &mut self.entropy)
    }
}

impl Door {
    /// Opens a sealed column of this file.
    pub fn read(
        &self,
        table: &str,
        column: &str,
        record: Id,
        sealed: &[u8],
    ) -> Result<String, Stop> {
        unseal(&self.key, table, column, record, sealed)
    }

    /// Seals a column of this file.
    pub fn write(
        &self,
        table: &str,
        column: &str,
        record: Id,
        text: &str,
        entropy: &mut SharedEntropy,
    ) -> Result<Vec<u8>, Stop> {
        seal(&self.key, table, column, record, text, entropy)
    }
}

/// Opens a sealed column with a key already in hand.
pub fn unseal(
    key: &FileKey,
    table: &str,
    column: &str,
    record: Id,
    sealed: &[u8],
) -> Result<String, Stop> {
    let record = record.to_string();
    let plain = seal::open(key, Place { table, column, record: &record }, sealed)?;
    String::from_utf8(plain).map_err(|_| Stop::Sealed)
}

pub fn seal(
    key: &FileKey,
    table: &str,
    column: &str,
    record: Id,
    text: &str,
    entropy: &mut SharedEntropy,
) -> Result<Vec<u8>, Stop> {
    let record = record.to_string();
    Ok(seal::seal(key, Place { table, column, record: &record }, text.as_bytes(), entropy)?)
}

/// The word of the access log. Never changes once written.
pub fn action_code(action: Action) -> &'static str {
    match action {
        Action::Find => "find",
        Action::Read => "read",
        Action::Write => "write",
        Action::Share => "share",
        Action::Export => "export",
        Action::Assign => "assign",
        Action::Close => "close",
        Action::ReadLog => "read_log",
        Action::Erase => "erase",
    }
}

pub fn purpose_code(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Support => "support",
        Purpose::Reception => "reception",
        Purpose::Supervision => "supervision",
        Purpose::AccessRequest => "access_request",
        Purpose::Dispute => "dispute",
        Purpose::Emergency => "emergency",
    }
}

pub fn tie_code(tie: TieKind) -> &'static str {
    match tie {
        TieKind::Member { .. } => "member",
        TieKind::Follows(_) => "follows",
        TieKind::Shared(_) => "shared",
        TieKind::Mandate => "mandate",
        TieKind::Own => "own",
        TieKind::BreakGlass => "break_glass",
        TieKind::Author => "author",
        TieKind::Barred => "barred",
    }
}
