//! A calculation written out, with the values it read.

use base::{Month, Rational, Rounding};
use law_ir::{
    Aggregation, Arm, ArmPattern, Comparison, ExprId, Op, Reduce, Role, Type, Value, WindowUse,
};
use law_reference::Entry;

use crate::reader::Reader;

/// The body of the entry's rule in words and numbers; `None` when it is a bare name or number.
pub(crate) fn of_entry(reader: &Reader<'_>, entry: &Entry) -> Option<String> {
    let body = reader.rule_of(entry)?.body;
    // An amount nobody computed, because a condition fails, has no calculation to show.
    if !reader.steps(entry).iter().any(|it| it.expr == body) {
        return None;
    }
    let text = text(reader, entry, body, 0);
    // « 100 % = 100 % » teaches nobody anything.
    (Some(&text) != reader.told(entry, body).as_ref()).then_some(text)
}

/// How tightly the written form binds: what is below its surroundings goes between parentheses.
fn strength(op: &Op) -> u8 {
    match op {
        Op::Or(..) => 1,
        Op::And(..) => 2,
        Op::Compare(..) | Op::In(..) => 3,
        Op::Add(..) | Op::Sub(..) => 4,
        Op::Mul(..) | Op::Div(..) | Op::Scale(..) => 5,
        Op::Max(_) | Op::Min(_) | Op::Round { .. } => 0,
        _ => 6,
    }
}

pub(crate) fn text(reader: &Reader<'_>, entry: &Entry, expr: ExprId, around: u8) -> String {
    let Some(op) = reader.op(expr) else { return String::new() };
    let own = strength(op);
    let below = |it: ExprId| text(reader, entry, it, own);
    let tight = |it: ExprId| text(reader, entry, it, own.saturating_add(1));
    let res = match op {
        // Twelve times a written number of years is that number of months: say the months.
        Op::Scale(it, _) if matches!(reader.op(*it), Some(Op::Const(_))) => {
            return reader.told(entry, expr).unwrap_or_default();
        }
        Op::Const(value) => reader.write(*value, reader.type_of(expr)),
        Op::Rule(_) | Op::Input(_) | Op::Param(_) | Op::Table { .. } => {
            named(reader, entry, expr, op)
        }
        Op::OfApplicant(it) => format!("{} du demandeur", named_at(reader, entry, *it)),
        // The function has its own line, with its article; an unread one is written out.
        Op::Call { function, body } => {
            let function = reader.book.function(*function).map(|it| it.label.clone());
            match (function, reader.told(entry, expr)) {
                (Some(label), Some(value)) => format!("{label} ({value})"),
                _ => return text(reader, entry, *body, around),
            }
        }
        Op::Not(it) => format!("non ({})", text(reader, entry, *it, 0)),
        Op::Neg(it) => format!("−{}", below(*it)),
        Op::Add(a, b) => format!("{} + {}", below(*a), below(*b)),
        Op::Sub(a, b) => format!("{} − {}", below(*a), tight(*b)),
        Op::Mul(a, b) => format!("{} × {}", below(*a), tight(*b)),
        Op::Div(a, b) => format!("{} ÷ {}", below(*a), tight(*b)),
        Op::Scale(it, scale) => scaled(tight(*it), *scale),
        Op::Min(all) => extreme(reader, entry, all, "le plus petit entre ", "au maximum 0"),
        Op::Max(all) => extreme(reader, entry, all, "le plus grand entre ", "au minimum 0"),
        Op::Round { value, mode, quantum } => {
            let rounding = rounding(*quantum, *mode, reader.type_of(*value));
            format!("{}, {rounding}", text(reader, entry, *value, 0))
        }
        Op::Compare(comparison, a, b) => {
            format!("{} {} {}", tight(*a), sign(*comparison), tight(*b))
        }
        Op::And(a, b) => format!("{} et {}", below(*a), below(*b)),
        Op::Or(a, b) => format!("{} ou {}", below(*a), below(*b)),
        Op::In(subject, cases) => {
            let words =
                cases.iter().filter_map(|it| reader.book.case(*it)).map(|it| it.label.as_str());
            format!("{} parmi : {}", tight(*subject), words.collect::<Vec<_>>().join(", "))
        }
        Op::If { condition, then, otherwise } => {
            let taken = reader.value(entry, *condition).and_then(Value::as_bool);
            text(reader, entry, if taken == Some(false) { *otherwise } else { *then }, around)
        }
        Op::Select { .. } => match taken_arm(reader, entry, expr) {
            Some(Arm { value, label: Some(label), .. }) => {
                format!("{} (« {label} »)", text(reader, entry, *value, own))
            }
            Some(arm) => return text(reader, entry, arm.value, around),
            None => atom(reader, entry, expr, "selon le cas"),
        },
        Op::At { value, shift } => {
            let words = format!("{}, {}", described(reader, *value), shifted(*shift));
            inner(reader, entry, expr, words)
        }
        Op::Over { reduce, window, body } => {
            let over = format!("{} de {}", reduced(*reduce), described(reader, *body));
            let words = format!("{over} {}", window_words(reader, entry.month, *window));
            inner(reader, entry, expr, words)
        }
        Op::Aggregate(it) => inner(reader, entry, expr, aggregate(reader, it)),
        _ => bare(reader, entry, expr, op),
    };
    if own < around { format!("({res})") } else { res }
}

