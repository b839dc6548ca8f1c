//! Expressions: where they may be broken.

use super::doc::Doc;
use super::{Formatter, first_token};
use crate::token::TokenKind;
use crate::tree::{Element, Node, NodeKind};

impl<'t> Formatter<'t> {
    pub(super) fn node(&self, node: Node<'t>) -> Doc {
        match node.kind() {
            NodeKind::Binary => self.chain(node),
            NodeKind::Modified => self.modified(node),
            NodeKind::If => self.condition(node),
            NodeKind::Select => self.select(node),
            NodeKind::Aggregate => self.aggregate(node),
            NodeKind::Call | NodeKind::In | NodeKind::Parameters => self.list(node),
            NodeKind::Paren => Doc::nest(vec![self.sequence(node)]),
            NodeKind::Arm => self.arm(node),
            NodeKind::Local => self.local(node),
            NodeKind::Alternatives => self.alternatives(node),
            _ => self.sequence(node),
        }
    }

    /// `a + b − c`: operators of the same strength, each at the start of its line when one is.
    fn chain(&self, node: Node<'t>) -> Doc {
        let strength = self.strength(node);
        let mut links = Vec::new();
        let mut left = node;
        let first = loop {
            let elements = left.elements();
            let [Element::Node(inner), operator, right] = elements.as_slice() else {
                break self.sequence(left);
            };
            links.push((*operator, *right));
            if inner.kind() != NodeKind::Binary {
                break self.node(*inner);
            }
            if self.strength(*inner) != strength {
                break Doc::nest(vec![self.node(*inner)]);
            }
            left = *inner;
        };
        let mut parts = vec![first];
        let mut tail = Doc::nothing();
        for (index, (operator, right)) in links.iter().enumerate().rev() {
            let (operator, right_doc) = (self.element(operator), self.element(right));
            // What ends with a `selon` or a `si` is broken there first.
            if index == 0 && ends_open(right) {
                parts.push(Doc::nest(vec![Doc::Line, operator]));
                tail = Doc::Concat(vec![Doc::Space, right_doc]);
            } else {
                parts.push(Doc::nest(vec![Doc::Line, operator, Doc::Space, right_doc]));
            }
        }
        Doc::Concat(vec![Doc::group(parts), tail])
    }

    /// Equal for the operators that are written in one chain.
    fn strength(&self, node: Node<'t>) -> u8 {
        let elements = node.elements();
        let Some(Element::Token(token)) = elements.get(1) else { return 0 };
        match self.kind(*token) {
            TokenKind::Times | TokenKind::Divide => 1,
            TokenKind::Plus | TokenKind::Minus => 2,
            TokenKind::Word if self.is_word(*token, "et") => 4,
            TokenKind::Word => 5,
            _ => 3,
        }
    }

    /// `E, au minimum X, arrondi au centime`
    fn modified(&self, node: Node<'t>) -> Doc {
        let mut modifiers = Vec::new();
        let mut inner = node;
        let first = loop {
            let elements = inner.elements();
            let [Element::Node(value), comma, rest @ ..] = elements.as_slice() else {
                break self.sequence(inner);
            };
            let modifier = self.joined(inner, rest);
            modifiers
                .push(Doc::Concat(vec![self.element(comma), Doc::nest(vec![Doc::Line, modifier])]));
            if value.kind() != NodeKind::Modified {
                break self.node(*value);
            }
            inner = *value;
        };
        let mut parts = vec![first];
        parts.extend(modifiers.into_iter().rev());
        Doc::group(parts)
    }

    /// `si C alors A sinon si D alors B sinon E`: one branch per line when long.
    fn condition(&self, node: Node<'t>) -> Doc {
        let mut parts = Vec::new();
        let mut node = node;
        let mut lead = Vec::new();
        loop {
            let elements = node.elements();
            let [si, condition, alors, then, sinon, otherwise] = elements.as_slice() else {
                parts.push(self.sequence(node));
                break;
            };
            lead.push(Doc::group(vec![
                self.joined(node, &[*si, *condition]),
                Doc::nest(vec![Doc::Line, self.joined(node, &[*alors, *then])]),
            ]));
            parts.append(&mut lead);
            parts.push(Doc::Line);
            lead = vec![self.element(sinon), Doc::Space];
            match otherwise {
                Element::Node(next) if next.kind() == NodeKind::If => node = *next,
                other => {
                    parts.append(&mut lead);
                    parts.push(self.element(other));
                    break;
                }
            }
        }
        Doc::group(vec![Doc::nest(parts)])
    }

