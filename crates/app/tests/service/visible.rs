//! A list shows a file if and only if its door would open.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use access::{Action, Class, Decision, Function, Purpose, Request, Role};
use app::cases::visible::{self, Wanted};
use app::spine::ties::{self, function_code, role_code};
use app::spine::{Account, Asked, Desk, Stop, Viewer};
use base::Moment;
use store::{Id, Tx, Value, values};
use store_testing::Seed;
use web::words::Lang;

use crate::kit::{Service, on_both};

/// What is drawn: everything that makes a tie, in every state, past, present and to come.
struct World {
    staff: Vec<Id>,
    accounts: Vec<Id>,
    files: Vec<Id>,
}

struct Draw(Seed);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        let mut bytes = [0; 4];
        base::Entropy::fill(&mut self.0, &mut bytes);
        u32::from_be_bytes(bytes) as usize % end
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn chance(&mut self, in_ten: usize) -> bool {
        self.below(10) < in_ten
    }

    /// From a moment around `now` to another, or open; sometimes exactly at `now`.
    fn period(&mut self, now: Moment) -> (Moment, Option<Moment>) {
        let from = self.one(&[-9_000, -4_000, -600, 0, 600, 2_500]);
        let lasts = self.one(&[0, 600, 3_600, 9_000]);
        let from = now.plus_seconds(from);
        (from, self.chance(6).then(|| from.plus_seconds(lasts)))
    }
}

#[tokio::test]
async fn list_filters_equal_decisions() {
    on_both(async |service| {
        let (world, mut pairs, mut shown, mut checked) = (drawn(service).await, 0, 0, 0);
        let mut draw = Draw(Seed(23));
        for round in 0..4 {
            for at in 0..world.staff.len() + world.accounts.len() {
                let viewer = viewer(service, &world, at, &mut draw);
                let (files, seen) = (world.files.clone(), viewer.clone());
                let by_desk = round == 0 && at % 28 == 0;
                let third = (at + round) % 3;
                let compared = service
                    .tandem
                    .look(&viewer, move |desk| compare(desk, &seen, &files, (by_desk, third)));
                let (allowed, compared) = compared.await.expect("the comparison");
                pairs += world.files.len();
                shown += allowed;
                checked += compared;
            }
            service.clock.advance(1_700);
        }
        assert!(pairs >= 20_000, "{pairs}");
        // Neither everything nor nothing is shown: both sides of the comparison were met.
        assert!(shown * 100 > checked && shown * 2 < checked, "{shown} of {checked}");
    })
    .await;
}

/// Compares, for one viewer, the lists of every sort with the decisions; how many were allowed, and made.
fn compare(
    desk: &mut Desk<'_, '_>,
    viewer: &Viewer,
    files: &[Id],
    (by_desk, third): (bool, usize),
) -> Result<(usize, usize), Stop> {
    let now = desk.now;
    let mut tied = Vec::new();
    for file in files {
        tied.push((*file, ties::of(desk.tx, viewer, *file, now)?));
    }
    let (mut allowed, mut made) = (0, 0);
    // A third of the sorts of list for each viewer and moment: all of them meet all sorts of viewers.
    let sorts = every_wanted().into_iter().enumerate().filter(|(at, _)| at % 3 == third);
    for (_, wanted) in sorts {
        let Wanted { action, class, purpose } = wanted;
        let listed = listed(desk.tx, viewer, wanted, now)?;
        let mut decided = BTreeSet::new();
        for (file, (state, ties)) in &tied {
            let request = Request { action, class, purpose, state: *state };
            let decision = access::decide(&viewer.proof, ties, request, now);
            if by_desk {
                let asked = Asked::new(*file, action, class).purpose(purpose);
                assert_eq!(desk.may(asked)?, decision);
            }
            if matches!(decision, Decision::Allowed(_)) {
                decided.insert(*file);
            }
        }
        assert_eq!(listed, decided, "{viewer:?} {wanted:?}");
        allowed += decided.len();
        made += tied.len();
    }
    Ok((allowed, made))
}

