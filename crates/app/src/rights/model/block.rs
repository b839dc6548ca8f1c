//! The questions that are asked together, each a part of a step: a page of the interview shows one or two.

use std::fmt;

use web::form::Fields;

use super::facts::Who;
use super::reader::{UNKNOWN, YES, doubt};
use super::{Answers, Couple, Person, Step, Structure, income, taxes};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Block {
    /// Who lives here: always first, it shapes everything.
    People,
    Activity(Who),
    Nationality(Who),
    Pregnancy(Who),
    Alone,
    Incomes(Who),
    Savings(Who),
    Hours(Who),
    Handicap(Who),
    /// On whose tax return each one is.
    TaxReturns,
    TaxYear(Who, i32),
    Benefits,
    Commune,
    Home,
}

impl Block {
    /// The block that asks this field, answered or not.
    pub fn of_field(field: &str) -> Option<Self> {
        let mut parts = field.split('.');
        let (letter, second) = (parts.next()?, parts.next()?);
        let (who, third) = (Who::parse(second), parts.next());
        match (letter, who, third) {
            ("p", Some(who), Some(name)) => Some(Self::about_person(who, name)),
            ("p", None, _) if second.starts_with("alone") => Some(Self::Alone),
            ("p", None, _) => Some(Self::People),
            ("i", Some(who), Some("savings")) => Some(Self::Savings(who)),
            ("i", Some(who), Some("hours")) => Some(Self::Hours(who)),
            ("i", Some(who), Some("incapacity")) => Some(Self::Handicap(who)),
            ("i", Some(who), _) => Some(Self::Incomes(who)),
            ("t", Some(_), Some("return")) => Some(Self::TaxReturns),
            ("t", Some(who), Some(year)) => Some(Self::TaxYear(who, year.parse().ok()?)),
            ("b", ..) => Some(Self::Benefits),
            ("h", ..) if second.starts_with("commune") || second == "insee" => Some(Self::Commune),
            ("h", ..) => Some(Self::Home),
            _ => None,
        }
    }

    fn about_person(who: Who, name: &str) -> Self {
        if name.starts_with("activity") || matches!(name, "jobless-since" | "scholarship") {
            Self::Activity(who)
        } else if name == "nationality" || name == "arrival" || name.starts_with("permit") {
            Self::Nationality(who)
        } else if name == "pregnant" {
            Self::Pregnancy(who)
        } else {
            Self::People
        }
    }

    pub fn step(self) -> Step {
        match self {
            Self::People
            | Self::Activity(_)
            | Self::Nationality(_)
            | Self::Pregnancy(_)
            | Self::Alone => Step::People,
            Self::Incomes(_) | Self::Savings(_) | Self::Hours(_) | Self::Handicap(_) => {
                Step::Income
            }
            Self::TaxReturns | Self::TaxYear(..) => Step::Taxes,
            Self::Benefits => Step::Benefits,
            Self::Commune | Self::Home => Step::Home,
        }
    }

    pub fn who(self) -> Option<Who> {
        match self {
            Self::Activity(who)
            | Self::Nationality(who)
            | Self::Pregnancy(who)
            | Self::Incomes(who)
            | Self::Savings(who)
            | Self::Hours(who)
            | Self::Handicap(who)
            | Self::TaxYear(who, _) => Some(who),
            Self::People
            | Self::Alone
            | Self::TaxReturns
            | Self::Benefits
            | Self::Commune
            | Self::Home => None,
        }
    }

    /// Whether both are one question on one page: the same about everybody, the tax notice person by person.
    pub fn goes_with(self, other: Self) -> bool {
        match (self, other) {
            (Self::TaxYear(who, _), Self::TaxYear(other, _)) => who == other,
            (Self::Commune | Self::Home, Self::Commune | Self::Home) => true,
            _ => std::mem::discriminant(&self) == std::mem::discriminant(&other),
        }
    }

    /// Every block that makes sense for this household, in the order of the form.
    pub fn all(answers: &Answers) -> Vec<Self> {
        let (month, household) = (answers.period.month, &answers.household);
        let adults: Vec<Who> = household.adults().map(|it| it.who).collect();
        let mut res = vec![Self::People];
        for who in &adults {
            res.extend([Self::Activity(*who), Self::Nationality(*who), Self::Pregnancy(*who)]);
        }
        if household.couple == Some(Couple::Alone) {
            res.push(Self::Alone);
        }
        for person in household.people.iter().filter(|it| it.may_earn(month)) {
            res.push(Self::Incomes(person.who));
            if matches!(person.who, Who::Adult(_)) {
                res.push(Self::Savings(person.who));
            }
            if matches!(person.who, Who::Adult(_)) && income::asks_hours(person, month) {
                res.push(Self::Hours(person.who));
            }
            if person.asks_incapacity(month) {
                res.push(Self::Handicap(person.who));
            }
        }
        if asks_tax_returns(household, month) {
            res.push(Self::TaxReturns);
        }
        for who in adults {
            res.extend(
                taxes::years(answers.period).iter().map(|(year, _)| Self::TaxYear(who, *year)),
            );
        }
        res.extend([Self::Benefits, Self::Commune, Self::Home]);
        res
    }

