//! The accompanied person's card: a code printed on paper and a number told beside it, given face to face.
//!
//! The drawing on the card holds the address and the code, never the number: a card that is found opens nothing.

use ::store::{Id, Row, Tx, values};
use access::Class;

use super::letters;
use super::password::{self, Stored};
use crate::spine::session;
use crate::spine::{Desk, Door, Keys, Stop, Tandem};

/// What is printed, once: nothing of it is kept in clear.
#[derive(Clone, PartialEq, Eq)]
pub struct Card {
    /// Eight letters, in two groups.
    pub code: String,
    /// Six figures.
    pub pin: String,
}

impl std::fmt::Debug for Card {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Card(…)")
    }
}

/// A card drawn before the transaction that gives it: hashing its number takes long.
#[derive(Debug, Clone)]
pub struct Drawn {
    pub card: Card,
    stored: Stored,
}

/// An account found by the code of its card.
#[derive(Debug)]
pub struct Found {
    pub account: Id,
    pub pin: Stored,
}

pub async fn draw(tandem: &Tandem) -> Result<Drawn, Stop> {
    let code = letters::draw(8, &mut tandem.entropy());
    let pin = letters::draw_figures(6, &mut tandem.entropy());
    let stored = password::store(tandem, &pin).await?;
    Ok(Drawn { card: Card { code: letters::grouped(&code), pin }, stored })
}

/// Gives the card to a person of this file; the one they had no longer opens anything.
///
/// `door` is one opened to write: who may write the contact of a person may give them their key.
pub fn give_card(
    desk: &mut Desk<'_, '_>,
    door: &Door,
    person: Id,
    drawn: &Drawn,
) -> Result<Card, Stop> {
    is_of_file(desk, door, person)?;
    let account = match account_of(desk.tx, person)? {
        Some(account) => account,
        None => open_account(desk, person)?,
    };
    session::revoke_all(desk.tx, account, desk.now)?;
    let sql = "insert into person_cards (account_id, code_key, pin, given_at)
               values ($1, $2, $3, $4)
               on conflict (account_id) do update set code_key = $2, pin = $3, given_at = $4";
    let key = code_key(&desk.keys, &letters::plain(&drawn.card.code));
    desk.tx.execute(sql, &values![account, key, drawn.stored.as_str(), desk.now])?;
    Ok(drawn.card.clone())
}

/// The card opens nothing any more, nor what it had opened.
pub fn revoke_card(desk: &mut Desk<'_, '_>, door: &Door, person: Id) -> Result<(), Stop> {
    is_of_file(desk, door, person)?;
    let Some(account) = account_of(desk.tx, person)? else { return Ok(()) };
    session::revoke_all(desk.tx, account, desk.now)?;
    desk.tx.execute("delete from person_cards where account_id = $1", &values![account])?;
    let sql = "update person_accounts set revoked_at = $2, revoked_by = $3 where id = $1";
    desk.tx.execute(sql, &values![account, desk.now, desk.viewer.actor()])?;
    Ok(())
}

/// Since when the person has a card.
pub fn card_given_at(tx: &mut Tx<'_>, person: Id) -> Result<Option<base::Moment>, Stop> {
    let sql = "select card.given_at from person_cards card
               join person_accounts account on account.id = card.account_id
               where account.person_id = $1 and account.revoked_at is null";
    Ok(tx.row_if_any(sql, &values![person])?.map(|it| it.get(0)).transpose()?)
}

pub fn by_code(tx: &mut Tx<'_>, keys: &Keys, plain: &str) -> Result<Option<Found>, Stop> {
    let sql = "select card.account_id, card.pin from person_cards card
               join person_accounts account on account.id = card.account_id
               where card.code_key = $1 and account.revoked_at is null";
    let found = |row: Row| -> Result<Found, Stop> {
        Ok(Found { account: row.get(0)?, pin: Stored::read(row.get(1)?) })
    };
    tx.row_if_any(sql, &values![code_key(keys, plain)])?.map(found).transpose()
}

/// The number of an account's card: asked again before what takes data out.
pub fn pin_of(tx: &mut Tx<'_>, account: Id) -> Result<Option<Stored>, Stop> {
    let row =
        tx.row_if_any("select pin from person_cards where account_id = $1", &values![account])?;
    Ok(row.map(|it| it.get(0)).transpose()?.map(Stored::read))
}

pub fn is_good(tx: &mut Tx<'_>, account: Id) -> Result<bool, Stop> {
    let sql = "select id from person_accounts where id = $1 and revoked_at is null";
    Ok(tx.row_if_any(sql, &values![account])?.is_some())
}

/// The class of what the door must open: giving a card is writing how to reach the person.
pub const CLASS: Class = Class::Contact;

fn is_of_file(desk: &mut Desk<'_, '_>, door: &Door, person: Id) -> Result<(), Stop> {
    let sql = "select id from case_people where case_id = $1 and person_id = $2
               and starts_at <= $3 and (ends_at is null or ends_at > $3)";
    desk.tx.row(sql, &values![door.file, person, desk.now])?;
    Ok(())
}

fn account_of(tx: &mut Tx<'_>, person: Id) -> Result<Option<Id>, Stop> {
    let sql = "select id from person_accounts where person_id = $1 and revoked_at is null";
    Ok(tx.row_if_any(sql, &values![person])?.map(|it| it.get(0)).transpose()?)
}

fn open_account(desk: &mut Desk<'_, '_>, person: Id) -> Result<Id, Stop> {
    let id = desk.new_id();
    let sql = "insert into person_accounts (id, person_id, created_at, created_by)
               values ($1, $2, $3, $4)";
    desk.tx.execute(sql, &values![id, person, desk.now, desk.viewer.actor()])?;
    Ok(id)
}

fn code_key(keys: &Keys, plain: &str) -> Vec<u8> {
    keys.lookup("card").hash(plain)
}
