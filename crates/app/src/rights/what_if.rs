//! Et si…: the months to come as they are, beside what one event would make of them.

use base::{Date, Month, Rational};
use law::projection::{
    Answer, Compared, ComparedAid, Custody, FactAsked, Scenario, TAXABLE, WhatIf, compare,
};
use law::{Household, Instance, Law, RuleId, Type, Value};
use web::components::chart::{Lane, Texture, ceiling};
use web::form::{FieldError, Fields};

use super::assess::refused;
use super::fr;
use super::model::communes;
use super::model::facts::Who;
use super::model::situation::situation;
use super::model::{Answers, Person, catalog, typed};
use super::months::{Ahead, MONTHS, pieces};

/// The events one can try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    Job,
    JobLoss,
    Move,
    Separation,
    Birth,
}

/// The page: the small form, and the two columns once it is filled.
#[derive(Debug, Clone)]
pub struct Trial {
    pub events: Vec<Event>,
    pub chosen: Option<Event>,
    pub errors: Vec<FieldError>,
    pub compared: Option<Sides>,
    /// The first month an event may happen in, as a box shows it.
    pub next: Month,
}

/// The household without the event, and with it.
#[derive(Debug, Clone)]
pub struct Sides {
    pub title: String,
    pub first: Month,
    pub last: Month,
    pub aids: Vec<Side>,
    pub gained: Rational,
    pub lost: Rational,
    /// What is earned over the months where both sides are known: more (or less) with the event.
    pub earned: Option<Rational>,
    pub lanes: Vec<Lane>,
    /// What would have to be known to tell everything.
    pub asked: Vec<Asked>,
    /// The aids that cannot be told on the side of the event.
    pub unknown: Vec<String>,
    /// Some months cannot be told on both sides, and are not counted.
    pub partial: bool,
    pub supposed: Vec<String>,
    /// What moves after the event, in sentences.
    pub changes: Vec<(String, String)>,
}

/// One aid on both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    pub aid: String,
    /// Over the period, on the months where both are known.
    pub without: Rational,
    pub with: Rational,
    pub gained: Rational,
    pub lost: Rational,
    pub first: Option<Month>,
}

/// A fact the event makes necessary, asked on the page itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub field: String,
    pub label: String,
    pub kind: AskedKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AskedKind {
    Money,
    Number,
    Date,
    YesNo,
    /// The values and the words of each case.
    Case(Vec<(String, String)>),
}

impl Event {
    pub const ALL: [Self; 5] =
        [Self::Job, Self::JobLoss, Self::Move, Self::Separation, Self::Birth];

    /// As the form sends it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Job => "job",
            Self::JobLoss => "loss",
            Self::Move => "move",
            Self::Separation => "separation",
            Self::Birth => "birth",
        }
    }
}

/// What the names of the fields of this page start with.
pub const PREFIX: &str = "x.";
pub const KIND: &str = "x.kind";
const MOST_PAY: i64 = 100_000;

