//! Second pass: dated values, tables, windows and bounds.

use base::{Date, Rational};
use law_syntax::ast::{self, ItemKind};
use law_syntax::{Diagnostic, Span};

use super::declare::sources;
use super::{Declared, Lowering, asking};
use crate::{Dated, InputId, Symbol, TableKey, TableValues, Type, Unit, Value};

pub(super) fn lower_values(lowering: &mut Lowering<'_>, declared: &[Declared<'_>]) {
    for it in declared {
        match &it.item.kind {
            ItemKind::Param(param) => lower_param(lowering, param),
            ItemKind::Table(table) => lower_table(lowering, table),
            ItemKind::Window(window) => lower_window(lowering, window),
            ItemKind::Input(input) => {
                lower_bounds(lowering, input);
                asking::lower(lowering, input);
            }
            ItemKind::Article(_)
            | ItemKind::Enumeration(_)
            | ItemKind::Rule(_)
            | ItemKind::Function(_)
            | ItemKind::Aid(_)
            | ItemKind::ExceptionTo { .. }
            | ItemKind::Choice(_)
            | ItemKind::Property(_) => {}
        }
    }
}

fn lower_param(lowering: &mut Lowering<'_>, it: &ast::Param) {
    let Some(Symbol::Param(id)) = lowering.book.symbol(&it.name.text) else { return };
    let Some(ty) = lowering.book.param(id).map(|param| param.ty) else { return };
    let mut versions = Vec::new();
    for version in &it.versions {
        let value = version.value.as_ref().and_then(|literal| lowering.value_of_type(literal, ty));
        lowering.check_sourced(&it.name, version.source.as_ref(), version.span);
        versions.push(Dated { from: version.from, value, sources: one(version.source.as_ref()) });
    }
    let dates: Vec<_> = it.versions.iter().map(|it| (it.from, it.span)).collect();
    lowering.check_order(&it.name, &dates);
    if let Some(param) = lowering.book.params.get_mut(id.index()) {
        param.versions = versions;
    }
}

fn lower_table(lowering: &mut Lowering<'_>, it: &ast::Table) {
    let Some(Symbol::Table(id)) = lowering.book.symbol(&it.name.text) else { return };
    let Some(table) = lowering.book.table(id) else { return };
    let (ty, keys) = (table.ty, table.keys.clone());
    let row_type = keys.first().map_or(Type::Unknown, |(_, ty)| *ty);
    let column_type = keys.get(1).map(|(_, ty)| *ty);
    let mut versions = Vec::new();
    for version in &it.versions {
        lowering.check_sourced(&it.name, version.source.as_ref(), version.span);
        let columns: Vec<TableKey> = version
            .columns
            .iter()
            .filter_map(|key| lowering.table_key(key, column_type.unwrap_or(Type::Unknown)))
            .collect();
        if column_type.is_some() == version.columns.is_empty() {
            lowering.report(Diagnostic::error(
                "V06",
                version.span,
                format!("les colonnes de `{}` ne correspondent pas à ses entrées", it.name.text),
            ));
        }
        let width = version.columns.len().max(1);
        let mut rows = Vec::new();
        let mut places = Vec::new();
        for row in &version.rows {
            let Some(key) = lowering.table_key(&row.key, row_type) else { continue };
            if row.values.len() != width {
                lowering.report(
                    Diagnostic::error(
                        "V07",
                        row.span,
                        format!("cette ligne a {} valeurs, il en faut {width}", row.values.len()),
                    )
                    .why("une case vide serait lue comme une valeur"),
                );
            }
            let values =
                row.values.iter().filter_map(|it| lowering.value_of_type(it, ty)).collect();
            rows.push((key, values));
            places.push((key, row.span));
        }
        if lowering.check_keys(&places, "ligne")
            && let Some(missing) = missing_number(&places)
        {
            lowering.skipped_key(version.span, "ligne", &missing);
        }
        let places: Vec<_> = columns.iter().map(|key| (*key, version.span)).collect();
        if lowering.check_keys(&places, "colonne")
            && let Some(missing) = missing_number(&places)
        {
            lowering.skipped_key(version.span, "colonne", &missing);
        }
        let value = TableValues { columns, rows };
        let sources = one(version.source.as_ref());
        versions.push((Dated { from: version.from, value, sources }, version.span));
    }
    lowering.check_versions(&versions, "ligne", |it| it.rows.iter().map(|(key, _)| *key).collect());
    lowering.check_versions(&versions, "colonne", |it| it.columns.clone());
    let dates: Vec<_> = it.versions.iter().map(|it| (it.from, it.span)).collect();
    lowering.check_order(&it.name, &dates);
    if let Some(table) = lowering.book.tables.get_mut(id.index()) {
        table.versions = versions.into_iter().map(|(version, _)| version).collect();
    }
}

