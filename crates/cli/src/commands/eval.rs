//! `tandem law eval`: what a household is entitled to, how much, and why.

mod json;
mod text;

use law::situation::read;
use law::{AidResult, Evaluation, Explanation, Household, Law};

use crate::args::Eval;
use crate::{Outcome, Refusal, Result, fr, input, output};

/// An evaluation and the words for it.
struct Answer<'a> {
    law: &'a Law,
    household: &'a Household,
    evaluation: &'a Evaluation,
    aids: Vec<(&'a AidResult, Explanation)>,
}

pub fn run(args: &Eval) -> Result {
    let law = Law::national();
    let month = input::month(&args.month)?;
    let bytes = input::situation(&args.file)?;
    let (_, household) = read(law, &bytes)
        .map_err(|errors| Refusal(fr::bad_situation(&args.file.display().to_string(), &errors)))?;
    let evaluation = law.evaluate(&household, month);
    if let Some(fault) = evaluation.before_the_rules() {
        return Err(Refusal(fault.to_string()));
    }
    let explained = |aid| (aid, law.explain(&household, &evaluation, aid));
    let aids = evaluation.aids.iter().map(explained).collect();
    let answer = Answer { law, household: &household, evaluation: &evaluation, aids };
    if args.json {
        output::print_json(&json::of(&answer, args.explain))?;
    } else {
        output::print(&text::of(&answer, args.explain))?;
    }
    Ok(Outcome::Fine)
}
