use std::cell::RefCell;
use std::collections::HashSet;
use std::io::{BufReader, Read, Write};
use std::rc::Rc;

use base::{Month, Rational};
use law::situation::{EXAMPLES, Situation, read};
use law::unknowns::filled;
use law::{Household, Law, Status, Type, Value};

use super::converse;
use super::talk::Talk;

/// What has been said so far, seen by the one who speaks and by the one who answers.
#[derive(Clone, Default)]
struct Said(Rc<RefCell<Vec<u8>>>);

impl Said {
    fn text(&self) -> String {
        String::from_utf8(self.0.borrow().clone()).unwrap()
    }
}

impl Write for Said {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Somebody who reads the question before answering it.
struct Person<F> {
    said: Said,
    heard: usize,
    asked: Rc<RefCell<Vec<String>>>,
    answers: F,
}

impl<F: FnMut(&str) -> String> Read for Person<F> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let text = self.said.text();
        let new = text[self.heard..].to_owned();
        self.heard = text.len();
        let answer = (self.answers)(&new);
        self.asked.borrow_mut().push(new);
        let line = format!("{answer}\n");
        buffer[..line.len()].copy_from_slice(line.as_bytes());
        Ok(line.len())
    }
}

struct Told {
    text: String,
    asked: Vec<String>,
    situation: Situation,
}

fn interview(known: Option<Situation>, answers: impl FnMut(&str) -> String) -> Told {
    let said = Said::default();
    let asked = Rc::new(RefCell::new(Vec::new()));
    let person = Person { said: said.clone(), heard: 0, asked: Rc::clone(&asked), answers };
    let talk = Talk::new(BufReader::with_capacity(256, person), said.clone());
    let situation = converse(Law::national(), Month::of(2026, 5), known, talk).unwrap();
    let asked = asked.borrow().clone();
    Told { text: said.text(), asked, situation }
}

/// A mother alone with two children, a tenant, part-time.
fn nadia(question: &str) -> String {
    let known = [
        ("Combien d’adultes", "1"),
        ("Combien d’enfants", "2"),
        ("Vous : date de naissance", "14/06/1991"),
        ("Enfant 1 : date de naissance", "03/09/2016"),
        ("Enfant 2 : date de naissance", "2020-02-21"),
        ("la moitié du temps", "non"),
        ("nationalité", "française"),
        ("en ce moment", "1"),
        ("territoire se trouve", "métropole"),
        ("dans quelle zone", "zone_2"),
        ("Comment êtes-vous logé", "1"),
        ("de loyer", "412,50"),
        ("montant net social", "980,60 €"),
        ("net imposable", "1 016,41"),
        ("vit-il ou elle seul", "10/05/2022"),
        ("Depuis quel mois l'aide au logement", "01/10/2023"),
    ];
    let lower = question.to_lowercase();
    let found = known.iter().rev().find(|(words, _)| lower.contains(&words.to_lowercase()));
    match found {
        Some((_, answer)) => (*answer).to_owned(),
        None if question.contains("oui ou non") => "non".to_owned(),
        None if question.contains("un nombre") => "0".to_owned(),
        None if question.contains("jour/mois/année") => "?".to_owned(),
        None => "1".to_owned(),
    }
}

/// The household with every fact that a rule still asks for filled with its first value: what was not asked
/// changes nothing.
fn completed(mut household: Household, month: Month) -> Household {
    let law = Law::national();
    loop {
        let evaluation = law.evaluate_untraced(&household, month);
        let missing =
            evaluation.aids.iter().flat_map(|it| &it.missing).copied().collect::<Vec<_>>();
        if missing.is_empty() {
            return household;
        }
        for fact in missing {
            let input = fact.input.unwrap();
            let value = match law.book().input(input).unwrap().ty {
                Type::Bool => Value::Bool(true),
                Type::Date => Value::Date("2001-02-03".parse().unwrap()),
                Type::Enum(id) => Value::Case(law.book().enumeration(id).unwrap().cases[0]),
                Type::Number(_) | Type::Zero | Type::Unknown => Value::Number(Rational::from(70)),
            };
            let filled = filled(household.fact(input, fact.instance), value, "");
            household.set_fact(input, fact.instance, filled);
        }
    }
}

