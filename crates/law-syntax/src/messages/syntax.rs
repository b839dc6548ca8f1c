//! S: declarations, clauses, expressions.

use super::Here;
use crate::words::Reserved;
use crate::{Diagnostic, Span};

pub(crate) fn not_a_declaration(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error("S01", span, format!("{found} ne commence pas une déclaration")).help(
        "une déclaration commence par `article`, `paramètre`, `énumération`, `table`, \
             `fenêtre`, `donnée`, `règle`, `fonction`, `aide`, `choix` ou `sauf à`",
    )
}

pub(crate) fn misspelt(span: Span, word: &str, meant: &str) -> Diagnostic {
    Diagnostic::error("S02", span, format!("`{word}` n’est pas un mot du langage"))
        .help(format!("écrivez `{meant}`"))
        .fix(span, meant)
}

pub(crate) fn reserved_name(span: Span, word: &str, reserved: Option<Reserved>) -> Diagnostic {
    let why = match reserved {
        Some(Reserved::Declaration) => "ce mot commence une déclaration",
        Some(Reserved::Kind) => "ce mot désigne une unité, un type, une entité ou une période",
        Some(Reserved::Starter) => "ce mot commence une expression",
        Some(Reserved::Structure) | None => "ce mot articule les clauses et les expressions",
    };
    Diagnostic::error(
        "S03",
        span,
        format!("`{word}` est un mot réservé et ne peut pas être un nom"),
    )
    .why(why)
    .help(format!("choisissez un nom plus précis, comme `{word}_retenu`"))
}

pub(crate) fn expected_name(here: Here) -> Diagnostic {
    Diagnostic::error("S04", here.span, format!("un nom est attendu avant {}", here.found))
        .help("un nom commence par une lettre, puis lettres, chiffres et `_` : `nb_enfants`")
}

pub(crate) fn hyphen_in_name(span: Span, name: &str) -> Diagnostic {
    Diagnostic::error("S05", span, "un nom ne contient pas de trait d’union")
        .why("entre deux noms, un trait est une soustraction")
        .help(format!("écrivez `{name}`"))
        .fix(span, name)
}

pub(crate) fn expected_symbol(here: Here, symbol: &str) -> Diagnostic {
    Diagnostic::error("S06", here.span, format!("`{symbol}` est attendu avant {}", here.found))
        .fix(here.gap, format!(" {symbol}"))
}

pub(crate) fn colon_for_equal(span: Span) -> Diagnostic {
    Diagnostic::error("S06", span, "`=` est attendu, et non `:`").fix(span, "=")
}

pub(crate) fn expected_word(here: Here, word: &str) -> Diagnostic {
    Diagnostic::error("S07", here.span, format!("`{word}` est attendu avant {}", here.found))
        .fix(here.gap, format!(" {word}"))
}

pub(crate) fn not_a_clause(span: Span, found: &str, clauses: &[&str]) -> Diagnostic {
    let res = Diagnostic::error("S08", span, format!("{found} n’a pas sa place ici"));
    match clauses {
        [] => res.help("une nouvelle déclaration est attendue"),
        _ => {
            res.help(format!("ici peuvent venir {}, ou une nouvelle déclaration", listed(clauses)))
        }
    }
}

pub(crate) fn repeated_clause(span: Span, clause: &str) -> Diagnostic {
    Diagnostic::error("S09", span, format!("`{clause}` est écrit deux fois"))
        .why("on ne saurait pas lequel des deux vaut")
}

pub(crate) fn equal_under_equal(span: Span) -> Diagnostic {
    let message = "ce `=` se lit comme une comparaison avec la ligne d’avant";
    Diagnostic::warning("S44", span, message)
        .why("les fins de ligne n’ont pas de sens : une règle n’a qu’une clause `= …`")
        .help("retirez l’une des deux lignes, ou écrivez la comparaison sur une seule")
}

pub(crate) fn missing_clause(span: Span, clause: &str, why: &str) -> Diagnostic {
    let res = Diagnostic::error("S10", span, format!("il manque `{clause}` à cette déclaration"))
        .why(why);
    match clause {
        // After an expression, `=` is a comparison.
        "=" => res.help("la clause `= …` vient avant `où`, `sauf` et `exemple`"),
        _ => res,
    }
}

