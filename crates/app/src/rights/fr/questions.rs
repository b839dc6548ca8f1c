//! The words of the form.

use base::Month;
use web::form::Fields;
use web::format;

use crate::rights::model::Step;
use crate::rights::model::communes::Commune;
use crate::rights::model::facts::Who;
use crate::rights::model::typed::Wrong;

/// A question: its label and the line that helps to answer it.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    pub label: &'a str,
    pub hint: &'a str,
}

/// As [`Words`], when the label names a year.
#[derive(Debug, Clone)]
pub struct YearWords {
    pub label: String,
    pub hint: &'static str,
}

const fn words<'a>(label: &'a str, hint: &'a str) -> Words<'a> {
    Words { label, hint }
}

// The start page

pub const START_TITLE: &str = "Quels droits pour ce foyer ?";
pub const START_LEAD: &str =
    "Décrivez un foyer en cinq courtes étapes. Vous voyez chaque aide, son montant, et pourquoi.";
pub const START_BUTTON: &str = "Commencer";
pub const START_WAYS: &str =
    "Question par question, Tandem ne demande que ce qui change le résultat.";
pub const START_EXAMPLES: &str = "Ou partez d’un exemple";
pub const START_PROMISES: [(&str, &str); 3] = [
    ("Rien n’est enregistré.", "Les réponses restent sur cette page. Fermez-la : tout s’efface."),
    ("« Je ne sais pas » est une réponse.", "Tandem dit alors ce qui manque, sans rien supposer."),
    ("Chaque chiffre a sa source.", "L’article de loi est à un clic."),
];
pub const START_AIDS_TITLE: &str = "Les aides calculées";
pub const START_AIDS: &str = "Revenu de solidarité active (RSA), prime d’activité, aide au logement (APL, ALF ou ALS), \
     allocations familiales, complément familial, allocation de soutien familial (ASF).";

// The frame

pub const LIST: &str = "Droits et aides";
pub const ERASE: &str = "Tout effacer";
pub const CONTINUE: &str = "Continuer";
pub const SEE_RESULT: &str = "Voir le résultat";
pub const UNKNOWN: &str = "Je ne sais pas";
pub const NOT_ANSWERED: &str = "Pas encore de réponse";
pub const YES: &str = "Oui";
pub const NO: &str = "Non";

pub fn step_label(step: Step) -> &'static str {
    match step {
        Step::People => "Personnes",
        Step::Income => "Revenus",
        Step::Taxes => "Impôts",
        Step::Benefits => "Aides reçues",
        Step::Home => "Logement",
    }
}

pub const RESULT: &str = "Résultat";

pub fn step_title(step: Step) -> &'static str {
    match step {
        Step::People => "Qui vit dans le logement ?",
        Step::Income => "Quels sont les revenus du foyer ?",
        Step::Taxes => "Que dit l’avis d’impôt ?",
        Step::Benefits => "Quelles aides le foyer reçoit-il déjà ?",
        Step::Home => "Comment le foyer est-il logé ?",
    }
}

pub fn step_lead(step: Step, month: Month) -> String {
    let studied = format::month(month);
    match step {
        Step::People => {
            format!("Nous étudions {studied}. Vous pouvez tout laisser vide et y revenir.")
        }
        Step::Income => format!(
            "Cochez ce que chacun a touché depuis janvier {}, même une seule fois.",
            month.year() - 1
        ),
        Step::Taxes => format!(
            "Les aides aux familles regardent les revenus de {}. Prenez l’avis d’impôt {}, si la personne l’a.",
            month.year() - 2,
            month.year() - 1
        ),
        Step::Benefits => {
            format!("Cochez ce qui a été versé depuis {}.", format::month(month.plus(-4)))
        }
        Step::Home => {
            "L’aide au logement dépend de la commune, du loyer et du type de logement.".to_owned()
        }
    }
}

// Step 1

