//! `tandem law ask`: the interview. Asks what matters most, shows the rights narrow, and stops when no answer
//! can change them any more.

mod answer;
mod composition;
mod fr;
mod interview;
mod rights;
mod talk;

use std::io::{self, Write};

use law::Law;
use law::situation::{Situation, read};

use crate::args::Ask;
use crate::{Outcome, Refusal, Result, input, output};
use talk::Talk;

pub fn run(args: &Ask) -> Result {
    let law = Law::national();
    let month = match &args.month {
        Some(month) => input::month(month)?,
        None => input::today()?.month(),
    };
    let known = match &args.situation {
        Some(file) => {
            let name = file.display().to_string();
            let refuse = |errors: Vec<_>| Refusal(crate::fr::bad_situation(&name, &errors));
            Some(read(law, &input::situation(file)?).map_err(refuse)?.0)
        }
        None => None,
    };
    let stdin = io::stdin().lock();
    let told = if args.json {
        // The standard output is for the document alone.
        converse(law, month, known, Talk::new(stdin, io::stderr().lock()))
    } else {
        converse(law, month, known, Talk::new(stdin, io::stdout().lock()))
    };
    let situation = told.map_err(|error| Refusal(crate::fr::unwritable(&error)))?;
    if args.json {
        let json = serde_json::to_value(&situation);
        output::print_json(&json.map_err(|error| Refusal(error.to_string()))?)?;
    }
    Ok(Outcome::Fine)
}

/// The whole conversation; answers what is known at the end.
fn converse<R: io::BufRead, W: Write>(
    law: &Law,
    month: base::Month,
    known: Option<Situation>,
    mut talk: Talk<R, W>,
) -> io::Result<Situation> {
    talk.say(&fr::welcome(month))?;
    let situation = match known {
        Some(situation) => situation,
        None => match composition::ask(law, &mut talk)? {
            Some(situation) => situation,
            None => {
                talk.say(fr::NOTHING)?;
                return Ok(Situation::default());
            }
        },
    };
    interview::run(law, month, situation, &mut talk)
}

#[cfg(test)]
mod tests;
