//! From persons to groups and back.

use law_ir::{Entity, Reduce, Role};

use crate::chunk::{Chunk, Projection};
use crate::column::{Column, Data, FAULT, KNOWN, MISSING, Numbers, common_den};
use crate::households::{Lists, NOBODY};
use crate::kernels::bools::{self, Codes, FALSE, TRUE, UNSURE};
use crate::kernels::numbers::small_bounds;
use crate::kernels::view::{self, NumberView, States, Values, View, states, values};
use crate::op::Op;
use crate::plan::Node;
use crate::scalar::{self, Scalar, Stop};

/// Each row of `to` reads its row of `from`.
pub(crate) fn project(it: &Column, from: Entity, to: Entity, chunk: &Chunk) -> Column {
    match chunk.projection(from, to) {
        None => Column::same(Scalar::Missing),
        Some(Projection::One(rows)) => gather(it, rows),
        Some(through @ Projection::Two(..)) => gather(it, &through.rows()),
    }
}

/// Each family reads its applicant.
pub(crate) fn applicant(it: &Column, chunk: &Chunk) -> Column {
    gather(it, &chunk.applicant_of)
}

/// Each row takes the value of another; nobody's is missing.
fn gather(it: &Column, rows: &[u32]) -> Column {
    fn each<T: Copy + Default>(values: &[T], rows: &[u32]) -> Vec<T> {
        rows.iter().map(|row| values.get(*row as usize).copied().unwrap_or_default()).collect()
    }
    let nobody = rows.contains(&NOBODY);
    if it.as_same().is_some() && !nobody {
        return it.clone();
    }
    let states = states(it);
    let state = (nobody || it.state.is_some()).then(|| {
        let state = |row: &u32| if *row == NOBODY { MISSING } else { states.at(*row as usize) };
        rows.iter().map(state).collect()
    });
    let data = match &it.data {
        Data::Same(_) | Data::Wide(_) | Data::Slow(_) => {
            let read =
                |row: &u32| if *row == NOBODY { Scalar::Missing } else { it.get(*row as usize) };
            return Column::from_scalars(rows.iter().map(read).collect());
        }
        Data::Bools(it) => Data::Bools(each(it, rows)),
        Data::Dates(it) => Data::Dates(each(it, rows)),
        Data::Cases(it) => Data::Cases(each(it, rows)),
        Data::Numbers(it) => Data::Numbers(Numbers { nums: each(&it.nums, rows), ..*it }),
    };
    Column::new(data, state)
}

/// An aggregation or a count, on each group.
pub(crate) fn aggregate(node: &Node, args: &[&Column], chunk: &Chunk) -> Column {
    let Some(entity) = node.axis else { return Column::same(Scalar::Fault) };
    let (role, has_filter) = match node.op {
        Op::Aggregate { role, filter, .. } | Op::Count { role, filter } => (role, filter),
        _ => return Column::same(Scalar::Fault),
    };
    let (filter, rest) = match args.split_first() {
        Some((filter, rest)) if has_filter => (Some(*filter), rest),
        _ => (None, args),
    };
    let filter = filter.filter(|it| it.as_same() != Some(Scalar::bool(true)));
    let (body, default) = (rest.first().copied(), rest.get(1).copied());
    let none = Lists { ends: vec![0; chunk.count(entity)], members: Vec::new() };
    let lists = chunk.list(entity, role).unwrap_or(&none);
    let group = Grouped { lists, filter, body, default };
    group.fast(&node.op).unwrap_or_else(|| group.slow(&node.op))
}

/// The persons of each group who pass the filter, and what is read of them.
struct Grouped<'a> {
    lists: &'a Lists,
    filter: Option<&'a Column>,
    body: Option<&'a Column>,
    default: Option<&'a Column>,
}

/// The persons of the group who pass the filter, or the worst of what stops it.
fn chosen(members: &[u32], filter: Option<&Column>) -> Result<Vec<usize>, Stop> {
    let mut res = Vec::with_capacity(members.len());
    let mut stopped = None;
    for person in members {
        let person = *person as usize;
        match filter.map_or(Ok(true), |it| it.get(person).truth()) {
            Ok(true) => res.push(person),
            Ok(false) => {}
            Err(stop) => stopped = stopped.max(Some(stop)),
        }
    }
    stopped.map_or(Ok(res), Err)
}

