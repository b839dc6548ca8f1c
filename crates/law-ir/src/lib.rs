//! The meaning of a set of `.droit` files: names resolved, types and units checked, dated values in order.
//!
//! ```text
//! ast::File…  ──from_syntax──▶  Book  ──▶  evaluators
//! ```
//!
//! A [`Book`] is only handed out when it carries no error: an evaluator may rely on what
//! [`invariants`] states and never meets an unknown name, a unit mismatch or a cycle.

mod book;
mod from_syntax;
mod household;
pub mod invariants;
mod types;
mod value;

pub use book::{
    Aggregation, AidInfo, Arm, ArmPattern, ArticleRef, Asking, Book, CaseInfo, Choice, Comparison,
    Condition, ConditionKind, Dated, Direction, Enumeration, Example, Expectation, Function,
    HouseholdChange, Input, Node, Op, Param, Property, PropertyLaw, Role, Rule, RuleKind, Source,
    Table, TableKey, TableValues, ThresholdEffect, Window, WindowUse,
};
pub use book::{
    CaseId, EnumId, ExprId, FunctionId, InputId, ParamId, RuleId, Symbol, TableId, WindowId,
};
pub use from_syntax::from_syntax;
pub use household::{
    Dwelling, Fact, Family, History, Household, Instance, Membership, Person, TaxHousehold,
};
pub use types::{Entity, Flavour, Type, Unit};
pub use value::Value;

pub use law_syntax::ast::{Nature, Reduce};