pub const PERSON: &str = "La personne";
pub const PARTNER: &str = "Le conjoint ou la conjointe";
pub const CHILDREN: &str = "Les enfants";
pub const CHILDREN_HINT: &str =
    "Tous ceux qui vivent ici, même une semaine sur deux, même majeurs jusqu’à 25 ans.";
pub const ADD_CHILD: &str = "Ajouter un enfant";
pub const REMOVE_CHILD: &str = "Retirer";
pub const NAME: &str = "Prénom ou initiale (facultatif)";
pub const BIRTH: &str = "Date de naissance";
pub const DATE_HINT: &str = "Par exemple 12/03/1987";
pub const DATE_TO_COME_HINT: &str = "Par exemple 15/06/2027";
pub const MONTH_HINT: &str = "Par exemple 03/2026";
pub const COUPLE: Words<'static> = words("La personne vit-elle en couple ?", "");
pub const COUPLE_CHOICES: [(&str, &str, &str); 3] = [
    ("alone", "Non, seule (avec ou sans enfant)", ""),
    ("joint", "Oui, mariée ou pacsée", "Une seule déclaration d’impôts pour les deux."),
    ("separate", "Oui, sans mariage ni pacs", "Chacun sa déclaration d’impôts."),
];
pub const COUPLE_MISSING: &str = "Dites si la personne vit seule ou en couple.";
pub const ALONE: Words<'static> = words(
    "Depuis quand vit-elle sans conjoint ?",
    "Une séparation ou un veuvage récent augmente le RSA et la prime d’activité.",
);
pub const ALONE_SINCE_DATE: &str = "Depuis une séparation ou un veuvage";
pub const ALONE_ALWAYS: &str = "Elle n’a jamais vécu en couple";
pub const ALONE_CHOICES: [(&str, &str); 3] =
    [("always", ALONE_ALWAYS), ("since", ALONE_SINCE_DATE), ("inconnu", UNKNOWN)];
pub const YES_NO: [(&str, &str); 3] = [("oui", YES), ("non", NO), ("inconnu", UNKNOWN)];
pub const INCAPACITY_SHORT: &str = "Incapacité de 80 % ou plus";
pub const ALONE_SINCE: &str = "Date de la séparation ou du veuvage";
pub const ACTIVITY: Words<'static> = words("Situation en ce moment", "Ce qui l’occupe le plus.");
pub const ACTIVITIES: [(&str, &str); 8] = [
    ("en_emploi", "En emploi, salarié ou indépendant"),
    ("au_chômage", "Au chômage"),
    ("en_études", "Élève ou étudiant"),
    ("apprenti", "Apprenti"),
    ("stagiaire", "Stagiaire"),
    ("à_la_retraite", "À la retraite"),
    ("sans_activité", "Sans activité"),
    ("inconnu", UNKNOWN),
];
pub const ACTIVITY_SINCE: &str = "Dans cette situation depuis (mois)";
pub const JOBLESS_SINCE: &str = "Au chômage depuis le";
pub const SCHOLARSHIP: Words<'static> = words("Bourse de l’enseignement supérieur ?", "");
pub const NATIONALITY: Words<'static> = words("Nationalité", "");
pub const NATIONALITIES: [(&str, &str); 4] = [
    ("française", "Française"),
    ("européenne", "Union européenne, Espace économique européen, Suisse"),
    ("autre_nationalité", "Autre nationalité"),
    ("inconnu", UNKNOWN),
];
pub const ARRIVAL: &str = "Vit en France depuis le";
pub const PERMIT: Words<'static> = words("Titre de séjour en cours de validité ?", "");
pub const PERMIT_SINCE: &str =
    "Titre de séjour permettant de travailler, sans interruption depuis le";
pub const PERMIT_EXEMPT: Words<'static> = words(
    "Réfugié, apatride, protégé, ou carte de résident ?",
    "La durée du titre ne compte alors pas.",
);
pub const PREGNANT: Words<'static> =
    words("Une grossesse est-elle en cours ?", "Déclarée à la caisse.");
