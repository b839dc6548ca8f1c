//! The pages of the team, each a struct with samples.

use access::Role;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base::Moment;
use maud::Markup;
use store::Id;
use web::form::FieldError;
use web::words::{Lang, Words};

use super::model::{Typed, may_give, roles_to_give};
use super::store::{self as rows, Membership};
use crate::accounts::own::pages::new_form;
use crate::accounts::view::Shown;
use crate::spine::{Answer, Desk, Section, Stop, Tandem, Viewer, staff_page};
use crate::words;

/// Everybody in my structures.
#[derive(Debug, Clone)]
pub struct TeamPage {
    pub form: String,
    pub structures: Vec<Team>,
    pub errors: Vec<FieldError>,
}

#[derive(Debug, Clone)]
pub struct Team {
    pub id: Id,
    pub name: String,
    pub may_invite: bool,
    pub members: Vec<Member>,
    /// Its services, by name.
    pub services: Vec<String>,
}

#[derive(Debug, Clone)]
pub struct Member {
    pub membership: Id,
    pub name: String,
    pub role: Option<Role>,
    pub team: String,
    pub since: Moment,
    pub until: Option<Moment>,
    /// No password yet.
    pub is_expected: bool,
    pub may_change: bool,
}

#[derive(Debug, Clone)]
pub struct InvitePage {
    pub form: String,
    pub structure: Id,
    pub structure_name: String,
    pub roles: Vec<Role>,
    pub teams: Vec<(Id, String)>,
    pub typed: Typed,
    pub errors: Vec<FieldError>,
}

/// The link, shown once, to be printed or told.
#[derive(Debug, Clone)]
pub struct InvitedPage {
    pub name: String,
    /// `https://…/invitation/BCDF-…`
    pub link: String,
    pub code: String,
    pub until: Moment,
}

/// One member: another role, a new access, leaving.
#[derive(Debug, Clone)]
pub struct MemberPage {
    pub form: String,
    pub member: Member,
    pub structure_name: String,
    pub roles: Vec<Role>,
    pub teams: Vec<(Id, String)>,
    pub team: Option<Id>,
    pub may_give_access: bool,
    pub errors: Vec<FieldError>,
}

pub async fn team(State(tandem): State<Tandem>, viewer: Viewer) -> Answer {
    let page = team_page(&tandem, &viewer, Vec::new()).await?;
    Ok(framed(&tandem, &viewer, StatusCode::OK, page.main(viewer.words())))
}

pub async fn team_page(
    tandem: &Tandem,
    viewer: &Viewer,
    errors: Vec<FieldError>,
) -> Result<TeamPage, Stop> {
    let structures = tandem.look(viewer, |desk| {
        let own = own(desk)?;
        let mut res: Vec<Team> = Vec::new();
        for it in &own {
            if !res.iter().any(|team| team.id == it.structure) {
                let roles = roles_in(&own, it.structure);
                res.push(team_of(desk, it.structure, &roles)?);
            }
        }
        Ok(res)
    });
    let structures = structures.await?;
    Ok(TeamPage { form: new_form(tandem, viewer), structures, errors })
}

fn team_of(desk: &mut Desk<'_, '_>, structure: Id, roles: &[Role]) -> Result<Team, Stop> {
    let mut members = Vec::new();
    for it in rows::members_of(desk.tx, structure)? {
        members.push(member_of(desk, &it, roles)?);
    }
    let name = rows::structure_name(desk.tx, structure)?;
    let services = rows::teams_of(desk.tx, structure)?.into_iter().map(|it| it.1).collect();
    let may_invite = !roles_to_give(roles).is_empty();
    Ok(Team { id: structure, name, may_invite, members, services })
}

/// A colleague who left keeps their name in the list as long as their key is kept.
fn member_of(desk: &mut Desk<'_, '_>, it: &Membership, own: &[Role]) -> Result<Member, Stop> {
    let name = match rows::staff_name(desk.tx, &desk.keys, it.staff) {
        Ok(name) => name,
        Err(Stop::Absent) => String::new(),
        Err(other) => return Err(other),
    };
    let team = match it.team {
        Some(team) => rows::team_name(desk.tx, team)?,
        None => String::new(),
    };
    let is_over = it.ends_at.is_some_and(|to| to <= desk.now);
    let has_password = crate::accounts::store::password_of(desk.tx, it.staff)?.is_some();
    Ok(Member {
        membership: it.id,
        name,
        role: it.role,
        team,
        since: it.starts_at,
        until: it.ends_at,
        is_expected: !is_over && !has_password,
        may_change: !is_over && may_touch(own, it.role),
    })
}

pub async fn invite(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(structure): Path<String>,
) -> Answer {
    let structure: Id = structure.parse().map_err(|_| Stop::Absent)?;
    let form = new_form(&tandem, &viewer);
    let page = tandem
        .look(&viewer, move |desk| invite_page(desk, structure, form.clone(), Typed::default()))
        .await?;
    Ok(framed(&tandem, &viewer, StatusCode::OK, page.main(viewer.words())))
}

/// The form of an invitation; [`Stop::Absent`] for who may not invite there.
pub fn invite_page(
    desk: &mut Desk<'_, '_>,
    structure: Id,
    form: String,
    typed: Typed,
) -> Result<InvitePage, Stop> {
    let roles = roles_to_give(&roles_in(&own(desk)?, structure));
    if roles.is_empty() {
        return Err(Stop::Absent);
    }
    Ok(InvitePage {
        form,
        structure,
        structure_name: rows::structure_name(desk.tx, structure)?,
        roles,
        teams: rows::teams_of(desk.tx, structure)?,
        typed,
        errors: Vec::new(),
    })
}

