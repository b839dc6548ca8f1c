//! The rows of passwords, second factors, invitations and attempts.

use ::store::Migration;

pub const SCHEMA: Migration = Migration {
    name: "accounts",
    sql: "
        create table passwords (
            account_id text primary key,
            hash text not null,
            changed_at text not null
        );
        create table totp (
            account_id text primary key,
            secret {bytes} not null,
            last_step {int} not null,
            confirmed_at text
        );
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
            account_id text,
            origin {bytes} not null,
            device {bytes},
            at text not null,
            worked {bool} not null
        );
        create index attempts_account on attempts (account_id, at);
        create index attempts_origin on attempts (origin, at);
        create table known_devices (
            id text primary key,
            account_id text not null,
            token {bytes} not null,
            seen_at text not null
        );
        create index known_devices_account on known_devices (account_id);
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
