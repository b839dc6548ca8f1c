//! The lists of files: chosen in SQL by what the viewer may find, never after.

use ::store::{Id, values};
use access::{Action, Class, FileState};
use base::Moment;

use super::store::{self, Follower};
use super::visible::{self, Wanted};
use crate::people::store as people;
use crate::spine::ties::state;
use crate::spine::{Asked, Desk, Stop};

/// Which files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Those the viewer follows, still open.
    Mine,
    /// Every open file they may find.
    Service,
    /// Every closed file they may find.
    Closed,
}

impl View {
    pub const ALL: [Self; 3] = [Self::Mine, Self::Service, Self::Closed];

    /// What the address says.
    pub fn code(self) -> &'static str {
        match self {
            Self::Mine => "suivis",
            Self::Service => "service",
            Self::Closed => "clos",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.code() == code)
    }

    /// `is true` keeps PostgreSQL from joining what it has not counted yet: without it a service whose tables are new
    /// waits for seconds.
    fn sql(self) -> &'static str {
        match self {
            Self::Mine => {
                "and (cases.id in (
                     select mine.case_id from care_team mine where mine.staff_id = $1
                     and mine.starts_at <= $2 and (mine.ends_at is null or mine.ends_at > $2)
                 )) is true"
            }
            Self::Service | Self::Closed => "",
        }
    }

    fn state(self) -> &'static str {
        match self {
            Self::Mine | Self::Service => "open",
            Self::Closed => "closed",
        }
    }
}

/// One file of a list: who, and who follows. No content.
#[derive(Debug, Clone)]
pub struct Listed {
    pub id: Id,
    pub number: String,
    pub names: Vec<String>,
    pub structure_name: String,
    pub team: Vec<Follower>,
    pub state: FileState,
    pub last_contact_at: Moment,
}

/// Lines of a page.
pub const BY_PAGE: usize = 20;

pub fn count(desk: &mut Desk<'_, '_>, view: View) -> Result<usize, Stop> {
    let visible = visible::sql(desk.viewer, Wanted::FIND, desk.now);
    let mine = view.sql();
    let sql = format!("select count(*) from cases where cases.state = $3 and {visible} {mine}");
    let row = desk.tx.row(&sql, &values![desk.viewer.actor(), desk.now, view.state()])?;
    Ok(usize::try_from(row.get::<i64>(0)?).unwrap_or(0))
}

/// The last met first. `page` counts from 1.
pub fn page(desk: &mut Desk<'_, '_>, view: View, page: usize) -> Result<Vec<Listed>, Stop> {
    let visible = visible::sql(desk.viewer, Wanted::FIND, desk.now);
    let sql = format!(
        "select cases.id, cases.number, structures.name, cases.state, cases.last_contact_at
         from cases join structures on structures.id = cases.structure_id
         where cases.state = $5 and {visible} {}
         order by cases.last_contact_at desc, cases.id limit $3 offset $4",
        view.sql()
    );
    let skipped = i64::try_from(page.saturating_sub(1).saturating_mul(BY_PAGE)).unwrap_or(i64::MAX);
    let limit = i64::try_from(BY_PAGE).unwrap_or(i64::MAX);
    let asked = values![desk.viewer.actor(), desk.now, limit, skipped, view.state()];
    let rows = desk.tx.rows(&sql, &asked)?;
    let mut res = Vec::new();
    for row in rows {
        let id: Id = row.get(0)?;
        res.push(Listed {
            id,
            number: row.get(1)?,
            names: names(desk, id)?,
            structure_name: row.get(2)?,
            team: store::following(desk, id)?,
            state: state(&row.get::<String>(3)?),
            last_contact_at: row.get(4)?,
        });
    }
    Ok(res)
}

/// Who a file is about. Each line shown is a look.
fn names(desk: &mut Desk<'_, '_>, file: Id) -> Result<Vec<String>, Stop> {
    let door = desk.open(Asked::new(file, Action::Find, Class::Identity))?;
    let now = desk.now;
    let mut res = Vec::new();
    for it in people::of_case(desk, &door)? {
        if it.accompanied && it.ends_at.is_none_or(|end| now < end) {
            res.push(people::identity(desk, &door, it.person)?.name());
        }
    }
    Ok(res)
}
