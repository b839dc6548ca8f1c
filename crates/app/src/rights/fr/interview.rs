//! The words of the interview, and of what is certain or possible.

use web::format;

use crate::rights::assess::Standing;
use crate::rights::model::block::Block;
use crate::rights::outlook::{Range, Right};

pub const INTERVIEW: &str = "Question par question";
pub const THIS_MONTH: &str = "Les droits du mois";
pub const MONTHS_VIEW: &str = "Les mois qui viennent";
pub const WHAT_IF_VIEW: &str = "Et si…";
pub const BUDGET_VIEW: &str = "Si les revenus changeaient";
pub const INTERVIEW_LEAD: &str = "Tandem pose d’abord la question qui tranche le plus.";
pub const WHOLE_FORM: &str = "Tout le formulaire";
pub const PASS: &str = "Passer";
pub const BACK: &str = "Revenir à la question d’avant";
pub const RIGHTS_SO_FAR: &str = "Les droits, pour l’instant";
pub const RIGHTS_LATER: &str = "Les droits apparaîtront ici après cette page.";
pub const LAST_ANSWER: &str = "Depuis la dernière réponse";
pub const NO_NEWS: &str = "Rien n’a changé : la réponse ne déplace aucun droit.";
pub const ALL_ANSWERS: &str = "Toutes les réponses";
pub const CORRECT: &str = "Corriger";
pub const PASSED: &str = "Questions passées";
pub const PASSED_HINT: &str = "Elles peuvent encore déplacer un droit. Vous pouvez y revenir.";
pub const OVER: &str = "Plus aucune question n’est utile";
pub const OVER_LEAD: &str = "Les réponses données disent tout ce qu’elles peuvent dire.";
pub const WHOLE_RESULT: &str = "Voir le résultat complet";

/// « Question 3 ».
pub fn rank(n: usize) -> String {
    format!("Question {n}")
}

/// Why this question, now.
pub fn settles(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => format!("Cette réponse peut trancher : {one}."),
        [first, second] => format!("Cette réponse peut trancher : {first} et {second}."),
        [first, second, ..] => {
            format!("Cette réponse peut trancher : {first}, {second} et d’autres.")
        }
    }
}

/// The question of a block, as the title of a page. `name` is how the person is named.
pub fn block_title(block: Block, name: &str) -> String {
    match block {
        Block::People => "Qui vit dans le logement ?".to_owned(),
        Block::Activity(_) => format!("Que fait {name} en ce moment ?"),
        Block::Nationality(_) => format!("Quelle nationalité pour {name} ?"),
        Block::Pregnancy(_) => format!("Une grossesse pour {name} ?"),
        Block::Alone => "Depuis quand la personne vit-elle seule ?".to_owned(),
        Block::Incomes(_) => format!("Quels revenus pour {name} ?"),
        Block::Savings(_) => format!("Quelle épargne pour {name} ?"),
        Block::Hours(_) => format!("Combien d’heures de travail pour {name} ?"),
        Block::Handicap(_) => format!("Un handicap reconnu pour {name} ?"),
        Block::TaxReturns => "Qui figure sur quelle déclaration d’impôts ?".to_owned(),
        Block::TaxYear(_, year) => format!("Quels revenus de {year} pour {name} ?"),
        Block::Benefits => "Quelles aides le foyer reçoit-il déjà ?".to_owned(),
        Block::Commune => "Où est le logement ?".to_owned(),
        Block::Home => "Comment le foyer est-il logé ?".to_owned(),
    }
}

/// One title for several blocks of the same kind; `None` when they have none in common.
pub fn shared_title(blocks: &[Block]) -> Option<&'static str> {
    let all = |of: fn(&Block) -> bool| blocks.iter().all(of);
    if all(|it| matches!(it, Block::Incomes(_))) {
        Some("Quels sont les revenus du foyer ?")
    } else if all(|it| matches!(it, Block::TaxYear(..))) {
        Some("Que dit l’avis d’impôt ?")
    } else if all(|it| matches!(it, Block::Activity(_))) {
        Some("Que font les adultes en ce moment ?")
    } else if all(|it| matches!(it, Block::Nationality(_))) {
        Some("Quelle est la nationalité des adultes ?")
    } else if all(|it| matches!(it, Block::Savings(_))) {
        Some("Quelle est l’épargne du foyer ?")
    } else if all(|it| matches!(it, Block::Commune | Block::Home)) {
        Some("Comment le foyer est-il logé ?")
    } else {
        None
    }
}

pub const SEVERAL_QUESTIONS: &str = "Encore quelques questions";

/// The amount of a right, as far as it is known.
pub fn amount_known(standing: Standing, range: Range) -> String {
    let low = format::money(range.low);
    let exact = range.is_exact();
    match (standing, range.high.map(format::money)) {
        (Standing::Excluded, _) => "pas de droit ce mois-là".to_owned(),
        (Standing::Impossible, _) => "les règles n’ont pas de réponse".to_owned(),
        (_, Some(high)) if exact => format!("{high} par mois"),
        (Standing::Certain | Standing::ToCheck, Some(high)) => {
            format!("entre {low} et {high} par mois")
        }
        (Standing::Certain | Standing::ToCheck, None) => format!("au moins {low} par mois"),
        (Standing::Incomplete, Some(high)) if range.low.is_zero() => {
            format!("jusqu’à {high} par mois")
        }
        (Standing::Incomplete, Some(high)) => format!("entre {low} et {high} par mois"),
        (Standing::Incomplete, None) => "montant pas encore connu".to_owned(),
    }
}

/// What changed for a right since the page before; `None` when nothing did.
pub fn news(right: &Right, standing: Standing, range: Range) -> Option<String> {
    let title = super::aid_title(&right.name, &right.label);
    let now = amount_known(right.standing, right.range);
    if right.standing != standing {
        return Some(match right.standing {
            Standing::Certain => format!("{title} : maintenant certain, {now}."),
            Standing::ToCheck => format!("{title} : maintenant ouvert sous réserve, {now}."),
            Standing::Incomplete => format!("{title} : maintenant possible, {now}."),
            Standing::Excluded => format!("{title} : maintenant exclu."),
            Standing::Impossible => format!("{title} : le calcul est maintenant impossible."),
        });
    }
    if right.range == range {
        return None;
    }
    let before = amount_known(standing, range).replace(" par mois", "");
    Some(format!("{title} : {now}, au lieu de {before}."))
}
