//! What a book may cost, known before anybody is evaluated.
//!
//! Functions are written in place and rules read each other: a short text can stand for a calculation that
//! never ends, or for one deeper than the stack. The limits are far above what a law needs (the French law
//! stays under a tenth of each) and are told like any other mistake.

use law_syntax::{Diagnostic, Span};

use super::Lowering;
use crate::invariants::children;
use crate::{ExprId, Op, RuleId, RuleKind, WindowUse};

/// How many steps the evaluation of one expression may take, for one person or group and one month.
const MAX_STEPS: u64 = 100_000;

/// How many expressions one declaration may be made of, functions written in place included.
const MAX_NODES_OF_ITEM: usize = 20_000;

/// How many expressions a book may be made of.
const MAX_NODES: usize = 1_000_000;

/// How deep expressions, functions and `où` may stand in each other: whoever reads them recurses.
const MAX_DEPTH: u32 = 300;

/// How deep an evaluation may go, through all the rules that read each other.
const MAX_CHAIN: u32 = 1_500;

/// What has been counted so far.
#[derive(Debug, Default)]
pub(super) struct Count {
    /// For each expression, the steps of its evaluation.
    steps: Vec<u64>,
    /// How many expressions the one being read stands in.
    depth: u32,
    /// How many expressions there were when the declaration being read began.
    before_item: usize,
    /// The outermost call being written in place: what goes over a limit inside it is told there.
    call: Span,
    /// Said once: what goes over one limit goes over others.
    told: bool,
}

impl Lowering<'_> {
    /// Starts the count of a declaration.
    pub(super) fn begin_item(&mut self) {
        self.count.before_item = self.book.nodes.len();
    }

    /// A call that stands in no other is about to be written in place.
    pub(super) fn begin_call(&mut self, span: Span) {
        self.count.call = span;
    }

    /// Counts one level around `read`; `None`, told, if there is no room for it.
    pub(super) fn one_deeper(
        &mut self,
        span: Span,
        read: impl FnOnce(&mut Self) -> ExprId,
    ) -> Option<ExprId> {
        let nodes = self.book.nodes.len();
        let of_item = nodes.saturating_sub(self.count.before_item);
        if self.count.told && of_item > MAX_NODES_OF_ITEM {
            return None;
        }
        if self.count.depth >= MAX_DEPTH || of_item > MAX_NODES_OF_ITEM || nodes > MAX_NODES {
            self.tell_too_much(span);
            return None;
        }
        self.count.depth = self.count.depth.saturating_add(1);
        let res = read(self);
        self.count.depth = self.count.depth.saturating_sub(1);
        Some(res)
    }

    /// Counts the steps of an expression about to be made; whether they are few enough.
    pub(super) fn count_steps(&mut self, op: &Op, span: Span) -> bool {
        let below = children(op).into_iter().fold(0u64, |sum, it| {
            sum.saturating_add(self.count.steps.get(it.index()).copied().unwrap_or(1))
        });
        let times = match op {
            Op::Over { window, .. } => self.longest(*window),
            _ => 1,
        };
        let steps = below.saturating_mul(times).saturating_add(1);
        let few = steps <= MAX_STEPS;
        if !few {
            self.tell_too_much(span);
        }
        self.count.steps.push(if few { steps } else { 1 });
        few
    }

    /// The months of the window's longest version.
    fn longest(&self, window: WindowUse) -> u64 {
        let length = |first: i32, last: i32| u64::from(last.saturating_sub(first).unsigned_abs());
        match window {
            WindowUse::Months { first, last } => length(first, last).saturating_add(1),
            WindowUse::Year { .. } => 12,
            WindowUse::Named(id) => {
                let versions = self.book.window(id).map(|it| it.versions.as_slice());
                let lengths = versions.unwrap_or_default().iter().map(|it| it.value);
                lengths
                    .map(|(first, last)| length(first, last))
                    .max()
                    .unwrap_or(0)
                    .saturating_add(1)
            }
        }
    }

    fn tell_too_much(&mut self, span: Span) {
        if !self.count.told {
            self.count.told = true;
            let span = if self.calls.is_empty() { span } else { self.count.call };
            self.report(
                Diagnostic::error("P04", span, "ce calcul est trop long ou trop profond")
                    .why("une loi qu’on ne finit pas de calculer ne donne droit à rien")
                    .help("faites une règle de ce qui est calculé plusieurs fois : elle ne l’est alors qu’une"),
            );
        }
    }
}

/// Reports the first rule whose evaluation would go too deep. `order`: each rule after those it reads.
pub(super) fn check_chains(lowering: &mut Lowering<'_>, order: &[RuleId]) {
    let mut heights = Heights {
        exprs: vec![None; lowering.book.nodes.len()],
        rules: vec![0; lowering.book.rules.len()],
    };
    for id in order {
        let Some(rule) = lowering.book.rule(*id) else { continue };
        let mut height = heights.of(lowering, rule.body);
        if let RuleKind::Aid(aid) = &rule.kind {
            for condition in &aid.conditions {
                if let crate::ConditionKind::Test(test) = condition.kind {
                    height = height.max(heights.of(lowering, test));
                }
            }
        }
        if height > MAX_CHAIN {
            let (span, name) = (rule.span, rule.name.clone());
            return lowering.report(
                Diagnostic::error(
                    "P04",
                    span,
                    format!("`{name}` lit trop de règles qui se lisent l’une l’autre"),
                )
                .why("une explication de mille règles n’explique rien"),
            );
        }
        if let Some(slot) = heights.rules.get_mut(id.index()) {
            *slot = height;
        }
    }
}

/// How deep each expression and each rule goes.
struct Heights {
    exprs: Vec<Option<u32>>,
    rules: Vec<u32>,
}

impl Heights {
    /// Recursion is bounded: [`MAX_DEPTH`] limits the expressions of one rule.
    fn of(&mut self, lowering: &Lowering<'_>, expr: ExprId) -> u32 {
        if let Some(Some(known)) = self.exprs.get(expr.index()) {
            return *known;
        }
        let Some(node) = lowering.book.node(expr) else { return 0 };
        let below = match &node.op {
            Op::Rule(id) => self.rules.get(id.index()).copied().unwrap_or(0),
            op => children(op).into_iter().map(|it| self.of(lowering, it)).max().unwrap_or(0),
        };
        let height = below.saturating_add(1);
        if let Some(slot) = self.exprs.get_mut(expr.index()) {
            *slot = Some(height);
        }
        height
    }
}
