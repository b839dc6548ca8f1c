//! The French sentences of projections.

use base::{Month, Rational};
use law_explain::format;
use law_ir::{Book, Entity, Household, InputId, Instance, RuleId, Type, Value};
use law_reference::{MissingFact, Status};

use crate::blame::Effect;
use crate::cause::{Cause, CauseKind, DatedChange, FactChange};
use crate::curve::{Axis, Jump, JumpGroup};
use crate::extend::{Hypothesis, HypothesisKind};
use crate::flips::Flip;
use crate::project::{Change, Standing};
use crate::scenario::Refused;

/// How an aid is named in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// « l’allocation de soutien familial », « les allocations familiales ».
    pub article: String,
    /// « pour l’allocation », « pour le revenu ».
    pub pronoun: &'static str,
    pub plural: bool,
}

/// First words of labels whose gender is known. Another label is quoted: « l’aide “…” » is never wrong.
const FEMININE: [&str; 10] = [
    "aide",
    "allocation",
    "bourse",
    "carte",
    "majoration",
    "pension",
    "prestation",
    "prime",
    "réduction",
    "participation",
];
const MASCULINE: [&str; 7] =
    ["chèque", "complément", "forfait", "minimum", "revenu", "secours", "supplément"];

pub(crate) fn named(label: &str) -> Named {
    let head = label.split(' ').next().unwrap_or_default();
    let singular = head.strip_suffix('s').filter(|it| !it.ends_with("secour")).unwrap_or(head);
    let plural =
        singular != head && (FEMININE.contains(&singular) || MASCULINE.contains(&singular));
    let word = if plural { singular } else { head };
    let feminine = FEMININE.contains(&word);
    if !feminine && !MASCULINE.contains(&word) {
        return Named {
            article: format!("l’aide « {label} »"), pronoun: "Elle", plural: false
        };
    }
    let vowel = word.starts_with(['a', 'e', 'é', 'i', 'o', 'u', 'h']);
    let (article, pronoun) = match (plural, feminine, vowel) {
        (true, true, _) => ("les ", "Elles"),
        (true, false, _) => ("les ", "Ils"),
        (false, true, true) => ("l’", "Elle"),
        (false, false, true) => ("l’", "Il"),
        (false, true, false) => ("la ", "Elle"),
        (false, false, false) => ("le ", "Il"),
    };
    Named { article: format!("{article}{label}"), pronoun, plural }
}

fn aid_named(book: &Book, aid: RuleId) -> Named {
    named(book.rule(aid).map(|it| it.label.as_str()).unwrap_or_default())
}

/// One change: when, why, and from what to what.
pub(crate) fn change(book: &Book, household: &Household, change: &Change) -> String {
    let mut res = format!(
        "En {}, {}.",
        format::month(change.month),
        cause(book, household, change, &change.cause)
    );
    if let [first, rest @ ..] = change.others.as_slice() {
        res.push_str(&format!(" S’y ajoute : {}", cause(book, household, change, first)));
        for other in rest {
            res.push_str(&format!(" ; {}", cause(book, household, change, other)));
        }
        res.push('.');
    }
    res.push(' ');
    res.push_str(&moves(book, household, change));
    if let Some(month) = change.paid_from {
        res.push_str(&format!(" Le versement suit au réexamen {}.", of_month(month)));
    }
    res
}

/// « Elles passent de 153,01 € à 0 € par mois. »
fn moves(book: &Book, household: &Household, change: &Change) -> String {
    let label = book.rule(change.aid).map(|it| it.label.as_str()).unwrap_or_default();
    let name = named(label);
    let subject = subject(book, household, change, &name);
    let verb = if name.plural { "passent" } else { "passe" };
    match (change.before.amount, change.after.amount) {
        (Some(before), Some(after)) => {
            format!("{subject} {verb} de {} à {} par mois.", euros(before), euros(after))
        }
        (_, None) => match change.after.status {
            Status::Impossible => format!("{subject} ne {} plus être calculée ici.", able(&name)),
            Status::Incomplete | Status::Due | Status::NotDue => {
                let name = whole_name(book, household, change, &name);
                let missing = missing(book, household, &change.missing);
                format!("Pour calculer {name}, il manque {missing}.")
            }
        },
        (None, Some(after)) => {
            format!("{subject} {} être calculée : {} par mois.", able(&name), euros(after))
        }
    }
}

