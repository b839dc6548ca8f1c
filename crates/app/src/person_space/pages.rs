//! The pages of the accompanied person, each a struct with samples.

use std::collections::HashMap;

use access::{Action, Class, Decision};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::http::header::{self, HeaderMap};
use axum::response::{IntoResponse, Response};
use base::{Date, Moment};
use maud::Markup;
use store::{Id, values};
use web::form::FieldError;
use web::layout::Page;
use web::words::Lang;

use super::view;
use crate::accounts::own::pages::new_form;
use crate::accounts::view::Shown;
use crate::spine::{Account, Answer, Asked, Desk, Stop, Tandem, Viewer};
use crate::words;

/// The card and its number.
#[derive(Debug, Clone, Default)]
pub struct CardSignInPage {
    /// What the card's drawing carries; never what was typed before.
    pub code: String,
    pub lang: Lang,
    pub errors: Vec<FieldError>,
}

/// What is theirs: which services follow them.
#[derive(Debug, Clone)]
pub struct HomePage {
    pub form: String,
    pub files: Vec<File>,
}

/// A file by its outside.
#[derive(Debug, Clone)]
pub struct File {
    pub number: String,
    pub structure: String,
    pub since: Moment,
}

/// A month of the calendar: what anybody could be looking at.
#[derive(Debug, Clone, Copy)]
pub struct CalendarPage {
    pub today: Date,
}

pub async fn start(
    State(tandem): State<Tandem>,
    viewer: Result<Viewer, Response>,
    Query(asked): Query<HashMap<String, String>>,
    headers: HeaderMap,
) -> Answer {
    let text = |name| asked.get(name).map(String::as_str);
    match viewer {
        Ok(viewer) if matches!(viewer.account, Account::Person(_)) => home(&tandem, &viewer).await,
        Ok(_) | Err(_) => {
            let lang = lang(text("langue"), &headers);
            let code = text("carte").unwrap_or_default().to_owned();
            let page = CardSignInPage { code, lang, errors: Vec::new() };
            Ok(framed(StatusCode::OK, lang, page.main(words::of(lang))))
        }
    }
}

async fn home(tandem: &Tandem, viewer: &Viewer) -> Answer {
    let form = new_form(tandem, viewer);
    let page =
        tandem.look(viewer, move |desk| Ok(HomePage { form: form.clone(), files: files(desk)? }));
    let page = page.await?;
    Ok(framed(StatusCode::OK, viewer.lang, page.main(viewer.words())))
}

/// The files that are theirs, by what is not sealed.
fn files(desk: &mut Desk<'_, '_>) -> Result<Vec<File>, Stop> {
    let Account::Person(account) = desk.viewer.account else { return Err(Stop::Absent) };
    let sql = "select distinct file.id, file.number, structure.name, file.opened_at
               from person_accounts account
               join case_people own on own.person_id = account.person_id
               join cases file on file.id = own.case_id
               join structures structure on structure.id = file.structure_id
               where account.id = $1 order by file.opened_at, file.id";
    let mut res = Vec::new();
    for row in desk.tx.rows(sql, &values![account])? {
        let id: Id = row.get(0)?;
        match desk.may(Asked::new(id, Action::Find, Class::Identity))? {
            Decision::Allowed(_) => {
                res.push(File { number: row.get(1)?, structure: row.get(2)?, since: row.get(3)? })
            }
            Decision::Refused(_) => {}
        }
    }
    Ok(res)
}

pub async fn calendar(State(tandem): State<Tandem>) -> Markup {
    CalendarPage { today: tandem.today() }.render()
}

/// The one asked for, or the first of the browser's that we have.
pub fn lang(asked: Option<&str>, headers: &HeaderMap) -> Lang {
    let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok());
    let of_browser = || {
        let tags = wanted.unwrap_or_default().split(',');
        tags.filter_map(|it| Lang::from_tag(it.trim().get(..2)?)).next()
    };
    asked.and_then(Lang::from_tag).or_else(of_browser).unwrap_or_default()
}

/// Each of these pages has the way out in its header.
pub fn framed(status: StatusCode, lang: Lang, page: Shown) -> Response {
    let (title, main) = page;
    let page = Page::new(&title, main).lang(lang).header(view::exit(words::of(lang))).footer("");
    (status, page.render()).into_response()
}

pub fn samples() -> Vec<(String, Markup)> {
    let at = Moment::from_millis(1_795_000_000_000);
    let file =
        File { number: "2026-0012".to_owned(), structure: "CCAS d’Auch".to_owned(), since: at };
    let mut res = Vec::new();
    for lang in Lang::ALL.iter().copied() {
        let words = words::of(lang);
        let of = |page: &str| format!("{page}, {}", lang.tag());
        let sign_in = CardSignInPage { lang, ..CardSignInPage::default() };
        let refused = CardSignInPage { errors: view::wrong(words), ..sign_in.clone() };
        let home = |files| HomePage { form: "1.2".to_owned(), files };
        res.push((of("espace, carte"), sign_in.main(words).1));
        res.push((of("espace, carte refusée"), refused.main(words).1));
        res.push((of("espace"), home(vec![file.clone()]).main(words).1));
        res.push((of("espace vide"), home(Vec::new()).main(words).1));
    }
    res
}
