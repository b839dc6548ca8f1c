//! Who is in the household: asked first, because it shapes all the rest.

use std::io::{self, BufRead, Write};

use law::Law;
use law::situation::{
    Enfant, Fait, Faits, Famille, FoyerFiscal, Ménage, Part, Personne, Situation,
};

use super::answer::{self, Answer};
use super::fr;
use super::talk::Talk;

const MOST_CHILDREN: usize = 15;
const BIRTH: &str = "date_de_naissance";

/// The persons and their groups, with the births; `None` when the person stops before the end.
pub fn ask<R: BufRead, W: Write>(
    law: &Law,
    talk: &mut Talk<R, W>,
) -> io::Result<Option<Situation>> {
    let Some(adults) = talk.ask(fr::ADULTS, |it| answer::count(it, 1, 2))? else {
        return Ok(None);
    };
    let mut together = true;
    if adults == 2 {
        let Some(one) = talk.ask(fr::ONE_TAX_RETURN, answer::yes_or_no)? else { return Ok(None) };
        together = one;
    }
    let Some(children) = talk.ask(fr::CHILDREN, |it| answer::count(it, 0, MOST_CHILDREN))? else {
        return Ok(None);
    };
    let mut situation = structure(adults, children, together);
    let people = situation.personnes.len();
    for rank in 0..people {
        let name = situation.personnes.get(rank).and_then(|it| it.nom.clone()).unwrap_or_default();
        let Some(situation_with) = birth(law, talk, &situation, rank, &name)? else {
            return Ok(None);
        };
        situation = situation_with;
        if rank >= adults {
            let question = fr::half_time(&name);
            let Some(half) = talk.ask(&question, answer::yes_or_no)? else { return Ok(None) };
            let family = situation.familles.first_mut();
            let child = family.and_then(|it| it.enfants.get_mut(rank - adults));
            if let Some(child) = child {
                child.part = if half { Part::Moitié } else { Part::Entière };
            }
        }
    }
    Ok(Some(situation))
}

/// One birth, checked against those already said: a child is younger than both parents.
fn birth<R: BufRead, W: Write>(
    law: &Law,
    talk: &mut Talk<R, W>,
    situation: &Situation,
    rank: usize,
    name: &str,
) -> io::Result<Option<Situation>> {
    talk.ask(&fr::birth(name), |text| {
        let mut next = situation.clone();
        let Some(person) = next.personnes.get_mut(rank) else { return Ok(next) };
        match answer::day(text)? {
            Answer::Value(day) => {
                person.faits.insert(BIRTH.to_owned(), Fait::toujours(day.to_string().as_str()));
            }
            Answer::Unknown => {
                person.faits.insert(BIRTH.to_owned(), Fait::Inconnu);
            }
        }
        match next.to_household(law) {
            Ok(_) => Ok(next),
            Err(errors) => Err(answer::refusals(&errors)),
        }
    })
}

fn structure(adults: usize, children: usize, together: bool) -> Situation {
    let adult_ids: Vec<String> = (1..=adults).map(|rank| format!("adulte{rank}")).collect();
    let child_ids: Vec<String> = (1..=children).map(|rank| format!("enfant{rank}")).collect();
    let person = |(id, nom): (&String, String)| Personne {
        id: id.clone(),
        nom: Some(nom),
        faits: Faits::new(),
    };
    let adult_names = (1..=adults).map(|rank| fr::adult(rank, adults));
    let child_names = (1..=children).map(|rank| fr::child(rank, children));
    let named = adult_ids.iter().zip(adult_names).chain(child_ids.iter().zip(child_names));
    let declarants: Vec<Vec<String>> = if together {
        vec![adult_ids.clone()]
    } else {
        adult_ids.iter().map(|id| vec![id.clone()]).collect()
    };
    let mut dependants = Some(child_ids.clone());
    Situation {
        personnes: named.map(person).collect(),
        familles: vec![Famille {
            demandeur: adult_ids.first().cloned().unwrap_or_default(),
            conjoint: adult_ids.get(1).cloned(),
            enfants: child_ids
                .iter()
                .map(|id| Enfant { personne: id.clone(), part: Part::Entière })
                .collect(),
            faits: Faits::new(),
        }],
        foyers_fiscaux: declarants
            .into_iter()
            .map(|déclarants| FoyerFiscal {
                déclarants,
                à_charge: dependants.take().unwrap_or_default(),
                faits: Faits::new(),
            })
            .collect(),
        rattachés_ailleurs: Vec::new(),
        ménages: vec![Ménage {
            occupants: adult_ids.into_iter().chain(child_ids).collect(),
            faits: Faits::new(),
        }],
    }
}
