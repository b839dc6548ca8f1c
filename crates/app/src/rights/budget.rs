//! Si les revenus changeaient: what is left against earnings, rent or age; and what would change a right.

use base::{Month, Rational};
use law::projection::{
    Axis, Curve as LawCurve, Flip, Jump, JumpKind, Point, Range, curve, what_would_change,
};
use law::{Instance, Law};
use web::components::chart::{Line, Mark, Stroke, Tick, ceiling};
use web::components::table::Row;
use web::form::{FieldError, Fields};
use web::format;

use super::assess::refused;
use super::fr;
use super::model::facts::Who;
use super::model::situation::situation;
use super::model::{Answers, Person};
use super::months::young_without_income;

/// What is moved along the curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Along {
    Earnings,
    Rent,
    Age,
}

#[derive(Debug, Clone)]
pub struct Budget {
    pub month: Month,
    pub along: Along,
    pub alongs: Vec<Along>,
    /// The persons whose pay, or age, can be moved.
    pub people: Vec<(Who, String)>,
    pub who: Who,
    /// `None`: an answer is missing, and no point can be told.
    pub drawn: Option<Drawn>,
    pub flips: Vec<String>,
    pub supposed: Vec<String>,
}

/// The curve, ready to be drawn and read.
#[derive(Debug, Clone)]
pub struct Drawn {
    pub told: String,
    pub from: Rational,
    pub to: Rational,
    pub most: Rational,
    pub across: Vec<Tick>,
    pub up: Vec<Tick>,
    pub across_label: String,
    pub lines: Vec<Line>,
    pub marks: Vec<Mark>,
    /// Each place where one has less for having more, in a sentence.
    pub jumps: Vec<Told>,
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    pub stairs: Vec<Stairs>,
}

/// Many small steps down of one aid for one reason, told together.
#[derive(Debug, Clone)]
pub struct Stairs {
    pub sentence: String,
    pub title: String,
    pub columns: Vec<String>,
    /// Every step.
    pub rows: Vec<Row>,
}

/// A jump in words, and the article that assumes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub number: usize,
    pub sentence: String,
    pub sources: Vec<law::Source>,
}

pub const PREFIX: &str = "c.";
pub const ALONG: &str = "c.along";
pub const WHO: &str = "c.who";

impl Along {
    pub const ALL: [Self; 3] = [Self::Earnings, Self::Rent, Self::Age];

    pub fn key(self) -> &'static str {
        match self {
            Self::Earnings => "earnings",
            Self::Rent => "rent",
            Self::Age => "age",
        }
    }

    /// How far the curve goes, and by which steps.
    fn range(self) -> Range {
        let (to, step) = match self {
            Self::Earnings => (3_000, Rational::ONE),
            Self::Rent => (1_500, Rational::from(5)),
            // At 20, whether a handicap is recognised would have to be known.
            Self::Age => (19, Rational::new(1, 12).unwrap_or(Rational::ONE)),
        };
        Range { from: Rational::ZERO, to: Rational::from(to), step }
    }

    /// Between two rows of the table.
    fn row_step(self) -> Rational {
        Rational::from(match self {
            Self::Earnings => 100,
            Self::Rent => 50,
            Self::Age => 1,
        })
    }

    /// Between two words of the axis.
    fn tick_step(self) -> i64 {
        match self {
            Self::Earnings => 1_000,
            Self::Rent => 500,
            Self::Age => 5,
        }
    }

    pub fn words(self, at: Rational) -> String {
        match self {
            Self::Earnings | Self::Rent => format::money(at),
            Self::Age => fr::age(at),
        }
    }
}