fn every_wanted() -> Vec<Wanted> {
    let mut res = vec![Wanted::FIND];
    for class in Class::ALL.iter().copied() {
        for purpose in [Purpose::Support, Purpose::Supervision, Purpose::Emergency] {
            res.push(Wanted { action: Action::Read, class, purpose });
        }
        res.push(Wanted { action: Action::Write, class, purpose: Purpose::Support });
    }
    for action in [Action::Share, Action::Export, Action::Assign, Action::Close, Action::ReadLog] {
        res.push(Wanted { action, class: Class::Identity, purpose: Purpose::Support });
    }
    res.push(Wanted { action: Action::Read, class: Class::Social, purpose: Purpose::Dispute });
    res
}

fn listed(
    tx: &mut Tx<'_>,
    viewer: &Viewer,
    wanted: Wanted,
    now: Moment,
) -> Result<BTreeSet<Id>, Stop> {
    let visible = visible::sql(viewer, wanted, now);
    let sql = format!("select cases.id from cases where {visible}");
    let rows = tx.rows(&sql, &values![viewer.actor(), now])?;
    Ok(rows.iter().map(|it| it.get(0)).collect::<store::Result<_>>()?)
}

fn viewer(service: &Service, world: &World, at: usize, draw: &mut Draw) -> Viewer {
    let now = service.tandem.now();
    let account = match world.staff.get(at) {
        Some(staff) => Account::Staff(*staff),
        None => Account::Person(world.accounts[at - world.staff.len()]),
    };
    let proof = access::Viewer {
        second_factor: draw.below(20) > 0,
        proved_at: now.plus_seconds(draw.one(&[-10, -300, -6_000])),
    };
    let session = Id::new(now, &mut service.tandem.entropy());
    Viewer { account, session, proof, lang: Lang::French }
}

async fn drawn(service: &Service) -> World {
    let now = service.tandem.now();
    service
        .tandem
        .quietly(move |tx| {
            let mut maker = Maker { tx, draw: Draw(Seed(5)), ids: Seed(17), now };
            Ok(maker.world()?)
        })
        .await
        .expect("a world")
}

struct Maker<'t, 'x> {
    tx: &'t mut Tx<'x>,
    draw: Draw,
    ids: Seed,
    now: Moment,
}

impl Maker<'_, '_> {
    fn world(&mut self) -> store::Result<World> {
        let none = Vec::<u8>::new;
        let mut places = Vec::new();
        for name in ["CCAS", "Département", "Association"] {
            let structure = self.id();
            self.put(
                "structures",
                "id, name, kind, territory, retention_months, created_at",
                values![structure, name, "ccas", "Auch", 24_i64, self.now].to_vec(),
            )?;
            let mut teams = vec![None];
            for team in ["Accueil", "Insertion"] {
                let id = self.id();
                self.put("teams", "id, structure_id, name", values![id, structure, team].to_vec())?;
                teams.push(Some(id));
            }
            places.push((structure, teams));
        }
        let mut staff = Vec::new();
        for rank in 0..44_i64 {
            let id = self.id();
            self.put(
                "staff",
                "id, name, email, email_key, lang, created_at",
                values![id, none(), none(), rank.to_be_bytes().to_vec(), "fr", self.now].to_vec(),
            )?;
            for _ in 0..self.draw.below(3) {
                let (structure, teams) = self.draw.one_place(&places);
                let team = self.draw.one(&teams);
                let role = role_code(self.draw.one(Role::ALL));
                self.dated(
                    "memberships",
                    "staff_id, structure_id, team_id, role",
                    values![id, structure, team, role].to_vec(),
                )?;
            }
            staff.push(id);
        }
        let (mut people, mut accounts) = (Vec::new(), Vec::new());
        for _ in 0..12 {
            let (person, account) = (self.id(), self.id());
            self.put(
                "people",
                "id, identity, created_at",
                values![person, none(), self.now].to_vec(),
            )?;
            let revoked = self.draw.chance(2).then_some(self.now);
            self.put(
                "person_accounts",
                "id, person_id, created_at, created_by, revoked_at",
                values![account, person, self.now, "", revoked].to_vec(),
            )?;
            people.push(person);
            accounts.push(account);
        }
        let mut files = Vec::new();
        for rank in 0..100 {
            let file = self.id();
            let (structure, teams) = self.draw.one_place(&places);
            let team = self.draw.one(&teams);
            let state =
                self.draw.one(&["open", "open", "closed", "archived", "erased", "unheard_of"]);
            self.put(
                "cases",
                "id, number, structure_id, team_id, state, opening, opened_at, last_contact_at",
                values![file, rank.to_string(), structure, team, state, none(), self.now, self.now]
                    .to_vec(),
            )?;
            self.ties(file, &staff, &people, &places)?;
            files.push(file);
        }
        Ok(World { staff, accounts, files })
    }

