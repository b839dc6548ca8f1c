//! What can be said of each right whatever the missing answers turn out to be: certain, possible, excluded,
//! and between which amounts.

use base::{Month, Rational};
use law::unknowns::{AidBounds, Certainty, Effort, FactRef, bounds};
use law::{Household, Instance, Law, RuleId};

use super::assess::Standing;

/// One right, as far as the answers settle it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Right {
    pub name: String,
    pub label: String,
    pub standing: Standing,
    pub range: Range,
}

/// Euros a month, when the right is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    pub low: Rational,
    /// `None`: nothing is known above.
    pub high: Option<Rational>,
}

impl Range {
    pub fn exactly(amount: Rational) -> Self {
        Self { low: amount, high: Some(amount) }
    }

    pub fn is_exact(self) -> bool {
        self.high == Some(self.low)
    }
}

/// What can be said of one aid of one family or person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub aid: RuleId,
    pub instance: Instance,
    pub standing: Standing,
    pub range: Range,
    /// The missing facts that can still move it.
    pub responsible: Vec<FactRef>,
}

/// Every right of the household in a month, whatever the missing answers. The narrower the bounds, the longer
/// it takes: a page between two questions cannot wait as the result can.
pub fn known(
    law: &Law,
    household: &Household,
    month: Month,
    aids: &[RuleId],
    effort: Effort,
) -> Vec<Known> {
    let told = |it: AidBounds| Known {
        standing: standing(&it),
        range: Range { low: it.low, high: it.high },
        aid: it.aid,
        instance: it.instance,
        responsible: it.responsible,
    };
    bounds(law.book(), household, month, aids, effort).into_iter().map(told).collect()
}

fn standing(bounds: &AidBounds) -> Standing {
    match bounds.certainty {
        Certainty::Certain => Standing::Certain,
        Certainty::Reserved => Standing::ToCheck,
        Certainty::Possible => Standing::Incomplete,
        Certainty::Excluded => Standing::Excluded,
        Certainty::Impossible => Standing::Impossible,
    }
}

/// The same with the words of each aid.
pub fn rights(law: &Law, known: &[Known]) -> Vec<Right> {
    let named = |it: &Known| {
        let rule = law.book().rule(it.aid)?;
        let (name, label) = (rule.name.clone(), rule.label.clone());
        Some(Right { name, label, standing: it.standing, range: it.range })
    };
    known.iter().filter_map(named).collect()
}

/// As a form carries it to the next page, to tell what the answer changed.
impl Right {
    pub fn seen(&self) -> String {
        let standing = match self.standing {
            Standing::Certain => "certain",
            Standing::ToCheck => "reserve",
            Standing::Incomplete => "possible",
            Standing::Excluded => "exclu",
            Standing::Impossible => "impossible",
        };
        let exact = |it: Rational| format!("{}/{}", it.numerator(), it.denominator());
        let high = self.range.high.map(exact).unwrap_or_default();
        format!("{standing};{};{high}", exact(self.range.low))
    }
}

/// What was known of a right on the page before; `None` for anything else than [`Right::seen`] writes.
pub fn parse_seen(text: &str) -> Option<(Standing, Range)> {
    let mut parts = text.split(';');
    let standing = match parts.next()? {
        "certain" => Standing::Certain,
        "reserve" => Standing::ToCheck,
        "possible" => Standing::Incomplete,
        "exclu" => Standing::Excluded,
        "impossible" => Standing::Impossible,
        _ => return None,
    };
    let exact = |text: &str| {
        let (over, under) = text.split_once('/')?;
        Rational::new(over.parse().ok()?, under.parse().ok()?)
    };
    let low = exact(parts.next()?)?;
    let high = match parts.next()? {
        "" => None,
        text => Some(exact(text)?),
    };
    Some((standing, Range { low, high }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_is_read_as_it_was_written() {
        let third = Rational::new(100, 3).unwrap();
        for (standing, range) in [
            (Standing::Certain, Range::exactly(Rational::from_cents(41_250))),
            (Standing::Incomplete, Range { low: Rational::ZERO, high: Some(third) }),
            (Standing::Excluded, Range::exactly(Rational::ZERO)),
            (Standing::Impossible, Range { low: Rational::ZERO, high: None }),
        ] {
            let right = Right { name: "rsa".to_owned(), label: "RSA".to_owned(), standing, range };
            assert_eq!(parse_seen(&right.seen()), Some((standing, range)), "{}", right.seen());
        }
        for text in ["", "certain", "certain;x;", "oui;1/1;2/1", "certain;1/1", "certain;1/0;2/1"] {
            assert_eq!(parse_seen(text), None, "{text}");
        }
    }
}
