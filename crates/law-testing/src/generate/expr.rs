//! Expressions, written from the type they must have.

use super::book::Draft;
use super::scope::{Function, Here, Named, Of, Ty, Unit};
use super::{select, values};

impl Draft<'_> {
    /// Text of that type, between parentheses unless it is a name, a call or a literal.
    pub(super) fn expr(&mut self, ty: Ty, here: &Here, depth: u32) -> String {
        let Some(below) = depth.checked_sub(1) else { return self.leaf(ty, here) };
        let common = match self.dice.below(20) {
            0..=6 => None,
            7 | 8 => Some(self.leaf(ty, here)),
            9 | 10 => Some(self.condition_of(ty, here, below)),
            11 | 12 => Some(select::select(self, ty, here, below)),
            13 if !here.elsewhen => {
                let shift = self.dice.one_of(["M-1", "M-3", "M+1", "M-12"]);
                Some(format!("(({}) à {shift})", self.expr(ty, &here.shifted(), below)))
            }
            14 | 15 => self.function_call(ty, here, below),
            16 => self.of_applicant(ty, here),
            _ => None,
        };
        match (common, ty) {
            (Some(text), _) => text,
            (None, Ty::Bool) => self.boolean(here, below),
            (None, Ty::Number(unit)) => self.number(unit, here, below),
            (None, Ty::Date) if self.dice.chance(50) => {
                format!("premier_du_mois({})", self.expr(Ty::Date, here, below))
            }
            (None, Ty::Date | Ty::Enum(_)) => self.leaf(ty, here),
        }
    }

    fn condition_of(&mut self, ty: Ty, here: &Here, depth: u32) -> String {
        let condition = self.expr(Ty::Bool, here, depth);
        let then = self.expr(ty, here, depth);
        let otherwise = self.expr(ty, here, depth);
        format!("(si {condition} alors {then} sinon {otherwise})")
    }

    // ── leaves ────────────────────────────────────────────────────────────────────────────────────

    pub(super) fn leaf(&mut self, ty: Ty, here: &Here) -> String {
        let read = match self.dice.below(10) {
            0 => None,
            1 | 2 => self.param(ty),
            3 => self.table_read(ty, here),
            4 | 5 => self.argument(ty, here),
            _ => self.named(ty, here),
        };
        read.unwrap_or_else(|| self.literal(ty, here))
    }

    fn literal(&mut self, ty: Ty, here: &Here) -> String {
        match ty {
            Ty::Bool if here.of == Of::Person && self.dice.chance(70) => {
                let names = ["est_parent", "est_enfant", "est_demandeur", "rattaché_ailleurs"];
                self.dice.one_of(names).to_owned()
            }
            Ty::Bool => self.dice.one_of(["vrai", "faux"]).to_owned(),
            Ty::Date if self.dice.chance(30) => "mois_courant".to_owned(),
            Ty::Date => values::day(&mut self.dice, 1995, 2026).to_string(),
            Ty::Enum(rank) => {
                let cases = self.scope.enums.get(rank).cloned().unwrap_or_default();
                let at = self.dice.below(cases.len());
                cases.get(at).cloned().unwrap_or_else(|| "vrai".to_owned())
            }
            Ty::Number(Unit::Number) if here.of == Of::Person && self.dice.chance(20) => {
                "part".to_owned()
            }
            Ty::Number(unit) => {
                let value = values::number(&mut self.dice, unit);
                values::written(value, unit)
            }
        }
    }

    fn param(&mut self, ty: Ty) -> Option<String> {
        let fitting: Vec<&String> =
            self.scope.params.iter().filter(|it| it.1 == ty).map(|it| &it.0).collect();
        self.dice.pick(&fitting).cloned()
    }

    fn argument(&mut self, ty: Ty, here: &Here) -> Option<String> {
        let fitting: Vec<&String> =
            here.args.iter().filter(|it| it.1 == ty).map(|it| &it.0).collect();
        self.dice.pick(&fitting).cloned()
    }

    fn named(&mut self, ty: Ty, here: &Here) -> Option<String> {
        let known = self.scope.named.iter().chain(&here.locals);
        let seen = known.filter(|it| it.ty == ty && here.of.sees(it.of));
        let fitting: Vec<&Named> = seen.collect();
        self.dice.pick(&fitting).map(|it| it.name.clone())
    }

    fn table_read(&mut self, ty: Ty, here: &Here) -> Option<String> {
        let fitting: Vec<_> = self.scope.tables.iter().filter(|it| it.ty == ty).cloned().collect();
        let at = self.dice.below(fitting.len());
        let table = fitting.get(at)?;
        let keys: Vec<String> = table.keys.iter().map(|key| self.key(*key, here)).collect();
        Some(format!("{}({})", table.name, keys.join(", ")))
    }

    /// A key of a table: rarely a table again.
    fn key(&mut self, ty: Ty, here: &Here) -> String {
        let read = self.named(ty, here);
        read.unwrap_or_else(|| self.literal(ty, here))
    }

    /// A person's fact or rule, read on the family's applicant.
    fn of_applicant(&mut self, ty: Ty, here: &Here) -> Option<String> {
        if !matches!(here.of, Of::Family | Of::Person) {
            return None;
        }
        let name = self.named(ty, &Here { locals: Vec::new(), ..here.on_persons() })?;
        Some(format!("{name}(demandeur)"))
    }

    fn function_call(&mut self, ty: Ty, here: &Here, depth: u32) -> Option<String> {
        let callable = |it: &&Function| {
            let here_too = if it.has_roles { here.of == it.of } else { here.of.sees(it.of) };
            it.ty == ty && here_too && !(here.elsewhen && it.has_roles)
        };
        let fitting: Vec<_> = self.scope.functions.iter().filter(callable).cloned().collect();
        let at = self.dice.below(fitting.len());
        let function = fitting.get(at)?;
        self.speaks_of_roles |= function.has_roles;
        let args: Vec<String> =
            function.params.iter().map(|it| self.expr(*it, here, depth.min(1))).collect();
        Some(format!("{}({})", function.name, args.join(", ")))
    }

    // ── conditions ────────────────────────────────────────────────────────────────────────────────

    fn boolean(&mut self, here: &Here, depth: u32) -> String {
        match self.dice.below(12) {
            0..=4 => self.comparison(here, depth),
            5 => format!("(non {})", self.expr(Ty::Bool, here, depth)),
            6 | 7 => {
                let word = self.dice.one_of(["et", "ou"]);
                let left = self.expr(Ty::Bool, here, depth);
                let right = self.expr(Ty::Bool, here, depth);
                format!("({left} {word} {right})")
            }
            8 => self.among(here, depth),
            9 if !here.elsewhen => {
                let word = self.dice.one_of(["un mois sur", "chaque mois sur"]);
                let window = self.window(false).0;
                let body = self.expr(Ty::Bool, &here.shifted(), depth);
                format!("({word} {window} vérifie ({body}))")
            }
            _ => {
                let Some(role) = self.role(here) else { return self.comparison(here, depth) };
                let word = self.dice.one_of(["un des", "chacun des"]);
                let filter = self.filter(here, depth);
                let body = self.expr(Ty::Bool, &here.on_persons(), depth);
                format!("({word} {role}{filter} vérifie ({body}))")
            }
        }
    }

    fn comparison(&mut self, here: &Here, depth: u32) -> String {
        let ty = self.scope.any_type(&mut self.dice);
        let left = self.expr(ty, here, depth);
        let zero = matches!(ty, Ty::Number(_)) && self.dice.chance(15);
        let right = if zero { "0".to_owned() } else { self.expr(ty, here, depth.min(1)) };
        let sign = match ty {
            Ty::Number(_) | Ty::Date => self.dice.one_of(["≥", "≤", "<", ">", "=", "≠"]),
            Ty::Bool | Ty::Enum(_) => self.dice.one_of(["=", "≠"]),
        };
        format!("({left} {sign} {right})")
    }

    fn among(&mut self, here: &Here, depth: u32) -> String {
        let enums = self.scope.enums.len();
        if enums == 0 {
            return self.comparison(here, depth);
        }
        let rank = self.dice.below(enums);
        let mut cases = self.scope.enums.get(rank).cloned().unwrap_or_default();
        self.dice.shuffle(&mut cases);
        cases.truncate(1 + self.dice.below(2));
        format!("({} parmi ({}))", self.expr(Ty::Enum(rank), here, depth), cases.join(", "))
    }

    // ── members and months ────────────────────────────────────────────────────────────────────────

    /// A role of the group; the function being written then belongs to that kind of group.
    fn role(&mut self, here: &Here) -> Option<&'static str> {
        let role = self.dice.pick(here.of.roles())?;
        self.speaks_of_roles = true;
        Some(role)
    }

    fn filter(&mut self, here: &Here, depth: u32) -> String {
        if self.dice.chance(50) {
            return String::new();
        }
        format!(" tels que {}", self.expr(Ty::Bool, &here.on_persons(), depth.min(1)))
    }

    /// A window and its length, when it is always the same; `yearly`: twelve months.
    fn window(&mut self, yearly: bool) -> (String, Option<i32>) {
        let wanted = |length: Option<i32>| (length == Some(12)) == yearly;
        let named: Vec<_> = self.scope.windows.iter().filter(|it| wanted(it.length)).collect();
        let at = self.dice.below(named.len());
        if let Some(window) = named.get(at).filter(|_| self.dice.chance(60)) {
            return (window.name.clone(), window.length);
        }
        if yearly {
            return (format!("année N{}", self.dice.one_of(["-2", "-1"])), Some(12));
        }
        let first = self.dice.between(-7, -1);
        let last = self.dice.between(first, 0);
        let shown = |it: i32| if it == 0 { "M".to_owned() } else { format!("M{it}") };
        let length = last.saturating_sub(first).saturating_add(1);
        (format!("{} à {}", shown(first), shown(last)), Some(length))
    }

    // ── numbers ───────────────────────────────────────────────────────────────────────────────────

    fn number(&mut self, unit: Unit, here: &Here, depth: u32) -> String {
        let ty = Ty::Number(unit);
        match self.dice.below(16) {
            0..=2 => {
                let sign = self.dice.one_of(["+", "−", "+"]);
                let left = self.expr(ty, here, depth);
                format!("({left} {sign} {})", self.expr(ty, here, depth))
            }
            3 | 4 => self.scaled(unit, here, depth),
            5 => {
                let word = self.dice.one_of(["min", "max", "max"]);
                let count = 2 + self.dice.below(2);
                let all: Vec<String> = (0..count).map(|_| self.expr(ty, here, depth)).collect();
                format!("{word}({})", all.join(", "))
            }
            6 => {
                let left = self.expr(ty, here, depth);
                format!("au_delà({left}, {})", self.leaf(ty, here))
            }
            7 => {
                let word = self.dice.one_of(["minimum", "maximum"]);
                let value = self.expr(ty, here, depth);
                format!("({value}, au {word} {})", self.leaf(ty, here))
            }
            8 => format!("({}, {})", self.expr(ty, here, depth), self.rounding(unit)),
            9 => format!("(− {})", self.expr(ty, here, depth)),
            10..=12 => self.over_people(unit, here, depth),
            13 if !here.elsewhen => self.over_months(unit, here, depth),
            _ => self.bridge(unit, here, depth),
        }
    }

    /// A product or a quotient whose unit comes out right.
    fn scaled(&mut self, unit: Unit, here: &Here, depth: u32) -> String {
        let ty = Ty::Number(unit);
        // A number or a head count times a rate is a rate, which does not meet head counts any more.
        let counted = matches!(unit, Unit::Persons | Unit::Number);
        let factor = if !counted && self.dice.chance(60) { Unit::Rate } else { Unit::Number };
        match self.dice.below(5) {
            0 | 1 => {
                let left = self.expr(ty, here, depth);
                format!("({left} × {})", self.expr(Ty::Number(factor), here, depth))
            }
            2 => {
                let left = self.expr(Ty::Number(Unit::Persons), here, depth.min(1));
                let right = self.expr(ty, here, depth);
                if unit == Unit::Rate {
                    format!("({right})")
                } else {
                    format!("({right} × {left})")
                }
            }
            3 => {
                let divisor = self.dice.one_of(["2", "3", "4", "12", "7", "1,5"]);
                format!("({} ÷ {divisor})", self.expr(ty, here, depth))
            }
            _ if matches!(unit, Unit::Number | Unit::Rate) => {
                // Two amounts of the same kind: their quotient has no unit, and may divide by zero.
                let money = Ty::Number(self.dice.one_of([Unit::EuroMonth, Unit::Euro]));
                let above = self.expr(money, here, depth);
                let below = self.expr(money, here, depth.min(1));
                format!("(({above} ÷ {below}), {})", self.rounding(Unit::Number))
            }
            _ => {
                let below = self.expr(Ty::Number(Unit::Number), here, 0);
                format!("(({} ÷ {below}), {})", self.expr(ty, here, depth), self.rounding(unit))
            }
        }
    }

    fn rounding(&mut self, unit: Unit) -> String {
        let mode = self.dice.one_of(["", " inférieur", " supérieur"]);
        let quantum = match unit {
            _ if unit.is_money() => self.dice.one_of(["au centime", "à l'euro", "à 10 €"]),
            Unit::Rate => self.dice.one_of(["à 0,01 %", "à 1 %"]),
            Unit::Number | Unit::Persons => self.dice.one_of(["à 1", "à 0,5", "à 3"]),
            Unit::Years => "à 1 ans",
            Unit::Months => "à 3 mois",
            Unit::Hours => "à 1 heures",
            Unit::HoursMonth => "à 1 heures/mois",
            Unit::Area => "à 1 m²",
            Unit::Euro | Unit::EuroMonth | Unit::EuroYear => "au centime",
        };
        format!("arrondi {quantum}{mode}")
    }

    fn over_people(&mut self, unit: Unit, here: &Here, depth: u32) -> String {
        let ty = Ty::Number(unit);
        if here.of == Of::Person {
            if unit == Unit::Number && self.dice.chance(70) {
                let role = self.dice.one_of(["enfants", "membres", "parents"]);
                let filter = self.dice.chance(60).then(|| {
                    let family = Here { args: Vec::new(), ..here.clone() };
                    format!(" tels que ({})", self.expr(Ty::Bool, &family, depth.min(1)))
                });
                return format!("(rang parmi {role}{})", filter.unwrap_or_default());
            }
            return self.leaf(ty, here);
        }
        let Some(role) = self.role(here) else { return self.leaf(ty, here) };
        if unit == Unit::Persons && self.dice.chance(70) {
            let filter = if self.dice.chance(40) {
                String::new()
            } else {
                let test = self.expr(Ty::Bool, &here.on_persons(), depth);
                format!(" tels que ({test})")
            };
            return format!("(nombre de {role}{filter})");
        }
        let filter = self.filter(here, depth);
        let body = self.expr(ty, &here.on_persons(), depth);
        let word = self.dice.one_of(["somme", "somme", "maximum", "minimum"]);
        if word == "somme" {
            return format!("(somme des {role}{filter} de ({body}))");
        }
        let default = self.leaf(ty, here);
        format!("({word} des {role}{filter} de ({body}) à défaut ({default}))")
    }

    fn over_months(&mut self, unit: Unit, here: &Here, depth: u32) -> String {
        let inner = here.shifted();
        let monthly = match unit {
            Unit::EuroYear => Some((Unit::EuroMonth, true)),
            Unit::Euro => Some((Unit::EuroMonth, false)),
            Unit::Hours => Some((Unit::HoursMonth, false)),
            Unit::Number | Unit::Rate | Unit::Persons => Some((unit, false)),
            _ => None,
        };
        if let Some((of, yearly)) = monthly.filter(|_| self.dice.chance(60)) {
            let (window, _) = self.window(yearly);
            let body = self.expr(Ty::Number(of), &inner, depth);
            return format!("(somme sur {window} de ({body}))");
        }
        let word = self.dice.one_of(["moyenne", "moyenne", "maximum", "minimum"]);
        let yearly = self.dice.chance(30);
        let (window, _) = self.window(yearly);
        format!("({word} sur {window} de ({}))", self.expr(Ty::Number(unit), &inner, depth))
    }

    /// From another unit, or from a date.
    fn bridge(&mut self, unit: Unit, here: &Here, depth: u32) -> String {
        let of = |unit| Ty::Number(unit);
        match unit {
            Unit::EuroMonth if self.dice.chance(40) => {
                format!("({} ÷ 3 mois)", self.expr(of(Unit::Euro), here, depth))
            }
            Unit::EuroMonth => {
                format!("mensualisé({})", self.expr(of(Unit::EuroYear), here, depth))
            }
            Unit::EuroYear => {
                format!("annualisé({})", self.expr(of(Unit::EuroMonth), here, depth))
            }
            Unit::Euro => {
                let months = self.expr(of(Unit::Months), here, 0);
                format!("({} × {months})", self.expr(of(Unit::EuroMonth), here, depth))
            }
            Unit::Months if self.dice.chance(40) => {
                format!("en_mois({})", self.expr(of(Unit::Years), here, depth))
            }
            Unit::Months => format!("mois_révolus({})", self.expr(Ty::Date, here, depth)),
            Unit::Years => format!("ans_révolus({})", self.expr(Ty::Date, here, depth)),
            Unit::Number => {
                let word = self.dice.one_of(["année_de", "mois_de"]);
                format!("{word}({})", self.expr(Ty::Date, here, depth))
            }
            Unit::Rate | Unit::Persons | Unit::Hours | Unit::HoursMonth | Unit::Area => {
                self.leaf(of(unit), here)
            }
        }
    }
}
