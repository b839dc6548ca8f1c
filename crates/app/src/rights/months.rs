//! Les mois qui viennent: what each aid gives over three years, when it changes and why.

use base::{Date, Month, Rational};
use law::projection::{Lane as MonthLane, LaneAid, Projection, extend, project};
use law::{Fact, History, Household, Instance, Law, RuleId, Status, Value};
use web::components::chart::{Lane, LaneMark, Piece, Texture, ceiling};
use web::components::table::Row;
use web::form::FieldError;
use web::format;

use super::assess::refused;
use super::fr;
use super::model::situation::situation;
use super::model::{Answers, Person, catalog};

/// How far one looks.
pub const MONTHS: u16 = 36;

#[derive(Debug, Clone)]
pub struct Months {
    pub first: Month,
    pub last: Month,
    /// The sum first, then each aid that gives or may give something.
    pub lanes: Vec<Lane>,
    pub ticks: Vec<(u16, String)>,
    pub changes: Vec<DatedChange>,
    /// What was supposed, in sentences.
    pub assumed: Vec<String>,
    /// The values of the law that nobody has looked at again, in words.
    pub scale: Vec<String>,
    /// The aids that give nothing in any month.
    pub never: Vec<String>,
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    /// Everything the aids bring over the period, as far as it is known.
    pub total: Rational,
    /// Some month of some aid cannot be told.
    pub open: bool,
}

/// A change of one aid, with the number it has on the drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedChange {
    pub number: usize,
    pub aid: String,
    pub sentence: String,
}

/// Three years of rights from the month studied. `Err`: answers the law refuses, each on its field.
pub fn months(law: &Law, answers: &Answers) -> Result<Months, Vec<FieldError>> {
    let household =
        situation(answers).to_household(law).map_err(|errors| refused(answers, &errors))?;
    let first = answers.period.month;
    let ahead = Ahead::of(law, answers, &household);
    let aids = law.aids();
    let projection = project(law.book(), &ahead.household, first, MONTHS, &aids);
    Ok(Months { assumed: ahead.supposed, ..told(law, &aids, &projection) })
}

/// The household of the months to come, and what that supposes.
#[derive(Debug, Clone)]
pub struct Ahead {
    pub household: Household,
    pub supposed: Vec<String>,
}

impl Ahead {
    /// What is known in `first` goes on, and what the last tax notice says is said again each year.
    pub fn of(law: &Law, answers: &Answers, household: &Household) -> Self {
        let first = answers.period.month;
        let (mut repeated, years) = notices_repeated(household, first);
        let last = first.plus(i32::from(MONTHS));
        let young = young_without_income(law, answers, &mut repeated, last);
        let (household, hypotheses) = extend(law.book(), &repeated, first);
        let mut supposed = fr::hypotheses(law, &household, &hypotheses, first);
        supposed.extend(years.then(|| fr::NOTICES_REPEATED.to_owned()));
        supposed.extend(young.then(|| fr::YOUNG_WITHOUT_INCOME.to_owned()));
        Self { household, supposed }
    }
}

/// Children too young to be asked what they earn, who will be old enough in `last`: supposed to earn nothing then.
/// Whether there is any.
pub fn young_without_income(
    law: &Law,
    answers: &Answers,
    household: &mut Household,
    last: Month,
) -> bool {
    let month = answers.period.month;
    let mut any = false;
    for (rank, person) in answers.household.people.iter().enumerate() {
        let Ok(instance) = Instance::try_from(rank) else { continue };
        if person.may_earn(month) || !person.may_earn(last) {
            continue;
        }
        any = true;
        for input in child_incomes().filter_map(|it| law.book().input_named(it)) {
            if *household.fact(input, instance) == Fact::NotAsked {
                let points =
                    vec![(person_start(person, month), Some(Value::Number(Rational::ZERO)))];
                let provenance = fr::SUPPOSED.to_owned();
                let history = History { points, until: None, provenance };
                household.set_fact(input, instance, Fact::Known(history));
            }
        }
    }
    any
}

/// Every fact the one question about a child's income answers.
fn child_incomes() -> impl Iterator<Item = &'static str> {
    let incomes = catalog::INCOMES.iter().flat_map(|it| it.amounts).map(|it| it.fact);
    let yearly = catalog::TAX_LINES.iter().map(|it| it.fact);
    let others = catalog::YEARLY_LINES.iter().chain(catalog::SAVINGS).map(|it| it.1);
    incomes.chain(yearly).chain(others).chain([catalog::YEARLY_PROFIT])
}

/// The month of birth, or long enough ago for any rule.
fn person_start(person: &Person, month: Month) -> Month {
    person.birth.map_or(month.plus(-60), Date::month)
}

/// The household in which a yearly amount that stops before `first` goes on; whether there was any.
fn notices_repeated(household: &Household, first: Month) -> (Household, bool) {
    let mut res = household.clone();
    let mut any = false;
    for fact in res.facts.iter_mut().flatten() {
        let Fact::Known(history) = fact else { continue };
        let stops = history.until.filter(|it| *it < first && it.month_of_year() == 12);
        if let Some(until) = stops
            && history.provenance == fr::FROM_TAX_NOTICE
        {
            any |= history.at(until) != Some(Value::Number(Rational::ZERO));
            history.until = None;
        }
    }
    (res, any)
}

