//! How often one may try: slower and slower for who guesses, never closed for who signs in from a device of theirs.
//!
//! An attempt takes its turn before it is evaluated, in the same transaction as the count: a thousand at once get no
//! more turns than one after the other. What is counted is what was typed, known or not: the answer does not tell
//! whether an account exists.

use base::{Entropy, Moment};
use store::{Id, Result, Row, Tx, values};

/// How many failures are free, how the wait then grows, and how many there may be at all in a day or an hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Failures without any wait.
    pub free: i64,
    /// The most in `window` seconds.
    pub most: i64,
    pub window: i64,
}

/// One account, from devices where nobody of this account has signed in: 100 tries a day.
pub const STRANGER: Rule = Rule { free: 5, most: 100, window: DAY };
/// One account, from one device of theirs: its own count, which nobody else can use up.
pub const KNOWN: Rule = Rule { free: 10, most: 100, window: DAY };
/// One origin, whatever the accounts: a town hall behind one address has many fingers, a robot more.
pub const ORIGIN: Rule = Rule { free: 30, most: 60, window: 3600 };
/// One sign-in half done: five wrong codes end it.
pub const HALF_SESSION: Rule = Rule { free: 5, most: 5, window: DAY };

const DAY: i64 = 24 * 3600;
const FIRST_WAIT: i64 = 15;
const LONGEST_WAIT: i64 = 15 * 60;

/// The failures that count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Past {
    pub failures: i64,
    pub oldest: Option<Moment>,
    pub last: Option<Moment>,
}

/// Where an attempt comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whence {
    pub origin: Vec<u8>,
    /// A device where this very account has signed in before.
    pub device: Option<Vec<u8>>,
}

/// Whether an attempt is evaluated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// Yes; counted as a failure until [`worked`] says otherwise.
    Taken(Id),
    /// No: in so many seconds.
    Wait(i64),
}

impl Rule {
    /// How long to wait, in seconds; 0: now.
    pub fn wait(self, past: Past, now: Moment) -> i64 {
        let Past { failures, oldest, last } = past;
        let used_up = failures >= self.most;
        let until_one_leaves = match oldest {
            Some(oldest) if used_up => oldest.plus_seconds(self.window).seconds_since(now).max(1),
            _ => 0,
        };
        let since = last.map_or(i64::MAX, |it| now.seconds_since(it).max(0));
        self.delay(failures).saturating_sub(since).max(until_one_leaves).max(0)
    }

    /// 15 seconds, then twice as long each time, to a quarter of an hour.
    fn delay(self, failures: i64) -> i64 {
        match u32::try_from(failures.saturating_sub(self.free)) {
            Ok(0) | Err(_) => 0,
            Ok(over) => (FIRST_WAIT << (over - 1).min(6)).min(LONGEST_WAIT),
        }
    }
}

/// Takes a turn to try, or says how long to wait.
pub fn take_turn(
    tx: &mut Tx<'_>,
    subject: &str,
    whence: &Whence,
    now: Moment,
    entropy: &mut dyn Entropy,
) -> Result<Turn> {
    let wait = match &whence.device {
        Some(device) => KNOWN.wait(past_of_device(tx, subject, device, KNOWN, now)?, now),
        None => {
            let account = STRANGER.wait(past_of(tx, subject, STRANGER, now)?, now);
            account.max(ORIGIN.wait(past_of_origin(tx, &whence.origin, now)?, now))
        }
    };
    if wait > 0 {
        return Ok(Turn::Wait(wait));
    }
    let id = Id::new(now, entropy);
    let sql = "insert into attempts (id, subject, origin, device, at, worked)
               values ($1, $2, $3, $4, $5, $6)";
    let (origin, device) = (whence.origin.clone(), whence.device.clone());
    tx.execute(sql, &values![id, subject, origin, device, now, false])?;
    Ok(Turn::Taken(id))
}

