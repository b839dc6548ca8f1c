//! Sessions: a random token in a cookie, only its hash in the database; short, listed, revocable on every node at
//! once since all read the same table.

use access::Viewer as Proof;
use base::{Entropy, Moment};
use store::{Id, Migration, Result, Row, Tx, values};

pub const SCHEMA: Migration = Migration {
    name: "sessions",
    sql: "
        create table sessions (
            id text primary key,
            token {bytes} not null unique,
            kind text not null,
            account_id text not null,
            created_at text not null,
            seen_at text not null,
            ends_at text not null,
            second_factor {bool} not null,
            proved_at text not null,
            device text not null,
            lang text not null,
            revoked_at text
        );
        create index sessions_account on sessions (account_id, ends_at);
    ",
};

/// Who a session is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Staff,
    Person,
}

/// How long a session lasts, in seconds: without a click, and in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lasts {
    pub idle: i64,
    pub whole: i64,
}

/// What the cookie holds: 256 random bits, never stored.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

#[derive(Debug, Clone)]
pub struct Session {
    pub id: Id,
    pub kind: Kind,
    pub account: Id,
    pub created_at: Moment,
    pub seen_at: Moment,
    pub ends_at: Moment,
    pub second_factor: bool,
    pub proved_at: Moment,
    pub device: String,
    pub lang: String,
}

/// Seen at most this often, in seconds: a click must not cost a write.
const SEEN_EVERY: i64 = 60;

impl Kind {
    pub fn code(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Person => "person",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Staff, Self::Person].into_iter().find(|it| it.code() == code)
    }

    pub fn lasts(self) -> Lasts {
        match self {
            Self::Staff => Lasts { idle: 2 * 3600, whole: 10 * 3600 },
            // A telephone is lent, left on a table: a person's session is shorter.
            Self::Person => Lasts { idle: 15 * 60, whole: 2 * 3600 },
        }
    }
}

impl Token {
    pub fn generate(entropy: &mut dyn Entropy) -> Self {
        let mut bytes = [0; 32];
        entropy.fill(&mut bytes);
        Self(bytes.iter().map(|it| format!("{it:02x}")).collect())
    }

    /// As the cookie gives it; `None` for what we never wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let ours = text.len() == 64 && text.bytes().all(|it| it.is_ascii_hexdigit());
        ours.then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is stored: a token is too random for its hash to be turned back.
    pub fn hash(&self) -> Vec<u8> {
        blake3::hash(self.0.as_bytes()).as_bytes().to_vec()
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Whose session is about to open, and on what.
#[derive(Debug, Clone, Copy)]
pub struct Opening<'a> {
    pub kind: Kind,
    pub account: Id,
    pub second_factor: bool,
    /// The browser, in words.
    pub device: &'a str,
    pub lang: &'a str,
}

/// Opens a session and returns its token, once.
pub fn open(
    tx: &mut Tx<'_>,
    opening: Opening<'_>,
    now: Moment,
    entropy: &mut dyn Entropy,
) -> Result<(Id, Token)> {
    let Opening { kind, account, second_factor, device, lang } = opening;
    let (id, token) = (Id::new(now, entropy), Token::generate(entropy));
    let sql = "insert into sessions (id, token, kind, account_id, created_at, seen_at, ends_at,
                                     second_factor, proved_at, device, lang)
               values ($1, $2, $3, $4, $5, $5, $6, $7, $5, $8, $9)";
    let ends_at = now.plus_seconds(kind.lasts().whole);
    let row =
        values![id, token.hash(), kind.code(), account, now, ends_at, second_factor, device, lang];
    tx.execute(sql, &row)?;
    Ok((id, token))
}

/// The session of this token, if it is still good.
pub fn find(tx: &mut Tx<'_>, token: &Token, now: Moment) -> Result<Option<Session>> {
    let sql = format!("select {COLUMNS} from sessions where token = $1 and revoked_at is null");
    let row = tx.row_if_any(&sql, &values![token.hash()])?;
    let session = row.map(|it| read(&it)).transpose()?;
    Ok(session.filter(|it| it.is_good(now)))
}

/// The good sessions of an account, the last seen first.
pub fn of_account(tx: &mut Tx<'_>, account: Id, now: Moment) -> Result<Vec<Session>> {
    let sql = format!(
        "select {COLUMNS} from sessions
         where account_id = $1 and revoked_at is null and ends_at > $2 order by seen_at desc, id"
    );
    let rows = tx.rows(&sql, &values![account, now])?;
    let all: Vec<Session> = rows.iter().map(read).collect::<Result<_>>()?;
    Ok(all.into_iter().filter(|it| it.is_good(now)).collect())
}

/// Whether `seen` has something to write.
pub fn is_stale(session: &Session, now: Moment) -> bool {
    now.seconds_since(session.seen_at) >= SEEN_EVERY
}

pub fn seen(tx: &mut Tx<'_>, id: Id, now: Moment) -> Result<()> {
    let sql = "update sessions set seen_at = $2 where id = $1 and seen_at < $2";
    tx.execute(sql, &values![id, now]).map(|_| ())
}

/// The second factor, or any proof again: the token changes with what it may do.
pub fn prove(tx: &mut Tx<'_>, id: Id, now: Moment, entropy: &mut dyn Entropy) -> Result<Token> {
    let token = Token::generate(entropy);
    let sql = "update sessions set second_factor = $2, proved_at = $3, token = $4 where id = $1";
    tx.execute(sql, &values![id, true, now, token.hash()])?;
    Ok(token)
}

/// The language of this session's pages.
pub fn speak(tx: &mut Tx<'_>, id: Id, lang: &str) -> Result<()> {
    tx.execute("update sessions set lang = $2 where id = $1", &values![id, lang]).map(|_| ())
}

pub fn revoke(tx: &mut Tx<'_>, id: Id, now: Moment) -> Result<()> {
    let sql = "update sessions set revoked_at = $2 where id = $1 and revoked_at is null";
    tx.execute(sql, &values![id, now]).map(|_| ())
}

pub fn revoke_all(tx: &mut Tx<'_>, account: Id, now: Moment) -> Result<()> {
    let sql = "update sessions set revoked_at = $2 where account_id = $1 and revoked_at is null";
    tx.execute(sql, &values![account, now]).map(|_| ())
}

impl Session {
    /// A clock put back does not make it longer.
    fn is_good(&self, now: Moment) -> bool {
        let idle = now.seconds_since(self.seen_at);
        now < self.ends_at && self.created_at <= now && idle < self.kind.lasts().idle
    }

    pub fn proof(&self) -> Proof {
        Proof { second_factor: self.second_factor, proved_at: self.proved_at }
    }
}

const COLUMNS: &str =
    "id, kind, account_id, created_at, seen_at, ends_at, second_factor, proved_at, device, lang";

fn read(row: &Row) -> Result<Session> {
    let kind: String = row.get(1)?;
    Ok(Session {
        id: row.get(0)?,
        // A kind that is not known opens nothing: it is read as the one that may do less.
        kind: Kind::from_code(&kind).unwrap_or(Kind::Person),
        account: row.get(2)?,
        created_at: row.get(3)?,
        seen_at: row.get(4)?,
        ends_at: row.get(5)?,
        second_factor: row.get(6)?,
        proved_at: row.get(7)?,
        device: row.get(8)?,
        lang: row.get(9)?,
    })
}