    /// Whether anything has been answered in it.
    pub fn has_answer(self, fields: &Fields) -> bool {
        fields.iter().any(|(name, _)| Self::of_field(name) == Some(self))
    }

    /// Whether « je ne sais pas » has been said of all its empty boxes at once.
    pub fn is_given_up(self, fields: &Fields) -> bool {
        match self {
            Self::Incomes(who) => fields.is(&format!("i.{who}.rest"), UNKNOWN),
            Self::TaxYear(who, year) => fields.is(&format!("t.{who}.{year}.rest"), UNKNOWN),
            Self::Benefits => fields.is("b.rest", UNKNOWN),
            // Their answers are facts of their own, and « je ne sais pas » is known of each.
            Self::People
            | Self::Activity(_)
            | Self::Nationality(_)
            | Self::Pregnancy(_)
            | Self::Alone
            | Self::Savings(_)
            | Self::Hours(_)
            | Self::Handicap(_)
            | Self::TaxReturns
            | Self::Commune
            | Self::Home => false,
        }
    }

    /// « Je ne sais pas » to everything not answered here; what is answered stays.
    pub fn say_unknown(self, fields: &mut Fields) {
        match self {
            Self::People => {
                let births: Vec<String> = ["a1", "a2"]
                    .map(str::to_owned)
                    .into_iter()
                    .chain(super::present_children(fields).iter().map(|n| format!("e{n}")))
                    .map(|who| format!("p.{who}.birth"))
                    .collect();
                births.iter().for_each(|field| doubt_blank(fields, field));
            }
            Self::Activity(who) => choose_blank(fields, &format!("p.{who}.activity"), UNKNOWN),
            Self::Nationality(who) => {
                choose_blank(fields, &format!("p.{who}.nationality"), UNKNOWN);
            }
            Self::Pregnancy(who) => choose_blank(fields, &format!("p.{who}.pregnant"), UNKNOWN),
            Self::Alone => choose_blank(fields, "p.alone", UNKNOWN),
            Self::Incomes(who) => choose_blank(fields, &format!("i.{who}.rest"), UNKNOWN),
            Self::Savings(who) => choose_blank(fields, &format!("i.{who}.savings"), UNKNOWN),
            Self::Hours(who) => doubt_blank(fields, &format!("i.{who}.hours")),
            Self::Handicap(who) => choose_blank(fields, &format!("i.{who}.incapacity"), UNKNOWN),
            // It says how the household is made, which is always known: one's own return, until told.
            Self::TaxReturns => {}
            Self::TaxYear(who, year) => {
                choose_blank(fields, &format!("t.{who}.{year}.rest"), UNKNOWN);
            }
            Self::Benefits => choose_blank(fields, "b.rest", UNKNOWN),
            Self::Commune => {
                if fields.get(super::home::COMMUNE).is_none() {
                    fields.set("h.commune-unknown", YES);
                }
            }
            Self::Home => home_unknown(fields),
        }
    }
}

fn home_unknown(fields: &mut Fields) {
    choose_blank(fields, "h.status", UNKNOWN);
    doubt_blank(fields, "h.since");
    if fields.is("h.status", UNKNOWN) {
        return;
    }
    let rent = if fields.is("h.status", "locataire_foyer") { "h.rent-hostel" } else { "h.rent" };
    doubt_blank(fields, rent);
    for field in ["h.shared", "h.room", "h.family-owner", "h.hostel", "h.contribution"] {
        choose_blank(fields, field, UNKNOWN);
    }
}

fn choose_blank(fields: &mut Fields, field: &str, answer: &str) {
    if fields.get(field).is_none() {
        fields.set(field, answer);
    }
}

fn doubt_blank(fields: &mut Fields, field: &str) {
    if fields.get(field).is_none() {
        fields.set(doubt(field), YES);
    }
}

/// Whose return somebody is on matters when there are two, or when somebody is grown or young.
fn asks_tax_returns(household: &Structure, month: base::Month) -> bool {
    let young = |it: &Person| it.age(month).is_some_and(|age| age < 26);
    household.asks_children_returns(month) || household.adults().any(young)
}