impl Grouped<'_> {
    fn slow(&self, op: &Op) -> Column {
        let of_group = |group: usize| {
            let persons = match chosen(self.lists.of(group), self.filter) {
                Ok(persons) => persons,
                Err(stop) => return stop.scalar(),
            };
            match (op, self.body, self.default) {
                (Op::Aggregate { .. }, _, Some(default)) if persons.is_empty() => {
                    default.get(group)
                }
                (Op::Aggregate { reduce, .. }, Some(body), _) => {
                    let values: Vec<Scalar> = persons.into_iter().map(|it| body.get(it)).collect();
                    scalar::reduced(*reduce, &values)
                }
                _ => Scalar::count(persons.len()),
            }
        };
        Column::from_scalars((0..self.lists.ends.len()).map(of_group).collect())
    }

    /// Integers all along; `None` where that is not known to be exact.
    fn fast(&self, op: &Op) -> Option<Column> {
        let filter = match self.filter {
            Some(it) => Some(bools::codes(it)?),
            None => None,
        };
        // Whom the filter keeps: 1; drops: 0; cannot tell: more.
        let filter = filter.as_ref().map_or(View::One(TRUE), Codes::view);
        match op {
            Op::Count { .. } => Some(self.count(filter)),
            Op::Aggregate { reduce: Reduce::Sum, .. } => self.sum(filter),
            Op::Aggregate { reduce: Reduce::Any, .. } if self.default.is_none() => {
                self.settled(filter, TRUE)
            }
            Op::Aggregate { reduce: Reduce::All, .. } if self.default.is_none() => {
                self.settled(filter, FALSE)
            }
            Op::Aggregate { reduce: Reduce::Max, .. } => self.extreme(filter, true),
            Op::Aggregate { reduce: Reduce::Min, .. } => self.extreme(filter, false),
            _ => None,
        }
    }

    /// Folds each group; a person the filter cannot tell gives the worst such code instead.
    fn fold<T: Copy>(
        &self,
        filter: View<'_, u8>,
        start: T,
        mut step: impl FnMut(T, usize) -> T,
    ) -> (Vec<T>, Option<Vec<u8>>) {
        if let View::One(TRUE) = filter {
            return (self.fold_all(start, step), None);
        }
        let mut res = Vec::with_capacity(self.lists.ends.len());
        let mut stopped: Option<Vec<u8>> = None;
        let mut at = 0usize;
        for (group, end) in self.lists.ends.iter().enumerate() {
            let end = *end as usize;
            let mut value = start;
            let mut unsure = KNOWN;
            for person in self.lists.members.get(at..end).unwrap_or_default() {
                let person = *person as usize;
                let kept = match filter {
                    View::One(it) => it,
                    View::Each(each) => each.get(person).copied().unwrap_or(bools::WRONG),
                };
                if kept == TRUE {
                    value = step(value, person);
                } else if kept != FALSE {
                    unsure = unsure.max(if kept == UNSURE { MISSING } else { FAULT });
                }
            }
            if unsure != KNOWN {
                let stopped = stopped.get_or_insert_with(|| vec![KNOWN; self.lists.ends.len()]);
                if let Some(slot) = stopped.get_mut(group) {
                    *slot = unsure;
                }
            }
            res.push(value);
            at = end;
        }
        (res, stopped)
    }

    /// Folds each group, nobody left aside.
    fn fold_all<T: Copy>(&self, start: T, mut step: impl FnMut(T, usize) -> T) -> Vec<T> {
        let mut members = self.lists.members.iter();
        let mut before = 0u32;
        let of_group = |end: &u32| {
            let count = end.saturating_sub(before) as usize;
            before = *end;
            let own = members.as_slice().get(..count).unwrap_or_default();
            members = members.as_slice().get(count..).unwrap_or_default().iter();
            own.iter().fold(start, |value, person| step(value, *person as usize))
        };
        self.lists.ends.iter().map(of_group).collect()
    }

    fn count(&self, filter: View<'_, u8>) -> Column {
        let (nums, state) = self.fold(filter, 0i64, |count, _| count.wrapping_add(1));
        view::numbers(Numbers::hull(1, nums), state)
    }

    /// Without a default, or where nobody is left alone with it.
    fn alone(&self, filter: View<'_, u8>) -> bool {
        self.default.is_some() && {
            let (counts, _) = self.fold(filter, 0u32, |count, _| count.wrapping_add(1));
            counts.contains(&0)
        }
    }

    fn sum(&self, filter: View<'_, u8>) -> Option<Column> {
        if self.alone(filter) {
            return None;
        }
        let body = self.body?;
        let Values::Numbers(it) = values(body)? else { return None };
        let most =
            self.lists.ends.iter().fold((0u32, 0u32), |(most, before), end| {
                (most.max(end.saturating_sub(before)), *end)
            });
        let most = i128::from(most.0);
        let (low, high) =
            small_bounds((i128::from(it.low) * most).min(0), (i128::from(it.high) * most).max(0))?;
        let (nums, mut state) = match it.nums {
            View::One(num) => self.fold(filter, 0i64, |sum, _| sum.wrapping_add(num)),
            View::Each(nums) => self.fold(filter, 0i64, |sum, person| {
                sum.wrapping_add(nums.get(person).copied().unwrap_or(0))
            }),
        };
        self.add_stops(body, filter, &mut state);
        let numbers = Numbers { den: it.den, low, high, nums };
        let tight = Numbers::hull(numbers.den, numbers.nums);
        Some(view::numbers(tight, state))
    }

    /// What stops the persons who are kept stops the group.
    fn add_stops(&self, body: &Column, filter: View<'_, u8>, state: &mut Option<Vec<u8>>) {
        let States::Each(own) = states(body) else { return };
        let worst = |worst: u8, person: usize| worst.max(own.get(person).copied().unwrap_or(FAULT));
        let (each, _) = self.fold(filter, KNOWN, worst);
        match state {
            None => *state = Some(each),
            Some(state) => {
                // A filter that cannot tell stops before anything is read.
                for (slot, it) in state.iter_mut().zip(each) {
                    if *slot == KNOWN {
                        *slot = it;
                    }
                }
            }
        }
    }

    fn settled(&self, filter: View<'_, u8>, settles: u8) -> Option<Column> {
        let body = bools::codes(self.body?)?;
        let start = 1 - settles;
        let (mut each, state) = match body.view() {
            // True or false: the largest of them, or the smallest.
            View::Each(codes) if matches!(body, Codes::Bools(_)) => {
                self.fold(filter, start, |worst, person| {
                    let it = codes.get(person).copied().unwrap_or(start);
                    if settles == TRUE { worst | it } else { worst & it }
                })
            }
            View::One(it) => self.fold(filter, start, |worst, _| bools::worst(worst, it, settles)),
            View::Each(codes) => self.fold(filter, start, |worst, person| {
                let it = codes.get(person).copied().unwrap_or(bools::WRONG);
                bools::worst(worst, it, settles)
            }),
        };
        if let Some(state) = state {
            for (code, state) in each.iter_mut().zip(state) {
                match state {
                    KNOWN => {}
                    MISSING => *code = UNSURE,
                    _ => *code = bools::WRONG,
                }
            }
        }
        Some(bools::column(each))
    }

    fn extreme(&self, filter: View<'_, u8>, largest: bool) -> Option<Column> {
        let body = self.body?;
        let Values::Numbers(it) = values(body)? else { return None };
        if body.state.is_some() {
            return None;
        }
        let at = |person: usize| match it.nums {
            View::One(num) => num,
            View::Each(nums) => nums.get(person).copied().unwrap_or(0),
        };
        let (each, state) = self.fold(filter, None, |best: Option<i64>, person| {
            let num = at(person);
            Some(match best {
                None => num,
                Some(best) if largest => best.max(num),
                Some(best) => best.min(num),
            })
        });
        if state.is_some() {
            return None;
        }
        let default = match self.default {
            Some(default) if each.contains(&None) => {
                let Values::Numbers(default) = values(default)? else { return None };
                default
            }
            _ if each.contains(&None) => return None,
            _ => NumberView { den: 1, low: 0, high: 0, nums: View::One(0) },
        };
        let default_state = self.default.is_some_and(|it| it.state.is_some());
        if default_state {
            return None;
        }
        let den = common_den(it.den, default.den)?;
        let (own, other) = (den.checked_div(it.den)?, den.checked_div(default.den)?);
        let mut nums = Vec::with_capacity(each.len());
        for (group, best) in each.into_iter().enumerate() {
            nums.push(match (best, default.nums) {
                (Some(num), _) => num.checked_mul(own)?,
                (None, View::One(num)) => num.checked_mul(other)?,
                (None, View::Each(nums)) => nums.get(group)?.checked_mul(other)?,
            });
        }
        let numbers = Numbers::hull(den, nums);
        small_bounds(i128::from(numbers.low), i128::from(numbers.high))?;
        Some(view::numbers(numbers, None))
    }
}

