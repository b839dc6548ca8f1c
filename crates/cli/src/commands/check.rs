//! `tandem law check`: reads a rulebook and tells all that is wrong with it.

use law::{Diagnostic, Law, Severity, SourceFile, render, to_json};

use crate::args::Check;
use crate::{Outcome, Result, fr, input, output};

pub fn run(args: &Check) -> Result {
    let (files, diagnostics) = diagnostics(args)?;
    if args.json {
        output::print(&to_json(&diagnostics, &files))?;
    } else {
        output::print(&render(&diagnostics, &files, output::color()))?;
        output::print(&summary(&files, &diagnostics))?;
    }
    let wrong = diagnostics.iter().any(|it| it.severity == Severity::Error);
    Ok(if wrong { Outcome::Wrong } else { Outcome::Fine })
}

fn diagnostics(args: &Check) -> Result<(Vec<SourceFile>, Vec<Diagnostic>)> {
    let today = input::today()?;
    if args.paths.is_empty() {
        let law = Law::national();
        let mut res = Law::national_diagnostics().to_vec();
        res.extend(law.check(today));
        return Ok((law.files().to_vec(), res));
    }
    let paths = input::law_paths(&args.paths)?;
    let files = paths.iter().map(|it| input::law_file(it)).collect::<Result<Vec<_>>>()?;
    let (law, mut res) = Law::load(files.clone());
    if let Some(law) = law {
        res.extend(law.check(today));
    }
    Ok((files, res))
}

fn summary(files: &[SourceFile], diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|it| it.severity == Severity::Error).count();
    fr::checked(files.len(), errors, diagnostics.len() - errors)
}