/// The attempt was right: it no longer counts.
pub fn worked(tx: &mut Tx<'_>, attempt: Id) -> Result<()> {
    let sql = "update attempts set worked = $2 where id = $1";
    tx.execute(sql, &values![attempt, true])?;
    Ok(())
}

/// How many failures this subject has had.
pub fn failures(tx: &mut Tx<'_>, subject: &str, rule: Rule, now: Moment) -> Result<i64> {
    past_of(tx, subject, rule, now).map(|it| it.failures)
}

/// A failure of something that has no origin of its own: a sign-in half done.
pub fn failed(
    tx: &mut Tx<'_>,
    subject: &str,
    now: Moment,
    entropy: &mut dyn Entropy,
) -> Result<()> {
    let sql = "insert into attempts (id, subject, origin, at, worked) values ($1, $2, $3, $4, $5)";
    let id = Id::new(now, entropy);
    tx.execute(sql, &values![id, subject, Vec::new(), now, false])?;
    Ok(())
}

/// Two days later an attempt says nothing any more.
pub fn forget(tx: &mut Tx<'_>, now: Moment) -> Result<()> {
    let sql = "delete from attempts where at < $1";
    tx.execute(sql, &values![now.plus_seconds(-2 * DAY)])?;
    Ok(())
}

fn past_of(tx: &mut Tx<'_>, subject: &str, rule: Rule, now: Moment) -> Result<Past> {
    let sql = "select count(*), min(at), max(at) from attempts
               where subject = $1 and worked = $2 and at > $3 and device is null";
    past(&tx.row(sql, &values![subject, false, now.plus_seconds(-rule.window)])?)
}

fn past_of_device(
    tx: &mut Tx<'_>,
    subject: &str,
    device: &[u8],
    rule: Rule,
    now: Moment,
) -> Result<Past> {
    let sql = "select count(*), min(at), max(at) from attempts
               where subject = $1 and worked = $2 and at > $3 and device = $4";
    let since = now.plus_seconds(-rule.window);
    past(&tx.row(sql, &values![subject, false, since, device.to_vec()])?)
}

fn past_of_origin(tx: &mut Tx<'_>, origin: &[u8], now: Moment) -> Result<Past> {
    let sql = "select count(*), min(at), max(at) from attempts
               where origin = $1 and worked = $2 and at > $3 and device is null";
    let since = now.plus_seconds(-ORIGIN.window);
    past(&tx.row(sql, &values![origin.to_vec(), false, since])?)
}

fn past(row: &Row) -> Result<Past> {
    Ok(Past { failures: row.get(0)?, oldest: row.get(1)?, last: row.get(2)? })
}

#[cfg(test)]
mod tests {
    use base::Moment;

    use super::{DAY, KNOWN, Past, Rule, STRANGER};

    /// How many tries somebody gets in a day who tries every second.
    fn tries(rule: Rule) -> i64 {
        let start = Moment::from_millis(1_700_000_000_000);
        let mut past = Past::default();
        for second in 0..DAY {
            let now = start.plus_seconds(second);
            if rule.wait(past, now) == 0 {
                past = Past {
                    failures: past.failures + 1,
                    oldest: Some(past.oldest.unwrap_or(now)),
                    last: Some(now),
                };
            }
        }
        past.failures
    }

    #[test]
    fn a_hundred_tries_a_day_at_most() {
        assert_eq!(tries(STRANGER), 100);
        assert_eq!(tries(KNOWN), 100);
    }

    #[test]
    fn the_wait_grows_and_is_said() {
        let now = Moment::from_millis(1_700_000_000_000);
        let wait =
            |failures| STRANGER.wait(Past { failures, oldest: Some(now), last: Some(now) }, now);
        let waits: Vec<i64> = (4..14).map(wait).collect();
        assert_eq!(waits, [0, 0, 15, 30, 60, 120, 240, 480, 900, 900]);
        assert_eq!(wait(100), DAY);
    }
}
