//! Typed trees → words of a text, naively: written from the reference, without the formatter.

use base::Rational;
use law_syntax::ast::*;

use crate::generator::Dice;

/// The words of a text that says `file`; the dice choose among the ways to say it, parentheses included.
pub fn words(file: &File, dice: &mut Dice<'_>) -> Vec<String> {
    let mut printer = Printer { words: Vec::new(), dice };
    for item in &file.items {
        printer.item(&item.kind);
    }
    printer.words
}

struct Printer<'d, 'b> {
    words: Vec<String>,
    dice: &'d mut Dice<'b>,
}

/// What may be written at a place without parentheses: everything at 0, a name only at the last.
type Level = u8;
const FULL: Level = 0;
/// No modifiers.
const OPEN: Level = 1;
/// Nor a `si` or a `selon`, which extend to the right as far as they can.
const OR: Level = 2;
const AND: Level = 3;
const NOT: Level = 4;
const COMPARE: Level = 5;
const ADD: Level = 6;
const MULTIPLY: Level = 7;
const PREFIX: Level = 8;
const OPERAND: Level = 9;
const ATOM: Level = 10;

impl Printer<'_, '_> {
    fn w(&mut self, words: &str) {
        self.words.extend(words.split(' ').map(str::to_owned));
    }

    /// One of the ways to write the same.
    fn either(&mut self, ways: &[&str]) {
        let way = ways[self.dice.roll(ways.len())];
        self.w(way);
    }

    fn name(&mut self, name: &Name) {
        self.words.push(name.text.clone());
    }

    fn label(&mut self, label: &Label) {
        let inner = match self.dice.roll(2) {
            0 => label.text.clone(),
            _ => format!("  {}\n ", label.text.replace(' ', "\u{a0} \n  ")),
        };
        self.words.push(format!("«{inner}»"));
    }

    fn labels(&mut self, label: &Option<Label>) {
        label.iter().for_each(|label| self.label(label));
    }

    fn sources(&mut self, sources: &[Source]) {
        for source in sources {
            self.w("source");
            self.label(&source.title);
            if let Some(link) = &source.link {
                self.words.push(format!("<{link}>"));
            }
            if let Some(date) = source.verified {
                self.w(&format!("vérifié le {date}"));
            }
        }
    }

    fn source(&mut self, source: &Option<Source>) {
        if let Some(source) = source {
            self.sources(std::slice::from_ref(source));
        }
    }

    fn entity(&mut self, entity: EntityName) {
        self.w(match entity {
            EntityName::Person => "par personne",
            EntityName::Family => "par famille",
            EntityName::TaxHousehold => "par foyer_fiscal",
            EntityName::Dwelling => "par ménage",
        });
    }

