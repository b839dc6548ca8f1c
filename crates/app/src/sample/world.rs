//! The structures, the staff and the files, laid out in time.

use access::{Action, Class, Role};
use base::{Date, Moment};
use store::Id;
use web::clock::{Clock, FixedClock};

use super::names::{CHILDREN, CLOSINGS, FAMILY_NAMES, FIRST_NAMES, REQUESTS};
use crate::accounts;
use crate::cases::store::{self as cases, NewCase};
use crate::households::store::{self as households, MemberRole, NewMember};
use crate::people::model::{Contact, Identity};
use crate::people::store::{self as people, NewPerson};
use crate::spine::{Account, Asked, Desk, Stop, Tandem, Viewer};
use crate::structures::store::{self as structures, NewStaff, NewStructure};

/// The password of every demonstration account.
pub const PASSWORD: &str = "tournesol brume canoë lanterne";

/// Who signs in, as what.
pub const LOGINS: &[(&str, &str)] = &[
    ("claire.dubosc@demo.tandem", "travailleuse sociale, référente"),
    ("paul.tessier@demo.tandem", "responsable de service"),
    ("ines.roux@demo.tandem", "agente d’accueil"),
];

/// Name, address, structure (0, 1, 2), role.
const STAFF: [(&str, &str, usize, Role); 12] = [
    ("Claire Dubosc", "claire.dubosc@demo.tandem", 0, Role::Worker),
    ("Paul Tessier", "paul.tessier@demo.tandem", 0, Role::Manager),
    ("Inès Roux", "ines.roux@demo.tandem", 0, Role::Reception),
    ("Hugo Lacaze", "hugo.lacaze@demo.tandem", 0, Role::Worker),
    ("Agnès Morel", "agnes.morel@demo.tandem", 0, Role::Admin),
    ("Samir Belkacem", "samir.belkacem@demo.tandem", 1, Role::Worker),
    ("Odile Fauré", "odile.faure@demo.tandem", 1, Role::Worker),
    ("Marc Lenoir", "marc.lenoir@demo.tandem", 1, Role::Manager),
    ("Julie Castan", "julie.castan@demo.tandem", 1, Role::Dpo),
    ("Aïssatou Ba", "aissatou.ba@demo.tandem", 2, Role::Worker),
    ("Gilles Renard", "gilles.renard@demo.tandem", 2, Role::Manager),
    ("Nora Vidal", "nora.vidal@demo.tandem", 2, Role::Mediator),
];

const STRUCTURES: [(&str, &str, &str); 3] = [
    ("CCAS de Valmont", "ccas", "Valmont et ses communes"),
    ("Maison des solidarités du Haut-Pays", "departement", "Canton du Haut-Pays"),
    ("La Passerelle", "association", "Valmont"),
];

const FILES: usize = 60;
const DAY: i64 = 86_400;
/// Two years of files.
const DAYS: i64 = 730;

/// Draws that are the same at each start.
struct Draw(u64);

impl Draw {
    fn below(&mut self, most: usize) -> usize {
        // Knuth's multiplier; the high bits are the good ones.
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % most.max(1)
    }

    fn pick<'a, T>(&mut self, among: &'a [T]) -> Option<&'a T> {
        let at = self.below(among.len());
        among.get(at)
    }
}

/// Fills an empty database; one that holds a structure is left as it is.
pub async fn fill(tandem: &Tandem) -> Result<(), Stop> {
    let there = tandem
        .quietly(|tx| Ok(tx.row_if_any("select id from structures limit 1", &[])?.is_some()))
        .await?;
    if there {
        return Ok(());
    }
    let start = tandem.now().plus_seconds(-DAYS * DAY);
    let before = tandem.at(start.plus_seconds(-30 * DAY));
    let staff = people_at_work(&before).await?;
    let mut draw = Draw(2_026);
    for rank in 0..FILES {
        let days = DAYS * i64::try_from(rank).unwrap_or_default() / 62;
        // Office hours, in winter as in summer.
        let later = i64::try_from(draw.below(6 * 3600)).unwrap_or_default();
        let at = morning(start.plus_seconds(days * DAY)).plus_seconds(later);
        open_file(&tandem.at(at), &staff, rank, &mut draw).await?;
    }
    Ok(())
}

/// Eight or nine o'clock in Paris, that day.
fn morning(at: Moment) -> Moment {
    FixedClock::on(at.day_in_paris()).now().plus_seconds(-5 * 3600)
}

/// One of those who work there.
#[derive(Debug, Clone, Copy)]
struct AtWork {
    staff: Id,
    structure: Id,
    role: Role,
}

async fn people_at_work(tandem: &Tandem) -> Result<Vec<AtWork>, Stop> {
    let password = accounts::password::store(tandem, PASSWORD).await?;
    let (now, keys, entropy) = (tandem.now(), tandem.keys.clone(), tandem.entropy());
    tandem
        .quietly(move |tx| {
            let mut entropy = entropy.clone();
            let mut places = Vec::new();
            for (name, kind, territory) in STRUCTURES {
                let new = NewStructure { name, kind, territory, retention_months: 24 };
                places.push(structures::create_structure(tx, &new, now, &mut entropy)?);
            }
            let mut res = Vec::new();
            for (name, email, place, role) in STAFF {
                let Some(structure) = places.get(place).copied() else { continue };
                let new = NewStaff { name, email };
                let staff = structures::create_staff(tx, &keys, &new, now, &mut entropy)?;
                structures::join(tx, staff, structure, None, role, now, &mut entropy)?;
                accounts::store::set_password(tx, staff, &password, now)?;
                let telephone =
                    accounts::store::pending_authenticator(tx, &keys, staff, now, &mut entropy)?;
                accounts::store::confirm_authenticator(tx, staff, telephone.id, 0, now)?;
                res.push(AtWork { staff, structure, role });
            }
            Ok(res)
        })
        .await
}