/// What is told by a few words and its value, without what it was computed from.
fn bare(reader: &Reader<'_>, entry: &Entry, expr: ExprId, op: &Op) -> String {
    match op {
        Op::Count { role, filter } => {
            let words = such_that(reader, *filter, role_words(*role));
            atom(reader, entry, expr, &of("nombre", &words))
        }
        Op::Rank { role, filter } => {
            let words = such_that(reader, *filter, role_words(*role));
            atom(reader, entry, expr, &format!("rang parmi les {words}"))
        }
        Op::CurrentMonth => crate::format::month(entry.month),
        Op::Share => atom(reader, entry, expr, "part de l’enfant"),
        Op::IsParent => "est parent".to_owned(),
        Op::IsChild => "est enfant".to_owned(),
        Op::IsApplicant => "est demandeur".to_owned(),
        Op::TaxedElsewhere => "est rattaché à un autre foyer fiscal".to_owned(),
        Op::MonthsSince(_) | Op::YearsSince(_) => atom(reader, entry, expr, "durée écoulée"),
        Op::YearOf(_) => atom(reader, entry, expr, "année"),
        Op::MonthNumberOf(_) => atom(reader, entry, expr, "mois"),
        Op::FirstOfMonth(_) => atom(reader, entry, expr, "premier jour du mois"),
        _ => atom(reader, entry, expr, "calcul"),
    }
}

/// The case that was taken.
pub(crate) fn taken_arm<'a>(reader: &Reader<'a>, entry: &Entry, select: ExprId) -> Option<&'a Arm> {
    let Op::Select { subject, arms } = reader.op(select)? else { return None };
    let subject = match subject {
        Some(it) => Some(reader.value(entry, *it)?),
        None => None,
    };
    arms.iter().find(|arm| taken(reader, entry, &arm.pattern, subject) == Some(true))
}

/// `None` when the trace does not tell: the case was not looked at.
fn taken(
    reader: &Reader<'_>,
    entry: &Entry,
    pattern: &ArmPattern,
    subject: Option<Value>,
) -> Option<bool> {
    let against = |it: &ExprId| subject?.order(reader.value(entry, *it)?);
    Some(match pattern {
        ArmPattern::Otherwise => true,
        ArmPattern::When(condition) => reader.value(entry, *condition)?.as_bool()?,
        ArmPattern::OneOf(values) => {
            values.iter().any(|it| subject.is_some() && reader.value(entry, *it) == subject)
        }
        ArmPattern::LessThan(it) => against(it)?.is_lt(),
        ArmPattern::UpTo(it) => against(it)?.is_le(),
        ArmPattern::AtLeast(it) => against(it)?.is_ge(),
        ArmPattern::MoreThan(it) => against(it)?.is_gt(),
        ArmPattern::Between(low, high) => against(low)?.is_ge() && against(high)?.is_le(),
    })
}

