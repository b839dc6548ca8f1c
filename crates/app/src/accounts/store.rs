//! The rows of passwords, second factors, invitations and attempts.

use ::store::{Id, Migration, Tx, values};
use base::Moment;

use super::letters;
use super::password::Stored;
use super::totp;
use crate::spine::desk::{seal, unseal};
use crate::spine::session::Token;
use crate::spine::{Keys, SharedEntropy, Stop};

pub const SCHEMA: Migration = Migration {
    name: "accounts",
    sql: "
        create table passwords (
            account_id text primary key,
            hash text not null,
            changed_at text not null
        );
        create table totp (
            id text primary key,
            account_id text not null,
            secret {bytes} not null,
            last_step {int} not null,
            confirmed_at text
        );
        create index totp_account on totp (account_id);
        create table passkeys (
            id text primary key,
            account_id text not null,
            credential {bytes} not null,
            name text not null,
            created_at text not null,
            used_at text
        );
        create index passkeys_account on passkeys (account_id);
        create table printed_codes (
            id text primary key,
            account_id text not null,
            code {bytes} not null,
            used_at text
        );
        create index printed_codes_account on printed_codes (account_id);
        create table invitations (
            id text primary key,
            token {bytes} not null unique,
            staff_id text not null references staff (id),
            invited_by text not null,
            created_at text not null,
            ends_at text not null,
            used_at text
        );
        create table attempts (
            id text primary key,
            subject text not null,
            origin {bytes} not null,
            device {bytes},
            at text not null,
            worked {bool} not null
        );
        create index attempts_subject on attempts (subject, at);
        create index attempts_origin on attempts (origin, at);
        create index attempts_at on attempts (at);
        create table known_devices (
            id text primary key,
            account_id text not null,
            token {bytes} not null,
            seen_at text not null
        );
        create unique index known_devices_account on known_devices (account_id, token);
        create table person_cards (
            account_id text primary key references person_accounts (id),
            code_key {bytes} not null unique,
            pin text not null,
            given_at text not null
        );
        create table foreign_identities (
            id text primary key,
            account_id text not null,
            provider text not null,
            subject_key {bytes} not null,
            linked_at text not null
        );
        create unique index foreign_identities_subject on foreign_identities (provider, subject_key);
    ",
};

/// The second factor that is in use, or about to be.
#[derive(Debug, Clone)]
pub struct Authenticator {
    pub id: Id,
    pub secret: String,
    pub last_step: i64,
}

/// An invitation that is still good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invited {
    pub id: Id,
    pub staff: Id,
}

/// A link on paper stays good for a week.
pub const INVITATION_DAYS: i64 = 7;
/// A device that nobody uses is forgotten.
const DEVICE_DAYS: i64 = 90;
const PRINTED_CODES: usize = 10;

pub fn password_of(tx: &mut Tx<'_>, account: Id) -> Result<Option<Stored>, Stop> {
    let row =
        tx.row_if_any("select hash from passwords where account_id = $1", &values![account])?;
    Ok(row.map(|it| it.get(0)).transpose()?.map(Stored::read))
}

pub fn password_changed_at(tx: &mut Tx<'_>, account: Id) -> Result<Option<Moment>, Stop> {
    let sql = "select changed_at from passwords where account_id = $1";
    let row = tx.row_if_any(sql, &values![account])?;
    Ok(row.map(|it| it.get(0)).transpose()?)
}

pub fn set_password(
    tx: &mut Tx<'_>,
    account: Id,
    stored: &Stored,
    now: Moment,
) -> Result<(), Stop> {
    let sql = "insert into passwords (account_id, hash, changed_at) values ($1, $2, $3)
               on conflict (account_id) do update set hash = $2, changed_at = $3";
    tx.execute(sql, &values![account, stored.as_str(), now])?;
    Ok(())
}

/// The telephone in use. None: the account is still to be opened.
pub fn authenticator(
    tx: &mut Tx<'_>,
    keys: &Keys,
    account: Id,
) -> Result<Option<Authenticator>, Stop> {
    find_authenticator(tx, keys, account, "is not null")
}

