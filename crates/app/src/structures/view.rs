//! What the pages of the team look like.

use base::Moment;
use maud::{Markup, html};
use store::Id;
use web::components::button::{Button, Kind, button};
use web::components::choice::Choice;
use web::components::details::{Details, details};
use web::components::error_summary::error_summary;
use web::components::field::{Expects, Field, field};
use web::components::notice::{Tone, notice};
use web::components::select::{Select, select};
use web::form::FieldError;
use web::format;
use web::say;
use web::words::Words;

use super::model::role_key;
use super::pages::{InvitePage, InvitedPage, Member, MemberPage, Team, TeamPage};
use crate::accounts::view::{Shown, error, error_of, hidden_form, main_button};
use crate::spine::ties::role_code;

impl TeamPage {
    #[inline(never)]
    pub fn main(&self, words: &Words) -> Shown {
        let title = say!(words, "structures-team");
        let main = html! {
            (error_summary(&self.errors))
            h1 { (title) }
            @if self.structures.is_empty() { p { (say!(words, "structures-none")) } }
            @for it in &self.structures { (it.section(words, self)) }
            @if self.structures.iter().any(|it| it.may_invite) {
                ul .plain-list {
                    li { a href="/equipe/acces" { (say!(words, "structures-unusual")) } }
                    li { a href="/conservation" { (say!(words, "structures-kept")) } }
                    li { a href="/matrice" { (say!(words, "structures-matrix")) } }
                }
            }
        };
        (title, main)
    }
}

impl Team {
    fn section(&self, words: &Words, page: &TeamPage) -> Markup {
        let (here, gone): (Vec<&Member>, Vec<&Member>) =
            self.members.iter().partition(|it| it.until.is_none());
        html! {
            section .member-list aria-labelledby={ "structure-" (self.id) } {
                h2 id={ "structure-" (self.id) } { (self.name) }
                @for it in here { (it.line(words)) }
                @if self.may_invite {
                    p {
                        a .button .button-primary href={ "/equipe/" (self.id) "/invitation" } {
                            (say!(words, "structures-invite"))
                            span .visually-hidden { " " (self.name) }
                        }
                    }
                }
                @if !self.services.is_empty() {
                    h3 { (say!(words, "structures-services")) }
                    p { (self.services.join(" · ")) }
                }
                @if self.may_invite { (self.new_service(words, page)) }
                @if !gone.is_empty() {
                    (details(&Details {
                        summary: &say!(words, "structures-gone"),
                        hidden: &self.name,
                        body: html! { @for it in gone { (it.line(words)) } },
                        open: false,
                    }))
                }
            }
        }
    }
}

impl Team {
    /// A service to be added: rare, hence closed until one asks or something is missing.
    fn new_service(&self, words: &Words, page: &TeamPage) -> Markup {
        let (name, label) = (service_field(self.id), say!(words, "structures-service-name"));
        let asked = Field {
            error: error_of(&page.errors, &name),
            ..Field::new(Expects::Words, &name, &label)
        };
        let add = say!(words, "structures-service-add");
        details(&Details {
            summary: &add,
            hidden: &self.name,
            body: html! {
                form .stack method="post" action={ "/equipe/" (self.id) "/services" } novalidate {
                    (hidden_form(Some(&page.form)))
                    (field(&asked))
                    p { (button(&Button::new(Kind::Secondary, &say!(words, "structures-service-do")))) }
                }
            },
            open: asked.error.is_some(),
        })
    }
}

/// One box by structure on the same page.
pub fn service_field(structure: Id) -> String {
    format!("service.{structure}")
}

impl Member {
    fn line(&self, words: &Words) -> Markup {
        html! {
            article {
                h3 { (self.name) }
                p {
                    (self.role_name(words))
                    @if !self.team.is_empty() { " · " (self.team) }
                    br;
                    @match self.until {
                        Some(until) => { (say!(words, "structures-from-to", since = day(self.since), until = day(until))) }
                        None => { (say!(words, "structures-since", since = day(self.since))) }
                    }
                    @if self.is_expected { br; (say!(words, "structures-expected")) }
                }
                @if self.may_change {
                    p {
                        a .alone href={ "/equipe/membres/" (self.membership) } {
                            (say!(words, "structures-change"))
                            span .visually-hidden { " " (self.name) ", " (self.role_name(words)) }
                        }
                    }
                }
            }
        }
    }

    fn role_name(&self, words: &Words) -> String {
        self.role.map_or_else(String::new, |it| words.say(role_key(it)))
    }
}

