//! Operations on one place: arithmetic, comparisons, choices.

use base::{Date, Month, Rational, Rounding};
use law_ir::{Comparison, ExprId, Membership, Nature, Op, ParamId, TableId, TableKey};

use super::{Key, Machine, Place};
use crate::interval::{End, Interval, Orders};
use crate::known::Known;
use crate::shape::{Days, Shape, Truth, one_case};

impl Machine<'_> {
    pub(super) fn operation(&mut self, op: &Op, place: Place) -> Known {
        match op {
            Op::Const(value) => Known::constant(self.cases.shape(*value)),
            Op::Param(id) => self.param(*id, place.month),
            Op::Table { table, keys } => self.table(*table, keys, place),
            Op::Input(id) => self.input(*id, place),
            Op::Rule(id) => self.rule(*id, place),
            Op::OfApplicant(body) => match self.applicant(place) {
                Some(applicant) => self.eval(*body, applicant),
                None => Known::fault(),
            },
            Op::Call { body, .. } => self.eval(*body, place),
            Op::Not(it) => {
                let it = self.eval(*it, place);
                let Some(truth) = it.shape.truth() else { return broken(it) };
                let shape = Shape::Bool(Truth { yes: truth.no, no: truth.yes });
                Known { shape, up: it.down, down: it.up, ..it }
            }
            Op::Neg(it) => {
                let it = self.eval(*it, place);
                let Some(interval) = it.shape.interval() else { return broken(it) };
                Known { shape: Shape::Number(interval.neg()), up: it.down, down: it.up, ..it }
            }
            Op::Add(a, b) => self.both(*a, *b, place, Interval::add),
            Op::Sub(a, b) => self.subtract(*a, *b, place),
            Op::Mul(a, b) => self.multiply(*a, *b, place),
            Op::Div(a, b) => self.divide(*a, *b, place),
            Op::Scale(it, scale) => {
                let it = self.eval(*it, place);
                let Some(interval) = it.shape.interval() else { return broken(it) };
                let shape = Shape::Number(interval.scale(*scale));
                let (up, down) = directed(it, !scale.is_negative());
                Known::new(shape, up, down, it.faults)
            }
            Op::Min(all) => self.extreme(all, place, Interval::min),
            Op::Max(all) => self.extreme(all, place, Interval::max),
            Op::Round { value, mode, quantum } => self.round(*value, *mode, *quantum, place),
            Op::Compare(comparison, a, b) => self.compare(*comparison, *a, *b, place),
            Op::And(a, b) => self.connect(*a, *b, place, false),
            Op::Or(a, b) => self.connect(*a, *b, place, true),
            Op::In(subject, cases) => {
                let it = self.eval(*subject, place);
                let Shape::Cases(mask) = it.shape else { return broken(it) };
                let among = cases.iter().fold(0, |all, case| all | self.cases.bit(*case));
                let yes = mask & among != 0;
                // The last bit stands for several cases: being in the list is then not sure.
                let no = mask & !among != 0 || (yes && mask >> 127 != 0);
                Known::new(Shape::Bool(Truth { yes, no }), it.up, it.down, it.faults)
            }
            Op::If { condition, then, otherwise } => {
                self.choose(*condition, *then, *otherwise, place)
            }
            Op::Select { subject, arms } => self.select(*subject, arms, place),
            Op::At { value, shift } => {
                self.eval(*value, Place { month: place.month.plus(*shift), ..place })
            }
            Op::Over { reduce, window, body } => self.over(*reduce, *window, *body, place),
            Op::Aggregate(it) => self.aggregate(it, place),
            Op::Count { role, filter } => self.count(*role, *filter, place),
            Op::Rank { role, filter } => self.rank(*role, *filter, place),
            Op::CurrentMonth => first_day(place.month),
            Op::Share | Op::IsParent | Op::IsChild | Op::IsApplicant | Op::TaxedElsewhere => {
                self.membership(op, place)
            }
            Op::MonthsSince(it) => self.since(*it, place, 1),
            Op::YearsSince(it) => self.since(*it, place, 12),
            Op::YearOf(it) => self.of_date(*it, place, |days| {
                Interval::whole(i32::from(days.first.year()), i32::from(days.last.year()))
            }),
            Op::MonthNumberOf(it) => self.month_number(*it, place),
            Op::FirstOfMonth(it) => self.first_of_month(*it, place),
        }
    }

    pub(super) fn applicant(&self, place: Place) -> Option<Place> {
        let to = law_ir::Entity::Family;
        let family = self.household.project(place.entity, place.instance, to)?;
        let instance = self.household.family(family)?.applicant;
        Some(Place { entity: law_ir::Entity::Person, instance, ..place })
    }

    fn membership(&mut self, op: &Op, place: Place) -> Known {
        let Some(person) = self.household.person(place.instance) else { return Known::fault() };
        let child = matches!(person.membership, Membership::Child { .. });
        let truth = |it| Shape::Bool(Truth::certain(it));
        Known::constant(match op {
            Op::Share => Shape::Number(Interval::point(match person.membership {
                Membership::Child { share } => share,
                Membership::Applicant | Membership::Partner => Rational::ONE,
            })),
            Op::IsApplicant => truth(person.membership == Membership::Applicant),
            Op::TaxedElsewhere => truth(person.tax_household.is_none()),
            Op::IsChild => truth(child),
            _ => truth(!child),
        })
    }

    // ── what is read ──────────────────────────────────────────────────────────────────────────────

    fn param(&mut self, id: ParamId, month: Month) -> Known {
        let value =
            self.book.param(id).and_then(|it| it.at(month)).and_then(|(_, version)| version.value);
        value.map_or_else(Known::fault, |it| Known::constant(self.cases.shape(it)))
    }

    /// Every cell that the keys may reach; a fault when they may fall outside.
    fn table(&mut self, id: TableId, keys: &[ExprId], place: Place) -> Known {
        let book = self.book;
        let mut keyed = Known::constant(Shape::Nothing);
        let mut shapes = Vec::new();
        for key in keys {
            let key = self.eval(*key, place);
            if key.shape == Shape::Nothing {
                return broken(key);
            }
            shapes.push(key.shape);
            let up = self.sets.union(keyed.up, key.up);
            let down = self.sets.union(keyed.down, key.down);
            keyed = Known { up, down, faults: keyed.faults || key.faults, ..keyed };
        }
        let version = book.table(id).and_then(|it| it.at(place.month)).map(|(_, it)| &it.value);
        let (Some(values), Some((row, rest))) = (version, shapes.split_first()) else {
            return broken(keyed);
        };
        let lines: Vec<_> = values.rows.iter().map(|(key, _)| *key).collect();
        let (rows, mut outside) = self.reached(&lines, *row);
        let columns = match rest.first() {
            None => vec![0],
            Some(column) => {
                let (columns, beyond) = self.reached(&values.columns, *column);
                outside |= beyond;
                columns
            }
        };
        let mut shape = Shape::Nothing;
        for row in rows {
            let Some((_, cells)) = values.rows.get(row) else { continue };
            for column in &columns {
                if let Some(value) = cells.get(*column) {
                    shape = shape.hull(self.cases.shape(*value));
                }
            }
        }
        let support = keyed.support(&mut self.sets);
        let faults = keyed.faults || outside || shape == Shape::Nothing;
        Known::new(shape, support, support, faults)
    }

    /// The lines of a table that a key may fall on, and whether it may fall on none.
    fn reached(&self, lines: &[TableKey], key: Shape) -> (Vec<usize>, bool) {
        let candidates = match key {
            Shape::Cases(mask) => {
                let mut rest = mask;
                let mut res = Vec::new();
                for (rank, line) in lines.iter().enumerate() {
                    let TableKey::Case(case) = line else { continue };
                    let bit = self.cases.bit(*case);
                    if mask & bit != 0 {
                        res.push(rank);
                        rest &= !bit;
                    }
                }
                return (res, rest != 0 || mask >> 127 != 0);
            }
            Shape::Number(interval) => interval,
            Shape::Bool(_) | Shape::Date(_) | Shape::Nothing => return (Vec::new(), true),
        };
        let number = |line: &TableKey| match line {
            TableKey::Number { value, and_more } => Some((*value, *and_more)),
            TableKey::Case(_) => None,
        };
        let hit = |line: &TableKey| {
            number(line).is_some_and(|(value, and_more)| {
                let more = Interval::at_least(End::open(value));
                candidates.contains(value) || (and_more && candidates.meet(more).is_some())
            })
        };
        let rows = lines.iter().enumerate().filter(|(_, line)| hit(line)).map(|(rank, _)| rank);
        (rows.collect(), !covered(lines.iter().filter_map(number), candidates))
    }

    // ── what is computed ──────────────────────────────────────────────────────────────────────────

    fn both(
        &mut self,
        a: ExprId,
        b: ExprId,
        place: Place,
        op: fn(Interval, Interval) -> Interval,
    ) -> Known {
        let (a, b) = (self.eval(a, place), self.eval(b, place));
        let shape = match (a.shape, b.shape) {
            (Shape::Number(x), Shape::Number(y)) => Shape::Number(op(x, y)),
            _ => Shape::Nothing,
        };
        self.joined(a, b, shape, false)
    }

    fn subtract(&mut self, a: ExprId, b: ExprId, place: Place) -> Known {
        let (a, b) = (self.eval(a, place), self.eval(b, place));
        let shape = match (a.shape, b.shape) {
            (Shape::Number(x), Shape::Number(y)) => Shape::Number(x.sub(y)),
            _ => Shape::Nothing,
        };
        self.joined(a, Known { up: b.down, down: b.up, ..b }, shape, false)
    }

    fn multiply(&mut self, a: ExprId, b: ExprId, place: Place) -> Known {
        let (a, b) = (self.eval(a, place), self.eval(b, place));
        let (Shape::Number(x), Shape::Number(y)) = (a.shape, b.shape) else {
            return self.joined(a, b, Shape::Nothing, false);
        };
        let a = self.multiplied(a, y);
        let b = self.multiplied(b, x);
        self.joined(a, b, Shape::Number(x.mul(y)), false)
    }

    /// Which way a value goes once it is multiplied by one of these numbers.
    fn multiplied(&mut self, it: Known, by: Interval) -> Known {
        if by.never_negative() {
            return it;
        }
        if by.never_positive() {
            return Known { up: it.down, down: it.up, ..it };
        }
        let support = self.sets.union(it.up, it.down);
        Known { up: support, down: support, ..it }
    }

    fn divide(&mut self, a: ExprId, divisor: ExprId, place: Place) -> Known {
        let (a, b) = (self.eval(a, place), self.eval(divisor, place));
        let (Shape::Number(x), Shape::Number(mut y)) = (a.shape, b.shape) else {
            return self.joined(a, b, Shape::Nothing, false);
        };
        if y.contains(Rational::ZERO) && y.as_point().is_none() {
            // Two limits of one scale never meet, though each alone may be the other.
            y = self.written_out(divisor, place).and_then(|it| it.meet(y)).unwrap_or(y);
            if y.contains(Rational::ZERO) {
                y = self.case_by_case(divisor, place, b).and_then(|it| it.meet(y)).unwrap_or(y);
            }
        }
        let Some((shape, zero)) = x.div(y) else {
            return self.joined(a, b, Shape::Nothing, true);
        };
        let one_sign = y.never_negative() || y.never_positive();
        let a = self.multiplied(a, y);
        // One over the divisor falls as the divisor grows, on either side of zero.
        let b = if one_sign {
            let inverse = Known { up: b.down, down: b.up, ..b };
            self.multiplied(inverse, x)
        } else {
            let support = self.sets.union(b.up, b.down);
            Known { up: support, down: support, ..b }
        };
        self.joined(a, b, Shape::Number(shape), zero)
    }

    /// The numbers that the expression takes for each case of the first listed fact it depends on.
    fn case_by_case(&mut self, expr: ExprId, place: Place, known: Known) -> Option<Interval> {
        let support = known.support(&mut self.sets);
        let atoms = self.sets.elements(support).into_iter().filter_map(|it| self.atom(it));
        let listed = atoms.filter_map(|atom| {
            let input = atom.input?;
            let Shape::Cases(mask) = self.domain(input)? else { return None };
            Some((input, atom.instance, mask))
        });
        let (input, instance, mask) = listed.into_iter().next()?;
        let permanent = self.book.input(input)?.nature == Nature::Permanent;
        let key = Key::Fact { input, instance, month: (!permanent).then_some(place.month) };
        let mut res: Option<Interval> = None;
        for bit in (0..128).map(|bit| 1_u128 << bit).filter(|bit| mask & bit != 0) {
            let found = self.knowing(key, Shape::Cases(bit), |it| {
                let wide = it.eval(expr, place).shape.interval().unwrap_or(Interval::ANY);
                let narrow = it.written_out(expr, place).and_then(|it| it.meet(wide));
                Known::constant(Shape::Number(narrow.unwrap_or(wide)))
            });
            let Some(found) = found.and_then(|it| it.shape.interval()) else { continue };
            res = Some(res.map_or(found, |it| it.hull(found)));
        }
        res
    }

    fn extreme(
        &mut self,
        all: &[ExprId],
        place: Place,
        op: fn(Interval, Interval) -> Interval,
    ) -> Known {
        let mut known: Option<Known> = None;
        for expr in all {
            let next = self.eval(*expr, place);
            known = Some(match known {
                None => next,
                Some(best) => {
                    let shape = match (best.shape, next.shape) {
                        (Shape::Number(x), Shape::Number(y)) => Shape::Number(op(x, y)),
                        _ => Shape::Nothing,
                    };
                    self.extreme_of(best, next, shape)
                }
            });
        }
        known.unwrap_or_else(Known::fault)
    }

    /// The one that is sure to win is the only one that counts.
    fn extreme_of(&mut self, best: Known, next: Known, shape: Shape) -> Known {
        if !best.faults && !next.faults {
            let apart = best.shape.never_below(next.shape) || next.shape.never_below(best.shape);
            if apart && shape == best.shape {
                return best;
            }
            if apart && shape == next.shape {
                return next;
            }
        }
        self.joined(best, next, shape, false)
    }

    fn round(&mut self, value: ExprId, mode: Rounding, quantum: Rational, place: Place) -> Known {
        let it = self.eval(value, place);
        let Some(interval) = it.shape.interval() else { return broken(it) };
        Known::new(Shape::Number(interval.round(quantum, mode)), it.up, it.down, it.faults)
    }

    pub(super) fn compare(
        &mut self,
        comparison: Comparison,
        a: ExprId,
        b: ExprId,
        place: Place,
    ) -> Known {
        let (a, b) = (self.eval(a, place), self.eval(b, place));
        self.compared(comparison, a, b)
    }

    pub(super) fn compared(&mut self, comparison: Comparison, a: Known, b: Known) -> Known {
        let Some(orders) = orders(a.shape, b.shape) else {
            return self.joined(a, b, Shape::Nothing, true);
        };
        let truth = match comparison {
            Comparison::Eq => Truth { yes: orders.equal, no: orders.less || orders.greater },
            Comparison::Ne => Truth { yes: orders.less || orders.greater, no: orders.equal },
            Comparison::Lt => Truth { yes: orders.less, no: orders.equal || orders.greater },
            Comparison::Le => Truth { yes: orders.less || orders.equal, no: orders.greater },
            Comparison::Gt => Truth { yes: orders.greater, no: orders.less || orders.equal },
            Comparison::Ge => Truth { yes: orders.greater || orders.equal, no: orders.less },
        };
        // Which of the two must grow for the answer to become yes; none when only equality decides.
        let growing = match (comparison, orders.less, orders.greater) {
            (Comparison::Gt | Comparison::Ge, _, _) => Some(true),
            (Comparison::Lt | Comparison::Le, _, _) => Some(false),
            (Comparison::Eq, true, false) | (Comparison::Ne, false, true) => Some(true),
            (Comparison::Eq, false, true) | (Comparison::Ne, true, false) => Some(false),
            (Comparison::Eq | Comparison::Ne, _, _) => None,
        };
        let turned = |it: Known| Known { up: it.down, down: it.up, ..it };
        let (a, b) = match growing {
            Some(true) => (a, turned(b)),
            Some(false) => (turned(a), b),
            None => (self.either_way(a), self.either_way(b)),
        };
        self.joined(a, b, Shape::bool(truth), false)
    }

    pub(super) fn either_way(&mut self, it: Known) -> Known {
        let support = self.sets.union(it.up, it.down);
        Known { up: support, down: support, ..it }
    }

    // ── dates ─────────────────────────────────────────────────────────────────────────────────────

    fn since(&mut self, date: ExprId, place: Place, months: i32) -> Known {
        let whole = |day: Date| day.months_until(place.month).div_euclid(months);
        let it =
            self.of_date(date, place, |days| Interval::whole(whole(days.last), whole(days.first)));
        Known { up: it.down, down: it.up, ..it }
    }

    fn of_date(&mut self, date: ExprId, place: Place, op: impl Fn(Days) -> Interval) -> Known {
        let it = self.eval(date, place);
        let Some(days) = it.shape.days() else { return broken(it) };
        Known::new(Shape::Number(op(days)), it.up, it.down, it.faults)
    }

    fn month_number(&mut self, date: ExprId, place: Place) -> Known {
        let it = self.eval(date, place);
        let Some(days) = it.shape.days() else { return broken(it) };
        let number = |day: Date| i32::from(day.month_of_year());
        if days.first.year() == days.last.year() {
            let shape = Shape::Number(Interval::whole(number(days.first), number(days.last)));
            return Known::new(shape, it.up, it.down, it.faults);
        }
        let it = self.either_way(it);
        Known::new(Shape::Number(Interval::whole(1, 12)), it.up, it.down, it.faults)
    }

    fn first_of_month(&mut self, date: ExprId, place: Place) -> Known {
        let it = self.eval(date, place);
        let Some(days) = it.shape.days() else { return broken(it) };
        let ends = days.first.month().first_day().zip(days.last.month().first_day());
        let Some((first, last)) = ends else { return broken(it) };
        Known::new(Shape::Date(Days { first, last }), it.up, it.down, it.faults)
    }
}

