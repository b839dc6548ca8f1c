//! What is read: dated values, facts, other rules, a person's place.

use std::sync::Arc;

use base::{Month, Rational};
use law_ir::{
    Entity, ExprId, Fact, InputId, Instance, Membership, Op, ParamId, RuleId, Symbol, TableId,
    Value,
};

use super::{Evaluator, Place};
use crate::Fault;
use crate::result::{MissingFact, MissingState, Outcome};
use crate::stop::{Eval, Stop, fault, merge, missing};

impl Evaluator<'_> {
    pub(super) fn param(&mut self, id: ParamId, month: Month) -> Eval {
        let Some(param) = self.book.param(id) else { return Err(self.inconsistent()) };
        match param.at(month).and_then(|(_, version)| version.value) {
            Some(value) => Ok(value),
            None => {
                let first = param.versions.first().map(|it| it.from.month());
                Err(fault(Fault::NoValue { label: param.label.clone(), month, first }))
            }
        }
    }

    pub(super) fn table(&mut self, id: TableId, keys: &[ExprId], place: Place) -> Eval {
        let sought = self.keys(keys, place)?;
        let Some(table) = self.book.table(id) else { return Err(self.inconsistent()) };
        match table.at(place.month) {
            Some((_, version)) => {
                match version.value.get(sought.get(..keys.len()).unwrap_or(&[])) {
                    Some(value) => Ok(value),
                    None => Err(fault(Fault::NoCase { label: table.label.clone() })),
                }
            }
            None => {
                let first = table.versions.first().map(|it| it.from.month());
                let (label, month) = (table.label.clone(), place.month);
                Err(fault(Fault::NoValue { label, month, first }))
            }
        }
    }

    /// A table has a line, and a column when it is looked up by two keys.
    fn keys(&mut self, keys: &[ExprId], place: Place) -> Eval<[Value; 2]> {
        let mut values = [Value::Bool(false); 2];
        let mut stopped = Ok(());
        for (slot, key) in values.iter_mut().zip(keys) {
            match self.eval(*key, place) {
                Ok(value) => *slot = value,
                Err(stop) => stopped = merge(stopped, Err(stop)),
            }
        }
        stopped.map(|()| values)
    }

    pub(super) fn input(&mut self, id: InputId, place: Place) -> Eval {
        if let Some((_, value)) = self.given.iter().find(|(symbol, _)| *symbol == Symbol::Input(id))
        {
            return Ok(*value);
        }
        let Some(input) = self.book.input(id) else { return Err(self.inconsistent()) };
        let instance = self.project(place, input.entity)?;
        let state = match self.household.fact(id, instance) {
            Fact::Known(history) => match history.at(place.month) {
                Some(value) => return Ok(value),
                None => MissingState::NotAsked,
            },
            Fact::NotAsked => MissingState::NotAsked,
            Fact::Unknown => MissingState::Unknown,
            Fact::NotApplicable => MissingState::NotApplicable,
        };
        Err(missing(MissingFact {
            input: Some(id),
            instance,
            state,
            first: place.month,
            last: place.month,
        }))
    }

    pub(super) fn rule(&mut self, id: RuleId, place: Place) -> Eval {
        if let Some((_, value)) = self.given.iter().find(|(symbol, _)| *symbol == Symbol::Rule(id))
        {
            return Ok(*value);
        }
        let Some(rule) = self.book.rule(id) else { return Err(self.inconsistent()) };
        let instance = self.project(place, rule.entity)?;
        let at = self.entry(id, instance, place.month);
        match self.trace.entries.get(at).map(|it| &it.outcome) {
            Some(Outcome::Known(value)) => Ok(*value),
            Some(Outcome::Missing(facts)) => Err(Stop::Missing(Arc::clone(facts))),
            Some(Outcome::Impossible(fault)) => Err(Stop::Fault(Arc::clone(fault))),
            None => Err(self.inconsistent()),
        }
    }

    pub(super) fn project(&mut self, place: Place, to: Entity) -> Eval<Instance> {
        self.household.project(place.entity, place.instance, to).ok_or_else(|| {
            let Place { instance, month, .. } = place;
            let state = MissingState::Elsewhere;
            missing(MissingFact { input: None, instance, state, first: month, last: month })
        })
    }

    pub(super) fn of_applicant(&mut self, body: ExprId, place: Place) -> Eval {
        let family = self.project(place, Entity::Family)?;
        let Some(family) = self.household.family(family) else { return Err(self.inconsistent()) };
        self.eval(body, Place { entity: Entity::Person, instance: family.applicant, ..place })
    }

    pub(super) fn membership(&mut self, op: &Op, place: Place) -> Eval {
        let Some(person) = self.household.person(place.instance) else {
            return Err(self.inconsistent());
        };
        let child = matches!(person.membership, Membership::Child { .. });
        Ok(match op {
            Op::Share => Value::Number(match person.membership {
                Membership::Child { share } => share,
                Membership::Applicant | Membership::Partner => Rational::ONE,
            }),
            Op::IsApplicant => Value::Bool(person.membership == Membership::Applicant),
            Op::TaxedElsewhere => Value::Bool(person.tax_household.is_none()),
            Op::IsChild => Value::Bool(child),
            _ => Value::Bool(!child),
        })
    }
}
