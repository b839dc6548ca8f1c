//! First pass: every name of every file, so that a rule may read what is declared anywhere.

use law_syntax::ast::{self, ItemKind};
use law_syntax::{Diagnostic, Span};

use super::{Declared, Lowering, builtins};
use crate::{
    AidInfo, ArticleRef, Asking, CaseId, CaseInfo, Choice, Entity, EnumId, Enumeration, ExprId,
    Function, FunctionId, Input, InputId, Param, ParamId, Rule, RuleId, RuleKind, Source, Symbol,
    Table, TableId, ThresholdEffect, Type, Unit, Window, WindowId,
};

/// Declares all names and returns the declarations with their article.
pub(super) fn declare<'a>(
    lowering: &mut Lowering<'a>,
    files: &'a [ast::File],
) -> Vec<Declared<'a>> {
    let mut declared = Vec::new();
    for file in files {
        let mut article = None;
        for item in &file.items {
            if let ItemKind::Article(it) = &item.kind {
                article = Some(ArticleRef {
                    title: it.title.text.clone(),
                    link: it.link.clone(),
                    quote: it.quote.as_ref().map(|it| it.text.clone()),
                });
            } else {
                declared.push(Declared { item, article: article.clone() });
            }
        }
    }
    // Enumerations first: the types of the others name them.
    for it in &declared {
        if let ItemKind::Enumeration(enumeration) = &it.item.kind {
            declare_enumeration(lowering, enumeration);
        }
    }
    for it in &declared {
        declare_item(lowering, it);
    }
    declared
}

fn declare_item<'a>(lowering: &mut Lowering<'a>, declared: &Declared<'a>) {
    match &declared.item.kind {
        ItemKind::Article(_) | ItemKind::Enumeration(_) | ItemKind::ExceptionTo { .. } => {}
        ItemKind::Param(it) => {
            let id = ParamId::at(lowering.book.params.len());
            let ty = lowering.read_type(&it.ty);
            lowering.book.params.push(Param {
                name: it.name.text.clone(),
                label: label_or_name(it.label.as_ref(), &it.name),
                ty,
                versions: Vec::new(),
                review_before: it.review_before,
                span: it.name.span,
            });
            lowering.declare_name(&it.name, Symbol::Param(id));
        }
        ItemKind::Table(it) => declare_table(lowering, it),
        ItemKind::Window(it) => {
            let id = WindowId::at(lowering.book.windows.len());
            lowering.book.windows.push(Window {
                name: it.name.text.clone(),
                label: label_or_name(it.label.as_ref(), &it.name),
                versions: Vec::new(),
                span: it.name.span,
            });
            lowering.declare_name(&it.name, Symbol::Window(id));
        }
        ItemKind::Input(it) => declare_input(lowering, it),
        ItemKind::Rule(it) => {
            let ty = lowering.read_type(&it.ty);
            let rule = Rule {
                sources: sources(&it.sources),
                hidden: it.hidden,
                threshold_effects: threshold_effects(&it.threshold_effects),
                ..new_rule(&it.name, it.label.as_ref(), ty, entity(it.entity), RuleKind::Rule)
            };
            declare_rule(lowering, &it.name, rule, declared.article.clone());
        }
        ItemKind::Function(it) => declare_function(lowering, it, declared.article.clone()),
        ItemKind::Aid(it) => {
            let ty = lowering.read_type(&it.ty);
            let kind = RuleKind::Aid(AidInfo::default());
            let rule = Rule {
                sources: sources(&it.sources),
                hidden: it.hidden,
                threshold_effects: threshold_effects(&it.threshold_effects),
                ..new_rule(&it.name, it.label.as_ref(), ty, entity(it.entity), kind)
            };
            declare_rule(lowering, &it.name, rule, declared.article.clone());
        }
        ItemKind::Choice(it) => {
            let rank = lowering.book.choices.len();
            lowering.book.choices.push(Choice {
                name: it.name.text.clone(),
                decision: it.decision.text.clone(),
                reason: it.reason.as_ref().map(|it| it.text.clone()),
                alternatives: it.alternatives.iter().map(|it| it.text.clone()).collect(),
                decided_by: it.decided_by.as_ref().map(|it| it.text.clone()),
                decided_on: it.decided_on,
            });
            lowering.declare_name(&it.name, Symbol::Choice(rank));
        }
        // Nothing reads a property: its name is only kept from meaning something else.
        ItemKind::Property(it) => {
            lowering.claim_name(&it.name);
        }
    }
}

