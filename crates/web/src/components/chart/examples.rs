use base::Rational;

use super::{Curve, Lane, LaneMark, Lanes, Line, Mark, Piece, Stroke, Texture, Tick, curve, lanes};
use crate::components::Example;

pub fn examples() -> Vec<Example> {
    vec![
        Example { name: "une aide qui change, une aide sous réserve", markup: months() },
        Example { name: "ce qui reste quand le salaire change", markup: pay() },
    ]
}

fn months() -> maud::Markup {
    let piece = |from, months, amount: i64, texture| Piece {
        from,
        months,
        amount: Rational::from(amount),
        texture,
    };
    let all = [
        Lane {
            label: "RSA".to_owned(),
            summary: "412 € puis 230 €".to_owned(),
            told: "RSA : 412 € en novembre 2026, 230 € à partir de mai 2027, inconnu ensuite."
                .to_owned(),
            pieces: vec![
                piece(0, 6, 412, Texture::Plain),
                piece(6, 12, 230, Texture::Plain),
                piece(18, 6, 0, Texture::Open),
            ],
            marks: vec![LaneMark { at: 6, words: "1".to_owned() }],
            most: Rational::from(500),
            total: false,
        },
        Lane {
            label: "Aide au logement".to_owned(),
            summary: "300 €, sous réserve".to_owned(),
            told: "Aide au logement : 300 € tous les mois, sous réserve.".to_owned(),
            pieces: vec![piece(0, 24, 300, Texture::Hatched)],
            marks: Vec::new(),
            most: Rational::from(500),
            total: false,
        },
    ];
    let ticks: Vec<(u16, String)> = [(0, "nov. 2026"), (12, "nov. 2027"), (23, "oct. 2028")]
        .map(|(at, words)| (at, words.to_owned()))
        .into();
    lanes(&Lanes { id: "exemple-mois", months: 24, ticks: &ticks, lanes: &all })
}

fn pay() -> maud::Markup {
    let points = |values: &[(i64, i64)]| {
        values.iter().map(|(x, y)| (Rational::from(*x), Rational::from(*y))).collect()
    };
    let all = [
        Line {
            label: "Salaire et aides".to_owned(),
            stroke: Stroke::Strong,
            points: points(&[
                (0, 650),
                (800, 1_200),
                (1_500, 1_740),
                (1_501, 1_680),
                (2_000, 2_050),
            ]),
        },
        Line {
            label: "Salaire seul".to_owned(),
            stroke: Stroke::Dashed,
            points: points(&[(0, 0), (2_000, 2_000)]),
        },
    ];
    let tick = |at: i64, words: &str| Tick { at: Rational::from(at), words: words.to_owned() };
    let across =
        [tick(0, "0 €"), tick(500, "500 €"), tick(1_000, "1 000 €"), tick(2_000, "2 000 €")];
    curve(&Curve {
        id: "exemple-courbe",
        told: "De 650 € sans salaire à 2 050 € pour un salaire de 2 000 €.",
        from: Rational::ZERO,
        to: Rational::from(2_000),
        most: Rational::from(2_400),
        across: &across,
        up: &[tick(1_000, "1 000 €"), tick(2_000, "2 000 €")],
        across_label: "Salaire net par mois",
        lines: &all,
        marks: &[Mark {
            x: Rational::from(1_500),
            y: Rational::from(1_740),
            words: "1".to_owned(),
        }],
    })
}
