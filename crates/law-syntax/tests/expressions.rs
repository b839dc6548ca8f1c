//! What binds to what.

use law_syntax::ast::*;
use law_syntax::{FileId, parse};

/// The expression with every operation in brackets.
#[track_caller]
fn check(text: &str, expected: &str) {
    let parsed = parse(FileId(0), &format!("règle r : taux par famille\n  = {text}\n"));
    assert_eq!(parsed.diagnostics, []);
    let [Item { kind: ItemKind::Rule(rule), .. }] = parsed.file.items.as_slice() else {
        panic!("{:?}", parsed.file)
    };
    assert_eq!(shown(&rule.body), expected);
}

fn shown(it: &Expr) -> String {
    let all = |items: &[Expr]| items.iter().map(shown).collect::<Vec<_>>().join(" ");
    let filter =
        |it: &Option<Expr>| it.as_ref().map_or(String::new(), |it| format!(" si {}", shown(it)));
    match &*it.kind {
        ExprKind::Literal(it) => literal(it),
        ExprKind::Name(name) => name.text.clone(),
        ExprKind::Call { callee, args } => format!("[{} {}]", callee.text, all(args)),
        ExprKind::Not(it) => format!("[non {}]", shown(it)),
        ExprKind::Neg(it) => format!("[− {}]", shown(it)),
        ExprKind::Binary { op, left, right } => {
            format!("[{op:?} {} {}]", shown(left), shown(right))
        }
        ExprKind::In { subject, cases } => format!("[parmi {} {}]", shown(subject), cases.len()),
        ExprKind::If { condition, then, otherwise } => {
            format!("[si {} {} {}]", shown(condition), shown(then), shown(otherwise))
        }
        ExprKind::Select { subject, arms } => {
            let arm = |it: &Arm| format!("{} → {}", pattern(&it.pattern), shown(&it.value));
            let arms: Vec<String> = arms.iter().map(arm).collect();
            format!("[selon{} | {}]", filter(subject).replace(" si", ""), arms.join(" | "))
        }
        ExprKind::AtLeast { value, bound } => format!("[min {} {}]", shown(value), shown(bound)),
        ExprKind::AtMost { value, bound } => format!("[max {} {}]", shown(value), shown(bound)),
        ExprKind::Round { value, mode, quantum } => {
            format!("[{mode:?} {} {}]", shown(value), literal(quantum))
        }
        ExprKind::At { value, shift } => format!("[à {} {shift}]", shown(value)),
        ExprKind::Aggregate { reduce, role, filter: condition, body, default } => {
            let default =
                default.as_ref().map_or(String::new(), |it| format!(" défaut {}", shown(it)));
            format!("[{reduce:?} {}{} {}{default}]", role.text, filter(condition), shown(body))
        }
        ExprKind::Count { role, filter: condition } => {
            format!("[nombre {}{}]", role.text, filter(condition))
        }
        ExprKind::Rank { role, filter: condition } => {
            format!("[rang {}{}]", role.text, filter(condition))
        }
        ExprKind::Over { reduce, window, body } => {
            let window = match window {
                WindowRef::Named(name) => name.text.clone(),
                WindowRef::Months { first, last } => format!("{first}..{last}"),
                WindowRef::Year { offset } => format!("N{offset}"),
            };
            format!("[{reduce:?} sur {window} {}]", shown(body))
        }
        ExprKind::Error => "?".to_owned(),
    }
}

fn literal(it: &Literal) -> String {
    match &it.kind {
        LiteralKind::Number { value, unit } => {
            let unit = unit.as_ref().map_or(String::new(), |it| it.text.clone());
            format!("{value}{unit}")
        }
        LiteralKind::Date(date) => date.to_string(),
        LiteralKind::Bool(value) => value.to_string(),
        LiteralKind::Case(name) => name.text.clone(),
    }
}

fn pattern(it: &Pattern) -> String {
    match it {
        Pattern::Values(values) => values.iter().map(shown).collect::<Vec<_>>().join("/"),
        Pattern::LessThan(it) => format!("<{}", shown(it)),
        Pattern::UpTo(it) => format!("≤{}", shown(it)),
        Pattern::AtLeast(it) => format!("≥{}", shown(it)),
        Pattern::MoreThan(it) => format!(">{}", shown(it)),
        Pattern::Between(low, high) => format!("{}..{}", shown(low), shown(high)),
        Pattern::When(it) => format!("?{}", shown(it)),
        Pattern::Otherwise => "sinon".to_owned(),
    }
}

#[test]
fn operators() {
    check("a + b × c − d", "[Sub [Add a [Mul b c]] d]");
    check("a ÷ b × c", "[Mul [Div a b] c]");
    check("a ou b et non c = d", "[Or a [And b [non [Eq c d]]]]");
    check("−a × b à M-1", "[Mul [− a] [à b -1]]");
    check("a - -b", "[Sub a [− b]]");
    check("(a + b) × c", "[Mul [Add a b] c]");
    check("z parmi (x, y) et a ≥ 2", "[And [parmi z 2] [Ge a 2]]");
    check("a * b != c", "[Ne [Mul a b] c]");
}