fn told(law: &Law, aids: &[RuleId], projection: &Projection) -> Months {
    let shown: Vec<RuleId> = aids.iter().copied().filter(|aid| ever(projection, *aid)).collect();
    let never = aids.iter().filter(|it| !shown.contains(it)).map(|it| title(law, *it)).collect();
    let changes: Vec<DatedChange> = projection
        .changes
        .iter()
        .enumerate()
        .map(|(rank, it)| DatedChange {
            number: rank + 1,
            aid: title(law, it.aid),
            sentence: it.sentence.clone(),
        })
        .collect();
    let most = |of: &dyn Fn(&MonthLane) -> Rational| {
        ceiling(projection.lanes.iter().map(of).max().unwrap_or(Rational::ZERO))
    };
    let biggest = most(&|lane| lane.aids.iter().filter_map(given).max().unwrap_or(Rational::ZERO));
    let mut lanes = Vec::new();
    if shown.len() > 1 {
        lanes.push(total_lane(projection, most(&whole)));
    }
    lanes.extend(shown.iter().map(|aid| aid_lane(law, projection, *aid, biggest)));
    let months = projection.lanes.iter().map(whole);
    let last = projection.lanes.last().map_or(projection.first, |it| it.month);
    Months {
        first: projection.first,
        last,
        lanes,
        ticks: ticks(projection),
        changes,
        assumed: Vec::new(),
        scale: projection.assumed.iter().filter(|it| it.first.is_some()).map(fr::assumed).collect(),
        never,
        columns: columns(law, &shown),
        rows: rows(projection, &shown),
        total: months.fold(Rational::ZERO, |sum, it| sum.checked_add(it).unwrap_or(sum)),
        open: projection.lanes.iter().flat_map(|it| &it.aids).any(|it| given(it).is_none()),
    }
}

fn title(law: &Law, aid: RuleId) -> String {
    law.book().rule(aid).map(|it| fr::aid_short(&it.name, &it.label)).unwrap_or_default()
}

/// What the law gives for a month; `None` when it cannot be told. A payment fixed until the next review may
/// follow later: the sentences say so.
fn given(aid: &LaneAid) -> Option<Rational> {
    match aid.status {
        Status::Incomplete | Status::Impossible => None,
        Status::Due | Status::NotDue => aid.amount,
    }
}

/// The instances of one aid in a month, together.
fn of_aid(lane: &MonthLane, aid: RuleId) -> impl Iterator<Item = &LaneAid> {
    lane.aids.iter().filter(move |it| it.aid == aid)
}

fn amount_of(lane: &MonthLane, aid: RuleId) -> Option<Rational> {
    of_aid(lane, aid).try_fold(Rational::ZERO, |sum, it| sum.checked_add(given(it)?))
}

fn whole(lane: &MonthLane) -> Rational {
    let amounts = lane.aids.iter().filter_map(given);
    amounts.fold(Rational::ZERO, |sum, it| sum.checked_add(it).unwrap_or(sum))
}

/// Whether the aid gives something, or may, in some month.
fn ever(projection: &Projection, aid: RuleId) -> bool {
    projection.lanes.iter().any(|it| amount_of(it, aid).is_none_or(|amount| !amount.is_zero()))
}

fn total_lane(projection: &Projection, most: Rational) -> Lane {
    let amounts: Vec<Option<Rational>> =
        projection.lanes.iter().map(|it| Some(whole(it))).collect();
    let mut res = lane(projection, fr::TOTAL.to_owned(), &amounts, Vec::new(), most, true);
    res.pieces = Vec::new();
    for (rank, month) in projection.lanes.iter().enumerate() {
        let partial = month.aids.iter().any(|it| given(it).is_none());
        let texture = if partial { Texture::Hatched } else { Texture::Plain };
        push(&mut res.pieces, rank, whole(month), texture);
    }
    res
}

fn aid_lane(law: &Law, projection: &Projection, aid: RuleId, most: Rational) -> Lane {
    let amounts: Vec<Option<Rational>> =
        projection.lanes.iter().map(|it| amount_of(it, aid)).collect();
    let changes = projection.changes.iter().enumerate().filter(|(_, it)| it.aid == aid);
    let marks = changes.map(|(rank, it)| LaneMark {
        at: rank_of(projection, it.month),
        words: (rank + 1).to_string(),
    });
    lane(projection, title(law, aid), &amounts, marks.collect(), most, false)
}