/// 1 for the eldest of the family: by birth date, then in order of declaration; 0 for who is not counted.
pub(crate) fn rank(role: Role, has_filter: bool, args: &[&Column], chunk: &Chunk) -> Column {
    let (filter, birth) = match args {
        [filter, birth] if has_filter => (Some(*filter), *birth),
        [birth] if !has_filter => (None, *birth),
        _ => return Column::same(Scalar::Fault),
    };
    if let Some(column) = fast_rank(role, filter, birth, chunk) {
        return column;
    }
    let of_person = |(person, family): (usize, &u32)| {
        let family = *family as usize;
        let members = chunk.list(Entity::Family, role).map(|it| it.of(family)).unwrap_or_default();
        match chosen(members, filter) {
            Ok(persons) => rank_among(person, &persons, |it| birth.get(it)),
            Err(stop) => stop.scalar(),
        }
    };
    let ranks = chunk.family_of.iter().enumerate().map(of_person);
    Column::from_scalars(ranks.collect())
}

/// The same when everything is known.
fn fast_rank(role: Role, filter: Option<&Column>, birth: &Column, chunk: &Chunk) -> Option<Column> {
    let Values::Dates(View::Each(born)) = values(birth)? else { return None };
    let filter = match filter.map(bools::codes) {
        None => None,
        Some(Some(Codes::Bools(each))) => Some(each),
        Some(_) => return None,
    };
    if birth.state.is_some() {
        return None;
    }
    let lists = chunk.list(Entity::Family, role)?;
    let kept = |person: &u32| {
        filter.is_none_or(|it| it.get(*person as usize).copied().unwrap_or(FALSE) == TRUE)
    };
    let mut ranks = vec![0i64; chunk.family_of.len()];
    for family in 0..lists.ends.len() {
        let members = lists.of(family);
        for (at, person) in members.iter().enumerate().filter(|(_, it)| kept(it)) {
            let own = born.get(*person as usize)?;
            let before = members.iter().enumerate().filter(|(other, it)| {
                kept(it)
                    && born
                        .get(**it as usize)
                        .is_some_and(|it| it < own || (it == own && *other < at))
            });
            let rank = i64::try_from(before.count()).ok()?.checked_add(1)?;
            let here = u32::try_from(family).ok()?;
            if chunk.family_of.get(*person as usize) == Some(&here)
                && let Some(slot) = ranks.get_mut(*person as usize)
            {
                *slot = rank;
            }
        }
    }
    Some(view::numbers(Numbers::hull(1, ranks), None))
}

/// The rank by birth date of a person among others.
fn rank_among(person: usize, persons: &[usize], birth: impl Fn(usize) -> Scalar) -> Scalar {
    if !persons.contains(&person) {
        return Scalar::whole(0);
    }
    let mut dated = Vec::with_capacity(persons.len());
    let mut stopped = None;
    for other in persons {
        match birth(*other) {
            Scalar::Known(law_ir::Value::Date(born)) => dated.push((born, *other)),
            Scalar::Missing => stopped = stopped.max(Some(Stop::Missing)),
            Scalar::Known(_) | Scalar::Fault => return Scalar::Fault,
        }
    }
    if let Some(stop) = stopped {
        return stop.scalar();
    }
    dated.sort_by_key(|(born, _)| *born);
    let before = dated.iter().position(|(_, it)| *it == person);
    Scalar::count(before.map_or(0, |it| it.saturating_add(1)))
}