fn declare_enumeration(lowering: &mut Lowering<'_>, it: &ast::Enumeration) {
    let id = EnumId::at(lowering.book.enums.len());
    let mut cases = Vec::new();
    lowering.book.enums.push(Enumeration {
        name: it.name.text.clone(),
        label: label_or_name(it.label.as_ref(), &it.name),
        cases: Vec::new(),
    });
    lowering.declare_name(&it.name, Symbol::Enum(id));
    for (name, label) in &it.cases {
        let case = CaseId::at(lowering.book.cases.len());
        lowering.book.cases.push(CaseInfo {
            name: name.text.clone(),
            label: label_or_name(label.as_ref(), name),
            of: id,
        });
        lowering.declare_name(name, Symbol::Case(case));
        cases.push(case);
    }
    if let Some(slot) = lowering.book.enums.get_mut(id.index()) {
        slot.cases = cases;
    }
}

fn declare_table(lowering: &mut Lowering<'_>, it: &ast::Table) {
    let id = TableId::at(lowering.book.tables.len());
    let ty = lowering.read_type(&it.ty);
    let keys =
        it.keys.iter().map(|(name, ty)| (name.text.clone(), lowering.read_type(ty))).collect();
    lowering.book.tables.push(Table {
        name: it.name.text.clone(),
        label: label_or_name(it.label.as_ref(), &it.name),
        keys,
        ty,
        versions: Vec::new(),
        review_before: it.review_before,
        span: it.name.span,
    });
    lowering.declare_name(&it.name, Symbol::Table(id));
}

fn declare_input(lowering: &mut Lowering<'_>, it: &ast::Input) {
    let id = InputId::at(lowering.book.inputs.len());
    let ty = lowering.read_type(&it.ty);
    lowering.book.inputs.push(Input {
        name: it.name.text.clone(),
        label: label_or_name(it.label.as_ref(), &it.name),
        question: it.question.as_ref().map(|it| it.text.clone()),
        ty,
        entity: entity(it.entity),
        nature: it.nature,
        bounds: None,
        modifiable: it.modifiable.as_ref().map(|it| it.text.clone()),
        asking: Asking {
            group: it.group.as_ref().map(|it| it.text.clone()),
            sensitive: it.sensitive,
            ..Asking::default()
        },
        span: it.name.span,
    });
    lowering.declare_name(&it.name, Symbol::Input(id));
}

fn declare_function<'a>(
    lowering: &mut Lowering<'a>,
    it: &'a ast::Function,
    article: Option<ArticleRef>,
) {
    let id = FunctionId::at(lowering.book.functions.len());
    let ty = lowering.read_type(&it.ty);
    let params =
        it.params.iter().map(|(name, ty)| (name.text.clone(), lowering.read_type(ty))).collect();
    lowering.book.functions.push(Function {
        name: it.name.text.clone(),
        label: label_or_name(it.label.as_ref(), &it.name),
        entity: entity(it.entity),
        ty,
        params,
        sources: sources(&it.sources),
        article,
        span: it.name.span,
    });
    lowering.functions.insert(id, it);
    lowering.declare_name(&it.name, Symbol::Function(id));
}

fn declare_rule(
    lowering: &mut Lowering<'_>,
    name: &ast::Name,
    rule: Rule,
    article: Option<ArticleRef>,
) {
    let id = RuleId::at(lowering.book.rules.len());
    lowering.book.rules.push(Rule { article, ..rule });
    lowering.declare_name(name, Symbol::Rule(id));
}

