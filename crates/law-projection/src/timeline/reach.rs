//! How far from a month the rules look.

use law_ir::{Book, ConditionKind, ExprId, Op, RuleId, RuleKind, WindowUse, invariants};

/// The earliest and the latest month an expression reads, counted from the month evaluated.
pub(crate) type Reach = (i32, i32);

/// The furthest these rules look, in months.
pub(crate) fn reach(book: &Book, rules: &[RuleId]) -> Reach {
    let mut walk = Walk { book, known: vec![None; book.rules.len()] };
    rules.iter().fold((0, 0), |res, rule| union(res, walk.rule(*rule)))
}

struct Walk<'a> {
    book: &'a Book,
    known: Vec<Option<Reach>>,
}

impl Walk<'_> {
    fn rule(&mut self, id: RuleId) -> Reach {
        if let Some(Some(known)) = self.known.get(id.index()) {
            return *known;
        }
        let Some(rule) = self.book.rule(id) else { return (0, 0) };
        let mut res = self.expr(rule.body);
        if let RuleKind::Aid(aid) = &rule.kind {
            for condition in &aid.conditions {
                if let ConditionKind::Test(test) = condition.kind {
                    res = union(res, self.expr(test));
                }
            }
        }
        if let Some(slot) = self.known.get_mut(id.index()) {
            *slot = Some(res);
        }
        res
    }

    fn expr(&mut self, expr: ExprId) -> Reach {
        let Some(node) = self.book.node(expr) else { return (0, 0) };
        match &node.op {
            Op::Rule(id) => self.rule(*id),
            Op::At { value, shift } => add(self.expr(*value), (*shift, *shift)),
            Op::Over { window, body, .. } => add(self.expr(*body), self.window(*window)),
            op => {
                let children = invariants::children(op);
                children.into_iter().fold((0, 0), |res, it| union(res, self.expr(it)))
            }
        }
    }

    fn window(&self, window: WindowUse) -> Reach {
        match window {
            WindowUse::Months { first, last } => (first, last),
            // In January the year starts this month, in December eleven months ago.
            WindowUse::Year { offset } => {
                let years = offset.saturating_mul(12);
                (years.saturating_sub(11), years.saturating_add(11))
            }
            WindowUse::Named(id) => {
                let versions = self.book.window(id).map(|it| it.versions.as_slice());
                let versions = versions.unwrap_or_default().iter().map(|it| it.value);
                versions.reduce(union).unwrap_or((0, 0))
            }
        }
    }
}

fn union(a: Reach, b: Reach) -> Reach {
    (a.0.min(b.0), a.1.max(b.1))
}

fn add(a: Reach, b: Reach) -> Reach {
    (a.0.saturating_add(b.0), a.1.saturating_add(b.1))
}