fn lower_window(lowering: &mut Lowering<'_>, it: &ast::Window) {
    let Some(Symbol::Window(id)) = lowering.book.symbol(&it.name.text) else { return };
    let mut versions = Vec::new();
    for version in &it.versions {
        versions.push(Dated {
            from: version.from,
            value: (version.first, version.last),
            sources: one(version.source.as_ref()),
        });
    }
    let dates: Vec<_> = it.versions.iter().map(|it| (it.from, it.span)).collect();
    lowering.check_order(&it.name, &dates);
    if let Some(window) = lowering.book.windows.get_mut(id.index()) {
        window.versions = versions;
    }
}

fn lower_bounds(lowering: &mut Lowering<'_>, it: &ast::Input) {
    let Some(Symbol::Input(id)) = lowering.book.symbol(&it.name.text) else { return };
    let Some(ty) = lowering.book.input(id).map(|input| input.ty) else { return };
    let Some((low, high)) = &it.bounds else { return };
    let bounds = lowering.value_of_type(low, ty).zip(lowering.value_of_type(high, ty));
    if bounds.is_some_and(|(low, high)| low.order(high).is_none_or(std::cmp::Ordering::is_gt)) {
        lowering.report(
            Diagnostic::error("V09", high.span, "aucune valeur n’est entre ces bornes")
                .note(low.span, "la plus petite")
                .why("toute réponse à cette question serait refusée"),
        );
    }
    set_bounds(lowering, id, bounds);
}

fn set_bounds(lowering: &mut Lowering<'_>, id: InputId, bounds: Option<(Value, Value)>) {
    if let Some(input) = lowering.book.inputs.get_mut(id.index()) {
        input.bounds = bounds;
    }
}

fn one(source: Option<&ast::Source>) -> Vec<crate::Source> {
    source.map(|it| sources(std::slice::from_ref(it))).unwrap_or_default()
}

/// Whether the keys, which skip nothing, answer for all that `key` does.
fn answers(keys: &[TableKey], key: TableKey) -> bool {
    let goes_on = |it: &TableKey| matches!(it, TableKey::Number { and_more: true, .. });
    match key {
        TableKey::Number { value, and_more } => {
            keys.iter().any(|it| it.matches(Value::Number(value)))
                && (!and_more || keys.iter().any(goes_on))
        }
        TableKey::Case(_) => keys.contains(&key),
    }
}

/// The first whole number that is skipped.
fn missing_number(keys: &[(TableKey, Span)]) -> Option<String> {
    let mut numbers: Vec<Rational> = keys
        .iter()
        .filter_map(|(key, _)| match key {
            TableKey::Number { value, .. } => Some(*value),
            TableKey::Case(_) => None,
        })
        .collect();
    numbers.sort_unstable();
    numbers.windows(2).find_map(|pair| {
        let [before, after] = pair else { return None };
        let next = before.checked_add(Rational::ONE)?;
        (next < *after).then(|| next.to_string())
    })
}

