//! The slips one operation invites.

use base::{Rational, Rounding};
use law_ir::{
    Aggregation, Arm, ArmPattern, Book, Comparison, ExprId, Op, Reduce, Role, Type, Unit, Value,
    WindowUse,
};

/// Other operations a hurried author could have written, each told in words.
pub(super) fn slips(book: &Book, op: &Op) -> Vec<(Op, String)> {
    match op {
        Op::Compare(comparison, a, b) => comparisons(*comparison)
            .into_iter()
            .map(|(it, told)| (Op::Compare(it, *a, *b), told.to_owned()))
            .collect(),
        Op::And(a, b) => vec![
            (Op::Or(*a, *b), "ou au lieu de et".to_owned()),
            (alias(book, *a), "seconde condition oubliée".to_owned()),
            (alias(book, *b), "première condition oubliée".to_owned()),
        ],
        Op::Or(a, b) => vec![
            (Op::And(*a, *b), "et au lieu de ou".to_owned()),
            (alias(book, *a), "seconde condition oubliée".to_owned()),
            (alias(book, *b), "première condition oubliée".to_owned()),
        ],
        Op::Not(it) => vec![(alias(book, *it), "non oublié".to_owned())],
        Op::Add(a, b) => vec![
            (alias(book, *a), "second terme oublié".to_owned()),
            (alias(book, *b), "premier terme oublié".to_owned()),
        ],
        Op::Sub(a, _) => vec![(alias(book, *a), "déduction oubliée".to_owned())],
        Op::Min(all) => vec![(Op::Max(all.clone()), "max au lieu de min".to_owned())],
        Op::Max(all) => vec![(Op::Min(all.clone()), "min au lieu de max".to_owned())],
        Op::Round { value, mode, quantum } => rounding(*mode)
            .into_iter()
            .map(|(mode, told)| {
                (Op::Round { value: *value, mode, quantum: *quantum }, told.to_owned())
            })
            .chain([(alias(book, *value), "arrondi oublié".to_owned())])
            .collect(),
        Op::If { condition, then, otherwise } => {
            let swapped = Op::If { condition: *condition, then: *otherwise, otherwise: *then };
            vec![(swapped, "alors et sinon échangés".to_owned())]
        }
        Op::Select { subject, arms } => bounds(subject.as_ref(), arms),
        Op::In(subject, cases) => cases
            .iter()
            .map(|left_out| {
                let kept = cases.iter().filter(|it| *it != left_out).copied().collect();
                let name = book.case(*left_out).map(|it| it.name.as_str()).unwrap_or_default();
                (Op::In(*subject, kept), format!("cas {name} oublié"))
            })
            .collect(),
        Op::At { value, shift } => [-1, 1]
            .into_iter()
            .map(|by| {
                let shift = shift.saturating_add(by);
                (Op::At { value: *value, shift }, format!("décalé de {by} mois"))
            })
            .collect(),
        Op::Over { reduce, window, body } => over(*reduce, *window, *body),
        Op::Aggregate(it) => aggregate(it),
        Op::Count { role, filter } => {
            let filter_less = filter
                .map(|_| (Op::Count { role: *role, filter: None }, "filtre oublié".to_owned()));
            other_roles(*role)
                .into_iter()
                .map(|(role, told)| (Op::Count { role, filter: *filter }, told.to_owned()))
                .chain(filter_less)
                .collect()
        }
        Op::Rank { role, filter: Some(_) } => {
            vec![(Op::Rank { role: *role, filter: None }, "filtre oublié".to_owned())]
        }
        Op::FirstOfMonth(date) => {
            vec![(alias(book, *date), "jour au lieu du premier du mois".to_owned())]
        }
        Op::OfApplicant(_)
        | Op::Const(_)
        | Op::Param(_)
        | Op::Table { .. }
        | Op::Input(_)
        | Op::Rule(_)
        | Op::Call { .. }
        | Op::Neg(_)
        | Op::Mul(..)
        | Op::Div(..)
        | Op::Scale(..)
        | Op::Rank { filter: None, .. }
        | Op::CurrentMonth
        | Op::Share
        | Op::IsParent
        | Op::IsChild
        | Op::IsApplicant
        | Op::TaxedElsewhere
        | Op::MonthsSince(_)
        | Op::YearsSince(_)
        | Op::YearOf(_)
        | Op::MonthNumberOf(_) => Vec::new(),
    }
}

/// The operation of another node, written here.
fn alias(book: &Book, id: ExprId) -> Op {
    book.node(id).map_or(Op::Const(Value::Bool(false)), |it| it.op.clone())
}

fn comparisons(comparison: Comparison) -> Vec<(Comparison, &'static str)> {
    match comparison {
        Comparison::Lt => vec![(Comparison::Le, "≤ au lieu de <")],
        Comparison::Le => vec![(Comparison::Lt, "< au lieu de ≤")],
        Comparison::Gt => vec![(Comparison::Ge, "≥ au lieu de >")],
        Comparison::Ge => vec![(Comparison::Gt, "> au lieu de ≥")],
        Comparison::Eq => vec![(Comparison::Ne, "≠ au lieu de =")],
        Comparison::Ne => vec![(Comparison::Eq, "= au lieu de ≠")],
    }
}

