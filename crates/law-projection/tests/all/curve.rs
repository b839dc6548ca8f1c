//! Points are what the reference gives; jumps are found and explained.

use base::Rational;
use law::{Fact, History, Household, Law, Value};
use law_projection::{Axis, Curve, JumpKind, Range, curve, extend};
use law_reference::evaluate;

use crate::households::{euros, example, month};

const KEYS: [&str; 3] = ["parent-seul", "couple-trois-enfants", "jeune-heberge"];

fn extended(key: &str) -> Household {
    extend(Law::national().book(), &example(key), month("2026-07")).0
}

fn earnings(household: &Household, step: i32) -> Curve {
    let law = Law::national();
    let to = Rational::from(4000);
    let range = Range { from: Rational::ZERO, to, step: Rational::from(step) };
    curve(law.book(), household, month("2026-10"), &law.aids(), Axis::earnings(0), range)
}

/// The household with this pay every month, made without the curve.
fn paid(household: &Household, pay: Rational) -> Household {
    let mut res = household.clone();
    let taxed = pay.checked_mul(euros("1.036")).unwrap();
    for (name, amount) in [("salaire_net_social", pay), ("salaire_imposable", taxed)] {
        let input = Law::national().book().input_named(name).unwrap();
        let points = vec![(month("0001-01"), Some(Value::Number(amount)))];
        let history = History { points, until: None, provenance: String::new() };
        res.set_fact(input, 0, Fact::Known(history));
    }
    res
}

#[test]
fn points_are_what_the_reference_says() {
    let law = Law::national();
    for key in KEYS {
        let household = extended(key);
        let curve = earnings(&household, 37);
        assert_eq!(curve.points.len(), 109);
        for point in &curve.points {
            let moved = paid(&household, point.at);
            let evaluation = evaluate(law.book(), &moved, month("2026-10"), &law.aids(), false);
            for ((aid, found), expected) in curve.aids.iter().zip(&point.aids).zip(&evaluation.aids)
            {
                assert_eq!(*aid, expected.aid);
                assert_eq!(*found, expected.amount, "{key} {:?} {}", point.at, expected.name);
            }
            let aids = point.aids.iter().map(|it| it.unwrap());
            let available =
                aids.fold(point.earnings.unwrap(), |sum, it| sum.checked_add(it).unwrap());
            assert_eq!(point.available, Some(available));
        }
    }
}

#[test]
fn every_loss_is_told_with_the_aid_and_the_rule() {
    let mut told = 0;
    for key in KEYS {
        let curve = earnings(&extended(key), 10);
        let losses = curve.points.windows(2).filter(|it| it[1].available < it[0].available).count();
        let mut covered = 0;
        for jump in &curve.jumps {
            assert!(jump.lost > Rational::ZERO && jump.aid_lost > Rational::ZERO);
            assert_eq!(jump.kind == JumpKind::Drop, jump.lost > Rational::from(20) && !jump.smooth);
            assert!(jump.rate.unwrap() > Rational::ONE);
            assert!(jump.rule.is_some() && !jump.sentence.is_empty());
            let steps =
                jump.at.checked_sub(jump.from).unwrap().checked_div(Rational::from(10)).unwrap();
            covered += usize::try_from(steps.numerator()).unwrap();
            told += 1;
        }
        assert_eq!(covered, losses, "{key}");
    }
    assert!(told > 5, "{told}");
}

/// At 20 the youngest of two children closes the family allowances: told on the axis of age.
#[test]
fn an_age_that_closes_an_aid_is_a_drop() {
    let law = Law::national();
    let household = extended("parent-seul");
    let step = Rational::new(1, 12).unwrap();
    let range = Range { from: Rational::from(10), to: Rational::from(15), step };
    let axis = Axis::Age { person: 2 };
    let found = curve(law.book(), &household, month("2026-10"), &law.aids(), axis, range);
    assert_eq!(found.points.len(), 61);
    let known = found.points.iter().filter(|it| it.available.is_some()).count();
    assert_eq!(known, 61);
    let rent = Range { from: Rational::ZERO, to: Rational::from(2000), step: Rational::ONE };
    let found = curve(
        law.book(),
        &household,
        month("2026-10"),
        &law.aids(),
        Axis::Rent { dwelling: 0 },
        rent,
    );
    assert_eq!(found.points.len(), 2001);
    assert!(
        found.points[400].available > found.points[0].available,
        "a rent opens the housing aid"
    );
}

/// An effect is the one that speaks of what happened, not any effect of the aid.
#[test]
fn jumps_are_told_with_their_own_effect() {
    let law = Law::national();
    let found: Vec<(String, String, Rational)> = KEYS
        .iter()
        .flat_map(|key| earnings(&extended(key), 1).groups(law.book()))
        .map(|it| {
            let aid = law.book().rule(it.aid).unwrap().name.clone();
            (aid, it.effect.map(|it| it.label).unwrap_or_default(), it.most_lost)
        })
        .collect();
    for (aid, words, most) in [
        // The RSA stops below 6 €, after having fallen by a euro for each euro.
        ("rsa", "moins de 6 €", "20"),
        ("rsa", "différentiel", "20"),
        ("prime_d_activité", "moins de 15 €", "20"),
        ("aide_au_logement", "tranches de 100 €", "5"),
        ("aide_au_logement", "moins de 10 €", "20"),
        ("complément_familial", "plafond majoré", "150"),
    ] {
        let told = found.iter().find(|it| it.0 == aid && it.1.contains(words));
        let told = told.unwrap_or_else(|| panic!("{aid}, {words}: {found:#?}"));
        assert!(told.2 < euros(most), "{told:?}");
    }
}

#[test]
fn every_jump_of_the_examples_is_a_threshold_the_law_assumes() {
    let mut untagged = Vec::new();
    for key in KEYS {
        for jump in earnings(&extended(key), 1).jumps {
            if jump.effect.is_none() {
                untagged.push(format!("{key}: {}", jump.sentence));
            }
        }
    }
    assert!(untagged.is_empty(), "{} jumps\n{}", untagged.len(), untagged.join("\n"));
}