pub const PREGNANT_CHOICES: [(&str, &str); 4] = [
    ("non", NO),
    ("early", "Oui, depuis quatre mois ou moins"),
    ("late", "Oui, depuis plus de quatre mois"),
    ("inconnu", UNKNOWN),
];
pub const TAX_RETURN: &str = "Déclaration d’impôts";
pub const TAX_RETURN_ADULT: [(&str, &str); 2] =
    [("own", "La sienne"), ("elsewhere", "Celle de ses parents ou d’un autre foyer")];
pub const CUSTODY: Words<'static> = words("Où vit cet enfant ?", "");
pub const CUSTODY_CHOICES: [(&str, &str); 2] =
    [("full", "Ici"), ("shared", "En résidence alternée, la moitié du temps ici")];
pub const INCAPACITY: Words<'static> = words(
    "La maison départementale des personnes handicapées (MDPH) lui reconnaît-elle une incapacité de 80 % ou plus ?",
    "Ou une restriction durable d’accès à l’emploi.",
);

/// The choices for a child: on whose tax return.
pub fn child_tax_return(second: Option<&str>, first: &str) -> Vec<(&'static str, String)> {
    let mut res = vec![("first", format!("Celle de {first}"))];
    if let Some(second) = second {
        res.push(("second", format!("Celle de {second}")));
    }
    res.push(("elsewhere", "Celle d’un autre foyer".to_owned()));
    res
}

pub fn child_title(place: usize) -> String {
    format!("Enfant {place}")
}

pub fn child_return_of(name: &str) -> String {
    format!("{name} figure sur quelle déclaration d’impôts ?")
}

/// The first name typed, or a place name.
pub fn person_name(fields: &Fields, who: Who) -> String {
    match (fields.get(&format!("p.{who}.name")), who) {
        (Some(name), _) => name.to_owned(),
        (None, Who::Adult(1)) => "la personne".to_owned(),
        (None, Who::Adult(_)) => "le conjoint".to_owned(),
        (None, Who::Child(n)) => format!("l’enfant {n}"),
    }
}

// Step 2

pub const NET_SOCIAL: &str = "Montant net social";
pub const NET_TAXABLE: &str = "Net imposable";
pub const NET: &str = "Montant net";
pub const EUROS_A_MONTH: &str = "€ par mois";
pub const EUROS_A_YEAR: &str = "€ par an";
pub const EUROS: &str = "€";
pub const SINCE: &str = "Depuis (mois)";
pub const ADD_ROW: &str = "Ajouter un changement de montant";
pub const AMOUNT_UNKNOWN: Words<'static> = words("Je ne connais pas le montant", "");
pub const NOTHING_BEFORE: &str = "Avant le premier mois écrit ci-dessus";
pub const SICK_STOP: &str = "En arrêt de travail depuis le";
pub const HOURS: &str = "Heures travaillées ces trois dernières années";
pub const HOURS_HINT: &str = "Un an à temps plein : 1 607 heures. Utile pour le RSA avant 25 ans.";
pub const SAVINGS: Words<'static> =
    words("Épargne", "Livrets, compte courant, plan d’épargne logement…");
pub const SAVINGS_CHOICES: [(&str, &str); 3] =
    [("rien", "Aucune épargne"), ("oui", "Oui"), ("inconnu", UNKNOWN)];

pub fn saving(key: &str) -> &'static str {
    if key == "livret" {
        "Livret A"
    } else {
        "Autre épargne sans revenu imposable (LDDS, LEP, compte courant…)"
    }
}