fn named(reader: &Reader<'_>, entry: &Entry, expr: ExprId, op: &Op) -> String {
    let label = label(reader, op);
    match reader.told(entry, expr) {
        Some(value) => format!("{label} ({value})"),
        None => label,
    }
}

fn named_at(reader: &Reader<'_>, entry: &Entry, expr: ExprId) -> String {
    let label = described(reader, expr);
    let step = reader.steps(entry).iter().find(|it| it.expr == expr && it.month == entry.month);
    match step.and_then(|it| reader.trace.value(it)) {
        Some(value) => format!("{label} ({})", reader.write(value, reader.type_of(expr))),
        None => label,
    }
}

/// A name without its value: what is read for several persons or months has several.
pub(crate) fn described(reader: &Reader<'_>, expr: ExprId) -> String {
    let Some(op) = reader.op(expr) else { return String::new() };
    match op {
        Op::Rule(_) | Op::Input(_) | Op::Param(_) | Op::Table { .. } => label(reader, op),
        Op::Const(value) => reader.write(*value, reader.type_of(expr)),
        Op::Call { function, .. } => {
            reader.book.function(*function).map(|it| it.label.clone()).unwrap_or_default()
        }
        _ => {
            let mut names = Vec::new();
            law_ir::invariants::visit(reader.book, expr, &mut |op| {
                if matches!(op, Op::Rule(_) | Op::Input(_) | Op::Param(_) | Op::Table { .. }) {
                    names.push(label(reader, op));
                }
            });
            names.dedup();
            if names.is_empty() { "calcul".to_owned() } else { names.join(" et ") }
        }
    }
}

pub(crate) fn label(reader: &Reader<'_>, op: &Op) -> String {
    let book = reader.book;
    let found = match op {
        Op::Rule(id) => book.rule(*id).map(|it| &it.label),
        Op::Input(id) => book.input(*id).map(|it| &it.label),
        Op::Param(id) => book.param(*id).map(|it| &it.label),
        Op::Table { table, .. } => book.table(*table).map(|it| &it.label),
        _ => None,
    };
    found.cloned().unwrap_or_default()
}

fn atom(reader: &Reader<'_>, entry: &Entry, expr: ExprId, words: &str) -> String {
    match reader.told(entry, expr) {
        Some(value) => format!("{words} ({value})"),
        None => words.to_owned(),
    }
}

/// Words that have no numbers in them, with what they came to; at the top, the line itself says it.
fn inner(reader: &Reader<'_>, entry: &Entry, expr: ExprId, words: String) -> String {
    match reader.rule_of(entry) {
        Some(rule) if rule.body == expr => words,
        _ => atom(reader, entry, expr, &words),
    }
}

/// `nombre d’enfants`, `nombre de parents`.
fn of(what: &str, words: &str) -> String {
    let elided = words.starts_with(['a', 'e', 'é', 'i', 'o', 'u']);
    format!("{what} {}{words}", if elided { "d’" } else { "de " })
}

/// The persons of a role, and what they were chosen by.
fn such_that(reader: &Reader<'_>, filter: Option<ExprId>, who: &str) -> String {
    match filter {
        Some(filter) => format!("{who} (choisis selon : {})", described(reader, filter)),
        None => who.to_owned(),
    }
}

