//! From typed trees to the [`Book`]: names, then values, then expressions, then the checks that need all
//! of them.
//!
//! Nothing here stops at the first mistake: what is wrong is reported and takes the type
//! [`Type::Unknown`], which agrees with everything.

mod asking;
mod builtins;
mod calls;
mod cases;
mod cycles;
mod declare;
mod exceptions;
mod expr;
mod groups;
mod items;
mod limits;
mod properties;
mod undated;
mod values;

use std::collections::HashMap;

use law_syntax::ast;
use law_syntax::{Diagnostic, Severity, Span};

use crate::{ArticleRef, Book, ExprId, FunctionId, Node, Op, RuleId, Type, Value};

/// Resolves the files of one rulebook together; their order has no effect on what the rules mean.
///
/// The book is `None` when a diagnostic is an error. Diagnostics come in the order of the files.
///
/// ```
/// use law_syntax::{parse, FileId};
/// let text = "paramètre base : €/mois depuis 2025-01 : 600 source « un décret »";
/// let (book, diagnostics) = law_ir::from_syntax(&[parse(FileId(0), text).file]);
/// assert!(diagnostics.is_empty(), "{diagnostics:?}");
/// assert_eq!(book.unwrap().params.len(), 1);
/// ```
pub fn from_syntax(files: &[ast::File]) -> (Option<Book>, Vec<Diagnostic>) {
    let mut lowering = Lowering::default();
    let declared = declare::declare(&mut lowering, files);
    values::lower_values(&mut lowering, &declared);
    items::lower_items(&mut lowering, &declared);
    lowering.book.birth_date = lowering.book.input_named(expr::BIRTH_DATE);
    cycles::check(&mut lowering);
    undated::check(&mut lowering);
    let mut diagnostics = lowering.diagnostics;
    diagnostics.sort_by_key(|it| (it.span, it.code));
    diagnostics.dedup();
    let wrong = diagnostics.iter().any(|it| it.severity == Severity::Error);
    ((!wrong).then_some(lowering.book), diagnostics)
}

/// The book being built.
#[derive(Debug, Default)]
struct Lowering<'a> {
    book: Book,
    diagnostics: Vec<Diagnostic>,
    /// Where each name was first declared.
    places: HashMap<String, Span>,
    functions: HashMap<FunctionId, &'a ast::Function>,
    /// The `où` of the rule being read: their text, and their rule once they are read.
    locals: HashMap<(RuleId, String), LocalState<'a>>,
    /// Calls being written in place, to refuse a function that calls itself.
    calls: Vec<FunctionId>,
    count: limits::Count,
}

#[derive(Debug, Clone)]
enum LocalState<'a> {
    Waiting(&'a ast::Local),
    BeingRead(Span),
    Done(RuleId),
}

/// One declaration and the article it stands under.
#[derive(Debug)]
struct Declared<'a> {
    item: &'a ast::Item,
    article: Option<ArticleRef>,
}

impl Lowering<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn node(&mut self, op: Op, ty: Type, span: Span) -> ExprId {
        let id = ExprId::at(self.book.nodes.len());
        let node = if self.count_steps(&op, span) {
            Node { op, ty, span }
        } else {
            Node { op: Op::Const(Value::Bool(false)), ty: Type::Unknown, span }
        };
        self.book.nodes.push(node);
        id
    }

    fn type_of(&self, expr: ExprId) -> Type {
        self.book.node(expr).map_or(Type::Unknown, |it| it.ty)
    }

    fn span_of(&self, expr: ExprId) -> Span {
        self.book.node(expr).map_or_else(Span::default, |it| it.span)
    }

    fn describe(&self, ty: Type) -> String {
        ty.describe(&self.book)
    }
}