    fn separated<T>(&mut self, items: &[T], separator: &str, mut print: impl FnMut(&mut Self, &T)) {
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.w(separator);
            }
            print(self, item);
        }
    }

    fn item(&mut self, item: &ItemKind) {
        match item {
            ItemKind::Article(it) => {
                self.w("article");
                self.label(&it.title);
                if let Some(link) = &it.link {
                    self.words.push(format!("<{link}>"));
                }
                self.labels(&it.quote);
            }
            ItemKind::Param(it) => self.param(it),
            ItemKind::Enumeration(it) => {
                self.w("énumération");
                self.name(&it.name);
                self.labels(&it.label);
                for (case, label) in &it.cases {
                    self.w("|");
                    self.name(case);
                    self.labels(label);
                }
            }
            ItemKind::Table(it) => self.table(it),
            ItemKind::Window(it) => {
                self.w("fenêtre");
                self.name(&it.name);
                self.labels(&it.label);
                for version in &it.versions {
                    self.w(&format!("depuis {} :", version.from));
                    self.months(version.first, version.last);
                    self.source(&version.source);
                }
            }
            ItemKind::Input(it) => self.input(it),
            ItemKind::Rule(it) => self.rule(it),
            ItemKind::Function(it) => self.function(it),
            ItemKind::Aid(it) => self.aid(it),
            ItemKind::ExceptionTo { target, exception } => {
                self.w("sauf à");
                self.name(target);
                self.exception(exception);
            }
            ItemKind::Choice(it) => self.choice(it),
            ItemKind::Property(it) => self.property(it),
        }
    }

    fn typed(&mut self, keyword: &str, name: &Name, params: &[(Name, TypeName)], ty: &TypeName) {
        self.w(keyword);
        self.name(name);
        if !params.is_empty() {
            self.w("(");
            self.separated(params, ",", |p, (name, ty)| {
                p.name(name);
                p.w(&format!(": {}", ty.text));
            });
            self.w(")");
        }
        self.w(&format!(": {}", ty.text));
    }

    fn param(&mut self, it: &Param) {
        self.typed("paramètre", &it.name, &[], &it.ty);
        self.labels(&it.label);
        for version in &it.versions {
            self.w(&format!("depuis {} :", version.from));
            match &version.value {
                Some(value) => self.literal(value),
                None => self.w("sans valeur"),
            }
            self.source(&version.source);
        }
        if let Some(date) = it.review_before {
            self.w(&format!("à revoir avant {date}"));
        }
    }

    fn table(&mut self, it: &Table) {
        self.typed("table", &it.name, &it.keys, &it.ty);
        self.labels(&it.label);
        for version in &it.versions {
            self.w(&format!("depuis {}", version.from));
            self.source(&version.source);
            if !version.columns.is_empty() {
                self.either(&["colonnes", "colonnes |"]);
                self.separated(&version.columns, "|", Self::key);
            }
            for row in &version.rows {
                self.w("ligne");
                self.key(&row.key);
                self.either(&[":", ": |"]);
                self.separated(&row.values, "|", Self::literal);
            }
        }
        if let Some(date) = it.review_before {
            self.w(&format!("à revoir avant {date}"));
        }
    }

    fn key(&mut self, key: &TableKey) {
        match key {
            TableKey::Case(name) => self.name(name),
            TableKey::Number { value, and_more, span: _ } => {
                self.number(*value);
                if *and_more {
                    self.w("et plus");
                }
            }
        }
    }

    fn input(&mut self, it: &Input) {
        self.typed("donnée", &it.name, &[], &it.ty);
        self.entity(it.entity);
        self.w(match it.nature {
            Nature::Permanent => ", permanente",
            Nature::State => ", état",
            Nature::Flow => ", flux",
            Nature::Event => ", évènement",
        });
        self.labels(&it.label);
        if let Some((low, high)) = &it.bounds {
            self.w("entre");
            self.literal(low);
            self.w("et");
            self.literal(high);
        }
        if let Some(question) = &it.question {
            self.w("question");
            self.label(question);
        }
        self.asking(it);
    }

    fn asking(&mut self, it: &Input) {
        if let Some(words) = &it.modifiable {
            self.w("modifiable");
            self.label(words);
        }
        if let Some(group) = &it.group {
            self.w("groupe");
            self.label(group);
        }
        if let Some(seconds) = &it.seconds {
            self.w("demande");
            self.literal(seconds);
            self.either(&["secondes", "seconde"]);
        }
        if it.sensitive {
            self.either(&["sensible", "; sensible"]);
        }
        if let Some(part) = &it.known_by {
            self.w("connue par");
            self.literal(part);
        }
    }

    fn threshold_effects(&mut self, effects: &[ThresholdEffect]) {
        for it in effects {
            self.w("effet de seuil assumé");
            self.label(&it.label);
            self.sources(&it.sources);
        }
    }

    fn property(&mut self, it: &Property) {
        self.w("propriété");
        self.name(&it.name);
        self.label(&it.label);
        self.sources(&it.sources);
        match &it.law {
            PropertyLaw::Always { test, entity } => {
                self.w("toujours :");
                self.expr(test, OR);
                self.entity(*entity);
            }
            PropertyLaw::Moves { change, rule, direction, provided } => {
                if let Some(test) = provided {
                    self.w("pourvu que");
                    self.expr(test, OR);
                }
                self.w("quand");
                match change {
                    Change::OneMoreChild => self.w("un enfant naît"),
                    Change::StrangerElsewhere => self.w("une personne s'ajoute ailleurs"),
                    Change::Increase(name) => {
                        self.name(name);
                        self.w("augmente");
                    }
                }
                self.w(":");
                self.name(rule);
                match direction {
                    Direction::NeverFalls => self.w("ne baisse pas"),
                    Direction::NeverRises => self.either(&["n'augmente pas", "n’ augmente pas"]),
                    Direction::NeverMoves => self.w("ne change pas"),
                }
            }
        }
    }

    fn choice(&mut self, it: &Choice) {
        self.w("choix");
        self.name(&it.name);
        self.label(&it.decision);
        if let Some(reason) = &it.reason {
            self.w("motif");
            self.label(reason);
        }
        if !it.alternatives.is_empty() {
            self.w("alternatives");
            for (index, label) in it.alternatives.iter().enumerate() {
                if index > 0 && self.dice.roll(2) == 0 {
                    self.either(&[",", ";", "|"]);
                }
                self.label(label);
            }
        }
        if let Some(who) = &it.decided_by {
            self.w("décidé par");
            self.label(who);
            if let Some(date) = it.decided_on {
                self.w(&format!("le {date}"));
            }
        }
    }

    fn rule(&mut self, it: &Rule) {
        self.typed("règle", &it.name, &[], &it.ty);
        self.entity(it.entity);
        self.labels(&it.label);
        self.sources(&it.sources);
        self.body(it.hidden, &it.chosen_by, "=", &it.body, &it.locals);
        for exception in &it.exceptions {
            self.w("sauf");
            self.exception(exception);
        }
        self.threshold_effects(&it.threshold_effects);
        self.examples(&it.examples);
    }

    fn function(&mut self, it: &Function) {
        self.typed("fonction", &it.name, &it.params, &it.ty);
        self.entity(it.entity);
        self.labels(&it.label);
        self.sources(&it.sources);
        self.body(false, &None, "=", &it.body, &[]);
        self.examples(&it.examples);
    }

    fn aid(&mut self, it: &Aid) {
        self.typed("aide", &it.name, &[], &it.ty);
        self.entity(it.entity);
        self.labels(&it.label);
        self.sources(&it.sources);
        if !it.conditions.is_empty() {
            self.w("conditions");
        }
        for condition in &it.conditions {
            self.name(&condition.name);
            self.w(":");
            match &condition.kind {
                ConditionKind::Test(test) => self.expr(test, FULL),
                ConditionKind::ToCheck => self.w("à vérifier"),
            }
            self.labels(&condition.label);
            self.sources(&condition.sources);
        }
        self.body(it.hidden, &it.chosen_by, "montant =", &it.amount, &it.locals);
        if let Some(value) = &it.paid_from {
            self.either(&["versé à partir de", "; versé à partir de"]);
            self.literal(value);
        }
        self.threshold_effects(&it.threshold_effects);
        if let Some(review) = &it.review {
            self.w("réexamen tous les");
            self.literal(&review.period);
            self.sources(&review.sources);
        }
        self.examples(&it.examples);
    }

    fn body(
        &mut self,
        hidden: bool,
        chosen: &Option<Name>,
        lead: &str,
        body: &Expr,
        locals: &[Local],
    ) {
        if let Some(name) = chosen {
            self.w("choisi par");
            self.name(name);
        }
        if hidden {
            self.w("masquée");
        }
        self.w(lead);
        self.expr(body, FULL);
        for local in locals {
            self.either(&["où", "; où"]);
            self.name(&local.name);
            self.labels(&local.label);
            self.w("=");
            self.expr(&local.body, FULL);
        }
    }

    fn exception(&mut self, it: &Exception) {
        self.label(&it.label);
        self.w("si");
        self.expr(&it.condition, OPEN);
        self.w(":");
        self.expr(&it.body, FULL);
        self.sources(&it.sources);
        if let Some(label) = &it.overrides {
            self.w("prime sur");
            self.label(label);
        }
    }

    fn examples(&mut self, examples: &[Example]) {
        for it in examples {
            self.w("exemple");
            self.labels(&it.label);
            if let Some(month) = it.month {
                self.w(&format!("en {month}"));
            }
            if !it.given.is_empty() {
                self.w("avec");
                self.separated(&it.given, ",", |p, (name, value)| {
                    p.name(name);
                    p.w("=");
                    p.expr(value, ADD);
                });
            }
            self.either(&["→", "->"]);
            match &it.expected {
                Expected::Value(value) => self.expr(value, ADD),
                Expected::RefusedBecause(name) => {
                    self.w("refus à cause de");
                    self.name(name);
                }
            }
        }
    }

    fn literal(&mut self, literal: &Literal) {
        match &literal.kind {
            LiteralKind::Number { value, unit } => {
                let hundred = match unit {
                    Some(unit) if unit.text == "%" => Rational::from(100),
                    _ => Rational::ONE,
                };
                self.number(value.checked_mul(hundred).unwrap());
                if let Some(unit) = unit {
                    self.w(&unit.text);
                }
            }
            LiteralKind::Date(date) if date.day() == 1 && self.dice.roll(2) == 0 => {
                self.w(&date.month().to_string());
            }
            LiteralKind::Date(date) => self.w(&date.to_string()),
            LiteralKind::Bool(true) => self.w("vrai"),
            LiteralKind::Bool(false) => self.w("faux"),
            LiteralKind::Case(name) => self.name(name),
        }
    }

    fn number(&mut self, value: Rational) {
        let digits = value.to_string();
        match digits.strip_prefix('-') {
            Some(digits) => {
                self.either(&["-", "−"]);
                self.w(digits);
            }
            None => self.w(&digits),
        }
    }

    fn months(&mut self, first: i32, last: i32) {
        self.w(&format!("{} à {}", relative("M", first), relative("M", last)));
    }

    /// Writes the expression, in parentheses if the place asks for it or by chance.
    fn expr(&mut self, it: &Expr, place: Level) {
        if level(it) < place || self.dice.roll(8) == 7 {
            self.w("(");
            self.bare(it);
            self.w(")");
        } else {
            self.bare(it);
        }
    }

    fn bare(&mut self, it: &Expr) {
        match &*it.kind {
            ExprKind::Literal(it) => self.literal(it),
            ExprKind::Name(name) => self.name(name),
            ExprKind::Call { callee, args } => {
                self.name(callee);
                self.w("(");
                self.separated(args, ",", |p, arg| p.expr(arg, FULL));
                self.w(")");
            }
            ExprKind::Not(operand) => {
                self.w("non");
                self.expr(operand, COMPARE);
            }
            ExprKind::Neg(operand) => {
                self.either(&["-", "−"]);
                self.expr(operand, PREFIX);
            }
            ExprKind::Binary { op, left, right } => self.binary(*op, left, right),
            ExprKind::In { subject, cases } => {
                self.expr(subject, ADD);
                self.w("parmi (");
                self.separated(cases, ",", Self::name);
                self.w(")");
            }
            ExprKind::If { condition, then, otherwise } => {
                self.w("si");
                self.expr(condition, OPEN);
                self.w("alors");
                self.closed(then);
                self.w("sinon");
                self.closed(otherwise);
            }
            ExprKind::Select { subject, arms } => self.select(subject.as_ref(), arms),
            ExprKind::AtLeast { value, bound } => {
                self.modified(value, ", au minimum");
                self.closed(bound);
            }
            ExprKind::AtMost { value, bound } => {
                self.modified(value, ", au maximum");
                self.closed(bound);
            }
            ExprKind::Round { value, mode, quantum } => {
                self.modified(value, ", arrondi à");
                self.literal(quantum);
                match mode {
                    RoundMode::Nearest => {}
                    RoundMode::Down => self.w("inférieur"),
                    RoundMode::Up => self.w("supérieur"),
                }
            }
            ExprKind::At { value, shift } => {
                self.expr(value, ATOM);
                // A bare `M` before `− 1` would be taken for a badly written `M-1`.
                self.w(&format!("à M{shift:+}"));
            }
            ExprKind::Aggregate { reduce, role, filter, body, default } => {
                self.reduce(*reduce);
                self.either(if matches!(reduce, Reduce::Any | Reduce::All) {
                    &["des"]
                } else {
                    &["des", "de"]
                });
                self.name(role);
                self.such_that(filter, OPEN);
                self.body_of(*reduce, body);
                if let Some(default) = default {
                    self.w("à défaut");
                    self.expr(default, OPERAND);
                }
            }
            ExprKind::Count { role, filter } => {
                self.either(&["nombre de", "nombre des", "nombre d'"]);
                self.name(role);
                self.such_that(filter, OPERAND);
            }
            ExprKind::Rank { role, filter } => {
                self.w("rang parmi");
                self.name(role);
                self.such_that(filter, OPERAND);
            }
            ExprKind::Over { reduce, window, body } => {
                match reduce {
                    Reduce::Any => self.w("un mois sur"),
                    Reduce::All => self.w("chaque mois sur"),
                    _ => {
                        self.reduce(*reduce);
                        self.w("sur");
                    }
                }
                match window {
                    WindowRef::Named(name) => self.name(name),
                    WindowRef::Months { first, last } => self.months(*first, *last),
                    WindowRef::Year { offset } => {
                        self.w(&format!("année {}", relative("N", *offset)));
                    }
                }
                self.body_of(*reduce, body);
            }
            ExprKind::Error => panic!("a hole cannot be written"),
        }
    }

    fn binary(&mut self, op: BinaryOp, left: &Expr, right: &Expr) {
        let (ways, level): (&[&str], Level) = match op {
            BinaryOp::Or => (&["ou"], OR),
            BinaryOp::And => (&["et"], AND),
            BinaryOp::Eq => (&["="], COMPARE),
            BinaryOp::Ne => (&["≠", "!="], COMPARE),
            BinaryOp::Lt => (&["<"], COMPARE),
            BinaryOp::Le => (&["≤", "<="], COMPARE),
            BinaryOp::Gt => (&[">"], COMPARE),
            BinaryOp::Ge => (&["≥", ">="], COMPARE),
            BinaryOp::Add => (&["+"], ADD),
            BinaryOp::Sub => (&["−", "-"], ADD),
            BinaryOp::Mul => (&["×", "*"], MULTIPLY),
            BinaryOp::Div => (&["÷"], MULTIPLY),
        };
        self.expr(left, if level == COMPARE { ADD } else { level });
        self.either(ways);
        self.expr(right, level + 1);
    }

    fn select(&mut self, subject: Option<&Expr>, arms: &[Arm]) {
        self.w("selon");
        if let Some(subject) = subject {
            self.expr(subject, OR);
        }
        for arm in arms {
            self.w("|");
            match &arm.pattern {
                Pattern::Values(values) => self.separated(values, "ou", |p, it| p.expr(it, ADD)),
                Pattern::LessThan(it) => self.pattern("moins de", it, ""),
                Pattern::UpTo(it) => self.pattern("jusqu'à", it, ""),
                Pattern::MoreThan(it) => self.pattern("plus de", it, ""),
                Pattern::AtLeast(it) => self.pattern("", it, "et plus"),
                Pattern::Between(low, high) => {
                    self.pattern("de", low, "à");
                    self.expr(high, ADD);
                }
                Pattern::When(it) => self.expr(it, OR),
                Pattern::Otherwise if subject.is_none() => self.w("sinon"),
                Pattern::Otherwise => self.either(&["sinon", "au-delà"]),
            }
            self.either(&["→", "->"]);
            self.closed(&arm.value);
        }
    }

    /// An expression without a `selon` in its last place, which would take the arms that follow and make
    /// the modifiers that follow ambiguous.
    fn closed(&mut self, it: &Expr) {
        self.expr(it, if is_select(it) { ATOM } else { OPEN });
    }

    fn modified(&mut self, value: &Expr, modifier: &str) {
        self.expr(value, if is_select(value) { ATOM } else { FULL });
        self.w(modifier);
    }

    fn pattern(&mut self, before: &str, value: &Expr, after: &str) {
        if !before.is_empty() {
            self.w(before);
        }
        self.expr(value, ADD);
        if !after.is_empty() {
            self.w(after);
        }
    }

    fn reduce(&mut self, reduce: Reduce) {
        self.either(match reduce {
            Reduce::Sum => &["somme"],
            Reduce::Mean => &["moyenne"],
            Reduce::Max => &["maximum"],
            Reduce::Min => &["minimum"],
            Reduce::Any => &["un", "une"],
            Reduce::All => &["chacun", "chacune"],
        });
    }

    fn such_that(&mut self, filter: &Option<Expr>, place: Level) {
        if let Some(filter) = filter {
            self.either(&["tels que", "telles que"]);
            self.expr(filter, place);
        }
    }

    fn body_of(&mut self, reduce: Reduce, body: &Expr) {
        match reduce {
            Reduce::Any | Reduce::All => self.w("vérifie"),
            _ => self.either(&["de", "d'"]),
        }
        self.expr(body, OPERAND);
    }
}

