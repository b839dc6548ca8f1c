//! Typical mistakes and what is told of them: `code line:column message`, then the line once mended when
//! there is a quick fix.

/// What follows `=` in a rule, on the second line, and what is told.
pub const EXPRESSIONS: &[(&str, &str)] = &[
    (
        "si a alors 1 €",
        "\
S26 2:19 `sinon` est attendu avant la fin du fichier",
    ),
    (
        "si a : 1 € sinon 2 €",
        "\
S27 2:10 `alors` est attendu, et non `:`
⇒ = si a alors 1 € sinon 2 €",
    ),
    (
        "si a 1 € sinon 2 €",
        "\
S27 2:10 `alors` est attendu avant `1`
⇒ = si a alors 1 € sinon 2 €",
    ),
    (
        "si a alors b, au minimum 0 sinon c",
        "\
S28 2:16 cette branche borne ou arrondit sans parenthèses",
    ),
    (
        "selon x | 1 → a | 2 → b, arrondi au centime",
        "\
S28 2:28 cette borne ou cet arrondi suit le dernier cas d’un `selon`",
    ),
    (
        "selon x | 1 → a, arrondi au centime | 2 → b, arrondi au centime",
        "\
",
    ),
    (
        "selon x | 1 : a | sinon → b",
        "\
S32 2:17 `→` est attendue, et non `:`
⇒ = selon x | 1 → a | sinon → b",
    ),
    (
        "selon x | 1 → a sinon → b",
        "\
S31 2:21 il manque `|` devant `sinon`
⇒ = selon x | 1 → a | sinon → b",
    ),
    (
        "selon x | 1 2",
        "\
S32 2:17 `→` est attendue avant `2`
⇒ = selon x | 1 → 2",
    ),
    (
        "selon x",
        "\
S31 2:12 un cas `| … → …` est attendu avant la fin du fichier",
    ),
    (
        "selon x | ≤ 400 → a | > 400 → b",
        "\
S33 2:15 un motif ne s’écrit pas avec un symbole de comparaison
⇒ = selon x | jusqu'à 400 → a | > 400 → b
S33 2:27 un motif ne s’écrit pas avec un symbole de comparaison
⇒ = selon x | ≤ 400 → a | plus de 400 → b",
    ),
    (
        "selon x | x > 3 → a | sinon → b",
        "\
S33 2:17 un `selon` avec un sujet attend des valeurs, pas des conditions",
    ),
    (
        "selon | moins de 3 → a | sinon → b",
        "\
S33 2:13 ce motif demande un sujet",
    ),
    (
        "(a + b",
        "\
S22 2:11 `)` est attendue avant la fin du fichier
⇒ = (a + b)",
    ),
    (
        "a + b)",
        "\
S08 2:10 `)` n’a pas sa place ici",
    ),
    (
        "a +",
        "\
S21 2:8 une expression est attendue avant la fin du fichier",
    ),
    (
        "a / 2",
        "\
S25 2:7 la division s’écrit `÷`
⇒ = a ÷ 2",
    ),
    (
        "a < b < c",
        "\
S24 2:11 deux comparaisons ne s’enchaînent pas",
    ),
    (
        "a == b",
        "\
L09 2:7 `==` s’écrit `=`
⇒ = a = b",
    ),
    (
        "a && b || c",
        "\
L09 2:7 `&&` s’écrit `et`
⇒ = a et b || c
L09 2:12 `||` s’écrit `ou`
⇒ = a && b ou c",
    ),
    (
        "f(a; b)",
        "\
S30 2:8 les arguments se séparent par `,`
⇒ = f(a, b)",
    ),
    (
        "a, arrondi à l'unité",
        "\
S29 2:18 le pas de l’arrondi est attendu avant `l'`",
    ),
    (
        "a, arondi au centime",
        "\
S02 2:8 `arondi` n’est pas un mot du langage
⇒ = a, arrondi au centime",
    ),
    (
        "a, arrondi au centime inférieur, au minimun 0 €",
        "\
S02 2:41 `minimun` n’est pas un mot du langage
⇒ = a, arrondi au centime inférieur, au minimum 0 €",
    ),
    (
        "salaire à M - 1",
        "\
S18 2:15 un mois ou une année relative s’écrit sans espace
⇒ = salaire à M-1",
    ),
    (
        "salaire à N-1",
        "\
S17 2:15 un mois relatif, comme `M-1`, est attendu avant `N-1`",
    ),
    (
        "moyenne sur N-2 de x",
        "\
S38 2:17 `année` est attendu devant `N-2`
⇒ = moyenne sur année N-2 de x",
    ),
    (
        "somme sur M-1 à M-3 de x",
        "\
S39 2:15 cette période finit avant de commencer",
    ),
    (
        "somme sur trimestre x",
        "\
S07 2:25 `de` est attendu avant `x`
⇒ = somme sur trimestre de x",
    ),
    (
        "maximum des enfants de âge",
        "\
S37 2:31 `à défaut` est attendu ici",
    ),
    (
        "maximum(a, b)",
        "\
S35 2:5 entre plusieurs valeurs, `maximum` s’écrit `max`
⇒ = max(a, b)",
    ),
    (
        "moyenne des enfants de âge",
        "\
S36 2:5 `moyenne` ne se calcule que sur des mois",
    ),
    (
        "somme enfants de âge",
        "\
S34 2:11 `somme` attend une suite avant `enfants`",
    ),
    (
        "un parent vérifie x",
        "\
S34 2:8 `un` attend une suite avant `parent`",
    ),
    (
        "somme des enfants tel que x de y",
        "\
S02 2:23 `tel` n’est pas un mot du langage
⇒ = somme des enfants tels que x de y",
    ),
    (
        "mois + 1",
        "\
S03 2:5 `mois` est un mot réservé et ne peut pas être un nom",
    ),
    (
        "aide + 1",
        "\
S03 2:5 `aide` est un mot réservé et ne peut pas être un nom",
    ),
    (
        "12.5 × a",
        "\
L04 2:5 `12.5` emploie un point décimal
⇒ = 12,5 × a",
    ),
    (
        "12 euros",
        "\
S12 2:8 `euros` n’est pas une unité
⇒ = 12 €",
    ),
    (
        "3 €/moi",
        "\
S12 2:9 `moi` n’est pas une unité",
    ),
    (
        "$a + 2",
        "\
L01 2:5 le caractère `$` n’a pas de sens ici",
    ),
    (
        "\"oui\"",
        "\
L03 2:5 un libellé s’écrit entre `«` et `»`
⇒ = « oui »
S21 2:5 un libellé n’est pas une valeur",
    ),
    (
        "a – b",
        "\
L09 2:7 `–` s’écrit `−`
⇒ = a − b",
    ),
    (
        "d'âge + 2",
        "\
L12 2:5 un nom ne contient pas d’apostrophe
⇒ = âge + 2",
    ),
    (
        "non",
        "\
S21 2:8 une expression est attendue avant la fin du fichier",
    ),
];

