//! The operations of the language over time. Each says what the reference says, stretch by stretch.

use std::cmp::Ordering;

use base::Rational;
use law_ir::{Arm, ArmPattern, Comparison, Entity, ExprId, Instance, Membership, Op, Value};

use super::{Cell, Event, Piece, Series, Timeline};

/// For whom an expression is worked out.
pub(crate) type Who = (Entity, Instance);

type Binary = fn(Rational, Rational) -> Option<Rational>;

impl Timeline<'_> {
    pub(super) fn operation(&mut self, site: ExprId, op: &Op, who: Who) -> Series {
        match op {
            Op::Const(value) => self.constant(Cell::Known(*value)),
            Op::Param(id) => self.param(*id),
            Op::Table { table, keys } => self.table(*table, keys, who),
            Op::Input(id) => self.input(*id, who),
            Op::Rule(id) => match self.seen(*id, who) {
                Some(instance) => self.rule(*id, instance),
                None => self.constant(Cell::Missing),
            },
            Op::OfApplicant(body) => match self.applicant(who) {
                Some(applicant) => self.eval(*body, (Entity::Person, applicant)),
                None => self.constant(Cell::Fault),
            },
            Op::Call { body, .. } => self.eval(*body, who),
            Op::Not(it) => self.eval(*it, who).map(|it| match it.boolean() {
                Ok(it) => Cell::Known(Value::Bool(!it)),
                Err(stop) => stop,
            }),
            Op::Neg(it) => self.number(*it, who, |it| it.checked_neg()),
            Op::Scale(it, scale) => self.number(*it, who, |it| it.checked_mul(*scale)),
            Op::Round { value, mode, quantum } => {
                self.number(*value, who, |it| it.rounded(*quantum, *mode))
            }
            Op::Add(a, b) => self.arithmetic(*a, *b, who, Rational::checked_add),
            Op::Sub(a, b) => self.arithmetic(*a, *b, who, Rational::checked_sub),
            Op::Mul(a, b) => self.arithmetic(*a, *b, who, Rational::checked_mul),
            Op::Div(a, b) => self.arithmetic(*a, *b, who, Rational::checked_div),
            Op::Min(all) => self.extreme(all, who, Ordering::Less),
            Op::Max(all) => self.extreme(all, who, Ordering::Greater),
            Op::Compare(comparison, a, b) => {
                let (a, b) = (self.eval(*a, who), self.eval(*b, who));
                a.zip(&b, |a, b| compared(*comparison, a, b))
            }
            Op::And(a, b) => self.connect(*a, *b, who, false),
            Op::Or(a, b) => self.connect(*a, *b, who, true),
            Op::In(subject, cases) => self.eval(*subject, who).map(|it| match it {
                Cell::Known(Value::Case(case)) => Cell::Known(Value::Bool(cases.contains(&case))),
                Cell::Known(_) => Cell::Fault,
                stop => stop,
            }),
            Op::If { condition, then, otherwise } => {
                let chosen = self.eval(*condition, who).map(|it| match it.boolean() {
                    Ok(holds) => Cell::of(Some(Rational::from(i32::from(!holds)))),
                    Err(stop) => stop,
                });
                self.branches(&chosen, &[*then, *otherwise], who)
            }
            Op::Select { subject, arms } => {
                let chosen = self.chosen_arm(*subject, arms, who);
                let values: Vec<ExprId> = arms.iter().map(|it| it.value).collect();
                self.branches(&chosen, &values, who)
            }
            Op::At { value, shift } => {
                let value = self.eval(*value, who);
                value.shifted(*shift, self.low)
            }
            Op::Over { reduce, window, body } => self.over(*reduce, *window, *body, who),
            Op::Aggregate(it) => self.aggregate(it, who),
            Op::Count { role, filter } => self.count(*role, *filter, who),
            Op::Rank { role, filter } => self.rank(*role, *filter, who),
            Op::CurrentMonth => self.by_month(site, who, |month| {
                month.first_day().map_or(Cell::Fault, |it| Cell::Known(Value::Date(it)))
            }),
            Op::Share | Op::IsParent | Op::IsChild | Op::IsApplicant | Op::TaxedElsewhere => {
                self.constant(self.membership(op, who))
            }
            Op::MonthsSince(date) | Op::YearsSince(date) => self.since(site, op, *date, who),
            Op::YearOf(date) => self.date(*date, who, |it| Some(whole(i32::from(it.year())))),
            Op::MonthNumberOf(date) => {
                self.date(*date, who, |it| Some(whole(i32::from(it.month_of_year()))))
            }
            Op::FirstOfMonth(date) => {
                self.date(*date, who, |it| it.month().first_day().map(Value::Date))
            }
        }
    }

    pub fn input(&self, id: law_ir::InputId, who: Who) -> Series {
        let Some(input) = self.index.book.input(id) else { return self.constant(Cell::Fault) };
        let Some(instance) = self.household.project(who.0, who.1, input.entity) else {
            return self.constant(Cell::Missing);
        };
        let law_ir::Fact::Known(history) = self.household.fact(id, instance) else {
            return self.constant(Cell::Missing);
        };
        let cell = |value: Option<Value>| value.map_or(Cell::Missing, Cell::Known);
        let mut pieces = vec![Piece { from: self.low, cell: cell(history.at(self.low)) }];
        for (from, value) in &history.points {
            if *from > self.low && *from <= self.high && history.until.is_none_or(|it| it >= *from)
            {
                pieces.push(Piece { from: *from, cell: cell(*value) });
            }
        }
        if let Some(until) = history.until.filter(|it| *it >= self.low && *it < self.high) {
            pieces.push(Piece { from: until.plus(1), cell: Cell::Missing });
        }
        let entity = input.entity;
        self.hold(Series::new(pieces), |event| {
            matches!(event, Event::Fact { entity: e, instance: i, .. } if (*e, *i) == (entity, instance))
        })
    }

    pub fn seen(&self, rule: law_ir::RuleId, who: Who) -> Option<Instance> {
        let to = self.index.book.rule(rule)?.entity;
        self.household.project(who.0, who.1, to)
    }

    pub fn applicant(&self, who: Who) -> Option<Instance> {
        let family = self.household.project(who.0, who.1, Entity::Family)?;
        Some(self.household.family(family)?.applicant)
    }

    fn membership(&self, op: &Op, (_, instance): Who) -> Cell {
        let Some(person) = self.household.person(instance) else { return Cell::Fault };
        let child = matches!(person.membership, Membership::Child { .. });
        Cell::Known(match op {
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

    fn number(
        &mut self,
        it: ExprId,
        who: Who,
        each: impl Fn(Rational) -> Option<Rational>,
    ) -> Series {
        self.eval(it, who).map(|it| match it.number() {
            Ok(it) => Cell::of(each(it)),
            Err(stop) => stop,
        })
    }

    fn date(&mut self, it: ExprId, who: Who, each: impl Fn(base::Date) -> Option<Value>) -> Series {
        self.eval(it, who).map(|it| match it.date() {
            Ok(it) => each(it).map_or(Cell::Fault, Cell::Known),
            Err(stop) => stop,
        })
    }

    fn arithmetic(&mut self, a: ExprId, b: ExprId, who: Who, op: Binary) -> Series {
        let (a, b) = (self.eval(a, who), self.eval(b, who));
        a.zip(&b, |a, b| match (a.number(), b.number()) {
            (Ok(a), Ok(b)) => Cell::of(op(a, b)),
            (Err(a), Err(b)) => a.worse(b),
            (Err(stop), Ok(_)) | (Ok(_), Err(stop)) => stop,
        })
    }

    fn extreme(&mut self, all: &[ExprId], who: Who, better: Ordering) -> Series {
        let all: Vec<Series> = all.iter().map(|it| self.eval(*it, who)).collect();
        Series::all(&all, |_, cells| {
            let stops = cells.iter().filter(|it| it.value().is_none()).copied();
            if let Some(stop) = stops.reduce(Cell::worse) {
                return stop;
            }
            let numbers = cells.iter().filter_map(|it| it.number().ok());
            Cell::of(numbers.reduce(|best, it| if it.cmp(&best) == better { it } else { best }))
        })
    }

    fn connect(&mut self, a: ExprId, b: ExprId, who: Who, settles: bool) -> Series {
        let first = self.eval(a, who);
        let settled = Cell::Known(Value::Bool(settles));
        if first.only().is_some_and(|it| it == settled || it == Cell::Fault) {
            return first;
        }
        let second = self.eval(b, who);
        first.zip(&second, |first, second| match (first.boolean(), second.boolean()) {
            (Ok(it), _) if it == settles => settled,
            (Ok(_), _) => second,
            (Err(Cell::Fault), _) => Cell::Fault,
            (Err(_), Ok(it)) if it == settles => settled,
            (Err(first), Ok(_)) => first,
            (Err(first), Err(second)) => first.worse(second),
        })
    }

    /// The rank of the case that is taken.
    pub fn chosen_arm(&mut self, subject: Option<ExprId>, arms: &[Arm], who: Who) -> Series {
        // Not decided yet: no number is below zero.
        let undecided = Cell::of(Some(Rational::from(-1)));
        let subject = subject.map(|it| self.eval(it, who));
        let mut chosen = match &subject {
            Some(subject) => subject.map(|it| if it.value().is_some() { undecided } else { it }),
            None => self.constant(undecided),
        };
        for (rank, arm) in arms.iter().enumerate() {
            if !chosen.any(|it| it == undecided) {
                break;
            }
            let taken = self.taken(&arm.pattern, subject.as_ref(), who);
            let rank = Rational::from(i64::try_from(rank).unwrap_or(i64::MAX));
            chosen =
                chosen.zip(&taken, |before, taken| match (before == undecided, taken.boolean()) {
                    (false, _) | (true, Ok(false)) => before,
                    (true, Ok(true)) => Cell::of(Some(rank)),
                    (true, Err(stop)) => stop,
                });
        }
        chosen.map(|it| if it == undecided { Cell::Fault } else { it })
    }

    fn taken(&mut self, pattern: &ArmPattern, subject: Option<&Series>, who: Who) -> Series {
        let subject = match (pattern, subject) {
            (ArmPattern::Otherwise, _) => return self.constant(Cell::Known(Value::Bool(true))),
            (ArmPattern::When(condition), _) => return self.eval(*condition, who),
            (_, Some(subject)) => subject,
            (_, None) => return self.constant(Cell::Fault),
        };
        let mut against = |bound: ExprId, op| {
            let bound = self.eval(bound, who);
            subject.zip(&bound, |subject, bound| compared(op, subject, bound))
        };
        match pattern {
            ArmPattern::LessThan(bound) => against(*bound, Comparison::Lt),
            ArmPattern::UpTo(bound) => against(*bound, Comparison::Le),
            ArmPattern::AtLeast(bound) => against(*bound, Comparison::Ge),
            ArmPattern::MoreThan(bound) => against(*bound, Comparison::Gt),
            ArmPattern::Between(low, high) => {
                let (low, high) = (against(*low, Comparison::Ge), against(*high, Comparison::Le));
                low.zip(&high, |low, high| match (low.boolean(), high.boolean()) {
                    (Ok(false), _) => low,
                    (Ok(true), _) => high,
                    (Err(stop), _) => stop,
                })
            }
            ArmPattern::OneOf(values) => {
                let equal: Vec<Series> =
                    values.iter().map(|it| against(*it, Comparison::Eq)).collect();
                Series::all(&equal, |_, cells| {
                    let stops = cells.iter().filter_map(|it| it.boolean().err());
                    let any = cells.contains(&Cell::Known(Value::Bool(true)));
                    stops.reduce(Cell::worse).unwrap_or(Cell::Known(Value::Bool(any)))
                })
            }
            ArmPattern::When(_) | ArmPattern::Otherwise => self.constant(Cell::Fault),
        }
    }

    /// Of each branch, the stretches where it is the one taken.
    fn branches(&mut self, chosen: &Series, values: &[ExprId], who: Who) -> Series {
        let rank = |cell: Cell| usize::try_from(cell.number().ok()?.numerator()).ok();
        let mut series = vec![chosen.clone()];
        for (at, value) in values.iter().enumerate() {
            let taken = chosen.any(|it| rank(it) == Some(at));
            series.push(if taken { self.eval(*value, who) } else { self.constant(Cell::Fault) });
        }
        if let (Some(only), [_, values @ ..]) = (chosen.only().and_then(rank), series.as_slice())
            && let Some(value) = values.get(only)
        {
            return value.clone();
        }
        Series::all(&series, |_, cells| match cells.split_first() {
            Some((chosen, values)) => match rank(*chosen).and_then(|it| values.get(it)) {
                Some(value) => *value,
                None => *chosen,
            },
            None => Cell::Fault,
        })
    }
}

fn compared(comparison: Comparison, a: Cell, b: Cell) -> Cell {
    let (a, b) = match (a, b) {
        (Cell::Known(a), Cell::Known(b)) => (a, b),
        (Cell::Known(_), stop) | (stop, Cell::Known(_)) => return stop,
        (a, b) => return a.worse(b),
    };
    let ordered = |test: fn(Ordering) -> bool| match a.order(b) {
        Some(order) => Cell::Known(Value::Bool(test(order))),
        None => Cell::Fault,
    };
    match comparison {
        Comparison::Eq => Cell::Known(Value::Bool(a == b)),
        Comparison::Ne => Cell::Known(Value::Bool(a != b)),
        Comparison::Lt => ordered(Ordering::is_lt),
        Comparison::Le => ordered(Ordering::is_le),
        Comparison::Gt => ordered(Ordering::is_gt),
        Comparison::Ge => ordered(Ordering::is_ge),
    }
}

fn whole(value: i32) -> Value {
    Value::Number(Rational::from(value))
}
