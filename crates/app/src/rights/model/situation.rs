//! The answers, as the document the law reads.

use std::collections::BTreeMap;

use law::situation::{
    Enfant, Fait, Faits, Famille, FoyerFiscal, Ménage, Part, Personne, Situation, Valeur,
};

use super::facts::{Datum, Fact, Facts, Owner, Source, Who};
use super::{Answers, Person, Structure};
use crate::rights::fr;

/// The situation of one household: one family, one dwelling, one or two tax returns.
pub fn situation(answers: &Answers) -> Situation {
    let Answers { household, facts, .. } = answers;
    let ids = |people: &mut dyn Iterator<Item = &Person>| people.map(id).collect::<Vec<_>>();
    let returns = household.tax_returns();
    let elsewhere = |it: &&Person| it.tax_return.is_none_or(|adult| !returns.contains(&adult));
    Situation {
        personnes: household.people.iter().map(|person| personne(person, facts)).collect(),
        familles: vec![famille(household, facts)],
        foyers_fiscaux: returns.iter().map(|adult| foyer_fiscal(household, *adult)).collect(),
        rattachés_ailleurs: ids(&mut household.people.iter().filter(elsewhere)),
        ménages: vec![Ménage {
            occupants: ids(&mut household.people.iter()),
            faits: faits(facts, Owner::Dwelling),
        }],
    }
}

/// Whose fact a path of the situation (`personnes[1].faits.loyer`) speaks of, and its name.
pub fn owner_of_path<'p>(household: &Structure, path: &'p str) -> Option<(Owner, &'p str)> {
    let (group, rest) = path.split_once('[')?;
    let (rank, rest) = rest.split_once(']')?;
    let rank: usize = rank.parse().ok()?;
    let fact = rest.strip_prefix(".faits.")?.split('.').next()?;
    let owner = match group {
        "personnes" => Owner::Person(household.people.get(rank)?.who),
        "familles" => Owner::Family,
        "ménages" => Owner::Dwelling,
        _ => return None,
    };
    Some((owner, fact))
}

/// The owner of the instance `rank` of an entity, in the order [`situation`] writes them.
pub fn owner_of_instance(household: &Structure, entity: law::Entity, rank: usize) -> Option<Owner> {
    match entity {
        law::Entity::Person => household.people.get(rank).map(|it| Owner::Person(it.who)),
        law::Entity::Family => Some(Owner::Family),
        // The form asks nothing of a tax return as a whole.
        law::Entity::TaxHousehold => None,
        law::Entity::Dwelling => Some(Owner::Dwelling),
    }
}

fn id(person: &Person) -> String {
    person.who.to_string()
}

fn personne(person: &Person, facts: &Facts) -> Personne {
    let faits = faits(facts, Owner::Person(person.who));
    Personne { id: id(person), nom: Some(person.name.clone()), faits }
}

fn famille(household: &Structure, facts: &Facts) -> Famille {
    let enfant = |it: &Person| Enfant {
        personne: id(it),
        part: if it.shared { Part::Moitié } else { Part::Entière },
    };
    Famille {
        demandeur: Who::Adult(1).to_string(),
        conjoint: household.adults().find(|it| it.who == Who::Adult(2)).map(id),
        enfants: household.children().map(enfant).collect(),
        faits: faits(facts, Owner::Family),
    }
}

fn foyer_fiscal(household: &Structure, adult: u8) -> FoyerFiscal {
    let on_it = |it: &&Person| it.tax_return == Some(adult);
    FoyerFiscal {
        déclarants: household.adults().filter(on_it).map(id).collect(),
        à_charge: household.children().filter(on_it).map(id).collect(),
        faits: Faits::new(),
    }
}

fn faits(facts: &Facts, owner: Owner) -> Faits {
    let of_owner = facts.known.iter().filter(|((it, _), _)| *it == owner);
    of_owner.map(|((_, name), fact)| ((*name).to_owned(), fait(fact))).collect::<BTreeMap<_, _>>()
}

fn fait(fact: &Fact) -> Fait {
    match fact {
        Fact::Always(datum) => Fait::Valeur { valeur: valeur(*datum), source: None },
        Fact::Unknown => Fait::Inconnu,
        Fact::Since { points, until, source } => Fait::Série {
            depuis: points.iter().map(|(month, datum)| (*month, datum.map(valeur))).collect(),
            jusqu_au: *until,
            source: match source {
                Source::Declared => None,
                Source::TaxNotice => Some(fr::FROM_TAX_NOTICE.to_owned()),
            },
        },
    }
}

fn valeur(datum: Datum) -> Valeur {
    match datum {
        Datum::Number(number) => Valeur::Nombre(number),
        Datum::Bool(value) => Valeur::OuiNon(value),
        Datum::Date(date) => Valeur::Texte(date.to_string()),
        Datum::Case(name) => Valeur::Texte(name.to_owned()),
    }
}