    fn ties(
        &mut self,
        file: Id,
        staff: &[Id],
        people: &[Id],
        places: &[(Id, Vec<Option<Id>>)],
    ) -> store::Result<()> {
        for _ in 0..4 {
            let who = self.draw.one(staff);
            let function = function_code(self.draw.one(Function::ALL));
            self.dated(
                "care_team",
                "staff_id, function, case_id",
                values![who, function, file].to_vec(),
            )?;
        }
        for _ in 0..self.draw.below(4) {
            let to_staff = self.draw.chance(5).then(|| self.draw.one(staff));
            let to_structure = to_staff.is_none().then(|| self.draw.one_place(places).0);
            let classes = self.draw.one(&["P0", "P0 P2", "P0 P1 P2 P3 P4 P5", "P2", "", "P4  P0"]);
            self.dated(
                "shares",
                "staff_id, structure_id, classes, purpose, told, shared_by, case_id",
                values![to_staff, to_structure, classes, Vec::new(), Vec::new(), "", file].to_vec(),
            )?;
        }
        for _ in 0..3 {
            let who = self.draw.one(staff);
            if self.draw.chance(5) {
                self.dated(
                    "bars",
                    "staff_id, declared_by, case_id",
                    values![who, "", file].to_vec(),
                )?;
            } else {
                let (from, to) = self.draw.period(self.now);
                let (id, to) = (self.id(), to.unwrap_or(from.plus_seconds(3_600)));
                self.put(
                    "emergencies",
                    "id, case_id, staff_id, reason, starts_at, ends_at",
                    values![id, file, who, Vec::new(), from, to].to_vec(),
                )?;
            }
        }
        for _ in 0..2 {
            let who = self.draw.one(people);
            let role = self.draw.one(&["accompanied", "household"]);
            self.dated(
                "case_people",
                "person_id, role, case_id",
                values![who, role, file].to_vec(),
            )?;
        }
        Ok(())
    }

    fn id(&mut self) -> Id {
        Id::new(self.now, &mut self.ids)
    }

    /// A row with a number and a period.
    fn dated(&mut self, table: &str, columns: &str, mut row: Vec<Value>) -> store::Result<()> {
        let (from, to) = self.draw.period(self.now);
        row.extend(values![self.id(), from, to]);
        self.put(table, &format!("{columns}, id, starts_at, ends_at"), row)
    }

    fn put(&mut self, table: &str, columns: &str, row: Vec<Value>) -> store::Result<()> {
        let mut slots = String::from("$1");
        for at in 2..=row.len() {
            let _written = write!(slots, ", ${at}");
        }
        let sql = format!("insert into {table} ({columns}) values ({slots})");
        self.tx.execute(&sql, &row).map(|_| ())
    }
}

impl Draw {
    fn one_place(&mut self, places: &[(Id, Vec<Option<Id>>)]) -> (Id, Vec<Option<Id>>) {
        places[self.below(places.len())].clone()
    }
}
