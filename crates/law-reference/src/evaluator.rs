//! The evaluator: one household, one month, on demand.
//!
//! An expression is evaluated *for somebody* and *for a month*: the [`Place`]. It has a value, or it
//! stops: on missing facts, which are gathered so that all of them can be named, or on a [`Fault`].

use std::cmp::Ordering;
use std::sync::Arc;

use base::{Month, Rational, Rounding};
use law_ir::{
    Aggregation, AidInfo, Arm, ArmPattern, Book, Comparison, ConditionKind, Entity, ExprId, Fact,
    Household, InputId, Instance, Membership, Op, ParamId, Reduce, Role, Rule, RuleId, RuleKind,
    Symbol, TableId, Value, WindowUse,
};

use crate::Fault;
use crate::result::{Entry, MissingFact, MissingState, Outcome, Step, Verdict};
use crate::roles::role_members;
use crate::stop::{Eval, Stop, both_stop, fault, merge, missing};

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
    pub entries: Vec<Entry>,
    /// For each rule, where its results are, in order of instance and month.
    known: Vec<Vec<((Instance, Month), usize)>>,
    steps: Vec<Step>,
    /// The rules being evaluated, the innermost last: what a fault names.
    rules: Vec<RuleId>,
}

impl<'a> Evaluator<'a> {
    pub fn new(
        book: &'a Book,
        household: &'a Household,
        given: &'a [(Symbol, Value)],
        traced: bool,
    ) -> Self {
        let known = vec![Vec::new(); book.rules.len()];
        Self {
            book,
            household,
            given,
            traced,
            entries: Vec::new(),
            known,
            steps: Vec::new(),
            rules: Vec::new(),
        }
    }

    /// The rank of the rule's entry, evaluated now if it is the first time it is read.
    pub fn entry(&mut self, id: RuleId, instance: Instance, month: Month) -> Result<usize, Fault> {
        let sought = (instance, month);
        if let Some(known) = self.known.get(id.index())
            && let Ok(rank) = known.binary_search_by_key(&sought, |it| it.0)
            && let Some((_, at)) = known.get(rank)
        {
            return Ok(*at);
        }
        let Some(rule) = self.book.rule(id) else {
            return Err(Fault::Inconsistent { label: String::new() });
        };
        let outer = std::mem::take(&mut self.steps);
        self.rules.push(id);
        let place = Place { entity: rule.entity, instance, month };
        let (result, verdicts) = match &rule.kind {
            RuleKind::Aid(aid) => self.aid(rule, aid, place),
            RuleKind::Rule | RuleKind::Local { .. } => (self.eval(rule.body, place), Vec::new()),
        };
        self.rules.pop();
        let steps = std::mem::replace(&mut self.steps, outer);
        let outcome = match result {
            Ok(value) => Outcome::Known(value),
            Err(Stop::Missing(facts)) => Outcome::Missing(facts),
            Err(Stop::Fault(fault)) => return Err(*fault),
        };
        let at = self.entries.len();
        self.entries.push(Entry { rule: id, instance, month, outcome, steps, verdicts });
        if let Some(known) = self.known.get_mut(id.index()) {
            let rank = known.partition_point(|it| it.0 < sought);
            known.insert(rank, (sought, at));
        }
        Ok(at)
    }

