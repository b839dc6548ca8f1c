//! Households at random: any fact the book knows, with any value it admits.
//!
//! Nothing here knows what a fact means, birth dates aside: a new `donnée` is drawn the day it is written.

use base::{Month, Rational};
use law::situation::{
    Enfant, Fait, Faits, Famille, FoyerFiscal, Ménage, Part, Personne, Situation, Valeur,
};
use law::{Entity, Input, Law, Nature, Type, Value};
use proptest::prelude::*;

/// A situation where every fact of the book is known.
pub fn situation() -> impl Strategy<Value = Situation> {
    // A tape of choices: shrinking it to zeros shrinks the household to the simplest one.
    prop::collection::vec(any::<u16>(), 0..1500).prop_map(|tape| Draw { tape, at: 0 }.situation())
}

struct Draw {
    tape: Vec<u16>,
    at: usize,
}

impl Draw {
    /// One of 0, 1, … `count - 1`; 0 once the tape is over.
    fn below(&mut self, count: usize) -> usize {
        let choice = self.tape.get(self.at).copied().unwrap_or_default();
        self.at += 1;
        usize::from(choice) % count.max(1)
    }

    fn situation(mut self) -> Situation {
        let (adults, children) = (1 + self.below(2), self.below(5));
        let ids: Vec<String> = (0..adults + children).map(|rank| format!("p{rank}")).collect();
        let (adult_ids, child_ids) = ids.split_at(adults);
        let apart = adults == 2 && self.below(3) == 2;
        let declarants: Vec<_> =
            if apart { adult_ids.chunks(1).collect() } else { vec![adult_ids] };
        let mut dependants = Some(child_ids.to_vec());
        Situation {
            personnes: ids
                .iter()
                .enumerate()
                .map(|(rank, id)| self.person(id, rank, adults))
                .collect(),
            familles: vec![Famille {
                demandeur: ids[0].clone(),
                conjoint: (adults == 2).then(|| ids[1].clone()),
                enfants: child_ids.iter().map(|id| self.child(id)).collect(),
                faits: self.facts(Entity::Family),
            }],
            foyers_fiscaux: declarants
                .into_iter()
                .map(|it| FoyerFiscal {
                    déclarants: it.to_vec(),
                    à_charge: dependants.take().unwrap_or_default(),
                    faits: self.facts(Entity::TaxHousehold),
                })
                .collect(),
            rattachés_ailleurs: Vec::new(),
            ménages: vec![Ménage { occupants: ids, faits: self.facts(Entity::Dwelling) }],
        }
    }

    fn person(&mut self, id: &str, rank: usize, adults: usize) -> Personne {
        let mut faits = self.facts(Entity::Person);
        // Each on a day of their own: twins are told apart by the order of the document.
        let year = if rank < adults { 1960 + self.below(46) } else { 2006 + self.below(20) };
        let (month, day) = (1 + self.below(12), 1 + rank);
        let born = format!("{year}-{month:02}-{day:02}");
        faits.insert("date_de_naissance".to_owned(), Fait::toujours(born.as_str()));
        Personne { id: id.to_owned(), nom: None, faits }
    }

    fn child(&mut self, id: &str) -> Enfant {
        let part = [Part::Entière, Part::Entière, Part::Moitié, Part::Aucune][self.below(4)];
        Enfant { personne: id.to_owned(), part }
    }

    fn facts(&mut self, entity: Entity) -> Faits {
        let inputs = Law::national().book().inputs.iter().filter(|it| it.entity == entity);
        inputs.map(|it| (it.name.clone(), self.fact(it))).collect()
    }

    fn fact(&mut self, input: &Input) -> Fait {
        let first = self.value(input);
        let changes = input.nature != Nature::Permanent && self.below(3) == 2;
        if !changes {
            return Fait::toujours(first);
        }
        let change = Month::of(2025, 1 + i32::try_from(self.below(18)).unwrap());
        let depuis = vec![(Month::of(2000, 1), Some(first)), (change, Some(self.value(input)))];
        Fait::Série { depuis, jusqu_au: Some(Month::of(2027, 12)), source: None }
    }

    fn value(&mut self, input: &Input) -> Valeur {
        match input.ty {
            Type::Bool => Valeur::OuiNon(self.below(3) == 2),
            Type::Date => {
                let (year, month) = (2010 + self.below(17), 1 + self.below(12));
                Valeur::Texte(format!("{year}-{month:02}-{:02}", 1 + self.below(28)))
            }
            Type::Enum(id) => {
                let book = Law::national().book();
                let cases = &book.enumeration(id).unwrap().cases;
                Valeur::Texte(book.case(cases[self.below(cases.len())]).unwrap().name.clone())
            }
            Type::Number(_) | Type::Zero | Type::Unknown => Valeur::Nombre(self.number(input)),
        }
    }

    /// Mostly zero or small; cents included; never out of the bounds of the fact.
    fn number(&mut self, input: &Input) -> Rational {
        let cents = match self.below(4) {
            0 | 1 => 0,
            2 => self.below(300_000),
            _ => self.below(3_000_000),
        };
        let value = Rational::from_cents(i64::try_from(cents).unwrap());
        match input.bounds {
            Some((Value::Number(low), Value::Number(high))) => value.clamp(low, high),
            _ => value,
        }
    }
}
