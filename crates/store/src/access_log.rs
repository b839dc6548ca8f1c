//! Who looked at what, and why: written before the answer leaves, never changed, never removed.
//!
//! Each row carries the hash of the one before it. Heads — a rank and its hash — are signed and kept elsewhere;
//! with one of them, a row that was changed, removed, moved or a database put back to an older state is found.
//!
//! The chain covers the *digest* of what the row says, not its words: when a retention period ends the words
//! may go and the chain still holds.

use base::Moment;

use crate::{Migration, Result, StoreError, Tx, Value, values};

pub const SCHEMA: Migration = Migration {
    name: "access log",
    sql: "
        create table access_log (
            rank {int} primary key,
            at text not null,
            actor text not null,
            subject text not null,
            action text not null,
            purpose text not null,
            relation text not null,
            previous {bytes} not null,
            digest {bytes} not null,
            hash {bytes} not null
        );
        create index access_log_subject on access_log (subject, rank);
        create index access_log_actor on access_log (actor, rank);
        create index access_log_at on access_log (at);
    ",
};

/// One look, by identifiers alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    pub at: Moment,
    /// The account that looked.
    pub actor: String,
    /// The file, or the person.
    pub subject: String,
    /// What was done: `read`, `export`, `break_glass`…
    pub action: String,
    /// Why, in the words of the decision that allowed it.
    pub purpose: String,
    /// In which capacity: `referent`, `manager`, `shared_until_…`
    pub relation: String,
}

/// The last row of the log at some moment: what is signed and kept off the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub rank: i64,
    pub hash: Vec<u8>,
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verified {
    /// Every row follows from the one before, up to this head.
    Sound(Head),
    /// The first row that does not: changed, removed before it, or moved.
    Broken { rank: i64 },
    /// The log is shorter than, or differs from, a head that was kept: it was put back to an older state.
    RolledBack { kept: i64, found: i64 },
}

/// What the first row follows.
const ORIGIN: &[u8] = b"tandem access log, 2026";

/// Writes the looks at the end of the log, in one go, and returns the new head.
pub fn append(tx: &mut Tx<'_>, looks: &[Look]) -> Result<Head> {
    let mut head = head(tx)?;
    for look in looks {
        let rank = head.rank.saturating_add(1);
        let at = look.at.to_string();
        let digest =
            digest(&[&at, &look.actor, &look.subject, &look.action, &look.purpose, &look.relation]);
        let hash = link(&head.hash, rank, &digest);
        let sql = "insert into access_log
                   (rank, at, actor, subject, action, purpose, relation, previous, digest, hash)
                   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        let row = values![
            rank,
            look.at,
            look.actor.as_str(),
            look.subject.as_str(),
            look.action.as_str(),
            look.purpose.as_str(),
            look.relation.as_str(),
            head.hash,
            digest,
            hash.clone(),
        ];
        tx.execute(sql, &row)?;
        head = Head { rank, hash };
    }
    Ok(head)
}

/// The last row; rank 0 when nobody has looked at anything yet.
pub fn head(tx: &mut Tx<'_>) -> Result<Head> {
    let sql = "select rank, hash from access_log order by rank desc limit 1";
    match tx.row_if_any(sql, &[])? {
        Some(row) => Ok(Head { rank: row.get(0)?, hash: row.get(1)? }),
        None => Ok(Head { rank: 0, hash: origin() }),
    }
}

/// Follows the whole chain, then compares it with heads that were kept elsewhere, in any order.
pub fn verify(tx: &mut Tx<'_>, kept: &[Head]) -> Result<Verified> {
    let sql = "select rank, at, actor, subject, action, purpose, relation, previous, digest, hash
               from access_log order by rank";
    // By rank, so that each row meets only the heads that are about it.
    let mut ahead: Vec<&Head> = kept.iter().collect();
    ahead.sort_by_key(|it| it.rank);
    let mut ahead = ahead.into_iter().peekable();
    let mut last = Head { rank: 0, hash: origin() };
    let mut wrong = None;
    let read = tx.each(sql, &[], &mut |row| {
        let expected = last.rank.saturating_add(1);
        match follow(&row.into_values(), expected, &last.hash) {
            Some(hash) => last = Head { rank: expected, hash },
            None => wrong = Some(Verified::Broken { rank: expected }),
        }
        let about_it = || ahead.next_if(|it| it.rank <= last.rank);
        if let Some(head) = std::iter::from_fn(about_it).find(|it| **it != last) {
            wrong = wrong.take().or(Some(rolled_back(head, &last)));
        }
        // Nothing after the first row that is wrong can be believed.
        if wrong.is_some() { Err(StoreError::Undone) } else { Ok(()) }
    });
    match (wrong, read, ahead.last()) {
        (Some(wrong), _, _) => Ok(wrong),
        (None, Err(error), _) => Err(error),
        (None, Ok(()), Some(head)) => Ok(rolled_back(head, &last)),
        (None, Ok(()), None) => Ok(Verified::Sound(last)),
    }
}

fn rolled_back(kept: &Head, found: &Head) -> Verified {
    Verified::RolledBack { kept: kept.rank, found: found.rank }
}

/// The hash of the row if it is what follows, `None` if anything in it is not.
fn follow(row: &[Value], rank: i64, previous: &[u8]) -> Option<Vec<u8>> {
    let [
        Value::Int(number),
        words @ ..,
        Value::Bytes(before),
        Value::Bytes(its),
        Value::Bytes(end),
    ] = row
    else {
        return None;
    };
    // As it is stored, instant included: what is not as this program writes it has another digest.
    let words: Option<Vec<&str>> = words.iter().map(text).collect();
    let digest = digest(&words?);
    let hash = link(previous, rank, &digest);
    let sound = *number == rank && before == previous && *its == digest && *end == hash;
    sound.then_some(hash)
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Text(it) => Some(it),
        Value::Null | Value::Bool(_) | Value::Int(_) | Value::Bytes(_) => None,
    }
}

fn origin() -> Vec<u8> {
    blake3::hash(ORIGIN).as_bytes().to_vec()
}

/// Each field with its length: no two looks are written alike.
fn digest(words: &[&str]) -> Vec<u8> {
    let mut hasher = blake3::Hasher::new();
    for field in words {
        hasher.update(&u64::try_from(field.len()).unwrap_or(u64::MAX).to_le_bytes());
        hasher.update(field.as_bytes());
    }
    hasher.finalize().as_bytes().to_vec()
}

fn link(previous: &[u8], rank: i64, digest: &[u8]) -> Vec<u8> {
    let mut hasher = blake3::Hasher::new();
    hasher.update(previous).update(&rank.to_le_bytes()).update(digest);
    hasher.finalize().as_bytes().to_vec()
}
