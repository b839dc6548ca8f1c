//! The rows of files and of what links people to them.

use ::store::Migration;

pub const SCHEMA: Migration = Migration {
    name: "cases",
    sql: "
        create table cases (
            id text primary key,
            number text not null unique,
            structure_id text not null references structures (id),
            team_id text references teams (id),
            household_id text references households (id),
            state text not null,
            opening {bytes} not null,
            opened_at text not null,
            last_contact_at text not null,
            closed_at text,
            archived_at text,
            erased_at text
        );
        create index cases_structure on cases (structure_id, state);
        create table case_people (
            id text primary key,
            case_id text not null references cases (id),
            person_id text not null references people (id),
            role text not null,
            starts_at text not null,
            ends_at text
        );
        create index case_people_case on case_people (case_id);
        create index case_people_person on case_people (person_id);
        create table care_team (
            id text primary key,
            case_id text not null references cases (id),
            staff_id text not null references staff (id),
            function text not null,
            starts_at text not null,
            ends_at text
        );
        create index care_team_case on care_team (case_id);
        create index care_team_staff on care_team (staff_id, ends_at);
        create table shares (
            id text primary key,
            case_id text not null references cases (id),
            staff_id text references staff (id),
            structure_id text references structures (id),
            classes text not null,
            purpose text not null,
            told {bytes} not null,
            shared_by text not null,
            starts_at text not null,
            ends_at text
        );
        create index shares_case on shares (case_id);
        create index shares_staff on shares (staff_id);
        create index shares_structure on shares (structure_id);
        create table bars (
            id text primary key,
            case_id text not null references cases (id),
            staff_id text not null references staff (id),
            declared_by text not null,
            starts_at text not null,
            ends_at text
        );
        create index bars_staff on bars (staff_id, case_id);
        create table emergencies (
            id text primary key,
            case_id text not null references cases (id),
            staff_id text not null references staff (id),
            reason {bytes} not null,
            starts_at text not null,
            ends_at text not null,
            seen_by text,
            seen_at text
        );
        create index emergencies_staff on emergencies (staff_id, case_id);
        create table case_events (
            id text primary key,
            case_id text not null references cases (id),
            kind text not null,
            actor text not null,
            detail {bytes},
            at text not null
        );
        create index case_events_case on case_events (case_id, id);
    ",
};
