//! Everything an amount was made of, from the aid down to the facts.

use std::collections::{BTreeMap, HashMap, HashSet};

use base::Month;
use law_ir::{
    ExprId, Fact, FunctionId, InputId, Instance, Op, ParamId, Rule, RuleId, RuleKind, Source,
    TableId, Type, Value,
};
use law_reference::{AidResult, Entry, Outcome, Step};

use crate::reader::Reader;
use crate::{Detail, DetailKind, format, formula};

pub(crate) fn details(reader: &Reader<'_>, aid: &AidResult) -> Vec<Detail> {
    let mut walk = Walk {
        reader,
        seen: HashSet::new(),
        params: HashSet::new(),
        calls: HashSet::new(),
        tables: HashSet::new(),
        facts: HashMap::new(),
        res: Vec::new(),
    };
    if let Some(entry) = reader.aid_entry(aid) {
        walk.entry(entry, 0);
    }
    walk.tell_months();
    walk.res
}

struct Walk<'r, 'a> {
    reader: &'r Reader<'a>,
    seen: HashSet<(RuleId, Instance, Month)>,
    params: HashSet<(ParamId, usize)>,
    calls: HashSet<(FunctionId, Value)>,
    /// By version and by what was looked up.
    tables: HashSet<(TableId, usize, Vec<Option<Value>>)>,
    /// Where each is told, and what was read of it.
    facts: HashMap<(InputId, Instance), Read>,
    res: Vec<Detail>,
}

/// A fact that was read: the rank of its line, and its value in each month a rule read.
struct Read {
    at: usize,
    months: BTreeMap<Month, Option<Value>>,
}