pub fn income(key: &str) -> Words<'static> {
    match key {
        "salary" => words("Salaire", "Apprentissage, stage, chômage partiel et formation compris."),
        "unemployment" => words("Allocation chômage", "Versée par France Travail, hors ASS."),
        "pension" => words("Retraite", "De base et complémentaire."),
        "invalidity" => words("Pension d’invalidité", ""),
        "sick" => words(
            "Indemnités journalières de maladie",
            "Arrêt maladie, accident du travail, maladie professionnelle.",
        ),
        "maternity" => words("Indemnités de maternité, paternité ou adoption", ""),
        "alimony" => words("Pension alimentaire reçue", ""),
        "micro" => words(
            "Micro-entreprise",
            "Ce qui a été encaissé. Écrivez 0 pour une activité que la personne n’a pas.",
        ),
        "profit" => words(
            "Activité indépendante, hors micro-entreprise",
            "Le dernier bénéfice annuel connu.",
        ),
        "aah" => words(
            "Allocation aux adultes handicapés (AAH)",
            "Écrivez 0 sans majoration pour la vie autonome.",
        ),
        "asi" => words("Allocation supplémentaire d’invalidité (ASI)", ""),
        "ass" => words("Allocation de solidarité spécifique (ASS)", ""),
        "capital" => words("Placements imposables et loyers reçus", ""),
        _ => words("Autre revenu régulier", "Rente, prestation compensatoire…"),
    }
}

/// The name of a box inside a kind of income.
pub fn amount(income: &str, key: &str) -> &'static str {
    match (income, key) {
        ("salary", "net") => NET_SOCIAL,
        (_, "taxable") => NET_TAXABLE,
        (_, "sales") => "Ventes",
        (_, "services") => "Services",
        (_, "liberal") => "Activité libérale",
        (_, "extra") => "Majoration pour la vie autonome",
        _ => NET,
    }
}

