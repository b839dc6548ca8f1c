//! The answer for machines.

use law::situation::json_decimal;
use law::{AidResult, Detail, DetailKind, Explanation, MissingFact, Source, Verdict};
use serde_json::{Value, json};

use super::Answer;
use crate::fr;

pub fn of(answer: &Answer<'_>, explain: bool) -> Value {
    let aids: Vec<_> = answer
        .aids
        .iter()
        .map(|(result, explanation)| aid(answer, result, explanation, explain))
        .collect();
    json!({ "mois": answer.evaluation.month.to_string(), "aides": aids })
}

fn aid(answer: &Answer<'_>, it: &AidResult, words: &Explanation, explain: bool) -> Value {
    let conditions = it.conditions.iter().map(|it| {
        let sources: Vec<_> = it.sources.iter().map(source).collect();
        json!({
            "nom": it.name,
            "libellé": it.label,
            "verdict": verdict(it.verdict),
            "sources": sources,
        })
    });
    let conditions: Vec<_> = conditions.collect();
    let missing: Vec<_> = it.missing.iter().map(|it| missing(answer, it)).collect();
    let mut res = json!({
        "aide": it.name,
        "libellé": it.label,
        "instance": it.instance,
        "statut": fr::status_key(it.status),
        "montant": it.amount.and_then(json_decimal),
        "raison": words.sentence,
        "conditions": conditions,
        "sous_réserve": it.reserves,
        "manque": missing,
    });
    if let (true, Some(fields)) = (explain, res.as_object_mut()) {
        fields.insert("explication".to_owned(), explanation(words));
    }
    res
}

fn verdict(it: Verdict) -> &'static str {
    match it {
        Verdict::Met => "remplie",
        Verdict::Failed => "non_remplie",
        Verdict::Missing => "à_compléter",
        Verdict::ToCheck => "à_vérifier",
    }
}

fn missing(answer: &Answer<'_>, it: &MissingFact) -> Value {
    let input = it.input.and_then(|id| answer.law.book().input(id));
    json!({
        "fait": input.map(|it| it.name.as_str()),
        "question": input.and_then(|it| it.question.as_deref()),
        "entité": input.map(|it| it.entity.word()),
        "instance": it.instance,
        "de": it.first.to_string(),
        "à": it.last.to_string(),
        "état": fr::missing_key(it.state),
    })
}

fn explanation(it: &Explanation) -> Value {
    let lines = it.lines.iter().map(|it| {
        json!({
            "opération": it.operator,
            "libellé": it.label,
            "valeur": it.value,
            "total": it.total,
        })
    });
    let why_not = it.why_not.iter().map(|it| {
        let sources: Vec<_> = it.sources.iter().map(source).collect();
        json!({ "condition": it.condition, "phrase": it.sentence, "sources": sources })
    });
    json!({
        "phrase": it.sentence,
        "calcul": lines.collect::<Vec<_>>(),
        "parce_que": it.because,
        "pourquoi_pas": why_not.collect::<Vec<_>>(),
        "manque": it.missing,
        "sous_réserve": it.reserves,
        "détail": it.details.iter().map(detail).collect::<Vec<_>>(),
    })
}

fn detail(it: &Detail) -> Value {
    let kind = match it.kind {
        DetailKind::Rule => "règle",
        DetailKind::Parameter => "paramètre",
        DetailKind::Fact => "fait",
    };
    json!({
        "profondeur": it.depth,
        "sorte": kind,
        "libellé": it.label,
        "de_qui": it.about,
        "valeur": it.value,
        "formule": it.formula,
        "période": it.period,
        "depuis": it.since.map(|it| it.to_string()),
        "à_revoir": it.review_passed,
        "provenance": it.provenance,
        "lecture_retenue": it.choice,
        "sources": it.sources.iter().map(source).collect::<Vec<_>>(),
    })
}

fn source(it: &Source) -> Value {
    json!({
        "titre": it.title,
        "lien": it.link,
        "vérifié_le": it.verified.map(|it| it.to_string()),
    })
}
