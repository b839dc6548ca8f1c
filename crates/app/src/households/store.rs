//! The rows of households, their members and the ties between persons.

use ::store::Migration;

pub const SCHEMA: Migration = Migration {
    name: "households",
    sql: "
        create table households (
            id text primary key,
            address {bytes},
            created_at text not null
        );
        create table household_members (
            id text primary key,
            household_id text not null references households (id),
            person_id text not null references people (id),
            role text not null,
            share_percent {int} not null,
            starts_on text not null,
            ends_on text
        );
        create index household_members_household on household_members (household_id);
        create index household_members_person on household_members (person_id);
        create table relationships (
            id text primary key,
            one_id text not null references people (id),
            other_id text not null references people (id),
            kind text not null,
            note {bytes},
            starts_on text,
            ends_on text
        );
        create index relationships_one on relationships (one_id);
        create index relationships_other on relationships (other_id);
    ",
};
