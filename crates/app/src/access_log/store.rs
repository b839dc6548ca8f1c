//! The rows of the log about a file, and the decisions on what the person sees of them.

use std::collections::BTreeMap;

use ::store::{Id, Migration, Row, Tx, values};
use base::Moment;

use super::model::{Entry, Visibility, Who};
use crate::spine::{Desk, Door, Stop, ties};
use crate::structures::store::staff_name;

pub const SCHEMA: Migration = Migration {
    name: "look visibility",
    sql: "
        create table look_visibility (
            rank {int} primary key,
            case_id text not null references cases (id),
            kind text not null,
            until text,
            reason {bytes} not null,
            decided_by text not null,
            decided_at text not null
        );
        create index look_visibility_case on look_visibility (case_id);
    ",
};

/// How many entries a page reads.
pub const PAGE: i64 = 200;

/// The looks at a file before `before` (all when 0), the last first.
pub fn entries(tx: &mut Tx<'_>, file: Id, before: i64) -> Result<Vec<Entry>, Stop> {
    let sql = "select rank, at, actor, action, purpose, relation from access_log
               where subject = $1 and ($2 = 0 or rank < $2) order by rank desc limit $3";
    let rows = tx.rows(sql, &values![file, before, PAGE])?;
    Ok(rows.iter().map(entry).collect::<::store::Result<_>>()?)
}

fn entry(row: &Row) -> ::store::Result<Entry> {
    Ok(Entry {
        rank: row.get(0)?,
        at: row.get(1)?,
        actor: row.get(2)?,
        action: row.get(3)?,
        purpose: row.get(4)?,
        relation: row.get(5)?,
    })
}

/// The lines of a file that somebody decided to delay or to protect.
pub fn decided(tx: &mut Tx<'_>, file: Id) -> Result<BTreeMap<i64, Visibility>, Stop> {
    let sql = "select rank, kind, until from look_visibility where case_id = $1";
    let mut res = BTreeMap::new();
    for row in tx.rows(sql, &values![file])? {
        let (kind, until): (String, Option<Moment>) = (row.get(1)?, row.get(2)?);
        let visibility = match (kind.as_str(), until) {
            ("delayed", Some(until)) => Visibility::Delayed { until },
            // What is not understood hides more, not less.
            _ => Visibility::Protected,
        };
        res.insert(row.get(0)?, visibility);
    }
    Ok(res)
}

/// Delays or protects a line; the chain stays as it is.
pub fn decide(
    desk: &mut Desk<'_, '_>,
    door: &Door,
    rank: i64,
    visibility: Visibility,
    reason: &str,
) -> Result<(), Stop> {
    let subject = "select rank from access_log where rank = $1 and subject = $2";
    desk.tx.row(subject, &values![rank, door.file])?;
    let (kind, until) = match visibility {
        Visibility::Shown => {
            desk.tx.execute("delete from look_visibility where rank = $1", &values![rank])?;
            return Ok(());
        }
        Visibility::Delayed { until } => ("delayed", Some(until)),
        Visibility::Protected => ("protected", None),
    };
    let reason = door.write("look_visibility", "reason", door.file, reason, &mut desk.entropy)?;
    let sql = "insert into look_visibility
                   (rank, case_id, kind, until, reason, decided_by, decided_at)
               values ($1, $2, $3, $4, $5, $6, $7)
               on conflict (rank) do update set kind = excluded.kind, until = excluded.until,
                   reason = excluded.reason, decided_by = excluded.decided_by,
                   decided_at = excluded.decided_at";
    let row = values![rank, door.file, kind, until, reason, desk.viewer.actor(), desk.now];
    desk.tx.execute(sql, &row)?;
    Ok(())
}

/// Who an actor of the log is, with the role they had at that time.
pub fn who(desk: &mut Desk<'_, '_>, actor: &str, at: Moment) -> Result<Who, Stop> {
    let Ok(id) = actor.parse::<Id>() else { return Ok(Who::Unknown) };
    let person = "select id from person_accounts where id = $1";
    if desk.tx.row_if_any(person, &values![id])?.is_some() {
        return Ok(Who::Oneself);
    }
    if desk.tx.row_if_any("select id from staff where id = $1", &values![id])?.is_none() {
        return Ok(Who::Unknown);
    }
    // Somebody who left for good has no name any more; the structure still answers for them.
    let name = match staff_name(desk.tx, &desk.keys, id) {
        Ok(it) => it,
        Err(Stop::Absent) => String::new(),
        Err(other) => return Err(other),
    };
    let sql = "select structures.name, memberships.role from memberships
               join structures on structures.id = memberships.structure_id
               where staff_id = $1 and starts_at <= $2 and (ends_at is null or ends_at > $2)
               order by memberships.starts_at limit 1";
    let membership = desk.tx.row_if_any(sql, &values![id, at])?;
    let (structure, role) = match membership {
        Some(row) => (Some(row.get(0)?), ties::role(&row.get::<String>(1)?)),
        None => (None, None),
    };
    Ok(Who::Staff { id, name, structure, role })
}