/// The first of the facts that are missing, and how many others.
fn missing(book: &Book, household: &Household, facts: &[MissingFact]) -> String {
    let mut inputs: Vec<(Option<InputId>, Instance)> = Vec::new();
    for fact in facts {
        if !inputs.contains(&(fact.input, fact.instance)) {
            inputs.push((fact.input, fact.instance));
        }
    }
    let Some((input, instance)) = inputs.first() else { return "une réponse".to_owned() };
    let words = match input.and_then(|it| book.input(it)) {
        Some(input) => {
            let who = about(household, input.entity, *instance);
            let who = if who.is_empty() { String::new() } else { format!(" ({who})") };
            format!("« {} »{who}", input.label)
        }
        None => "les revenus d’un foyer fiscal extérieur".to_owned(),
    };
    match inputs.len() {
        1 => words,
        2 => format!("{words} et une autre réponse"),
        count => format!("{words} et {} autres réponses", count.saturating_sub(1)),
    }
}

/// « de mars 2027 », « d’avril 2027 ».
fn of_month(month: Month) -> String {
    let month = format::month(month);
    let vowel = month.starts_with(['a', 'o']);
    if vowel { format!("d’{month}") } else { format!("de {month}") }
}

fn able(name: &Named) -> &'static str {
    if name.plural { "peuvent" } else { "peut" }
}

/// The pronoun when the cause has just named the aid, otherwise its name.
fn subject(book: &Book, household: &Household, change: &Change, name: &Named) -> String {
    let named_before = matches!(change.cause.counted, Some((person, _)) if is_child_of(&change.cause, person))
        && change.cause.through.is_none()
        && change.others.is_empty();
    let one = count_of(book, household, change.aid) < 2;
    if named_before && one {
        return name.pronoun.to_owned();
    }
    capitalised(&whole_name(book, household, change, name))
}

/// With whose it is, when the household has several families, persons…
fn whole_name(book: &Book, household: &Household, change: &Change, name: &Named) -> String {
    let entity = book.rule(change.aid).map(|it| it.entity);
    match entity {
        Some(entity) if household.count(entity) > 1 => {
            format!("{} ({})", name.article, about(household, entity, change.instance))
        }
        _ => name.article.clone(),
    }
}

fn count_of(book: &Book, household: &Household, aid: RuleId) -> usize {
    book.rule(aid).map_or(0, |it| household.count(it.entity))
}

fn is_child_of(cause: &Cause, person: Instance) -> bool {
    matches!(cause.kind, CauseKind::Age { person: it, .. } if it == person)
}

/// `153,01 €`, and `0 €` without cents.
fn euros(amount: Rational) -> String {
    if amount.is_zero() { "0\u{a0}€".to_owned() } else { format::money(amount) }
}

fn cause(book: &Book, household: &Household, change: &Change, cause: &Cause) -> String {
    let what = what(book, household, change.month, cause);
    let effect = effect(book, household, change, cause);
    match cause.through {
        Some(aid) => {
            let (through, aid) = (aid_named(book, aid), aid_named(book, change.aid));
            let verb = if through.plural { "changent" } else { "change" };
            let counts = if aid.plural { "tiennent" } else { "tient" };
            format!("{what} : {} {verb}, et {} en {counts} compte", through.article, aid.article)
        }
        None => format!("{what}{effect}"),
    }
}

fn what(book: &Book, household: &Household, month: Month, cause: &Cause) -> String {
    match &cause.kind {
        CauseKind::Age { person, born } => age(&name_of(household, *person), *born, cause.happened),
        CauseKind::Duration { input, instance, since } => {
            duration(book, household, (*input, *instance), *since, cause.happened)
        }
        CauseKind::Dated(values) => dated(values, month, cause.happened),
        CauseKind::Facts { entity, instance, facts } => {
            let who = about(household, *entity, *instance);
            self::facts(book, &who, facts, month, cause.happened)
        }
        CauseKind::Calendar if cause.happened.month_of_year() == 1 => {
            "la nouvelle année change l’année des revenus qui comptent".to_owned()
        }
        CauseKind::Calendar => "c’est le mois où les revenus sont réexaminés".to_owned(),
        CauseKind::RuleDate => {
            let rule = cause.rule.and_then(|it| book.rule(it));
            match rule {
                Some(rule) => format!("une nouvelle règle s’applique (« {} »)", rule.label),
                None => "une nouvelle règle s’applique".to_owned(),
            }
        }
    }
}