/// A rule whose body is still to be read.
pub(super) fn new_rule(
    name: &ast::Name,
    label: Option<&ast::Label>,
    ty: Type,
    entity: Entity,
    kind: RuleKind,
) -> Rule {
    Rule {
        name: name.text.clone(),
        label: label_or_name(label, name),
        ty,
        entity,
        body: ExprId(u32::MAX),
        kind,
        hidden: false,
        sources: Vec::new(),
        article: None,
        choice: None,
        threshold_effects: Vec::new(),
        span: name.span,
    }
}

pub(super) fn sources(sources: &[ast::Source]) -> Vec<Source> {
    sources
        .iter()
        .map(|it| Source {
            title: it.title.text.clone(),
            link: it.link.clone(),
            verified: it.verified,
        })
        .collect()
}

fn threshold_effects(effects: &[ast::ThresholdEffect]) -> Vec<ThresholdEffect> {
    effects
        .iter()
        .map(|it| ThresholdEffect { label: it.label.text.clone(), sources: sources(&it.sources) })
        .collect()
}

pub(super) fn entity(name: ast::EntityName) -> Entity {
    match name {
        ast::EntityName::Person => Entity::Person,
        ast::EntityName::Family => Entity::Family,
        ast::EntityName::TaxHousehold => Entity::TaxHousehold,
        ast::EntityName::Dwelling => Entity::Dwelling,
    }
}

/// A declaration without a label is told by its name, made readable.
fn label_or_name(label: Option<&ast::Label>, name: &ast::Name) -> String {
    label.map_or_else(|| name.text.replace('_', " "), |it| it.text.clone())
}

impl Lowering<'_> {
    fn declare_name(&mut self, name: &ast::Name, symbol: Symbol) {
        if self.claim_name(name) {
            self.book.names.insert(name.text.clone(), symbol);
        }
    }

    /// Whether the name was free; it no longer is.
    fn claim_name(&mut self, name: &ast::Name) -> bool {
        self.check_reserved(name);
        if let Some(first) = self.places.get(&name.text).copied() {
            self.report(
                Diagnostic::error(
                    "N02",
                    name.span,
                    format!("`{}` est déclaré deux fois", name.text),
                )
                .note(first, "première déclaration")
                .why("l’ordre des fichiers ne doit jamais changer un résultat : un nom, un sens"),
            );
            return false;
        }
        self.places.insert(name.text.clone(), name.span);
        true
    }

    /// Refuses a name that the language has already given a meaning.
    pub(super) fn check_reserved(&mut self, name: &ast::Name) {
        if builtins::is_reserved(&name.text) {
            self.report(
                Diagnostic::error(
                    "N04",
                    name.span,
                    format!("`{}` est un nom du langage", name.text),
                )
                .why("un nom du langage garde le même sens dans tous les fichiers")
                .help("choisissez un autre nom"),
            );
        }
    }

    pub(super) fn read_type(&mut self, name: &ast::TypeName) -> Type {
        match name.text.as_str() {
            "" => return Type::Unknown,
            "oui_non" => return Type::Bool,
            "date" => return Type::Date,
            _ => {}
        }
        if let Some(unit) = Unit::parse(&name.text) {
            return Type::Number(unit);
        }
        if let Some(Symbol::Enum(id)) = self.book.symbol(&name.text) {
            return Type::Enum(id);
        }
        self.unknown_type(&name.text, name.span);
        Type::Unknown
    }

    fn unknown_type(&mut self, text: &str, span: Span) {
        let known = [
            "€",
            "€/mois",
            "€/an",
            "taux",
            "nombre",
            "personnes",
            "ans",
            "mois",
            "date",
            "oui_non",
        ];
        let enums = self.book.enums.iter().map(|it| it.name.as_str());
        let near = law_syntax::nearest(text, known.into_iter().chain(enums)).map(str::to_owned);
        let mut diagnostic = Diagnostic::error(
            "T04",
            span,
            format!("`{text}` n’est ni un type ni une énumération"),
        )
        .why(
            "le type dit ce que la valeur mesure : il permet de refuser un calcul qui mélange tout",
        );
        if let Some(near) = near {
            diagnostic = diagnostic.help(format!("vouliez-vous dire `{near}` ?")).fix(span, near);
        }
        self.report(diagnostic);
    }
}
