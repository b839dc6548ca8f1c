//! Operations on several months or several persons.

use base::{Month, Rational};
use law_ir::{Aggregation, Entity, ExprId, Household, Instance, Reduce, Role, WindowUse};

use super::operations::broken;
use super::{Machine, Place};
use crate::interval::Interval;
use crate::known::Known;
use crate::shape::{Shape, Truth};

/// Somebody who may be among those that an aggregation walks over.
#[derive(Debug, Clone, Copy)]
struct Chosen {
    instance: Instance,
    /// Whether they are; undecided when it depends on missing facts.
    verdict: Known,
}

impl Chosen {
    fn surely(self) -> bool {
        self.verdict.shape.truth().is_some_and(|it| it.yes && !it.no)
    }
}

impl Machine<'_> {
    // ── months ────────────────────────────────────────────────────────────────────────────────────

    pub(super) fn over(
        &mut self,
        reduce: Reduce,
        window: WindowUse,
        body: ExprId,
        place: Place,
    ) -> Known {
        let Some((first, last)) = self.months(window, place.month) else { return Known::fault() };
        let mut values = Vec::new();
        let mut month = first;
        while month <= last {
            values.push((true, self.eval(body, Place { month, ..place })));
            month = month.plus(1);
        }
        self.reduce(reduce, &values, None)
    }

    pub(super) fn months(&self, window: WindowUse, month: Month) -> Option<(Month, Month)> {
        let (first, last) = match window {
            WindowUse::Months { first, last } => (first, last),
            WindowUse::Year { offset } => {
                let year = month.year().saturating_add(offset);
                return Some((Month::of(year, 1), Month::of(year, 12)));
            }
            WindowUse::Named(id) => {
                let (_, version) = self.book.window(id)?.at(month)?;
                version.value
            }
        };
        Some((month.plus(first), month.plus(last)))
    }

    // ── persons ───────────────────────────────────────────────────────────────────────────────────

    pub(super) fn aggregate(&mut self, it: &Aggregation, place: Place) -> Known {
        let chosen = self.chosen(it.role, it.filter, place);
        let mut values = Vec::new();
        let mut verdicts = Known::constant(Shape::zero());
        for person in &chosen {
            let at = Place { entity: Entity::Person, instance: person.instance, ..place };
            let surely = person.surely();
            let value = match it.filter {
                Some(filter) if !surely => {
                    self.under(&[(filter, true)], at, |machine| machine.eval(it.body, at))
                }
                _ => Some(self.eval(it.body, at)),
            };
            let Some(value) = value else { continue };
            let verdict =
                if surely { person.verdict } else { self.weighed(it.reduce, person, value) };
            verdicts = self.joined(verdicts, verdict, Shape::Number(Interval::ANY), false);
            values.push((surely, value));
        }
        let default = match it.default {
            Some(default) if !values.iter().any(|(surely, _)| *surely) => {
                Some(self.eval(default, place))
            }
            _ => None,
        };
        let res = self.reduce(it.reduce, &values, default);
        if verdicts.up == crate::sets::SetId::EMPTY
            && verdicts.down == crate::sets::SetId::EMPTY
            && !verdicts.faults
        {
            return res;
        }
        self.joined(res, verdicts, res.shape, false)
    }

    /// Which way the presence of somebody moves the result.
    fn weighed(&mut self, reduce: Reduce, person: &Chosen, value: Known) -> Known {
        let verdict = person.verdict;
        let interval = value.shape.interval();
        match reduce {
            Reduce::Any => verdict,
            Reduce::Sum if interval.is_some_and(Interval::never_negative) => verdict,
            Reduce::All => Known { up: verdict.down, down: verdict.up, ..verdict },
            Reduce::Sum if interval.is_some_and(Interval::never_positive) => {
                Known { up: verdict.down, down: verdict.up, ..verdict }
            }
            Reduce::Sum | Reduce::Mean | Reduce::Max | Reduce::Min => self.either_way(verdict),
        }
    }

    pub(super) fn count(&mut self, role: Role, filter: Option<ExprId>, place: Place) -> Known {
        let chosen = self.chosen(role, filter, place);
        let surely = chosen.iter().filter(|it| it.surely()).count();
        let shape = Shape::Number(Interval::whole(whole(surely), whole(chosen.len())));
        let mut res = Known::constant(shape);
        for person in chosen {
            res = self.joined(res, person.verdict, shape, false);
        }
        res
    }

    /// 1 for the eldest; 0 for somebody not counted.
    pub(super) fn rank(&mut self, role: Role, filter: Option<ExprId>, place: Place) -> Known {
        let Some(family) = self.household.project(place.entity, place.instance, Entity::Family)
        else {
            return Known::fault();
        };
        let at = Place { entity: Entity::Family, instance: family, ..place };
        let chosen = self.chosen(role, filter, at);
        let Some(birth) = self.book.birth_date else { return Known::fault() };
        let Some(own) = chosen.iter().position(|it| it.instance == place.instance) else {
            return self.counted_out(&chosen);
        };
        let mut all = Known::constant(Shape::Nothing);
        let mut dated = Vec::new();
        for person in &chosen {
            let born = Place { entity: Entity::Person, instance: person.instance, ..place };
            let born = self.input(birth, born);
            all = self.joined(all, born, Shape::Number(Interval::ANY), false);
            all = self.joined(all, person.verdict, Shape::Number(Interval::ANY), false);
            dated.push((person.surely(), born.shape.days()));
        }
        let (mut least, mut most) = (1_i32, 1_i32);
        let Some((surely, Some(mine))) = dated.get(own).copied() else { return broken(all) };
        for (rank, (counted, days)) in dated.iter().enumerate().filter(|(rank, _)| *rank != own) {
            let Some(days) = days else { return broken(all) };
            // Twins: the one declared first comes first.
            let (may, must) = if rank < own {
                (days.first <= mine.last, days.last <= mine.first)
            } else {
                (days.first < mine.last, days.last < mine.first)
            };
            most = most.saturating_add(i32::from(may));
            least = least.saturating_add(i32::from(must && *counted));
        }
        let least = if surely { least } else { 0 };
        let support = all.support(&mut self.sets);
        let shape = Shape::Number(Interval::whole(least, most));
        Known::new(shape, support, support, all.faults)
    }

    /// The rank of somebody who is surely not counted; the others are read all the same.
    fn counted_out(&mut self, chosen: &[Chosen]) -> Known {
        let mut res = Known::constant(Shape::zero());
        for person in chosen.iter().filter(|it| it.verdict.faults) {
            res = self.joined(res, person.verdict, res.shape, false);
        }
        res
    }

    /// Those of the role who may pass the filter, in order of declaration.
    fn chosen(&mut self, role: Role, filter: Option<ExprId>, place: Place) -> Vec<Chosen> {
        let mut res = Vec::new();
        for instance in members(self.household, role, place) {
            let verdict = match filter {
                Some(filter) => {
                    let person = Place { entity: Entity::Person, instance, ..place };
                    self.eval(filter, person)
                }
                None => Known::constant(Shape::Bool(Truth::certain(true))),
            };
            let truth = verdict.shape.truth();
            if truth.is_none_or(|it| it.yes) || verdict.faults {
                if truth.is_some_and(|it| it.yes && it.no) {
                    self.note_undecided(verdict);
                }
                res.push(Chosen { instance, verdict });
            }
        }
        res
    }

    // ── both ──────────────────────────────────────────────────────────────────────────────────────

    /// Each value with whether it is surely counted.
    fn reduce(
        &mut self,
        reduce: Reduce,
        values: &[(bool, Known)],
        default: Option<Known>,
    ) -> Known {
        let mut all = Known::constant(Shape::zero());
        for (_, value) in values {
            all = self.joined(all, *value, Shape::Number(Interval::ANY), false);
        }
        if let Some(default) = default {
            if values.is_empty() {
                return default;
            }
            all = self.joined(all, default, Shape::Number(Interval::ANY), false);
        }
        match reduce {
            Reduce::Any => self.settled(values, true, all),
            Reduce::All => self.settled(values, false, all),
            Reduce::Sum => match total(values) {
                Some(total) => Known::new(Shape::Number(total), all.up, all.down, all.faults),
                None => broken(all),
            },
            Reduce::Mean => self.mean(values, default, all),
            Reduce::Max => extreme(values, default, Interval::max, all),
            Reduce::Min => {
                // The least is the opposite of the greatest opposite.
                let turned = |it: &Known| Known {
                    shape: it.shape.interval().map_or(Shape::Nothing, |it| Shape::Number(it.neg())),
                    ..*it
                };
                let opposite: Vec<_> =
                    values.iter().map(|(surely, it)| (*surely, turned(it))).collect();
                let default = default.map(|it| turned(&it));
                let res = extreme(&opposite, default, Interval::max, all);
                Known { shape: turned(&res).shape, ..res }
            }
        }
    }

    /// `un … vérifie` is settled by one yes, `chacun … vérifie` by one no.
    fn settled(&mut self, values: &[(bool, Known)], settles: bool, all: Known) -> Known {
        let (mut surely, mut maybe) = (false, false);
        for (counted, value) in values {
            match value.shape.truth() {
                Some(truth) => {
                    maybe |= truth.allows(settles);
                    surely |= *counted && truth.decided() == Some(settles) && !value.faults;
                }
                None => maybe |= false,
            }
        }
        if surely {
            // Whatever the others are, faults included.
            return Known::constant(Shape::Bool(Truth::certain(settles)));
        }
        let stuck = values.iter().any(|(counted, it)| *counted && it.shape == Shape::Nothing);
        let (met, open) = (maybe, !stuck);
        let (yes, no) = if settles { (met, open) } else { (open, met) };
        Known::new(Shape::bool(Truth { yes, no }), all.up, all.down, all.faults)
    }

    fn mean(&mut self, values: &[(bool, Known)], default: Option<Known>, all: Known) -> Known {
        if values.iter().all(|(surely, _)| *surely) {
            let count = Rational::from(whole(values.len()));
            let mean = total(values).zip(Rational::ONE.checked_div(count));
            return match mean {
                Some((total, share)) => {
                    Known::new(Shape::Number(total.scale(share)), all.up, all.down, all.faults)
                }
                None => broken(all),
            };
        }
        // A mean of some of them lies between the least and the greatest.
        let shapes = values.iter().map(|(_, it)| it.shape).chain(default.map(|it| it.shape));
        let shape = shapes.reduce(Shape::hull).unwrap_or(Shape::Nothing);
        let nobody = default.is_none() && !values.iter().any(|(surely, _)| *surely);
        let support = all.support(&mut self.sets);
        Known::new(shape, support, support, all.faults || nobody)
    }
}