pub(crate) fn expected_type(here: Here) -> Diagnostic {
    Diagnostic::error("S11", here.span, format!("un type est attendu avant {}", here.found)).help(
        "par exemple `€/mois`, `taux`, `nombre`, `personnes`, `ans`, `oui_non`, `date`, \
             ou le nom d’une énumération",
    )
}

pub(crate) fn percent_is_no_type(span: Span) -> Diagnostic {
    Diagnostic::error("S11", span, "`%` n’est pas un type").help("écrivez `taux`").fix(span, "taux")
}

pub(crate) fn unknown_unit(span: Span, word: &str, meant: Option<&str>) -> Diagnostic {
    let res = Diagnostic::error("S12", span, format!("`{word}` n’est pas une unité"));
    match meant {
        Some(meant) => res.help(format!("écrivez `{meant}`")).fix(span, meant),
        None => res.help("les périodes sont `mois`, `an`, `jour` et `heure`"),
    }
}

pub(crate) fn expected_entity(here: Here) -> Diagnostic {
    Diagnostic::error(
        "S13",
        here.span,
        format!("`par` et une entité sont attendus avant {}", here.found),
    )
    .why("une valeur est toujours celle d’une personne ou d’un groupe de personnes")
    .help("écrivez `par personne`, `par famille`, `par foyer_fiscal` ou `par ménage`")
}

pub(crate) fn unknown_entity(here: Here, meant: Option<&str>) -> Diagnostic {
    let res = Diagnostic::error("S13", here.span, format!("{} n’est pas une entité", here.found));
    match meant {
        Some(meant) => res.help(format!("écrivez `par {meant}`")).fix(here.span, meant),
        None => res.help("les entités sont `personne`, `famille`, `foyer_fiscal` et `ménage`"),
    }
}

/// `bare`: the words that were written without guillemets, if any.
pub(crate) fn expected_label(here: Here, bare: Option<(Span, &str)>) -> Diagnostic {
    let message = format!("un libellé `« … »` est attendu avant {}", here.found);
    match bare {
        Some((span, words)) => {
            Diagnostic::error("S14", span, "ce texte n’est pas entre `«` et `»`")
                .help(format!("écrivez `« {words} »`"))
                .fix(span, format!("« {words} »"))
        }
        None => Diagnostic::error("S14", here.span, message)
            .why("ce texte est montré tel quel à ceux qui lisent le résultat"),
    }
}

pub(crate) fn expected_date(here: Here) -> Diagnostic {
    Diagnostic::error("S15", here.span, format!("une date est attendue avant {}", here.found))
        .help("une date s’écrit `2026-03-01`, un mois `2026-03`")
}

pub(crate) fn date_in_words(span: Span, meant: &str) -> Diagnostic {
    Diagnostic::error("S15", span, "une date s’écrit avec des chiffres : année, mois, jour")
        .help(format!("écrivez `{meant}`"))
        .fix(span, meant)
}

pub(crate) fn expected_month(here: Here) -> Diagnostic {
    Diagnostic::error("S16", here.span, format!("un mois est attendu avant {}", here.found))
        .help("un mois s’écrit `2026-03`")
}

pub(crate) fn day_for_month(span: Span, month: &str) -> Diagnostic {
    Diagnostic::error("S16", span, "un mois est attendu, sans le jour")
        .why("les droits se calculent par mois")
        .help(format!("écrivez `{month}`"))
        .fix(span, month)
}

pub(crate) fn expected_month_offset(here: Here) -> Diagnostic {
    let message = format!("un mois relatif, comme `M-1`, est attendu avant {}", here.found);
    Diagnostic::error("S17", here.span, message).why("`M` est le mois calculé, `M-1` celui d’avant")
}

pub(crate) fn expected_year_offset(here: Here) -> Diagnostic {
    let message = format!("une année relative, comme `N-2`, est attendue avant {}", here.found);
    Diagnostic::error("S17", here.span, message)
        .why("`N` est l’année calculée, `N-1` celle d’avant")
}

