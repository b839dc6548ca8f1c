//! Which rule makes an amount jump when one fact moves by a little.
//!
//! From the aid down to what changed most, until something that is not continuous: a case that is no longer
//! taken, a condition, a rounding, a person who is no longer counted.

use base::{Month, Rational};
use law_ir::{
    Arm, ArmPattern, Book, ConditionKind, Entity, ExprId, Flavour, Instance, Op, RuleId, RuleKind,
    Source, ThresholdEffect, Type, WindowUse,
};

use crate::fr;
use crate::timeline::{Cell, Timeline, members};

type Who = (Entity, Instance);

/// The rules from the aid down to the one that jumps.
#[derive(Debug, Clone, Default)]
pub(crate) struct Blame {
    pub path: Vec<RuleId>,
    /// The condition of an aid that stops or starts being met.
    pub condition: Option<(RuleId, usize)>,
    /// The aid whose amount fell below what is paid.
    pub unpaid: Option<RuleId>,
    /// Nothing jumps: the amount falls step by step.
    pub smooth: bool,
    /// The rounding that jumps.
    pub rounding: Option<Rounding>,
    /// What the condition or the case that turned speaks of.
    about: Vec<String>,
}

/// A rounding, for somebody and a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rounding {
    site: ExprId,
    value: ExprId,
    who: Who,
    month: Month,
}

impl Rounding {
    /// Whether it jumps again: it moves by more than twice what comes in.
    pub fn jumps(&self, before: &mut Timeline<'_>, after: &mut Timeline<'_>) -> bool {
        let mut moved = |expr: ExprId| {
            size(
                before.eval(expr, self.who).at(self.month),
                after.eval(expr, self.who).at(self.month),
            )
        };
        let (whole, inside) = (moved(self.site), moved(self.value));
        whole.zip(inside).is_some_and(|(whole, inside)| {
            inside.checked_add(inside).is_some_and(|twice| whole > twice)
        })
    }
}

/// « Effet de seuil assumé » as the author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    pub label: String,
    pub sources: Vec<Source>,
    /// The rule that carries it.
    pub rule: RuleId,
}

pub(crate) fn blame<'a>(
    before: &mut Timeline<'a>,
    after: &mut Timeline<'a>,
    aid: RuleId,
    instance: Instance,
    month: Month,
) -> Blame {
    let mut walk = Walk { before, after, res: Blame::default(), jumped: false, fuel: 400 };
    walk.rule(aid, instance, month);
    let mut res = walk.res;
    if !walk.jumped {
        // No rule on the way is to blame more than the amount itself.
        res = Blame { path: vec![aid], smooth: true, ..Blame::default() };
    }
    res
}

impl Blame {
    /// The effect its author wrote on the rule that jumps; otherwise, on the way up to the aid, one whose
    /// words speak of what happened: an effect about something else would be a false excuse.
    pub fn effect(&self, book: &Book) -> Option<Effect> {
        let words = self.words(book);
        let aid = self.path.first().and_then(|it| book.rule(*it)).map(|it| it.label.as_str());
        let mut own = true;
        for id in self.path.iter().rev() {
            let rule = book.rule(*id)?;
            let enough = if own && !matches!(rule.kind, RuleKind::Aid(_)) { -9 } else { 1 };
            let score = |it: &&ThresholdEffect| {
                let about = fr::likeness(&it.label, &words, aid.unwrap_or_default());
                // A slope is no reason to jump.
                about - if self.smooth { 0 } else { fr::likeness(&it.label, fr::SLOPE, "") }
            };
            // Of equals, the first.
            let nearest = rule.threshold_effects.iter().rev().max_by_key(score);
            if let Some(effect) = nearest.filter(|it| score(it) >= enough) {
                let (label, sources) = (effect.label.clone(), effect.sources.clone());
                return Some(Effect { label, sources, rule: *id });
            }
            own &= matches!(rule.kind, RuleKind::Local { .. });
        }
        None
    }

