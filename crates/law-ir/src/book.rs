//! The rulebook: everything the law says, resolved.

use std::collections::HashMap;

use base::{Date, Month, Rational, Rounding};
use law_syntax::Span;
use law_syntax::ast::{Nature, Reduce};

use crate::{Entity, Type, Value};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub u32);

        impl $name {
            pub fn index(self) -> usize {
                self.0 as usize
            }

            /// The identifier of the element at `index` of its list.
            pub fn at(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }
        }
    )+};
}

ids! {
    /// An expression of [`Book::nodes`].
    ExprId,
    RuleId,
    InputId,
    ParamId,
    TableId,
    WindowId,
    EnumId,
    /// A case of any enumeration.
    CaseId,
    FunctionId,
}

/// A name of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symbol {
    Rule(RuleId),
    Input(InputId),
    Param(ParamId),
    Table(TableId),
    Window(WindowId),
    Enum(EnumId),
    Case(CaseId),
    Function(FunctionId),
    Choice(usize),
}

/// A set of rules that has passed every check of loading.
#[derive(Debug, Clone, Default)]
pub struct Book {
    pub enums: Vec<Enumeration>,
    pub cases: Vec<CaseInfo>,
    pub inputs: Vec<Input>,
    pub params: Vec<Param>,
    pub tables: Vec<Table>,
    pub windows: Vec<Window>,
    pub functions: Vec<Function>,
    /// Rules, aids and the intermediate values of both.
    pub rules: Vec<Rule>,
    pub choices: Vec<Choice>,
    pub nodes: Vec<Node>,
    pub examples: Vec<Example>,
    /// What must hold of any household, tried on generated ones.
    pub properties: Vec<Property>,
    pub names: HashMap<String, Symbol>,
    /// The fact `date_de_naissance`, by which children are ranked.
    pub birth_date: Option<InputId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub title: String,
    pub link: Option<String>,
    pub verified: Option<Date>,
}

/// The article a declaration stands under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleRef {
    pub title: String,
    pub link: Option<String>,
    pub quote: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Enumeration {
    pub name: String,
    pub label: String,
    pub cases: Vec<CaseId>,
}

#[derive(Debug, Clone)]
pub struct CaseInfo {
    pub name: String,
    pub label: String,
    pub of: EnumId,
}

#[derive(Debug, Clone)]
pub struct Input {
    pub name: String,
    pub label: String,
    pub question: Option<String>,
    pub ty: Type,
    pub entity: Entity,
    pub nature: Nature,
    pub bounds: Option<(Value, Value)>,
    /// In words, what a person can do about it: the fact is then tried when telling what would change.
    pub modifiable: Option<String>,
    pub asking: Asking,
    pub span: Span,
}

/// What it costs to ask for a fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// Facts asked together: the words of the group.
    pub group: Option<String>,
    /// How long an answer takes, looking for the paper included.
    pub seconds: u16,
    /// Health, couple, money lent: asked late, and only when it settles something.
    pub sensitive: bool,
    /// How many persons out of a hundred know the answer.
    pub known_by: u8,
}

impl Default for Asking {
    fn default() -> Self {
        Self { group: None, seconds: 15, sensitive: false, known_by: 90 }
    }
}

/// A value and the day it takes effect.
#[derive(Debug, Clone)]
pub struct Dated<T> {
    pub from: Date,
    pub value: T,
    pub sources: Vec<Source>,
}

