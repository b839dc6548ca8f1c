//! The facts of a chunk, from histories to a column for each month that is read.

use std::rc::Rc;

use law_ir::InputId;

use crate::chunk::Chunk;
use crate::column::{Column, Data, KNOWN, MISSING, Numbers};
use crate::facts::{CENTS, FactColumn, Kind, Point, gcd, month_rank};
use crate::households::Households;
use crate::plan::{NodeId, Plan};
use crate::scalar::Scalar;

/// One month of one fact.
#[derive(Debug, Default, Clone)]
struct Lane {
    values: Vec<i64>,
    /// Empty: all known.
    state: Vec<u8>,
}

/// From that lane on, the row is something else.
struct Change {
    lane: usize,
    row: usize,
    to: Point,
}

/// The columns of a fact, in all the months the plan reads it in. Months that are equal share one.
pub(crate) fn months(
    plan: &Plan,
    households: &Households,
    chunk: &Chunk,
    input: InputId,
) -> Vec<(NodeId, Rc<Column>)> {
    let Some(reads) = plan.reads.get(&input) else { return Vec::new() };
    let months: Vec<i32> = reads.iter().map(|(month, _)| month_rank(*month)).collect();
    let axis = reads.first().and_then(|(_, id)| plan.node(*id)).and_then(|it| it.axis);
    let (Some(axis), Some(first), Some(last)) = (axis, months.first(), months.last()) else {
        return Vec::new();
    };
    let missing = Rc::new(Column::same(Scalar::Missing));
    let everywhere = |it: &Rc<Column>| reads.iter().map(|(_, id)| (*id, Rc::clone(it))).collect();
    let Some(facts) = households.facts.get(input.index()) else { return everywhere(&missing) };
    if let Some((value, from, until)) = facts.all(households.rows(axis))
        && ((from <= *first && until >= *last) || from > *last)
    {
        let value = facts.value(value).filter(|_| from <= *first);
        let value = value.map_or(Scalar::Missing, Scalar::Known);
        return everywhere(&Rc::new(Column::same(value)));
    }
    let (mut lane, changes) = first_lane(facts, chunk.rows(axis), &months);
    let mut changes = changes.into_iter().peekable();
    let mut column: Option<Rc<Column>> = None;
    let mut res = Vec::with_capacity(reads.len());
    for (at, ((_, id), month)) in reads.iter().zip(&months).enumerate() {
        if *month > facts.until() {
            res.push((*id, Rc::clone(&missing)));
            continue;
        }
        while let Some(change) = changes.next_if(|it| it.lane <= at) {
            lane.set(change.row, change.to);
            column = None;
        }
        let now = column.take().unwrap_or_else(|| {
            // The last that is different takes the memory with it.
            let values = match changes.peek() {
                Some(_) => lane.values.clone(),
                None => std::mem::take(&mut lane.values),
            };
            Rc::new(packed(facts, values, &lane.state))
        });
        res.push((*id, Rc::clone(&now)));
        column = Some(now);
    }
    res
}

/// The first month of all, and what changes in the others: by month, then by row, then in time, for of several
/// changes of a row before one month the last counts.
fn first_lane(facts: &FactColumn, rows: &[u32], months: &[i32]) -> (Lane, Vec<Change>) {
    let (Some(first), Some(last)) = (months.first(), months.last()) else {
        return (Lane::default(), Vec::new());
    };
    let lane_of = LaneOf::new(months, *first, *last);
    let mut lane = Lane { values: Vec::with_capacity(rows.len()), state: Vec::new() };
    facts.heads(rows, &mut lane.values);
    let mut changes = Vec::new();
    for (row, from) in facts.begun_after(*first, rows) {
        let value = lane.values.get(row).copied().unwrap_or(0);
        lane.set(row, Point { from, value: 0, known: false });
        if from <= *last {
            let to = Point { from, value, known: true };
            changes.push(Change { lane: lane_of.month(from), row, to });
        }
    }
    for (row, later) in facts.changes(rows) {
        // Of what came before the first month, only the last counts.
        let (before, after) = match later.iter().rposition(|it| it.from <= *first) {
            Some(at) => (later.get(at), later.get(at.saturating_add(1)..).unwrap_or_default()),
            None => (None, later),
        };
        if let Some(point) = before {
            lane.set(row, *point);
        }
        for point in after.iter().take_while(|it| it.from <= *last) {
            changes.push(Change { lane: lane_of.month(point.from), row, to: *point });
        }
    }
    changes.sort_by_key(|it| it.lane);
    (lane, changes)
}

/// The first lane that is not before a month.
struct LaneOf {
    first: i32,
    lanes: Vec<usize>,
}

impl LaneOf {
    fn new(months: &[i32], first: i32, last: i32) -> Self {
        let lane = |month: i32| months.partition_point(|it| *it < month);
        Self { first, lanes: (first..=last).map(lane).collect() }
    }

    fn month(&self, month: i32) -> usize {
        let at = usize::try_from(month.saturating_sub(self.first)).unwrap_or(0);
        self.lanes.get(at).copied().unwrap_or(self.lanes.len())
    }
}

impl Lane {
    fn set(&mut self, row: usize, to: Point) {
        if !to.known && self.state.is_empty() {
            self.state.resize(self.values.len(), KNOWN);
        }
        if let Some(value) = self.values.get_mut(row) {
            *value = to.value;
        }
        if let Some(state) = self.state.get_mut(row) {
            *state = if to.known { KNOWN } else { MISSING };
        }
    }
}

fn packed(facts: &FactColumn, values: Vec<i64>, state: &[u8]) -> Column {
    let Some(first) = values.first() else { return Column::same(Scalar::Missing) };
    if !state.is_empty() && state.iter().all(|it| *it == MISSING) {
        return Column::same(Scalar::Missing);
    }
    let state = state.contains(&MISSING).then(|| state.to_vec());
    if state.is_none() && values.iter().all(|it| it == first) {
        return Column::same(facts.value(*first).map_or(Scalar::Fault, Scalar::Known));
    }
    let data = match facts.kind {
        Kind::Number => Data::Numbers(numbers(facts.den, values)),
        Kind::Bool => Data::Bools(values.iter().map(|it| u8::from(*it != 0)).collect()),
        Kind::Date => {
            Data::Dates(values.iter().map(|it| i32::try_from(*it).unwrap_or(0)).collect())
        }
        Kind::Case => {
            Data::Cases(values.iter().map(|it| u32::try_from(*it).unwrap_or(0)).collect())
        }
    };
    Column::new(data, state)
}

/// Over cents when they suffice: one odd amount among a million must not slow down everybody.
fn numbers(den: i64, mut nums: Vec<i64>) -> Numbers {
    let mut common = den.checked_div(CENTS).unwrap_or(1);
    for num in &nums {
        if common <= 1 {
            break;
        }
        if *num != 0 && num.checked_rem(common) != Some(0) {
            common = gcd(common, num.saturating_abs());
        }
    }
    if common <= 1 {
        return Numbers::hull(den, nums);
    }
    for num in nums.iter_mut().filter(|it| **it != 0) {
        *num = num.checked_div(common).unwrap_or(0);
    }
    Numbers::hull(den.checked_div(common).unwrap_or(den), nums)
}