    /// What happened, in words.
    fn words(&self, book: &Book) -> String {
        if let Some(RuleKind::Aid(aid)) =
            self.unpaid.and_then(|it| book.rule(it)).map(|it| &it.kind)
        {
            return fr::unpaid(aid.paid_from);
        }
        if self.smooth {
            return fr::SLOPE.to_owned();
        }
        let condition = self.condition.and_then(|(aid, rank)| {
            let RuleKind::Aid(info) = &book.rule(aid)?.kind else { return None };
            let condition = info.conditions.get(rank)?;
            Some(format!("{} {}", condition.name.replace('_', " "), condition.label))
        });
        let rule = self.path.iter().skip(1).next_back();
        let rule = rule.and_then(|it| Some(book.rule(*it)?.label.clone()));
        let all = condition.into_iter().chain(rule).chain(self.about.iter().cloned());
        all.collect::<Vec<_>>().join(" ")
    }

    pub fn rule(&self) -> Option<RuleId> {
        self.path.last().copied()
    }
}

struct Walk<'w, 'a> {
    before: &'w mut Timeline<'a>,
    after: &'w mut Timeline<'a>,
    res: Blame,
    /// Something that is not continuous was met.
    jumped: bool,
    /// The way down is a path; this only stops one that would never end.
    fuel: u32,
}

impl Walk<'_, '_> {
    fn cells(&mut self, expr: ExprId, who: Who, month: Month) -> (Cell, Cell) {
        (self.before.eval(expr, who).at(month), self.after.eval(expr, who).at(month))
    }

    fn differs(&mut self, expr: ExprId, who: Who, month: Month) -> bool {
        let (before, after) = self.cells(expr, who, month);
        before != after
    }

    /// How far a number moves; something that is not a number moves or not.
    fn size(&mut self, expr: ExprId, who: Who, month: Month) -> Option<Rational> {
        let (before, after) = self.cells(expr, who, month);
        size(before, after)
    }

    fn rule(&mut self, id: RuleId, instance: Instance, month: Month) {
        let Some(rule) = self.before.index.book.rule(id) else { return };
        self.res.path.push(id);
        let who = (rule.entity, instance);
        if let RuleKind::Aid(aid) = &rule.kind {
            for (rank, condition) in aid.conditions.iter().enumerate() {
                let ConditionKind::Test(test) = condition.kind else { continue };
                if self.differs(test, who, month) {
                    self.jumped = true;
                    if self.res.path.len() == 1 {
                        self.res.condition = Some((id, rank));
                    }
                    return self.expr(test, who, month);
                }
            }
            if self.is_unpaid(id, rule.body, who, month) {
                self.jumped = true;
                self.res.unpaid = Some(id);
                return;
            }
        }
        self.expr(rule.body, who, month);
    }

    /// Whether the amount is there before and after, and paid on one side only.
    fn is_unpaid(&mut self, id: RuleId, body: ExprId, who: Who, month: Month) -> bool {
        let computed = self.cells(body, who, month);
        let paid = (
            self.before.rule(id, who.1).at(month).number(),
            self.after.rule(id, who.1).at(month).number(),
        );
        let lost = |paid: Result<Rational, Cell>, computed: Cell| {
            paid.is_ok_and(|it| it.is_zero())
                && computed.number().is_ok_and(|it| it > Rational::ZERO)
        };
        lost(paid.0, computed.0) != lost(paid.1, computed.1)
    }

