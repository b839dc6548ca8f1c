//! The words of the matrix.

/// How sensitive a field is. Declared for every column and every kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Name, birth.
    Identity,
    /// Address, telephone, how to reach the person safely.
    Contact,
    /// Situation, budget, procedures, the plan, shared notes.
    Social,
    /// Health, disability, dependence.
    Health,
    /// Violence, childhood, justice, residence.
    Protected,
    /// What the author keeps for themselves.
    PrivateNote,
}

/// A set of classes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Classes(u8);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// To know that the file exists and which service follows it, without content.
    Find,
    Read,
    Write,
    /// Give a partner a view of it.
    Share,
    /// Take a copy out.
    Export,
    /// Say who follows it.
    Assign,
    Close,
    /// Who looked at it.
    ReadLog,
    /// Apply the end of its retention.
    Erase,
}

/// What somebody is in a structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Worker,
    Reception,
    Manager,
    Mediator,
    Volunteer,
    Dpo,
    Admin,
}

/// What somebody does in the team that follows a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Function {
    Referent,
    CoReferent,
    /// CASF L121-6-2.
    Coordinator,
    /// Comes in for one matter.
    Contributor,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FileState {
    Open,
    /// Read, and reopened, but not written.
    Closed,
    /// Kept apart: only for a dispute, a right of access or the law.
    Archived,
    Erased,
}

/// Why the file is opened; asked when it is not evident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    Support,
    Reception,
    Supervision,
    /// The person asks for what is held about them.
    AccessRequest,
    Dispute,
    Emergency,
}

macro_rules! all {
    ($($name:ident: $($variant:ident),+;)+) => {$(
        impl $name {
            /// Every variant, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
        }
    )+};
}

all! {
    Class: Identity, Contact, Social, Health, Protected, PrivateNote;
    Action: Find, Read, Write, Share, Export, Assign, Close, ReadLog, Erase;
    Role: Worker, Reception, Manager, Mediator, Volunteer, Dpo, Admin;
    Function: Referent, CoReferent, Coordinator, Contributor;
    FileState: Open, Closed, Archived, Erased;
    Purpose: Support, Reception, Supervision, AccessRequest, Dispute, Emergency;
}

impl Class {
    fn bit(self) -> u8 {
        match self {
            Self::Identity => 1,
            Self::Contact => 2,
            Self::Social => 4,
            Self::Health => 8,
            Self::Protected => 16,
            Self::PrivateNote => 32,
        }
    }
}

impl Classes {
    pub const NONE: Self = Self(0);

    pub fn of(classes: &[Class]) -> Self {
        classes.iter().fold(Self::NONE, |set, it| set.with(*it))
    }

    /// Every class up to this one, the private note excepted unless it is the one.
    pub fn up_to(last: Class) -> Self {
        Class::ALL.iter().filter(|it| **it <= last).fold(Self::NONE, |set, it| set.with(*it))
    }

    pub fn with(self, class: Class) -> Self {
        Self(self.0 | class.bit())
    }

    pub fn holds(self, class: Class) -> bool {
        self.0 & class.bit() != 0
    }
}