#[test]
fn a_whole_interview_ends_with_the_exact_rights() {
    let law = Law::national();
    let month = Month::of(2026, 5);
    let told = interview(None, nadia);
    let household = completed(told.situation.to_household(law).unwrap(), month);
    let exact = law.evaluate_untraced(&household, month);
    let of = |name: &str| exact.aids.iter().find(|it| it.name == name).unwrap();
    assert_eq!(of("allocations_familiales").status, Status::Due);
    assert_eq!(of("asf").status, Status::Due);
    let (_, end) = told.text.rsplit_once("\n\n\nDroits certains, quelles").unwrap();
    for aid in exact.aids.iter().filter(|it| it.status == Status::Due) {
        let amount = law::format::money(aid.amount.unwrap());
        let line = format!("{} : {amount} par mois", aid.label);
        assert!(end.contains(&line), "{line}\n{}", told.text);
    }
    assert!(!end.contains("Droits possibles"), "{end}");
    assert!(told.asked.len() < 60, "{} questions", told.asked.len());
    println!("{}", told.text);
}

#[test]
fn nothing_is_asked_twice_even_when_nothing_is_known() {
    let told = interview(None, |question| {
        if question.contains("Combien d’adultes") || question.contains("Combien d’enfants") {
            "1".to_owned()
        } else if question.contains("la moitié du temps") {
            "non".to_owned()
        } else {
            "?".to_owned()
        }
    });
    let mut seen = HashSet::new();
    for question in &told.asked {
        let last = question.rsplit("\n\n").next().unwrap();
        let words: Vec<_> = last.lines().filter(|it| it.contains('?')).collect();
        assert!(seen.insert(words.join("\n")), "{question}");
    }
    assert!(told.text.contains("resterait à savoir"), "{}", told.text);
    assert!(!told.text.contains("> \n> "), "{}", told.text);
}

#[test]
fn a_wrong_answer_is_told_and_asked_again() {
    let mut wrong = vec!["beaucoup", "3", "-1"].into_iter();
    let mut days = vec!["31/02/2020", "hier"].into_iter();
    let told = interview(None, |question| {
        if question.contains("Combien d’adultes") || question.contains("de 1 à 2") {
            return wrong.next().unwrap_or("1").to_owned();
        }
        if question.contains("date de naissance") || question.contains("n’est pas une date") {
            return days.next().unwrap_or("-").to_owned();
        }
        "0".to_owned()
    });
    assert!(told.text.contains("« beaucoup » : donnez un nombre de 1 à 2"), "{}", told.text);
    assert!(told.text.contains("« 31/02/2020 » n’est pas une date"), "{}", told.text);
    assert!(told.text.contains("rien n’est calculé"), "{}", told.text);
    assert_eq!(told.situation, Situation::default());
}

#[test]
fn an_amount_out_of_bounds_is_refused_with_a_reason() {
    let mut first = true;
    let told = interview(None, |question| {
        if question.contains("de loyer") {
            return "900 000".to_owned();
        }
        if question.contains("ne peut pas être prise") {
            first = false;
            return "-".to_owned();
        }
        nadia(question)
    });
    assert!(!first, "{}", told.text);
    assert!(told.text.contains("Cette réponse ne peut pas être prise"), "{}", told.text);
}

#[test]
fn a_known_situation_is_not_asked_again_and_a_dash_stops() {
    let law = Law::national();
    let json = EXAMPLES[0].json;
    let (known, _) = read(law, json.as_bytes()).unwrap();
    let told = interview(Some(known.clone()), |question| panic!("{question}"));
    assert_eq!(told.situation, known);
    assert!(told.text.contains("Droits certains"), "{}", told.text);

    let told = interview(None, |question| {
        if question.contains("compte encore") || question.contains("comptent encore") {
            "-".to_owned()
        } else {
            nadia(question)
        }
    });
    assert!(told.text.contains("Droits possibles"), "{}", told.text);
    let json = serde_json::to_vec(&told.situation).unwrap();
    assert_eq!(read(law, &json).unwrap().0, told.situation);
}
