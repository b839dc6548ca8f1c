//! The pages of files, each with samples.

use ::store::Id;
use access::{FileState, Function, Reason, Refusal, TieKind};
use base::Moment;
use maud::Markup;
use web::form::{FieldError, Fields};
use web::say;
use web::words::Words;

use super::list::{Listed, View};
use super::load::{ClosedHere, FileHere, Head, Line, May, MemberHere, PersonHere, Social};
use super::shown::Shown;
use super::store::{Case, Follower};
use super::view;
use crate::households::store::{Member, MemberRole};
use crate::people::model::{Contact, Identity};
use crate::spine::Section;

#[derive(Debug, Clone)]
pub struct ListPage {
    pub view: View,
    pub page: usize,
    pub count: usize,
    pub files: Vec<Listed>,
    pub now: Moment,
}

#[derive(Debug, Clone)]
pub struct FilePage {
    pub file: FileHere,
    /// The number of the forms of the page.
    pub form: String,
}

#[derive(Debug, Clone)]
pub struct ClosedPage {
    pub closed: ClosedHere,
}

#[derive(Debug, Clone)]
pub struct TeamPage {
    pub head: Head,
    pub team: Vec<Follower>,
    /// Who may be added.
    pub colleagues: Vec<(Id, String)>,
    pub may: bool,
    pub fields: Fields,
    pub errors: Vec<FieldError>,
    pub form: String,
}

#[derive(Debug, Clone)]
pub struct HistoryPage {
    pub head: Head,
    pub lines: Vec<Line>,
    pub page: usize,
    pub count: usize,
}

/// Closing or reopening, with a reason.
#[derive(Debug, Clone)]
pub struct ClosurePage {
    pub head: Head,
    pub closing: bool,
    pub fields: Fields,
    pub errors: Vec<FieldError>,
    pub form: String,
}

/// The number of social security, shown because it was asked for.
#[derive(Debug, Clone)]
pub struct NirPage {
    pub head: Head,
    pub name: String,
    pub nir: Option<String>,
}

impl Shown for ListPage {
    const SECTION: Section = Section::Cases;

    fn samples() -> Vec<(&'static str, Self)> {
        let now = sample_now();
        let listed = |at: i64| Listed {
            id: sample_id(at),
            number: format!("2026-K7QF{at}"),
            names: vec!["Nadia Benali".to_owned()],
            structure_name: "CCAS d’Auch".to_owned(),
            team: if at % 2 == 0 { vec![sample_follower()] } else { Vec::new() },
            state: FileState::Open,
            last_contact_at: now.plus_seconds(-at * 200_000),
        };
        let files: Vec<Listed> = (0..3).map(listed).collect();
        vec![
            ("vide", Self { view: View::Mine, page: 1, count: 0, files: Vec::new(), now }),
            ("une page", Self { view: View::Mine, page: 1, count: 3, files: files.clone(), now }),
            ("plusieurs pages", Self { view: View::Service, page: 2, count: 61, files, now }),
        ]
    }

    fn title(&self, words: &Words) -> String {
        match self.view {
            View::Mine => say!(words, "cases-list-title"),
            View::Service | View::Closed => say!(words, "cases-list-service-title"),
        }
    }

    fn main(&self, words: &Words) -> Markup {
        view::list(self, words)
    }
}

impl Shown for FilePage {
    const SECTION: Section = Section::Cases;

    fn samples() -> Vec<(&'static str, Self)> {
        let whole = sample_file();
        let mut bare = whole.clone();
        bare.social = None;
        bare.may = May::default();
        bare.team.clear();
        for it in &mut bare.people {
            it.contact = None;
            it.identity.birth_date.clear();
        }
        let mut closed = whole.clone();
        closed.case.state = FileState::Closed;
        closed.case.closed_at = Some(sample_now());
        closed.may = May { assign: true, ..May::default() };
        let page = |file| Self { file, form: "1.2".to_owned() };
        vec![("entier", page(whole)), ("identité seule", page(bare)), ("clos", page(closed))]
    }

