//! Declarations and clauses: their order and their lines.

use super::Formatter;
use super::doc::Doc;
use crate::token::TokenKind;
use crate::tree::{Element, Node, NodeKind};

impl<'t> Formatter<'t> {
    pub(super) fn item(&self, item: Node<'t>) -> Doc {
        match item.kind() {
            NodeKind::Article => self.article(item),
            NodeKind::ExceptionTo => self.exception(item),
            _ => self.declaration(item),
        }
    }

    /// `article « … » <…>`, the quotation on lines of its own.
    fn article(&self, item: Node<'t>) -> Doc {
        let elements = item.elements();
        let is_quotation = |(index, it): &(usize, &Element<'t>)| {
            matches!(it, Element::Token(token) if self.kind(*token) == TokenKind::Label)
                && *index > 1
        };
        let quotation = elements.iter().enumerate().find(is_quotation).map(|(index, _)| index);
        let head_size = quotation.unwrap_or(elements.len());
        let (head, rest) = elements.split_at_checked(head_size).unwrap_or((&elements, &[]));
        let mut parts = vec![self.joined(item, head)];
        if let Some(Element::Token(token)) = rest.first() {
            parts.push(Doc::nest(vec![Doc::Hard, self.quotation(*token)]));
        }
        Doc::Concat(parts)
    }

    /// A header, then the clauses in their order, one per line.
    fn declaration(&self, item: Node<'t>) -> Doc {
        let mut clauses = item.children();
        clauses.sort_by_key(|clause| rank(item.kind(), clause.kind()));
        let sources = clauses.iter().filter(|it| it.kind() == NodeKind::Source).count();
        let source_on_header = sources == 1
            && matches!(item.kind(), NodeKind::Rule | NodeKind::Function | NodeKind::Property);
        let mut header = Vec::new();
        let mut parts = Vec::new();
        for clause in clauses {
            match clause.kind() {
                NodeKind::Header => header.push(self.header(clause)),
                NodeKind::Source if source_on_header => {
                    header.push(Doc::nest(vec![Doc::Line, self.clause(clause)]));
                }
                _ => parts.extend([Doc::Hard, self.clause(clause)]),
            }
        }
        Doc::Concat(vec![Doc::group(header), Doc::nest(parts)])
    }

    fn header(&self, header: Node<'t>) -> Doc {
        let elements = header.elements();
        self.broken_before(header, |formatter, index| {
            matches!(elements.get(index), Some(Element::Token(token)) if formatter.kind(*token) == TokenKind::Label)
        })
    }

    fn clause(&self, clause: Node<'t>) -> Doc {
        match clause.kind() {
            NodeKind::Exception => self.exception(clause),
            NodeKind::Version | NodeKind::ReviewEvery | NodeKind::ThresholdEffect => {
                self.version(clause)
            }
            NodeKind::Condition => self.condition_clause(clause),
            NodeKind::TableVersion => {
                self.head_and_lines(clause, &[NodeKind::Columns, NodeKind::Row])
            }
            NodeKind::Conditions => self.head_and_lines(clause, &[NodeKind::Condition]),
            NodeKind::Example => self.example(clause),
            NodeKind::Row | NodeKind::Columns => self.row(clause),
            _ => self.node(clause),
        }
    }

    /// `où NOM « … » = E`: with a label, the expression may have a line of its own.
    pub(super) fn local(&self, node: Node<'t>) -> Doc {
        let elements = node.elements();
        let has_kind = |it: &Element<'t>, kind: TokenKind| matches!(it, Element::Token(token) if self.kind(*token) == kind);
        let equal = elements.iter().position(|it| has_kind(it, TokenKind::Equal));
        let (head, body) =
            elements.split_at_checked(equal.unwrap_or(0)).unwrap_or((&[], &elements));
        if !head.iter().any(|it| has_kind(it, TokenKind::Label)) {
            return self.sequence(node);
        }
        let body = Doc::nest(vec![Doc::Line, self.joined(node, body)]);
        Doc::group(vec![self.joined(node, head), body])
    }

    /// `alternatives « … », « … »`, whatever separated them.
    pub(super) fn alternatives(&self, node: Node<'t>) -> Doc {
        let mut parts = Vec::new();
        let mut labels = 0;
        let mut separated = false;
        for element in node.elements() {
            let Element::Token(token) = element else { continue };
            match self.kind(token) {
                TokenKind::Semicolon => {}
                TokenKind::Label => {
                    if labels > 0 && !separated {
                        parts.push(Doc::text(","));
                    }
                    parts.extend([
                        if labels > 0 { Doc::Line } else { Doc::Space },
                        self.token(token),
                    ]);
                    labels += 1;
                    separated = false;
                }
                TokenKind::Comma | TokenKind::Bar => {
                    parts.push(self.with_comments(token, Doc::text(",")));
                    separated = true;
                }
                _ => parts.push(self.token(token)),
            }
        }
        Doc::group(vec![Doc::nest(parts)])
    }

    /// `sauf « … » si C : E`, its sources below when they do not fit.
    fn exception(&self, node: Node<'t>) -> Doc {
        let elements = node.elements();
        let is_source = |it: &Element<'t>| matches!(it, Element::Node(it) if matches!(it.kind(), NodeKind::Source | NodeKind::Overrides));
        let head_size = elements.iter().position(is_source).unwrap_or(elements.len());
        let (head, rest) = elements.split_at_checked(head_size).unwrap_or((&elements, &[]));
        let is_colon = |it: &Element<'t>| matches!(it, Element::Token(token) if self.kind(*token) == TokenKind::Colon);
        let is_si =
            |it: &Element<'t>| matches!(it, Element::Token(token) if self.is_word(*token, "si"));
        let si = head.iter().position(is_si).unwrap_or(0);
        let value = head.iter().position(is_colon).map_or(head.len(), |colon| colon + 1);
        let part = |from: usize, to: usize| self.joined(node, head.get(from..to).unwrap_or(&[]));
        let main = Doc::group(vec![
            part(0, si),
            Doc::nest(vec![Doc::Line, part(si, value), Doc::Space, part(value, head.len())]),
        ]);
        let kept = rest.iter().filter(|it| !self.is_dropped(it));
        let lines = kept.flat_map(|it| [Doc::Line, self.element(it)]).collect();
        Doc::group(vec![main, Doc::nest(lines)])
    }