/// Reads the small form and, when it is whole, compares. `Err`: answers of the household the law refuses.
pub fn trial(law: &Law, fields: &Fields, answers: &Answers) -> Result<Trial, Vec<FieldError>> {
    let household =
        situation(answers).to_household(law).map_err(|errors| refused(answers, &errors))?;
    let first = answers.period.month;
    let couple = answers.household.adults().count() > 1;
    let possible = |it: &Event| *it != Event::Separation || couple;
    let events: Vec<Event> = Event::ALL.into_iter().filter(possible).collect();
    let chosen = events.iter().copied().find(|it| fields.is(KIND, it.key()));
    let mut res = Trial { events, chosen, errors: Vec::new(), compared: None, next: first.plus(1) };
    let Some(event) = chosen else { return Ok(res) };
    let mut reader = Reader { law, fields, answers, errors: Vec::new() };
    let scenario = reader.scenario(event);
    let home = if event == Event::Separation { reader.new_home() } else { Vec::new() };
    res.errors = reader.errors;
    let Some(scenario) = scenario.filter(|_| res.errors.is_empty()) else { return Ok(res) };
    let ahead = Ahead::of(law, answers, &household);
    let aids = law.aids();
    let mut what_if = WhatIf { scenario, answers: given(law, fields) };
    what_if.answers.extend(home);
    let side = |it: &WhatIf| {
        let all =
            compare(law.book(), &ahead.household, first, MONTHS, &aids, std::slice::from_ref(it));
        all.scenarios.into_iter().next()
    };
    let mut compared = side(&what_if);
    let mut ordinary = false;
    if let Some(Ok(first)) = &compared {
        let more = supposed_answers(law, &ahead.household, &what_if, &first.asked);
        ordinary = event == Event::Separation;
        if !more.is_empty() {
            what_if.answers.extend(more);
            compared = side(&what_if);
        }
    }
    match compared {
        Some(Ok(compared)) => {
            let mut supposed = ahead.supposed;
            supposed.extend(fr::supposed(event, fields));
            supposed.extend(ordinary.then(|| fr::ORDINARY_HOME.to_owned()));
            let title = fr::event_title(event, fields);
            res.compared = Some(sides(law, &aids, compared, title, supposed));
        }
        Some(Err(refusal)) => {
            let message = fr::sentence(&refusal.to_string());
            res.errors.push(FieldError { field: KIND.to_owned(), message });
        }
        None => {}
    }
    Ok(res)
}

struct Reader<'a> {
    law: &'a Law,
    fields: &'a Fields,
    answers: &'a Answers,
    errors: Vec<FieldError>,
}