#[derive(Debug, Clone)]
pub struct Param {
    pub name: String,
    pub label: String,
    pub ty: Type,
    /// INVARIANT: sorted by date, each date once, at least one. `None`: no value from that day.
    pub versions: Vec<Dated<Option<Value>>>,
    pub review_before: Option<Date>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct Table {
    pub name: String,
    pub label: String,
    pub keys: Vec<(String, Type)>,
    pub ty: Type,
    pub versions: Vec<Dated<TableValues>>,
    pub review_before: Option<Date>,
    pub span: Span,
}

#[derive(Debug, Clone, Default)]
pub struct TableValues {
    /// Empty for a table with one key.
    pub columns: Vec<TableKey>,
    pub rows: Vec<(TableKey, Vec<Value>)>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TableKey {
    Number { value: Rational, and_more: bool },
    Case(CaseId),
}

#[derive(Debug, Clone)]
pub struct Window {
    pub name: String,
    pub label: String,
    /// Offsets of the first and last month, both included.
    pub versions: Vec<Dated<(i32, i32)>>,
    pub span: Span,
}

/// A named expression with arguments, already written in place at each call.
#[derive(Debug, Clone)]
pub struct Function {
    pub name: String,
    pub label: String,
    pub entity: Entity,
    pub ty: Type,
    pub params: Vec<(String, Type)>,
    pub sources: Vec<Source>,
    pub article: Option<ArticleRef>,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub struct Rule {
    pub name: String,
    pub label: String,
    pub ty: Type,
    pub entity: Entity,
    pub body: ExprId,
    pub kind: RuleKind,
    pub hidden: bool,
    pub sources: Vec<Source>,
    pub article: Option<ArticleRef>,
    pub choice: Option<usize>,
    /// The jumps of this rule that the law means, each with its article; those of its `où` too.
    pub threshold_effects: Vec<ThresholdEffect>,
    pub span: Span,
}

/// `effet de seuil assumé « … »`: the amount jumps here, and the text says so.
#[derive(Debug, Clone)]
pub struct ThresholdEffect {
    pub label: String,
    pub sources: Vec<Source>,
}

#[derive(Debug, Clone)]
pub enum RuleKind {
    Rule,
    /// An `où` of the rule.
    Local {
        of: RuleId,
    },
    Aid(AidInfo),
}

/// What an aid has besides its amount (the rule's body).
#[derive(Debug, Clone, Default)]
pub struct AidInfo {
    pub conditions: Vec<Condition>,
    /// An amount below this one is not paid.
    pub paid_from: Option<Rational>,
    /// The amount is looked at again every so many months after the claim.
    pub review_every: Option<u8>,
    /// The texts that say so.
    pub review_sources: Vec<Source>,
}

#[derive(Debug, Clone)]
pub struct Condition {
    pub name: String,
    pub label: String,
    pub kind: ConditionKind,
    pub sources: Vec<Source>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConditionKind {
    Test(ExprId),
    /// Not computed: a person has to check.
    ToCheck,
}

#[derive(Debug, Clone)]
pub struct Choice {
    pub name: String,
    pub decision: String,
    pub reason: Option<String>,
    pub alternatives: Vec<String>,
    pub decided_by: Option<String>,
    pub decided_on: Option<Date>,
}

#[derive(Debug, Clone)]
pub struct Node {
    pub op: Op,
    pub ty: Type,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

/// The persons of a group that an aggregation walks over, in order of declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// All members of the group.
    Members,
    /// Of a family.
    Parents,
    Children,
    /// Of a tax household.
    Declarants,
    Dependants,
}

/// `somme des ROLE tels que FILTRE de CORPS`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aggregation {
    pub reduce: Reduce,
    pub role: Role,
    pub filter: Option<ExprId>,
    pub body: ExprId,
    /// The value when nobody is left (mandatory for a maximum or a minimum).
    pub default: Option<ExprId>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowUse {
    Named(WindowId),
    Months {
        first: i32,
        last: i32,
    },
    /// From January to December of the year `offset` years away.
    Year {
        offset: i32,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arm {
    pub pattern: ArmPattern,
    pub value: ExprId,
    /// The words of the exception this case comes from.
    pub label: Option<String>,
}

/// INVARIANT: in a `selon` with a subject the patterns do not overlap and leave no gap; `Otherwise` is last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArmPattern {
    OneOf(Vec<ExprId>),
    LessThan(ExprId),
    UpTo(ExprId),
    AtLeast(ExprId),
    MoreThan(ExprId),
    Between(ExprId, ExprId),
    When(ExprId),
    Otherwise,
}

/// What an expression does. The context of evaluation is an instance of an entity and a month.
#[derive(Debug, Clone, PartialEq)]
pub enum Op {
    Const(Value),
    Param(ParamId),
    Table {
        table: TableId,
        keys: Vec<ExprId>,
    },
    /// Read on the instance the context sees.
    Input(InputId),
    Rule(RuleId),
    /// The body, for the family's applicant.
    OfApplicant(ExprId),
    /// The body of a function, written in place.
    Call {
        function: FunctionId,
        body: ExprId,
    },
    Not(ExprId),
    Neg(ExprId),
    Add(ExprId, ExprId),
    Sub(ExprId, ExprId),
    Mul(ExprId, ExprId),
    Div(ExprId, ExprId),
    /// Times a constant: the bridges between periods.
    Scale(ExprId, Rational),
    Min(Vec<ExprId>),
    Max(Vec<ExprId>),
    Round {
        value: ExprId,
        mode: Rounding,
        quantum: Rational,
    },
    Compare(Comparison, ExprId, ExprId),
    And(ExprId, ExprId),
    Or(ExprId, ExprId),
    In(ExprId, Vec<CaseId>),
    If {
        condition: ExprId,
        then: ExprId,
        otherwise: ExprId,
    },
    Select {
        subject: Option<ExprId>,
        arms: Vec<Arm>,
    },
    At {
        value: ExprId,
        shift: i32,
    },
    Over {
        reduce: Reduce,
        window: WindowUse,
        body: ExprId,
    },
    Aggregate(Aggregation),
    Count {
        role: Role,
        filter: Option<ExprId>,
    },
    Rank {
        role: Role,
        filter: Option<ExprId>,
    },
    /// First day of the month evaluated.
    CurrentMonth,
    Share,
    IsParent,
    IsChild,
    IsApplicant,
    TaxedElsewhere,
    /// Whole months from the date to the first day of the month evaluated.
    MonthsSince(ExprId),
    YearsSince(ExprId),
    YearOf(ExprId),
    MonthNumberOf(ExprId),
    FirstOfMonth(ExprId),
}

/// `exemple …` of a rule, an aid or a function.
#[derive(Debug, Clone)]
pub struct Example {
    pub of: Symbol,
    pub label: Option<String>,
    pub month: Option<Month>,
    /// Stand-ins for inputs and rules; for a function's example the call itself is `body`.
    pub given: Vec<(Symbol, Value)>,
    /// The expression to evaluate: the rule itself, or the call with its arguments.
    pub body: ExprId,
    pub entity: Entity,
    pub expected: Expectation,
    pub span: Span,
}

#[derive(Debug, Clone)]
pub enum Expectation {
    Value(Value),
    /// Refused, because of this condition (its rank).
    RefusedBecause(usize),
}

/// `propriété`: what must hold of any household.
#[derive(Debug, Clone)]
pub struct Property {
    pub name: String,
    pub label: String,
    pub law: PropertyLaw,
    pub sources: Vec<Source>,
    pub article: Option<ArticleRef>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PropertyLaw {
    /// True for every instance of `entity`, every household, every month.
    Always { test: ExprId, entity: Entity },
    /// How the rule moves when the household changes; only where `provided` holds before and after.
    Moves { rule: RuleId, change: HouseholdChange, direction: Direction, provided: Option<ExprId> },
}

/// What is changed in a household to compare it with itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HouseholdChange {
    /// A number goes up, for one instance, in every month where it is known.
    Increase(InputId),
    /// A child is born to the family, younger than all others, without any income.
    OneMoreChild,
    /// A person is added in a family, a tax household and a dwelling of their own.
    StrangerElsewhere,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    NeverFalls,
    NeverRises,
    NeverMoves,
}

impl Book {
    pub fn rule(&self, id: RuleId) -> Option<&Rule> {
        self.rules.get(id.index())
    }

    pub fn input(&self, id: InputId) -> Option<&Input> {
        self.inputs.get(id.index())
    }

    pub fn param(&self, id: ParamId) -> Option<&Param> {
        self.params.get(id.index())
    }

    pub fn table(&self, id: TableId) -> Option<&Table> {
        self.tables.get(id.index())
    }

    pub fn window(&self, id: WindowId) -> Option<&Window> {
        self.windows.get(id.index())
    }

    pub fn function(&self, id: FunctionId) -> Option<&Function> {
        self.functions.get(id.index())
    }

    pub fn enumeration(&self, id: EnumId) -> Option<&Enumeration> {
        self.enums.get(id.index())
    }

    pub fn case(&self, id: CaseId) -> Option<&CaseInfo> {
        self.cases.get(id.index())
    }

    pub fn node(&self, id: ExprId) -> Option<&Node> {
        self.nodes.get(id.index())
    }

    pub fn symbol(&self, name: &str) -> Option<Symbol> {
        self.names.get(name).copied()
    }

    pub fn rule_named(&self, name: &str) -> Option<RuleId> {
        match self.symbol(name)? {
            Symbol::Rule(id) => Some(id),
            _ => None,
        }
    }

    pub fn input_named(&self, name: &str) -> Option<InputId> {
        match self.symbol(name)? {
            Symbol::Input(id) => Some(id),
            _ => None,
        }
    }

    pub fn case_named(&self, name: &str) -> Option<CaseId> {
        match self.symbol(name)? {
            Symbol::Case(id) => Some(id),
            _ => None,
        }
    }

    /// The aids, in order of declaration.
    pub fn aids(&self) -> impl Iterator<Item = (RuleId, &Rule, &AidInfo)> {
        self.rules.iter().enumerate().filter_map(|(idx, rule)| match &rule.kind {
            RuleKind::Aid(info) => Some((RuleId::at(idx), rule, info)),
            RuleKind::Rule | RuleKind::Local { .. } => None,
        })
    }
}

/// The version in force on `day`: the last one that starts on or before it.
pub fn version_on<T>(versions: &[Dated<T>], day: Date) -> Option<(usize, &Dated<T>)> {
    let after = versions.partition_point(|it| it.from <= day);
    let idx = after.checked_sub(1)?;
    versions.get(idx).map(|it| (idx, it))
}

impl Param {
    /// The version in force on the first day of `month`, and its rank.
    pub fn at(&self, month: Month) -> Option<(usize, &Dated<Option<Value>>)> {
        version_on(&self.versions, month.first_day()?)
    }
}

impl Table {
    pub fn at(&self, month: Month) -> Option<(usize, &Dated<TableValues>)> {
        version_on(&self.versions, month.first_day()?)
    }
}

impl Window {
    pub fn at(&self, month: Month) -> Option<(usize, &Dated<(i32, i32)>)> {
        version_on(&self.versions, month.first_day()?)
    }
}

impl TableKey {
    pub fn matches(self, key: Value) -> bool {
        match (self, key) {
            (Self::Number { value, and_more }, Value::Number(key)) => {
                key == value || (and_more && key > value)
            }
            (Self::Case(case), Value::Case(key)) => case == key,
            _ => false,
        }
    }
}

impl TableValues {
    /// The value at (row, column); `None` if a key is not in the table.
    pub fn get(&self, keys: &[Value]) -> Option<Value> {
        let (row, rest) = keys.split_first()?;
        let (_, values) = self.rows.iter().find(|(key, _)| key.matches(*row))?;
        let column = match rest.first() {
            None => 0,
            Some(column) => self.columns.iter().position(|key| key.matches(*column))?,
        };
        values.get(column).copied()
    }
}