/// Declarations, and what is told.
pub const DECLARATIONS: &[(&str, &str)] = &[
    (
        "\
parametre x : taux
  depuis 2026-01 : 12 %",
        "\
S02 1:1 `parametre` n’est pas un mot du langage
⇒ paramètre x : taux",
    ),
    (
        "\
loi x : taux
  depuis 2026-01 : 12 %
règle y : taux par famille = 1",
        "\
S01 1:1 `loi` ne commence pas une déclaration",
    ),
    (
        "\
paramètre x : % « x »
  depuis 01/03/2026 : 12 %",
        "\
S11 1:15 `%` n’est pas un type
⇒ paramètre x : taux « x »
L07 2:10 la date `01/03/2026` n’est pas écrite `AAAA-MM-JJ`
⇒ depuis 2026-03-01 : 12 %",
    ),
    (
        "\
paramètre x : taux « x
  depuis 2026-01 : 12 %",
        "\
L02 1:20 ce libellé n’est pas fermé
⇒ paramètre x : taux « x »",
    ),
    (
        "\
paramètre x : taux « x »
  depui 2026-02-30 : 12 %",
        "\
S02 2:3 `depui` n’est pas un mot du langage
⇒ depuis 2026-02-30 : 12 %
L06 2:9 la date `2026-02-30` n’existe pas",
    ),
    (
        "\
paramètre x : taux « x »
  depuis janvier 2026 : 12 %
  à revoir avant 2027",
        "\
S15 2:10 une date s’écrit avec des chiffres : année, mois, jour
⇒ depuis 2026-01 : 12 %
S15 3:18 une date s’écrit avec des chiffres : année, mois, jour
⇒ à revoir avant 2027-01",
    ),
    (
        "\
paramètre nb-enfants : personnes
  depuis 2026-01-01 3 personnes",
        "\
S05 1:11 un nom ne contient pas de trait d’union
⇒ paramètre nb_enfants : personnes
S06 2:21 `:` est attendu avant `3`
⇒ depuis 2026-01-01 : 3 personnes",
    ),
    (
        "\
paramètre x : taux",
        "\
S10 1:1 il manque `depuis` à cette déclaration",
    ),
    (
        "\
donnée mois : taux par personne, état",
        "\
S03 1:8 `mois` est un mot réservé et ne peut pas être un nom",
    ),
    (
        "\
donnée âge : ans par personne « âge »",
        "\
S20 1:31 `,` et la nature de la donnée sont attendues avant `« âge »`",
    ),
    (
        "\
donnée salaire : €/mois par individu, flux « salaire »",
        "\
S13 1:29 `individu` n’est pas une entité",
    ),
    (
        "\
donnée salaire : €/mois, flux « salaire »",
        "\
S13 1:24 `par` et une entité sont attendus avant `,`",
    ),
    (
        "\
donnée l'âge : ans par personne, état
  question « Quel âge ? »
  question « Âge ? »",
        "\
L12 1:8 un nom ne contient pas d’apostrophe
⇒ donnée âge : ans par personne, état
S09 3:3 `question` est écrit deux fois",
    ),
    (
        "\
règle x : €/mois par famile
  source CASF L262-2
  = 3 €/mois",
        "\
S13 1:22 `famile` n’est pas une entité
⇒ règle x : €/mois par famille
S14 2:10 ce texte n’est pas entre `«` et `»`
⇒ source « CASF L262-2 »",
    ),
    (
        "\
règle x : €/mois par famille « x »
  source « y »",
        "\
S10 1:1 il manque `=` à cette déclaration",
    ),
    (
        "\
règle x(n : personnes) : €/mois par famille
  = 3 €/mois",
        "\
S42 1:8 une règle ou une aide n’a pas d’arguments",
    ),
    (
        "\
règle x : €/mois par famille
  = 3 €/mois
  = 4 €/mois",
        "\
S44 3:3 ce `=` se lit comme une comparaison avec la ligne d’avant",
    ),
    (
        "\
aide rsa : €/mois par famille « rsa »
  conditions
    âge ≥ 25 ans « avoir 25 ans »
    séjour : à vérifier
  montant : 3 €/mois",
        "\
S43 3:5 `âge` ne commence pas une condition
S14 4:24 un libellé `« … »` est attendu avant `montant`
S06 5:11 `=` est attendu, et non `:`
⇒ montant = 3 €/mois",
    ),
    (
        "\
aide rsa : €/mois par famille « rsa »
  conditions
  montant = 3 €/mois
  exemple avec a = 3 : 4",
        "\
S43 2:3 aucune condition ne suit `conditions`
S32 4:22 `→` est attendue, et non `:`
⇒ exemple avec a = 3 → 4",
    ),
    (
        "\
table t(a : zone) : €
  depuis 2026-01 : source « x »
    lignes zone_1 : 3 |",
        "\
S41 2:18 la version d’une table ne prend pas de `:`
⇒ depuis 2026-01  source « x »
S02 3:5 `lignes` n’est pas un mot du langage
⇒ ligne zone_1 : 3 |
S19 3:24 une valeur est attendue avant la fin du fichier",
    ),
    (
        "\
table t(a : zone, b : zone, c : zone) : €",
        "\
S40 1:29 une table a une ou deux entrées",
    ),
    (
        "\
énumération zone « zone »
  zone_1 « zone 1 »
  zone_2 « zone 2 »",
        "\
S08 2:3 `zone_1` n’a pas sa place ici",
    ),
    (
        "\
choix c
  décidé par moi le 2026-01-01",
        "\
S14 1:8 un libellé `« … »` est attendu avant `décidé`
S14 2:14 ce texte n’est pas entre `«` et `»`
⇒ décidé par « moi » le 2026-01-01",
    ),
    (
        "\
règle x : €/mois par famille = 3 €/mois
  sauf si a : 4 €/mois
sauf à « x » si b : 5 €/mois",
        "\
S14 2:8 un libellé `« … »` est attendu avant `si`
S04 3:8 un nom est attendu avant `« x »`",
    ),
    (
        "\
article « CSS » <https://www.legifrance.gouv.fr
  « Les allocations »",
        "\
L08 1:17 ce lien n’est pas fermé
⇒ article « CSS » <https://www.legifrance.gouv.fr>",
    ),
    (
        "\
fenêtre f « f »
  depuis 2026-01 : M - 3 à M-1",
        "\
S18 2:20 un mois ou une année relative s’écrit sans espace
⇒ depuis 2026-01 : M-3 à M-1",
    ),
    (
        "\
paramètre x : taux « x »
  depuis 1er mars 2026 : 12 %
  à revoir avant le 2027-01-01",
        "\
S15 2:10 une date s’écrit avec des chiffres : année, mois, jour
⇒ depuis 2026-03-01 : 12 %
S15 3:18 une date est attendue avant `le`",
    ),
    (
        "\
règle x : taux par famille « x »
  où p = 3 %
  = p",
        "\
S10 1:1 il manque `=` à cette déclaration",
    ),
    (
        "\
donnée l : €/mois par ménage, état
  groupe Le logement
  demande 20 minutes
  connu par 80 %
  modifiable",
        "\
S14 2:10 ce texte n’est pas entre `«` et `»`
⇒ groupe « Le logement »
S07 3:14 le temps d’une réponse s’écrit en secondes
S02 4:3 `connu` n’est pas un mot du langage
⇒ connue par 80 %
S14 5:13 un libellé `« … »` est attendu avant la fin du fichier",
    ),
    (
        "\
aide a : €/mois par famille
  montant = 3 €/mois
  réexamen tout les 3 mois
  effet de seuil « x »",
        "\
S02 3:12 `tout` n’est pas un mot du langage
⇒ réexamen tous les 3 mois
S07 4:18 `assumé` est attendu avant `« x »`
⇒ effet de seuil assumé « x »",
    ),
    (
        "\
propriété p « p »
  source « s »",
        "\
S10 1:1 il manque `toujours : …` à cette déclaration",
    ),
    (
        "\
propriété p « p »
  quand : r ne baisse pas
  toujours : r ≥ 0 par famille",
        "\
S47 2:9 un changement est attendu avant `:`
S45 3:3 cette propriété affirme déjà autre chose",
    ),
    (
        "\
propriété p « p »
  quand un enfant nait : r ne monte pas",
        "\
S02 2:19 `nait` n’est pas un mot du langage
⇒ quand un enfant naît : r ne monte pas
S48 2:28 le sens qui est exclu est attendu avant `ne`",
    ),
    (
        "\
propriété p « p »
  toujours : r ≥ 0
  pourvu que a",
        "\
S13 2:19 `par` et une entité sont attendus avant `pourvu`
S46 3:3 `pourvu que` ne s’écrit qu’avec `quand`",
    ),
    (
        "\
propriété p « p »
  toujours : r ≥ 0 par famille
  pourvu que a",
        "\
S46 3:3 `pourvu que` ne s’écrit qu’avec `quand`",
    ),
];