impl Reader<'_> {
    fn scenario(&mut self, event: Event) -> Option<Scenario> {
        match event {
            Event::Job => self.job(),
            Event::JobLoss => self.job_loss(),
            Event::Move => self.moving(),
            Event::Separation => self.separation(),
            Event::Birth => self.birth(),
        }
    }

    fn job(&mut self) -> Option<Scenario> {
        let pay = self.money("x.job.pay", fr::JOB_PAY, true);
        let taxable = self.money("x.job.taxable", fr::NET_TAXABLE, false);
        let (from, person) = (self.from("x.job.from")?, self.adult("x.job.who"));
        let pay = pay?;
        let ordinary = Rational::new(i128::from(TAXABLE), 1000).and_then(|it| it.checked_mul(pay));
        Some(Scenario::Job { person, pay, taxable: taxable.or(ordinary), from })
    }

    fn job_loss(&mut self) -> Option<Scenario> {
        let benefit = self.money("x.loss.benefit", fr::LOSS_BENEFIT, false);
        let (from, person) = (self.from("x.loss.from")?, self.adult("x.loss.who"));
        Some(Scenario::JobLoss { person, benefit, from })
    }

    fn moving(&mut self) -> Option<Scenario> {
        let rent = self.money("x.move.rent", fr::MOVE_RENT, true);
        let zone = self.commune("x.move.commune").and_then(|it| self.case(it.zone()?));
        let occupation = self.fields.get("x.move.status").or_else(|| self.fields.get("h.status"));
        let occupation = occupation.and_then(|it| self.case(it));
        let from = self.from("x.move.from")?;
        Some(Scenario::Move { dwelling: 0, rent: rent?, zone, occupation, from })
    }

    /// The commune typed, or today's when nothing is; several are one when they are in the same zone.
    fn commune(&mut self, field: &str) -> Option<communes::Commune> {
        let typed = self.fields.get(field);
        let text = typed.or_else(|| self.fields.get("h.commune"))?;
        let found = communes::find(text);
        let Some(first) = found.first() else {
            typed?;
            return self.refuse(field, fr::COMMUNE_NOT_FOUND.to_owned());
        };
        if found.iter().any(|it| it.zone() != first.zone()) {
            typed?;
            return self.refuse(field, fr::MOVE_POSTCODE.to_owned());
        }
        Some(*first)
    }

    /// What is said of the home of the one who leaves: the second family, the second dwelling.
    fn new_home(&mut self) -> Vec<Answer> {
        const NEW: Instance = 1;
        let commune = self.commune("x.separation.commune");
        let rent = self.money("x.separation.rent", fr::NEW_RENT, false);
        let status = self.fields.get("x.separation.status");
        let told = [
            ("zone_apl", commune.and_then(|it| it.zone()).and_then(|it| self.case(it))),
            ("territoire", commune.and_then(|it| self.case(it.territory()))),
            ("loyer", rent.map(Value::Number)),
            ("statut_d_occupation", status.and_then(|it| self.case(it))),
        ];
        let book = self.law.book();
        told.into_iter()
            .filter_map(|(name, value)| {
                Some(Answer { input: book.input_named(name)?, instance: NEW, value: value? })
            })
            .collect()
    }

    fn separation(&mut self) -> Option<Scenario> {
        let from = self.from("x.separation.from")?;
        let leaver = self.adult("x.separation.who");
        let custody = |who: Who| match self.fields.get(&format!("x.separation.{who}")) {
            Some("leaves") => Custody::Leaves,
            Some("shared") => Custody::Shared,
            _ => Custody::Stays,
        };
        let children = self.answers.household.children();
        let children = children.map(|it| (self.instance(it.who), custody(it.who))).collect();
        Some(Scenario::Separation { family: 0, leaver, children, from })
    }

    fn birth(&mut self) -> Option<Scenario> {
        let field = "x.birth.date";
        let first = self.answers.period.month;
        let name = self.fields.get("x.birth.name").unwrap_or(fr::NEWBORN).to_owned();
        let text = self.fields.get(field);
        let born: Option<Date> = match text.map(typed::date) {
            Some(Ok(date)) if date.month() > first => Some(date),
            Some(Ok(_)) => self.refuse(field, fr::not_to_come(fr::BIRTH_DATE, first)),
            Some(Err(wrong)) => self.refuse(field, fr::wrong(wrong, fr::BIRTH_DATE)),
            None => self.refuse(field, fr::to_fill(fr::BIRTH_DATE)),
        };
        let born = born?;
        if born.month() > first.plus(i32::from(MONTHS) - 1) {
            return self.refuse(field, fr::too_far(fr::BIRTH_DATE));
        }
        Some(Scenario::Birth { family: 0, name, born })
    }

    fn money(&mut self, field: &str, what: &str, needed: bool) -> Option<Rational> {
        let Some(text) = self.fields.get(field) else {
            return if needed { self.refuse(field, fr::to_fill(what)) } else { None };
        };
        match typed::money(text) {
            Ok(amount) if amount <= Rational::from(MOST_PAY) => Some(amount),
            Ok(_) => self.refuse(field, fr::too_much(what, MOST_PAY)),
            Err(wrong) => self.refuse(field, fr::wrong(wrong, what)),
        }
    }

    /// The month of the event: the one after the month studied when nothing is typed.
    fn from(&mut self, field: &str) -> Option<Month> {
        let first = self.answers.period.month;
        let Some(text) = self.fields.get(field) else { return Some(first.plus(1)) };
        match typed::month(text) {
            Ok(month) if month <= first => {
                self.refuse(field, fr::not_to_come(fr::EVENT_MONTH, first))
            }
            Ok(month) if month > first.plus(i32::from(MONTHS) - 1) => {
                self.refuse(field, fr::too_far(fr::EVENT_MONTH))
            }
            Ok(month) => Some(month),
            Err(wrong) => self.refuse(field, fr::wrong(wrong, fr::EVENT_MONTH)),
        }
    }

    /// The adult chosen; the first when nobody is.
    fn adult(&self, field: &str) -> Instance {
        let chosen = self.fields.get(field).and_then(Who::parse);
        self.instance(chosen.unwrap_or(Who::Adult(1)))
    }

    /// The rank of a person, as the situation writes them.
    fn instance(&self, who: Who) -> Instance {
        let people: &[Person] = &self.answers.household.people;
        let rank = people.iter().position(|it| it.who == who).unwrap_or(0);
        Instance::try_from(rank).unwrap_or(0)
    }

    fn case(&self, name: &str) -> Option<Value> {
        self.law.book().case_named(name).map(Value::Case)
    }

    /// One error a field; always nothing, so that a reading can end with it.
    fn refuse<T>(&mut self, field: &str, message: String) -> Option<T> {
        if self.errors.iter().all(|it| it.field != field) {
            self.errors.push(FieldError { field: field.to_owned(), message });
        }
        None
    }
}

