//! The typed tree of a `.droit` file: what the parser hands to name resolution.
//!
//! Every node carries the [`Span`] of the text it was read from. A part that could not be read is an
//! [`ExprKind::Error`], a [`TypeName`] or [`Label`] with an empty text, or is absent, and a diagnostic has
//! been reported for it; an entity that could not be read is a person, a nature a state. A declaration
//! whose name could not be read is absent.

use base::{Date, Month, Rational};

use crate::Span;

/// One `.droit` file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct File {
    pub items: Vec<Item>,
}

/// A word of the text with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    pub text: String,
    pub span: Span,
}

/// `« … »`, without its guillemets, inner white space folded to single spaces.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    pub text: String,
    pub span: Span,
}

/// `source « … » <…> vérifié le …`.
#[derive(Debug, Clone, PartialEq)]
pub struct Source {
    pub title: Label,
    pub link: Option<String>,
    pub verified: Option<Date>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub kind: ItemKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ItemKind {
    Article(Article),
    Param(Param),
    Enumeration(Enumeration),
    Table(Table),
    Window(Window),
    Input(Input),
    Rule(Rule),
    Function(Function),
    Aid(Aid),
    /// `sauf à NOM …`: an exception written beside its own article.
    ExceptionTo {
        target: Name,
        exception: Exception,
    },
    Choice(Choice),
    Property(Property),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    pub title: Label,
    pub link: Option<String>,
    pub quote: Option<Label>,
}

/// A type as written: `€/mois`, `taux`, `oui_non`, or the name of an enumeration.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeName {
    /// Normalised text without blanks: `€/mois`.
    pub text: String,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Param {
    pub name: Name,
    pub ty: TypeName,
    pub label: Option<Label>,
    pub versions: Vec<ParamVersion>,
    pub review_before: Option<Date>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ParamVersion {
    pub from: Date,
    /// `None`: `sans valeur`, the parameter stops here.
    pub value: Option<Literal>,
    pub source: Option<Source>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Enumeration {
    pub name: Name,
    pub label: Option<Label>,
    pub cases: Vec<(Name, Option<Label>)>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub name: Name,
    /// One (row) or two (row, column) keys.
    pub keys: Vec<(Name, TypeName)>,
    pub ty: TypeName,
    pub label: Option<Label>,
    pub versions: Vec<TableVersion>,
    pub review_before: Option<Date>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct TableVersion {
    pub from: Date,
    pub source: Option<Source>,
    /// Empty for a table with a single key.
    pub columns: Vec<TableKey>,
    pub rows: Vec<TableRow>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub struct TableRow {
    pub key: TableKey,
    pub values: Vec<Literal>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum TableKey {
    Number { value: Rational, and_more: bool, span: Span },
    Case(Name),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    pub name: Name,
    pub label: Option<Label>,
    pub versions: Vec<WindowVersion>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct WindowVersion {
    pub from: Date,
    /// Offsets in months, both included: `M-4 à M-2` is `(-4, -2)`.
    pub first: i32,
    pub last: i32,
    pub source: Option<Source>,
    pub span: Span,
}

/// How a fact behaves in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// `permanente`
    Permanent,
    /// `état`
    State,
    /// `flux`
    Flow,
    /// `évènement`
    Event,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EntityName {
    Person,
    Family,
    TaxHousehold,
    Dwelling,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    pub name: Name,
    pub ty: TypeName,
    pub entity: EntityName,
    pub nature: Nature,
    pub label: Option<Label>,
    pub question: Option<Label>,
    /// `groupe « … »`: facts asked together.
    pub group: Option<Label>,
    /// `demande 20 secondes`
    pub seconds: Option<Literal>,
    /// `connue par 80 %`
    pub known_by: Option<Literal>,
    pub sensitive: bool,
    /// `modifiable « … »`: what a person can do about it.
    pub modifiable: Option<Label>,
    pub bounds: Option<(Literal, Literal)>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    pub name: Name,
    pub ty: TypeName,
    pub entity: EntityName,
    pub label: Option<Label>,
    pub sources: Vec<Source>,
    pub hidden: bool,
    pub chosen_by: Option<Name>,
    pub body: Expr,
    pub locals: Vec<Local>,
    pub exceptions: Vec<Exception>,
    pub threshold_effects: Vec<ThresholdEffect>,
    pub examples: Vec<Example>,
}

/// `effet de seuil assumé « … »` and its sources.
#[derive(Debug, Clone, PartialEq)]
pub struct ThresholdEffect {
    pub label: Label,
    pub sources: Vec<Source>,
}

/// `où NOM « … » = E`.
#[derive(Debug, Clone, PartialEq)]
pub struct Local {
    pub name: Name,
    pub label: Option<Label>,
    pub body: Expr,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Exception {
    pub label: Label,
    pub condition: Expr,
    pub body: Expr,
    pub sources: Vec<Source>,
    /// `prime sur « … »`
    pub overrides: Option<Label>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Function {
    pub name: Name,
    pub params: Vec<(Name, TypeName)>,
    pub ty: TypeName,
    pub entity: EntityName,
    pub label: Option<Label>,
    pub sources: Vec<Source>,
    pub body: Expr,
    pub examples: Vec<Example>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Aid {
    pub name: Name,
    pub ty: TypeName,
    pub entity: EntityName,
    pub label: Option<Label>,
    pub sources: Vec<Source>,
    pub hidden: bool,
    pub conditions: Vec<Condition>,
    pub amount: Expr,
    pub locals: Vec<Local>,
    /// `versé à partir de`
    pub paid_from: Option<Literal>,
    pub review: Option<ReviewEvery>,
    pub chosen_by: Option<Name>,
    pub threshold_effects: Vec<ThresholdEffect>,
    pub examples: Vec<Example>,
}

/// `réexamen tous les 3 mois` and its sources.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewEvery {
    pub period: Literal,
    pub sources: Vec<Source>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    pub name: Name,
    pub kind: ConditionKind,
    pub label: Option<Label>,
    pub sources: Vec<Source>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ConditionKind {
    Test(Expr),
    /// `à vérifier « … »`: the label is the condition's own.
    ToCheck,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    pub label: Option<Label>,
    pub month: Option<Month>,
    pub given: Vec<(Name, Expr)>,
    pub expected: Expected,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Expected {
    Value(Expr),
    /// `refus à cause de NOM`
    RefusedBecause(Name),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    pub name: Name,
    pub decision: Label,
    pub reason: Option<Label>,
    pub alternatives: Vec<Label>,
    pub decided_by: Option<Label>,
    pub decided_on: Option<Date>,
}

/// `propriété NOM « … »`: what must hold of any household.
#[derive(Debug, Clone, PartialEq)]
pub struct Property {
    pub name: Name,
    pub label: Label,
    pub sources: Vec<Source>,
    pub law: PropertyLaw,
}

#[derive(Debug, Clone, PartialEq)]
pub enum PropertyLaw {
    /// `toujours : C par ENTITÉ`
    Always { test: Expr, entity: EntityName },
    /// `quand … : RÈGLE ne baisse pas`, and `pourvu que C`
    Moves { change: Change, rule: Name, direction: Direction, provided: Option<Expr> },
}

/// What changes in a household.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// `quand DONNÉE augmente`
    Increase(Name),
    /// `quand un enfant naît`
    OneMoreChild,
    /// `quand une personne s'ajoute ailleurs`
    StrangerElsewhere,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// `ne baisse pas`
    NeverFalls,
    /// `n'augmente pas`
    NeverRises,
    /// `ne change pas`
    NeverMoves,
}

/// A value written in the text, with the unit that follows it if any.
#[derive(Debug, Clone, PartialEq)]
pub struct Literal {
    pub kind: LiteralKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum LiteralKind {
    /// `12 %` is value 12/100 with unit `%`; `14 ans` has unit `ans`; `0` has none.
    Number {
        value: Rational,
        unit: Option<TypeName>,
    },
    Date(Date),
    Bool(bool),
    /// The name of an enumeration's case (parameters may hold one).
    Case(Name),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    pub kind: Box<ExprKind>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BinaryOp {
    Add,
    Sub,
    Mul,
    Div,
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    And,
    Or,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoundMode {
    /// To the nearest, half away from zero.
    Nearest,
    Down,
    Up,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reduce {
    Sum,
    Mean,
    Max,
    Min,
    /// `un … vérifie`
    Any,
    /// `chacun / chaque … vérifie`
    All,
}

#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    Literal(Literal),
    Name(Name),
    /// `f(x, y)`: a function, a builtin, a table, or a person-level name read on a role (`âge(demandeur)`).
    Call {
        callee: Name,
        args: Vec<Expr>,
    },
    Not(Expr),
    Neg(Expr),
    Binary {
        op: BinaryOp,
        left: Expr,
        right: Expr,
    },
    /// `E parmi (a, b)`
    In {
        subject: Expr,
        cases: Vec<Name>,
    },
    If {
        condition: Expr,
        then: Expr,
        otherwise: Expr,
    },
    Select {
        subject: Option<Expr>,
        arms: Vec<Arm>,
    },
    AtLeast {
        value: Expr,
        bound: Expr,
    },
    AtMost {
        value: Expr,
        bound: Expr,
    },
    Round {
        value: Expr,
        mode: RoundMode,
        quantum: Literal,
    },
    /// `E à M-1`
    At {
        value: Expr,
        shift: i32,
    },
    /// `somme des ROLE tels que C de E`
    Aggregate {
        reduce: Reduce,
        role: Name,
        filter: Option<Expr>,
        body: Expr,
        default: Option<Expr>,
    },
    /// `nombre de ROLE tels que C`
    Count {
        role: Name,
        filter: Option<Expr>,
    },
    /// `rang parmi ROLE tels que C`
    Rank {
        role: Name,
        filter: Option<Expr>,
    },
    /// `somme sur FENÊTRE de E`
    Over {
        reduce: Reduce,
        window: WindowRef,
        body: Expr,
    },
    Error,
}

#[derive(Debug, Clone, PartialEq)]
pub enum WindowRef {
    Named(Name),
    /// `M-4 à M-2`
    Months {
        first: i32,
        last: i32,
    },
    /// `année N-2`: offset in years.
    Year {
        offset: i32,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub struct Arm {
    pub pattern: Pattern,
    pub value: Expr,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Pattern {
    /// `2`, `zone_1`, `zone_1 ou zone_2` (with a subject).
    Values(Vec<Expr>),
    LessThan(Expr),
    UpTo(Expr),
    AtLeast(Expr),
    MoreThan(Expr),
    Between(Expr, Expr),
    /// A condition (`selon` without subject).
    When(Expr),
    /// `au-delà` or `sinon`.
    Otherwise,
}
