//! Amounts month by month, out of pieces told in any order.

use base::{Month, Rational};

use super::facts::{Datum, Fact, Source};

/// Pieces of time with what is known of them; a later piece covers the earlier ones.
#[derive(Debug, Clone, Default)]
pub struct Timeline {
    pieces: Vec<Piece>,
    source: Option<Source>,
}

#[derive(Debug, Clone)]
struct Piece {
    first: Month,
    /// Included.
    last: Month,
    value: Option<Datum>,
}

impl Timeline {
    /// From `first` to `last`, both included; nothing happens when they are the wrong way round.
    pub fn put(&mut self, first: Month, last: Month, value: Option<Datum>) {
        if first <= last {
            self.pieces.push(Piece { first, last, value });
        }
    }

    /// A yearly amount, as twelve equal months.
    pub fn put_year(&mut self, year: i32, amount: Rational) {
        let monthly = amount.checked_div(Rational::from(12)).map(Datum::Number);
        self.put(Month::of(year, 1), Month::of(year, 12), monthly);
        self.source = Some(Source::TaxNotice);
    }

    pub fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| piece.value.is_none())
    }

    /// The fact: `None` when no month is known.
    ///
    /// It stops after the last month told: an amount is never carried on in silence.
    pub fn into_fact(self) -> Option<Fact> {
        if self.is_empty() {
            return None;
        }
        let mut starts: Vec<Month> =
            self.pieces.iter().flat_map(|piece| [piece.first, piece.last.plus(1)]).collect();
        starts.sort_unstable();
        starts.dedup();
        let mut points: Vec<(Month, Option<Datum>)> = Vec::new();
        for month in starts {
            let value = self.at(month);
            let before = points.last().and_then(|(_, value)| *value);
            if value != before {
                points.push((month, value));
            }
        }
        let until = match points.last() {
            // The last point only says that nothing is known any more.
            Some((month, None)) => Some(month.plus(-1)),
            _ => self.pieces.iter().map(|piece| piece.last).max(),
        };
        if matches!(points.last(), Some((_, None))) {
            points.pop();
        }
        Some(Fact::Since { points, until, source: self.source.unwrap_or(Source::Declared) })
    }

    fn at(&self, month: Month) -> Option<Datum> {
        let covers = |piece: &&Piece| piece.first <= month && month <= piece.last;
        self.pieces.iter().rev().find(covers).and_then(|piece| piece.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(text: &str) -> Month {
        text.parse().unwrap()
    }

    fn euros(amount: i64) -> Option<Datum> {
        Some(Datum::Number(Rational::from(amount)))
    }

    #[test]
    fn a_gap_between_the_tax_notice_and_the_pay_slips_stays_unknown() {
        let mut timeline = Timeline::default();
        timeline.put(month("2026-07"), month("2026-11"), euros(1_200));
        timeline.put_year(2024, Rational::from(12_000));
        let expected = Fact::Since {
            points: vec![
                (month("2024-01"), euros(1_000)),
                (month("2025-01"), None),
                (month("2026-07"), euros(1_200)),
            ],
            until: Some(month("2026-11")),
            source: Source::TaxNotice,
        };
        assert_eq!(timeline.into_fact(), Some(expected));
    }

    #[test]
    fn equal_neighbours_are_one_and_later_pieces_cover() {
        let mut timeline = Timeline::default();
        timeline.put(month("2025-01"), month("2025-06"), euros(0));
        timeline.put(month("2025-07"), month("2026-11"), euros(0));
        timeline.put(month("2026-02"), month("2026-02"), euros(5));
        let points = vec![
            (month("2025-01"), euros(0)),
            (month("2026-02"), euros(5)),
            (month("2026-03"), euros(0)),
        ];
        let until = Some(month("2026-11"));
        let expected = Fact::Since { points, until, source: Source::Declared };
        assert_eq!(timeline.into_fact(), Some(expected));
    }

    #[test]
    fn nothing_told_is_no_fact() {
        let mut timeline = Timeline::default();
        timeline.put(month("2025-01"), month("2025-06"), None);
        assert_eq!(timeline.into_fact(), None);
    }
}
