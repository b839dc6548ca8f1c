//! What a node of a plan does.

use std::hash::{Hash, Hasher};
use std::mem::discriminant;
use std::sync::Arc;

use base::{Month, Rational, Rounding};
use law_ir::{CaseId, Comparison, Entity, InputId, Reduce, Role, TableId, TableValues};

use crate::scalar::Scalar;

/// One version of a table, equal to itself only.
#[derive(Debug, Clone)]
pub(crate) struct TableVersion {
    pub table: TableId,
    pub version: usize,
    pub values: Arc<TableValues>,
}

impl PartialEq for TableVersion {
    fn eq(&self, other: &Self) -> bool {
        (self.table, self.version) == (other.table, other.version)
    }
}

/// An operation, apart from its operands. The month is written in: what holds another month is another
/// operation, or the same one on other operands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Op {
    Const(Scalar),
    /// A fact in that month, on the rows of its own entity.
    Input {
        input: InputId,
        month: Month,
    },
    Share,
    IsParent,
    IsChild,
    IsApplicant,
    TaxedElsewhere,
    /// Read on the rows of another entity: each person reads their family, their dwelling…
    Project {
        from: Entity,
    },
    /// Each family reads its applicant.
    Applicant,
    Not,
    Neg,
    Add,
    Sub,
    Mul,
    Div,
    Min,
    Max,
    Round {
        mode: Rounding,
        quantum: Rational,
    },
    Compare(Comparison),
    And,
    Or,
    In(Arc<[CaseId]>),
    /// The subject, then the values it may equal.
    OneOf,
    /// The subject (which has to be known), tests and values in turn, then what holds otherwise.
    Select {
        subject: bool,
        otherwise: bool,
    },
    /// The version in force; `None`: none is.
    Table(Option<TableVersion>),
    /// The operands are the months of the window.
    Window(Reduce),
    /// The filter if there is one, the body, the default if there is one.
    Aggregate {
        reduce: Reduce,
        role: Role,
        filter: bool,
        default: bool,
    },
    Count {
        role: Role,
        filter: bool,
    },
    /// The filter if there is one, then the birth date.
    Rank {
        role: Role,
        filter: bool,
    },
    MonthsSince(Month),
    YearsSince(Month),
    YearOf,
    MonthNumberOf,
    FirstOfMonth,
    /// The conditions, then the amount.
    Aid {
        paid_from: Option<Rational>,
    },
}

impl Eq for Op {}

/// Some of the fields only: enough to tell nearly all operations apart.
impl Hash for Op {
    fn hash<H: Hasher>(&self, state: &mut H) {
        discriminant(self).hash(state);
        match self {
            Self::Const(value) => value.hash(state),
            Self::Input { input, month } => (input, month).hash(state),
            Self::Round { quantum, .. } => quantum.hash(state),
            Self::Compare(comparison) => discriminant(comparison).hash(state),
            Self::In(cases) => cases.hash(state),
            Self::MonthsSince(month) | Self::YearsSince(month) => month.hash(state),
            Self::Select { subject, otherwise } => (subject, otherwise).hash(state),
            Self::Window(reduce) | Self::Aggregate { reduce, .. } => {
                discriminant(reduce).hash(state);
            }
            Self::Aid { paid_from } => paid_from.hash(state),
            Self::Table(it) => it.as_ref().map(|it| (it.table, it.version)).hash(state),
            Self::Share
            | Self::IsParent
            | Self::IsChild
            | Self::IsApplicant
            | Self::TaxedElsewhere
            | Self::Project { .. }
            | Self::Applicant
            | Self::Not
            | Self::Neg
            | Self::Add
            | Self::Sub
            | Self::Mul
            | Self::Div
            | Self::Min
            | Self::Max
            | Self::And
            | Self::Or
            | Self::OneOf
            | Self::Count { .. }
            | Self::Rank { .. }
            | Self::YearOf
            | Self::MonthNumberOf
            | Self::FirstOfMonth => {}
        }
    }
}
