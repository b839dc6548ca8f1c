//! An aid that some answer makes impossible to compute is never said excluded or certain.

use base::Month;
use law::{Law, SourceFile};
use law_testing::dice::Dice;
use law_testing::generate::{Knowledge, Landmarks, household};
use law_unknowns::{Certainty, Effort, bounds};

#[test]
fn a_case_never_taken_may_still_fault() {
    let text = "
paramètre tard : nombre « tard »
  depuis 2020-01-01 : 2
donnée oui : oui_non par famille, état « oui »
règle essai : oui_non par famille « essai »
  = vrai
  sauf « exception » si oui et tard > 5 : faux
aide a : €/mois par famille « a »
  conditions
    essai : essai « essai »
    jamais : 1 > 2 « jamais »
  montant = 10 €/mois
";
    let file = SourceFile { name: "essai.droit".to_owned(), text: text.to_owned() };
    let (law, diagnostics) = Law::load(vec![file]);
    let law = law.unwrap_or_else(|| panic!("{diagnostics:?}"));
    let landmarks = Landmarks::of(law.book());
    let month = Month::of(2019, 1);
    let mut whole =
        household(&mut Dice::seeded(1), law.book(), &landmarks, month, Knowledge::Whole);
    whole.facts.clear();
    for effort in [Effort::QUICK, Effort::USUAL] {
        let said = bounds(law.book(), &whole, month, &law.aids(), effort);
        assert_eq!(said[0].certainty, Certainty::Possible, "before the rules, with a yes");
        let later = bounds(law.book(), &whole, Month::of(2021, 1), &law.aids(), effort);
        assert_eq!(later[0].certainty, Certainty::Excluded);
    }
}
