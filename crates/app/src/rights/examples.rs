//! Three invented households, one click away: form answers, dated from the month studied.

use base::Month;
use web::form::Fields;
use web::format::month_input;

#[derive(Debug)]
pub struct Example {
    pub slug: &'static str,
    pub title: &'static str,
    pub text: &'static str,
    pub fields: fn(Month) -> Fields,
}

pub const EXAMPLES: &[Example] = &[
    Example {
        slug: "nadia",
        title: "Nadia, seule avec deux enfants",
        text: "35 ans, un temps partiel, un logement HLM. Elle ne touche que les allocations familiales.",
        fields: nadia,
    },
    Example {
        slug: "karim-et-elise",
        title: "Karim et Élise, trois enfants",
        text: "Un seul salaire, un loyer dans le privé. Ils ne reçoivent aucune aide.",
        fields: karim_and_elise,
    },
    Example {
        slug: "bernard",
        title: "Bernard, en fin de droits au chômage",
        text: "58 ans, seul. Il n’a pas retrouvé son avis d’impôt : une réponse manque.",
        fields: bernard,
    },
];

fn nadia(month: Month) -> Fields {
    let tax = |line: &str| format!("t.a1.{}.{line}", month.year() - 2);
    let last_year = |line: &str| format!("t.a1.{}.{line}", month.year() - 1);
    let mut fields = alone("Nadia", "14/06/1991", "française");
    put(
        &mut fields,
        [
            ("p.alone", "since"),
            ("p.alone-date", "10/05/2022"),
            ("p.a1.activity", "en_emploi"),
            ("p.a1.activity-since", "09/2023"),
            ("p.a1.pregnant", "non"),
            ("p.e1.here", "oui"),
            ("p.e1.name", "Inès"),
            ("p.e1.birth", "03/09/2016"),
            ("p.e1.custody", "full"),
            ("p.e2.here", "oui"),
            ("p.e2.name", "Adam"),
            ("p.e2.birth", "21/02/2020"),
            ("p.e2.custody", "full"),
            ("i.a1.salary", "oui"),
            ("i.a1.salary.1.net", "980,60"),
            ("i.a1.salary.1.taxable", "1016,40"),
            ("b.family", "oui"),
            ("b.family.1.net", "153,01"),
            ("h.commune", "Saint-Étienne"),
            ("h.status", "locataire_hlm"),
            ("h.rent", "412,50"),
            ("h.since", "10/2023"),
        ],
    );
    no_other_income(&mut fields, "a1");
    not_special_home(&mut fields);
    fields.set("i.a1.salary.1.since", "09/2023");
    fields.set("b.family.1.since", month_input(month.plus(-8)));
    fields.set("b.rest", "rien");
    fields.set(tax("salary"), "12196,80");
    fields.set(tax("rest"), "rien");
    fields.set(last_year("rest"), "rien");
    earlier_year(&mut fields, "a1", month);
    fields
}

fn karim_and_elise(month: Month) -> Fields {
    let mut fields = Fields::default();
    put(
        &mut fields,
        [
            ("p.a1.name", "Karim"),
            ("p.a1.birth", "27/03/1986"),
            ("p.a1.nationality", "française"),
            ("p.a1.activity", "en_emploi"),
            ("p.a1.activity-since", "02/2019"),
            ("p.a1.pregnant", "non"),
            ("p.couple", "joint"),
            ("p.a2.name", "Élise"),
            ("p.a2.birth", "05/10/1988"),
            ("p.a2.nationality", "française"),
            ("p.a2.activity", "sans_activité"),
            ("p.a2.activity-since", "07/2019"),
            ("p.a2.pregnant", "non"),
            ("i.a1.salary", "oui"),
            ("i.a1.salary.1.net", "1851,27"),
            ("i.a1.salary.1.taxable", "1918,95"),
            ("i.a1.salary.2.net", "1824,90"),
            ("i.a1.salary.2.taxable", "1891,62"),
            ("h.commune", "42000"),
            ("h.status", "locataire_vide"),
            ("h.rent", "780"),
            ("h.since", "02/2021"),
        ],
    );
    for (n, name, birth) in
        [(1, "Lina", "10/04/2012"), (2, "Yanis", "22/11/2015"), (3, "Sarah", "08/07/2019")]
    {
        fields.set(format!("p.e{n}.here"), "oui");
        fields.set(format!("p.e{n}.name"), name);
        fields.set(format!("p.e{n}.birth"), birth);
        fields.set(format!("p.e{n}.custody"), "full");
    }
    fields.set("i.a1.salary.1.since", month_input(Month::of(month.year(), 1)));
    fields.set("i.a1.salary.2.since", month_input(Month::of(month.year() - 1, 1)));
    fields.set("i.a1.salary.rows", "2");
    fields.set("b.rest", "rien");
    fields.set(format!("t.a1.{}.salary", month.year() - 2), "22222,40");
    for who in ["a1", "a2"] {
        no_other_income(&mut fields, who);
        fields.set(format!("t.{who}.{}.rest", month.year() - 2), "rien");
        fields.set(format!("t.{who}.{}.rest", month.year() - 1), "rien");
        earlier_year(&mut fields, who, month);
    }
    not_special_home(&mut fields);
    fields
}

fn bernard(month: Month) -> Fields {
    let mut fields = alone("Bernard", "30/01/1968", "française");
    put(
        &mut fields,
        [
            ("p.alone", "always"),
            ("p.a1.activity", "au_chômage"),
            ("p.a1.pregnant", "non"),
            ("i.a1.unemployment", "oui"),
            ("i.a1.unemployment.1.net", "0"),
            ("i.a1.unemployment.1.taxable", "0"),
            ("i.a1.unemployment.2.net", "704"),
            ("i.a1.unemployment.rows", "2"),
            ("i.a1.unemployment.before", "inconnu"),
            ("b.rest", "rien"),
            ("h.commune", "Roubaix"),
            ("h.status", "locataire_vide"),
            ("h.rent", "455"),
            ("h.since", "06/2018"),
        ],
    );
    fields.set("p.a1.activity-since", month_input(month.plus(-22)));
    fields.set("p.a1.jobless-since", format!("01/{}", month_input(month.plus(-22))));
    fields.set("i.a1.unemployment.1.since", month_input(month.plus(-1)));
    fields.set("i.a1.unemployment.2.since", month_input(month.plus(-14)));
    no_other_income(&mut fields, "a1");
    not_special_home(&mut fields);
    fields.set(format!("t.a1.{}.rest", month.year() - 2), "inconnu");
    fields.set(format!("t.a1.{}.rest", month.year() - 1), "rien");
    earlier_year(&mut fields, "a1", month);
    fields
}

fn alone(name: &str, birth: &str, nationality: &str) -> Fields {
    Fields::from_iter([
        ("p.couple", "alone"),
        ("p.a1.name", name),
        ("p.a1.birth", birth),
        ("p.a1.nationality", nationality),
    ])
}

fn no_other_income(fields: &mut Fields, who: &str) {
    fields.set(format!("i.{who}.rest"), "rien");
    fields.set(format!("i.{who}.savings"), "rien");
}

fn not_special_home(fields: &mut Fields) {
    for name in ["h.shared", "h.room", "h.family-owner"] {
        fields.set(name, "non");
    }
}

/// Asked in the first months of a year only.
fn earlier_year(fields: &mut Fields, who: &str, month: Month) {
    fields.set(format!("t.{who}.{}.rest", month.year() - 3), "rien");
}

fn put<const N: usize>(fields: &mut Fields, answers: [(&str, &str); N]) {
    for (name, value) in answers {
        fields.set(name, value);
    }
}
