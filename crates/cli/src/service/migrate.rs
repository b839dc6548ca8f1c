//! `tandem migrate`: the schema, then nothing.

use super::config::{Config, ServiceArgs};
use super::{block_on, open};
use crate::{Outcome, Refusal, Result, fr};

pub fn run(args: &ServiceArgs) -> Result {
    let config = Config::read(args)?;
    block_on(async {
        let db = open::database(&config).await?;
        let version = store::version(&db).await.map_err(|it| Refusal(fr::no_database(&it)))?;
        println!("{}", fr::schema_is(version));
        Ok(Outcome::Fine)
    })
}
