//! Files: opened, followed, shared, closed; each act dated and written.

use access::{Action, Class, Function, Role};
use app::cases::store as cases;
use app::households::store::{self as households, Kinship, MemberRole, NewMember};
use app::people::model::Contact;
use app::people::store::{self as people, NewPerson};
use app::spine::{Asked, Stop};

use crate::desks::{act, ccas, file, identity, read, write};
use crate::kit::on_both;

#[tokio::test]
async fn the_team_is_dated_and_keeps_one_referent() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let colleague = service.staff("Nour Ali", structure, Role::Worker).await;
        let (_, case) = file(service, structure, worker, identity("Benali", "Nadia", "")).await;
        service.clock.advance(60);
        act(service, worker, move |desk| {
            let door = desk.open(Asked::new(case, Action::Assign, Class::Identity))?;
            cases::assign(desk, &door, colleague, Function::Contributor)?;
            cases::assign(desk, &door, colleague, Function::Contributor)?;
            assert_eq!(cases::following(desk, case)?.len(), 2);
            Ok(())
        })
        .await
        .expect("assigned once");
        service.clock.advance(60);
        act(service, worker, move |desk| {
            let door = desk.open(Asked::new(case, Action::Assign, Class::Identity))?;
            cases::assign(desk, &door, colleague, Function::Referent)?;
            let now = cases::following(desk, case)?;
            assert_eq!(now.len(), 1);
            assert_eq!((now[0].staff, now[0].function), (colleague, Function::Referent));
            assert_eq!(now[0].name, "Nour Ali");
            let all = cases::team(desk, &door)?;
            assert_eq!(all.iter().filter(|it| it.ends_at.is_some()).count(), 2);
            let kinds: Vec<String> =
                cases::history(desk, &door, 50, 0)?.into_iter().map(|it| it.kind).collect();
            assert_eq!(kinds.iter().filter(|it| *it == "assigned").count(), 3);
            assert_eq!(kinds.iter().filter(|it| *it == "unassigned").count(), 2);
            Ok(())
        })
        .await
        .expect("a new referent");
        // The former referent only finds it now.
        let got = act(service, worker, move |desk| desk.open(read(case, Class::Social))).await;
        assert!(matches!(got, Err(Stop::Refused { may_find: true, .. })));
    })
    .await;
}

#[tokio::test]
async fn a_closed_file_is_read_but_not_written_until_reopened() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let manager = service.staff("Inès Roy", structure, Role::Manager).await;
        let (_, case) = file(service, structure, worker, identity("Benali", "Nadia", "")).await;
        service.clock.advance(60);
        act(service, worker, move |desk| {
            let door = desk.open(Asked::new(case, Action::Close, Class::Identity))?;
            cases::close(desk, &door, "Madame a déménagé.")?;
            assert!(matches!(cases::close(desk, &door, "Encore."), Err(Stop::Absent)));
            Ok(())
        })
        .await
        .expect("closed");
        act(service, worker, move |desk| {
            let door = desk.open(read(case, Class::Social))?;
            assert!(cases::case(desk, &door)?.closed_at.is_some());
            assert_eq!(cases::history(desk, &door, 1, 0)?[0].detail, "Madame a déménagé.");
            assert!(matches!(desk.open(write(case, Class::Social)), Err(Stop::Refused { .. })));
            Ok(())
        })
        .await
        .expect("read");
        act(service, manager, move |desk| {
            let door = desk.open(Asked::new(case, Action::Assign, Class::Identity))?;
            cases::reopen(desk, &door, "Madame revient.")
        })
        .await
        .expect("reopened");
        act(service, worker, move |desk| desk.open(write(case, Class::Social)).map(|_| ()))
            .await
            .expect("written again");
    })
    .await;
}

#[tokio::test]
async fn the_household_is_dated_and_a_child_may_have_two_homes() {
    on_both(async |service| {
        let (structure, worker) = ccas(service).await;
        let (mother, case) =
            file(service, structure, worker, identity("Benali", "Nadia", "1991-06-14")).await;
        let (_, other_case) =
            file(service, structure, worker, identity("Roux", "Marc", "1989-01-01")).await;
        act(service, worker, move |desk| {
            let door = desk.open(write(case, Class::Social))?;
            let child = people::create(
                desk,
                &NewPerson {
                    identity: identity("Roux", "Adam", "2020-02-21"),
                    contact: Contact::default(),
                    nir: None,
                },
            )?;
            let new = NewMember {
                person: child,
                role: MemberRole::Child,
                share_percent: 50,
                starts_on: "2024-09-01".parse().expect("a day"),
            };
            let row = households::add_member(desk, &door, &new)?;
            assert_eq!(households::add_member(desk, &door, &new)?, row, "counted once");
            let other = desk.open(write(other_case, Class::Social))?;
            households::add_member(desk, &other, &new)?;
            households::relate(desk, &door, (mother, child), Kinship::Parent, None)?;
            assert_eq!(households::relationships(desk, &door)?.len(), 1);
            households::end_member(desk, &door, row, "2026-01-01".parse().expect("a day"))?;
            let members = households::members(desk, &door)?;
            let there = |day: &str| {
                let day = day.parse().expect("a day");
                members.iter().filter(|it| it.is_there(day)).count()
            };
            assert_eq!((members.len(), there("2025-01-01"), there("2026-02-01")), (2, 1, 0));
            assert_eq!(people::identity(desk, &door, child)?.first_names, "Adam");
            households::update_address(desk, &door, "3 rue des Arts, Auch")?;
            let address = households::address(desk, &door)?;
            assert_eq!(address.as_deref(), Some("3 rue des Arts, Auch"));
            Ok(())
        })
        .await
        .expect("a household");
    })
    .await;
}

#[tokio::test]
async fn whoever_works_receives_or_supervises_may_open_a_file() {
    on_both(async |service| {
        let structure = service.structure("CCAS d’Auch").await;
        for (name, role, expected) in [
            ("Claire Morel", Role::Worker, Some(true)),
            ("Rose Accueil", Role::Reception, Some(false)),
            ("Inès Roy", Role::Manager, Some(false)),
            ("Ada Min", Role::Admin, None),
            ("Dan Po", Role::Dpo, None),
            ("Vic Bénévole", Role::Volunteer, None),
        ] {
            let staff = service.staff(name, structure, role).await;
            let places = act(service, staff, cases::may_open_in).await.expect("places");
            assert_eq!(places.first().map(|it| it.follows), expected, "{name}");
        }
    })
    .await;
}
