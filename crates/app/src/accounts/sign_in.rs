//! Signing in, in three transactions: take a turn, try the password outside of any, open the session.

use base::Moment;
use store::{Id, Tx};
use web::words::Lang;

use super::browser::Browser;
use super::password::{self, Lane};
use super::slow_down::{self, HALF_SESSION, Turn, Whence};
use super::store as rows;
use crate::spine::session::{self, Kind, Session, Token};
use crate::spine::{Keys, SharedEntropy, Stop, Tandem};
use crate::structures::store as structures;

/// Between the password and the code.
const HALF_LASTS: i64 = 10 * 60;

/// What the password led to.
#[derive(Debug)]
pub enum First {
    HalfWay(Token),
    Wrong,
    Wait(i64),
}

/// What the code led to.
#[derive(Debug)]
pub enum Second {
    In {
        session: Token,
        device: Token,
    },
    Wrong,
    Wait(i64),
    /// Too many wrong codes, or too late: from the start.
    Ended,
}

/// What is counted for an address: what was typed, whether or not somebody has it.
fn subject(keys: &Keys, address: &str) -> String {
    password::hex(&keys.lookup("sign-in").hash(address))
}

/// The password.
pub async fn first(
    tandem: &Tandem,
    browser: &Browser,
    address: &str,
    typed: &str,
) -> Result<First, Stop> {
    let (now, keys, mut entropy) = (tandem.now(), tandem.keys.clone(), tandem.entropy());
    let (from, wanted) = (browser.clone(), address.to_owned());
    let (staff, stored, turn, lane) = tandem
        .quietly(move |tx| {
            let staff = structures::staff_by_email(tx, &keys, &wanted)?;
            let whence = whence(tx, staff, &from, now)?;
            let turn =
                slow_down::take_turn(tx, &subject(&keys, &wanted), &whence, now, &mut entropy)?;
            let stored = staff.map(|it| rows::password_of(tx, it)).transpose()?.flatten();
            Ok((staff, stored, turn, lane(&whence)))
        })
        .await?;
    let attempt = match turn {
        Turn::Taken(attempt) => attempt,
        Turn::Wait(seconds) => return Ok(First::Wait(seconds)),
    };
    let right = password::check(tandem, lane, stored, typed).await?;
    match staff {
        Some(staff) if right => open(tandem, browser, staff, Some(attempt)).await,
        Some(_) | None => Ok(First::Wrong),
    }
}

/// Opens a session that can only give the code. What the browser had is ended: a token that somebody else put there
/// never becomes theirs.
pub async fn open(
    tandem: &Tandem,
    browser: &Browser,
    staff: Id,
    attempt: Option<Id>,
) -> Result<First, Stop> {
    let (now, mut entropy, browser) = (tandem.now(), tandem.entropy(), browser.clone());
    tandem
        .quietly(move |tx| {
            if let Some(attempt) = attempt {
                slow_down::worked(tx, attempt)?;
            }
            slow_down::forget(tx, now)?;
            end(tx, browser.session.as_ref(), now)?;
            let Some(lang) = structures::lang_if_active(tx, staff)? else {
                return Ok(First::Wrong);
            };
            let kind = Kind::Staff;
            let opened = session::open(
                tx,
                session::Opening {
                    kind,
                    account: staff,
                    second_factor: false,
                    device: &browser.name,
                    lang: &lang,
                },
                now,
                &mut entropy,
            )?;
            Ok(First::HalfWay(opened.1))
        })
        .await
}

/// The code: at sign-in, or to prove again who they are in a session already open.
pub fn second(
    tx: &mut Tx<'_>,
    keys: &Keys,
    half: &Session,
    browser: &Browser,
    typed: &str,
    now: Moment,
    entropy: &mut SharedEntropy,
) -> Result<Second, Stop> {
    let late = !half.second_factor && now.seconds_since(half.created_at) > HALF_LASTS;
    let own = format!("half:{}", half.id);
    if late || slow_down::failures(tx, &own, HALF_SESSION, now)? >= HALF_SESSION.most {
        session::revoke(tx, half.id, now)?;
        return Ok(Second::Ended);
    }
    let whence = whence(tx, Some(half.account), browser, now)?;
    let subject = format!("code:{}", half.account);
    let attempt = match slow_down::take_turn(tx, &subject, &whence, now, entropy)? {
        Turn::Taken(attempt) => attempt,
        Turn::Wait(seconds) => return Ok(Second::Wait(seconds)),
    };
    if !rows::second_factor(tx, keys, half.account, typed, now)? {
        return wrong(tx, half.id, &own, now, entropy);
    }
    slow_down::worked(tx, attempt)?;
    enter(tx, half, browser, now, entropy)
}

