//! `selon`: cases that leave no gap and do not overlap, in every form the language has.

use base::Rational;

use super::book::Draft;
use super::scope::{Here, Ty, Unit};
use super::values;

pub(super) fn select(draft: &mut Draft<'_>, ty: Ty, here: &Here, depth: u32) -> String {
    let subject = draft.scope.any_type(&mut draft.dice);
    let (head, patterns) = match (draft.dice.below(5), subject) {
        (0, _) => {
            let tests = 1 + draft.dice.below(2);
            let mut patterns: Vec<String> =
                (0..tests).map(|_| draft.expr(Ty::Bool, here, depth.min(1))).collect();
            patterns.push("sinon".to_owned());
            ("selon".to_owned(), patterns)
        }
        (_, Ty::Bool) => {
            let patterns = vec!["vrai".to_owned(), draft.dice.one_of(["faux", "sinon"]).to_owned()];
            (format!("selon {}", draft.expr(subject, here, depth)), patterns)
        }
        (_, Ty::Enum(rank)) => {
            let patterns = cases(draft, rank);
            (format!("selon {}", draft.expr(subject, here, depth)), patterns)
        }
        (_, Ty::Date) => {
            let patterns = dates(draft);
            (format!("selon {}", draft.expr(subject, here, depth)), patterns)
        }
        (_, Ty::Number(unit)) => {
            let patterns = numbers(draft, unit, here);
            // A head count that was computed is a number like any other: 0, 1, 2… do not cover it.
            let covered = patterns.last().is_some_and(|it| it == "sinon" || it == "au-delà");
            let subject = if covered {
                draft.expr(subject, here, depth)
            } else {
                draft.leaf(subject, &Here { locals: Vec::new(), ..here.clone() })
            };
            (format!("selon {subject}"), patterns)
        }
    };
    let arms: Vec<String> = patterns
        .into_iter()
        .map(|pattern| format!(" | {pattern} → {}", draft.expr(ty, here, depth)))
        .collect();
    format!("({head}{})", arms.concat())
}

/// The cases of an enumeration, each once, alone or two together; or some of them and `sinon`.
fn cases(draft: &mut Draft<'_>, rank: usize) -> Vec<String> {
    let mut cases = draft.scope.enums.get(rank).cloned().unwrap_or_default();
    draft.dice.shuffle(&mut cases);
    let rest = draft.dice.chance(40);
    if rest {
        cases.truncate(1);
    }
    let mut res: Vec<String> = cases.chunks(2).map(|pair| pair.join(" ou ")).collect();
    if rest {
        res.push("sinon".to_owned());
    }
    res
}

fn dates(draft: &mut Draft<'_>) -> Vec<String> {
    let mut days: Vec<_> = (0..2).map(|_| values::day(&mut draft.dice, 1995, 2026)).collect();
    days.sort_unstable();
    days.dedup();
    let word = draft.dice.one_of(["moins de", "jusqu'à"]);
    let mut res: Vec<String> = days.iter().map(|day| format!("{word} {day}")).collect();
    res.push("sinon".to_owned());
    res
}

fn numbers(draft: &mut Draft<'_>, unit: Unit, here: &Here) -> Vec<String> {
    let mut bounds: Vec<Rational> = (0..3).map(|_| values::number(&mut draft.dice, unit)).collect();
    bounds.sort_unstable();
    bounds.dedup();
    let text = |value: &Rational| values::written(*value, unit);
    let closing = draft.dice.one_of(["au-delà", "sinon"]).to_owned();
    match draft.dice.below(6) {
        0 | 1 => {
            let words: Vec<&str> =
                bounds.iter().map(|_| draft.dice.one_of(["jusqu'à", "moins de"])).collect();
            let chain = bounds.iter().zip(words).map(|(it, word)| format!("{word} {}", text(it)));
            chain.chain([closing]).collect()
        }
        2 => {
            // A bound that is not written as a number: only a chain can be proved.
            let bound = draft.leaf(Ty::Number(unit), &Here { locals: Vec::new(), ..here.clone() });
            vec![format!("jusqu'à {bound}"), "au-delà".to_owned()]
        }
        3 if unit == Unit::Persons => {
            let word =
                draft.dice.one_of(["1 personnes ou 2 personnes", "de 1 personnes à 2 personnes"]);
            vec!["0 personnes".to_owned(), word.to_owned(), "3 personnes et plus".to_owned()]
        }
        3 | 4 => {
            let listed: Vec<String> = bounds.iter().map(text).collect();
            vec![listed.join(" ou "), "sinon".to_owned()]
        }
        _ => match bounds.as_slice() {
            [low, middle, high] if draft.dice.chance(50) => vec![
                format!("de {} à {}", text(low), text(middle)),
                format!("{} et plus", text(high)),
                "sinon".to_owned(),
            ],
            [.., high] => {
                let word = draft.dice.one_of(["plus de", "moins de"]);
                vec![format!("{word} {}", text(high)), "sinon".to_owned()]
            }
            [] => vec!["sinon".to_owned()],
        },
    }
}
