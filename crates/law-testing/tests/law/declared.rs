//! The properties the law declares of itself.

use base::Month;
use law::{Law, SourceFile};
use law_testing::corpus::plain_household;
use law_testing::dice::Dice;
use law_testing::laws::{Laws, Refuted, nobody_in_particular};

use crate::frozen::{lines, ordinary};

fn laws(law: &Law) -> Laws {
    let plain = plain_household(law, &ordinary()).unwrap();
    Laws::new(law, nobody_in_particular(law, &plain))
}

fn tried(laws: &Laws, rank: usize, times: usize) -> Result<usize, Box<Refuted>> {
    let mut dice = Dice::seeded(rank as u64);
    let mut res = 0;
    for line in lines().iter().cycle().take(times) {
        res += laws.holds(rank, &line.household, line.month, &mut dice)?;
    }
    Ok(res)
}

#[test]
fn every_declared_property_holds_of_every_household() {
    let law = Law::national();
    let laws = laws(law);
    assert!(!laws.is_empty());
    let lines = lines();
    let mut wrong = Vec::new();
    for (rank, property) in law.book().properties.iter().enumerate() {
        let mut dice = Dice::seeded(rank as u64);
        let mut tried = 0;
        // Some speak of a few households only: these are asked again with other changes.
        for line in lines.iter().cycle().take(lines.len() * 20) {
            match laws.holds(rank, &line.household, line.month, &mut dice) {
                Ok(count) => tried += count,
                Err(refuted) => {
                    wrong.push(format!("{refuted:#?}"));
                    break;
                }
            }
            if tried >= 400 {
                break;
            }
        }
        assert!(tried >= 50 || !wrong.is_empty(), "{}: tried {tried} times only", property.name);
    }
    assert!(wrong.is_empty(), "{} refuted\n{}", wrong.len(), wrong.join("\n"));
}

/// A property that is wrong is refuted, whatever it speaks of.
#[test]
fn a_wrong_property_is_refuted() {
    for claim in [
        "quand salaire_net_social augmente : rsa ne change pas",
        "quand un enfant naît : allocations_familiales ne change pas",
        "toujours : asf = 0 €/mois par famille",
    ] {
        let mut files: Vec<SourceFile> = Law::national().files().to_vec();
        let text = format!("propriété fausse_pour_voir « fausse » {claim}\n");
        files.push(SourceFile { name: "essai.droit".to_owned(), text });
        let (law, diagnostics) = Law::load(files);
        let law = law.unwrap_or_else(|| panic!("{diagnostics:#?}"));
        let rank = law.book().properties.iter().position(|it| it.name == "fausse_pour_voir");
        assert!(tried(&laws(&law), rank.unwrap(), 2_000).is_err(), "{claim}");
    }
}

/// Who is born or lives elsewhere is in the household asked about.
#[test]
fn the_month_of_the_corpus_is_covered() {
    assert!(lines().iter().all(|it| it.month >= Month::of(2025, 1)));
}