fn wrong(
    tx: &mut Tx<'_>,
    session: Id,
    own: &str,
    now: Moment,
    entropy: &mut SharedEntropy,
) -> Result<Second, Stop> {
    slow_down::failed(tx, own, now, entropy)?;
    if slow_down::failures(tx, own, HALF_SESSION, now)? < HALF_SESSION.most {
        return Ok(Second::Wrong);
    }
    session::revoke(tx, session, now)?;
    Ok(Second::Ended)
}

/// The session may now do more: its token changes, and the device is known from now on.
pub fn enter(
    tx: &mut Tx<'_>,
    half: &Session,
    browser: &Browser,
    now: Moment,
    entropy: &mut SharedEntropy,
) -> Result<Second, Stop> {
    if structures::lang_if_active(tx, half.account)?.is_none() {
        session::revoke(tx, half.id, now)?;
        return Ok(Second::Ended);
    }
    let session = session::prove(tx, half.id, now, entropy)?;
    let device = rows::remember_device(tx, half.account, browser.device.as_ref(), now, entropy)?;
    Ok(Second::In { session, device })
}

/// The accompanied person's card and number. There is no device to know: a telephone may be lent.
pub async fn with_card(
    tandem: &Tandem,
    browser: &Browser,
    code: &str,
    pin: &str,
    lang: Lang,
) -> Result<First, Stop> {
    let (now, keys, mut entropy) = (tandem.now(), tandem.keys.clone(), tandem.entropy());
    let (from, code) = (browser.clone(), super::letters::plain(code));
    let (found, turn) = tandem
        .quietly(move |tx| {
            let found = super::cards::by_code(tx, &keys, &code)?;
            let whence = Whence { origin: from.origin.clone(), device: None };
            let subject = password::hex(&keys.lookup("card sign-in").hash(&code));
            Ok((found, slow_down::take_turn(tx, &subject, &whence, now, &mut entropy)?))
        })
        .await?;
    let attempt = match turn {
        Turn::Taken(attempt) => attempt,
        Turn::Wait(seconds) => return Ok(First::Wait(seconds)),
    };
    let (account, stored) = found.map_or((None, None), |it| (Some(it.account), Some(it.pin)));
    let right = password::check(tandem, Lane::Stranger, stored, pin).await?;
    match account {
        Some(account) if right => open_person(tandem, browser, account, attempt, lang).await,
        Some(_) | None => Ok(First::Wrong),
    }
}

async fn open_person(
    tandem: &Tandem,
    browser: &Browser,
    account: Id,
    attempt: Id,
    lang: Lang,
) -> Result<First, Stop> {
    let (now, mut entropy, browser) = (tandem.now(), tandem.entropy(), browser.clone());
    tandem
        .quietly(move |tx| {
            slow_down::worked(tx, attempt)?;
            slow_down::forget(tx, now)?;
            end(tx, browser.session.as_ref(), now)?;
            if !super::cards::is_good(tx, account)? {
                return Ok(First::Wrong);
            }
            // The card is held and the number is known: two factors.
            let opened = session::open(
                tx,
                session::Opening {
                    kind: Kind::Person,
                    account,
                    second_factor: true,
                    device: &browser.name,
                    lang: lang.tag(),
                },
                now,
                &mut entropy,
            )?;
            Ok(First::HalfWay(opened.1))
        })
        .await
}

/// Ends the session of this cookie, if it is one, on every node at once.
pub fn end(tx: &mut Tx<'_>, token: Option<&Token>, now: Moment) -> Result<(), Stop> {
    let Some(token) = token else { return Ok(()) };
    if let Some(session) = session::find(tx, token, now)? {
        session::revoke(tx, session.id, now)?;
    }
    Ok(())
}

fn lane(whence: &Whence) -> Lane {
    match whence.device {
        Some(_) => Lane::Known,
        None => Lane::Stranger,
    }
}

pub fn whence(
    tx: &mut Tx<'_>,
    account: Option<Id>,
    browser: &Browser,
    now: Moment,
) -> Result<Whence, Stop> {
    let device = match (account, &browser.device) {
        (Some(account), Some(device)) if rows::knows_device(tx, account, device, now)? => {
            Some(device.hash())
        }
        (Some(_) | None, Some(_) | None) => None,
    };
    Ok(Whence { origin: browser.origin.clone(), device })
}
