//! What the law said, kept in words: the amounts, and the explanations at their three depths.
//!
//! These types are the stored form: a field is added with a default, none is renamed.

use base::{Month, Rational};
use law::{Detail, DetailKind, Explanation, Line, Source, Verdict, WhyNot};
use serde::{Deserialize, Serialize};

use crate::rights::assess::{Aid, Assessment, Condition, Missing, Standing};
use crate::rights::outlook::Range;

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Results {
    pub month: String,
    pub received: String,
    pub aids: Vec<KeptAid>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptAid {
    pub name: String,
    pub label: String,
    pub standing: String,
    pub amount: Option<String>,
    /// Between which amounts, when answers were missing: the second is `None` without an upper bound.
    pub range: Option<(String, Option<String>)>,
    pub conditions: Vec<(String, String)>,
    pub missing: Vec<KeptMissing>,
    pub caution: Option<String>,
    pub sentence: String,
    pub lines: Vec<KeptLine>,
    pub details: Vec<KeptDetail>,
    pub because: Vec<String>,
    pub why_not: Vec<KeptWhyNot>,
    pub missing_words: Vec<String>,
    pub reserves: Vec<String>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptMissing {
    pub words: String,
    pub unknown: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptLine {
    pub operator: String,
    pub label: String,
    pub value: String,
    pub total: bool,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptDetail {
    pub depth: usize,
    pub kind: String,
    pub label: String,
    pub about: String,
    pub value: String,
    pub formula: Option<String>,
    pub period: Option<String>,
    pub since: Option<String>,
    pub review_passed: bool,
    pub provenance: Option<String>,
    pub choice: Option<String>,
    pub sources: Vec<KeptSource>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptWhyNot {
    pub condition: String,
    pub sentence: String,
    pub sources: Vec<KeptSource>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptSource {
    pub title: String,
    pub link: Option<String>,
    pub verified: Option<String>,
}

const STANDINGS: [(Standing, &str); 5] = [
    (Standing::Certain, "certain"),
    (Standing::ToCheck, "to_check"),
    (Standing::Incomplete, "incomplete"),
    (Standing::Excluded, "excluded"),
    (Standing::Impossible, "impossible"),
];
const VERDICTS: [(Verdict, &str); 4] = [
    (Verdict::Met, "met"),
    (Verdict::Failed, "failed"),
    (Verdict::Missing, "missing"),
    (Verdict::ToCheck, "to_check"),
];
const KINDS: [(DetailKind, &str); 3] =
    [(DetailKind::Rule, "rule"), (DetailKind::Parameter, "parameter"), (DetailKind::Fact, "fact")];
const OPERATORS: [&str; 4] = ["+", "−", "×", "÷"];

fn code<T: Copy + PartialEq>(codes: &[(T, &'static str)], value: T) -> String {
    let found = codes.iter().find(|(it, _)| *it == value);
    found.map(|(_, code)| (*code).to_owned()).unwrap_or_default()
}

fn decode<T: Copy>(codes: &[(T, &'static str)], text: &str) -> Option<T> {
    codes.iter().find(|(_, code)| *code == text).map(|(it, _)| *it)
}

impl Results {
    pub fn of(assessment: &Assessment) -> Self {
        Self {
            month: assessment.month.to_string(),
            received: written(assessment.received),
            aids: assessment.aids.iter().map(KeptAid::of).collect(),
        }
    }

    /// As the pages show it. `None`: what was kept is not what this program writes.
    pub fn assessment(&self) -> Option<Assessment> {
        let month: Month = self.month.parse().ok()?;
        let aids: Option<Vec<Aid>> = self.aids.iter().map(KeptAid::aid).collect();
        Some(Assessment { month, aids: aids?, received: read(&self.received)? })
    }
}

impl KeptAid {
    fn of(aid: &Aid) -> Self {
        let Explanation { sentence, lines, details, because, why_not, missing, reserves } =
            &aid.explanation;
        let range = |it: Range| (written(it.low), it.high.map(written));
        Self {
            name: aid.name.clone(),
            label: aid.label.clone(),
            standing: code(&STANDINGS, aid.standing),
            amount: aid.amount.map(written),
            range: aid.range.map(range),
            conditions: aid
                .conditions
                .iter()
                .map(|it| (it.label.clone(), code(&VERDICTS, it.verdict)))
                .collect(),
            missing: aid
                .missing
                .iter()
                .map(|it| KeptMissing { words: it.words.clone(), unknown: it.unknown })
                .collect(),
            caution: aid.caution.clone(),
            sentence: sentence.clone(),
            lines: lines.iter().map(KeptLine::of).collect(),
            details: details.iter().map(KeptDetail::of).collect(),
            because: because.clone(),
            why_not: why_not.iter().map(KeptWhyNot::of).collect(),
            missing_words: missing.clone(),
            reserves: reserves.clone(),
        }
    }

    fn aid(&self) -> Option<Aid> {
        let condition = |(label, verdict): &(String, String)| {
            Some(Condition { label: label.clone(), verdict: decode(&VERDICTS, verdict)? })
        };
        // The questions are those of today's form: a check of last year leads to none of them.
        let missing = |it: &KeptMissing| Missing {
            words: it.words.clone(),
            unknown: it.unknown,
            question: None,
        };
        let amount = match &self.amount {
            Some(text) => Some(read(text)?),
            None => None,
        };
        let range = match &self.range {
            Some((low, high)) => Some(Range {
                low: read(low)?,
                high: match high {
                    Some(high) => Some(read(high)?),
                    None => None,
                },
            }),
            None => None,
        };
        Some(Aid {
            name: self.name.clone(),
            label: self.label.clone(),
            standing: decode(&STANDINGS, &self.standing)?,
            amount,
            range,
            conditions: self.conditions.iter().map(condition).collect::<Option<_>>()?,
            missing: self.missing.iter().map(missing).collect(),
            caution: self.caution.clone(),
            explanation: self.explanation()?,
        })
    }

    fn explanation(&self) -> Option<Explanation> {
        Some(Explanation {
            sentence: self.sentence.clone(),
            lines: self.lines.iter().map(KeptLine::line).collect(),
            details: self.details.iter().map(KeptDetail::detail).collect::<Option<_>>()?,
            because: self.because.clone(),
            why_not: self.why_not.iter().map(KeptWhyNot::why_not).collect(),
            missing: self.missing_words.clone(),
            reserves: self.reserves.clone(),
        })
    }
}

impl KeptLine {
    fn of(it: &Line) -> Self {
        Self {
            operator: it.operator.unwrap_or_default().to_owned(),
            label: it.label.clone(),
            value: it.value.clone(),
            total: it.total,
        }
    }

    fn line(&self) -> Line {
        Line {
            operator: OPERATORS.into_iter().find(|it| *it == self.operator),
            label: self.label.clone(),
            value: self.value.clone(),
            total: self.total,
        }
    }
}

impl KeptDetail {
    fn of(it: &Detail) -> Self {
        Self {
            depth: it.depth,
            kind: code(&KINDS, it.kind),
            label: it.label.clone(),
            about: it.about.clone(),
            value: it.value.clone(),
            formula: it.formula.clone(),
            period: it.period.clone(),
            since: it.since.map(|it| it.to_string()),
            review_passed: it.review_passed,
            provenance: it.provenance.clone(),
            choice: it.choice.clone(),
            sources: it.sources.iter().map(KeptSource::of).collect(),
        }
    }

    fn detail(&self) -> Option<Detail> {
        Some(Detail {
            depth: self.depth,
            kind: decode(&KINDS, &self.kind)?,
            label: self.label.clone(),
            about: self.about.clone(),
            value: self.value.clone(),
            formula: self.formula.clone(),
            period: self.period.clone(),
            since: self.since.as_deref().and_then(|it| it.parse().ok()),
            review_passed: self.review_passed,
            provenance: self.provenance.clone(),
            choice: self.choice.clone(),
            sources: self.sources.iter().map(KeptSource::source).collect(),
        })
    }
}

impl KeptWhyNot {
    fn of(it: &WhyNot) -> Self {
        Self {
            condition: it.condition.clone(),
            sentence: it.sentence.clone(),
            sources: it.sources.iter().map(KeptSource::of).collect(),
        }
    }

    fn why_not(&self) -> WhyNot {
        WhyNot {
            condition: self.condition.clone(),
            sentence: self.sentence.clone(),
            sources: self.sources.iter().map(KeptSource::source).collect(),
        }
    }
}

impl KeptSource {
    fn of(it: &Source) -> Self {
        Self {
            title: it.title.clone(),
            link: it.link.clone(),
            verified: it.verified.map(|it| it.to_string()),
        }
    }

    fn source(&self) -> Source {
        Source {
            title: self.title.clone(),
            link: self.link.clone(),
            verified: self.verified.as_deref().and_then(|it| it.parse().ok()),
        }
    }
}

/// A whole fraction: no cent is lost between two readings.
fn written(amount: Rational) -> String {
    format!("{}/{}", amount.numerator(), amount.denominator())
}

fn read(text: &str) -> Option<Rational> {
    let (over, under) = text.split_once('/')?;
    Rational::new(over.parse().ok()?, under.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rights::examples::EXAMPLES;
    use crate::rights::model;
    use crate::rights::pages::{ResultPage, Sampled};

    #[test]
    fn what_is_kept_is_shown_again_word_for_word() {
        let today: base::Date = "2026-11-22".parse().unwrap();
        let law = law::Law::national();
        for (name, page) in ResultPage::samples(law, today) {
            let json = serde_json::to_string(&Results::of(&page.assessment)).unwrap();
            let kept: Results = serde_json::from_str(&json).unwrap();
            let again = kept.assessment().unwrap();
            assert_eq!(Results::of(&again), kept, "{name}");
            for (one, other) in page.assessment.aids.iter().zip(&again.aids) {
                assert_eq!(
                    (one.standing, one.amount, one.range),
                    (other.standing, other.amount, other.range)
                );
                assert_eq!(one.explanation.lines, other.explanation.lines, "{name}");
                assert_eq!(
                    format!("{:?}", one.explanation),
                    format!("{:?}", other.explanation),
                    "{name}"
                );
            }
        }
        // The examples are read without a mistake, or there would be nothing to compare.
        for example in EXAMPLES {
            assert!(model::read(&(example.fields)(today.month()), today).errors.is_empty());
        }
    }
}