impl InvitePage {
    #[inline(never)]
    pub fn main(&self, words: &Words) -> Shown {
        let title = say!(words, "structures-invite-title");
        let label = (say!(words, "structures-name"), say!(words, "structures-address"));
        let hint = say!(words, "structures-address-hint");
        let name = Field {
            value: &self.typed.name,
            error: error_of(&self.errors, "name"),
            ..Field::new(Expects::Words, "name", &label.0)
        };
        let address = Field {
            value: &self.typed.address,
            hint: &hint,
            error: error_of(&self.errors, "address"),
            ..Field::new(Expects::Words, "address", &label.1)
        };
        let main = html! {
            (error_summary(&self.errors))
            h1 { (title) }
            p .lead { (self.structure_name) }
            form .stack method="post" action={ "/equipe/" (self.structure) "/invitation" } novalidate {
                (hidden_form(Some(&self.form)))
                (field(&name))
                (field(&address))
                (roles(words, &self.roles, &self.typed.role, &self.errors))
                (teams(words, &self.teams, &self.typed.team))
                (main_button(&say!(words, "structures-invite-do")))
            }
        };
        (format!("{title} — {}", self.structure_name), main)
    }
}

impl InvitedPage {
    #[inline(never)]
    pub fn main(&self, words: &Words) -> Shown {
        let title = say!(words, "structures-invited", name = &self.name);
        let main = html! {
            h1 { (title) }
            (notice(Tone::Attention, &html! { p { (say!(words, "structures-invited-once")) } }))
            p { (say!(words, "structures-invited-link")) br; strong .secret { (self.link) } }
            p { (say!(words, "structures-invited-code")) br; strong .secret { (self.code) } }
            p { (say!(words, "structures-invited-until", until = day(self.until))) }
            p { (say!(words, "structures-invited-hand")) }
            p .screen-only { a .button .button-primary href="/equipe" { (say!(words, "structures-back")) } }
        };
        (say!(words, "structures-invite-title"), main)
    }
}

impl MemberPage {
    #[inline(never)]
    pub fn main(&self, words: &Words) -> Shown {
        let Self { member, form, .. } = self;
        let to = |what: &str| format!("/equipe/membres/{}/{what}", member.membership);
        let role = member.role.map(role_code).unwrap_or_default();
        let team = self.team.map(|it| it.to_string()).unwrap_or_default();
        let main = html! {
            (error_summary(&self.errors))
            h1 { (member.name) }
            p .lead { (member.role_name(words)) " · " (self.structure_name) br; (say!(words, "structures-since", since = day(member.since))) }
            form .stack method="post" action=(to("role")) novalidate {
                h2 { (say!(words, "structures-another-role")) }
                p { (say!(words, "structures-another-role-why")) }
                (hidden_form(Some(form)))
                (roles(words, &self.roles, role, &self.errors))
                (teams(words, &self.teams, &team))
                (main_button(&say!(words, "structures-change-do")))
            }
            @if self.may_give_access {
                form .stack method="post" action=(to("acces")) {
                    h2 { (say!(words, "structures-access")) }
                    p { (say!(words, "structures-access-why")) }
                    (hidden_form(Some(form)))
                    p { (button(&Button::new(Kind::Secondary, &say!(words, "structures-access-do")))) }
                }
            }
            form .stack method="post" action=(to("depart")) {
                h2 #depart { (say!(words, "structures-leave")) }
                p { (say!(words, "structures-leave-why")) }
                (hidden_form(Some(form)))
                p { (button(&Button::new(Kind::Secondary, &say!(words, "structures-leave-do")))) }
            }
        };
        (format!("{} — {}", member.name, say!(words, "structures-team")), main)
    }
}

fn roles(words: &Words, roles: &[access::Role], chosen: &str, errors: &[FieldError]) -> Markup {
    let names: Vec<(&str, String)> =
        roles.iter().map(|it| (role_code(*it), words.say(role_key(*it)))).collect();
    let options: Vec<Choice<'_>> = names.iter().map(|it| Choice::new(it.0, &it.1)).collect();
    let (label, blank) = (say!(words, "structures-role"), say!(words, "structures-choose"));
    select(&Select {
        name: "role",
        label: &label,
        hint: "",
        blank: &blank,
        options: &options,
        chosen,
        error: error_of(errors, "role"),
    })
}

fn teams(words: &Words, teams: &[(Id, String)], chosen: &str) -> Markup {
    let names: Vec<(String, &String)> = teams.iter().map(|it| (it.0.to_string(), &it.1)).collect();
    let options: Vec<Choice<'_>> = names.iter().map(|it| Choice::new(&it.0, it.1)).collect();
    let (label, blank) = (say!(words, "structures-team-of"), say!(words, "structures-no-team"));
    html! {
        @if !options.is_empty() {
            (select(&Select {
                name: "team", label: &label, hint: "", blank: &blank, options: &options, chosen, error: None,
            }))
        }
    }
}

pub fn errors(words: &Words, faults: &[(&'static str, &'static str)]) -> Vec<FieldError> {
    faults.iter().map(|(field, key)| error(field, words.say(key))).collect()
}

fn day(at: Moment) -> String {
    format::date(at.day_in_paris())
}
