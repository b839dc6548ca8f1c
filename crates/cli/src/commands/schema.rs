//! `tandem law schema`: the JSON Schema of a situation.

use law::Law;

use crate::{Outcome, Result, output};

pub fn run() -> Result {
    output::print_json(&law::schema::schema(Law::national().book()))?;
    Ok(Outcome::Fine)
}
