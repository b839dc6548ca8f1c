//! The declarations of a rulebook.

use std::fmt::Write as _;

use super::book::Draft;
use super::scope::{Function, Here, Named, Of, Table, Ty, Unit, Window};
use super::values;

/// The days on which versions start: the first of a month mostly, the middle of one too.
const STARTS: [&str; 6] =
    ["2010-01-01", "2024-04-01", "2025-01-01", "2025-03-15", "2025-04-01", "2026-03-01"];

pub(super) fn birth_date(draft: &mut Draft<'_>) {
    draft.text.push_str("donnée date_de_naissance : date par personne, permanente « naissance »\n");
    draft.declare("date_de_naissance", Ty::Date, Of::Person);
}

pub(super) fn enumeration(draft: &mut Draft<'_>) {
    let rank = draft.scope.enums.len();
    let count = 2 + draft.dice.below(3);
    let cases: Vec<String> = (0..count).map(|it| format!("e{rank}_{it}")).collect();
    let _ = writeln!(draft.text, "énumération e{rank} « genre {rank} »");
    for case in &cases {
        let _ = writeln!(draft.text, "  | {case} « cas {case} »");
    }
    draft.scope.enums.push(cases);
}

/// Some start dates, in order. Most cover every month asked about; some begin late, which is a fault to meet.
fn starts(draft: &mut Draft<'_>) -> Vec<&'static str> {
    let first = if draft.dice.chance(12) { 3 } else { 0 };
    let mut res: Vec<&str> = STARTS.into_iter().skip(first).collect();
    let kept = 1 + draft.dice.below(3);
    while res.len() > kept {
        // The first is kept: what starts is known from then on.
        let at = 1 + draft.dice.below(res.len().saturating_sub(1));
        res.remove(at);
    }
    res
}

fn literal(draft: &mut Draft<'_>, ty: Ty) -> String {
    match ty {
        Ty::Bool => draft.dice.one_of(["vrai", "faux"]).to_owned(),
        Ty::Date => values::day(&mut draft.dice, 1995, 2026).to_string(),
        Ty::Enum(rank) => {
            let cases = draft.scope.enums.get(rank).cloned().unwrap_or_default();
            cases.get(draft.dice.below(cases.len())).cloned().unwrap_or_default()
        }
        Ty::Number(unit) => values::written(values::number(&mut draft.dice, unit), unit),
    }
}

pub(super) fn param(draft: &mut Draft<'_>) {
    let ty = match draft.dice.below(8) {
        0 => Ty::Date,
        _ => Ty::Number(Unit::any(&mut draft.dice)),
    };
    let name = draft.fresh('p');
    let _ = writeln!(draft.text, "paramètre {name} : {} « {name} »", draft.scope.ty_word(ty));
    for start in starts(draft) {
        let value =
            if draft.dice.chance(4) { "sans valeur".to_owned() } else { literal(draft, ty) };
        let source = draft.source();
        let _ = writeln!(draft.text, "  depuis {start} : {value}{source}");
    }
    draft.scope.params.push((name, ty));
}

pub(super) fn table(draft: &mut Draft<'_>) {
    let key = |draft: &mut Draft<'_>| match draft.dice.below(3) {
        0 if !draft.scope.enums.is_empty() => Ty::Enum(draft.dice.below(draft.scope.enums.len())),
        1 => Ty::Number(Unit::Number),
        _ => Ty::Number(Unit::Persons),
    };
    let keys: Vec<Ty> = (0..1 + draft.dice.below(2)).map(|_| key(draft)).collect();
    let ty = Ty::Number(Unit::any(&mut draft.dice));
    let name = draft.fresh('t');
    let entries: Vec<String> = keys
        .iter()
        .enumerate()
        .map(|(rank, it)| format!("k{rank} : {}", draft.scope.ty_word(*it)))
        .collect();
    let word = draft.scope.ty_word(ty);
    let _ = writeln!(draft.text, "table {name}({}) : {word} « {name} »", entries.join(", "));
    for start in starts(draft) {
        let source = draft.source();
        let _ = writeln!(draft.text, "  depuis {start}{source}");
        let columns = keys.get(1).map(|it| lines(draft, *it));
        if let Some(columns) = &columns {
            let _ = writeln!(draft.text, "    colonnes {}", columns.join(" | "));
        }
        let width = columns.map_or(1, |it| it.len());
        for line in keys.first().map(|it| lines(draft, *it)).unwrap_or_default() {
            let cells: Vec<String> = (0..width).map(|_| literal(draft, ty)).collect();
            let _ = writeln!(draft.text, "    ligne {line} : {}", cells.join(" | "));
        }
    }
    draft.scope.tables.push(Table { name, ty, keys });
}