/// « Léa a 20 ans », « Léa a eu 14 ans en février 2027 », « Léa a 3 mois », « Léa naît ».
fn age(name: &str, born: base::Date, happened: Month) -> String {
    let months = happened.since(born.month());
    let (now, last) = (months.rem_euclid(12) == 0, months.rem_euclid(12) == 1);
    let years = months.div_euclid(12);
    match months {
        ..=-1 => format!("la naissance de {name} est attendue en {}", format::month(born.month())),
        0 => format!("{name} naît"),
        _ if now => format!("{name} a {}", years_of(years)),
        1 => format!("{name} est né·e le mois dernier"),
        _ if last => {
            format!("{name} a eu {} en {}", years_of(years), format::month(happened.plus(-1)))
        }
        _ => format!("{name} a {}", duration_of(months)),
    }
}

fn duration(
    book: &Book,
    household: &Household,
    (input, instance): (InputId, Instance),
    since: base::Date,
    happened: Month,
) -> String {
    let Some(input) = book.input(input) else { return String::new() };
    let who = match input.entity {
        Entity::Person => format!(", {}", name_of(household, instance)),
        Entity::Family | Entity::TaxHousehold | Entity::Dwelling => String::new(),
    };
    let months = happened.since(since.month());
    format!(
        "{} ont passé depuis le {} ({}{who})",
        duration_of(months.max(0)),
        format::date(since),
        input.label
    )
}

fn years_of(years: i32) -> String {
    let unit = if years < 2 { "an" } else { "ans" };
    format!("{years}\u{a0}{unit}")
}

fn duration_of(months: i32) -> String {
    if months > 0 && months.rem_euclid(12) == 0 {
        return years_of(months.div_euclid(12));
    }
    format!("{months}\u{a0}mois")
}

fn dated(values: &[DatedChange], month: Month, happened: Month) -> String {
    let [first, rest @ ..] = values else { return "le barème change".to_owned() };
    let mut res = if happened == month {
        format!("le barème change : « {} »", first.label)
    } else {
        format!("le barème {} entre dans le calcul : « {} »", of_month(happened), first.label)
    };
    if !first.before.is_empty() && !first.after.is_empty() {
        res.push_str(&format!(" passe de {} à {}", first.before, first.after));
    }
    if let Some(source) = first.sources.first() {
        res.push_str(&format!(" ({})", source.title));
    }
    match rest.len() {
        0 => {}
        1 => res.push_str(", et une autre valeur change"),
        count => res.push_str(&format!(", et {count} autres valeurs changent")),
    }
    res
}

fn facts(book: &Book, who: &str, facts: &[FactChange], month: Month, happened: Month) -> String {
    let told = facts.iter().filter_map(|it| {
        let input = book.input(it.input)?;
        let of = if who.is_empty() { String::new() } else { format!(" ({who})") };
        let (label, ty) = (&input.label, input.ty);
        Some(match (it.before, it.after) {
            (Some(before), Some(after)) => format!(
                "« {label} »{of} passe de {} à {}",
                value(book, before, ty),
                value(book, after, ty)
            ),
            (_, None) => {
                format!("« {label} »{of} n’est plus connu à partir {}", of_month(happened))
            }
            (None, Some(after)) => {
                format!("« {label} »{of} est connu : {}", value(book, after, ty))
            }
        })
    });
    let mut told: Vec<String> = told.collect();
    let hidden = told.len().saturating_sub(2);
    told.truncate(2);
    let mut told = told.join(", ");
    match hidden {
        0 => {}
        1 => told.push_str(", et un autre fait"),
        count => told.push_str(&format!(", et {count} autres faits")),
    }
    if happened == month {
        told
    } else {
        format!("le changement {} entre dans le calcul ({told})", of_month(happened))
    }
}

