//! Amounts month after month, one lane each, over the same months.

use base::Rational;
use maud::{Markup, html};

use super::percent;

/// What stands behind an amount: told apart by its texture, never by its colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texture {
    Plain,
    /// Due if what a person has to check is confirmed.
    Hatched,
    /// Not known: drawn over the whole height.
    Open,
}

/// Consecutive months with the same amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The rank of its first month, from zero.
    pub from: u16,
    pub months: u16,
    pub amount: Rational,
    pub texture: Texture,
}

/// A number in a circle, at the month of a change: the same number stands before its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaneMark {
    pub at: u16,
    pub words: String,
}

#[derive(Debug, Clone)]
pub struct Lane {
    /// What the amount is, in a few words, and what it is at both ends.
    pub label: String,
    pub summary: String,
    /// The whole lane in words, for who does not see it.
    pub told: String,
    pub pieces: Vec<Piece>,
    pub marks: Vec<LaneMark>,
    /// The amount that fills the height.
    pub most: Rational,
    /// The sum of the others.
    pub total: bool,
}

#[derive(Debug)]
pub struct Lanes<'a> {
    pub id: &'a str,
    pub months: u16,
    /// Words under the lanes, each at the rank of its month.
    pub ticks: &'a [(u16, String)],
    pub lanes: &'a [Lane],
}

#[inline(never)]
pub fn lanes(props: &Lanes<'_>) -> Markup {
    let Lanes { id, months, ticks, lanes } = props;
    html! {
        div .lanes {
            @for (rank, lane) in lanes.iter().enumerate() {
                (one(&format!("{id}-{rank}"), *months, ticks, lane))
            }
            svg .chart-axis aria-hidden="true" focusable="false" {
                @for (at, words) in *ticks {
                    text x=(place(*at, *months)) y="1em" text-anchor=(anchor(*at, *months)) { (words) }
                }
            }
        }
    }
}

fn one(id: &str, months: u16, ticks: &[(u16, String)], lane: &Lane) -> Markup {
    html! {
        div .lane .lane-total[lane.total] {
            p .lane-name { strong { (lane.label) } " " span { (lane.summary) } }
            svg .lane-drawing role="img" aria-labelledby={ (id) "-dit" } focusable="false" {
                title id={ (id) "-dit" } { (lane.told) }
                pattern #{ (id) "-trame" } width="7" height="7" patternUnits="userSpaceOnUse"
                    patternTransform="rotate(45)" {
                    rect .lane-hatch-ground width="7" height="7" {}
                    line .lane-hatch y2="7" {}
                }
                @for (at, _) in ticks {
                    line .chart-grid x1=(place(*at, months)) x2=(place(*at, months)) y1="0%" y2="100%" {}
                }
                @for piece in &lane.pieces { (drawn(id, months, lane.most, piece)) }
                line .chart-ground x1="0%" x2="100%" y1="100%" y2="100%" {}
                @for mark in &lane.marks { (numbered(&place(mark.at, months), "12%", &mark.words)) }
            }
        }
    }
}

fn drawn(id: &str, months: u16, most: Rational, piece: &Piece) -> Markup {
    let (class, height) = match piece.texture {
        Texture::Open => ("lane-open", most),
        Texture::Plain | Texture::Hatched => ("lane-plain", piece.amount),
    };
    let fill = (piece.texture == Texture::Hatched).then(|| format!("url(#{id}-trame)"));
    let top = most.checked_sub(height).unwrap_or(Rational::ZERO);
    let (x, y) = (place(piece.from, months), percent(top, most));
    let end = place(piece.from.saturating_add(piece.months), months);
    html! {
        @if !height.is_zero() {
            rect class=[fill.is_none().then_some(class)] fill=[fill] x=(x) y=(y)
                width=(place(piece.months, months)) height=(percent(height, most)) {}
            @if piece.texture != Texture::Open {
                line .lane-line x1=(x) x2=(end) y1=(y) y2=(y) {}
            }
        }
    }
}

/// A number in a circle.
pub(super) fn numbered(x: &str, y: &str, words: &str) -> Markup {
    html! {
        svg .chart-mark x=(x) y=(y) overflow="visible" {
            circle r="0.72em" {}
            text text-anchor="middle" dy="0.34em" { (words) }
        }
    }
}

fn place(at: u16, months: u16) -> String {
    percent(Rational::from(i64::from(at)), Rational::from(i64::from(months)))
}

/// Words at the edges stay inside the drawing.
fn anchor(at: u16, months: u16) -> &'static str {
    match at {
        0 => "start",
        _ if at.saturating_add(2) >= months => "end",
        _ => "middle",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(from: u16, months: u16, amount: i64, texture: Texture) -> Piece {
        Piece { from, months, amount: Rational::from(amount), texture }
    }

    fn drawing(pieces: Vec<Piece>) -> String {
        let lane = Lane {
            label: "RSA".to_owned(),
            summary: "412 €".to_owned(),
            told: "RSA : 412 €".to_owned(),
            pieces,
            marks: vec![LaneMark { at: 6, words: "1".to_owned() }],
            most: Rational::from(800),
            total: false,
        };
        let ticks = [(0, "nov.".to_owned())];
        lanes(&Lanes { id: "x", months: 12, ticks: &ticks, lanes: &[lane] }).into_string()
    }

    #[test]
    fn a_piece_stands_where_its_months_and_its_amount_say() {
        let html = drawing(vec![piece(6, 3, 200, Texture::Plain)]);
        assert!(html.contains("x=\"50.00%\" y=\"75.00%\" width=\"25.00%\" height=\"25.00%\""));
        assert!(html.contains("x1=\"50.00%\" x2=\"75.00%\" y1=\"75.00%\" y2=\"75.00%\""));
    }

    #[test]
    fn what_is_not_known_fills_the_height_and_nothing_is_drawn_for_nothing() {
        let html = drawing(vec![piece(0, 3, 0, Texture::Open), piece(3, 3, 0, Texture::Plain)]);
        assert_eq!(html.matches("height=\"100.00%\"").count(), 1);
        assert!(!html.contains("lane-line"));
    }

    #[test]
    fn textures_are_told_apart_and_the_lane_is_told() {
        let html = drawing(vec![piece(0, 3, 100, Texture::Hatched)]);
        assert!(html.contains("fill=\"url(#x-0-trame)\"") && html.contains("id=\"x-0-trame\""));
        assert!(html.contains("<title id=\"x-0-dit\">RSA : 412 €</title>"));
        assert!(!html.contains("style="));
    }
}