/// `arrondi au centime`, `arrondi à 1 € inférieur`, `arrondi à 0,01 %`.
fn rounding(quantum: Rational, mode: Rounding, ty: Type) -> String {
    let direction = match mode {
        Rounding::Nearest => "",
        Rounding::Down => " inférieur",
        Rounding::Up => " supérieur",
    };
    let money = matches!(ty, Type::Number(unit) if unit.euro == 1);
    let rate = matches!(ty, Type::Number(unit) if unit.flavour == law_ir::Flavour::Rate);
    if money && quantum == Rational::from_cents(1) {
        format!("arrondi au centime{direction}")
    } else if money && quantum == Rational::ONE {
        format!("arrondi à l’euro{direction}")
    } else if money {
        format!("arrondi à {quantum}\u{a0}€{direction}")
    } else if rate {
        let percent = quantum.checked_mul(Rational::from(100)).unwrap_or(quantum);
        format!("arrondi à {percent}\u{a0}%{direction}")
    } else {
        format!("arrondi à {quantum}{direction}")
    }
}

fn scaled(text: String, scale: Rational) -> String {
    if scale.denominator() > 1 {
        format!("{text} ÷ {}", scale.denominator())
    } else {
        format!("{text} × {}", scale.numerator())
    }
}

fn extreme(
    reader: &Reader<'_>,
    entry: &Entry,
    all: &[ExprId],
    words: &str,
    with_zero: &str,
) -> String {
    if let [value, bound] = all
        && matches!(reader.op(*bound), Some(Op::Const(Value::Number(it))) if it.is_zero())
    {
        return format!("{}, {with_zero}", text(reader, entry, *value, 0));
    }
    // One inside the other, « entre a et b et c » would not say which two are compared first.
    let parts: Vec<String> = all.iter().map(|it| text(reader, entry, *it, 1)).collect();
    format!("{words}{}", parts.join(" et "))
}

fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Eq => "=",
        Comparison::Ne => "≠",
        Comparison::Lt => "<",
        Comparison::Le => "≤",
        Comparison::Gt => ">",
        Comparison::Ge => "≥",
    }
}

fn aggregate(reader: &Reader<'_>, it: &Aggregation) -> String {
    let who = such_that(reader, it.filter, role_words(it.role));
    let what = described(reader, it.body);
    match it.reduce {
        Reduce::Any => format!("l’un des {who} : {what}"),
        Reduce::All => format!("chacun des {who} : {what}"),
        Reduce::Sum | Reduce::Mean | Reduce::Max | Reduce::Min => {
            format!("{} pour les {who} : {what}", reduced(it.reduce))
        }
    }
}

fn role_words(role: Role) -> &'static str {
    match role {
        Role::Members => "membres",
        Role::Parents => "parents",
        Role::Children => "enfants",
        Role::Declarants => "déclarants",
        Role::Dependants => "personnes à charge",
    }
}

fn reduced(reduce: Reduce) -> &'static str {
    match reduce {
        Reduce::Sum => "somme",
        Reduce::Mean => "moyenne",
        Reduce::Max => "maximum",
        Reduce::Min => "minimum",
        Reduce::Any => "au moins un mois",
        Reduce::All => "chaque mois",
    }
}

fn shifted(shift: i32) -> String {
    match shift {
        -1 => "le mois précédent".to_owned(),
        1 => "le mois suivant".to_owned(),
        it if it < 0 => format!("{} mois plus tôt", it.unsigned_abs()),
        it => format!("{it} mois plus tard"),
    }
}

/// The months of the window, seen from the month the rule was read for.
fn window_words(reader: &Reader<'_>, month: Month, window: WindowUse) -> String {
    match window {
        WindowUse::Named(id) => {
            let label = reader.book.window(id).map(|it| it.label.clone()).unwrap_or_default();
            format!("sur la période « {label} »")
        }
        WindowUse::Months { first, last } => {
            let (first, last) = (month.plus(first), month.plus(last));
            format!("({})", crate::format::months(first, last))
        }
        WindowUse::Year { offset } => {
            format!("sur l’année {}", month.year().saturating_add(offset))
        }
    }
}