    /// `selon E | … → …`: one arm per line when long, or when the author wrote them so.
    fn select(&self, node: Node<'t>) -> Doc {
        let elements = node.elements();
        let is_arm =
            |it: &Element<'t>| matches!(it, Element::Node(it) if it.kind() == NodeKind::Arm);
        let head_size = elements.iter().position(is_arm).unwrap_or(elements.len());
        let (head, arms) = elements.split_at_checked(head_size).unwrap_or((&elements, &[]));
        let on_lines = arms.first().is_some_and(|arm| self.starts_line(first_token(arm)));
        let line = || if on_lines { Doc::Hard } else { Doc::Line };
        let arms = arms.iter().flat_map(|arm| [line(), self.element(arm)]).collect();
        Doc::group(vec![self.joined(node, head), Doc::nest(arms)])
    }

    /// `| … → …`, what comes after the arrow on the next line if that is enough.
    fn arm(&self, arm: Node<'t>) -> Doc {
        let elements = arm.elements();
        let size = elements.len().saturating_sub(1);
        let (head, value) = elements.split_at_checked(size).unwrap_or((&elements, &[]));
        let value = self.joined(arm, value);
        Doc::group(vec![Doc::nest(vec![self.joined(arm, head), Doc::nest(vec![Doc::Line, value])])])
    }

    /// `somme des enfants tels que C de E`: broken before its keywords.
    fn aggregate(&self, node: Node<'t>) -> Doc {
        let elements = node.elements();
        self.broken_before(node, |formatter, index| {
            let Some(Element::Token(token)) = elements.get(index) else { return false };
            let is = |word| formatter.is_word(*token, word);
            let is_default = matches!(
                elements.get(index + 1),
                Some(Element::Token(next)) if formatter.is_word(*next, "défaut")
            );
            let is_body = is("de") || is("d'");
            is("tels")
                || is("telles")
                || is("vérifie")
                || (is("à") && is_default)
                || (is_body && index > 1)
        })
    }

    /// `f(a, b)`, `E parmi (a, b)`: broken after the commas, as many on a line as fit.
    fn list(&self, node: Node<'t>) -> Doc {
        let elements = node.elements();
        let is_comma = |it: &Element<'t>| matches!(it, Element::Token(token) if self.kind(*token) == TokenKind::Comma);
        let mut parts = Vec::new();
        for (index, part) in elements.split_inclusive(is_comma).enumerate() {
            let part = self.joined(node, part);
            parts.push(if index == 0 { part } else { Doc::group(vec![Doc::Line, part]) });
        }
        Doc::nest(parts)
    }

    /// A group of the elements of `node`, which may be broken before those that `breaks` tells by index.
    pub(super) fn broken_before(
        &self,
        node: Node<'t>,
        breaks: impl Fn(&Self, usize) -> bool,
    ) -> Doc {
        let elements = node.elements();
        let mut parts = Vec::new();
        let mut last = None;
        for (index, element) in elements.iter().enumerate() {
            if self.is_dropped(element) {
                continue;
            }
            if let Some(last) = last {
                if breaks(self, index) {
                    parts.push(Doc::Line);
                } else if !self.touch(last, first_token(element), node.kind()) {
                    parts.push(Doc::Space);
                }
            }
            parts.push(self.element(element));
            last = Some(self.last_token(element));
        }
        Doc::group(vec![Doc::nest(parts)])
    }
}

/// Whether the expression is a `selon` or a `si` without parentheses around it.
fn ends_open(element: &Element<'_>) -> bool {
    matches!(element, Element::Node(node) if matches!(node.kind(), NodeKind::Select | NodeKind::If))
}
