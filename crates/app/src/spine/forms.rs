//! A form acts once, however often it arrives: a double click, a lost answer, a page sent again.

use base::Moment;
use store::{Id, Migration, values};
use web::form::Fields;

use super::answer::Stop;
use super::desk::Desk;
use super::keys::Keys;
use super::tandem::SharedEntropy;
use super::viewer::Viewer;

pub const SCHEMA: Migration = Migration {
    name: "submissions",
    sql: "
        create table submissions (
            form text primary key,
            session_id text not null,
            location text not null,
            at text not null
        );
        create index submissions_at on submissions (at);
    ",
};

/// The hidden field.
pub const FIELD: &str = "form";

/// The number of one form on one page, signed for one session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form(String);

impl Form {
    /// A new number, for the page about to be shown.
    pub fn new(viewer: &Viewer, keys: &Keys, now: Moment, entropy: &mut SharedEntropy) -> Self {
        let number = Id::new(now, entropy).to_string();
        let sign = sign(&number, viewer.session, keys);
        Self(format!("{number}.{sign}"))
    }

    /// The number a form came with; [`Stop::Absent`] when this session never had it.
    pub fn sent(fields: &Fields, viewer: &Viewer, keys: &Keys) -> Result<Self, Stop> {
        let text = fields.get(FIELD).ok_or(Stop::Absent)?;
        let (number, given) = text.split_once('.').ok_or(Stop::Absent)?;
        if sign(number, viewer.session, keys) == given {
            Ok(Self(text.to_owned()))
        } else {
            Err(Stop::Absent)
        }
    }

    /// What the hidden field holds.
    pub fn value(&self) -> &str {
        &self.0
    }

    /// Where the form led, if it already acted.
    pub fn done(&self, desk: &mut Desk<'_, '_>) -> Result<Option<String>, Stop> {
        let number = self.0.split('.').next().unwrap_or_default();
        let sql = "select location from submissions where form = $1";
        let row = desk.tx.row_if_any(sql, &values![number])?;
        Ok(row.map(|it| it.get(0)).transpose()?)
    }

    /// Runs `work` the first time and remembers where it leads; afterwards only says where.
    pub fn once(
        &self,
        desk: &mut Desk<'_, '_>,
        work: impl FnOnce(&mut Desk<'_, '_>) -> Result<String, Stop>,
    ) -> Result<String, Stop> {
        if let Some(location) = self.done(desk)? {
            return Ok(location);
        }
        let number = self.0.split('.').next().unwrap_or_default();
        let location = work(desk)?;
        let sql =
            "insert into submissions (form, session_id, location, at) values ($1, $2, $3, $4)";
        let row = values![number, desk.viewer.session, location.as_str(), desk.now];
        desk.tx.execute(sql, &row)?;
        Ok(location)
    }
}

fn sign(number: &str, session: Id, keys: &Keys) -> String {
    let hash = keys.lookup("form").hash(&format!("{number}{session}"));
    hash.iter().take(16).map(|it| format!("{it:02x}")).collect()
}