impl Structure {
    /// Whose return the children are on matters when there are two, or when a child is grown.
    pub fn asks_children_returns(&self, month: base::Month) -> bool {
        let grown = |it: &Person| it.age(month).is_some_and(|age| age >= 18);
        let separate = self.couple == Some(Couple::Separate);
        self.children().any(|it| separate || grown(it))
    }
}

impl Who {
    /// `a1`, `e3`: as in the names of fields.
    pub fn parse(text: &str) -> Option<Self> {
        let number =
            |digits: &str, most: u8| digits.parse::<u8>().ok().filter(|n| (1..=most).contains(n));
        if let Some(digits) = text.strip_prefix('a') {
            return number(digits, 2).map(Self::Adult);
        }
        number(text.strip_prefix('e')?, super::MAX_CHILDREN).map(Self::Child)
    }
}

/// As a form sends it.
impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::People => f.write_str("people"),
            Self::Activity(who) => write!(f, "activity.{who}"),
            Self::Nationality(who) => write!(f, "nationality.{who}"),
            Self::Pregnancy(who) => write!(f, "pregnancy.{who}"),
            Self::Alone => f.write_str("alone"),
            Self::Incomes(who) => write!(f, "incomes.{who}"),
            Self::Savings(who) => write!(f, "savings.{who}"),
            Self::Hours(who) => write!(f, "hours.{who}"),
            Self::Handicap(who) => write!(f, "handicap.{who}"),
            Self::TaxReturns => f.write_str("returns"),
            Self::TaxYear(who, year) => write!(f, "tax.{who}.{year}"),
            Self::Benefits => f.write_str("benefits"),
            Self::Commune => f.write_str("commune"),
            Self::Home => f.write_str("home"),
        }
    }
}

impl Block {
    /// Reads what [`Block`] displays; anything else is nothing.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let name = parts.next()?;
        let who = || Who::parse(text.split('.').nth(1)?);
        match name {
            "people" => Some(Self::People),
            "activity" => who().map(Self::Activity),
            "nationality" => who().map(Self::Nationality),
            "pregnancy" => who().map(Self::Pregnancy),
            "alone" => Some(Self::Alone),
            "incomes" => who().map(Self::Incomes),
            "savings" => who().map(Self::Savings),
            "hours" => who().map(Self::Hours),
            "handicap" => who().map(Self::Handicap),
            "returns" => Some(Self::TaxReturns),
            "tax" => Some(Self::TaxYear(who()?, parts.nth(1)?.parse().ok()?)),
            "benefits" => Some(Self::Benefits),
            "commune" => Some(Self::Commune),
            "home" => Some(Self::Home),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rights::model;

    fn answers() -> (Fields, Answers) {
        let fields = Fields::from_iter([
            ("p.couple", "separate"),
            ("p.a1.birth", "12/03/2003"),
            ("p.a2.birth", "12/03/1987"),
            ("p.e1.here", "oui"),
            ("p.e1.birth", "01/02/2006"),
        ]);
        let answers = model::read(&fields, "2026-11-22".parse().unwrap());
        (fields, answers)
    }

    #[test]
    fn every_field_of_the_form_is_in_a_block_of_its_step() {
        let (_, answers) = answers();
        let all = Block::all(&answers);
        for field in answers.facts.asked_at.values().chain(answers.facts.asked_for_year.values()) {
            let block = Block::of_field(field).unwrap_or_else(|| panic!("{field} is in no block"));
            assert_eq!(Step::of_field(field), Some(block.step()), "{field}");
            // Some are only asked at some ages.
            let aged = matches!(block, Block::Hours(_) | Block::Handicap(_));
            assert!(aged || all.contains(&block), "{field}: {block}");
        }
    }

    #[test]
    fn a_block_is_read_as_it_is_written() {
        let (_, answers) = answers();
        for block in Block::all(&answers) {
            assert_eq!(Block::parse(&block.to_string()), Some(block));
        }
        for text in ["", "tax.a1", "tax.a1.x", "activity.a3", "incomes.e99", "<b>"] {
            assert_eq!(Block::parse(text), None, "{text}");
        }
    }

    #[test]
    fn not_knowing_a_block_leaves_none_of_its_facts_unasked() {
        let (fields, before) = answers();
        for block in Block::all(&before) {
            // Structure, which is always known.
            if block == Block::TaxReturns {
                continue;
            }
            let mut fields = fields.clone();
            block.say_unknown(&mut fields);
            let after = model::read(&fields, "2026-11-22".parse().unwrap());
            assert!(after.errors.is_empty(), "{block}: {:?}", after.errors);
            let told = after.facts.known.iter().any(|(key, fact)| {
                !before.facts.known.contains_key(key) && *fact == model::facts::Fact::Unknown
            });
            let already = block == Block::People;
            assert!(told || already, "{block}");
        }
    }
}