pub(crate) fn offset_too_far(span: Span) -> Diagnostic {
    Diagnostic::error("S17", span, "ce décalage dépasse cent ans")
}

pub(crate) fn spaced_offset(span: Span, meant: &str) -> Diagnostic {
    Diagnostic::error("S18", span, "un mois ou une année relative s’écrit sans espace")
        .why("avec des espaces, on lirait une soustraction")
        .help(format!("écrivez `{meant}`"))
        .fix(span, meant)
}

pub(crate) fn expected_literal(here: Here) -> Diagnostic {
    Diagnostic::error("S19", here.span, format!("une valeur est attendue avant {}", here.found))
        .help("par exemple `646,52`, `12 %`, `14 ans`, `2026-03-01`, `vrai`")
}

pub(crate) fn expected_nature(here: Here) -> Diagnostic {
    let message = format!("`,` et la nature de la donnée sont attendues avant {}", here.found);
    Diagnostic::error("S20", here.span, message)
        .why("la nature dit comment la donnée vaut d’un mois à l’autre")
        .help("écrivez `, permanente`, `, état`, `, flux` ou `, évènement` après l’entité")
}

pub(crate) fn expected_expression(here: Here) -> Diagnostic {
    Diagnostic::error("S21", here.span, format!("une expression est attendue avant {}", here.found))
}

pub(crate) fn label_in_expression(span: Span) -> Diagnostic {
    Diagnostic::error("S21", span, "un libellé n’est pas une valeur").why(
        "le langage ne calcule pas sur des textes : une réponse parmi plusieurs est \
             une énumération",
    )
}

pub(crate) fn unclosed_paren(here: Here, open: Span) -> Diagnostic {
    Diagnostic::error("S22", here.span, format!("`)` est attendue avant {}", here.found))
        .note(open, "pour fermer cette parenthèse")
        .fix(here.gap, ")")
}

pub(crate) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error("S23", span, "cette expression est trop longue ou trop imbriquée")
        .why("personne ne peut la relire, et la machine se fixe une limite")
        .help("donnez un nom à ses parties : par `où`, ou par des règles")
}

pub(crate) fn chained_comparison(span: Span, before: Span) -> Diagnostic {
    Diagnostic::error("S24", span, "deux comparaisons ne s’enchaînent pas")
        .note(before, "première comparaison")
        .help("comparez deux fois : `a < b et b < c`")
}

pub(crate) fn slash_division(span: Span) -> Diagnostic {
    Diagnostic::error("S25", span, "la division s’écrit `÷`")
        .why("`/` ne sert qu’aux unités, comme `€/mois`")
        .fix(span, "÷")
}

pub(crate) fn missing_else(here: Here, start: Span) -> Diagnostic {
    Diagnostic::error("S26", here.span, format!("`sinon` est attendu avant {}", here.found))
        .note(start, "ce `si` n’a pas de `sinon`")
        .why("les deux branches sont obligatoires : la valeur par défaut ne doit pas être devinée")
}

pub(crate) fn missing_then(here: Here, instead: Option<Span>) -> Diagnostic {
    let res =
        Diagnostic::error("S27", here.span, format!("`alors` est attendu avant {}", here.found));
    match instead {
        Some(span) => {
            Diagnostic::error("S27", span, format!("`alors` est attendu, et non {}", here.found))
                .fix(span, "alors")
        }
        None => res.fix(here.gap, " alors"),
    }
}

pub(crate) fn modifier_in_branch(span: Span) -> Diagnostic {
    Diagnostic::error("S28", span, "cette branche borne ou arrondit sans parenthèses")
        .why("on ne saurait pas si la borne ou l’arrondi porte sur la branche ou sur tout le `si`")
        .help("mettez la branche entre parenthèses")
}

pub(crate) fn modifier_after_last_arm(span: Span) -> Diagnostic {
    let message = "cette borne ou cet arrondi suit le dernier cas d’un `selon`";
    Diagnostic::error("S28", span, message)
        .why("on ne saurait pas si elle porte sur ce cas ou sur tout le `selon`")
        .help("mettez entre parenthèses le dernier cas, ou tout le `selon`")
}