fn rounding(mode: Rounding) -> Vec<(Rounding, &'static str)> {
    match mode {
        Rounding::Nearest => {
            vec![(Rounding::Down, "arrondi inférieur"), (Rounding::Up, "arrondi supérieur")]
        }
        Rounding::Down | Rounding::Up => vec![(Rounding::Nearest, "arrondi au plus proche")],
    }
}

/// Each bound included or not, each arm left to the next.
fn bounds(subject: Option<&ExprId>, arms: &[Arm]) -> Vec<(Op, String)> {
    let mut res = Vec::new();
    for (rank, arm) in arms.iter().enumerate() {
        let with = |pattern: Option<ArmPattern>| {
            let mut arms = arms.to_vec();
            match (pattern, arms.get_mut(rank)) {
                (Some(pattern), Some(arm)) => arm.pattern = pattern,
                _ => drop(arms.remove(rank)),
            }
            Op::Select { subject: subject.copied(), arms }
        };
        let told = |what: &str| format!("cas {} : {what}", rank.saturating_add(1));
        match &arm.pattern {
            ArmPattern::LessThan(it) => {
                res.push((with(Some(ArmPattern::UpTo(*it))), told("jusqu’à au lieu de moins de")));
            }
            ArmPattern::UpTo(it) => {
                res.push((
                    with(Some(ArmPattern::LessThan(*it))),
                    told("moins de au lieu de jusqu’à"),
                ));
            }
            ArmPattern::AtLeast(it) => {
                res.push((
                    with(Some(ArmPattern::MoreThan(*it))),
                    told("plus de au lieu de et plus"),
                ));
            }
            ArmPattern::MoreThan(it) => {
                res.push((
                    with(Some(ArmPattern::AtLeast(*it))),
                    told("et plus au lieu de plus de"),
                ));
            }
            ArmPattern::When(_) | ArmPattern::OneOf(_) => {
                let last = rank.saturating_add(1) == arms.len();
                if !last {
                    res.push((with(None), told("oublié")));
                }
            }
            ArmPattern::Between(..) | ArmPattern::Otherwise => {}
        }
    }
    res
}

fn over(reduce: Reduce, window: WindowUse, body: ExprId) -> Vec<(Op, String)> {
    let mut res: Vec<(Op, String)> = other_reduce(reduce)
        .into_iter()
        .map(|(reduce, told)| (Op::Over { reduce, window, body }, told.to_owned()))
        .collect();
    for by in [-1, 1] {
        let shifted = match window {
            WindowUse::Months { first, last } => {
                WindowUse::Months { first: first.saturating_add(by), last: last.saturating_add(by) }
            }
            WindowUse::Year { offset } => WindowUse::Year { offset: offset.saturating_add(by) },
            // Its own versions are changed instead.
            WindowUse::Named(_) => continue,
        };
        let unit = if matches!(window, WindowUse::Year { .. }) { "an" } else { "mois" };
        res.push((
            Op::Over { reduce, window: shifted, body },
            format!("fenêtre décalée de {by} {unit}"),
        ));
    }
    res
}

fn other_reduce(reduce: Reduce) -> Vec<(Reduce, &'static str)> {
    match reduce {
        Reduce::Sum => vec![(Reduce::Max, "maximum au lieu de somme")],
        Reduce::Mean => vec![(Reduce::Max, "maximum au lieu de moyenne")],
        Reduce::Max => vec![(Reduce::Min, "minimum au lieu de maximum")],
        Reduce::Min => vec![(Reduce::Max, "maximum au lieu de minimum")],
        Reduce::Any => vec![(Reduce::All, "chacun au lieu de un")],
        Reduce::All => vec![(Reduce::Any, "un au lieu de chacun")],
    }
}

fn other_roles(role: Role) -> Vec<(Role, &'static str)> {
    match role {
        Role::Members => vec![(Role::Parents, "parents au lieu de membres")],
        Role::Parents => vec![(Role::Members, "membres au lieu de parents")],
        Role::Children => vec![(Role::Members, "membres au lieu de enfants")],
        Role::Declarants => vec![(Role::Members, "membres au lieu de déclarants")],
        Role::Dependants => vec![(Role::Members, "membres au lieu de à_charge")],
    }
}

fn aggregate(it: &Aggregation) -> Vec<(Op, String)> {
    let mut res = Vec::new();
    for (reduce, told) in other_reduce(it.reduce) {
        // A maximum of nobody needs a value to fall back on, which a sum does not have.
        res.push((Op::Aggregate(Aggregation { reduce, ..it.clone() }), told.to_owned()));
    }
    for (role, told) in other_roles(it.role) {
        res.push((Op::Aggregate(Aggregation { role, ..it.clone() }), told.to_owned()));
    }
    if it.filter.is_some() {
        let all = Aggregation { filter: None, ..it.clone() };
        res.push((Op::Aggregate(all), "filtre oublié".to_owned()));
    }
    res
}

/// The smallest step of a number of that unit: a cent, a hundredth of a percent, one person, one year.
pub(super) fn step(ty: Type) -> Rational {
    let Type::Number(unit) = ty else { return Rational::ONE };
    let cent = Rational::from_cents(1);
    if unit.euro != 0 {
        return cent;
    }
    match unit {
        Unit::RATE => Rational::new(1, 10_000).unwrap_or(cent),
        _ => Rational::ONE,
    }
}