/// The keys of a table: mostly all of them, sometimes one short, which is a fault to meet.
fn lines(draft: &mut Draft<'_>, key: Ty) -> Vec<String> {
    let short = draft.dice.chance(15);
    match key {
        Ty::Enum(rank) => {
            let mut cases = draft.scope.enums.get(rank).cloned().unwrap_or_default();
            draft.dice.shuffle(&mut cases);
            if short && cases.len() > 1 {
                cases.pop();
            }
            cases
        }
        _ => {
            let count = 2 + draft.dice.below(4);
            let last = if short { "" } else { " et plus" };
            let plain = (0..count).map(|it| it.to_string());
            plain.chain([format!("{count}{last}")]).collect()
        }
    }
}

pub(super) fn window(draft: &mut Draft<'_>) {
    let name = draft.fresh('w');
    let _ = writeln!(draft.text, "fenêtre {name} « {name} »");
    let mut lengths = Vec::new();
    let yearly = draft.dice.chance(30);
    for start in starts(draft) {
        let first = if yearly { draft.dice.between(-14, -12) } else { draft.dice.between(-6, -1) };
        let last = if yearly { first.saturating_add(11) } else { draft.dice.between(first, -1) };
        let month = start.get(..7).unwrap_or(start);
        let source = draft.source();
        let shown = |it: i32| if it == 0 { "M".to_owned() } else { format!("M{it}") };
        let _ =
            writeln!(draft.text, "  depuis {month} : {} à {}{source}", shown(first), shown(last));
        lengths.push(last.saturating_sub(first).saturating_add(1));
    }
    let length = lengths.first().copied().filter(|it| lengths.iter().all(|other| other == it));
    draft.scope.windows.push(Window { name, length });
}

pub(super) fn input(draft: &mut Draft<'_>) {
    let ty = draft.scope.any_type(&mut draft.dice);
    let of = draft.any_entity();
    let nature = match ty {
        Ty::Date => draft.dice.one_of(["permanente", "évènement", "état"]),
        Ty::Number(_) => draft.dice.one_of(["flux", "flux", "état", "permanente"]),
        Ty::Bool | Ty::Enum(_) => draft.dice.one_of(["état", "état", "permanente"]),
    };
    let name = draft.fresh('d');
    let word = draft.scope.ty_word(ty);
    let _ = writeln!(draft.text, "donnée {name} : {word} par {}, {nature} « {name} »", of.word());
    if let Ty::Number(unit) = ty
        && draft.dice.chance(60)
    {
        let high = match unit {
            Unit::Persons | Unit::Years | Unit::Months | Unit::Number | Unit::Rate => 50,
            _ => 100_000,
        };
        // Nobody counts less than nobody: a `selon` over head counts need not say what it would do.
        let counted = matches!(unit, Unit::Persons | Unit::Years | Unit::Months);
        let low = if counted { "0" } else { draft.dice.one_of(["0", "0", "−100"]) };
        let percent = if unit == Unit::Rate { " %" } else { "" };
        let _ = writeln!(draft.text, "  entre {low}{percent} et {high}{percent}");
    }
    draft.declare(&name, ty, of);
}

pub(super) fn function(draft: &mut Draft<'_>) {
    let ty = draft.scope.any_type(&mut draft.dice);
    let of = draft.any_entity();
    let params: Vec<Ty> =
        (0..1 + draft.dice.below(2)).map(|_| draft.scope.any_type(&mut draft.dice)).collect();
    let args: Vec<(String, Ty)> =
        params.iter().enumerate().map(|(rank, ty)| (format!("x{rank}"), *ty)).collect();
    let shown: Vec<String> =
        args.iter().map(|(name, ty)| format!("{name} : {}", draft.scope.ty_word(*ty))).collect();
    draft.speaks_of_roles = false;
    let body = draft.body(ty, &Here { args, ..Here::of(of) });
    let has_roles = std::mem::take(&mut draft.speaks_of_roles);
    let name = draft.fresh('f');
    let word = draft.scope.ty_word(ty);
    let _ = writeln!(
        draft.text,
        "fonction {name}({}) : {word} par {} « {name} »\n  = {body}",
        shown.join(", "),
        of.word()
    );
    draft.scope.functions.push(Function { name, ty, of, params, has_roles });
}

