//! Everything an amount was made of, from the aid down to the facts.

use std::collections::HashSet;

use base::Month;
use law_ir::{
    ExprId, Fact, InputId, Instance, Op, ParamId, RuleId, Source, TableId, Type, Value,
};
use law_reference::{AidResult, Entry, Outcome, Step};

use crate::reader::Reader;
use crate::{Detail, DetailKind, format, formula};

pub(crate) fn details(reader: &Reader<'_>, aid: &AidResult) -> Vec<Detail> {
    let mut walk = Walk {
        reader,
        seen: HashSet::new(),
        params: HashSet::new(),
        tables: HashSet::new(),
        facts: HashSet::new(),
        res: Vec::new(),
    };
    if let Some(entry) = reader.aid_entry(aid) {
        walk.entry(entry, 0);
    }
    walk.res
}

struct Walk<'r, 'a> {
    reader: &'r Reader<'a>,
    seen: HashSet<(RuleId, Instance, Month)>,
    params: HashSet<(ParamId, usize)>,
    /// By version and by what was looked up.
    tables: HashSet<(TableId, usize, Vec<Option<Value>>)>,
    /// By person or group and by months: two rules may read different ones.
    facts: HashSet<(InputId, Instance, Option<Month>, Option<Month>)>,
    res: Vec<Detail>,
}