/// The curve asked for, and the single changes worth telling. `Err`: answers the law refuses.
pub fn budget(law: &Law, fields: &Fields, answers: &Answers) -> Result<Budget, Vec<FieldError>> {
    let mut household =
        situation(answers).to_household(law).map_err(|errors| refused(answers, &errors))?;
    let month = answers.period.month;
    let children = answers.household.children().count() > 0;
    let possible = |it: &Along| *it != Along::Age || children;
    let alongs: Vec<Along> = Along::ALL.into_iter().filter(possible).collect();
    let chosen = alongs.iter().copied().find(|it| fields.is(ALONG, it.key()));
    let along = chosen.unwrap_or(Along::Earnings);
    let (who, people) = moved(fields, answers, along);
    let axis = axis(along, instance(answers, who));
    let aids = law.aids();
    let grown = month.plus(12 * 20);
    let young = along == Along::Age && young_without_income(law, answers, &mut household, grown);
    let curve = curve(law.book(), &household, month, &aids, axis, along.range());
    let flips = what_would_change(law.book(), &household, month, &aids, None);
    Ok(Budget {
        month,
        along,
        alongs,
        people,
        who,
        drawn: drawn(law, along, &curve),
        supposed: curve
            .hypotheses
            .iter()
            .cloned()
            .chain(young.then(|| fr::YOUNG_WITHOUT_INCOME.to_owned()))
            .collect(),
        flips: flips.iter().take(MOST_FLIPS).map(flip).collect(),
    })
}

/// No more single changes are told: the largest come first.
const MOST_FLIPS: usize = 6;

fn flip(it: &Flip) -> String {
    fr::flip(&it.how, &it.sentence)
}

fn axis(along: Along, instance: Instance) -> Axis {
    match along {
        Along::Earnings => Axis::earnings(instance),
        Along::Rent => Axis::Rent { dwelling: 0 },
        Along::Age => Axis::Age { person: instance },
    }
}

/// Whose pay or age moves: an adult's pay, the age of the youngest child.
fn moved(fields: &Fields, answers: &Answers, along: Along) -> (Who, Vec<(Who, String)>) {
    let named = |it: &Person| (it.who, fr::upper_first(&it.name));
    let people: Vec<(Who, String)> = match along {
        Along::Earnings => answers.household.adults().map(named).collect(),
        Along::Age => {
            let youngest = answers.household.children().max_by_key(|it| it.birth);
            youngest.map(named).into_iter().collect()
        }
        Along::Rent => Vec::new(),
    };
    let chosen = fields.get(WHO).and_then(Who::parse);
    let chosen = chosen.filter(|who| people.iter().any(|(it, _)| it == who));
    let first = people.first().map_or(Who::Adult(1), |(it, _)| *it);
    (chosen.unwrap_or(first), people)
}

fn instance(answers: &Answers, who: Who) -> Instance {
    let rank = answers.household.people.iter().position(|it| it.who == who).unwrap_or(0);
    Instance::try_from(rank).unwrap_or(0)
}

fn drawn(law: &Law, along: Along, curve: &LawCurve) -> Option<Drawn> {
    let points: Vec<(Rational, Rational)> =
        curve.points.iter().map(|it| Some((it.at, it.available?))).collect::<Option<_>>()?;
    let range = along.range();
    let highest = points.iter().map(|it| it.1).max()?;
    let most = ceiling(highest);
    let mut lines = vec![Line {
        label: fr::available(along).to_owned(),
        stroke: Stroke::Strong,
        points: points.clone(),
    }];
    let without = |it: &Point| Some((it.at, it.earnings?));
    if let Some(points) = curve.points.iter().map(without).collect::<Option<Vec<_>>>() {
        lines.push(Line { label: fr::WITHOUT_AIDS.to_owned(), stroke: Stroke::Dashed, points });
    }
    let (alone, stairs) = gathered(law, along, curve);
    let jumps = alone.iter().enumerate().map(|(rank, it)| Told {
        number: rank + 1,
        sentence: it.sentence.clone(),
        sources: it.effect.as_ref().map(|it| it.sources.clone()).unwrap_or_default(),
    });
    let marks = alone.iter().enumerate().filter_map(|(rank, it)| {
        let (x, y) = *points.iter().find(|(at, _)| *at == it.from)?;
        Some(Mark { x, y, words: (rank + 1).to_string() })
    });
    let first = points.first()?.1;
    let last = points.last()?.1;
    Some(Drawn {
        told: fr::curve_told(along, range, first, last, alone.len()),
        from: range.from,
        to: range.to,
        most,
        across: ticks(along, range),
        up: levels(most),
        across_label: fr::across(along).to_owned(),
        lines,
        jumps: jumps.collect(),
        marks: marks.collect(),
        columns: fr::curve_columns(along),
        rows: rows(along, curve, &alone),
        stairs,
    })
}

