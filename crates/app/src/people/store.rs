//! The rows of people. Each class of fields is sealed apart, under the person's own key.

use ::store::Migration;

pub const SCHEMA: Migration = Migration {
    name: "people",
    sql: "
        create table people (
            id text primary key,
            identity {bytes} not null,
            contact {bytes},
            nir {bytes},
            nir_key {bytes} unique,
            created_at text not null,
            erased_at text
        );
        create table people_marks (
            mark {int} not null,
            person_id text not null references people (id),
            primary key (mark, person_id)
        );
        create index people_marks_person on people_marks (person_id);
        create table identity_links (
            id text primary key,
            one_id text not null references people (id),
            other_id text not null references people (id),
            reasons text not null,
            decided_by text not null,
            decided_at text not null,
            undone_by text,
            undone_at text
        );
        create index identity_links_one on identity_links (one_id);
        create index identity_links_other on identity_links (other_id);
        create table person_accounts (
            id text primary key,
            person_id text not null references people (id),
            created_at text not null,
            created_by text not null,
            revoked_at text,
            revoked_by text
        );
        create index person_accounts_person on person_accounts (person_id);
    ",
};