/// The answers to what the event asked for: `x.ask.<fact>.<instance>`.
fn given(law: &Law, fields: &Fields) -> Vec<Answer> {
    let answer = |(name, text): (&str, &str)| {
        let mut parts = name.strip_prefix("x.ask.")?.split('.');
        let rank: usize = parts.next()?.parse().ok()?;
        let instance: Instance = parts.next()?.parse().ok()?;
        let input = law.book().inputs.get(rank)?;
        let value = match input.ty {
            Type::Bool => Value::Bool(text == "oui"),
            Type::Date => Value::Date(typed::date(text).ok()?),
            Type::Enum(id) => {
                let case = law.book().case_named(text)?;
                let of = law.book().case(case)?.of;
                (of == id).then_some(Value::Case(case))?
            }
            Type::Number(_) | Type::Zero | Type::Unknown => Value::Number(typed::money(text).ok()?),
        };
        let input = law.book().input_named(&input.name)?;
        Some(Answer { input, instance, value })
    };
    fields.iter().filter_map(answer).collect()
}

/// What is supposed of a home that nobody has described: an ordinary one, and no aid received yet.
fn supposed_answers(
    law: &Law,
    before: &Household,
    what_if: &WhatIf,
    asked: &[FactAsked],
) -> Vec<Answer> {
    let separated = match what_if.scenario {
        Scenario::Separation { from, .. } => from.first_day(),
        Scenario::Job { .. }
        | Scenario::JobLoss { .. }
        | Scenario::Move { .. }
        | Scenario::Birth { .. } => None,
    };
    let answer = |it: &FactAsked| {
        let input = law.book().input(it.input)?;
        // Living alone starts with the separation itself.
        if let Some(day) = separated.filter(|_| input.name == "date_d_isolement") {
            let value = Value::Date(day);
            return Some(Answer { input: it.input, instance: it.instance, value });
        }
        if usize::from(it.instance) < before.count(input.entity) {
            return None;
        }
        let value = if ORDINARY.contains(&input.name.as_str()) {
            Value::Bool(false)
        } else if catalog::BENEFITS.iter().any(|benefit| benefit.fact == input.name) {
            Value::Number(Rational::ZERO)
        } else {
            return None;
        };
        Some(Answer { input: it.input, instance: it.instance, value })
    };
    asked.iter().filter_map(answer).collect()
}

/// Questions whose answer is no for nearly every home.
const ORDINARY: [&str; 5] = [
    "colocation",
    "chambre",
    "chambre_chez_un_particulier",
    "logement_de_la_famille",
    "participation_aux_frais",
];

fn sides(
    law: &Law,
    aids: &[RuleId],
    compared: Compared,
    title: String,
    supposed: Vec<String>,
) -> Sides {
    let name = |aid: RuleId| {
        law.book().rule(aid).map(|it| fr::aid_short(&it.name, &it.label)).unwrap_or_default()
    };
    let months = &compared.months;
    let (first, last) = match (months.first(), months.last()) {
        (Some(first), Some(last)) => (first.month, last.month),
        _ => (compared.projection.first, compared.projection.first),
    };
    let earned = months.iter().try_fold(Rational::ZERO, |sum, it| {
        sum.checked_add(it.earnings.1?.checked_sub(it.earnings.0?)?)
    });
    let changes = compared.projection.changes.iter();
    let after = compared.first_difference.unwrap_or(first);
    let changes = changes.filter(|it| it.month >= after);
    Sides {
        title,
        first,
        last,
        aids: compared.aids.iter().map(|it| side(name(it.aid), it)).collect(),
        gained: compared.gained,
        lost: compared.lost,
        earned,
        partial: compared.months.iter().any(|it| it.aids.0.is_none() || it.aids.1.is_none()),
        lanes: lanes(&compared, first),
        asked: asked(law, &compared.household, &compared.asked),
        unknown: aids
            .iter()
            .filter(|it| compared.unknown.contains(it))
            .map(|it| name(*it))
            .collect(),
        supposed,
        changes: changes.map(|it| (name(it.aid), it.sentence.clone())).collect(),
    }
}

