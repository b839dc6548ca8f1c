//! The conditions that fail, and how far the household is from meeting them.

use base::{Month, Rational};
use law_ir::{
    Aggregation, Comparison, ConditionKind, Entity, ExprId, Flavour, Instance, Op, Reduce,
    RuleKind, Type, Value,
};
use law_reference::{AidResult, Entry, Status, Step, Verdict};

use crate::reader::Reader;
use crate::{WhyNot, format, formula};

pub(crate) fn why_not(reader: &Reader<'_>, aid: &AidResult) -> Vec<WhyNot> {
    let Some(entry) = reader.aid_entry(aid) else { return Vec::new() };
    let Some(rule) = reader.rule_of(entry) else { return Vec::new() };
    let RuleKind::Aid(info) = &rule.kind else { return Vec::new() };
    let mut res = Vec::new();
    for (condition, result) in info.conditions.iter().zip(&aid.conditions) {
        // A condition that fails does not settle an aid whose calculation is impossible.
        if result.verdict != Verdict::Failed || aid.status == Status::Impossible {
            continue;
        }
        let ConditionKind::Test(test) = condition.kind else { continue };
        let here = Where::of(entry, rule.entity);
        let gap = gap(reader, here, test, true, 0).map(|it| it.words).unwrap_or_default();
        let mut sources = condition.sources.clone();
        if sources.is_empty() {
            sources.clone_from(&rule.sources);
        }
        res.push(WhyNot { condition: condition.label.clone(), sentence: gap, sources });
    }
    if res.is_empty() && aid.status == Status::NotDue {
        let computed = reader.value(entry, rule.body).and_then(Value::as_number);
        let (condition, sentence) = match (info.paid_from, computed) {
            (Some(from), Some(it)) if it > Rational::ZERO && it < from => (
                format!("atteindre le seuil de versement de {}", format::money(from)),
                format!("le montant calculé est de {}", reader.write(Value::Number(it), rule.ty)),
            ),
            (_, computed) => {
                let computed = format::money(computed.unwrap_or(Rational::ZERO));
                (
                    "avoir un montant à verser".to_owned(),
                    format!("le montant calculé est de {computed}"),
                )
            }
        };
        res.push(WhyNot { condition, sentence, sources: rule.sources.clone() });
    }
    res
}

/// Where an expression was evaluated: in the entry itself, or for one of the persons it walks over.
#[derive(Clone, Copy)]
struct Where<'e> {
    entry: &'e Entry,
    entity: Entity,
    instance: Instance,
    month: Month,
}

impl<'e> Where<'e> {
    fn of(entry: &'e Entry, entity: Entity) -> Self {
        Self { entry, entity, instance: entry.instance, month: entry.month }
    }

    fn on(self, step: &Step) -> Self {
        Self { entity: step.entity, instance: step.instance, month: step.month, ..self }
    }

    fn step<'a>(&self, reader: &Reader<'a>, expr: ExprId) -> Option<&'a Step> {
        reader.step_at(self.entry, (self.entity, self.instance, self.month), expr)
    }

    fn value(&self, reader: &Reader<'_>, expr: ExprId) -> Option<Value> {
        reader.value_at(self.entry, (self.entity, self.instance, self.month), expr)
    }

    /// The person it is about; empty for a group.
    fn name(&self, reader: &Reader<'_>) -> String {
        match self.entity {
            Entity::Person => reader.about(Entity::Person, self.instance),
            Entity::Family | Entity::TaxHousehold | Entity::Dwelling => String::new(),
        }
    }
}

/// A failed expression in words; `distance`, in its unit, orders the alternatives of an `ou`.
struct Gap {
    words: String,
    distance: Option<(Type, Rational)>,
}

const DEEPEST: usize = 8;

/// Why `expr` is not worth `wanted`; `None` when there is nothing better to say than the condition itself.
fn gap(
    reader: &Reader<'_>,
    here: Where<'_>,
    expr: ExprId,
    wanted: bool,
    depth: usize,
) -> Option<Gap> {
    // What was not evaluated, or is missing, is not the reason.
    if depth > DEEPEST || here.value(reader, expr) != Some(Value::Bool(!wanted)) {
        return None;
    }
    let deeper = depth.saturating_add(1);
    match reader.op(expr)? {
        Op::Not(it) => gap(reader, here, *it, !wanted, deeper),
        Op::Compare(comparison, a, b) if wanted => compared(reader, here, *comparison, *a, *b),
        // All of them are needed: say each that is not there.
        Op::And(a, b) if wanted => {
            joined(gap(reader, here, *a, wanted, deeper), gap(reader, here, *b, wanted, deeper))
        }
        // One is enough: say the nearest.
        Op::Or(a, b) if wanted => {
            nearest(gap(reader, here, *a, wanted, deeper), gap(reader, here, *b, wanted, deeper))
        }
        Op::Call { body, .. } => gap(reader, here, *body, wanted, deeper),
        Op::OfApplicant(body) => {
            let household = reader.household;
            let family = household.project(here.entity, here.instance, Entity::Family)?;
            let instance = household.family(family)?.applicant;
            let there = Where { entity: Entity::Person, instance, ..here };
            gap(reader, there, *body, wanted, deeper)
        }
        Op::Aggregate(Aggregation { reduce: Reduce::Any | Reduce::All, body, .. }) => {
            let steps = reader.steps(here.entry).iter();
            let persons = steps.filter(|it| it.expr == *body && it.month == here.month);
            let gaps = persons.filter_map(|it| gap(reader, here.on(it), *body, wanted, deeper));
            gaps.fold(None, |best, it| nearest(best, Some(it)))
        }
        Op::Rule(rule) => {
            let inner = reader.read_by(here.step(reader, expr)?, *rule)?;
            let found = reader.rule_of(inner)?;
            let there = Where::of(inner, found.entity);
            gap(reader, there, found.body, wanted, deeper).or_else(|| {
                let who = reader.about(found.entity, inner.instance);
                let verdict = if wanted { "non" } else { "oui" };
                Some(Gap {
                    words: with_name(&who, &format!("{} : {verdict}", found.label)),
                    distance: None,
                })
            })
        }
        Op::Input(input) => {
            let label = &reader.book.input(*input)?.label;
            let value = reader.write(here.value(reader, expr)?, reader.type_of(expr));
            Some(Gap {
                words: with_name(&here.name(reader), &format!("{label} : {value}")),
                distance: None,
            })
        }
        Op::In(subject, _) => {
            let label = formula::described(reader, *subject);
            let value = reader.write(here.value(reader, *subject)?, reader.type_of(*subject));
            Some(Gap {
                words: with_name(&here.name(reader), &format!("{label} : {value}")),
                distance: None,
            })
        }
        _ => None,
    }
}

