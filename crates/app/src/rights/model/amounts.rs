//! Amounts told in several places of the form, put together fact by fact.

use std::collections::{BTreeMap, BTreeSet};

use base::{Month, Rational};

use super::facts::{Datum, Fact, Facts, Owner};
use super::timeline::Timeline;

#[derive(Debug, Default)]
pub struct Amounts {
    timelines: BTreeMap<(Owner, &'static str), Timeline>,
    unknown: BTreeSet<(Owner, &'static str)>,
}

impl Amounts {
    /// From `first` to `last`, both included.
    pub fn put(
        &mut self,
        owner: Owner,
        fact: &'static str,
        first: Month,
        last: Month,
        value: Option<Datum>,
    ) {
        self.timelines.entry((owner, fact)).or_default().put(first, last, value);
    }

    pub fn put_year(&mut self, owner: Owner, fact: &'static str, year: i32, amount: Rational) {
        self.timelines.entry((owner, fact)).or_default().put_year(year, amount);
    }

    /// The person was asked and does not know; what they know of other months stays.
    pub fn say_unknown(&mut self, owner: Owner, fact: &'static str) {
        self.unknown.insert((owner, fact));
    }

    pub fn is_empty(&self, owner: Owner, fact: &'static str) -> bool {
        self.timelines.get(&(owner, fact)).is_none_or(Timeline::is_empty)
    }

    pub fn settle(self, facts: &mut Facts) {
        for ((owner, name), timeline) in self.timelines {
            if let Some(fact) = timeline.into_fact() {
                facts.tell(owner, name, fact);
            }
        }
        for key in self.unknown {
            facts.known.entry(key).or_insert(Fact::Unknown);
        }
    }
}
