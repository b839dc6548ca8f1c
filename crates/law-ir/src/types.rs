//! Types and units.

use std::fmt;

use crate::{Book, EnumId};

/// Who a fact or a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Entity {
    Person,
    Family,
    TaxHousehold,
    Dwelling,
}

impl Entity {
    /// The word of the language: `personne`, `famille`, `foyer_fiscal`, `ménage`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Person => "personne",
            Self::Family => "famille",
            Self::TaxHousehold => "foyer_fiscal",
            Self::Dwelling => "ménage",
        }
    }

    /// Whether a name of entity `other` can be read as it stands in a rule of this entity: each person
    /// has one family, one tax household and one dwelling, and a family lives where its applicant lives.
    pub fn sees(self, other: Self) -> bool {
        match (self, other) {
            (Self::Person, _) | (Self::Family, Self::Family | Self::Dwelling) => true,
            (Self::TaxHousehold, Self::TaxHousehold) | (Self::Dwelling, Self::Dwelling) => true,
            (Self::Family, Self::Person | Self::TaxHousehold)
            | (Self::TaxHousehold, Self::Person | Self::Family | Self::Dwelling)
            | (Self::Dwelling, Self::Person | Self::Family | Self::TaxHousehold) => false,
        }
    }
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    Bool,
    Date,
    Enum(EnumId),
    Number(Unit),
    /// A bare `0`: takes the unit of whatever it meets.
    Zero,
    /// Already reported as wrong: agrees with everything, so that one mistake gives one message.
    Unknown,
}

/// The unit of a number: exponents of the base units, and for numbers without any, what they count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Unit {
    pub euro: i8,
    pub year: i8,
    pub month: i8,
    pub day: i8,
    pub hour: i8,
    pub square_metre: i8,
    pub flavour: Flavour,
}

/// How numbers without a physical unit present themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Flavour {
    /// `nombre`
    Plain,
    /// `taux`
    Rate,
    /// `personnes`
    Persons,
}

impl Unit {
    pub const NUMBER: Self = Self {
        euro: 0,
        year: 0,
        month: 0,
        day: 0,
        hour: 0,
        square_metre: 0,
        flavour: Flavour::Plain,
    };
    pub const RATE: Self = Self { flavour: Flavour::Rate, ..Self::NUMBER };
    pub const PERSONS: Self = Self { flavour: Flavour::Persons, ..Self::NUMBER };
    pub const EURO: Self = Self { euro: 1, ..Self::NUMBER };
    pub const EURO_PER_MONTH: Self = Self { month: -1, ..Self::EURO };
    pub const EURO_PER_YEAR: Self = Self { year: -1, ..Self::EURO };
    pub const YEARS: Self = Self { year: 1, ..Self::NUMBER };
    pub const MONTHS: Self = Self { month: 1, ..Self::NUMBER };

