//! A household back to the document that describes it: what a reproducer prints.

use std::collections::BTreeMap;

use law::situation::{
    Enfant, Fait, Faits, Famille, FoyerFiscal, Ménage, Part, Personne, Situation, Valeur,
};
use law_ir::{Book, Entity, Fact, History, Household, Instance, Membership, Value};

/// The document of the household.
///
/// A value that is not decimal is written to the sixth decimal place.
pub fn situation(book: &Book, household: &Household) -> Situation {
    let teller = Teller { book, household };
    Situation {
        personnes: (0..household.persons.len()).map(|rank| teller.person(rank)).collect(),
        familles: (0..household.families.len()).map(|rank| teller.family(rank)).collect(),
        foyers_fiscaux: (0..household.tax_households.len())
            .map(|rank| teller.tax_household(rank))
            .collect(),
        rattachés_ailleurs: household
            .persons
            .iter()
            .filter(|it| it.tax_household.is_none())
            .map(|it| it.id.clone())
            .collect(),
        ménages: (0..household.dwellings.len()).map(|rank| teller.dwelling(rank)).collect(),
    }
}

struct Teller<'a> {
    book: &'a Book,
    household: &'a Household,
}

impl Teller<'_> {
    fn id(&self, person: Instance) -> String {
        self.household.person(person).map(|it| it.id.clone()).unwrap_or_default()
    }

    fn ids(&self, persons: &[Instance]) -> Vec<String> {
        persons.iter().map(|it| self.id(*it)).collect()
    }

    fn person(&self, rank: usize) -> Personne {
        let id = self.household.persons.get(rank).map(|it| it.id.clone());
        Personne { id: id.unwrap_or_default(), nom: None, faits: self.facts(Entity::Person, rank) }
    }

    fn family(&self, rank: usize) -> Famille {
        let family = self.household.families.get(rank);
        let child = |person: &Instance| {
            let membership = self.household.person(*person).map(|it| it.membership);
            let share = match membership {
                Some(Membership::Child { share }) => share,
                _ => base::Rational::ONE,
            };
            let part = Part::ALL.into_iter().find(|it| it.share() == share);
            Enfant { personne: self.id(*person), part: part.unwrap_or(Part::Entière) }
        };
        Famille {
            demandeur: family.map(|it| self.id(it.applicant)).unwrap_or_default(),
            conjoint: family.and_then(|it| it.partner).map(|it| self.id(it)),
            enfants: family.map(|it| it.children.iter().map(child).collect()).unwrap_or_default(),
            faits: self.facts(Entity::Family, rank),
        }
    }

    fn tax_household(&self, rank: usize) -> FoyerFiscal {
        let group = self.household.tax_households.get(rank);
        FoyerFiscal {
            déclarants: group.map(|it| self.ids(&it.declarants)).unwrap_or_default(),
            à_charge: group.map(|it| self.ids(&it.dependants)).unwrap_or_default(),
            faits: self.facts(Entity::TaxHousehold, rank),
        }
    }

    fn dwelling(&self, rank: usize) -> Ménage {
        let group = self.household.dwellings.get(rank);
        Ménage {
            occupants: group.map(|it| self.ids(&it.occupants)).unwrap_or_default(),
            faits: self.facts(Entity::Dwelling, rank),
        }
    }

    fn facts(&self, entity: Entity, rank: usize) -> Faits {
        let instance = Instance::try_from(rank).unwrap_or(Instance::MAX);
        let mut res = BTreeMap::new();
        for (at, input) in self.book.inputs.iter().enumerate() {
            if input.entity != entity {
                continue;
            }
            let fait = match self.household.fact(law_ir::InputId::at(at), instance) {
                Fact::NotAsked => continue,
                Fact::Unknown => Fait::Inconnu,
                Fact::NotApplicable => Fait::SansObjet,
                Fact::Known(history) => self.history(history),
            };
            res.insert(input.name.clone(), fait);
        }
        res
    }

    fn history(&self, history: &History) -> Fait {
        if let ([(first, Some(value))], None) = (history.points.as_slice(), history.until)
            && *first == base::Month::of(1, 1)
        {
            return Fait::toujours(self.value(*value));
        }
        let value = |(month, value): &(base::Month, Option<Value>)| {
            (*month, value.map(|it| self.value(it)))
        };
        let depuis = history.points.iter().map(value).collect();
        Fait::Série { depuis, jusqu_au: history.until, source: None }
    }

    fn value(&self, value: Value) -> Valeur {
        match value {
            Value::Number(it) => Valeur::Nombre(it),
            Value::Bool(it) => Valeur::OuiNon(it),
            Value::Date(it) => Valeur::Texte(it.to_string()),
            Value::Case(id) => {
                Valeur::Texte(self.book.case(id).map(|it| it.name.clone()).unwrap_or_default())
            }
        }
    }
}
