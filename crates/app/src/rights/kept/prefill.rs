//! The answers the file already knows: who lives there, and what was said at the last check.

use base::Date;
use web::form::Fields;
use web::format;

use super::FILE;
use crate::cases::load::MemberHere;
use crate::households::store::MemberRole;
use crate::rights::model::{COUPLE, MAX_CHILDREN, MONTH};
use crate::spine::forms::FIELD;
use ::store::Id;

/// Which person a place of the form is: `d.a1`, `d.e2`.
const WHO: &str = "d";

/// Starts from the last answers; the household of today has the last word on who is there.
pub fn prefill(previous: Option<&Fields>, household: &[MemberHere], today: Date) -> Fields {
    let mut res = previous.cloned().unwrap_or_default();
    // The month studied is the current one again.
    res.remove(MONTH);
    let there: Vec<&MemberHere> = household.iter().filter(|it| it.member.is_there(today)).collect();
    let of = |role: MemberRole| there.iter().filter(move |it| it.member.role == role);
    place(&mut res, "a1", of(MemberRole::Adult).next().copied());
    let partner = of(MemberRole::Partner).next().copied();
    place(&mut res, "a2", partner);
    couple(&mut res, partner.is_some());
    let children: Vec<&MemberHere> =
        of(MemberRole::Child).filter(|it| it.member.share_percent >= 50).copied().collect();
    children_of(&mut res, &children);
    res
}

/// Without a partner the answer is known; with one, how they file their taxes is asked once.
fn couple(fields: &mut Fields, partner: bool) {
    match (partner, fields.get(COUPLE)) {
        (false, _) => fields.set(COUPLE, "alone"),
        (true, Some("alone")) => {
            fields.remove(COUPLE);
        }
        (true, _) => {}
    }
}

fn children_of(fields: &mut Fields, children: &[&MemberHere]) {
    let known = |fields: &Fields, n: u8| {
        let who = fields.get(&format!("{WHO}.e{n}"));
        who.and_then(|it| it.parse::<Id>().ok())
    };
    for n in 1..=MAX_CHILDREN {
        let stays = known(fields, n)
            .is_some_and(|it| children.iter().any(|child| child.member.person == it));
        if !stays {
            forget(fields, &format!("e{n}"));
        }
    }
    for child in children {
        let same = (1..=MAX_CHILDREN).find(|n| known(fields, *n) == Some(child.member.person));
        let free = (1..=MAX_CHILDREN).find(|n| known(fields, *n).is_none());
        let Some(n) = same.or(free) else { return };
        let slot = format!("e{n}");
        place(fields, &slot, Some(child));
        fields.set(format!("p.{slot}.here"), "oui");
        let custody = if child.member.share_percent == 50 { "shared" } else { "full" };
        fields.set(format!("p.{slot}.custody"), custody);
    }
}

/// Puts somebody in a place of the form; what was said of another in that place goes.
fn place(fields: &mut Fields, slot: &str, who: Option<&MemberHere>) {
    let key = format!("{WHO}.{slot}");
    let before = fields.get(&key).map(str::to_owned);
    let Some(who) = who else { return forget(fields, slot) };
    let person = who.member.person.to_string();
    if before.as_deref() != Some(&person) {
        forget(fields, slot);
    }
    fields.set(key, person);
    let name = match who.identity.first_name() {
        "" => who.identity.name(),
        first => first.to_owned(),
    };
    fields.set(format!("p.{slot}.name"), name);
    if let Some(birth) = who.identity.birth() {
        fields.set(format!("p.{slot}.birth"), format::date_input(birth));
    }
}

/// Every answer about one place, in all steps.
fn forget(fields: &mut Fields, slot: &str) {
    fields.retain(|name| name.split('.').nth(1) != Some(slot));
}

/// What is kept of what was sent: the answers, and which person is where. No button, no trail, no number.
pub fn answers(mut fields: Fields) -> Fields {
    let signals = [FIELD, FILE, "from", "check", "do"];
    fields.retain(|name| {
        !signals.contains(&name) && !name.starts_with("q.") && !name.starts_with("x.")
    });
    fields
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cases::pages::{sample_id, sample_member};
    use crate::rights::model;

    fn member(person: i64, first: &str, birth: &str, role: MemberRole, share: i64) -> MemberHere {
        let mut res = sample_member();
        res.member.person = sample_id(person);
        res.member.role = role;
        res.member.share_percent = share;
        res.member.starts_on = "2020-01-01".parse().unwrap();
        res.identity.first_names = first.to_owned();
        res.identity.birth_date = birth.to_owned();
        res
    }

    #[test]
    fn the_household_fills_the_first_step() {
        let today: Date = "2026-11-22".parse().unwrap();
        let household = [
            member(1, "Nadia", "1991-06-14", MemberRole::Adult, 100),
            member(2, "Inès", "2016-09-03", MemberRole::Child, 100),
            member(3, "Adam", "2020-02-21", MemberRole::Child, 50),
            member(4, "Lou", "2021-02-21", MemberRole::Child, 25),
        ];
        let fields = prefill(None, &household, today);
        let answers = model::read(&fields, today);
        assert!(answers.errors.is_empty(), "{:?}", answers.errors);
        let people = &answers.household.people;
        let names: Vec<&str> = people.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["Nadia", "Inès", "Adam"]);
        assert!(people[2].shared && !people[1].shared);
    }

    #[test]
    fn answers_follow_the_person_and_leave_with_them() {
        let today: Date = "2026-11-22".parse().unwrap();
        let nadia = member(1, "Nadia", "1991-06-14", MemberRole::Adult, 100);
        let ines = member(2, "Inès", "2008-09-03", MemberRole::Child, 100);
        let adam = member(3, "Adam", "2020-02-21", MemberRole::Child, 100);
        let mut last = prefill(None, &[nadia.clone(), ines, adam.clone()], today);
        last.set("i.a1.salary", "oui");
        last.set("i.e1.salary", "oui");
        last.set("month", "03/2026");
        // The elder left; the younger keeps their place, and nobody takes the other's income.
        let fields = prefill(Some(&last), &[nadia, adam], today);
        assert!(fields.is("i.a1.salary", "oui"));
        assert_eq!((fields.get("i.e1.salary"), fields.get("month")), (None, None));
        assert!(fields.is("p.e2.name", "Adam") && fields.get("p.e1.here").is_none());
        assert!(fields.is("p.couple", "alone"));
    }

    #[test]
    fn a_partner_makes_one_question() {
        let today: Date = "2026-11-22".parse().unwrap();
        let nadia = member(1, "Nadia", "1991-06-14", MemberRole::Adult, 100);
        let karim = member(2, "Karim", "1986-03-27", MemberRole::Partner, 100);
        let fields = prefill(None, &[nadia.clone(), karim.clone()], today);
        assert_eq!(fields.get("p.couple"), None);
        let mut last = fields.clone();
        last.set("p.couple", "joint");
        last.set("i.a2.salary", "oui");
        let again = prefill(Some(&last), &[nadia.clone(), karim], today);
        assert!(again.is("p.couple", "joint") && again.is("i.a2.salary", "oui"));
        let alone = prefill(Some(&last), &[nadia], today);
        assert!(alone.is("p.couple", "alone") && alone.get("i.a2.salary").is_none());
    }
}