    /// Reads a unit as the language writes it, without blanks: `€/mois`, `taux`, `heures/mois`, `%`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "taux" | "%" => return Some(Self::RATE),
            "nombre" => return Some(Self::NUMBER),
            "personnes" | "personne" => return Some(Self::PERSONS),
            _ => {}
        }
        let mut unit = Self::NUMBER;
        for (idx, part) in text.split('/').enumerate() {
            let step: i8 = if idx == 0 { 1 } else { -1 };
            let slot = match part {
                "€" => &mut unit.euro,
                "an" | "ans" => &mut unit.year,
                "mois" => &mut unit.month,
                "jour" | "jours" => &mut unit.day,
                "heure" | "heures" | "h" => &mut unit.hour,
                "m²" => &mut unit.square_metre,
                "personnes" | "personne" if idx > 0 => continue,
                _ => return None,
            };
            *slot = slot.checked_add(step)?;
        }
        Some(unit)
    }

    pub fn is_dimensionless(self) -> bool {
        Self { flavour: Flavour::Plain, ..self } == Self::NUMBER
    }

    /// Whether two numbers can be added or compared: same unit; `nombre` goes with `taux` and with
    /// `personnes`, but a rate is not a head count.
    pub fn agrees_with(self, other: Self) -> bool {
        if self.is_dimensionless() && other.is_dimensionless() {
            return self.flavour == other.flavour
                || self.flavour == Flavour::Plain
                || other.flavour == Flavour::Plain;
        }
        Self { flavour: Flavour::Plain, ..self } == Self { flavour: Flavour::Plain, ..other }
    }

    /// The unit of a product (`sign` 1) or a quotient (`sign` -1); `None` if an exponent is out of range.
    pub fn times(self, other: Self, sign: i8) -> Option<Self> {
        let combine = |a: i8, b: i8| a.checked_add(b.checked_mul(sign)?);
        let flavour = match (self.flavour, other.flavour) {
            (Flavour::Rate, _) | (_, Flavour::Rate) => Flavour::Rate,
            (Flavour::Persons, Flavour::Persons) if sign > 0 => Flavour::Persons,
            _ => Flavour::Plain,
        };
        let unit = Self {
            euro: combine(self.euro, other.euro)?,
            year: combine(self.year, other.year)?,
            month: combine(self.month, other.month)?,
            day: combine(self.day, other.day)?,
            hour: combine(self.hour, other.hour)?,
            square_metre: combine(self.square_metre, other.square_metre)?,
            flavour,
        };
        Some(if unit.is_dimensionless() { unit } else { Self { flavour: Flavour::Plain, ..unit } })
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_dimensionless() {
            return f.write_str(match self.flavour {
                Flavour::Plain => "nombre",
                Flavour::Rate => "taux",
                Flavour::Persons => "personnes",
            });
        }
        let words = [
            (self.euro, "€", "€"),
            (self.square_metre, "m²", "m²"),
            (self.hour, "heures", "heure"),
            (self.day, "jours", "jour"),
            (self.month, "mois", "mois"),
            (self.year, "ans", "an"),
        ];
        let mut first = true;
        for (exponent, plural, _) in words {
            for _ in 0..exponent.max(0) {
                if !first {
                    f.write_str("·")?;
                }
                first = false;
                f.write_str(plural)?;
            }
        }
        if first {
            f.write_str("1")?;
        }
        for (exponent, _, singular) in words {
            for _ in exponent.min(0)..0 {
                write!(f, "/{singular}")?;
            }
        }
        Ok(())
    }
}

impl Type {
    pub const NUMBER: Self = Self::Number(Unit::NUMBER);
    pub const RATE: Self = Self::Number(Unit::RATE);
    pub const PERSONS: Self = Self::Number(Unit::PERSONS);

    pub fn is_number(self) -> bool {
        matches!(self, Self::Number(_) | Self::Zero | Self::Unknown)
    }

    /// The common type of two values that meet in a sum, a comparison or two branches; `None` if they
    /// cannot.
    pub fn join(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Unknown, it) | (it, Self::Unknown) => Some(it),
            (Self::Zero, it @ (Self::Number(_) | Self::Zero))
            | (it @ Self::Number(_), Self::Zero) => Some(it),
            (Self::Number(a), Self::Number(b)) if a.agrees_with(b) => {
                let plain = a.is_dimensionless() && a.flavour == Flavour::Plain;
                Some(Self::Number(if plain { b } else { a }))
            }
            (Self::Bool, Self::Bool) | (Self::Date, Self::Date) => Some(self),
            (Self::Enum(a), Self::Enum(b)) if a == b => Some(self),
            _ => None,
        }
    }

    /// The type in French, as the language writes it.
    pub fn describe(self, book: &Book) -> String {
        match self {
            Self::Bool => "oui_non".to_owned(),
            Self::Date => "date".to_owned(),
            Self::Enum(id) => book.enumeration(id).map_or_else(String::new, |it| it.name.clone()),
            Self::Number(unit) => unit.to_string(),
            Self::Zero => "nombre".to_owned(),
            Self::Unknown => "inconnu".to_owned(),
        }
    }
}