pub fn before_choices(from: Month) -> [(&'static str, String); 2] {
    [("rien", format!("Rien depuis {}", format::month(from))), ("inconnu", UNKNOWN.to_owned())]
}

/// The sentence that speaks for every income that is not ticked.
pub fn income_rest(who: Who, from: Month) -> (String, [(&'static str, String); 2]) {
    let nothing = match who {
        Who::Adult(_) => format!("Aucun depuis {}", format::month(from)),
        Who::Child(_) => {
            format!("Aucun depuis {}, ni épargne, ni frais réels", format::month(from))
        }
    };
    let legend = match who {
        Who::Adult(_) => "Les revenus non cochés",
        Who::Child(_) => "Les autres revenus",
    };
    (legend.to_owned(), [("rien", nothing), ("inconnu", UNKNOWN.to_owned())])
}

// Step 3

pub const TAX_RETURN_HINT: &str = "Les montants de l’année entière, avant déduction de 10 %.";

pub fn year_title(year: i32) -> String {
    format!("année {year}")
}

pub fn tax_line(key: &str, year: i32) -> YearWords {
    let (label, hint) = match key {
        "salary" => ("Salaires", ""),
        "unemployment" => ("Allocation chômage", ""),
        "pension" => ("Retraites", ""),
        "invalidity" => ("Pensions d’invalidité", ""),
        "alimony" => ("Pensions alimentaires reçues", ""),
        "micro-sales" => ("Micro-entreprise : ventes", ""),
        "micro-services" => ("Micro-entreprise : services", ""),
        "micro-liberal" => ("Micro-entreprise : activité libérale", ""),
        "capital" => ("Placements imposables et loyers reçus", ""),
        "alimony-paid" => ("Pensions alimentaires versées", ""),
        "costs" => ("Frais réels déclarés", "Seulement sans la déduction de 10 %."),
        _ => (
            "Abattement pour personnes âgées ou invalides",
            "Né avant 1931, à l’AAH ou en invalidité : il figure sur l’avis.",
        ),
    };
    YearWords { label: format!("{label} en {year}"), hint }
}

pub fn tax_rest(year: i32) -> (String, [(&'static str, String); 2]) {
    let nothing = format!("Rien de tel en {year} : nous comptons 0 €");
    ("Les cases laissées vides".to_owned(), [("rien", nothing), ("inconnu", UNKNOWN.to_owned())])
}

// Step 4

pub fn benefit(key: &str) -> Words<'static> {
    match key {
        "rsa" => words("Revenu de solidarité active (RSA)", ""),
        "housing" => {
            words("Aide au logement (APL, ALF, ALS)", "Versée à la famille ou au propriétaire.")
        }
        "family" => words("Allocations familiales", "Sans la majoration pour âge."),
        "cf" => words("Complément familial", "Sans la majoration."),
        "asf" => words("Allocation de soutien familial (ASF)", ""),
        "paje" => words("Allocation de base de la PAJE", "Prestation d’accueil du jeune enfant."),
        "prepare" => {
            words("PreParE", "Prestation partagée d’éducation de l’enfant : congé parental.")
        }
        "aeeh" => words("Allocation d’éducation de l’enfant handicapé (AEEH)", ""),
        _ => words(
            "Allocation de solidarité aux personnes âgées (ASPA)",
            "Le « minimum vieillesse ».",
        ),
    }
}

pub const HOUSING_FIRST: &str = "Premier mois d’aide au logement";
pub const BENEFITS_QUESTION: &str = "Aides versées";

pub fn benefits_rest(month: Month) -> (String, [(&'static str, String); 2]) {
    let nothing = format!("Pas reçues depuis {}", format::month(month.plus(-4)));
    ("Les aides non cochées".to_owned(), [("rien", nothing), ("inconnu", UNKNOWN.to_owned())])
}

pub fn benefits_note(month: Month) -> String {
    format!(
        "Sans aide au logement aujourd’hui, nous étudions une demande faite en {}.",
        format::month(month)
    )
}

// Step 5

pub const COMMUNE: Words<'static> =
    words("Commune ou code postal", "Par exemple Saint-Étienne, ou 42000.");
pub const COMMUNE_UNKNOWN: Words<'static> = words("Je ne connais pas la commune", "");
pub const CHOOSE_COMMUNE: &str = "Plusieurs communes correspondent : choisissez la bonne.";
pub const WHICH_COMMUNE: Words<'static> = words("De quelle commune s’agit-il ?", "");
pub fn commune_found(commune: &Commune) -> String {
    match commune.zone() {
        Some(zone) => {
            format!("{}, {} de l’aide au logement", commune.short_label(), zone.replace('_', " "))
        }
        None => commune.short_label(),
    }
}

pub const COMMUNE_NOT_FOUND: &str =
    "Cette commune n’est pas dans notre liste. Vérifiez le nom, ou écrivez le code postal.";
pub const ZONE_UNKNOWN: &str =
    "Nous ne connaissons pas la zone de cette commune. L’aide au logement restera à compléter.";
pub const STATUS: Words<'static> = words("Comment est-elle logée ?", "");
pub const STATUSES: [(&str, &str, &str); 9] = [
    ("locataire_hlm", "Locataire d’un logement social (HLM)", ""),
    ("locataire_vide", "Locataire d’un logement vide, privé", ""),
    ("locataire_meublé", "Locataire d’un meublé, ou à l’hôtel", ""),
    (
        "locataire_foyer",
        "En foyer ou en résidence",
        "Foyer de jeunes travailleurs, résidence sociale, universitaire…",
    ),
    ("propriétaire", "Propriétaire, sans prêt en cours", ""),
    ("accédant", "Propriétaire, avec un prêt en cours", ""),
    ("logé_gratuitement", "Hébergée ou logée gratuitement", ""),
    ("sans_domicile", "Sans domicile", ""),
    ("inconnu", UNKNOWN, ""),
];
pub const HOME_SINCE: &str = "Logée ainsi depuis (mois)";
pub const RENT: &str = "Loyer sans les charges, ou mensualité du prêt";
pub const SHARED: Words =
    words("Est-ce une colocation ?", "Plusieurs locataires qui ne sont pas un couple.");
pub const ROOM: Words<'static> = words("Est-ce une simple chambre ?", "");
pub const ROOM_ELDER: Words<'static> =
    words("Chez un particulier, pour une personne âgée ou un adulte handicapé ?", "");
pub const FAMILY_OWNER: Words<'static> = words(
    "Le logement appartient-il à un proche ?",
    "Un parent, grand-parent, enfant ou petit-enfant, même pour un cinquième.",
);
pub const HOSTEL: Words<'static> = words("Quelle sorte de foyer ?", "");
pub const RENT_HOSTEL: &str = "Redevance, ou loyer de la chambre";
pub const HOSTELS: [(&str, &str); 6] = [
    ("foyer_conventionné", "Foyer conventionné"),
    ("résidence_sociale", "Résidence sociale, foyer de jeunes travailleurs conventionné"),
    ("foyer_non_conventionné", "Foyer non conventionné"),
    ("chambre_universitaire", "Chambre universitaire non rénovée"),
    ("chambre_universitaire_rénovée", "Chambre universitaire rénovée"),
    ("inconnu", UNKNOWN),
];
pub const CONTRIBUTION: Words<'static> = words("Une participation aux frais est-elle payée ?", "");

// Mistakes

pub const STUDIED_MONTH: &str = "Mois étudié";

/// « Nadia, date de naissance »: which answer a mistake is about, in the summary at the top.
pub fn what(name: &str, label: &str) -> String {
    let mut chars = name.chars();
    let name = match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect::<String>(),
        None => String::new(),
    };
    format!("{name}, {}", lower_first(label))
}

pub fn wrong(wrong: Wrong, what: &str) -> String {
    let way_out = match wrong {
        Wrong::NotADate => "écrivez le jour, le mois et l’année, comme 12/03/1987.",
        Wrong::NoSuchDay => "ce jour n’existe pas. Vérifiez le jour et le mois.",
        Wrong::NotAMonth => "écrivez le mois et l’année, comme 03/2026.",
        Wrong::NotAnAmount => "écrivez un montant en chiffres, comme 620,50.",
        Wrong::Negative => "le montant ne peut pas être négatif.",
        Wrong::TooManyDecimals => "écrivez deux chiffres au plus après la virgule.",
        Wrong::NotANumber => "écrivez un nombre entier, comme 1607.",
    };
    format!("{what} : {way_out}")
}

pub fn in_the_future(what: &str) -> String {
    format!("{what} : cette date n’est pas encore arrivée.")
}

pub fn too_far_ahead(last: Month) -> String {
    format!(
        "{STUDIED_MONTH} : les règles ne sont pas connues si loin. Choisissez {} au plus tard.",
        format::month(last)
    )
}

pub fn too_long_ago(what: &str) -> String {
    format!("{what} : l’année est trop ancienne. Vérifiez-la.")
}

pub fn after_the_month(what: &str, month: Month) -> String {
    format!(
        "{what} : le mois étudié est {}, écrivez un mois qui ne vient pas après.",
        format::month(month)
    )
}

pub fn too_much(what: &str, at_most: i64) -> String {
    let most = format::money(base::Rational::from(at_most)).replace(",00\u{a0}€", "");
    format!("{what} : c’est plus que {most}. Vérifiez le nombre de zéros.")
}

pub fn older_than_parent(name: &str) -> String {
    what(name, "date de naissance : un enfant naît après ses parents. Vérifiez les années.")
}

pub fn since_missing(what: &str) -> String {
    format!("{what} : dites depuis quel mois.")
}

pub fn same_month_twice(what: &str, month: Month) -> String {
    format!("{what} : {} est écrit deux fois.", format::month(month))
}

/// A sentence of the law made whole: capital letter and final dot.
pub fn sentence(text: &str) -> String {
    let text = upper_first(text);
    if text.ends_with(['.', '!', '?']) { text } else { format!("{text}.") }
}

pub fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

pub fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    let second_is_upper = text.chars().nth(1).is_some_and(char::is_uppercase);
    if second_is_upper {
        return text.to_owned();
    }
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