pub(crate) fn unknown_rounding(here: Here) -> Diagnostic {
    Diagnostic::error(
        "S29",
        here.span,
        format!("le pas de l’arrondi est attendu avant {}", here.found),
    )
    .help("écrivez `au centime`, `au centime inférieur`, `à 1 €`, `à 1 € supérieur` ou `à 0,01 %`")
}

pub(crate) fn semicolon_in_call(span: Span) -> Diagnostic {
    Diagnostic::error("S30", span, "les arguments se séparent par `,`")
        .help("la virgule est décimale seulement si un chiffre la suit sans espace")
        .fix(span, ",")
}

pub(crate) fn no_arm(here: Here, start: Span) -> Diagnostic {
    Diagnostic::error(
        "S31",
        here.span,
        format!("un cas `| … → …` est attendu avant {}", here.found),
    )
    .note(start, "ce `selon` n’a pas de cas")
}

pub(crate) fn missing_bar(span: Span, word: &str) -> Diagnostic {
    let start = Span { end: span.start, ..span };
    Diagnostic::error("S31", span, format!("il manque `|` devant `{word}`")).fix(start, "| ")
}

pub(crate) fn missing_arrow(here: Here, instead: Option<Span>) -> Diagnostic {
    match instead {
        Some(span) => {
            Diagnostic::error("S32", span, format!("`→` est attendue, et non {}", here.found))
                .fix(span, "→")
        }
        None => {
            Diagnostic::error("S32", here.span, format!("`→` est attendue avant {}", here.found))
                .help("`→` se tape aussi `->`")
                .fix(here.gap, " →")
        }
    }
}

pub(crate) fn pattern_without_subject(span: Span) -> Diagnostic {
    Diagnostic::error("S33", span, "ce motif demande un sujet")
        .why("un `selon` sans sujet est une suite de conditions, lues de haut en bas")
        .help("écrivez `selon E | moins de … → …`, ou une comparaison complète")
}

pub(crate) fn comparison_pattern(span: Span, symbol: &str) -> Diagnostic {
    let (words, fix) = match symbol {
        "<" => ("moins de V", Some("moins de")),
        "≤" | "<=" => ("jusqu’à V", Some("jusqu'à")),
        ">" => ("plus de V", Some("plus de")),
        "≥" | ">=" => ("V et plus", None),
        _ => ("V", Some("")),
    };
    let res =
        Diagnostic::error("S33", span, "un motif ne s’écrit pas avec un symbole de comparaison")
            .help(format!("écrivez `{words}`"));
    match fix {
        Some(fix) => res.fix(span, fix),
        None => res,
    }
}

pub(crate) fn comma_in_pattern(span: Span) -> Diagnostic {
    Diagnostic::error("S33", span, "les valeurs d’un motif se séparent par `ou`").fix(span, " ou")
}

pub(crate) fn condition_pattern(span: Span) -> Diagnostic {
    Diagnostic::error(
        "S33",
        span,
        "un `selon` avec un sujet attend des valeurs, pas des conditions",
    )
    .help("retirez le sujet après `selon`, ou écrivez `moins de`, `jusqu’à`, `V et plus`…")
}

pub(crate) fn incomplete_aggregate(here: Here, word: &str) -> Diagnostic {
    let help = match word {
        "un" | "une" => "écrivez `un des parents vérifie …` ou `un mois sur … vérifie …`",
        "chacun" | "chacune" | "chaque" => {
            "écrivez `chacun des enfants vérifie …` ou `chaque mois sur … vérifie …`"
        }
        "moyenne" => "écrivez `moyenne sur … de …`",
        "somme" => "écrivez `somme des enfants de …` ou `somme sur … de …`",
        _ => "écrivez `maximum des enfants de … à défaut …` ou `maximum sur … de …`",
    };
    let message = format!("`{word}` attend une suite avant {}", here.found);
    Diagnostic::error("S34", here.span, message).help(help)
}

