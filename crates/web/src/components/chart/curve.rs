//! One amount against another: what is left when what is earned changes.

use std::fmt::Write;

use base::Rational;
use maud::{Markup, html};

use super::lanes::numbered;
use super::{down, percent, share};

/// A place on an axis, and its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    pub at: Rational,
    pub words: String,
}

/// How a line is drawn: lines are told apart in grey too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    Strong,
    Dashed,
}

#[derive(Debug, Clone)]
pub struct Line {
    pub label: String,
    pub stroke: Stroke,
    /// INVARIANT: sorted along the axis.
    pub points: Vec<(Rational, Rational)>,
}

/// A number in a circle on the drawing: the same number stands before its sentence.
#[derive(Debug, Clone)]
pub struct Mark {
    pub x: Rational,
    pub y: Rational,
    pub words: String,
}

#[derive(Debug)]
pub struct Curve<'a> {
    pub id: &'a str,
    /// The whole drawing in words, for who does not see it.
    pub told: &'a str,
    pub from: Rational,
    pub to: Rational,
    /// The amount that fills the height.
    pub most: Rational,
    pub across: &'a [Tick],
    pub up: &'a [Tick],
    /// What the axis counts, in words.
    pub across_label: &'a str,
    pub lines: &'a [Line],
    pub marks: &'a [Mark],
}

/// The drawing counts in this many steps each way: finer than any screen.
const STEPS: i64 = 2_000;

#[inline(never)]
pub fn curve(props: &Curve<'_>) -> Markup {
    let Curve { id, told, across, up, across_label, lines, marks, .. } = props;
    html! {
        div .curve {
            ul .curve-legend {
                @for line in *lines {
                    li {
                        svg .curve-sample aria-hidden="true" focusable="false" {
                            line class=(class(line.stroke)) x1="0%" x2="100%" y1="50%" y2="50%" {}
                        }
                        span { (line.label) }
                    }
                }
            }
            svg .curve-drawing role="img" aria-labelledby={ (id) "-dit" } focusable="false" {
                title id={ (id) "-dit" } { (told) }
                @for tick in *up { (level(props, tick)) }
                svg viewBox={ "0 0 " (STEPS) " " (STEPS) } preserveAspectRatio="none"
                    width="100%" height="100%" {
                    @for line in *lines {
                        path class=(class(line.stroke)) d=(path(props, &line.points)) {}
                    }
                }
                line .chart-ground x1="0%" x2="100%" y1="100%" y2="100%" {}
                @for mark in *marks {
                    (numbered(&along(props, mark.x), &height(props, mark.y), &mark.words))
                }
            }
            svg .chart-axis aria-hidden="true" focusable="false" {
                @for tick in *across {
                    text x=(along(props, tick.at)) y="1em" text-anchor=(anchor(props, tick.at)) { (tick.words) }
                }
            }
            p .curve-across { (across_label) }
        }
    }
}

fn level(props: &Curve<'_>, tick: &Tick) -> Markup {
    let y = height(props, tick.at);
    html! {
        line .chart-grid x1="0%" x2="100%" y1=(y) y2=(y) {}
        text .chart-level x="0.2em" y=(y) dy="-0.3em" { (tick.words) }
    }
}

/// Straight stretches only keep their ends.
fn path(props: &Curve<'_>, points: &[(Rational, Rational)]) -> String {
    let width = props.to.checked_sub(props.from).unwrap_or(Rational::ONE);
    let mut res = String::new();
    for (x, y) in bends(points) {
        let x = x.checked_sub(props.from).unwrap_or(Rational::ZERO);
        let letter = if res.is_empty() { 'M' } else { 'L' };
        // Writing in a string never fails.
        let _ = write!(res, "{letter}{} {}", share(x, width, STEPS), down(y, props.most, STEPS));
    }
    res
}

/// The ends, and the points where the slope changes.
fn bends(points: &[(Rational, Rational)]) -> Vec<(Rational, Rational)> {
    let mut res: Vec<(Rational, Rational)> = Vec::new();
    for (idx, point) in points.iter().enumerate() {
        let straight = match (res.last(), points.get(idx + 1)) {
            (Some(before), Some(after)) => aligned(*before, *point, *after),
            _ => false,
        };
        if !straight {
            res.push(*point);
        }
    }
    res
}

fn aligned(a: (Rational, Rational), b: (Rational, Rational), c: (Rational, Rational)) -> bool {
    let rise = |from: (Rational, Rational), to: (Rational, Rational)| {
        Some((to.0.checked_sub(from.0)?, to.1.checked_sub(from.1)?))
    };
    let cross = || {
        let ((x1, y1), (x2, y2)) = (rise(a, b)?, rise(b, c)?);
        Some(x1.checked_mul(y2)? == x2.checked_mul(y1)?)
    };
    cross().unwrap_or(false)
}

fn along(props: &Curve<'_>, x: Rational) -> String {
    let width = props.to.checked_sub(props.from).unwrap_or(Rational::ONE);
    percent(x.checked_sub(props.from).unwrap_or(Rational::ZERO), width)
}

fn height(props: &Curve<'_>, y: Rational) -> String {
    percent(props.most.checked_sub(y).unwrap_or(Rational::ZERO), props.most)
}

fn anchor(props: &Curve<'_>, x: Rational) -> &'static str {
    if x == props.from {
        "start"
    } else if x == props.to {
        "end"
    } else {
        "middle"
    }
}

fn class(stroke: Stroke) -> &'static str {
    match stroke {
        Stroke::Strong => "curve-strong",
        Stroke::Dashed => "curve-dashed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn points(values: &[(i64, i64)]) -> Vec<(Rational, Rational)> {
        values.iter().map(|(x, y)| (Rational::from(*x), Rational::from(*y))).collect()
    }

    fn drawing(values: &[(i64, i64)]) -> String {
        let line =
            Line { label: "Disponible".to_owned(), stroke: Stroke::Strong, points: points(values) };
        let tick = |at: i64| Tick { at: Rational::from(at), words: format!("{at} €") };
        curve(&Curve {
            id: "c",
            told: "De 0 à 1 000 €",
            from: Rational::ZERO,
            to: Rational::from(1_000),
            most: Rational::from(2_000),
            across: &[tick(0), tick(500), tick(1_000)],
            up: &[tick(1_000)],
            across_label: "Salaire",
            lines: &[line],
            marks: &[Mark {
                x: Rational::from(500),
                y: Rational::from(500),
                words: "1".to_owned(),
            }],
        })
        .into_string()
    }

    #[test]
    fn straight_stretches_keep_their_ends_only() {
        let kept = bends(&points(&[(0, 0), (1, 1), (2, 2), (3, 2), (4, 2), (4, 0), (5, 1)]));
        assert_eq!(kept, points(&[(0, 0), (2, 2), (4, 2), (4, 0), (5, 1)]));
    }

    #[test]
    fn a_line_goes_through_its_points_and_a_mark_stands_on_its_place() {
        let html = drawing(&[(0, 0), (500, 1_000), (1_000, 500)]);
        assert!(html.contains("d=\"M0 2000L1000 1000L2000 1500\""), "{html}");
        assert!(html.contains("x=\"50.00%\" y=\"75.00%\""), "{html}");
        assert!(html.contains("text-anchor=\"end\">1000 €"), "{html}");
    }
}