/// The telephone being added; drawn if there is none, and the same until it is confirmed.
pub fn pending_authenticator(
    tx: &mut Tx<'_>,
    keys: &Keys,
    account: Id,
    now: Moment,
    entropy: &mut SharedEntropy,
) -> Result<Authenticator, Stop> {
    if let Some(found) = find_authenticator(tx, keys, account, "is null")? {
        return Ok(found);
    }
    let (id, secret) = (Id::new(now, entropy), totp::new_secret(entropy));
    let sealed = seal(&keys.open(tx, account)?, "totp", "secret", id, &secret, entropy)?;
    let sql = "insert into totp (id, account_id, secret, last_step) values ($1, $2, $3, $4)";
    tx.execute(sql, &values![id, account, sealed, 0_i64])?;
    Ok(Authenticator { id, secret, last_step: 0 })
}

/// From now on this telephone, and no other.
pub fn confirm_authenticator(
    tx: &mut Tx<'_>,
    account: Id,
    id: Id,
    step: i64,
    now: Moment,
) -> Result<(), Stop> {
    tx.execute("delete from totp where account_id = $1 and id <> $2", &values![account, id])?;
    let sql = "update totp set confirmed_at = $2, last_step = $3 where id = $1";
    tx.execute(sql, &values![id, now, step])?;
    Ok(())
}

fn find_authenticator(
    tx: &mut Tx<'_>,
    keys: &Keys,
    account: Id,
    confirmed: &str,
) -> Result<Option<Authenticator>, Stop> {
    let sql = format!(
        "select id, secret, last_step from totp where account_id = $1 and confirmed_at {confirmed}"
    );
    let Some(row) = tx.row_if_any(&sql, &values![account])? else { return Ok(None) };
    let id = row.get(0)?;
    let key = keys.open(tx, account)?;
    let secret = unseal(&key, "totp", "secret", id, &row.get::<Vec<u8>>(1)?)?;
    Ok(Some(Authenticator { id, secret, last_step: row.get(2)? }))
}

/// The figures of the telephone or a printed code; whichever it is, it does not serve again.
pub fn second_factor(
    tx: &mut Tx<'_>,
    keys: &Keys,
    account: Id,
    typed: &str,
    now: Moment,
) -> Result<bool, Stop> {
    let plain = letters::plain(typed);
    if plain.len() != 6 || !plain.bytes().all(|it| it.is_ascii_digit()) {
        return use_printed_code(tx, keys, account, &plain, now);
    }
    let Some(own) = authenticator(tx, keys, account)? else { return Ok(false) };
    let Some(step) = totp::step_of(&own.secret, &plain, own.last_step, now) else {
        return Ok(false);
    };
    let sql = "update totp set last_step = $2 where id = $1 and last_step < $2";
    Ok(tx.execute(sql, &values![own.id, step])? == 1)
}

fn use_printed_code(
    tx: &mut Tx<'_>,
    keys: &Keys,
    account: Id,
    plain: &str,
    now: Moment,
) -> Result<bool, Stop> {
    let sql = "update printed_codes set used_at = $3
               where account_id = $1 and code = $2 and used_at is null";
    Ok(tx.execute(sql, &values![account, printed_key(keys, account, plain), now])? == 1)
}

/// Ten new codes, shown once; the former ones no longer serve.
pub fn new_printed_codes(
    tx: &mut Tx<'_>,
    keys: &Keys,
    account: Id,
    now: Moment,
    entropy: &mut SharedEntropy,
) -> Result<Vec<String>, Stop> {
    tx.execute("delete from printed_codes where account_id = $1", &values![account])?;
    let mut res = Vec::new();
    for _ in 0..PRINTED_CODES {
        res.push(add_printed_code(tx, keys, account, now, entropy)?);
    }
    Ok(res)
}

/// One more code; a demonstration shows it on the page that asks for it.
pub fn add_printed_code(
    tx: &mut Tx<'_>,
    keys: &Keys,
    account: Id,
    now: Moment,
    entropy: &mut SharedEntropy,
) -> Result<String, Stop> {
    let code = letters::draw(8, entropy);
    let sql = "insert into printed_codes (id, account_id, code) values ($1, $2, $3)";
    let id = Id::new(now, entropy);
    tx.execute(sql, &values![id, account, printed_key(keys, account, &code)])?;
    Ok(letters::grouped(&code))
}