/// What the cause makes of the aid.
fn effect(book: &Book, household: &Household, change: &Change, cause: &Cause) -> String {
    if let Some((person, counted)) = cause.counted {
        let aid = aid_named(book, change.aid);
        let counts = if counted { "compte désormais" } else { "ne compte plus" };
        return if is_child_of(cause, person) {
            format!(" et {counts} pour {}", aid.article)
        } else {
            format!(" : {} {counts} pour {}", name_of(household, person), aid.article)
        };
    }
    if let Some(condition) = &cause.condition {
        let state = if condition.met { "est remplie" } else { "n’est plus remplie" };
        return format!(" : la condition « {} » {state}", condition.label);
    }
    match (&cause.kind, cause.rule.and_then(|it| book.rule(it))) {
        (CauseKind::Age { .. } | CauseKind::Duration { .. }, Some(rule)) => {
            format!(", ce qui change « {} »", rule.label)
        }
        _ => String::new(),
    }
}

fn value(book: &Book, value: Value, ty: Type) -> String {
    format::value(book, value, ty)
}

pub(crate) fn name_of(household: &Household, person: Instance) -> String {
    household.person(person).map(|it| it.label.clone()).unwrap_or_default()
}

/// Whom a fact is about: a person’s name; empty for a group when there is only one.
pub(crate) fn about(household: &Household, entity: Entity, instance: Instance) -> String {
    let at = usize::from(instance);
    let lead = match entity {
        Entity::Person => return name_of(household, instance),
        _ if household.count(entity) < 2 => return String::new(),
        Entity::Family => household.families.get(at).map(|it| it.applicant),
        Entity::TaxHousehold => {
            household.tax_households.get(at).and_then(|it| it.declarants.first().copied())
        }
        Entity::Dwelling => {
            household.dwellings.get(at).and_then(|it| it.occupants.first().copied())
        }
    };
    let name = lead.map(|it| name_of(household, it)).unwrap_or_default();
    match entity {
        Entity::Person => name,
        Entity::Family => format!("famille de {name}"),
        Entity::TaxHousehold => format!("foyer fiscal de {name}"),
        Entity::Dwelling => format!("logement de {name}"),
    }
}

pub(crate) fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// For tests and pages: what a standing is, in words.
pub fn standing(standing: &Standing) -> String {
    match (standing.status, standing.amount) {
        (Status::Due | Status::NotDue, Some(amount)) => euros(amount),
        (Status::Incomplete, _) => "à compléter".to_owned(),
        (Status::Impossible | Status::Due | Status::NotDue, _) => "non calculée".to_owned(),
    }
}

// ── what is supposed ──────────────────────────────────────────────────────────────────────────────────

/// Where a fact comes from, in words.
pub(crate) const COMPUTED: &str = "calculé par nos règles";
pub(crate) const SCENARIO: &str = "supposé dans « et si »";
pub(crate) const ANSWERED: &str = "répondu dans « et si »";
pub(crate) const CURVE: &str = "point de la courbe";
pub(crate) const TRIED: &str = "valeur essayée";

pub(crate) fn hypothesis(book: &Book, household: &Household, it: &Hypothesis) -> String {
    let Some(input) = book.input(it.input) else { return String::new() };
    let who = about(household, input.entity, it.instance);
    let who = if who.is_empty() { String::new() } else { format!(" ({who})") };
    let from = of_month(it.from);
    match it.kind {
        HypothesisKind::Unchanged(amount) => format!(
            "« {} »{who} : {}, supposé inchangé à partir {from}.",
            input.label,
            value(book, amount, input.ty)
        ),
        HypothesisKind::AsComputed(_) => format!(
            "« {} »{who} : supposé égal au montant calculé ici pour chaque mois, à partir {from}.",
            input.label
        ),
    }
}

pub(crate) fn refused(why: Refused) -> &'static str {
    match why {
        Refused::Nobody => "cette personne ou ce logement n’existe pas dans la situation",
        Refused::NotACouple => "la personne qui part n’est pas l’un des deux parents de la famille",
        Refused::NotAChild => "l’un des enfants n’est pas un enfant de la famille",
        Refused::NoFact => "les règles ne connaissent pas le fait à changer",
    }
}

/// The same child seen from the other home.
pub(crate) fn double(child: &str, parent: &str) -> String {
    format!("{child} (chez {parent})")
}

// ── curves ────────────────────────────────────────────────────────────────────────────────────────────

