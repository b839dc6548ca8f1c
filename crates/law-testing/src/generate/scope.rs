//! What a rulebook being written has declared so far, and where the next expression stands.

use crate::dice::Dice;

/// The type of an expression, as the writer of the text thinks of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ty {
    Bool,
    Date,
    /// The rank of the enumeration.
    Enum(usize),
    Number(Unit),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Number,
    Rate,
    Persons,
    Euro,
    EuroMonth,
    EuroYear,
    Years,
    Months,
    Hours,
    HoursMonth,
    Area,
}

impl Unit {
    pub const ALL: [Self; 11] = [
        Self::EuroMonth,
        Self::Number,
        Self::Rate,
        Self::Persons,
        Self::Euro,
        Self::EuroYear,
        Self::Years,
        Self::Months,
        Self::Hours,
        Self::HoursMonth,
        Self::Area,
    ];

    /// Money per month and numbers without a unit mostly: expressions of one unit read each other.
    pub fn any(dice: &mut Dice<'_>) -> Self {
        match dice.below(10) {
            0..=3 => Self::EuroMonth,
            4 => Self::Number,
            5 => Self::Persons,
            6 => dice.one_of([Self::Months, Self::Years]),
            _ => dice.one_of(Self::ALL),
        }
    }

    /// As a declaration writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Number => "nombre",
            Self::Rate => "taux",
            Self::Persons => "personnes",
            Self::Euro => "€",
            Self::EuroMonth => "€/mois",
            Self::EuroYear => "€/an",
            Self::Years => "ans",
            Self::Months => "mois",
            Self::Hours => "heures",
            Self::HoursMonth => "heures/mois",
            Self::Area => "m²",
        }
    }

    pub fn is_money(self) -> bool {
        matches!(self, Self::Euro | Self::EuroMonth | Self::EuroYear)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Person,
    Family,
    TaxHousehold,
    Dwelling,
}

impl Of {
    pub fn word(self) -> &'static str {
        match self {
            Self::Person => "personne",
            Self::Family => "famille",
            Self::TaxHousehold => "foyer_fiscal",
            Self::Dwelling => "ménage",
        }
    }

    pub fn sees(self, other: Self) -> bool {
        self == other || self == Self::Person || (self, other) == (Self::Family, Self::Dwelling)
    }

    /// The roles of its members, as an aggregation names them.
    pub fn roles(self) -> &'static [&'static str] {
        match self {
            Self::Person => &[],
            Self::Family => &["enfants", "parents", "membres"],
            Self::TaxHousehold => &["membres", "déclarants", "à_charge"],
            Self::Dwelling => &["occupants", "membres"],
        }
    }
}

/// A fact, a rule or an `où`.
#[derive(Debug, Clone)]
pub(super) struct Named {
    pub name: String,
    pub ty: Ty,
    pub of: Of,
}

#[derive(Debug, Clone)]
pub(super) struct Table {
    pub name: String,
    pub ty: Ty,
    pub keys: Vec<Ty>,
}

#[derive(Debug, Clone)]
pub(super) struct Function {
    pub name: String,
    pub ty: Ty,
    pub of: Of,
    pub params: Vec<Ty>,
    /// It speaks of the members of its group: only rules about that group may call it.
    pub has_roles: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Window {
    pub name: String,
    /// In months, when all its versions are as long.
    pub length: Option<i32>,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    /// The cases of each.
    pub enums: Vec<Vec<String>>,
    pub params: Vec<(String, Ty)>,
    pub tables: Vec<Table>,
    pub windows: Vec<Window>,
    /// Facts and rules.
    pub named: Vec<Named>,
    pub functions: Vec<Function>,
}

impl Scope {
    pub fn ty_word(&self, ty: Ty) -> String {
        match ty {
            Ty::Bool => "oui_non".to_owned(),
            Ty::Date => "date".to_owned(),
            Ty::Enum(rank) => format!("e{rank}"),
            Ty::Number(unit) => unit.word().to_owned(),
        }
    }

    pub fn any_type(&self, dice: &mut Dice<'_>) -> Ty {
        match dice.below(10) {
            0..=5 => Ty::Number(Unit::any(dice)),
            6 | 7 => Ty::Bool,
            8 => Ty::Date,
            _ if self.enums.is_empty() => Ty::Bool,
            _ => Ty::Enum(dice.below(self.enums.len())),
        }
    }
}

/// Where an expression stands.
#[derive(Debug, Clone)]
pub(super) struct Here {
    /// Who the value is about.
    pub of: Of,
    /// The arguments of the function being written; none inside an aggregation or another month.
    pub args: Vec<(String, Ty)>,
    /// The `où` that may be read.
    pub locals: Vec<Named>,
    /// Inside another month or a window: another window would multiply the months.
    pub elsewhen: bool,
}

impl Here {
    pub fn of(of: Of) -> Self {
        Self { of, args: Vec::new(), locals: Vec::new(), elsewhen: false }
    }

    pub fn shifted(&self) -> Self {
        Self { args: Vec::new(), elsewhen: true, ..self.clone() }
    }

    pub fn on_persons(&self) -> Self {
        Self { args: Vec::new(), of: Of::Person, ..self.clone() }
    }
}