fn side(aid: String, it: &ComparedAid) -> Side {
    let both = it.months.iter().filter_map(|(was, is)| was.zip(*is));
    let (without, with) = both.fold((Rational::ZERO, Rational::ZERO), |(a, b), (was, is)| {
        (a.checked_add(was).unwrap_or(a), b.checked_add(is).unwrap_or(b))
    });
    let (gained, lost, first) = (it.gained, it.lost, it.first_difference);
    Side { aid, without, with, gained, lost, first }
}

/// The aids together, without and with the event, on the same scale.
fn lanes(compared: &Compared, first: Month) -> Vec<Lane> {
    let without: Vec<_> = compared.months.iter().map(|it| it.aids.0).collect();
    let with: Vec<_> = compared.months.iter().map(|it| it.aids.1).collect();
    let both = without.iter().chain(&with).flatten();
    let most = ceiling(both.copied().max().unwrap_or(Rational::ZERO));
    let lane = |label: &str, amounts: &[Option<Rational>]| {
        let pieces = pieces(amounts);
        let told: Vec<String> = pieces
            .iter()
            .map(|it| {
                let known = (it.texture == Texture::Plain).then_some(it.amount);
                fr::lane_piece(first.plus(i32::from(it.from)), known)
            })
            .collect();
        let end = |it: Option<&Option<Rational>>| it.copied().flatten();
        Lane {
            told: format!("{label} : {}.", told.join(", ")),
            label: label.to_owned(),
            summary: fr::lane_summary(end(amounts.first()), end(amounts.last())),
            pieces,
            marks: Vec::new(),
            most,
            total: true,
        }
    };
    vec![lane(fr::WITHOUT, &without), lane(fr::WITH, &with)]
}

/// No page asks more than this at once: the first answers often settle the others.
const MOST_ASKED: usize = 8;

fn asked(law: &Law, household: &Household, facts: &[FactAsked]) -> Vec<Asked> {
    let one = |it: &FactAsked| {
        let book = law.book();
        let input = book.input(it.input)?;
        let kind = match input.ty {
            Type::Bool => AskedKind::YesNo,
            Type::Date => AskedKind::Date,
            Type::Enum(id) => {
                let cases = book.enumeration(id)?.cases.iter().filter_map(|it| book.case(*it));
                AskedKind::Case(
                    cases.map(|it| (it.name.clone(), fr::upper_first(&it.label))).collect(),
                )
            }
            Type::Number(unit) if unit.euro != 0 => AskedKind::Money,
            Type::Number(_) | Type::Zero | Type::Unknown => AskedKind::Number,
        };
        let who = match input.entity {
            law::Entity::Person => household.person(it.instance).map(|it| it.label.clone()),
            law::Entity::Family | law::Entity::TaxHousehold | law::Entity::Dwelling => {
                (it.instance > 0).then(|| fr::NEW_HOME.to_owned())
            }
        };
        let label = fr::upper_first(&input.label);
        let label = who.map_or(label.clone(), |who| format!("{label} — {who}"));
        let field = format!("x.ask.{}.{}", it.input.index(), it.instance);
        Some(Asked { field, label, kind })
    };
    facts.iter().filter_map(one).take(MOST_ASKED).collect()
}
