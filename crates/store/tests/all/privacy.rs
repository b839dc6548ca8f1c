use std::collections::{BTreeMap, BTreeSet};

use store::migrate;
use store_testing::on_both;

const CLASSES: [&str; 7] = ["P0", "P1", "P2", "P3", "P4", "P5", "technical"];

#[tokio::test]
async fn every_column_of_both_schemas_has_its_privacy_class_and_no_other() {
    let text = include_str!("../../privacy.toml");
    let declared: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(text).unwrap();
    let mut expected = BTreeSet::new();
    for (table, columns) in &declared {
        for (column, class) in columns {
            assert!(CLASSES.contains(&class.as_str()), "{table}.{column}: {class}");
            expected.insert(format!("{table}.{column}"));
        }
    }
    on_both(async |fresh| {
        migrate(&fresh.db, store::SCHEMA).await?;
        let sql = fresh.db.dialect().columns();
        let rows = fresh.db.read(move |tx| tx.rows(sql, &[])).await?;
        let mut live = BTreeSet::new();
        for row in rows {
            live.insert(format!("{}.{}", row.get::<String>(0)?, row.get::<String>(1)?));
        }
        assert_eq!(live, expected);
        Ok(())
    })
    .await
    .unwrap();
}