fn is_select(it: &Expr) -> bool {
    matches!(&*it.kind, ExprKind::Select { .. })
}

/// How tightly an expression holds together.
fn level(it: &Expr) -> Level {
    match &*it.kind {
        ExprKind::AtLeast { .. } | ExprKind::AtMost { .. } | ExprKind::Round { .. } => FULL,
        ExprKind::If { .. } | ExprKind::Select { .. } => OPEN,
        ExprKind::Binary { op, .. } => match op {
            BinaryOp::Or => OR,
            BinaryOp::And => AND,
            BinaryOp::Eq
            | BinaryOp::Ne
            | BinaryOp::Lt
            | BinaryOp::Le
            | BinaryOp::Gt
            | BinaryOp::Ge => COMPARE,
            BinaryOp::Add | BinaryOp::Sub => ADD,
            BinaryOp::Mul | BinaryOp::Div => MULTIPLY,
        },
        ExprKind::Not(_) => NOT,
        ExprKind::In { .. } => COMPARE,
        ExprKind::Neg(_) => PREFIX,
        ExprKind::At { .. }
        | ExprKind::Aggregate { .. }
        | ExprKind::Count { .. }
        | ExprKind::Rank { .. }
        | ExprKind::Over { .. } => OPERAND,
        ExprKind::Literal(_) | ExprKind::Name(_) | ExprKind::Call { .. } | ExprKind::Error => ATOM,
    }
}

fn relative(letter: &str, offset: i32) -> String {
    match offset {
        0 => letter.to_owned(),
        _ => format!("{letter}{offset:+}"),
    }
}