    fn expr(&mut self, expr: ExprId, who: Who, month: Month) {
        self.fuel = self.fuel.saturating_sub(1);
        let Some(node) = self.before.index.book.node(expr) else { return };
        if self.fuel == 0 {
            return;
        }
        match &node.op {
            Op::Rule(id) => {
                if let Some(instance) = self.before.seen(*id, who) {
                    self.rule(*id, instance, month);
                }
            }
            Op::OfApplicant(body) => {
                if let Some(applicant) = self.before.applicant(who) {
                    self.expr(*body, (Entity::Person, applicant), month);
                }
            }
            Op::Call { body, .. } => self.expr(*body, who, month),
            Op::At { value, shift } => self.expr(*value, who, month.plus(*shift)),
            Op::Round { value, quantum, .. } => {
                let rounding = Rounding { site: expr, value: *value, who, month };
                if rounding.jumps(self.before, self.after) {
                    self.jumped = true;
                    self.res.rounding = Some(rounding);
                    self.res.about.push(fr::rounding(*quantum));
                } else {
                    self.expr(*value, who, month);
                }
            }
            Op::If { condition, then, otherwise } => {
                let cells = self.cells(*condition, who, month);
                let arm =
                    |cell: Cell| cell.boolean().ok().map(|it| if it { *then } else { *otherwise });
                let arms = (arm(cells.0), arm(cells.1));
                self.cases(expr, arms, &[*condition], (who, month));
            }
            Op::Select { subject, arms } => self.select(expr, *subject, arms, (who, month)),
            Op::Aggregate(it) => {
                let persons = members(self.before.household, it.role, who);
                self.persons(&persons, it.filter, Some(it.body), month);
            }
            Op::Count { role, filter } | Op::Rank { role, filter } => {
                let persons = members(self.before.household, *role, who);
                self.persons(&persons, *filter, None, month);
            }
            Op::Over { window, body, .. } => self.months(*window, *body, who, month),
            Op::Compare(_, a, b) => {
                // A head count that is compared has its own reason to change.
                for side in [*a, *b] {
                    let ty = self.before.index.book.node(side).map(|it| it.ty);
                    let count =
                        matches!(ty, Some(Type::Number(it)) if it.flavour == Flavour::Persons);
                    if count && self.differs(side, who, month) {
                        return self.expr(side, who, month);
                    }
                }
            }
            Op::Table { keys, .. } => {
                self.jumped = true;
                self.furthest(keys, who, month);
            }
            op => {
                let children = law_ir::invariants::children(op);
                self.furthest(&children, who, month);
            }
        }
    }

    fn select(
        &mut self,
        expr: ExprId,
        subject: Option<ExprId>,
        arms: &[Arm],
        (who, month): (Who, Month),
    ) {
        let rank = |cell: Cell| usize::try_from(cell.number().ok()?.numerator()).ok();
        let before = rank(self.before.chosen_arm(subject, arms, who).at(month));
        let after = rank(self.after.chosen_arm(subject, arms, who).at(month));
        let value = |rank: Option<usize>| rank.and_then(|it| arms.get(it)).map(|it| it.value);
        let mut tests: Vec<ExprId> = subject.iter().copied().collect();
        tests.extend(arms.iter().filter_map(|it| match it.pattern {
            ArmPattern::When(condition) => Some(condition),
            _ => None,
        }));
        self.cases(expr, (value(before), value(after)), &tests, (who, month));
    }

    /// Of the operands, the one that moves most: truth values before numbers, products weighed by the
    /// other factor.
    fn furthest(&mut self, children: &[ExprId], who: Who, month: Month) {
        let mut best: Option<(ExprId, Option<Rational>)> = None;
        for child in children {
            if !self.differs(*child, who, month) {
                continue;
            }
            let size = self.size(*child, who, month);
            let further = match &best {
                None => true,
                Some((_, known)) => match (size, known) {
                    (None, known) => known.is_some(),
                    (Some(size), Some(known)) => size > *known,
                    (Some(_), None) => false,
                },
            };
            if further {
                best = Some((*child, size));
            }
        }
        if let Some((child, _)) = best {
            self.expr(child, who, month);
        }
    }

