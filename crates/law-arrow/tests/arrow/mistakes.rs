//! What is wrong is told with its row and its column.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use law::Law;
use law_arrow::{BatchError, Cell, Cells, Heading, Households, Table, aids_named, evaluate};

use crate::MAY;

/// A table of texts, as a CSV file holds it.
struct Texts(Vec<Vec<&'static str>>);

impl Cells for Texts {
    fn cell(&self, column: usize, row: usize) -> Cell<'_> {
        Cell::text(self.0[row][column])
    }
}

/// The sentences about these rows, as one household.
fn told(heading: &'static str, rows: &[&'static str]) -> Vec<String> {
    let law = Law::national();
    let heading = Heading::read(law.book(), heading.split(','), &[]).unwrap();
    let rows: Vec<Vec<_>> = rows.iter().map(|it| it.split(',').collect()).collect();
    let count = rows.len();
    let cells = Texts(rows);
    let table = Table { law, heading: &heading, cells: &cells };
    match table.household(0..count) {
        Ok(_) => Vec::new(),
        Err(problems) => {
            problems.iter().map(|it| it.told(&format!("ligne {}", it.row + 2))).collect()
        }
    }
}

#[track_caller]
fn refuses(heading: &'static str, rows: &[&'static str], sentence: &str) {
    let told = told(heading, rows);
    assert!(told.iter().any(|it| it == sentence), "{told:#?}");
}

const WHO: &str = "rôle,part,rôle_fiscal,date_de_naissance";
const ADULT: &str = "demandeur,,déclarant,1990-01-01";

#[test]
fn a_household_of_one_is_three_cells() {
    assert_eq!(told("role,role_fiscal", &["demandeur,declarant"]), Vec::<String>::new());
}

#[test]
fn roles_are_checked() {
    refuses(
        WHO,
        &["demandeuse,,déclarant,"],
        "ligne 2, colonne « rôle » : il faut demandeur, conjoint ou enfant ; reçu : « demandeuse »",
    );
    refuses(WHO, &[ADULT, ADULT], "ligne 3, colonne « rôle » : la famille a déjà un demandeur");
    refuses(
        WHO,
        &["conjoint,,déclarant,"],
        "ligne 2, colonne « rôle » : la famille n’a pas de demandeur",
    );
    refuses(
        WHO,
        &[ADULT, "enfant,,à charge,2015-01-01"],
        "ligne 3, colonne « part » : il faut la part d’un enfant s’écrit 1, 1/2 ou 0 ; la cellule est vide",
    );
    refuses(
        WHO,
        &["demandeur,,,"],
        "ligne 2, colonne « rôle_fiscal » : il faut déclarant, à charge ou ailleurs ; la cellule est vide",
    );
    refuses(
        WHO,
        &["demandeur,,à charge,"],
        "ligne 2, colonne « rôle_fiscal » : un foyer fiscal a un ou deux déclarants",
    );
}

#[test]
fn the_words_are_those_of_the_reader_of_situations() {
    refuses(
        WHO,
        &["demandeur,,déclarant,2016-02-30"],
        "ligne 2, colonne « date_de_naissance » : la date « 2016-02-30 » n’existe pas ; une date s’écrit \"AAAA-MM-JJ\"",
    );
    refuses(
        WHO,
        &[ADULT, "enfant,1,à charge,31/12/1985"],
        "ligne 3, colonne « date_de_naissance » : 2, né·e le 31/12/1985, n’est pas plus jeune que son parent 1, né·e le 01/01/1990",
    );
    refuses(
        "rôle,rôle_fiscal,loyer",
        &["demandeur,déclarant,-3"],
        "ligne 2, colonne « loyer » : loyer sans les charges, ou mensualité de prêt : -3 €/mois n’est pas admis ; la valeur est entre 0 €/mois et 20000 €/mois",
    );
    refuses(
        "rôle,rôle_fiscal,loyer",
        &["demandeur,déclarant,1234567890123"],
        "ligne 2, colonne « loyer » : ce nombre a trop de chiffres (douze avant la virgule et neuf après, au plus)",
    );
    refuses(
        "rôle,rôle_fiscal,loyer",
        &["demandeur,déclarant,NaN"],
        "ligne 2, colonne « loyer » : il faut un nombre, sans guillemets (unité : €/mois) ; reçu : le texte « NaN »",
    );
    refuses(
        "rôle,rôle_fiscal,enceinte",
        &["demandeur,déclarant,peut-être"],
        "ligne 2, colonne « enceinte » : il faut vrai ou faux (true, false) ; reçu : le texte « peut-être »",
    );
}

