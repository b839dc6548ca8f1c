//! Every column has its class, on both databases.

use std::collections::BTreeSet;

use crate::kit::on_both;

/// What may stand in `privacy.toml`.
const CLASSES: &[&str] = &["P0", "P1", "P2", "P3", "P4", "P5", "technical"];

#[tokio::test]
async fn every_column_has_its_class() {
    let declared = declared();
    on_both(async |service| {
        let db = &service.tandem.db;
        let sql = db.dialect().columns();
        let live: BTreeSet<(String, String)> = db
            .read(move |tx| {
                tx.rows(sql, &[])?.iter().map(|it| Ok((it.get(0)?, it.get(1)?))).collect()
            })
            .await
            .expect("the schema is read");
        let missing: Vec<_> = live.difference(&declared).collect();
        let gone: Vec<_> = declared.difference(&live).collect();
        assert!(missing.is_empty(), "columns without a class: {missing:?}");
        assert!(gone.is_empty(), "classes without a column: {gone:?}");
    })
    .await;
}

fn declared() -> BTreeSet<(String, String)> {
    let mut res = BTreeSet::new();
    for text in app::PRIVACY_OF_ALL {
        let tables: toml::Table = text.parse().expect("privacy.toml is read");
        for (table, columns) in tables {
            for (column, class) in columns.as_table().expect("a table of columns") {
                let class = class.as_str().expect("a class");
                assert!(CLASSES.contains(&class), "{table}.{column}: {class}");
                res.insert((table.clone(), column.clone()));
            }
        }
    }
    res
}