    /// Another case is taken. It makes the jump unless both give about the same: then the old one goes on.
    fn cases(
        &mut self,
        expr: ExprId,
        (old, new): (Option<ExprId>, Option<ExprId>),
        tests: &[ExprId],
        (who, month): (Who, Month),
    ) {
        let Some(old) = old else { return self.furthest(tests, who, month) };
        if Some(old) == new {
            return self.expr(old, who, month);
        }
        let whole = self.size(expr, who, month);
        let along = self.size(old, who, month);
        let smooth = whole.zip(along).is_some_and(|(whole, along)| {
            along.checked_add(along).is_some_and(|twice| twice > whole) && !whole.is_zero()
        });
        if smooth {
            self.expr(old, who, month);
        } else {
            self.jumped = true;
            tests.iter().for_each(|it| self.speak_of(*it));
            let counted = tests.iter().copied().filter(|it| self.is_logic(*it)).collect::<Vec<_>>();
            self.furthest(&counted, who, month);
        }
    }

    /// The names a test reads.
    fn speak_of(&mut self, test: ExprId) {
        let book = self.before.index.book;
        let about = &mut self.res.about;
        law_ir::invariants::visit(book, test, &mut |op| {
            let label = match op {
                Op::Rule(id) => book.rule(*id).map(|it| &it.label),
                Op::Param(id) => book.param(*id).map(|it| &it.label),
                Op::Input(id) => book.input(*id).map(|it| &it.label),
                _ => None,
            };
            about.extend(label.cloned());
        });
    }

    fn is_logic(&self, expr: ExprId) -> bool {
        self.before.index.book.node(expr).is_some_and(|it| match it.ty {
            Type::Bool | Type::Enum(_) => true,
            Type::Number(unit) => unit.flavour == Flavour::Persons,
            Type::Date | Type::Zero | Type::Unknown => false,
        })
    }

    fn persons(
        &mut self,
        persons: &[Instance],
        filter: Option<ExprId>,
        body: Option<ExprId>,
        month: Month,
    ) {
        for person in persons {
            let who = (Entity::Person, *person);
            if let Some(filter) = filter.filter(|it| self.differs(*it, who, month)) {
                self.jumped = true;
                return self.expr(filter, who, month);
            }
        }
        let Some(body) = body else { return };
        let mut best: Option<(Instance, Option<Rational>)> = None;
        for person in persons {
            let who = (Entity::Person, *person);
            if self.differs(body, who, month) {
                let size = self.size(body, who, month);
                if best.as_ref().is_none_or(|(_, known)| size > *known) {
                    best = Some((*person, size));
                }
            }
        }
        if let Some((person, _)) = best {
            self.expr(body, (Entity::Person, person), month);
        }
    }

    /// The month of a window that moves most.
    fn months(&mut self, window: WindowUse, body: ExprId, who: Who, month: Month) {
        let (first, last) = match window {
            WindowUse::Months { first, last } => (month.plus(first), month.plus(last)),
            WindowUse::Year { offset } => {
                let year = month.year().saturating_add(offset);
                (Month::of(year, 1), Month::of(year, 12))
            }
            WindowUse::Named(id) => {
                let version = self.before.index.book.window(id).and_then(|it| it.at(month));
                let Some((_, version)) = version else { return };
                (month.plus(version.value.0), month.plus(version.value.1))
            }
        };
        let mut best: Option<(Month, Option<Rational>)> = None;
        let mut at = last;
        while at >= first {
            if self.differs(body, who, at) {
                let size = self.size(body, who, at);
                if best.as_ref().is_none_or(|(_, known)| size > *known) {
                    best = Some((at, size));
                }
            }
            at = at.plus(-1);
        }
        if let Some((at, _)) = best {
            self.expr(body, who, at);
        }
    }
}

fn size(before: Cell, after: Cell) -> Option<Rational> {
    let gap = after.number().ok()?.checked_sub(before.number().ok()?)?;
    if gap.is_negative() { gap.checked_neg() } else { Some(gap) }
}