pub async fn member(
    State(tandem): State<Tandem>,
    viewer: Viewer,
    Path(membership): Path<String>,
) -> Answer {
    let id: Id = membership.parse().map_err(|_| Stop::Absent)?;
    let form = new_form(&tandem, &viewer);
    let page = tandem.look(&viewer, move |desk| member_page(desk, id, form.clone())).await?;
    Ok(framed(&tandem, &viewer, StatusCode::OK, page.main(viewer.words())))
}

pub fn member_page(desk: &mut Desk<'_, '_>, id: Id, form: String) -> Result<MemberPage, Stop> {
    let it = managed(desk, id)?;
    let own = own(desk)?;
    let roles = roles_in(&own, it.structure);
    Ok(MemberPage {
        form,
        member: member_of(desk, &it, &roles)?,
        structure_name: rows::structure_name(desk.tx, it.structure)?,
        roles: roles_to_give(&roles),
        teams: rows::teams_of(desk.tx, it.structure)?,
        team: it.team,
        may_give_access: may_give_access(desk, it.staff)?,
        errors: Vec::new(),
    })
}

/// A membership that the viewer may change; [`Stop::Absent`] otherwise.
pub fn managed(desk: &mut Desk<'_, '_>, id: Id) -> Result<Membership, Stop> {
    let it = rows::membership_by_id(desk.tx, id)?;
    let roles = roles_in(&own(desk)?, it.structure);
    let is_over = it.ends_at.is_some_and(|to| to <= desk.now);
    if is_over || !may_touch(&roles, it.role) {
        return Err(Stop::Absent);
    }
    Ok(it)
}

/// Giving somebody a new access is being able to become them: it takes a say over every place where they work.
pub fn may_give_access(desk: &mut Desk<'_, '_>, staff: Id) -> Result<bool, Stop> {
    let own = own(desk)?;
    let theirs = rows::memberships_of(desk.tx, staff, desk.now)?;
    let is_self = desk.viewer.staff() == Some(staff);
    Ok(!is_self && theirs.iter().all(|it| may_touch(&roles_in(&own, it.structure), it.role)))
}

fn may_touch(own: &[Role], role: Option<Role>) -> bool {
    own.iter().any(|own| role.is_none_or(|it| may_give(*own, it)))
}

/// What the viewer is now.
pub fn own(desk: &mut Desk<'_, '_>) -> Result<Vec<Membership>, Stop> {
    let staff = desk.viewer.staff().ok_or(Stop::Absent)?;
    Ok(rows::memberships_of(desk.tx, staff, desk.now)?)
}

pub fn roles_in(own: &[Membership], structure: Id) -> Vec<Role> {
    own.iter().filter(|it| it.structure == structure).filter_map(|it| it.role).collect()
}

pub fn framed(tandem: &Tandem, viewer: &Viewer, status: StatusCode, page: Shown) -> Response {
    let (title, main) = page;
    let page = staff_page(tandem, viewer, Section::Team, &title, main);
    (status, page.render()).into_response()
}

pub fn samples() -> Vec<(&'static str, Markup)> {
    let words: &Words = words::of(Lang::French);
    let at = Moment::from_millis(1_795_000_000_000);
    let id = Id::new(at, &mut crate::accounts::own::pages::Zero);
    let member = |name: &str, until, is_expected| Member {
        membership: id,
        name: name.to_owned(),
        role: Some(Role::Worker),
        team: "Polyvalence".to_owned(),
        since: at,
        until,
        is_expected,
        may_change: until.is_none(),
    };
    let members = vec![
        member("Camille Roy", None, false),
        member("Ali Ben", None, true),
        member("Zoé", Some(at), false),
    ];
    let services = vec!["Polyvalence".to_owned()];
    let team = Team { id, name: "CCAS d’Auch".to_owned(), may_invite: true, members, services };
    let field = super::view::service_field(id);
    let errors =
        vec![crate::accounts::view::error(&field, words.say("structures-service-missing"))];
    let team = TeamPage { form: "1.2".to_owned(), structures: vec![team], errors };
    let invite = InvitePage {
        form: "1.2".to_owned(),
        structure: id,
        structure_name: "CCAS d’Auch".to_owned(),
        roles: Role::ALL.to_vec(),
        teams: vec![(id, "Polyvalence".to_owned())],
        typed: Typed::default(),
        errors: Vec::new(),
    };
    let typed =
        Typed { name: "Camille".to_owned(), address: "camille".to_owned(), ..Typed::default() };
    let errors = super::view::errors(words, &typed.faults());
    let refused = InvitePage { typed, errors, ..invite.clone() };
    let invited = InvitedPage {
        name: "Camille Roy".to_owned(),
        link: "https://tandem.exemple.fr/invitation/BCDF-GHJK-MNPQ".to_owned(),
        code: "BCDF-GHJK-MNPQ".to_owned(),
        until: at,
    };
    let of_member = MemberPage {
        form: "1.2".to_owned(),
        member: member("Camille Roy", None, false),
        structure_name: "CCAS d’Auch".to_owned(),
        roles: Role::ALL.to_vec(),
        teams: vec![(id, "Polyvalence".to_owned())],
        team: None,
        may_give_access: true,
        errors: super::view::errors(words, &[("role", "structures-last-admin")]),
    };
    vec![
        ("équipe", team.main(words).1),
        ("équipe, inviter", invite.main(words).1),
        ("équipe, invitation refusée", refused.main(words).1),
        ("équipe, invité", invited.main(words).1),
        ("équipe, membre", of_member.main(words).1),
    ]
}
