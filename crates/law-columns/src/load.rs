//! The facts of a chunk, from histories to a column for each month that is read.

use std::ops::Range;
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
    let Some(facts) = households.facts.get(input.index()) else {
        let missing = Rc::new(Column::same(Scalar::Missing));
        return reads.iter().map(|(_, id)| (*id, Rc::clone(&missing))).collect();
    };
    let Some(axis) = reads.first().and_then(|(_, id)| plan.node(*id)).and_then(|it| it.axis) else {
        return Vec::new();
    };
    let total = households.rows(axis);
    if let (Some((value, from)), Some((first, _)), Some((last, _))) =
        (facts.all(total), reads.first(), reads.last())
        && (from <= month_rank(*first) || from > month_rank(*last))
    {
        let known = from <= month_rank(*first);
        let value = facts.value(value).filter(|_| known);
        let column = Rc::new(Column::same(value.map_or(Scalar::Missing, Scalar::Known)));
        return reads.iter().map(|(_, id)| (*id, Rc::clone(&column))).collect();
    }
    if let Some((first, _)) = reads.first()
        && let Some(values) = facts.steady(month_rank(*first), total)
    {
        let mut lane = Lane::default();
        for rows in chunk.rows(axis) {
            lane.values.extend_from_slice(values.get(rows.clone()).unwrap_or_default());
        }
        let column = Rc::new(packed(facts, &lane));
        return reads.iter().map(|(_, id)| (*id, Rc::clone(&column))).collect();
    }
    let months: Vec<i32> = reads.iter().map(|(month, _)| month_rank(*month)).collect();
    let (mut lane, changes) = first_lane(facts, chunk.rows(axis), &months);
    let changes = by_lane(changes, months.len());
    let mut column: Option<Rc<Column>> = None;
    let mut res = Vec::with_capacity(reads.len());
    for ((_, id), changes) in reads.iter().zip(changes) {
        let before = column.take().filter(|_| changes.is_empty());
        changes.into_iter().for_each(|it| lane.set(it.row, it.to));
        let now = before.unwrap_or_else(|| Rc::new(packed(facts, &lane)));
        res.push((*id, Rc::clone(&now)));
        column = Some(now);
    }
    res
}

/// The first month of all, and what changes in the others, by month.
fn first_lane(facts: &FactColumn, rows: &[Range<usize>], months: &[i32]) -> (Lane, Vec<Change>) {
    let (Some(first), Some(last)) = (months.first(), months.last()) else {
        return (Lane::default(), Vec::new());
    };
    let lane_of = LaneOf::new(months, *first, *last);
    let mut lane = Lane { values: Vec::new(), state: Vec::new() };
    let mut changes = Vec::new();
    let rows = rows.iter().cloned().flat_map(|rows| facts.rows_from(rows));
    for (row, (head, later)) in rows.enumerate() {
        // Nearly always: one value, long before.
        if head.from <= *first {
            lane.push(head.value);
        } else {
            lane.push_missing();
            if head.from <= *last {
                let at = lane_of.month(head.from);
                let to = Point { from: head.from, value: head.value, known: true };
                changes.push(Change { lane: at, row, to });
            }
        }
        for point in later.iter().take_while(|it| it.from <= *last) {
            let lane = lane_of.month(point.from);
            changes.push(Change { lane, row, to: *point });
        }
    }
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

/// The changes of each lane, in the order of rows, then of time: of several before one month the last counts.
fn by_lane(changes: Vec<Change>, lanes: usize) -> Vec<Vec<Change>> {
    let mut res: Vec<Vec<Change>> = (0..lanes).map(|_| Vec::new()).collect();
    for change in changes {
        if let Some(lane) = res.get_mut(change.lane) {
            lane.push(change);
        }
    }
    res
}

impl Lane {
    fn push(&mut self, value: i64) {
        self.values.push(value);
        if !self.state.is_empty() {
            self.state.push(KNOWN);
        }
    }

    fn push_missing(&mut self) {
        if self.state.is_empty() {
            self.state.resize(self.values.len(), KNOWN);
        }
        self.values.push(0);
        self.state.push(MISSING);
    }

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

fn packed(facts: &FactColumn, lane: &Lane) -> Column {
    let Lane { values, state } = lane;
    let Some(first) = values.first() else { return Column::same(Scalar::Missing) };
    if !state.is_empty() && state.iter().all(|it| *it == MISSING) {
        return Column::same(Scalar::Missing);
    }
    let state = state.contains(&MISSING).then(|| state.clone());
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
fn numbers(den: i64, nums: &[i64]) -> Numbers {
    let finest = den.checked_div(CENTS).unwrap_or(1);
    if finest <= 1 {
        return Numbers::hull(den, nums.to_vec());
    }
    let mut common = finest;
    for num in nums {
        if num.checked_rem(common) != Some(0) {
            common = gcd(common, num.saturating_abs());
        }
    }
    let over = |it: &i64| it.checked_div(common).unwrap_or(0);
    let nums = if common > 1 { nums.iter().map(over).collect() } else { nums.to_vec() };
    Numbers::hull(den.checked_div(common).unwrap_or(den), nums)
}