fn compared(
    reader: &Reader<'_>,
    here: Where<'_>,
    comparison: Comparison,
    a: ExprId,
    b: ExprId,
) -> Option<Gap> {
    // « 100 € > loyer » is told from the rent's side.
    if let (Some(Op::Const(_)), false) = (reader.op(a), matches!(reader.op(b), Some(Op::Const(_))))
    {
        return compared(reader, here, mirrored(comparison), b, a);
    }
    let (left, right) = (here.value(reader, a)?, here.value(reader, b)?);
    let ty = match reader.type_of(a) {
        Type::Zero => reader.type_of(b),
        it => it,
    };
    let found = reader.write(left, ty);
    let label = match reader.op(a)? {
        Op::MonthsSince(_) | Op::YearsSince(_) => "âge ou durée".to_owned(),
        Op::Count { .. } => "nombre".to_owned(),
        _ => formula::described(reader, a),
    };
    let (Value::Number(x), Value::Number(y)) = (left, right) else {
        let words = with_name(&here.name(reader), &format!("{label} : {found}"));
        return Some(Gap { words, distance: None });
    };
    let distance = x.checked_sub(y)?;
    let size = if distance.is_negative() { distance.checked_neg()? } else { distance };
    // « par mois » once is enough: the limit and the distance are in the unit of what was found.
    let short = |it: Rational| match ty {
        Type::Number(unit) if unit.euro == 1 => format::money(it),
        _ => reader.write(Value::Number(it), ty),
    };
    let limit = short(y);
    let told = match (ty, size < Rational::from_cents(1)) {
        (Type::Number(unit), true) if unit.euro == 1 => "moins d’un centime".to_owned(),
        _ => short(size),
    };
    let words = match comparison {
        Comparison::Lt if size.is_zero() => format!("{label} : {found}, il faut moins"),
        Comparison::Gt if size.is_zero() => format!("{label} : {found}, il faut plus"),
        Comparison::Lt | Comparison::Le => {
            format!("{label} : {found}, pour une limite de {limit}, soit {told} de trop")
        }
        Comparison::Gt => format!("{label} : {found}, il faut plus de {limit}, il manque {told}"),
        Comparison::Ge => format!("{label} : {found}, il faut {limit}, il manque {told}"),
        Comparison::Eq | Comparison::Ne => format!("{label} : {found}"),
    };
    // A missing person is not nearer than a missing euro: head counts are not ranked.
    let ranked = !matches!(ty, Type::Number(unit) if unit.flavour == Flavour::Persons);
    let words = with_name(&here.name(reader), &words);
    Some(Gap { words, distance: ranked.then_some((ty, size)) })
}

/// The same comparison, read from the other side.
fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Lt => Comparison::Gt,
        Comparison::Le => Comparison::Ge,
        Comparison::Gt => Comparison::Lt,
        Comparison::Ge => Comparison::Le,
        Comparison::Eq | Comparison::Ne => comparison,
    }
}

fn with_name(name: &str, words: &str) -> String {
    if name.is_empty() { words.to_owned() } else { format!("{name} — {words}") }
}

fn joined(a: Option<Gap>, b: Option<Gap>) -> Option<Gap> {
    match (a, b) {
        (Some(a), Some(b)) => {
            Some(Gap { words: format!("{} ; {}", a.words, b.words), distance: None })
        }
        (it, None) | (None, it) => it,
    }
}

fn nearest(a: Option<Gap>, b: Option<Gap>) -> Option<Gap> {
    match (a, b) {
        // Years and euros cannot be ranked against each other; inside one unit they can.
        (Some(a), Some(b)) => Some(match (a.distance, b.distance) {
            (Some((unit, x)), Some((other, y))) if unit == other && y < x => b,
            (None, Some(_)) => b,
            _ => a,
        }),
        (it, None) | (None, it) => it,
    }
}