pub fn printed_codes_left(tx: &mut Tx<'_>, account: Id) -> Result<i64, Stop> {
    let sql = "select count(*) from printed_codes where account_id = $1 and used_at is null";
    Ok(tx.row(sql, &values![account])?.get(0)?)
}

fn printed_key(keys: &Keys, account: Id, plain: &str) -> Vec<u8> {
    keys.lookup("printed code").hash(&format!("{account}{plain}"))
}

/// A new invitation: its code, to be given by hand. The former ones of this person no longer serve.
pub fn invite(
    tx: &mut Tx<'_>,
    keys: &Keys,
    staff: Id,
    by: Id,
    now: Moment,
    entropy: &mut SharedEntropy,
) -> Result<String, Stop> {
    let sql = "update invitations set used_at = $2 where staff_id = $1 and used_at is null";
    tx.execute(sql, &values![staff, now])?;
    let code = letters::draw(12, entropy);
    let sql = "insert into invitations (id, token, staff_id, invited_by, created_at, ends_at)
               values ($1, $2, $3, $4, $5, $6)";
    let ends_at = now.plus_seconds(INVITATION_DAYS * 24 * 3600);
    let (id, key) = (Id::new(now, entropy), keys.lookup("invitation").hash(&code));
    tx.execute(sql, &values![id, key, staff, by, now, ends_at])?;
    Ok(letters::grouped(&code))
}

pub fn invited(
    tx: &mut Tx<'_>,
    keys: &Keys,
    typed: &str,
    now: Moment,
) -> Result<Option<Invited>, Stop> {
    let key = keys.lookup("invitation").hash(&letters::plain(typed));
    let sql = "select it.id, it.staff_id from invitations it
               join staff on staff.id = it.staff_id and staff.left_at is null
               where it.token = $1 and it.used_at is null and it.ends_at > $2";
    let Some(row) = tx.row_if_any(sql, &values![key, now])? else { return Ok(None) };
    Ok(Some(Invited { id: row.get(0)?, staff: row.get(1)? }))
}

pub fn invitation_used(tx: &mut Tx<'_>, id: Id, now: Moment) -> Result<(), Stop> {
    tx.execute("update invitations set used_at = $2 where id = $1", &values![id, now])?;
    Ok(())
}

/// Whether this account signed in here before, not long ago.
pub fn knows_device(
    tx: &mut Tx<'_>,
    account: Id,
    device: &Token,
    now: Moment,
) -> Result<bool, Stop> {
    let sql = "select id from known_devices where account_id = $1 and token = $2 and seen_at > $3";
    let since = now.plus_seconds(-DEVICE_DAYS * 24 * 3600);
    Ok(tx.row_if_any(sql, &values![account, device.hash(), since])?.is_some())
}

/// Remembers the device, under the mark it carries already if it is a good one.
pub fn remember_device(
    tx: &mut Tx<'_>,
    account: Id,
    carried: Option<&Token>,
    now: Moment,
    entropy: &mut SharedEntropy,
) -> Result<Token, Stop> {
    let token = match carried {
        Some(it) if is_ours(tx, it)? => it.clone(),
        Some(_) | None => Token::generate(entropy),
    };
    let sql = "insert into known_devices (id, account_id, token, seen_at) values ($1, $2, $3, $4)
               on conflict (account_id, token) do update set seen_at = $4";
    tx.execute(sql, &values![Id::new(now, entropy), account, token.hash(), now])?;
    Ok(token)
}

/// A mark that we gave, to this account or to a colleague on the same machine: one that somebody else chose is not
/// taken over.
fn is_ours(tx: &mut Tx<'_>, device: &Token) -> Result<bool, Stop> {
    let sql = "select id from known_devices where token = $1";
    Ok(tx.row_if_any(sql, &values![device.hash()])?.is_some())
}

/// What proved who they were proves nothing any more: they left, or somebody gives them access again.
pub fn forget_proofs(tx: &mut Tx<'_>, account: Id) -> Result<(), Stop> {
    for table in ["passwords", "totp", "printed_codes", "known_devices"] {
        let sql = format!("delete from {table} where account_id = $1");
        tx.execute(&sql, &values![account])?;
    }
    Ok(())
}