impl<'a> Walk<'_, 'a> {
    fn entry(&mut self, entry: &'a Entry, depth: usize) {
        if !self.seen.insert((entry.rule, entry.instance, entry.month)) {
            return;
        }
        let Some(rule) = self.reader.rule_of(entry) else { return };
        // Another aid that this one reads has its own explanation: its amount is told, not how.
        let another = depth > 0 && matches!(rule.kind, RuleKind::Aid(_));
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
                formula: if another { None } else { formula::of_entry(self.reader, entry) },
                period: self.other_month(entry.month),
                since: None,
                review_passed: false,
                provenance: None,
                choice: self.choice(rule),
                sources,
            });
        }
        if another {
            self.told_elsewhere(entry);
            return;
        }
        for step in self.reader.steps(entry) {
            self.step(entry, step, below);
        }
    }

    /// The rules below another aid are told with it, not here.
    fn told_elsewhere(&mut self, entry: &'a Entry) {
        for step in self.reader.steps(entry) {
            let Some(Op::Rule(id)) = self.reader.op(step.expr) else { continue };
            let Some(inner) = self.reader.read_by(step, *id) else { continue };
            if self.seen.insert((inner.rule, inner.instance, inner.month)) {
                self.told_elsewhere(inner);
            }
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
            Some(Op::Input(id)) => self.fact(*id, step, depth),
            Some(Op::Call { function, body }) => self.call(entry, *function, *body, step, depth),
            _ => {}
        }
    }

    /// A function of the law, with what it gave and its article.
    fn call(&mut self, entry: &Entry, id: FunctionId, body: ExprId, step: &Step, depth: usize) {
        let Some(function) = self.reader.book.function(id) else { return };
        let Some(value) = self.reader.trace.value(step) else { return };
        if !self.calls.insert((id, value)) {
            return;
        }
        let mut sources = function.sources.clone();
        if let Some(article) = &function.article {
            let (title, link) = (article.title.clone(), article.link.clone());
            sources.push(Source { title, link, verified: None });
        }
        let here = (step.instance, step.month) == (entry.instance, entry.month);
        self.res.push(Detail {
            depth,
            kind: DetailKind::Rule,
            label: function.label.clone(),
            about: String::new(),
            value: self.reader.write(value, function.ty),
            formula: here.then(|| formula::text(self.reader, entry, body, 0)),
            period: self.other_month(step.month),
            since: None,
            review_passed: false,
            provenance: None,
            choice: None,
            sources,
        });
    }

    /// The reading of the law that the rule rests on, in a sentence.
    fn choice(&self, rule: &Rule) -> Option<String> {
        let choice = self.reader.book.choices.get(rule.choice?)?;
        Some(match &choice.reason {
            Some(reason) => format!("{} ({reason})", choice.decision),
            None => choice.decision.clone(),
        })
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
            choice: None,
            sources: version.sources.clone(),
        });
    }

    /// Each line of a table that was read.
    fn table(&mut self, entry: &Entry, id: TableId, keys: &[ExprId], step: &Step, depth: usize) {
        let Some(table) = self.reader.book.table(id) else { return };
        let Some((rank, version)) = table.at(step.month) else { return };
        let Some(value) = self.reader.trace.value(step) else { return };
        let place = (step.entity, step.instance, step.month);
        let found: Vec<_> = keys.iter().map(|it| self.reader.value_at(entry, place, *it)).collect();
        let words = found
            .iter()
            .zip(&table.keys)
            .filter_map(|(value, (_, ty))| value.map(|it| self.reader.write(it, *ty)));
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
            choice: None,
            sources: version.sources.clone(),
        });
    }

    /// A fact once per person or group, where it is first read; its months are told at the end.
    fn fact(&mut self, id: InputId, step: &Step, depth: usize) {
        let Some(input) = self.reader.book.input(id) else { return };
        let Some(instance) = self.reader.input_instance(step, id) else { return };
        let at = self.res.len();
        let new = || Read { at, months: BTreeMap::new() };
        let read = self.facts.entry((id, instance)).or_insert_with(new);
        let first = read.months.is_empty();
        read.months.insert(step.month, self.reader.trace.value(step));
        if !first {
            return;
        }
        self.res.push(Detail {
            depth,
            kind: DetailKind::Fact,
            label: input.label.clone(),
            about: self.reader.about(input.entity, instance),
            value: String::new(),
            formula: None,
            period: None,
            since: None,
            review_passed: false,
            provenance: match self.reader.household.fact(id, instance) {
                Fact::Known(history) => Some(history.provenance.clone()),
                Fact::NotAsked | Fact::Unknown | Fact::NotApplicable => None,
            },
            choice: None,
            sources: Vec::new(),
        });
    }

    /// All the months any rule read of each fact.
    fn tell_months(&mut self) {
        let facts = std::mem::take(&mut self.facts);
        for ((id, _), Read { at, months }) in facts {
            let ty = self.reader.book.input(id).map_or(Type::Unknown, |it| it.ty);
            let value = self.values(&months, ty);
            let (first, last) = (months.keys().next(), months.keys().next_back());
            let period = first
                .zip(last)
                .filter(|(first, last)| first != last || **first != self.reader.month);
            if let Some(detail) = self.res.get_mut(at) {
                detail.value = value;
                detail.period = period.map(|(first, last)| format::months(*first, *last));
            }
        }
    }

    /// One value when it never moves, otherwise each with the months it was read for.
    fn values(&self, values: &BTreeMap<Month, Option<Value>>, ty: Type) -> String {
        let write = |value: Option<Value>| {
            value.map_or_else(|| "non connu".to_owned(), |it| self.reader.write(it, ty))
        };
        let mut runs: Vec<(Month, Month, Option<Value>)> = Vec::new();
        for (month, value) in values {
            match runs.last_mut() {
                Some((_, last, same)) if same == value => *last = *month,
                _ => runs.push((*month, *month, *value)),
            }
        }
        match runs.as_slice() {
            [(_, _, only)] => write(*only),
            runs => {
                let parts = runs.iter().map(|(first, last, value)| {
                    format!("{} ({})", write(*value), format::months(*first, *last))
                });
                parts.collect::<Vec<_>>().join(", puis ")
            }
        }
    }

    fn outcome(&self, outcome: &Outcome, ty: Type) -> String {
        match outcome {
            Outcome::Known(value) => self.reader.write(*value, ty),
            Outcome::Missing(_) => "à compléter".to_owned(),
            Outcome::Impossible(_) => "calcul impossible".to_owned(),
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