/// Somebody of the staff, at their desk, in front of the person.
fn viewer(staff: Id, now: Moment) -> Viewer {
    Viewer {
        account: Account::Staff(staff),
        session: staff,
        proof: access::Viewer { second_factor: true, proved_at: now },
        lang: web::words::Lang::French,
    }
}

async fn open_file(
    tandem: &Tandem,
    staff: &[AtWork],
    rank: usize,
    draw: &mut Draw,
) -> Result<(), Stop> {
    let workers: Vec<AtWork> = staff.iter().copied().filter(|it| it.role == Role::Worker).collect();
    // Claire has more of them than the others: it is her day that the demonstration shows.
    let worker = if rank.is_multiple_of(3) { workers.first() } else { draw.pick(&workers) };
    let Some(worker) = worker.copied() else { return Ok(()) };
    let family = Family::drawn(draw, tandem.today());
    let asked = draw.pick(REQUESTS).copied().unwrap_or_default();
    let closes = rank < FILES / 2 && draw.below(2) == 0;
    let closing = draw.pick(CLOSINGS).copied().unwrap_or_default();
    let viewer = viewer(worker.staff, tandem.now());
    tandem
        .act(&viewer, move |desk| {
            let file = family.settle(desk, worker, asked)?;
            if closes {
                let door = desk.open(Asked::new(file, Action::Close, Class::Identity))?;
                cases::close(desk, &door, closing)?;
            }
            Ok(())
        })
        .await
}

/// Who lives together.
#[derive(Debug, Clone)]
struct Family {
    adult: Identity,
    partner: Option<Identity>,
    children: Vec<Identity>,
    contact: Contact,
    since: Date,
}

impl Family {
    fn drawn(draw: &mut Draw, today: Date) -> Self {
        let name = draw.pick(FAMILY_NAMES).copied().unwrap_or_default();
        let adult = somebody(draw, name, today, 22, 60);
        let partner = (draw.below(3) == 0).then(|| {
            let own = draw.pick(FAMILY_NAMES).copied().unwrap_or_default();
            somebody(draw, own, today, 22, 60)
        });
        let children = (0..draw.below(4)).map(|_| child(draw, name, today)).collect();
        let street = draw.below(120);
        let phone =
            format!("06 99 {:02} {:02} {:02}", draw.below(100), draw.below(100), draw.below(100));
        let contact = Contact {
            address: format!("{} rue des Tilleuls, 99999 Valmont", street + 1),
            phone,
            do_not_call: draw.below(12) == 0,
            ..Contact::default()
        };
        Self { adult, partner, children, contact, since: today }
    }

    fn settle(&self, desk: &mut Desk<'_, '_>, by: AtWork, asked: &str) -> Result<Id, Stop> {
        let person = record(desk, &self.adult, &self.contact)?;
        let new = NewCase {
            structure: by.structure,
            team: None,
            person,
            asked: asked.to_owned(),
            referent: Some(by.staff),
        };
        let file = cases::open(desk, &new)?;
        let door = desk.open(Asked::new(file, Action::Write, Class::Contact))?;
        households::update_address(desk, &door, &self.contact.address)?;
        let partner = self.partner.iter().map(|it| (it, MemberRole::Partner));
        let children = self.children.iter().map(|it| (it, MemberRole::Child));
        for (identity, role) in partner.chain(children) {
            let person = record(desk, identity, &Contact::default())?;
            let new = NewMember { person, role, share_percent: 100, starts_on: self.since };
            households::add_member(desk, &door, &new)?;
        }
        Ok(file)
    }
}

fn record(desk: &mut Desk<'_, '_>, identity: &Identity, contact: &Contact) -> Result<Id, Stop> {
    let new = NewPerson { identity: identity.clone(), contact: contact.clone(), nir: None };
    people::create(desk, &new)
}

fn somebody(draw: &mut Draw, name: &str, today: Date, from: usize, to: usize) -> Identity {
    let (first, gender) = draw.pick(FIRST_NAMES).copied().unwrap_or_default();
    identity(draw, name, first, gender, today, from, to)
}

fn child(draw: &mut Draw, name: &str, today: Date) -> Identity {
    let first = draw.pick(CHILDREN).copied().unwrap_or_default();
    identity(draw, name, first, "", today, 0, 17)
}

fn identity(
    draw: &mut Draw,
    name: &str,
    first: &str,
    gender: &str,
    today: Date,
    from: usize,
    to: usize,
) -> Identity {
    let months = from * 12 + draw.below((to - from) * 12);
    let born = today.plus_months(-i32::try_from(months).unwrap_or_default());
    Identity {
        birth_name: name.to_owned(),
        first_names: first.to_owned(),
        birth_date: born.plus_days(-i32::try_from(draw.below(28)).unwrap_or_default()).to_string(),
        gender: gender.to_owned(),
        ..Identity::default()
    }
}
