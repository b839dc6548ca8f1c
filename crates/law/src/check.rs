//! Checks that need the evaluator or today's date.

use base::Date;
use law_ir::{Book, Example, Expectation, Symbol, Type, Value};
use law_reference::{ExampleFailure, run_example};
use law_syntax::Diagnostic;

pub(crate) fn check(book: &Book, today: Date) -> Vec<Diagnostic> {
    let mut res = Vec::new();
    for example in &book.examples {
        if let Err(failure) = run_example(book, example, today.month()) {
            res.push(told(book, example, &failure));
        }
    }
    let params = book.params.iter().map(|it| (&it.name, it.review_before, it.span));
    let tables = book.tables.iter().map(|it| (&it.name, it.review_before, it.span));
    for (name, before, span) in params.chain(tables) {
        if let Some(before) = before.filter(|it| *it <= today) {
            res.push(
                Diagnostic::warning(
                    "V02",
                    span,
                    format!("`{name}` devait être revu avant le {before}"),
                )
                .why("une valeur périmée donne un montant faux sans que rien ne le montre")
                .help("vérifiez le dernier texte, puis changez la date de `à revoir avant`"),
            );
        }
    }
    res
}

fn told(book: &Book, example: &Example, failure: &ExampleFailure) -> Diagnostic {
    let ty = result_type(book, example);
    let write = |value: Value| law_explain::format::value(book, value, ty);
    let message = match (failure, &example.expected) {
        (ExampleFailure::Fault(fault), _) => {
            format!("cet exemple ne peut pas être calculé : {fault}")
        }
        (ExampleFailure::Found(None), _) => {
            "il manque une donnée à cet exemple : complétez `avec …`".to_owned()
        }
        (ExampleFailure::Found(Some(found)), Expectation::Value(expected)) => {
            format!("l’exemple attend {}, la règle donne {}", write(*expected), write(*found))
        }
        (ExampleFailure::Found(Some(found)), Expectation::RefusedBecause(_)) => {
            format!("l’exemple attend un refus, la règle donne {}", write(*found))
        }
        (ExampleFailure::Refused(_), _) => {
            "l’aide n’est pas refusée à cause de cette condition".to_owned()
        }
    };
    Diagnostic::error("X01", example.span, message)
        .why("un exemple est la loi telle que quelqu’un l’a lue : règle ou exemple, l’un des deux se trompe")
}

fn result_type(book: &Book, example: &Example) -> Type {
    match example.of {
        Symbol::Rule(id) => book.rule(id).map_or(Type::Unknown, |it| it.ty),
        Symbol::Function(id) => book.function(id).map_or(Type::Unknown, |it| it.ty),
        _ => Type::Unknown,
    }
}
