//! The smallest household that still tells what it was found for.

use std::collections::BTreeSet;

use base::Month;
use law::Law;
use law::situation::{Fait, Situation};
use law_ir::Household;

use super::{Frozen, Line, Ordinary};
use crate::generate::situation;

/// Whether a household still tells it.
pub trait Changed: FnMut(&Household, Month) -> bool {}
impl<T: FnMut(&Household, Month) -> bool> Changed for T {}

/// The household with everything ordinary that can be, and as few members; `None` when it cannot be written
/// in a document that tells the same.
pub fn shrunk(
    law: &Law,
    ordinary: &Ordinary,
    household: &Household,
    month: Month,
    mut still: impl Changed,
) -> Option<Household> {
    let mut told = ordinary.reduce(situation(law.book(), household));
    let mut read = |told: &Situation| {
        let household = ordinary.complete(law, told).to_household(law).ok()?;
        // What is frozen is what the line gives once it is read.
        let (answers, rules) = (Vec::new(), BTreeSet::new());
        let frozen = Frozen { month, household, answers, rules };
        let line = Line::read(law, ordinary, &frozen.line(law, ordinary)?).ok()?;
        still(&line.household, month).then_some(line.household)
    };
    let mut best = read(&told)?;
    for smaller in [without_member, with_ordinary_fact, with_flat_fact] {
        let mut rank = 0;
        while let Some(tried) = smaller(&told, rank) {
            match tried.as_ref().and_then(&mut read) {
                Some(found) => {
                    told = tried.unwrap_or(told);
                    best = found;
                }
                None => rank += 1,
            }
        }
    }
    Some(best)
}

/// A smaller situation; `Some(None)` where there is nothing to make smaller, `None` past the last place.
type Smaller = Option<Option<Situation>>;

/// Without the child or the partner of that rank.
fn without_member(told: &Situation, rank: usize) -> Smaller {
    let members: Vec<String> = told
        .familles
        .iter()
        .flat_map(|it| {
            let children = it.enfants.iter().map(|it| it.personne.clone());
            children.chain(it.conjoint.clone())
        })
        .collect();
    let out = members.get(rank)?;
    let mut res = told.clone();
    res.personnes.retain(|it| it.id != *out);
    for family in &mut res.familles {
        family.enfants.retain(|it| it.personne != *out);
        family.conjoint = family.conjoint.take().filter(|it| it != out);
    }
    for taxed in &mut res.foyers_fiscaux {
        taxed.déclarants.retain(|it| it != out);
        taxed.à_charge.retain(|it| it != out);
    }
    res.foyers_fiscaux.retain(|it| !it.déclarants.is_empty());
    res.rattachés_ailleurs.retain(|it| it != out);
    for dwelling in &mut res.ménages {
        dwelling.occupants.retain(|it| it != out);
    }
    Some(Some(res))
}

/// The fact of that rank, among all those told.
fn nth_fact(told: &mut Situation, rank: usize) -> Option<(&mut law::situation::Faits, String)> {
    let groups = told
        .personnes
        .iter_mut()
        .map(|it| &mut it.faits)
        .chain(told.familles.iter_mut().map(|it| &mut it.faits))
        .chain(told.foyers_fiscaux.iter_mut().map(|it| &mut it.faits))
        .chain(told.ménages.iter_mut().map(|it| &mut it.faits));
    let mut left = rank;
    for facts in groups {
        match facts.keys().nth(left).cloned() {
            Some(name) => return Some((facts, name)),
            None => left = left.saturating_sub(facts.len()),
        }
    }
    None
}

fn with_ordinary_fact(told: &Situation, rank: usize) -> Smaller {
    let mut res = told.clone();
    let (facts, name) = nth_fact(&mut res, rank)?;
    if name == "date_de_naissance" {
        return Some(None);
    }
    facts.remove(&name);
    Some(Some(res))
}

/// Always worth what it was worth last, or first.
fn with_flat_fact(told: &Situation, rank: usize) -> Smaller {
    let mut res = told.clone();
    let (facts, name) = nth_fact(&mut res, rank / 2)?;
    let Some(Fait::Série { depuis, .. }) = facts.get(&name) else { return Some(None) };
    let kept = if rank.is_multiple_of(2) { depuis.last() } else { depuis.first() };
    let Some((_, Some(value))) = kept else { return Some(None) };
    let flat = Fait::toujours(value.clone());
    facts.insert(name, flat);
    Some(Some(res))
}