#[test]
fn numbers() {
    check("6 664 € + 12345", "[Add 6664€ 12345]");
    check("12,5 % × 0,01", "[Mul 0,125% 0,01]");
    check("min(1, 2,5, 3)", "[min 1 2,5 3]");
    check("1 an + 2 mois + 3 €/an + 4 €/mois", "[Add [Add [Add 1ans 2mois] 3€/an] 4€/mois]");
    check("a ÷ 3 mois", "[Div a 3mois]");
    check("d ≥ 2026-03 et d < 2026-03-02", "[And [Ge d 2026-03-01] [Lt d 2026-03-02]]");
}

#[test]
fn modifiers_are_the_weakest() {
    check("a − b, au minimum 0 €, arrondi au centime", "[Nearest [min [Sub a b] 0€] 0,01€]");
    check("si c alors a sinon b, au maximum 3 + 4", "[max [si c a b] [Add 3 4]]");
    check("a, arrondi à 1 € inférieur", "[Down a 1€]");
    check("a, arrondi au centime supérieur", "[Up a 0,01€]");
    check("a, arrondi à l’euro", "[Nearest a 1€]");
    check("a, arrondi à 0,01 %", "[Nearest a 0,0001%]");
    check("(a, au minimum 0) + b", "[Add [min a 0] b]");
    check("max(a, au minimum 0, b)", "[max [min a 0] b]");
}

#[test]
fn conditions_and_cases() {
    check("si a alors b sinon si c alors d sinon e", "[si a b [si c d e]]");
    check("1 + si a alors b sinon c + d", "[Add 1 [si a b [Add c d]]]");
    check("x × selon n | 1 → a + b | sinon → c", "[Mul x [selon n | 1 → [Add a b] | sinon → c]]");
    check(
        "selon z | u ou v → 1 | moins de 3 → 2 | jusqu'à 4 → 3",
        "[selon z | u/v → 1 | <3 → 2 | ≤4 → 3]",
    );
    check(
        "selon z | 3 et plus → 1 | plus de 4 → 2 | au-delà → 3",
        "[selon z | ≥3 → 1 | >4 → 2 | sinon → 3]",
    );
    check("selon z | de 3 à 4 × a → 1", "[selon z | 3..[Mul 4 a] → 1]");
    check("selon | a ou b → 1 | sinon → 2", "[selon | ?[Or a b] → 1 | sinon → 2]");
    check("(selon z | 1 → a | 2 → b), au minimum 0", "[min [selon z | 1 → a | 2 → b] 0]");
    check(
        "selon z | 1 → a, au minimum 0 | 2 → (b, au minimum 1)",
        "[selon z | 1 → [min a 0] | 2 → [min b 1]]",
    );
}

#[test]
fn aggregations() {
    check("somme des enfants de part × 2", "[Mul [Sum enfants part] 2]");
    check(
        "somme des enfants tels que a ou b de f(x) + 1",
        "[Add [Sum enfants si [Or a b] [f x]] 1]",
    );
    check(
        "nombre de parents + nombre d’enfants tels que a ≥ 2",
        "[Ge [Add [nombre parents] [nombre enfants si a]] 2]",
    );
    check("nombre de enfants tels que non a", "[nombre enfants si [non a]]");
    check("un des parents tels que a et b vérifie c et d", "[And [Any parents si [And a b] c] d]");
    check("chacun des enfants vérifie (a ≥ 2)", "[All enfants [Ge a 2]]");
    check(
        "maximum des enfants de âge à défaut 0 ans + 1 an",
        "[Add [Max enfants âge défaut 0ans] 1ans]",
    );
    check(
        "minimum des enfants de maximum des parents de a à défaut b à défaut c",
        "[Min enfants [Max parents a défaut b] défaut c]",
    );
    check("rang parmi enfants tels que à_charge = 1", "[Eq [rang enfants si à_charge] 1]");
    check("moyenne sur M-4 à M-2 de salaire à M-1", "[Mean sur -4..-2 [à salaire -1]]");
    check(
        "somme sur année N-2 de somme des membres de revenu",
        "[Sum sur N-2 [Sum membres revenu]]",
    );
    check(
        "un mois sur trimestre vérifie a ou chaque mois sur M à M+1 vérifie b",
        "[Or [Any sur trimestre a] [All sur 0..1 b]]",
    );
    check("(a + b) à M-1", "[à [Add a b] -1]");
    check("a à M − 1 €", "[Sub [à a 0] 1€]");
}

/// Whoever walks a typed tree may recurse.
#[test]
fn no_tree_is_too_tall() {
    let height = 150;
    check(
        &vec!["a"; height].join(" + "),
        &format!("{}a a]{}", "[Add ".repeat(height - 1), " a]".repeat(height - 2)),
    );
    for text in
        ["a + ".repeat(5000) + "a", "(".repeat(500) + "a" + &")".repeat(500), "−".repeat(500) + "a"]
    {
        let text = format!("règle r : taux par famille = {text}\n\nrègle s : taux par famille = 1");
        let parsed = parse(FileId(0), &text);
        let codes: Vec<&str> = parsed.diagnostics.iter().map(|it| it.code).collect();
        assert_eq!(codes, ["S23"]);
        assert_eq!(parsed.file.items.len(), 2);
    }
}