/// The jumps told one by one, and those that are the steps of a stair.
fn gathered<'c>(law: &Law, along: Along, curve: &'c LawCurve) -> (Vec<&'c Jump>, Vec<Stairs>) {
    let alike = |a: &Jump, b: &Jump| {
        a.kind == JumpKind::Rate && b.kind == JumpKind::Rate && (a.aid, a.rule) == (b.aid, b.rule)
    };
    let mut alone = Vec::new();
    let mut stairs: Vec<Vec<&Jump>> = Vec::new();
    for jump in &curve.jumps {
        if curve.jumps.iter().filter(|it| alike(it, jump)).count() < FEWEST_STEPS {
            alone.push(jump);
            continue;
        }
        match stairs.iter_mut().find(|it| it.first().is_some_and(|first| alike(first, jump))) {
            Some(steps) => steps.push(jump),
            None => stairs.push(vec![jump]),
        }
    }
    (alone, stairs.iter().filter_map(|it| stair(law, along, it)).collect())
}

/// From this many on, small steps for the same reason are told together.
const FEWEST_STEPS: usize = 3;

fn stair(law: &Law, along: Along, steps: &[&Jump]) -> Option<Stairs> {
    let (first, last) = (steps.first()?, steps.last()?);
    let most = steps.iter().map(|it| it.lost).max()?;
    let aid = law.book().rule(first.aid).map(|it| fr::aid_short(&it.name, &it.label))?;
    let because = first.rule.filter(|it| *it != first.aid).and_then(|it| law.book().rule(it));
    let because = because.map(|it| it.label.as_str());
    let row = |it: &&Jump| Row {
        head: along.words(it.at),
        cells: vec![format::money(it.aid_lost), format::money(it.lost)],
        strong: false,
    };
    Some(Stairs {
        sentence: fr::stairs(along, &aid, because, (first.at, last.at), (steps.len(), most)),
        title: fr::stairs_title(&aid),
        columns: fr::stairs_columns(along),
        rows: steps.iter().map(row).collect(),
    })
}

fn ticks(along: Along, range: Range) -> Vec<Tick> {
    let mut res = Vec::new();
    let mut at = Rational::ZERO;
    while at <= range.to {
        res.push(Tick { at, words: fr::tick(along, at) });
        let Some(next) = at.checked_add(Rational::from(along.tick_step())) else { break };
        at = next;
    }
    res
}

/// Halves and the top: enough to read a height.
fn levels(most: Rational) -> Vec<Tick> {
    let half = most.checked_div(Rational::from(2)).unwrap_or(most);
    [half, most].map(|at| Tick { at, words: fr::tick(Along::Earnings, at) }).into()
}

/// Round steps, and both sides of every jump.
fn rows(along: Along, curve: &LawCurve, alone: &[&Jump]) -> Vec<Row> {
    let step = along.row_step();
    let round = |at: Rational| at.checked_div(step).is_some_and(Rational::is_integer);
    let jumps = |at: Rational| alone.iter().any(|it| it.from == at || it.at == at);
    let shown = curve.points.iter().filter(|it| round(it.at) || jumps(it.at));
    shown
        .map(|it| {
            let amount = |it: Option<Rational>| it.map_or(fr::NOT_KNOWN.to_owned(), format::money);
            let aids = it.aids.iter().try_fold(Rational::ZERO, |sum, it| sum.checked_add((*it)?));
            let mut cells = vec![amount(aids), amount(it.available)];
            if along != Along::Earnings {
                cells.insert(0, amount(it.earnings));
            }
            Row { head: along.words(it.at), cells, strong: jumps(it.at) }
        })
        .collect()
}