impl<'a> Walk<'_, 'a> {
    fn entry(&mut self, entry: &'a Entry, depth: usize) {
        if !self.seen.insert((entry.rule, entry.instance, entry.month)) {
            return;
        }
        let Some(rule) = self.reader.rule_of(entry) else { return };
        let mut below = depth;
        if !rule.hidden {
            below = depth.saturating_add(1);
            let mut sources: Vec<Source> = rule.sources.clone();
            if let Some(article) = &rule.article {
                let (title, link) = (article.title.clone(), article.link.clone());
                sources.push(Source { title, link, verified: None });
            }
            self.res.push(Detail {
                depth,
                kind: DetailKind::Rule,
                label: rule.label.clone(),
                about: self.reader.about(rule.entity, entry.instance),
                value: self.outcome(&entry.outcome, rule.ty),
                formula: formula::of_entry(self.reader, entry),
                period: self.other_month(entry.month),
                since: None,
                review_passed: false,
                provenance: None,
                sources,
            });
        }
        for step in &entry.steps {
            self.step(entry, step, below);
        }
    }

    fn step(&mut self, entry: &'a Entry, step: &Step, depth: usize) {
        match self.reader.op(step.expr) {
            Some(Op::Rule(id)) => {
                if let Some(inner) = self.reader.read_by(step, *id) {
                    self.entry(inner, depth);
                }
            }
            Some(Op::Param(id)) => self.param(*id, step, depth),
            Some(Op::Table { table, keys }) => self.table(entry, *table, keys, step, depth),
            Some(Op::Input(id)) => self.fact(entry, *id, step, depth),
            _ => {}
        }
    }

    fn param(&mut self, id: ParamId, step: &Step, depth: usize) {
        let Some(param) = self.reader.book.param(id) else { return };
        let Some((rank, version)) = param.at(step.month) else { return };
        if !self.params.insert((id, rank)) {
            return;
        }
        let Some(value) = version.value else { return };
        self.res.push(Detail {
            depth,
            kind: DetailKind::Parameter,
            label: param.label.clone(),
            about: String::new(),
            value: self.reader.write(value, param.ty),
            formula: None,
            period: self.other_month(step.month),
            since: Some(version.from),
            review_passed: self.review_passed(param.review_before, rank, param.versions.len()),
            provenance: None,
            sources: version.sources.clone(),
        });
    }

    /// Each line of a table that was read.
    fn table(
        &mut self,
        entry: &Entry,
        id: TableId,
        keys: &[ExprId],
        step: &Step,
        depth: usize,
    ) {
        let Some(table) = self.reader.book.table(id) else { return };
        let Some((rank, version)) = table.at(step.month) else { return };
        let Some(value) = step.value else { return };
        let place = (step.entity, step.instance, step.month);
        let found: Vec<_> =
            keys.iter().map(|it| self.reader.value_at(entry, place, *it)).collect();
        let words = found.iter().zip(&table.keys).filter_map(|(value, (_, ty))| {
            value.map(|it| self.reader.write(it, *ty))
        });
        let words: Vec<String> = words.collect();
        if !self.tables.insert((id, rank, found)) {
            return;
        }
        self.res.push(Detail {
            depth,
            kind: DetailKind::Parameter,
            label: format!("{} ({})", table.label, words.join(", ")),
            about: String::new(),
            value: self.reader.write(value, table.ty),
            formula: None,
            period: self.other_month(step.month),
            since: Some(version.from),
            review_passed: self.review_passed(table.review_before, rank, table.versions.len()),
            provenance: None,
            sources: version.sources.clone(),
        });
    }

    /// A fact once per person, with all the months this rule read.
    fn fact(&mut self, entry: &Entry, id: InputId, step: &Step, depth: usize) {
        let Some(input) = self.reader.book.input(id) else { return };
        let Some(instance) = self.reader.input_instance(step, id) else { return };
        let same = |it: &&Step| it.expr == step.expr && it.instance == step.instance;
        let mut values: Vec<(Month, Option<Value>)> =
            entry.steps.iter().filter(same).map(|it| (it.month, it.value)).collect();
        values.sort_by_key(|(month, _)| *month);
        values.dedup();
        let (first, last) = (values.first().map(|it| it.0), values.last().map(|it| it.0));
        if !self.facts.insert((id, instance, first, last)) {
            return;
        }
        self.res.push(Detail {
            depth,
            kind: DetailKind::Fact,
            label: input.label.clone(),
            about: self.reader.about(input.entity, instance),
            value: self.values(&values, input.ty),
            formula: None,
            period: match (first, last) {
                (Some(first), Some(last)) if first != last || first != self.reader.month => {
                    Some(format::months(first, last))
                }
                _ => None,
            },
            since: None,
            review_passed: false,
            provenance: match self.reader.household.fact(id, instance) {
                Fact::Known(history) => Some(history.provenance.clone()),
                Fact::NotAsked | Fact::Unknown | Fact::NotApplicable => None,
            },
            sources: Vec::new(),
        });
    }

    /// One value when it never moves, otherwise each with the month it starts.
    fn values(&self, values: &[(Month, Option<Value>)], ty: Type) -> String {
        let write = |value: Option<Value>| {
            value.map_or_else(|| "non connu".to_owned(), |it| self.reader.write(it, ty))
        };
        let mut runs: Vec<(Month, Option<Value>)> = Vec::new();
        for (month, value) in values {
            if runs.last().is_none_or(|(_, last)| last != value) {
                runs.push((*month, *value));
            }
        }
        match runs.as_slice() {
            [(_, only)] => write(*only),
            runs => {
                let parts = runs.iter().map(|(month, value)| {
                    format!("{} depuis {}", write(*value), format::month(*month))
                });
                parts.collect::<Vec<_>>().join(", puis ")
            }
        }
    }

    fn outcome(&self, outcome: &Outcome, ty: Type) -> String {
        match outcome {
            Outcome::Known(value) => self.reader.write(*value, ty),
            Outcome::Missing(_) => "à compléter".to_owned(),
        }
    }

    fn other_month(&self, month: Month) -> Option<String> {
        (month != self.reader.month).then(|| format::month(month))
    }

    /// Only the latest version can be out of date: the others have been replaced.
    fn review_passed(&self, before: Option<base::Date>, rank: usize, count: usize) -> bool {
        rank.saturating_add(1) == count
            && before.is_some_and(|it| self.reader.month.first_day().is_some_and(|day| day >= it))
    }
}