    fn title(&self, words: &Words) -> String {
        let name = self.file.people.first().map(|it| it.identity.name()).unwrap_or_default();
        format!("{} — {}", say!(words, "cases-nav-now"), name)
    }

    fn main(&self, words: &Words) -> Markup {
        view::file::main(self, words)
    }
}

impl Shown for ClosedPage {
    const SECTION: Section = Section::Find;

    fn samples() -> Vec<(&'static str, Self)> {
        let at = sample_now();
        let of = |refusal, team: Vec<Follower>, supervision| Self {
            closed: ClosedHere { case: sample_case(), refusal, team, supervision },
        };
        vec![
            ("sans lien", of(Refusal::NoTie, vec![sample_follower()], false)),
            ("sans équipe", of(Refusal::Ended { at }, Vec::new(), false)),
            ("encadrement", of(Refusal::Purpose, vec![sample_follower()], true)),
            ("écarté", of(Refusal::Barred, Vec::new(), false)),
        ]
    }

    fn title(&self, words: &Words) -> String {
        format!("{} — {}", say!(words, "cases-closed-title"), self.closed.case.number)
    }

    fn main(&self, words: &Words) -> Markup {
        view::closed(self, words)
    }
}

impl Shown for TeamPage {
    const SECTION: Section = Section::Cases;

    fn samples() -> Vec<(&'static str, Self)> {
        let mut ended = sample_follower();
        ended.ends_at = Some(sample_now());
        let page = Self {
            head: sample_head(),
            team: vec![sample_follower(), ended],
            colleagues: vec![(sample_id(7), "Nour Ali".to_owned())],
            may: true,
            fields: Fields::default(),
            errors: Vec::new(),
            form: "1.2".to_owned(),
        };
        let errors =
            vec![super::shown::wrong("staff", "Choisissez une ou un collègue.".to_owned())];
        let wrong = Self { errors, ..page.clone() };
        let read = Self { may: false, team: Vec::new(), ..page.clone() };
        vec![("à changer", page), ("à corriger", wrong), ("à lire", read)]
    }

    fn title(&self, words: &Words) -> String {
        say!(words, "cases-team-title", name = &self.head.name)
    }

    fn main(&self, words: &Words) -> Markup {
        view::team(self, words)
    }

    fn errors(&self) -> &[FieldError] {
        &self.errors
    }
}

impl Shown for HistoryPage {
    const SECTION: Section = Section::Cases;

    fn samples() -> Vec<(&'static str, Self)> {
        let head = sample_head();
        let lines = vec![sample_line(), sample_line()];
        vec![
            ("vide", Self { head: head.clone(), lines: Vec::new(), page: 1, count: 0 }),
            ("deux lignes", Self { head, lines, page: 2, count: 90 }),
        ]
    }

    fn title(&self, words: &Words) -> String {
        say!(words, "cases-history-title", name = &self.head.name)
    }

    fn main(&self, words: &Words) -> Markup {
        view::history(self, words)
    }
}

impl Shown for ClosurePage {
    const SECTION: Section = Section::Cases;

    fn samples() -> Vec<(&'static str, Self)> {
        let page = Self {
            head: sample_head(),
            closing: true,
            fields: Fields::default(),
            errors: Vec::new(),
            form: "1.2".to_owned(),
        };
        let errors = vec![super::shown::wrong("reason.text", "Écrivez pourquoi.".to_owned())];
        let wrong = Self { errors, ..page.clone() };
        let reopening = Self { closing: false, ..page.clone() };
        vec![("clôture", page), ("à corriger", wrong), ("réouverture", reopening)]
    }

    fn title(&self, words: &Words) -> String {
        let key = if self.closing { "cases-close" } else { "cases-reopen" };
        format!("{} — {}", words.say(key), self.head.name)
    }

    fn main(&self, words: &Words) -> Markup {
        view::closure(self, words)
    }

    fn errors(&self) -> &[FieldError] {
        &self.errors
    }
}

impl Shown for NirPage {
    const SECTION: Section = Section::Cases;