/// Some `où`, each reading those before it.
fn locals(draft: &mut Draft<'_>, here: &mut Here) -> String {
    let mut res = String::new();
    for _ in 0..draft.dice.below(3) {
        let ty = draft.scope.any_type(&mut draft.dice);
        let name = draft.fresh('o');
        let body = draft.body(ty, here);
        let _ = writeln!(res, "  où {name} « {name} » = {body}");
        here.locals.push(Named { name, ty, of: here.of });
    }
    res
}

pub(super) fn rule(draft: &mut Draft<'_>) {
    let ty = draft.scope.any_type(&mut draft.dice);
    let of = draft.any_entity();
    let mut here = Here::of(of);
    let locals = locals(draft, &mut here);
    let body = draft.body(ty, &here);
    let name = draft.fresh('r');
    let word = draft.scope.ty_word(ty);
    let _ = writeln!(draft.text, "règle {name} : {word} par {} « {name} »", of.word());
    if draft.dice.chance(20) {
        draft.text.push_str("  masquée\n");
    }
    let _ = write!(draft.text, "  = {body}\n{locals}");
    exceptions(draft, ty, &here);
    draft.declare(&name, ty, of);
}

/// Exceptions that exclude each other, or of which one wins.
fn exceptions(draft: &mut Draft<'_>, ty: Ty, here: &Here) {
    match draft.dice.below(8) {
        0 | 1 => {
            let test = draft.body(Ty::Bool, here);
            let value = draft.expr(ty, here, 1);
            let _ = writeln!(draft.text, "  sauf « une exception » si {test} : {value}");
        }
        2 if !draft.scope.enums.is_empty() => {
            let rank = draft.dice.below(draft.scope.enums.len());
            // Read twice as it is written: the two conditions speak of the same thing.
            let subject = draft.named_or_literal(rank, here);
            let cases = draft.scope.enums.get(rank).cloned().unwrap_or_default();
            for case in cases.iter().take(2) {
                let value = draft.expr(ty, here, 1);
                let _ = writeln!(
                    draft.text,
                    "  sauf « le cas {case} » si {subject} = {case} : {value}"
                );
            }
        }
        3 => {
            let (first, second) = (draft.expr(ty, here, 1), draft.expr(ty, here, 1));
            let (one, other) = (draft.expr(Ty::Bool, here, 1), draft.expr(Ty::Bool, here, 1));
            let _ = writeln!(draft.text, "  sauf « la première » si {one} : {first}");
            let _ = writeln!(
                draft.text,
                "  sauf « la seconde » si {other} : {second} prime sur « la première »"
            );
        }
        _ => {}
    }
}

impl Draft<'_> {
    /// Something of that enumeration that is written in one word.
    fn named_or_literal(&mut self, rank: usize, here: &Here) -> String {
        let known = self.scope.named.iter().chain(&here.locals);
        let mut seen = known.filter(|it| it.ty == Ty::Enum(rank) && here.of.sees(it.of));
        seen.next().map_or_else(|| format!("e{rank}_0"), |it| it.name.clone())
    }
}

pub(super) fn aid(draft: &mut Draft<'_>) {
    let unit = draft.dice.one_of([Unit::EuroMonth, Unit::EuroMonth, Unit::Euro, Unit::EuroYear]);
    let ty = Ty::Number(unit);
    let of = draft.any_entity();
    let mut here = Here::of(of);
    let locals = locals(draft, &mut here);
    let mut conditions = String::new();
    for rank in 0..draft.dice.below(4) {
        if draft.dice.chance(20) {
            let _ = writeln!(conditions, "    c{rank} : à vérifier « à voir {rank} »");
        } else {
            let test = draft.body(Ty::Bool, &here);
            let _ = writeln!(conditions, "    c{rank} : {test} « condition {rank} »");
        }
    }
    let amount = draft.body(ty, &here);
    let bounded = match draft.dice.below(4) {
        0 => ", au minimum 0, arrondi au centime",
        1 => ", arrondi au centime inférieur",
        _ => "",
    };
    let name = draft.fresh('a');
    let _ = writeln!(draft.text, "aide {name} : {} par {} « aide {name} »", unit.word(), of.word());
    if !conditions.is_empty() {
        let _ = write!(draft.text, "  conditions\n{conditions}");
    }
    let _ = write!(draft.text, "  montant = {amount}{bounded}\n{locals}");
    if draft.dice.chance(40) {
        let from = draft.dice.one_of(["6", "15", "0"]);
        let _ = writeln!(draft.text, "  versé à partir de {from} {}", unit.word());
    }
    draft.declare(&name, ty, of);
}
