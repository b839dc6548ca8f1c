//! A failure made smaller: fewer declarations, fewer facts, fewer months of history.

use base::Month;
use law::Law;
use law_ir::{Fact, Household, InputId, Instance};
use law_syntax::{FileId, ast::ItemKind, parse};

use super::trial::load;

/// What fails: a law, a household, a month.
pub(super) struct Failing<'a> {
    pub text: String,
    pub household: Household,
    pub month: Month,
    /// Whether it still fails.
    pub fails: &'a dyn Fn(&Law, &Household, Month) -> bool,
}

impl Failing<'_> {
    /// The smallest that still fails, one step at a time; bounded, for a failure may take long to see.
    pub fn shrunk(mut self) -> (String, Household) {
        for _ in 0..4 {
            let smaller = self.drop_items() | self.drop_facts();
            if !smaller {
                break;
            }
        }
        (self.text, self.household)
    }

    /// Leaves out rules, functions, aids and values nothing reads. Facts and enumerations keep their place:
    /// the household speaks of them by rank.
    fn drop_items(&mut self) -> bool {
        let mut res = false;
        let mut rank = 0;
        loop {
            let parsed = parse(FileId(0), &self.text);
            let Some(item) = parsed.file.items.get(rank) else { return res };
            let kept = matches!(item.kind, ItemKind::Input(_) | ItemKind::Enumeration(_));
            let range = item.span.start as usize..item.span.end as usize;
            let mut text = self.text.clone();
            if !kept && text.get(range.clone()).is_some() {
                text.replace_range(range, "");
                let fails = |law: Law| (self.fails)(&law, &self.household, self.month);
                if load(&text).is_some_and(fails) {
                    self.text = text;
                    res = true;
                    continue;
                }
            }
            rank += 1;
        }
    }

    fn drop_facts(&mut self) -> bool {
        let Some(law) = load(&self.text) else { return false };
        let mut res = false;
        for input in 0..law.book().inputs.len() {
            let instances = self.household.facts.get(input).map_or(0, Vec::len);
            for instance in 0..instances {
                let instance = Instance::try_from(instance).unwrap_or(Instance::MAX);
                res |= self.drop_fact(&law, InputId::at(input), instance);
            }
        }
        res
    }

    fn drop_fact(&mut self, law: &Law, input: InputId, instance: Instance) -> bool {
        let before = self.household.fact(input, instance).clone();
        let mut smaller = vec![Fact::NotAsked];
        if let Fact::Known(history) = &before
            && history.points.len() > 1
        {
            let only = |rank: usize| {
                let points = history.points.iter().skip(rank).take(1).copied().collect();
                Fact::Known(law_ir::History { points, ..history.clone() })
            };
            smaller.extend((0..history.points.len()).map(only));
        }
        for fact in smaller {
            if fact == before {
                continue;
            }
            self.household.set_fact(input, instance, fact);
            if (self.fails)(law, &self.household, self.month) {
                return true;
            }
        }
        self.household.set_fact(input, instance, before);
        false
    }
}