impl Lowering<'_> {
    /// The literal's value and type; a bare `0` has type [`Type::Zero`].
    pub(super) fn literal(&mut self, literal: &ast::Literal) -> Option<(Value, Type)> {
        match &literal.kind {
            ast::LiteralKind::Number { value, unit: None } => {
                let ty = if value.is_zero() { Type::Zero } else { Type::NUMBER };
                Some((Value::Number(*value), ty))
            }
            ast::LiteralKind::Number { value, unit: Some(unit) } => match Unit::parse(&unit.text) {
                Some(it) => Some((Value::Number(*value), Type::Number(it))),
                None => {
                    self.report(Diagnostic::error(
                        "U04",
                        unit.span,
                        format!("`{}` n’est pas une unité", unit.text),
                    ));
                    None
                }
            },
            ast::LiteralKind::Date(date) => Some((Value::Date(*date), Type::Date)),
            ast::LiteralKind::Bool(it) => Some((Value::Bool(*it), Type::Bool)),
            ast::LiteralKind::Case(name) => match self.book.symbol(&name.text) {
                Some(Symbol::Case(case)) => {
                    let of = self.book.case(case)?.of;
                    Some((Value::Case(case), Type::Enum(of)))
                }
                _ => {
                    self.unknown_name(&name.text, name.span);
                    None
                }
            },
        }
    }

    /// A value written where the type is already declared: a number without a unit takes that unit.
    pub(super) fn value_of_type(&mut self, literal: &ast::Literal, ty: Type) -> Option<Value> {
        let (value, found) = self.literal(literal)?;
        let bare = matches!(&literal.kind, ast::LiteralKind::Number { unit: None, .. });
        if (bare && ty.is_number()) || found.join(ty).is_some() {
            return Some(value);
        }
        let (found, expected) = (self.describe(found), self.describe(ty));
        self.report(
            Diagnostic::error(
                "V04",
                literal.span,
                format!("cette valeur est en `{found}`, il faut `{expected}`"),
            )
            .why("une valeur lue dans une autre unité fausserait tous les calculs qui la lisent"),
        );
        None
    }

    fn table_key(&mut self, key: &ast::TableKey, ty: Type) -> Option<TableKey> {
        match key {
            ast::TableKey::Number { value, and_more, span } => {
                if !ty.is_number() {
                    let expected = self.describe(ty);
                    let message = format!("`{value}` n’est pas un cas de `{expected}`");
                    self.report(Diagnostic::error("V04", *span, message));
                }
                Some(TableKey::Number { value: *value, and_more: *and_more })
            }
            ast::TableKey::Case(name) => match self.book.symbol(&name.text) {
                Some(Symbol::Case(case)) => {
                    let of = self.book.case(case)?.of;
                    if ty.join(Type::Enum(of)).is_none() {
                        let expected = self.describe(ty);
                        self.report(Diagnostic::error(
                            "V04",
                            name.span,
                            format!("`{}` n’est pas un cas de `{expected}`", name.text),
                        ));
                    }
                    Some(TableKey::Case(case))
                }
                _ => {
                    self.unknown_name(&name.text, name.span);
                    None
                }
            },
        }
    }

    /// Reports each line or column that another one before it already answers for; whether there is none.
    fn check_keys(&mut self, keys: &[(TableKey, Span)], what: &str) -> bool {
        let mut distinct = true;
        for (rank, (key, place)) in keys.iter().enumerate() {
            let value = match key {
                TableKey::Number { value, .. } => Value::Number(*value),
                TableKey::Case(case) => Value::Case(*case),
            };
            let before = keys.iter().take(rank).find(|(it, _)| it.matches(value));
            if let Some((_, first)) = before {
                distinct = false;
                self.report(
                    Diagnostic::error("V05", *place, format!("cette {what} n’est jamais lue"))
                        .note(*first, "elle répond déjà pour la même entrée")
                        .why("deux réponses pour une même entrée : la seconde passerait inaperçue"),
                );
            }
        }
        distinct
    }

    /// A whole number between two others that a version skips.
    fn skipped_key(&mut self, span: Span, what: &str, missing: &str) {
        let message = format!("il manque la {what} `{missing}` à cette version de la table");
        self.report(
            Diagnostic::error("V12", span, message)
                .why("qui la lirait n’aurait pas de réponse, ces mois-là"),
        );
    }

    /// Warns of what a version does not answer while another version of the table does. A case that none of
    /// them has may be meant to be left out: no rule has to read it.
    fn check_versions(
        &mut self,
        versions: &[(Dated<TableValues>, Span)],
        what: &str,
        keys: fn(&TableValues) -> Vec<TableKey>,
    ) {
        for (version, span) in versions {
            let here = keys(&version.value);
            let others = versions.iter().flat_map(|(it, _)| keys(&it.value));
            let missing = others.into_iter().find(|key| !answers(&here, *key));
            if let Some(missing) = missing {
                let words = self.key_words(missing);
                let message =
                    format!("cette version de la table n’a pas la {what} `{words}`, une autre l’a");
                self.report(
                    Diagnostic::warning("V13", *span, message)
                        .why("qui la lirait n’aurait pas de réponse, ces mois-là")
                        .help("écrivez-la, ou retirez-la des autres versions"),
                );
            }
        }
    }

    fn key_words(&self, key: TableKey) -> String {
        match key {
            TableKey::Number { value, and_more: true } => format!("{value} et plus"),
            TableKey::Number { value, and_more: false } => value.to_string(),
            TableKey::Case(case) => {
                self.book.case(case).map_or_else(String::new, |it| it.name.clone())
            }
        }
    }

    fn check_order(&mut self, name: &ast::Name, dates: &[(Date, Span)]) {
        if dates.is_empty() {
            self.report(
                Diagnostic::error("V08", name.span, format!("`{}` n’a aucune valeur", name.text))
                    .help("ajoutez `depuis DATE : VALEUR source « … »`"),
            );
        }
        for pair in dates.windows(2) {
            let [(before, first), (after, second)] = pair else { continue };
            if before >= after {
                self.report(
                    Diagnostic::error(
                        "V03",
                        *second,
                        format!("les dates de `{}` ne se suivent pas", name.text),
                    )
                    .note(*first, "cette version commence le même jour ou plus tard")
                    .why("chaque version vaut jusqu’au début de la suivante"),
                );
            }
        }
    }

    fn check_sourced(&mut self, name: &ast::Name, source: Option<&ast::Source>, span: Span) {
        if source.is_none() {
            self.report(
                Diagnostic::warning(
                    "V01",
                    span,
                    format!("une valeur de `{}` n’a pas de source", name.text),
                )
                .why("une valeur sans texte ne peut être ni vérifiée ni défendue")
                .help("ajoutez `source « … »`"),
            );
        }
    }
}
