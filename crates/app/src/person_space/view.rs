//! What the accompanied person's pages look like: one column, one thing to do.

use base::Date;
use maud::{DOCTYPE, Markup, html};
use web::assets::style;
use web::components::button::{Button, Kind, button};
use web::components::error_summary::error_summary;
use web::components::secret::{Proves, Secret, secret};
use web::form::FieldError;
use web::format;
use web::say;
use web::words::{Lang, Words};

use super::pages::{CalendarPage, CardSignInPage, HomePage};
use crate::accounts::view::{Shown, error, error_of, hidden_form, main_button};
use crate::words;

impl CardSignInPage {
    #[inline(never)]
    pub fn main(&self, words: &Words) -> Shown {
        let title = say!(words, "space-sign-in");
        let (label, pin_label) = (say!(words, "space-code"), say!(words, "space-pin"));
        let (hint, pin_hint) = (say!(words, "space-code-hint"), say!(words, "space-pin-hint"));
        let code = Secret {
            hint: &hint,
            value: &self.code,
            error: error_of(&self.errors, "code"),
            ..Secret::new(Proves::Card, "code", &label)
        };
        let pin = Secret { hint: &pin_hint, ..Secret::new(Proves::CardNumber, "pin", &pin_label) };
        let main = html! {
            (error_summary(&self.errors))
            h1 { (title) }
            form .stack method="post" action="/espace" autocomplete="off" novalidate {
                input type="hidden" name="langue" value=(self.lang.tag());
                (secret(&code))
                (secret(&pin))
                (main_button(&say!(words, "space-enter")))
            }
            p .hint { (say!(words, "space-lost")) }
            ul .plain-list aria-label=(say!(words, "space-languages")) {
                @for it in Lang::ALL.iter().filter(|it| **it != self.lang) {
                    li { a href={ "/espace?langue=" (it.tag()) } lang=(it.tag()) dir=(it.direction().tag()) { (it.name()) } }
                }
            }
        };
        (title, main)
    }
}

impl HomePage {
    #[inline(never)]
    pub fn main(&self, words: &Words) -> Shown {
        let title = say!(words, "space-title");
        let main = html! {
            h1 { (title) }
            h2 { (say!(words, "space-files")) }
            @if self.files.is_empty() { p { (say!(words, "space-no-file")) } }
            ul .plain-list {
                @for it in &self.files {
                    li {
                        p {
                            strong { (it.structure) } br;
                            (say!(words, "space-file", number = &it.number, since = day(words, it.since.day_in_paris())))
                        }
                    }
                }
            }
            h2 { (say!(words, "space-languages")) }
            form .stack method="post" action="/espace/langue" {
                (hidden_form(Some(&self.form)))
                p {
                    @for it in Lang::ALL.iter().filter(|it| **it != words.lang()) {
                        span lang=(it.tag()) dir=(it.direction().tag()) {
                            (button(&Button::new(Kind::Secondary, it.name()).sends("langue", it.tag())))
                        }
                        " "
                    }
                }
            }
            p { a .alone href="/sortie" { (say!(words, "space-leave-all")) } }
        };
        (title, main)
    }
}

/// A button that needs no script; at the foot of the page a link does the same.
#[inline(never)]
pub fn exit(words: &Words) -> Markup {
    html! {
        form .quick-exit method="post" action="/sortie" {
            (button(&Button::new(Kind::Secondary, &say!(words, "space-leave"))))
        }
    }
}

pub fn wrong(words: &Words) -> Vec<FieldError> {
    vec![error("code", say!(words, "space-wrong"))]
}

/// In figures where the language is not French: months are not translated here.
fn day(words: &Words, date: Date) -> String {
    match words.lang() {
        Lang::French => format::date(date),
        Lang::English | Lang::Arabic => format::date_input(date),
    }
}

impl CalendarPage {
    /// Without the name of the site, on purpose.
    #[inline(never)]
    pub fn render(&self) -> Markup {
        let words = words::of(Lang::French);
        let (title, month) = (say!(words, "space-calendar"), format::month(self.today.month()));
        html! {
            (DOCTYPE)
            html lang="fr" {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="robots" content="noindex";
                    title { (title) }
                    link rel="icon" href="data:,";
                    link rel="stylesheet" href=(style().path);
                }
                body {
                    main {
                        h1 { (title) }
                        table .table .calendar {
                            caption { (month) }
                            thead { tr { @for it in say!(words, "space-calendar-days").split(' ') { th scope="col" { (it) } } } }
                            tbody { @for week in self.weeks() { tr { @for it in week { td { (it) } } } } }
                        }
                    }
                }
            }
        }
    }

    /// The days in rows from Monday, blanks before the first.
    fn weeks(&self) -> Vec<Vec<String>> {
        let month = self.today.month();
        let blanks = month.first_day().map_or(0, weekday);
        let exists =
            |day: &i8| Date::new(self.today.year(), self.today.month_of_year(), *day).is_some();
        let days = (1..=31).filter(exists).map(|it| it.to_string());
        let cells: Vec<String> = std::iter::repeat_n(String::new(), blanks).chain(days).collect();
        cells.chunks(7).map(<[String]>::to_vec).collect()
    }
}

/// From Monday, 0: days counted from one that was a Monday.
fn weekday(date: Date) -> usize {
    let (year, month, day) =
        (i64::from(date.year()), i64::from(date.month_of_year()), i64::from(date.day()));
    // The civil calendar by days since the first of March of year 0, a Wednesday.
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + day - 1;
    usize::try_from((days + 2).rem_euclid(7)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::weekday;

    #[test]
    fn days_of_the_week() {
        for (date, day) in
            [("2026-11-23", 0), ("2026-11-22", 6), ("2024-02-29", 3), ("2000-01-01", 5)]
        {
            assert_eq!(weekday(date.parse().unwrap()), day, "{date}");
        }
    }
}