    /// `depuis DATE : VALEUR source …` and other clauses that end with their sources.
    fn version(&self, node: Node<'t>) -> Doc {
        let elements = node.elements();
        self.broken_before(node, |_, index| is_node(elements.get(index), NodeKind::Source))
    }

    /// `NOM : C « … » source …`: the label and the sources go to the next line together.
    fn condition_clause(&self, node: Node<'t>) -> Doc {
        let elements = node.elements();
        let is_tail = |(index, it): (usize, &Element<'t>)| match it {
            Element::Node(it) => it.kind() == NodeKind::Source,
            Element::Token(token) => index > 2 && self.kind(*token) == TokenKind::Label,
        };
        let tail = elements.iter().enumerate().position(is_tail).unwrap_or(elements.len());
        let (head, tail) = elements.split_at_checked(tail).unwrap_or((&elements, &[]));
        let head = self.joined(node, head);
        let mut parts = Vec::new();
        for element in tail.iter().filter(|it| !self.is_dropped(it)) {
            if !parts.is_empty() {
                parts.push(Doc::Line);
            }
            parts.push(self.element(element));
        }
        if parts.is_empty() {
            return head;
        }
        Doc::group(vec![head, Doc::nest(vec![Doc::Line, Doc::group(parts)])])
    }

    /// Everything but the nodes of `lines` on the first line, then these, one per line.
    fn head_and_lines(&self, node: Node<'t>, lines: &[NodeKind]) -> Doc {
        let elements = node.elements();
        let is_line =
            |it: &Element<'t>| matches!(it, Element::Node(it) if lines.contains(&it.kind()));
        let head: Vec<Element<'t>> = elements.iter().filter(|it| !is_line(it)).copied().collect();
        let mut below: Vec<Node<'t>> = node.children();
        below.retain(|it| lines.contains(&it.kind()));
        below.sort_by_key(|it| it.kind() != NodeKind::Columns);
        let below = below.into_iter().flat_map(|it| [Doc::Hard, self.clause(it)]).collect();
        Doc::Concat(vec![self.joined(node, &head), Doc::nest(below)])
    }

    /// `ligne CLEF : VALEUR | VALEUR`, `colonnes a | b`: without a `|` at the start.
    fn row(&self, node: Node<'t>) -> Doc {
        let elements = node.elements();
        let kind = |index: usize| match elements.get(index) {
            Some(Element::Token(token)) => self.kind(*token),
            _ => TokenKind::End,
        };
        let starts_list = |index: usize| match node.kind() {
            NodeKind::Columns => index == 1,
            _ => index.checked_sub(1).is_some_and(|before| kind(before) == TokenKind::Colon),
        };
        let dropped =
            (0..elements.len()).find(|at| kind(*at) == TokenKind::Bar && starts_list(*at));
        let (head, rest) =
            elements.split_at_checked(dropped.unwrap_or(0)).unwrap_or((&[], &elements));
        let Some((Element::Token(bar), rest)) = rest.split_first().filter(|_| dropped.is_some())
        else {
            return self.sequence(node);
        };
        let silent = self.with_comments(*bar, Doc::nothing());
        Doc::Concat(vec![self.joined(node, head), silent, Doc::Space, self.joined(node, rest)])
    }

    /// `exemple « … » en MOIS avec NOM = VALEUR, … → VALEUR`
    fn example(&self, node: Node<'t>) -> Doc {
        let elements = node.elements();
        self.broken_before(node, |formatter, index| {
            let after_comma = matches!(
                index.checked_sub(1).and_then(|before| elements.get(before)),
                Some(Element::Token(token)) if formatter.kind(*token) == TokenKind::Comma
            );
            let Some(Element::Token(token)) = elements.get(index) else { return false };
            after_comma
                || formatter.kind(*token) == TokenKind::Arrow
                || formatter.is_word(*token, "avec")
        })
    }
}

fn is_node(element: Option<&Element<'_>>, kind: NodeKind) -> bool {
    matches!(element, Some(Element::Node(node)) if node.kind() == kind)
}

/// The place of a clause in its declaration; clauses of the same rank keep their order.
fn rank(item: NodeKind, clause: NodeKind) -> u8 {
    let aid = item == NodeKind::Aid;
    match clause {
        NodeKind::Header => 0,
        NodeKind::Source | NodeKind::Question | NodeKind::Reason => 1,
        NodeKind::Hidden | NodeKind::Alternatives | NodeKind::Group => 2,
        NodeKind::ChosenBy if aid => 9,
        NodeKind::ChosenBy | NodeKind::Seconds => 3,
        NodeKind::Conditions | NodeKind::KnownBy => 4,
        NodeKind::Body | NodeKind::Amount | NodeKind::Sensitive => 5,
        NodeKind::Always | NodeKind::Moves => 5,
        NodeKind::Local | NodeKind::Modifiable | NodeKind::Provided => 6,
        NodeKind::Exception | NodeKind::PaidFrom => 7,
        NodeKind::ReviewEvery => 8,
        NodeKind::ThresholdEffect => 10,
        NodeKind::Review | NodeKind::Bounds | NodeKind::Decided | NodeKind::Example => 11,
        _ => 5,
    }
}
