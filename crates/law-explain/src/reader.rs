//! The trace, indexed, and the names of people and things.

use std::collections::HashMap;

use base::Month;
use law_ir::{Book, Entity, ExprId, Household, InputId, Instance, Op, Rule, RuleId, Type, Value};
use law_reference::{AidResult, Entry, Evaluation, Step, Trace};

/// Finds entries of the trace and puts them in words.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    pub book: &'a Book,
    pub household: &'a Household,
    pub month: Month,
    pub trace: &'a Trace,
    entries: HashMap<(RuleId, Instance, Month), &'a Entry>,
}

impl<'a> Reader<'a> {
    pub fn new(book: &'a Book, household: &'a Household, evaluation: &'a Evaluation) -> Self {
        let entries = evaluation.trace.entries.iter();
        let entries = entries.map(|it| ((it.rule, it.instance, it.month), it)).collect();
        let (month, trace) = (evaluation.month, &evaluation.trace);
        Self { book, household, month, trace, entries }
    }

    pub fn aid_entry(&self, aid: &AidResult) -> Option<&'a Entry> {
        self.entry(aid.aid, aid.instance, self.month)
    }

    pub fn entry(&self, rule: RuleId, instance: Instance, month: Month) -> Option<&'a Entry> {
        self.entries.get(&(rule, instance, month)).copied()
    }

    pub fn rule_of(&self, entry: &Entry) -> Option<&'a Rule> {
        self.book.rule(entry.rule)
    }

    pub fn op(&self, expr: ExprId) -> Option<&'a Op> {
        self.book.node(expr).map(|it| &it.op)
    }

    pub fn type_of(&self, expr: ExprId) -> Type {
        self.book.node(expr).map_or(Type::Unknown, |it| it.ty)
    }

    /// What the expression was worth in this entry, for the entry's own instance and month.
    pub fn value(&self, entry: &Entry, expr: ExprId) -> Option<Value> {
        let entity = self.rule_of(entry)?.entity;
        self.value_at(entry, (entity, entry.instance, entry.month), expr)
    }

    /// What the expression was worth in this entry, for somebody and a month.
    pub fn value_at(
        &self,
        entry: &Entry,
        place: (Entity, Instance, Month),
        expr: ExprId,
    ) -> Option<Value> {
        match self.op(expr) {
            Some(Op::Const(value)) => Some(*value),
            _ => self.trace.value(self.step_at(entry, place, expr)?),
        }
    }

    pub fn steps(&self, entry: &Entry) -> &'a [Step] {
        self.trace.steps(entry)
    }

    /// The step that evaluated the expression for somebody and a month.
    pub fn step_at(
        &self,
        entry: &Entry,
        place: (Entity, Instance, Month),
        expr: ExprId,
    ) -> Option<&'a Step> {
        let mut steps = self.steps(entry).iter();
        steps.find(|it| it.expr == expr && (it.entity, it.instance, it.month) == place)
    }

    pub fn told(&self, entry: &Entry, expr: ExprId) -> Option<String> {
        Some(self.write(self.value(entry, expr)?, self.type_of(expr)))
    }

    pub fn write(&self, value: Value, ty: Type) -> String {
        crate::format::value(self.book, value, ty)
    }

    /// The entry a step read: the rule, on the instance seen from where the step stands.
    pub fn read_by(&self, step: &Step, rule: RuleId) -> Option<&'a Entry> {
        let to = self.book.rule(rule)?.entity;
        let instance = self.household.project(step.entity, step.instance, to)?;
        self.entry(rule, instance, step.month)
    }

    /// The instance of a fact that a step read.
    pub fn input_instance(&self, step: &Step, input: InputId) -> Option<Instance> {
        let to = self.book.input(input)?.entity;
        self.household.project(step.entity, step.instance, to)
    }

    /// Whom a value is about: a person's name; empty for a group when there is only one.
    pub fn about(&self, entity: Entity, instance: Instance) -> String {
        if entity == Entity::Person {
            return self.household.person(instance).map(|it| it.label.clone()).unwrap_or_default();
        }
        if self.household.count(entity) < 2 {
            return String::new();
        }
        let lead = match entity {
            Entity::Person => None,
            Entity::Family => {
                self.household.families.get(usize::from(instance)).map(|it| it.applicant)
            }
            Entity::TaxHousehold => {
                let taxed = self.household.tax_households.get(usize::from(instance));
                taxed.and_then(|it| it.declarants.first().copied())
            }
            Entity::Dwelling => {
                let dwelling = self.household.dwellings.get(usize::from(instance));
                dwelling.and_then(|it| it.occupants.first().copied())
            }
        };
        let name = lead.and_then(|it| self.household.person(it)).map(|it| it.label.as_str());
        let group = match entity {
            Entity::Person => return String::new(),
            Entity::Family => "famille",
            Entity::TaxHousehold => "foyer fiscal",
            Entity::Dwelling => "logement",
        };
        name.map(|it| format!("{group} de {it}")).unwrap_or_default()
    }
}