pub(crate) fn curve_hypotheses(_book: &Book, household: &Household, axis: Axis) -> Vec<String> {
    match axis {
        Axis::Earnings { person, taxable } => {
            let name = name_of(household, person);
            let percent = taxable.checked_mul(Rational::from(100)).unwrap_or(taxable);
            vec![
                format!("Le salaire de {name} est supposé le même chaque mois, passé compris."),
                format!(
                    "Son salaire imposable est supposé égal à {percent}\u{a0}% du montant net social."
                ),
                "Les autres revenus et les aides déjà reçues restent ceux de la situation."
                    .to_owned(),
            ]
        }
        Axis::Rent { .. } => vec!["Seul le loyer change.".to_owned()],
        Axis::Age { person } => {
            vec![format!("{} est supposé·e né·e le premier du mois.", name_of(household, person))]
        }
    }
}

pub(crate) fn jump(book: &Book, axis: Axis, jump: &Jump) -> String {
    let at = format!("À {}", point(axis, jump.at));
    let aid = aid_named(book, jump.aid);
    let verb = if aid.plural { "baissent" } else { "baisse" };
    let (lost, aid_lost) = (euros(jump.lost), euros(jump.aid_lost));
    let mut res = if jump.smooth && matches!(axis, Axis::Earnings { .. }) {
        let (from, at) = (round_euros(jump.from), round_euros(jump.at));
        let name = &aid.article;
        format!(
            "De {from} à {at} de salaire, gagner plus laisse {lost} de moins : {name} {verb} de {aid_lost}"
        )
    } else {
        format!("{at}, il reste {lost} de moins : {} {verb} de {aid_lost}", aid.article)
    };
    if let Some(condition) = &jump.condition {
        res.push_str(&format!(", la condition « {condition} » change"));
    } else if let Some(rule) = jump.rule.filter(|it| *it != jump.aid).and_then(|it| book.rule(it)) {
        res.push_str(&format!(", à cause de « {} »", rule.label));
    }
    res.push_str(&assumed(jump.effect.as_ref()));
    res
}

/// « De 814 € à 2 374 € de salaire, l’aide au logement baisse 173 fois par paliers… »
pub(crate) fn jump_group(book: &Book, axis: Axis, group: &JumpGroup) -> String {
    let from = match axis {
        Axis::Earnings { .. } | Axis::Rent { .. } => round_euros(group.from),
        Axis::Age { .. } => point(axis, group.from),
    };
    let at = point(axis, group.at);
    let aid = aid_named(book, group.aid);
    let verb = if aid.plural { "baissent" } else { "baisse" };
    let (count, most) = (group.count, euros(group.most_lost));
    let how = if group.smooth { "plus vite que ce qui est gagné" } else { "d’un coup" };
    let mut res = format!(
        "De {from} à {at}, {} {verb} {count} fois {how} : il reste alors jusqu’à {most} de moins",
        aid.article
    );
    if let Some(condition) = &group.condition {
        res.push_str(&format!(", la condition « {condition} » change"));
    } else if let Some(rule) = group.rule.filter(|it| *it != group.aid).and_then(|it| book.rule(it))
    {
        res.push_str(&format!(", à cause de « {} »", rule.label));
    }
    res.push_str(&assumed(group.effect.as_ref()));
    res
}

fn assumed(effect: Option<&Effect>) -> String {
    match effect {
        Some(effect) => {
            let source = effect.sources.first().map(|it| format!(" ({})", it.title));
            let source = source.unwrap_or_default();
            format!(". Effet de seuil prévu par le texte : {}{source}.", effect.label)
        }
        None => ". Aucun texte n’assume cet effet de seuil.".to_owned(),
    }
}

/// `814 €`, and cents when there are some.
fn round_euros(amount: Rational) -> String {
    if amount.is_integer() {
        format!("{}\u{a0}€", format::decimal(amount, 0))
    } else {
        format::money(amount)
    }
}

/// « 814 € de salaire », « 14 ans ».
fn point(axis: Axis, at: Rational) -> String {
    match axis {
        Axis::Earnings { .. } => format!("{} de salaire", round_euros(at)),
        Axis::Rent { .. } => format!("{} de loyer", round_euros(at)),
        Axis::Age { .. } => {
            let months = at.checked_mul(Rational::from(12)).map(Rational::numerator);
            let months = months.and_then(|it| i32::try_from(it).ok()).unwrap_or_default();
            duration_of(months)
        }
    }
}

