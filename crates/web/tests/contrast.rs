//! The palette, held to what tired eyes need: 7 to 1 for text to read, 4.5 to 1 for everything else.
#![allow(
    clippy::disallowed_types,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "a test of colours, which are not money, and which may fail loudly"
)]

use std::collections::HashMap;

const TOKENS: &str = include_str!("../src/static/tokens.css");

/// Name of the token to its colour on a light and on a dark screen.
fn palette() -> HashMap<String, [String; 2]> {
    let mut res = HashMap::new();
    for line in TOKENS.lines() {
        let Some((name, value)) = line.trim().trim_end_matches(';').split_once(": light-dark(")
        else {
            continue;
        };
        let (light, dark) = value.trim_end_matches(')').split_once(", ").expect("two colours");
        res.insert(name.to_owned(), [light.to_owned(), dark.to_owned()]);
    }
    res
}

fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value =
            f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour")) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_pair_is_readable() {
    let palette = palette();
    assert!(palette.len() > 15);
    let grounds = ["--paper", "--raised", "--field", "--petrol-soft"];
    let mut pairs: Vec<(&str, &str, f64)> = Vec::new();
    for ground in grounds {
        pairs.extend([
            ("--ink", ground, 7.0),
            ("--ink-soft", ground, 4.5),
            ("--petrol", ground, 4.5),
        ]);
        pairs.extend([("--brick", ground, 4.5), ("--line-strong", ground, 3.0)]);
    }
    pairs.extend([
        ("--on-petrol", "--petrol", 4.5),
        ("--on-petrol", "--petrol-strong", 4.5),
        ("--leaf", "--leaf-soft", 4.5),
        ("--ochre-strong", "--ochre-soft", 4.5),
        ("--ink", "--ochre-soft", 7.0),
        ("--brick", "--brick-soft", 4.5),
        ("--ink", "--brick-soft", 7.0),
    ]);
    for (text, ground, least) in pairs {
        for theme in [0, 1] {
            let ratio = contrast(&palette[text][theme], &palette[ground][theme]);
            assert!(ratio >= least, "{text} on {ground}, theme {theme}: {ratio:.2}");
        }
    }
}
