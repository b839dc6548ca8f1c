//! The budget curve: what is available against earnings, rent or age, and where it jumps.

use base::{Month, Rational};
use law_columns::{Households, Plan, evaluate};
use law_ir::{Book, Entity, Household, InputId, Instance, RuleId, Value};

use crate::blame::{Blame, Effect, blame};
use crate::edit::set_always;
use crate::extend::{earnings, total};
use crate::project::{inputs_read, instances};
use crate::timeline::{Index, Timeline, of_inputs};
use crate::{fr, names};

/// What is moved, point after point. Everything else stays as it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Axis {
    /// Monthly net pay in euros, the same every month, past months included: the curve tells where somebody
    /// settles, not the months of transition. `taxable`: taxable euros for a net euro, because the rules
    /// read both figures of the pay slip (see [`TAXABLE`]).
    Earnings { person: Instance, taxable: Rational },
    /// Monthly rent in euros.
    Rent { dwelling: Instance },
    /// Age in years, in the month of the curve; a step of 1/12 is a month. Born on the first of a month.
    Age { person: Instance },
}

/// Taxable euros for a net euro of an ordinary salary under the social security ceiling, in thousandths:
/// the two differ by the CSG and CRDS that are not deducted, 2.9 % of 98.25 % of a gross pay of which
/// 79.16 % is left.
pub const TAXABLE: i64 = 1_036;