fn lane(
    projection: &Projection,
    label: String,
    amounts: &[Option<Rational>],
    marks: Vec<LaneMark>,
    most: Rational,
    total: bool,
) -> Lane {
    let pieces = pieces(amounts);
    let told: Vec<String> = pieces
        .iter()
        .map(|it| {
            let since = projection.first.plus(i32::from(it.from));
            fr::lane_piece(since, (it.texture == Texture::Plain).then_some(it.amount))
        })
        .collect();
    let end =
        |piece: Option<&Piece>| piece.map(|it| (it.texture == Texture::Plain).then_some(it.amount));
    let summary = fr::lane_summary(end(pieces.first()).flatten(), end(pieces.last()).flatten());
    Lane {
        told: format!("{label} : {}.", told.join(", ")),
        label,
        summary,
        pieces,
        marks,
        most,
        total,
    }
}

/// Consecutive months of the same amount, together.
pub fn pieces(amounts: &[Option<Rational>]) -> Vec<Piece> {
    let mut res: Vec<Piece> = Vec::new();
    for (rank, amount) in amounts.iter().enumerate() {
        let texture = if amount.is_some() { Texture::Plain } else { Texture::Open };
        push(&mut res, rank, amount.unwrap_or(Rational::ZERO), texture);
    }
    res
}

fn push(pieces: &mut Vec<Piece>, rank: usize, amount: Rational, texture: Texture) {
    match pieces.last_mut().filter(|it| it.amount == amount && it.texture == texture) {
        Some(piece) => piece.months = piece.months.saturating_add(1),
        None => {
            let from = u16::try_from(rank).unwrap_or(u16::MAX);
            pieces.push(Piece { from, months: 1, amount, texture });
        }
    }
}

fn rank_of(projection: &Projection, month: Month) -> u16 {
    u16::try_from(month.since(projection.first)).unwrap_or(0)
}

/// The first month and each January: where years change.
fn ticks(projection: &Projection) -> Vec<(u16, String)> {
    let lanes = projection.lanes.iter().enumerate();
    let shown = lanes.filter(|(rank, it)| *rank == 0 || it.month.month_of_year() == 1);
    let mut res: Vec<(u16, String)> = shown
        .map(|(rank, it)| (u16::try_from(rank).unwrap_or(u16::MAX), fr::short_month(it.month)))
        .collect();
    // Two words on top of each other say nothing.
    if let [(_, _), (second, _), ..] = res.as_slice()
        && *second < 5
    {
        res.remove(1);
    }
    res
}

fn columns(law: &Law, shown: &[RuleId]) -> Vec<String> {
    let mut res = vec![fr::MONTH_COLUMN.to_owned()];
    res.extend(shown.iter().map(|it| title(law, *it)));
    if shown.len() > 1 {
        res.push(fr::TOTAL.to_owned());
    }
    res
}

/// One row for the months in which nothing changes.
fn rows(projection: &Projection, shown: &[RuleId]) -> Vec<Row> {
    let mut groups: Vec<(Month, Month, Vec<Option<Rational>>)> = Vec::new();
    for lane in &projection.lanes {
        let mut cells: Vec<Option<Rational>> =
            shown.iter().map(|aid| amount_of(lane, *aid)).collect();
        if shown.len() > 1 {
            cells.push(Some(whole(lane)));
        }
        match groups.last_mut().filter(|(_, _, before)| *before == cells) {
            Some((_, until, _)) => *until = lane.month,
            None => groups.push((lane.month, lane.month, cells)),
        }
    }
    let cell = |it: Option<Rational>| it.map_or(fr::NOT_KNOWN.to_owned(), format::money);
    groups
        .into_iter()
        .map(|(from, until, cells)| Row {
            head: fr::upper_first(&law::format::months(from, until)),
            cells: cells.into_iter().map(cell).collect(),
            strong: false,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euros(amount: i64) -> Option<Rational> {
        Some(Rational::from(amount))
    }

    #[test]
    fn months_of_the_same_amount_are_one_piece_and_a_gap_is_another() {
        let pieces = pieces(&[euros(5), euros(5), None, None, euros(5), euros(0)]);
        let told: Vec<(u16, u16, Texture)> =
            pieces.iter().map(|it| (it.from, it.months, it.texture)).collect();
        let expected = [
            (0, 2, Texture::Plain),
            (2, 2, Texture::Open),
            (4, 1, Texture::Plain),
            (5, 1, Texture::Plain),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn the_last_tax_notice_goes_on_and_a_pay_slip_that_stopped_does_not() {
        let month = |text: &str| text.parse::<Month>().unwrap();
        let history = |until: &str, provenance: &str| {
            let points = vec![(month("2024-01"), Some(Value::Number(Rational::from(7))))];
            let (until, provenance) = (Some(month(until)), provenance.to_owned());
            Fact::Known(History { points, until, provenance })
        };
        let facts = vec![vec![
            history("2025-12", fr::FROM_TAX_NOTICE),
            history("2025-12", "déclaré"),
            history("2025-08", fr::FROM_TAX_NOTICE),
        ]];
        let household = Household { facts, ..Household::default() };
        let (repeated, any) = notices_repeated(&household, month("2026-11"));
        let known = |rank: usize| match &repeated.facts[0][rank] {
            Fact::Known(history) => history.at(month("2027-02")).is_some(),
            _ => false,
        };
        assert!(any);
        assert_eq!([known(0), known(1), known(2)], [true, false, false]);
    }
}