#[test]
fn a_fact_of_a_group_is_told_once_or_alike() {
    const ROWS: &str = "rôle,part,rôle_fiscal,loyer";
    assert_eq!(
        told(ROWS, &["demandeur,,déclarant,500", "enfant,1,à charge,500"]),
        Vec::<String>::new()
    );
    refuses(
        ROWS,
        &["demandeur,,déclarant,500", "enfant,1,à charge,501"],
        "ligne 3, colonne « loyer » : « loyer » se dit une fois par ménage : deux lignes n’en disent pas la même chose",
    );
    // Refused for its value, on the row that tells it.
    refuses(
        ROWS,
        &["demandeur,,déclarant,", "enfant,1,à charge,-1"],
        "ligne 3, colonne « loyer » : loyer sans les charges, ou mensualité de prêt : -1 €/mois n’est pas admis ; la valeur est entre 0 €/mois et 20000 €/mois",
    );
}

#[test]
fn months_and_states_do_not_contradict_each_other() {
    const ROWS: &str =
        "rôle,rôle_fiscal,chômage_net,chômage_net@2026-01,chômage_net@2026-02,inconnus";
    assert_eq!(told(ROWS, &["demandeur,déclarant,,100,,"]), Vec::<String>::new());
    refuses(
        ROWS,
        &["demandeur,déclarant,5,100,,"],
        "ligne 2, colonne « chômage_net » : ce fait est dit deux fois : une valeur pour tous les mois, ou un mois par colonne, pas les deux",
    );
    refuses(
        ROWS,
        &["demandeur,déclarant,,100,x,"],
        "ligne 2, colonne « chômage_net@2026-02 » : il faut un nombre, sans guillemets (unité : €/mois) ; reçu : le texte « x »",
    );
    refuses(
        ROWS,
        &["demandeur,déclarant,5,,,chômage_net"],
        "ligne 2, colonne « chômage_net » : ce fait a une valeur et figure aussi parmi les inconnus ou les sans objet",
    );
    refuses(
        ROWS,
        &["demandeur,déclarant,,,,chomage_net"],
        "ligne 2, colonne « inconnus » : aucune donnée ne s’appelle « chomage_net » ; vouliez-vous dire « chômage_net » ?",
    );
}

#[test]
fn columns_are_checked_before_rows() {
    let law = Law::national();
    let read =
        |heading: &'static str| Heading::read(law.book(), heading.split(','), &[]).unwrap_err();
    assert!(read("loyé")[0].contains("vouliez-vous dire « loyer »"), "{:?}", read("loyé"));
    assert!(read("rsa")[0].contains("calculée par les règles"));
    assert!(read("loyer@mars")[0].contains("un mois s’écrit AAAA-MM"));
    assert_eq!(read("rôle,role"), ["la colonne « role » est écrite deux fois"]);
    assert!(
        Heading::read(law.book(), ["_note", "_note"], &[]).is_ok(),
        "private columns are ignored"
    );
}

#[test]
fn a_household_that_cannot_be_read_is_told_in_its_row() {
    let text = |values: &[&str]| Arc::new(StringArray::from_iter_values(values)) as ArrayRef;
    let batch = RecordBatch::try_from_iter([
        ("foyer", text(&["a", "b", "b"])),
        ("rôle", text(&["demandeur", "demandeur", "fille"])),
        ("rôle_fiscal", text(&["déclarant", "déclarant", "à charge"])),
    ]);
    let law = Law::national();
    let answers = evaluate(law, &[MAY()], &law.aids(), &batch.unwrap()).unwrap();
    let refusals = answers.column_by_name("refus").unwrap();
    let refusals: Vec<_> =
        refusals.as_any().downcast_ref::<StringArray>().unwrap().iter().collect();
    assert_eq!(
        refusals,
        [
            None,
            Some(
                "personne 2, colonne « rôle » : il faut demandeur, conjoint ou enfant ; reçu : « fille »"
            )
        ]
    );
}

#[test]
fn a_batch_without_roles_is_refused_as_a_whole() {
    let names = Arc::new(StringArray::from_iter_values(["a"])) as ArrayRef;
    let batch = RecordBatch::try_from_iter([("foyer", names)]).unwrap();
    let Err(BatchError::Columns(errors)) = Households::open(Law::national(), &batch) else {
        panic!()
    };
    assert_eq!(errors, ["il manque la colonne « rôle »", "il manque la colonne « rôle_fiscal »"]);
}

#[test]
fn an_aid_that_is_none_comes_with_the_nearest() {
    let error = aids_named(Law::national(), ["rsa", "prime_activité"]).unwrap_err();
    assert!(
        error.starts_with(
            "aucune aide ne s’appelle « prime_activité » ; les plus proches : « prime_d_activité »"
        ),
        "{error}"
    );
}
