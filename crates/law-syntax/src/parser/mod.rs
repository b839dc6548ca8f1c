//! Tokens → tree and typed tree, with recovery: a broken declaration never hides the next one.
//!
//! Recursive descent. Every function leaves the cursor after what it read; when something is missing it
//! reports, consumes nothing and answers with a hole, and the loop over the clauses of the declaration
//! skips to the next clause or declaration.

mod aggregate;
mod cursor;
mod data;
mod expr;
mod input;
mod property;
mod rules;
mod select;
mod table;
mod values;

use crate::ast::{Article, File, Item, ItemKind};
use crate::messages;
use crate::token::{Token, TokenKind};
use crate::tree::{NodeKind, StoredNode};
use crate::words::{DECLARATIONS, nearest};
use crate::{Diagnostic, FileId};

use cursor::{Lexeme, Parser};

pub(crate) struct Outcome {
    pub(crate) file: File,
    pub(crate) nodes: Vec<StoredNode>,
    pub(crate) diagnostics: Vec<Diagnostic>,
}

pub(crate) fn parse(file: FileId, text: &str, tokens: &[Token]) -> Outcome {
    let lexemes = Lexeme::all(file, text, tokens);
    let mut parser = Parser::new(file, text, &lexemes);
    let mut items = Vec::new();
    while parser.kind() != TokenKind::End {
        let mark = parser.mark();
        let kind = item(&mut parser);
        let span = parser.span_since(mark);
        items.extend(kind.map(|kind| Item { kind, span }));
    }
    Outcome { file: File { items }, nodes: parser.nodes, diagnostics: parser.diagnostics }
}

/// Reads a declaration, or skips to the next one.
fn item(p: &mut Parser<'_>) -> Option<ItemKind> {
    while p.eat(TokenKind::Semicolon) {}
    match declaration_word(p)? {
        "article" => article(p).map(ItemKind::Article),
        "paramètre" => p.param().map(ItemKind::Param),
        "énumération" => p.enumeration().map(ItemKind::Enumeration),
        "table" => p.table().map(ItemKind::Table),
        "fenêtre" => p.window().map(ItemKind::Window),
        "donnée" => p.input().map(ItemKind::Input),
        "règle" => p.rule().map(ItemKind::Rule),
        "fonction" => p.function().map(ItemKind::Function),
        "aide" => p.aid().map(ItemKind::Aid),
        "choix" => p.choice().map(ItemKind::Choice),
        "propriété" => p.property().map(ItemKind::Property),
        _ => p.exception_to(),
    }
}

/// The keyword of the declaration the cursor is at, which may be misspelt; `None` if there is none, the
/// text before the next declaration having been skipped.
fn declaration_word(p: &mut Parser<'_>) -> Option<&'static str> {
    let word = p.word().unwrap_or("");
    if let Some(known) = DECLARATIONS.iter().find(|it| **it == word) {
        return Some(known);
    }
    if word == "sauf" && p.nth_word(1) == Some("à") {
        return Some("sauf");
    }
    if let Some(meant) = nearest(word, &DECLARATIONS) {
        p.unexpected(messages::misspelt(p.span(), word, meant));
        return Some(meant);
    }
    if p.kind() != TokenKind::End {
        p.unexpected(messages::not_a_declaration(p.span(), &p.found()));
        p.skip_to(&[]);
    }
    None
}

fn article(p: &mut Parser<'_>) -> Option<Article> {
    let mark = p.mark();
    p.bump();
    let title = p.label_or_hole();
    let link = p.link();
    let quote = p.label();
    p.no_more_clauses();
    p.close(mark, NodeKind::Article);
    Some(Article { title, link, quote })
}
