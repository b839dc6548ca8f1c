//! The evaluator: one household, one month, on demand.
//!
//! An expression is evaluated *for somebody* and *for a month*: the [`Place`]. It has a value, or it
//! stops: on missing facts, which are gathered so that all of them can be named, or on a [`Fault`].

mod computing;
mod gathering;
mod memo;
mod reading;

use base::{Month, Rational};
use law_ir::{
    AidInfo, Book, ConditionKind, Entity, ExprId, Household, Instance, Op, Rule, RuleId, RuleKind,
    Symbol, Value,
};

use crate::Fault;
use crate::result::{Outcome, Verdict};
use crate::stop::{Eval, Stop, both_stop, fault, merge};
use crate::trace::{Entry, Step, Trace};
use memo::Memo;

/// For whom and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    pub entity: Entity,
    pub instance: Instance,
    pub month: Month,
}

#[derive(Debug)]
pub(crate) struct Evaluator<'a> {
    book: &'a Book,
    household: &'a Household,
    /// What an example gives in place of facts and rules.
    given: &'a [(Symbol, Value)],
    traced: bool,
    pub trace: Trace,
    known: Memo,
    /// The steps of the rules being evaluated, the innermost last.
    steps: Vec<Step>,
    /// The rules being evaluated, the innermost last: what a fault names.
    rules: Vec<RuleId>,
    /// The persons being walked over, the innermost group last.
    persons: Vec<Instance>,
}

impl<'a> Evaluator<'a> {
    pub fn new(
        book: &'a Book,
        household: &'a Household,
        given: &'a [(Symbol, Value)],
        traced: bool,
    ) -> Self {
        Self {
            book,
            household,
            given,
            traced,
            trace: Trace::with_room(traced),
            known: Memo::new(),
            steps: Vec::new(),
            rules: Vec::new(),
            persons: Vec::new(),
        }
    }

    /// The rank of the rule's entry, evaluated now if it is the first time it is read.
    pub fn entry(&mut self, id: RuleId, instance: Instance, month: Month) -> usize {
        if let Some(at) = self.known.find(&self.trace.entries, (id, instance, month)) {
            return at;
        }
        // Out of range: read as an entry that does not exist.
        let Some(rule) = self.book.rule(id) else { return usize::MAX };
        let first_step = self.steps.len();
        self.rules.push(id);
        let place = Place { entity: rule.entity, instance, month };
        let mut verdicts = Vec::new();
        let outcome = Outcome::from(match &rule.kind {
            RuleKind::Aid(aid) => self.aid(rule, aid, place, &mut verdicts),
            RuleKind::Rule | RuleKind::Local { .. } => self.eval(rule.body, place),
        });
        self.rules.pop();
        let at = self.trace.entries.len();
        let steps = self.trace.keep(self.steps.drain(first_step..));
        self.trace.entries.push(Entry { rule: id, instance, month, outcome, steps, verdicts });
        self.known.insert_last(&self.trace.entries);
        at
    }

    /// Conditions first: one that fails settles it, whatever is missing elsewhere. What became of each is
    /// left in `verdicts`.
    fn aid(
        &mut self,
        rule: &Rule,
        aid: &AidInfo,
        place: Place,
        verdicts: &mut Vec<Verdict>,
    ) -> Eval {
        let mut missing = Ok(());
        for condition in &aid.conditions {
            let verdict = match condition.kind {
                ConditionKind::ToCheck => Verdict::ToCheck,
                ConditionKind::Test(test) => match self.boolean(test, place) {
                    Ok(true) => Verdict::Met,
                    Ok(false) => Verdict::Failed,
                    Err(Stop::Missing(facts)) => {
                        missing = merge(missing, Err(Stop::Missing(facts)));
                        Verdict::Missing
                    }
                    Err(fault) => return Err(fault),
                },
            };
            verdicts.push(verdict);
        }
        if verdicts.contains(&Verdict::Failed) {
            return Ok(Value::Number(Rational::ZERO));
        }
        let amount = self.number(rule.body, place);
        match (missing, amount) {
            (Err(stop), Err(other)) => Err(both_stop(stop, other)),
            (Err(stop), Ok(_)) | (Ok(()), Err(stop)) => Err(stop),
            (Ok(()), Ok(amount)) => {
                let due = aid.paid_from.is_none_or(|from| amount >= from) && !amount.is_negative();
                Ok(Value::Number(if due { amount } else { Rational::ZERO }))
            }
        }
    }

    pub fn eval(&mut self, expr: ExprId, place: Place) -> Eval {
        let book = self.book;
        let Some(node) = book.node(expr) else { return Err(self.inconsistent()) };
        if let Op::Const(value) = node.op {
            return Ok(value);
        }
        if !self.traced {
            return self.operation(&node.op, place);
        }
        let result = self.operation(&node.op, place);
        let Place { entity, instance, month } = place;
        let step = self.trace.step(expr, (entity, instance, month), result.as_ref().ok());
        self.steps.push(step);
        result
    }