/// The sum, where those who may not be counted bring nothing or what they have.
fn total(values: &[(bool, Known)]) -> Option<Interval> {
    let naught = Interval::point(Rational::ZERO);
    values.iter().try_fold(naught, |sum, (surely, value)| {
        match value.shape.interval() {
            Some(value) => Some(sum.add(if *surely { value } else { value.hull(naught) })),
            // Somebody whose value cannot be, if counted: a fault, noted as such.
            None if !*surely => Some(sum),
            None => None,
        }
    })
}

/// The greatest; the default when nobody is counted.
fn extreme(
    values: &[(bool, Known)],
    default: Option<Known>,
    op: fn(Interval, Interval) -> Interval,
    all: Known,
) -> Known {
    let interval = |it: &Known| it.shape.interval();
    let mut sure: Option<Interval> = None;
    for (_, value) in values.iter().filter(|(surely, _)| *surely) {
        let Some(value) = interval(value) else { return broken(all) };
        sure = Some(sure.map_or(value, |it| op(it, value)));
    }
    let nobody = sure.is_none() && default.is_none();
    let mut res = sure.or_else(|| default.as_ref().and_then(interval));
    for (_, value) in values.iter().filter(|(surely, _)| !*surely) {
        let Some(value) = interval(value) else { continue };
        // With them, or without.
        res = Some(match (res, sure) {
            (Some(best), Some(_)) => best.hull(op(best, value)),
            (Some(best), None) => best.hull(value),
            (None, _) => value,
        });
    }
    match res {
        Some(res) => Known::new(Shape::Number(res), all.up, all.down, all.faults || nobody),
        None => broken(all),
    }
}

fn whole(count: usize) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// Those who have the role in the group, in order of declaration: the reference's reading of it.
pub(super) fn members(household: &Household, role: Role, place: Place) -> Vec<Instance> {
    let at = usize::from(place.instance);
    match place.entity {
        Entity::Person => Vec::new(),
        Entity::Family => {
            let Some(family) = household.families.get(at) else { return Vec::new() };
            let parents = std::iter::once(family.applicant).chain(family.partner);
            match role {
                Role::Parents => parents.collect(),
                Role::Children => family.children.clone(),
                Role::Members | Role::Declarants | Role::Dependants => {
                    parents.chain(family.children.iter().copied()).collect()
                }
            }
        }
        Entity::TaxHousehold => {
            let Some(taxed) = household.tax_households.get(at) else { return Vec::new() };
            match role {
                Role::Declarants => taxed.declarants.clone(),
                Role::Dependants => taxed.dependants.clone(),
                Role::Members | Role::Parents | Role::Children => {
                    taxed.declarants.iter().chain(&taxed.dependants).copied().collect()
                }
            }
        }
        Entity::Dwelling => {
            household.dwellings.get(at).map(|it| it.occupants.clone()).unwrap_or_default()
        }
    }
}