/// The words authors use for an amount that goes down without jumping.
pub(crate) const SLOPE: &str = "baisse, différentiel, dégressif";

/// And for one that goes down a staircase.
pub(crate) fn rounding(quantum: Rational) -> String {
    format!("arrondi par tranches de {} €", format::decimal(quantum, 0))
}

pub(crate) fn unpaid(from: Option<Rational>) -> String {
    let from = from.map(|it| format::decimal(it, 0)).unwrap_or_default();
    format!("une somme de moins de {from} € par mois n'est pas versée")
}

/// How many words two texts have in common, endings and the words of `beside` left aside; a number counts
/// twice.
pub(crate) fn likeness(a: &str, b: &str, beside: &str) -> i32 {
    const EMPTY: [&str; 16] = [
        "aux", "avec", "dans", "des", "est", "les", "leur", "par", "pas", "pour", "que", "qui",
        "ses", "son", "sur", "une",
    ];
    let words = |text: &str| {
        let words = text.split(|it: char| !it.is_alphanumeric()).map(str::to_lowercase);
        let mut res: Vec<String> = words
            .filter(|it| it.chars().count() >= 3 || it.chars().all(char::is_numeric))
            .filter(|it| !it.is_empty() && !EMPTY.contains(&it.as_str()))
            .map(|it| it.chars().take(4).collect())
            .collect();
        res.sort_unstable();
        res.dedup();
        res
    };
    let (b, beside) = (words(b), words(beside));
    let common = words(a).into_iter().filter(|it| b.contains(it) && !beside.contains(it));
    common.map(|it| if it.chars().all(char::is_numeric) { 2 } else { 1 }).sum()
}

// ── what would change ─────────────────────────────────────────────────────────────────────────────────

pub(crate) fn flip(book: &Book, household: &Household, flip: &Flip) -> String {
    let Some(input) = book.input(flip.input) else { return String::new() };
    let who = about(household, input.entity, flip.instance);
    let who = if who.is_empty() { String::new() } else { format!(" ({who})") };
    let to = value(book, flip.to, input.ty);
    let mut res =
        format!("Avec « {} »{who} : {to}, {} de plus par mois", input.label, euros(flip.gain));
    for (rank, gain) in flip.gains.iter().enumerate() {
        let aid = aid_named(book, gain.aid);
        let verb = if aid.plural { "passeraient" } else { "passerait" };
        let lead = if rank == 0 { " :" } else { "," };
        res.push_str(&format!(
            "{lead} {} {verb} de {} à {}",
            aid.article,
            euros(gain.before),
            euros(gain.after)
        ));
    }
    res.push('.');
    for gain in &flip.gains {
        if let Some(month) = gain.by_itself {
            let aid = aid_named(book, gain.aid);
            let verb = if aid.plural { "viennent" } else { "vient" };
            let month = format::month(month);
            res.push_str(&format!(" Sans rien changer, {} {verb} en {month}.", aid.article));
        }
    }
    res
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aids_are_named_with_their_article() {
        assert_eq!(named("allocations familiales").article, "les allocations familiales");
        assert_eq!(named("allocations familiales").pronoun, "Elles");
        assert_eq!(named("revenu de solidarité active").article, "le revenu de solidarité active");
        assert_eq!(named("aide au logement (APL)").article, "l’aide au logement (APL)");
        assert_eq!(named("prime d'activité").pronoun, "Elle");
        assert_eq!(named("coup de pouce").article, "l’aide « coup de pouce »");
    }

    #[test]
    fn ages_are_told_as_people_do() {
        let born = "2007-03-12".parse().unwrap();
        let age = |month: &str| age("Léa", born, month.parse().unwrap());
        assert_eq!(age("2027-03"), "Léa a 20\u{a0}ans");
        assert_eq!(age("2021-04"), "Léa a eu 14\u{a0}ans en mars 2021");
        assert_eq!(age("2007-06"), "Léa a 3\u{a0}mois");
        assert_eq!(age("2007-03"), "Léa naît");
        assert_eq!(age("2006-12"), "la naissance de Léa est attendue en mars 2007");
    }
}
