//! Why the language asks what it asks: one sentence for each family of mistakes, unless the place that
//! reports one has a better.

/// The sentence for a code; a code of an unknown family has none.
pub(crate) fn of(code: &str) -> Option<&'static str> {
    Some(match code {
        "C04" => "sans sujet, il n’y a rien à comparer",
        "C06" => "une exception ne peut primer que sur une autre, de la même règle",
        "E01" => "une agrégation parcourt un groupe connu : il faut dire lequel",
        "N03" => "chaque sorte de nom se lit à sa façon",
        "N04" => "un nom du langage garde le même sens dans tous les fichiers",
        "N05" => "une valeur que rien ne lit fait croire qu’elle compte",
        "P02" => "un calcul doit toujours finir",
        "T03" => "une valeur oubliée serait devinée, une valeur en trop serait perdue",
        "T05" => "une aide se paie : elle a une unité et un montant",
        "T07" => "sans un pas positif, il n’y a pas d’arrondi",
        "U04" => "sans unité connue, rien ne dit ce que mesure ce nombre",
        "V08" => "un nom sans valeur ne peut rien calculer",
        _ => match code.chars().next()? {
            'L' => "un signe mal lu changerait le sens de ce qui le suit",
            'S' => {
                "chaque phrase du langage se lit d’une seule façon ; ce qui n’y entre pas serait perdu"
            }
            'N' => "un nom désigne une chose, une seule, dans tous les fichiers",
            'T' | 'U' => "un calcul qui mélange les genres donnerait un montant faux sans le dire",
            'E' => {
                "une règle parle d’une personne, d’une famille, d’un foyer ou d’un ménage, jamais d’un autre"
            }
            'P' => "un calcul doit porter sur des mois connus, et finir",
            'C' => "chaque situation doit avoir une réponse, et une seule",
            'V' => "une valeur mal écrite fausserait tous les calculs qui la lisent",
            'X' => "un exemple dit la loi telle que quelqu’un l’a lue : il doit pouvoir échouer",
            _ => return None,
        },
    })
}
