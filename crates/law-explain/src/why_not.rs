//! The conditions that fail, and how far the household is from meeting them.

use base::Rational;
use law_ir::{
    Aggregation, Comparison, ConditionKind, Entity, ExprId, Flavour, Op, Reduce, RuleKind, Type,
    Value,
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
        if result.verdict != Verdict::Failed {
            continue;
        }
        let ConditionKind::Test(test) = condition.kind else { continue };
        let here = Where { entry, entity: rule.entity, step: None };
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
                format!("le montant calculé est de {} par mois", format::money(it)),
            ),
            _ => {
                ("avoir un montant à verser".to_owned(), "le montant calculé est de 0 €".to_owned())
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
    step: Option<Step>,
}

impl Where<'_> {
    fn value(&self, reader: &Reader<'_>, expr: ExprId) -> Option<Value> {
        if let Some(Op::Const(value)) = reader.op(expr) {
            return Some(*value);
        }
        let (instance, month) =
            self.step.map_or((self.entry.instance, self.entry.month), |it| (it.instance, it.month));
        let here = |it: &&Step| it.expr == expr && it.instance == instance && it.month == month;
        self.entry.steps.iter().find(here)?.value
    }

    fn name(&self, reader: &Reader<'_>) -> String {
        match self.step {
            Some(step) if self.entity == Entity::Person => {
                reader.about(Entity::Person, step.instance)
            }
            _ => String::new(),
        }
    }
}

/// A failed expression in words; `distance` orders the alternatives of an `ou`.
struct Gap {
    words: String,
    distance: Option<Rational>,
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
    if depth > DEEPEST || here.value(reader, expr).and_then(Value::as_bool) == Some(wanted) {
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
        Op::Call { body, .. } | Op::OfApplicant(body) => gap(reader, here, *body, wanted, deeper),
        Op::Aggregate(Aggregation { reduce: Reduce::Any | Reduce::All, body, .. }) => {
            let persons = here.entry.steps.iter().filter(|it| it.expr == *body);
            let gaps = persons.filter_map(|step| {
                let there = Where { entity: Entity::Person, step: Some(*step), ..here };
                gap(reader, there, *body, wanted, deeper)
            });
            gaps.fold(None, |best, it| nearest(best, Some(it)))
        }
        Op::Rule(rule) => {
            let (instance, month) = here
                .step
                .map_or((here.entry.instance, here.entry.month), |it| (it.instance, it.month));
            let step = Step { expr, instance, month, value: None };
            let inner = reader.read_by(here.entity, &step, *rule)?;
            let found = reader.rule_of(inner)?;
            let there = Where { entry: inner, entity: found.entity, step: None };
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
    let (limit, told) = (short(y), short(size));
    let words = match comparison {
        Comparison::Lt | Comparison::Le => {
            format!("{label} : {found}, pour une limite de {limit}, soit {told} de trop")
        }
        Comparison::Gt | Comparison::Ge => {
            format!("{label} : {found}, il faut {limit}, il manque {told}")
        }
        Comparison::Eq | Comparison::Ne => format!("{label} : {found}"),
    };
    // Ages, head counts and euros cannot be ranked against each other; inside one unit they can.
    let comparable = !matches!(ty, Type::Number(unit) if unit.flavour == Flavour::Persons);
    Some(Gap { words: with_name(&here.name(reader), &words), distance: comparable.then_some(size) })
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
        (Some(a), Some(b)) => Some(match (a.distance, b.distance) {
            (Some(x), Some(y)) if y < x => b,
            (None, Some(_)) => b,
            _ => a,
        }),
        (it, None) | (None, it) => it,
    }
}