pub(crate) fn maximum_of_values(span: Span, word: &str) -> Diagnostic {
    let meant = if word == "maximum" { "max" } else { "min" };
    Diagnostic::error("S35", span, format!("entre plusieurs valeurs, `{word}` s’écrit `{meant}`"))
        .fix(span, meant)
}

pub(crate) fn mean_of_people(span: Span) -> Diagnostic {
    Diagnostic::error("S36", span, "`moyenne` ne se calcule que sur des mois")
        .help("divisez une `somme des …` par un `nombre de …`")
}

pub(crate) fn missing_default(gap: Span) -> Diagnostic {
    Diagnostic::error("S37", gap, "`à défaut` est attendu ici")
        .why("quand personne ne remplit la condition, il n’y a ni maximum ni minimum")
        .help("ajoutez `à défaut` et une valeur")
}

pub(crate) fn useless_default(span: Span) -> Diagnostic {
    Diagnostic::error("S37", span, "`à défaut` ne s’emploie qu’avec `maximum` et `minimum`")
        .why("quand personne ne remplit la condition, une somme vaut 0")
}

pub(crate) fn missing_year_word(span: Span, year: &str) -> Diagnostic {
    let start = Span { end: span.start, ..span };
    Diagnostic::error("S38", span, format!("`année` est attendu devant `{year}`"))
        .fix(start, "année ")
}

pub(crate) fn reversed_range(span: Span) -> Diagnostic {
    Diagnostic::error("S39", span, "cette période finit avant de commencer")
        .help("écrivez d’abord le mois le plus ancien : `M-3 à M-1`")
}

pub(crate) fn too_many_keys(span: Span) -> Diagnostic {
    Diagnostic::error("S40", span, "une table a une ou deux entrées")
}

pub(crate) fn colon_in_table(span: Span) -> Diagnostic {
    Diagnostic::error("S41", span, "la version d’une table ne prend pas de `:`").fix(span, "")
}

pub(crate) fn rule_with_arguments(span: Span) -> Diagnostic {
    Diagnostic::error("S42", span, "une règle ou une aide n’a pas d’arguments")
        .help("déclarez une `fonction`")
}

pub(crate) fn expected_condition(span: Span, found: &str) -> Diagnostic {
    Diagnostic::error("S43", span, format!("{found} ne commence pas une condition"))
        .help("une condition s’écrit `nom : test « libellé »`")
}

pub(crate) fn no_condition(span: Span) -> Diagnostic {
    Diagnostic::error("S43", span, "aucune condition ne suit `conditions`")
        .help("une condition s’écrit `nom : test « libellé »`")
}

pub(crate) fn minutes(span: Span) -> Diagnostic {
    Diagnostic::error("S07", span, "le temps d’une réponse s’écrit en secondes")
        .help("par exemple `demande 90 secondes`")
}

pub(crate) fn second_claim(span: Span) -> Diagnostic {
    Diagnostic::error("S45", span, "cette propriété affirme déjà autre chose")
        .why("si elle était démentie, on ne saurait pas laquelle des deux")
        .help("déclarez une `propriété` par affirmation")
}

pub(crate) fn provided_without_change(span: Span) -> Diagnostic {
    Diagnostic::error("S46", span, "`pourvu que` ne s’écrit qu’avec `quand`")
        .why("il borne un changement : la condition doit être vraie avant et après")
        .help("écrivez la condition dans l’expression : `toujours : non C ou E`")
}

pub(crate) fn expected_change(here: Here) -> Diagnostic {
    Diagnostic::error("S47", here.span, format!("un changement est attendu avant {}", here.found))
        .help(
            "écrivez `quand DONNÉE augmente`, `quand un enfant naît` ou \
             `quand une personne s'ajoute ailleurs`",
        )
}

pub(crate) fn expected_direction(here: Here) -> Diagnostic {
    let message = format!("le sens qui est exclu est attendu avant {}", here.found);
    Diagnostic::error("S48", here.span, message)
        .help("écrivez `ne baisse pas`, `n'augmente pas` ou `ne change pas`")
}

/// `a`, `b` ou `c`
fn listed(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    quoted.join(", ")
}