/// The axis of pay with the ordinary ratio of taxable pay.
impl Axis {
    pub fn earnings(person: Instance) -> Self {
        let taxable = Rational::new(i128::from(TAXABLE), 1000).unwrap_or(Rational::ONE);
        Self::Earnings { person, taxable }
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    pub from: Rational,
    pub to: Rational,
    /// INVARIANT: positive, or the curve has one point.
    pub step: Rational,
}

/// The most points of a curve.
pub const MOST_POINTS: usize = 20_000;

#[derive(Debug, Clone)]
pub struct Curve {
    pub axis: Axis,
    pub month: Month,
    /// The order of [`Point::aids`].
    pub aids: Vec<RuleId>,
    pub points: Vec<Point>,
    /// In order along the axis.
    pub jumps: Vec<Jump>,
    /// What the curve supposes, in French.
    pub hypotheses: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Point {
    pub at: Rational,
    /// All families and persons together; `None` when it cannot be told.
    pub aids: Vec<Option<Rational>>,
    /// Everybody's pay and benefits of insurance.
    pub earnings: Option<Rational>,
    /// Earnings and aids.
    pub available: Option<Rational>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JumpKind {
    /// More than 20 € are lost from one point to the next.
    Drop,
    /// Less is lost, but earning more leaves less: a marginal rate above 100 %.
    Rate,
}

/// Less is available at `at` than at the point before.
#[derive(Debug, Clone, PartialEq)]
pub struct Jump {
    pub kind: JumpKind,
    /// The point before.
    pub from: Rational,
    pub at: Rational,
    /// What is lost in all, in euros; positive.
    pub lost: Rational,
    /// Of what was added along the axis, the part that is lost or more: 1 is 100 %. Only for earnings.
    pub rate: Option<Rational>,
    /// The aid that falls most, and by how much.
    pub aid: RuleId,
    pub aid_lost: Rational,
    /// The rule that jumps: a case, a condition, a rounding.
    pub rule: Option<RuleId>,
    /// The condition of the aid that is no longer met.
    pub condition: Option<String>,
    /// Nothing jumps between the two points: the aid falls faster than what is added.
    pub smooth: bool,
    /// « Effet de seuil assumé »; `None`: nobody has assumed it.
    pub effect: Option<Effect>,
    /// In French.
    pub sentence: String,
}

/// Jumps with the same aid, rule and effect, told together: an amount that goes down a staircase.
#[derive(Debug, Clone, PartialEq)]
pub struct JumpGroup {
    pub aid: RuleId,
    pub rule: Option<RuleId>,
    pub condition: Option<String>,
    pub smooth: bool,
    pub effect: Option<Effect>,
    pub count: usize,
    /// From the first jump to the last.
    pub from: Rational,
    pub at: Rational,
    /// The largest.
    pub most_lost: Rational,
    /// In French; the sentence of the jump when there is only one.
    pub sentence: String,
}

impl Curve {
    /// The jumps, those that repeat told once; in order of the first of each.
    pub fn groups(&self, book: &Book) -> Vec<JumpGroup> {
        let mut res: Vec<JumpGroup> = Vec::new();
        for jump in &self.jumps {
            let same = |it: &&mut JumpGroup| {
                (it.aid, it.rule, it.smooth) == (jump.aid, jump.rule, jump.smooth)
                    && (&it.condition, &it.effect) == (&jump.condition, &jump.effect)
            };
            match res.iter_mut().find(same) {
                Some(group) => {
                    group.count = group.count.saturating_add(1);
                    group.at = jump.at;
                    group.most_lost = group.most_lost.max(jump.lost);
                }
                None => res.push(JumpGroup {
                    aid: jump.aid,
                    rule: jump.rule,
                    condition: jump.condition.clone(),
                    smooth: jump.smooth,
                    effect: jump.effect.clone(),
                    count: 1,
                    from: jump.from,
                    at: jump.at,
                    most_lost: jump.lost,
                    sentence: jump.sentence.clone(),
                }),
            }
        }
        for group in res.iter_mut().filter(|it| it.count > 1) {
            group.sentence = fr::jump_group(book, self.axis, group);
        }
        res
    }
}

/// Evaluates every point, and explains every jump.
pub fn curve(
    book: &Book,
    household: &Household,
    month: Month,
    aids: &[RuleId],
    axis: Axis,
    range: Range,
) -> Curve {
    let index = Index::new(book);
    let base = only_what_is_read(&index, household, aids);
    let abscissas = abscissas(range);
    let points = points(book, &base, month, aids, axis, &abscissas);
    let mut res = Curve {
        axis,
        month,
        aids: aids.to_vec(),
        points,
        jumps: Vec::new(),
        hypotheses: fr::curve_hypotheses(book, household, axis),
    };
    res.jumps = jumps(&index, &base, &res);
    res
}

fn abscissas(range: Range) -> Vec<Rational> {
    let mut res = vec![range.from];
    let mut at = range.from;
    while res.len() < MOST_POINTS && range.step > Rational::ZERO {
        let Some(next) = at.checked_add(range.step).filter(|it| *it <= range.to) else { break };
        res.push(next);
        at = next;
    }
    res
}

/// The facts that no rule of these aids reads are left out: they are not worth copying thousands of times.
fn only_what_is_read(index: &Index<'_>, household: &Household, aids: &[RuleId]) -> Household {
    let mut res = household.clone();
    res.facts.clear();
    let read = inputs_read(index, aids).map(|it| it.0);
    let told = names::EARNINGS.iter().filter_map(|it| index.book.input_named(it));
    for input in read.chain(told).collect::<Vec<_>>() {
        let Some(entity) = index.book.input(input).map(|it| it.entity) else { continue };
        for instance in instances(household, entity) {
            res.set_fact(input, instance, household.fact(input, instance).clone());
        }
    }
    res
}

/// Moves the household to a point of the axis.
fn move_to(book: &Book, household: &mut Household, month: Month, axis: Axis, at: Rational) {
    let mut set = |input: Option<InputId>, instance: Instance, value: Option<Value>| {
        if let (Some(input), Some(value)) = (input, value) {
            set_always(household, input, instance, value, fr::CURVE);
        }
    };
    match axis {
        Axis::Earnings { person, taxable } => {
            set(book.input_named(names::PAY), person, Some(Value::Number(at)));
            let taxed = at.checked_mul(taxable);
            set(book.input_named(names::TAXABLE_PAY), person, taxed.map(Value::Number));
        }
        Axis::Rent { dwelling } => {
            set(book.input_named(names::RENT), dwelling, Some(Value::Number(at)));
        }
        Axis::Age { person } => {
            let months = at.checked_mul(Rational::from(12));
            let months = months
                .and_then(|it| i32::try_from(it.numerator().checked_div(it.denominator())?).ok());
            let born = months.and_then(|it| month.plus(it.saturating_neg()).first_day());
            set(book.birth_date, person, born.map(Value::Date));
        }
    }
}

fn moved_inputs(book: &Book, axis: Axis) -> Vec<InputId> {
    let names: &[&str] = match axis {
        Axis::Earnings { .. } => &[names::PAY, names::TAXABLE_PAY],
        Axis::Rent { .. } => &[names::RENT],
        Axis::Age { .. } => return book.birth_date.into_iter().collect(),
    };
    names.iter().filter_map(|it| book.input_named(it)).collect()
}

fn points(
    book: &Book,
    household: &Household,
    month: Month,
    aids: &[RuleId],
    axis: Axis,
    abscissas: &[Rational],
) -> Vec<Point> {
    let mut household = household.clone();
    let mut columns = Households::new(book);
    let mut each = Vec::with_capacity(abscissas.len());
    for at in abscissas {
        move_to(book, &mut household, month, axis, *at);
        columns.push(&household);
        each.push(earnings(book, &household, month));
    }
    let plan = Plan::new(book, aids, &[month]);
    let answers = evaluate(&plan, book, &columns);
    let points = abscissas.iter().zip(each).enumerate();
    let points = points.map(|(rank, (at, earnings))| {
        let amounts = (0..aids.len()).map(|aid| {
            let cells = (0..answers.instances(aid, rank)).map(|it| answers.cell(0, aid, rank, it));
            total(cells.map(|it| it.and_then(|it| it.amount)))
        });
        let amounts: Vec<Option<Rational>> = amounts.collect();
        let available = total(amounts.iter().copied().chain([earnings]));
        Point { at: *at, aids: amounts, earnings, available }
    });
    points.collect()
}

fn jumps(index: &Index<'_>, household: &Household, curve: &Curve) -> Vec<Jump> {
    let mut res: Vec<Jump> = Vec::new();
    let months = (curve.month, curve.month);
    let mut base = Timeline::new(index, household, &curve.aids, months);
    for aid in &curve.aids {
        let entity = index.book.rule(*aid).map_or(Entity::Family, |it| it.entity);
        instances(household, entity).for_each(|it| drop(base.rule(*aid, it)));
    }
    let (mut low, mut high) = (household.clone(), household.clone());
    let mut last_found: Option<(Jump, Blame)> = None;
    let threshold = Rational::from(20);
    for (before, after) in curve.points.iter().zip(curve.points.iter().skip(1)) {
        let (Some(was), Some(is)) = (before.available, after.available) else { continue };
        let Some(lost) = was.checked_sub(is).filter(|it| *it > Rational::ZERO) else { continue };
        let earned = matches!(curve.axis, Axis::Earnings { .. });
        let kind = if lost > threshold { JumpKind::Drop } else { JumpKind::Rate };
        if kind == JumpKind::Rate && !earned {
            continue;
        }
        let added = after.at.checked_sub(before.at);
        // What was added came on top, and went too.
        let rate = added.filter(|_| earned).and_then(|it| it.checked_add(lost)?.checked_div(it));
        let falls = before.aids.iter().zip(&after.aids).zip(&curve.aids);
        let falls = falls.filter_map(|((was, is), aid)| Some(((*was)?.checked_sub((*is)?)?, *aid)));
        let Some((aid_lost, aid)) = falls.max_by_key(|it| it.0) else { continue };
        let mut jump = Jump {
            kind,
            from: before.at,
            at: after.at,
            lost,
            rate,
            aid,
            aid_lost,
            rule: None,
            condition: None,
            smooth: false,
            effect: None,
            sentence: String::new(),
        };
        if let Some(last) = res.last_mut().filter(|it| it.is_same_slope(&jump)) {
            last.extend(&jump);
            continue;
        }
        let found = explain(&base, (&mut low, &mut high), curve, &jump, last_found.as_ref());
        jump.tell(index.book, &found);
        last_found = Some((jump.clone(), found));
        match res.last_mut() {
            Some(last) if last.goes_on_with(&jump) => last.extend(&jump),
            _ => res.push(jump),
        }
    }
    for jump in &mut res {
        jump.sentence = fr::jump(index.book, curve.axis, jump);
    }
    res
}

impl Jump {
    /// A slope is told once, from its first point to its last.
    fn goes_on_with(&self, next: &Self) -> bool {
        self.smooth && next.smooth && self.at == next.from && self.aid == next.aid
    }

    /// The same aid falls again by the same amount, to the rounding: the slope that was found goes on.
    fn is_same_slope(&self, next: &Self) -> bool {
        let steps = self.at.checked_sub(self.from).zip(next.at.checked_sub(next.from));
        let mean = steps.and_then(|(far, step)| {
            self.aid_lost.checked_mul(step)?.checked_div(far)?.checked_sub(next.aid_lost)
        });
        let near = mean.is_some_and(|it| {
            let cents = Rational::from_cents(2);
            it <= cents && it.checked_neg().is_some_and(|it| it <= cents)
        });
        self.smooth && self.aid == next.aid && self.at == next.from && near
    }

    /// A step of about the same height.
    fn is_like(&self, next: &Self) -> bool {
        let thrice = |it: Rational| it.checked_mul(Rational::from(3));
        let far = |a: Rational, b: Rational| thrice(a).is_none_or(|it| b > it);
        !far(self.aid_lost, next.aid_lost) && !far(next.aid_lost, self.aid_lost)
    }

    fn tell(&mut self, book: &Book, found: &Blame) {
        self.rule = found.rule();
        self.condition = found.condition.and_then(|(aid, rank)| {
            let law_ir::RuleKind::Aid(info) = &book.rule(aid)?.kind else { return None };
            Some(info.conditions.get(rank)?.label.clone())
        });
        self.effect = found.effect(book);
        self.smooth = found.smooth;
    }

    fn extend(&mut self, next: &Self) {
        let sum = |a: Rational, b: Rational| a.checked_add(b).unwrap_or(a);
        self.at = next.at;
        self.lost = sum(self.lost, next.lost);
        self.aid_lost = sum(self.aid_lost, next.aid_lost);
        self.rate = self
            .at
            .checked_sub(self.from)
            .and_then(|added| added.checked_add(self.lost)?.checked_div(added));
    }
}

/// Finds what makes the aid fall. `base` is the line of some point of the curve: only what the axis moves is
/// worked out again. An amount that goes down a staircase has the same rounding to blame at each step: it is
/// tried before anything else.
fn explain(
    base: &Timeline<'_>,
    (low, high): (&mut Household, &mut Household),
    curve: &Curve,
    jump: &Jump,
    last: Option<&(Jump, Blame)>,
) -> Blame {
    let (book, month) = (base.index.book, curve.month);
    move_to(book, low, month, curve.axis, jump.from);
    move_to(book, high, month, curve.axis, jump.at);
    let leaves = of_inputs(moved_inputs(book, curve.axis));
    let (mut before, mut after) = (base.moved(low, leaves.clone()), base.moved(high, leaves));
    let entity = book.rule(jump.aid).map_or(Entity::Family, |it| it.entity);
    if let Some(last) = last.filter(|it| it.0.aid == jump.aid && base.household.count(entity) == 1)
        && last.1.rounding.is_some_and(|it| it.jumps(&mut before, &mut after))
        && last.0.is_like(jump)
    {
        return last.1.clone();
    }
    let falls = instances(base.household, entity).map(|instance| {
        let was = before.rule(jump.aid, instance).at(month).number().ok();
        let is = after.rule(jump.aid, instance).at(month).number().ok();
        (was.zip(is).and_then(|(was, is)| was.checked_sub(is)), instance)
    });
    let instance = falls.max().map_or(0, |it| it.1);
    blame(&mut before, &mut after, jump.aid, instance, month)
}