/// What has no value because this has none.
pub(super) fn broken(it: Known) -> Known {
    Known { shape: Shape::Nothing, faults: true, ..it }
}

fn first_day(month: Month) -> Known {
    month.first_day().map_or_else(Known::fault, |it| Known::constant(Shape::Date(Days::one(it))))
}

fn directed(it: Known, same: bool) -> (crate::sets::SetId, crate::sets::SetId) {
    if same { (it.up, it.down) } else { (it.down, it.up) }
}

/// How two values may compare; `None` for values that do not.
fn orders(a: Shape, b: Shape) -> Option<Orders> {
    match (a, b) {
        (Shape::Number(a), Shape::Number(b)) => Some(a.orders(b)),
        (Shape::Date(a), Shape::Date(b)) => Some(Orders {
            less: a.first < b.last,
            equal: a.first <= b.last && b.first <= a.last,
            greater: a.last > b.first,
        }),
        (Shape::Bool(a), Shape::Bool(b)) => Some(Orders {
            less: a.no && b.yes,
            equal: (a.yes && b.yes) || (a.no && b.no),
            greater: a.yes && b.no,
        }),
        (Shape::Cases(a), Shape::Cases(b)) => {
            let differ = a != b || !one_case(a);
            Some(Orders { less: differ, equal: a & b != 0, greater: differ })
        }
        _ => None,
    }
}

/// Whether every whole number of the interval has a line; numbers that may be fractions never have.
fn covered(lines: impl Iterator<Item = (Rational, bool)>, keys: Interval) -> bool {
    let lines: Vec<_> = lines.collect();
    let on = |key: Rational| {
        lines.iter().any(|(value, and_more)| key == *value || (*and_more && key > *value))
    };
    if let Some(key) = keys.as_point() {
        return on(key);
    }
    let more = lines.iter().filter(|(_, and_more)| *and_more).map(|(value, _)| *value).min();
    let Some(low) = keys.lo() else { return false };
    if more.is_some_and(|it| it <= low.value) {
        return true;
    }
    let high = match (keys.hi(), more) {
        (Some(high), Some(more)) => high.value.min(more),
        (Some(high), None) => high.value,
        (None, Some(more)) => more,
        (None, None) => return false,
    };
    if !keys.is_whole() {
        return false;
    }
    let mut key = low.value;
    for _ in 0..=lines.len() {
        if key > high {
            return true;
        }
        if !on(key) {
            return false;
        }
        match key.checked_add(Rational::ONE) {
            Some(next) => key = next,
            None => return false,
        }
    }
    false
}
