//! Random typed trees that a text can say, from random bytes (so that shrinking the bytes shrinks the tree).

use base::{Date, Month, Rational};
use law_syntax::Span;
use law_syntax::ast::*;

/// Bytes read as choices; all zeros once they are spent, which makes trees end.
pub struct Dice<'a> {
    bytes: &'a [u8],
}

const AT: Span = Span { file: law_syntax::FileId(0), start: 0, end: 0 };
const NAMES: [&str; 12] = [
    "revenus",
    "âge",
    "à_charge",
    "parents",
    "enfants",
    "zone_1",
    "base_rsa",
    "n",
    "plein",
    "trimestre_de_référence",
    "œuvre2",
    "mois_courant",
];
const LABELS: [&str; 5] =
    ["", "revenu", "être français, ou non", "l’âge -- 25 ans", "a | b : c → d"];
const TYPES: [&str; 10] =
    ["€", "€/mois", "€/an", "taux", "nombre", "personnes", "ans", "heures/mois", "m²", "ma_zone"];

impl<'a> Dice<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    /// A number under `sides`.
    pub fn roll(&mut self, sides: usize) -> usize {
        let Some((first, rest)) = self.bytes.split_first() else { return 0 };
        self.bytes = rest;
        usize::from(*first) % sides
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())]
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.roll(2) == 1 { Some(make(self)) } else { None }
    }

    fn some<T>(&mut self, least: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = least + self.roll(3);
        (0..count).map(|_| make(self)).collect()
    }

    pub fn file(&mut self) -> File {
        let items = self.some(1, |it| Item { kind: it.item(), span: AT });
        File { items }
    }

    fn item(&mut self) -> ItemKind {
        match self.roll(12) {
            0 => ItemKind::Rule(self.rule()),
            1 => ItemKind::Aid(self.aid()),
            2 => ItemKind::Function(self.function()),
            3 => ItemKind::ExceptionTo { target: self.name(), exception: self.exception() },
            4 => ItemKind::Param(self.param()),
            5 => ItemKind::Table(self.table()),
            6 => ItemKind::Window(self.window()),
            7 => ItemKind::Input(self.input()),
            8 => ItemKind::Choice(self.choice()),
            10 => ItemKind::Property(self.property()),
            9 => ItemKind::Enumeration(Enumeration {
                name: self.name(),
                label: self.maybe(Self::label),
                cases: self.some(1, |it| (it.name(), it.maybe(Self::label))),
            }),
            _ => {
                let quote = self.maybe(Self::label);
                let link = self.maybe(|_| "https://exemple.fr/a?b=c".to_owned());
                ItemKind::Article(Article { title: self.label(), link, quote })
            }
        }
    }

    fn name(&mut self) -> Name {
        Name { text: self.pick(&NAMES).to_owned(), span: AT }
    }

    fn label(&mut self) -> Label {
        Label { text: self.pick(&LABELS).to_owned(), span: AT }
    }

    fn ty(&mut self) -> TypeName {
        TypeName { text: self.pick(&TYPES).to_owned(), span: AT }
    }

    fn entity(&mut self) -> EntityName {
        use EntityName::{Dwelling, Family, Person, TaxHousehold};
        self.pick(&[Person, Family, TaxHousehold, Dwelling])
    }

    fn date(&mut self) -> Date {
        let (year, month, day) = (self.roll(200), self.roll(12), self.roll(28));
        Date::new(1900 + year as i16, 1 + month as i8, 1 + day as i8).unwrap()
    }

    fn source(&mut self) -> Source {
        Source {
            title: self.label(),
            link: self.maybe(|_| "http://exemple.fr/é".to_owned()),
            verified: self.maybe(Self::date),
            span: AT,
        }
    }

    fn param(&mut self) -> Param {
        Param {
            name: self.name(),
            ty: self.ty(),
            label: self.maybe(Self::label),
            versions: self.some(1, |it| ParamVersion {
                from: it.date(),
                value: it.maybe(Self::literal),
                source: it.maybe(Self::source),
                span: AT,
            }),
            review_before: self.maybe(Self::date),
        }
    }

    fn table(&mut self) -> Table {
        let mut keys = vec![(self.name(), self.ty())];
        keys.extend(self.maybe(|it| (it.name(), it.ty())));
        Table {
            name: self.name(),
            keys,
            ty: self.ty(),
            label: self.maybe(Self::label),
            versions: self.some(1, |it| TableVersion {
                from: it.date(),
                source: it.maybe(Self::source),
                columns: if it.roll(2) == 0 { Vec::new() } else { it.some(1, Self::key) },
                rows: it.some(0, |it| TableRow {
                    key: it.key(),
                    values: it.some(1, Self::literal),
                    span: AT,
                }),
                span: AT,
            }),
            review_before: self.maybe(Self::date),
        }
    }

    fn key(&mut self) -> TableKey {
        match self.roll(2) {
            0 => TableKey::Case(self.name()),
            _ => TableKey::Number {
                value: Rational::from(self.roll(256) as i64 * 317),
                and_more: self.roll(2) == 1,
                span: AT,
            },
        }
    }

    fn months(&mut self) -> (i32, i32) {
        let last = self.roll(40) as i32 - 30;
        (last - self.roll(20) as i32, last)
    }

    fn window(&mut self) -> Window {
        Window {
            name: self.name(),
            label: self.maybe(Self::label),
            versions: self.some(1, |it| {
                let (first, last) = it.months();
                let source = it.maybe(Self::source);
                WindowVersion { from: it.date(), first, last, source, span: AT }
            }),
        }
    }

    fn input(&mut self) -> Input {
        Input {
            name: self.name(),
            ty: self.ty(),
            entity: self.entity(),
            nature: self.pick(&[Nature::Permanent, Nature::State, Nature::Flow, Nature::Event]),
            label: self.maybe(Self::label),
            question: self.maybe(Self::label),
            group: self.maybe(Self::label),
            seconds: self.maybe(|it| it.count(None)),
            known_by: self.maybe(|it| it.count(Some("%"))),
            sensitive: self.roll(2) == 1,
            modifiable: self.maybe(Self::label),
            bounds: self.maybe(|it| (it.literal(), it.literal())),
        }
    }

    /// A whole number of something.
    fn count(&mut self, unit: Option<&str>) -> Literal {
        let value = Rational::from(self.roll(256) as i64);
        let value = match unit {
            Some("%") => value.checked_div(Rational::from(100)).unwrap(),
            _ => value,
        };
        let unit = unit.map(|unit| TypeName { text: unit.to_owned(), span: AT });
        Literal { kind: LiteralKind::Number { value, unit }, span: AT }
    }

    fn threshold_effect(&mut self) -> ThresholdEffect {
        ThresholdEffect { label: self.label(), sources: self.some(0, Self::source) }
    }

    fn property(&mut self) -> Property {
        let law = match self.roll(3) {
            0 => PropertyLaw::Always { test: self.expr(3), entity: self.entity() },
            _ => PropertyLaw::Moves {
                change: match self.roll(3) {
                    0 => Change::OneMoreChild,
                    1 => Change::StrangerElsewhere,
                    _ => Change::Increase(self.name()),
                },
                rule: self.name(),
                direction: self.pick(&[
                    Direction::NeverFalls,
                    Direction::NeverRises,
                    Direction::NeverMoves,
                ]),
                provided: self.maybe(|it| it.expr(3)),
            },
        };
        Property {
            name: self.name(),
            label: self.label(),
            sources: self.some(0, Self::source),
            law,
        }
    }

    fn choice(&mut self) -> Choice {
        let decided_by = self.maybe(Self::label);
        Choice {
            name: self.name(),
            decision: self.label(),
            reason: self.maybe(Self::label),
            alternatives: self.some(0, Self::label),
            decided_on: if decided_by.is_some() { self.maybe(Self::date) } else { None },
            decided_by,
        }
    }

    fn rule(&mut self) -> Rule {
        Rule {
            name: self.name(),
            ty: self.ty(),
            entity: self.entity(),
            label: self.maybe(Self::label),
            sources: self.some(0, Self::source),
            hidden: self.roll(2) == 1,
            chosen_by: self.maybe(Self::name),
            body: self.expr(5),
            locals: self.some(0, Self::local),
            exceptions: self.some(0, Self::exception),
            threshold_effects: self.some(0, Self::threshold_effect),
            examples: self.some(0, Self::example),
        }
    }

    fn local(&mut self) -> Local {
        Local { name: self.name(), label: self.maybe(Self::label), body: self.expr(4) }
    }

    fn exception(&mut self) -> Exception {
        Exception {
            label: self.label(),
            condition: self.expr(3),
            body: self.expr(3),
            sources: self.some(0, Self::source),
            overrides: self.maybe(Self::label),
            span: AT,
        }
    }

    fn function(&mut self) -> Function {
        Function {
            name: self.name(),
            params: self.some(1, |it| (it.name(), it.ty())),
            ty: self.ty(),
            entity: self.entity(),
            label: self.maybe(Self::label),
            sources: self.some(0, Self::source),
            body: self.expr(5),
            examples: self.some(0, Self::example),
        }
    }

    fn aid(&mut self) -> Aid {
        Aid {
            name: self.name(),
            ty: self.ty(),
            entity: self.entity(),
            label: self.maybe(Self::label),
            sources: self.some(0, Self::source),
            hidden: self.roll(2) == 1,
            conditions: self.some(0, Self::condition),
            amount: self.expr(4),
            locals: self.some(0, Self::local),
            paid_from: self.maybe(Self::literal),
            review: self.maybe(|it| ReviewEvery {
                period: it.count(Some("mois")),
                sources: it.some(0, Self::source),
            }),
            chosen_by: self.maybe(Self::name),
            threshold_effects: self.some(0, Self::threshold_effect),
            examples: self.some(0, Self::example),
        }
    }

    fn condition(&mut self) -> Condition {
        let (kind, label) = match self.roll(3) {
            0 => (ConditionKind::ToCheck, Some(self.label())),
            _ => (ConditionKind::Test(self.expr(3)), self.maybe(Self::label)),
        };
        Condition { name: self.name(), kind, label, sources: self.some(0, Self::source) }
    }

    fn example(&mut self) -> Example {
        Example {
            label: self.maybe(Self::label),
            month: self.maybe(|it| Month::of(1990 + it.roll(100) as i32, 1 + it.roll(12) as i32)),
            given: self.some(0, |it| (it.name(), it.leaf())),
            expected: match self.roll(3) {
                0 => Expected::RefusedBecause(self.name()),
                _ => Expected::Value(self.leaf()),
            },
            span: AT,
        }
    }

    fn number(&mut self) -> LiteralKind {
        let units = ["%", "€", "€/mois", "ans", "mois", "personnes", "heures/mois", "m²", "", ""];
        let unit = self.pick(&units);
        let whole = self.roll(256) as i64 * [1, 1, 37, 104_729][self.roll(4)];
        let cents = if self.roll(2) == 0 { 0 } else { self.roll(100) as i64 };
        let value = Rational::from_cents(whole * 100 + cents);
        let value = match unit {
            "%" => value.checked_div(Rational::from(100)).unwrap(),
            _ => value,
        };
        let unit = (!unit.is_empty()).then(|| TypeName { text: unit.to_owned(), span: AT });
        LiteralKind::Number { value, unit }
    }

    /// As in a parameter or a table.
    fn literal(&mut self) -> Literal {
        let kind = match self.roll(5) {
            0 => LiteralKind::Date(self.date()),
            1 => LiteralKind::Bool(self.roll(2) == 1),
            2 => LiteralKind::Case(self.name()),
            3 => match self.number() {
                LiteralKind::Number { value, unit } if !value.is_zero() => {
                    LiteralKind::Number { value: value.checked_neg().unwrap(), unit }
                }
                other => other,
            },
            _ => self.number(),
        };
        Literal { kind, span: AT }
    }

    fn leaf(&mut self) -> Expr {
        let kind = match self.roll(5) {
            0 => ExprKind::Literal(Literal { kind: self.number(), span: AT }),
            1 => ExprKind::Literal(Literal { kind: LiteralKind::Date(self.date()), span: AT }),
            2 => {
                ExprKind::Literal(Literal { kind: LiteralKind::Bool(self.roll(2) == 1), span: AT })
            }
            _ => ExprKind::Name(self.name()),
        };
        expr(kind)
    }

    fn expr(&mut self, depth: u32) -> Expr {
        use BinaryOp::{Add, And, Div, Eq, Ge, Gt, Le, Lt, Mul, Ne, Or, Sub};
        let Some(depth) = depth.checked_sub(1) else { return self.leaf() };
        let kind = match self.roll(18) {
            0..=2 => return self.leaf(),
            3..=6 => ExprKind::Binary {
                op: self.pick(&[Add, And, Div, Eq, Ge, Gt, Le, Lt, Mul, Ne, Or, Sub]),
                left: self.expr(depth),
                right: self.expr(depth),
            },
            7 => ExprKind::Not(self.expr(depth)),
            8 => ExprKind::Neg(self.expr(depth)),
            9 => ExprKind::In { subject: self.expr(depth), cases: self.some(1, Self::name) },
            10 => ExprKind::If {
                condition: self.expr(depth),
                then: self.expr(depth),
                otherwise: self.expr(depth),
            },
            11 => self.select(depth),
            12 => ExprKind::AtLeast { value: self.expr(depth), bound: self.expr(depth) },
            13 => ExprKind::AtMost { value: self.expr(depth), bound: self.expr(depth) },
            14 => ExprKind::Round {
                value: self.expr(depth),
                mode: self.pick(&[RoundMode::Nearest, RoundMode::Down, RoundMode::Up]),
                quantum: Literal { kind: self.number(), span: AT },
            },
            15 => ExprKind::At { value: self.expr(depth), shift: self.roll(20) as i32 - 14 },
            16 => ExprKind::Call { callee: self.name(), args: self.some(1, |it| it.expr(depth)) },
            _ => self.aggregate(depth),
        };
        expr(kind)
    }

    fn select(&mut self, depth: u32) -> ExprKind {
        let subject = self.maybe(|it| it.expr(depth));
        let arms = self.some(1, |it| Arm {
            pattern: match (&subject, it.roll(7)) {
                (_, 0) => Pattern::Otherwise,
                (None, _) => Pattern::When(it.expr(depth)),
                (_, 1) => Pattern::LessThan(it.expr(depth)),
                (_, 2) => Pattern::UpTo(it.expr(depth)),
                (_, 3) => Pattern::AtLeast(it.expr(depth)),
                (_, 4) => Pattern::MoreThan(it.expr(depth)),
                (_, 5) => Pattern::Between(it.expr(depth), it.expr(depth)),
                _ => Pattern::Values(it.some(1, |it| it.expr(depth))),
            },
            value: it.expr(depth),
            span: AT,
        });
        ExprKind::Select { subject, arms }
    }

    fn aggregate(&mut self, depth: u32) -> ExprKind {
        use Reduce::{All, Any, Max, Mean, Min, Sum};
        let filter = self.maybe(|it| it.expr(depth));
        match self.roll(4) {
            0 => {
                let reduce = self.pick(&[Sum, Max, Min, Any, All]);
                let default = matches!(reduce, Max | Min).then(|| self.expr(depth));
                let body = self.expr(depth);
                ExprKind::Aggregate { reduce, role: self.name(), filter, body, default }
            }
            1 => ExprKind::Count { role: self.name(), filter },
            2 => ExprKind::Rank { role: self.name(), filter },
            _ => {
                let (first, last) = self.months();
                let window = match self.roll(3) {
                    0 => WindowRef::Named(self.name()),
                    1 => WindowRef::Months { first, last },
                    _ => WindowRef::Year { offset: -(self.roll(5) as i32) },
                };
                let reduce = self.pick(&[Sum, Mean, Max, Min, Any, All]);
                ExprKind::Over { reduce, window, body: self.expr(depth) }
            }
        }
    }
}

fn expr(kind: ExprKind) -> Expr {
    Expr { kind: Box::new(kind), span: AT }
}