    /// Conditions first: one that fails settles it, whatever is missing elsewhere.
    fn aid(&mut self, rule: &Rule, aid: &AidInfo, place: Place) -> (Eval, Vec<Verdict>) {
        let mut verdicts = Vec::new();
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
                    Err(fault) => return (Err(fault), verdicts),
                },
            };
            verdicts.push(verdict);
        }
        if verdicts.contains(&Verdict::Failed) {
            return (Ok(Value::Number(Rational::ZERO)), verdicts);
        }
        let amount = self.number(rule.body, place);
        let paid = match (missing, amount) {
            (Err(stop), Err(other)) => Err(both_stop(stop, other)),
            (Err(stop), Ok(_)) | (Ok(()), Err(stop)) => Err(stop),
            (Ok(()), Ok(amount)) => {
                let due = aid.paid_from.is_none_or(|from| amount >= from) && !amount.is_negative();
                Ok(Value::Number(if due { amount } else { Rational::ZERO }))
            }
        };
        (paid, verdicts)
    }

    pub fn eval(&mut self, expr: ExprId, place: Place) -> Eval {
        let book = self.book;
        let Some(node) = book.node(expr) else { return Err(self.inconsistent()) };
        if let Op::Const(value) = node.op {
            return Ok(value);
        }
        let result = self.operation(&node.op, place);
        if self.traced {
            let value = result.as_ref().ok().copied();
            let Place { entity, instance, month } = place;
            self.steps.push(Step { expr, entity, instance, month, value });
        }
        result
    }

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
            Op::Count { role, filter } => {
                let persons = self.chosen(*role, *filter, place)?;
                Ok(Value::Number(count(persons.len())))
            }
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

    // ── what is read ──────────────────────────────────────────────────────────────────────────────

    fn param(&mut self, id: ParamId, month: Month) -> Eval {
        let Some(param) = self.book.param(id) else { return Err(self.inconsistent()) };
        match param.at(month).and_then(|(_, version)| version.value) {
            Some(value) => Ok(value),
            None => {
                let first = param.versions.first().map(|it| it.from.month());
                Err(fault(Fault::NoValue { label: param.label.clone(), month, first }))
            }
        }
    }

    fn table(&mut self, id: TableId, keys: &[ExprId], place: Place) -> Eval {
        let values = self.all(keys, place)?;
        let Some(table) = self.book.table(id) else { return Err(self.inconsistent()) };
        match table.at(place.month) {
            Some((_, version)) => match version.value.get(&values) {
                Some(value) => Ok(value),
                None => Err(fault(Fault::NoCase { label: table.label.clone() })),
            },
            None => {
                let first = table.versions.first().map(|it| it.from.month());
                let (label, month) = (table.label.clone(), place.month);
                Err(fault(Fault::NoValue { label, month, first }))
            }
        }
    }

    fn input(&mut self, id: InputId, place: Place) -> Eval {
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

    fn rule(&mut self, id: RuleId, place: Place) -> Eval {
        if let Some((_, value)) = self.given.iter().find(|(symbol, _)| *symbol == Symbol::Rule(id))
        {
            return Ok(*value);
        }
        let Some(rule) = self.book.rule(id) else { return Err(self.inconsistent()) };
        let instance = self.project(place, rule.entity)?;
        let at = self.entry(id, instance, place.month).map_err(fault)?;
        match self.entries.get(at).map(|it| &it.outcome) {
            Some(Outcome::Known(value)) => Ok(*value),
            Some(Outcome::Missing(facts)) => Err(Stop::Missing(Arc::clone(facts))),
            None => Err(self.inconsistent()),
        }
    }

    fn project(&mut self, place: Place, to: Entity) -> Eval<Instance> {
        self.household.project(place.entity, place.instance, to).ok_or_else(|| {
            let Place { instance, month, .. } = place;
            let state = MissingState::Elsewhere;
            missing(MissingFact { input: None, instance, state, first: month, last: month })
        })
    }

    fn of_applicant(&mut self, body: ExprId, place: Place) -> Eval {
        let family = self.project(place, Entity::Family)?;
        let Some(family) = self.household.family(family) else { return Err(self.inconsistent()) };
        self.eval(body, Place { entity: Entity::Person, instance: family.applicant, ..place })
    }

    fn membership(&mut self, op: &Op, place: Place) -> Eval {
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

    // ── what is computed ──────────────────────────────────────────────────────────────────────────

    fn arithmetic(
        &mut self,
        a: ExprId,
        b: ExprId,
        place: Place,
        op: fn(Rational, Rational) -> Option<Rational>,
    ) -> Eval {
        let (a, b) = self.both(a, b, place)?;
        self.exact(op(a, b))
    }

    fn divide(&mut self, a: ExprId, b: ExprId, place: Place) -> Eval {
        let (a, b) = self.both(a, b, place)?;
        if b.is_zero() {
            return Err(fault(Fault::DivisionByZero { label: self.label() }));
        }
        self.exact(a.checked_div(b))
    }

    fn extreme(
        &mut self,
        all: &[ExprId],
        place: Place,
        better: fn(Rational, Rational) -> bool,
    ) -> Eval {
        let values = self.all(all, place)?;
        let best = values
            .iter()
            .filter_map(|it| it.as_number())
            .reduce(|best, it| if better(it, best) { it } else { best });
        best.map(Value::Number).ok_or_else(|| self.inconsistent())
    }

    fn round(&mut self, value: ExprId, mode: Rounding, quantum: Rational, place: Place) -> Eval {
        let value = self.number(value, place)?;
        self.exact(value.rounded(quantum, mode))
    }

    fn compare(&mut self, comparison: Comparison, a: ExprId, b: ExprId, place: Place) -> Eval {
        let (a, b) = match (self.eval(a, place), self.eval(b, place)) {
            (Ok(a), Ok(b)) => (a, b),
            (Err(a), Err(b)) => return Err(both_stop(a, b)),
            (Err(stop), Ok(_)) | (Ok(_), Err(stop)) => return Err(stop),
        };
        Ok(Value::Bool(match comparison {
            Comparison::Eq => a == b,
            Comparison::Ne => a != b,
            Comparison::Lt => self.order(a, b)?.is_lt(),
            Comparison::Le => self.order(a, b)?.is_le(),
            Comparison::Gt => self.order(a, b)?.is_gt(),
            Comparison::Ge => self.order(a, b)?.is_ge(),
        }))
    }

    /// `et` is settled by one false, `ou` by one true, even when the other side is missing.
    fn connect(&mut self, a: ExprId, b: ExprId, place: Place, settles: bool) -> Eval {
        let first = self.boolean(a, place);
        match first {
            Ok(it) if it == settles => return Ok(Value::Bool(settles)),
            Ok(_) => return Ok(Value::Bool(self.boolean(b, place)?)),
            Err(Stop::Fault(_)) => return first.map(Value::Bool),
            Err(Stop::Missing(_)) => {}
        }
        match self.boolean(b, place) {
            Ok(it) if it == settles => Ok(Value::Bool(settles)),
            Ok(_) => first.map(Value::Bool),
            Err(other) => match first {
                Err(stop) => Err(both_stop(stop, other)),
                Ok(_) => Err(other),
            },
        }
    }

    fn select(&mut self, subject: Option<ExprId>, arms: &[Arm], place: Place) -> Eval {
        let subject = subject.map(|it| self.eval(it, place)).transpose()?;
        for arm in arms {
            let taken = match (&arm.pattern, subject) {
                (ArmPattern::Otherwise, _) => true,
                (ArmPattern::When(condition), _) => self.boolean(*condition, place)?,
                (pattern, Some(subject)) => self.matches(pattern, subject, place)?,
                (_, None) => return Err(self.inconsistent()),
            };
            if taken {
                return self.eval(arm.value, place);
            }
        }
        Err(fault(Fault::NoCase { label: self.label() }))
    }

    fn matches(&mut self, pattern: &ArmPattern, subject: Value, place: Place) -> Eval<bool> {
        if let ArmPattern::OneOf(values) = pattern {
            let values = self.all(values, place)?;
            return Ok(values.contains(&subject));
        }
        let mut against = |bound: &ExprId| {
            let bound = self.eval(*bound, place)?;
            self.order(subject, bound)
        };
        Ok(match pattern {
            ArmPattern::LessThan(bound) => against(bound)?.is_lt(),
            ArmPattern::UpTo(bound) => against(bound)?.is_le(),
            ArmPattern::AtLeast(bound) => against(bound)?.is_ge(),
            ArmPattern::MoreThan(bound) => against(bound)?.is_gt(),
            ArmPattern::Between(low, high) => against(low)?.is_ge() && against(high)?.is_le(),
            ArmPattern::OneOf(_) | ArmPattern::When(_) | ArmPattern::Otherwise => false,
        })
    }

    fn over(&mut self, reduce: Reduce, window: WindowUse, body: ExprId, place: Place) -> Eval {
        let (first, last) = self.months(window, place.month)?;
        let mut values = Vec::new();
        let mut month = first;
        while month <= last {
            values.push(self.eval(body, Place { month, ..place }));
            month = month.plus(1);
        }
        self.reduce(reduce, values, None, place)
    }

    fn months(&mut self, window: WindowUse, month: Month) -> Eval<(Month, Month)> {
        let (first, last) = match window {
            WindowUse::Months { first, last } => (first, last),
            WindowUse::Year { offset } => {
                let year = month.year().saturating_add(offset);
                return Ok((Month::of(year, 1), Month::of(year, 12)));
            }
            WindowUse::Named(id) => {
                let Some(window) = self.book.window(id) else { return Err(self.inconsistent()) };
                let Some((_, version)) = window.at(month) else {
                    let first = window.versions.first().map(|it| it.from.month());
                    let label = window.label.clone();
                    return Err(fault(Fault::NoValue { label, month, first }));
                };
                version.value
            }
        };
        Ok((month.plus(first), month.plus(last)))
    }

    fn aggregate(&mut self, it: &Aggregation, place: Place) -> Eval {
        let persons = self.chosen(it.role, it.filter, place)?;
        let values = persons
            .into_iter()
            .map(|instance| self.eval(it.body, Place { entity: Entity::Person, instance, ..place }))
            .collect();
        self.reduce(it.reduce, values, it.default, place)
    }

    fn reduce(
        &mut self,
        reduce: Reduce,
        values: Vec<Eval>,
        default: Option<ExprId>,
        place: Place,
    ) -> Eval {
        if let (true, Some(default)) = (values.is_empty(), default) {
            return self.eval(default, place);
        }
        let settles = match reduce {
            Reduce::Any => Some(true),
            Reduce::All => Some(false),
            Reduce::Sum | Reduce::Mean | Reduce::Max | Reduce::Min => None,
        };
        let mut stopped = Ok(());
        let mut total = Rational::ZERO;
        let mut best: Option<Rational> = None;
        let count = count(values.len());
        for value in values {
            match value {
                Ok(Value::Bool(it)) if Some(it) == settles => return Ok(Value::Bool(it)),
                Ok(Value::Bool(_)) => {}
                Ok(Value::Number(it)) => {
                    total = total.checked_add(it).ok_or_else(|| self.too_large())?;
                    let replaced = best.is_none_or(|best| match reduce {
                        Reduce::Max => it > best,
                        _ => it < best,
                    });
                    best = if replaced { Some(it) } else { best };
                }
                Ok(Value::Date(_) | Value::Case(_)) => return Err(self.inconsistent()),
                Err(stop) => stopped = merge(stopped, Err(stop)),
            }
        }
        stopped?;
        match reduce {
            Reduce::Any => Ok(Value::Bool(false)),
            Reduce::All => Ok(Value::Bool(true)),
            Reduce::Sum => Ok(Value::Number(total)),
            Reduce::Mean => self.exact(total.checked_div(count)),
            Reduce::Max | Reduce::Min => best.map(Value::Number).ok_or_else(|| self.inconsistent()),
        }
    }

    /// The persons of the group with this role who pass the filter, in order of declaration.
    fn chosen(&mut self, role: Role, filter: Option<ExprId>, place: Place) -> Eval<Vec<Instance>> {
        let mut persons = role_members(self.household, role, place);
        let Some(filter) = filter else { return Ok(persons) };
        let mut stopped = Ok(());
        persons.retain(|instance| {
            let person = Place { entity: Entity::Person, instance: *instance, ..place };
            match self.boolean(filter, person) {
                Ok(passes) => passes,
                Err(stop) => {
                    stopped = merge(std::mem::replace(&mut stopped, Ok(())), Err(stop));
                    false
                }
            }
        });
        stopped?;
        Ok(persons)
    }

    /// 1 for the eldest: by birth date, then by order of declaration; 0 for somebody not counted.
    fn rank(&mut self, role: Role, filter: Option<ExprId>, place: Place) -> Eval {
        let family = Place {
            entity: Entity::Family,
            instance: self.project(place, Entity::Family)?,
            ..place
        };
        let persons = self.chosen(role, filter, family)?;
        if !persons.contains(&place.instance) {
            return Ok(whole(0));
        }
        let Some(birth) = self.book.birth_date else { return Err(self.inconsistent()) };
        let mut dated = Vec::new();
        let mut stopped = Ok(());
        for instance in persons {
            match self.input(birth, Place { entity: Entity::Person, instance, ..place }) {
                Ok(Value::Date(born)) => dated.push((born, instance)),
                Ok(_) => return Err(self.inconsistent()),
                Err(stop) => stopped = merge(stopped, Err(stop)),
            }
        }
        stopped?;
        dated.sort_by_key(|(born, _)| *born);
        let before = dated.iter().position(|(_, instance)| *instance == place.instance);
        Ok(Value::Number(count(before.map_or(0, |it| it.saturating_add(1)))))
    }

    // ── small steps ───────────────────────────────────────────────────────────────────────────────

    /// The value as a number; anything else breaks an invariant of the book.
    fn number(&mut self, expr: ExprId, place: Place) -> Eval<Rational> {
        self.eval(expr, place)?.as_number().ok_or_else(|| self.inconsistent())
    }

    fn boolean(&mut self, expr: ExprId, place: Place) -> Eval<bool> {
        self.eval(expr, place)?.as_bool().ok_or_else(|| self.inconsistent())
    }

    fn date(&mut self, expr: ExprId, place: Place) -> Eval<base::Date> {
        self.eval(expr, place)?.as_date().ok_or_else(|| self.inconsistent())
    }

    /// Both numbers, or everything that is missing from either.
    fn both(&mut self, a: ExprId, b: ExprId, place: Place) -> Eval<(Rational, Rational)> {
        match (self.number(a, place), self.number(b, place)) {
            (Ok(a), Ok(b)) => Ok((a, b)),
            (Err(a), Err(b)) => Err(both_stop(a, b)),
            (Err(stop), Ok(_)) | (Ok(_), Err(stop)) => Err(stop),
        }
    }

    fn all(&mut self, exprs: &[ExprId], place: Place) -> Eval<Vec<Value>> {
        let mut values = Vec::with_capacity(exprs.len());
        let mut stopped = Ok(());
        for expr in exprs {
            match self.eval(*expr, place) {
                Ok(value) => values.push(value),
                Err(stop) => stopped = merge(stopped, Err(stop)),
            }
        }
        stopped.map(|()| values)
    }

    fn order(&self, a: Value, b: Value) -> Eval<Ordering> {
        a.order(b).ok_or_else(|| self.inconsistent())
    }

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

    fn too_large(&self) -> Stop {
        fault(Fault::TooLarge { label: self.label() })
    }

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