    fn samples() -> Vec<(&'static str, Self)> {
        let nir = Some("2 55 08 14 168 025 38".to_owned());
        let page = Self { head: sample_head(), name: "Nadia Benali".to_owned(), nir };
        vec![("montré", page.clone()), ("absent", Self { nir: None, ..page })]
    }

    fn title(&self, words: &Words) -> String {
        format!("{} — {}", say!(words, "cases-nir"), self.name)
    }

    fn main(&self, words: &Words) -> Markup {
        view::nir(self, words)
    }
}

// What the samples are made of.

pub(crate) fn sample_now() -> Moment {
    Moment::from_millis(1_795_420_800_000)
}

pub(crate) fn sample_id(at: i64) -> Id {
    struct Fixed(u8);
    impl base::Entropy for Fixed {
        fn fill(&mut self, out: &mut [u8]) {
            out.fill(self.0);
        }
    }
    Id::new(sample_now(), &mut Fixed(u8::try_from(at).unwrap_or(0)))
}

pub(crate) fn sample_head() -> Head {
    Head {
        case: sample_id(1),
        name: "Nadia Benali".to_owned(),
        state: FileState::Open,
        reason: sample_reason(),
        now: sample_now(),
    }
}

pub(crate) fn sample_identity() -> Identity {
    Identity {
        birth_name: "Benali".to_owned(),
        first_names: "Nadia, Fatima".to_owned(),
        birth_date: "1991-06-14".to_owned(),
        birth_place: "Auch".to_owned(),
        ..Identity::default()
    }
}

pub(crate) fn sample_member() -> MemberHere {
    MemberHere {
        member: Member {
            row: sample_id(3),
            person: sample_id(2),
            role: MemberRole::Child,
            share_percent: 50,
            starts_on: sample_now().day_in_paris(),
            ends_on: None,
        },
        identity: sample_identity(),
    }
}

fn sample_reason() -> Reason {
    Reason { tie: TieKind::Follows(Function::Referent), since: sample_now(), until: None }
}

fn sample_follower() -> Follower {
    Follower {
        row: sample_id(4),
        staff: sample_id(5),
        name: "Claire Morel".to_owned(),
        function: Function::Referent,
        starts_at: sample_now(),
        ends_at: None,
    }
}

fn sample_case() -> Case {
    Case {
        id: sample_id(1),
        number: "2026-K7QF3".to_owned(),
        structure: sample_id(6),
        structure_name: "CCAS d’Auch".to_owned(),
        team_name: Some("Insertion".to_owned()),
        household: Some(sample_id(8)),
        state: FileState::Open,
        opened_at: sample_now(),
        last_contact_at: sample_now(),
        closed_at: None,
    }
}

fn sample_line() -> Line {
    Line {
        at: sample_now(),
        told: "Clôture du dossier".to_owned(),
        by: "Claire Morel".to_owned(),
        detail: "Madame a déménagé.".to_owned(),
    }
}

fn sample_file() -> FileHere {
    let contact = Contact {
        address: "3 rue des Arts, Auch".to_owned(),
        phone: "05 62 00 00 00".to_owned(),
        do_not_call: true,
        safely: "Par message, en journée.".to_owned(),
        languages: "français, arabe".to_owned(),
        ..Contact::default()
    };
    let link = super::load::LinkHere {
        id: sample_id(9),
        reasons: "Même date de naissance.".to_owned(),
        at: sample_now(),
    };
    FileHere {
        case: sample_case(),
        now: sample_now(),
        reason: sample_reason(),
        people: vec![PersonHere {
            id: sample_id(2),
            identity: sample_identity(),
            accompanied: true,
            contact: Some(contact),
            has_nir: true,
            links: vec![link],
        }],
        may: May { write: true, write_social: true, assign: true, close: true },
        team: vec![sample_follower()],
        social: Some(Social {
            asked: "Je veux garder mon logement.".to_owned(),
            household: vec![sample_member()],
            thread: vec![sample_line()],
            checks: Vec::new(),
        }),
    }
}