    #[inline(never)]
    fn operation(&mut self, op: &Op, place: Place) -> Eval {
        match op {
            Op::Const(value) => Ok(*value),
            Op::Param(id) => self.param(*id, place.month),
            Op::Table { table, keys } => self.table(*table, keys, place),
            Op::Input(id) => self.input(*id, place),
            Op::Rule(id) => self.rule(*id, place),
            Op::OfApplicant(body) => self.of_applicant(*body, place),
            Op::Call { body, .. } => self.eval(*body, place),
            Op::Not(it) => Ok(Value::Bool(!self.boolean(*it, place)?)),
            Op::Neg(it) => {
                let it = self.number(*it, place)?;
                self.exact(it.checked_neg())
            }
            Op::Add(a, b) => self.arithmetic(*a, *b, place, Rational::checked_add),
            Op::Sub(a, b) => self.arithmetic(*a, *b, place, Rational::checked_sub),
            Op::Mul(a, b) => self.arithmetic(*a, *b, place, Rational::checked_mul),
            Op::Div(a, b) => self.divide(*a, *b, place),
            Op::Scale(it, scale) => {
                let it = self.number(*it, place)?;
                self.exact(it.checked_mul(*scale))
            }
            Op::Min(all) => self.extreme(all, place, |it, best| it < best),
            Op::Max(all) => self.extreme(all, place, |it, best| it > best),
            Op::Round { value, mode, quantum } => self.round(*value, *mode, *quantum, place),
            Op::Compare(comparison, a, b) => self.compare(*comparison, *a, *b, place),
            Op::And(a, b) => self.connect(*a, *b, place, false),
            Op::Or(a, b) => self.connect(*a, *b, place, true),
            Op::In(subject, cases) => match self.eval(*subject, place)? {
                Value::Case(case) => Ok(Value::Bool(cases.contains(&case))),
                Value::Number(_) | Value::Bool(_) | Value::Date(_) => Err(self.inconsistent()),
            },
            Op::If { condition, then, otherwise } => {
                let holds = self.boolean(*condition, place)?;
                self.eval(if holds { *then } else { *otherwise }, place)
            }
            Op::Select { subject, arms } => self.select(*subject, arms, place),
            Op::At { value, shift } => {
                self.eval(*value, Place { month: place.month.plus(*shift), ..place })
            }
            Op::Over { reduce, window, body } => self.over(*reduce, *window, *body, place),
            Op::Aggregate(it) => self.aggregate(it, place),
            Op::Count { role, filter } => self.count(*role, *filter, place),
            Op::Rank { role, filter } => self.rank(*role, *filter, place),
            Op::CurrentMonth => self.first_day(place.month),
            Op::Share | Op::IsParent | Op::IsChild | Op::IsApplicant | Op::TaxedElsewhere => {
                self.membership(op, place)
            }
            Op::MonthsSince(date) => Ok(whole(self.date(*date, place)?.months_until(place.month))),
            Op::YearsSince(date) => {
                Ok(whole(self.date(*date, place)?.months_until(place.month).div_euclid(12)))
            }
            Op::YearOf(date) => Ok(whole(i32::from(self.date(*date, place)?.year()))),
            Op::MonthNumberOf(date) => {
                Ok(whole(i32::from(self.date(*date, place)?.month_of_year())))
            }
            Op::FirstOfMonth(date) => {
                let month = self.date(*date, place)?.month();
                self.first_day(month)
            }
        }
    }

    // ── small steps ───────────────────────────────────────────────────────────────────────────────

    /// The value as a number; anything else breaks an invariant of the book.
    #[inline(always)]
    fn number(&mut self, expr: ExprId, place: Place) -> Eval<Rational> {
        self.eval(expr, place)?.as_number().ok_or_else(|| self.inconsistent())
    }

    #[inline(always)]
    fn boolean(&mut self, expr: ExprId, place: Place) -> Eval<bool> {
        self.eval(expr, place)?.as_bool().ok_or_else(|| self.inconsistent())
    }

    fn date(&mut self, expr: ExprId, place: Place) -> Eval<base::Date> {
        self.eval(expr, place)?.as_date().ok_or_else(|| self.inconsistent())
    }

    /// Both numbers, or everything that is missing from either.
    #[inline(always)]
    fn both(&mut self, a: ExprId, b: ExprId, place: Place) -> Eval<(Rational, Rational)> {
        match (self.number(a, place), self.number(b, place)) {
            (Ok(a), Ok(b)) => Ok((a, b)),
            (Err(a), Err(b)) => Err(both_stop(a, b)),
            (Err(stop), Ok(_)) | (Ok(_), Err(stop)) => Err(stop),
        }
    }

    #[inline(always)]
    fn exact(&self, value: Option<Rational>) -> Eval {
        value.map(Value::Number).ok_or_else(|| self.too_large())
    }

    fn first_day(&self, month: Month) -> Eval {
        month.first_day().map(Value::Date).ok_or_else(|| self.too_large())
    }

    fn label(&self) -> String {
        let rule = self.rules.last().and_then(|id| self.book.rule(*id));
        rule.map(|it| it.label.clone()).unwrap_or_default()
    }

    #[cold]
    fn too_large(&self) -> Stop {
        fault(Fault::TooLarge { label: self.label() })
    }

    #[cold]
    fn inconsistent(&self) -> Stop {
        fault(Fault::Inconsistent { label: self.label() })
    }
}

fn count(persons: usize) -> Rational {
    Rational::from(i64::try_from(persons).unwrap_or(i64::MAX))
}

fn whole(value: i32) -> Value {
    Value::Number(Rational::from(value))
}
