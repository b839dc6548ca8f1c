use store::{Value, values};
use store_testing::on_both;

#[tokio::test]
async fn every_kind_of_value_comes_back_as_it_went() {
    on_both(async |fresh| {
        let table = fresh.db.dialect().schema(
            "create table kinds (id {int} primary key, yes {bool}, words text, raw {bytes})",
        );
        fresh.db.write(move |tx| tx.script(&table)).await?;
        let words = "« Élodie », l’aînée\n日本";
        fresh
            .db
            .write(move |tx| {
                let sql = "insert into kinds (id, yes, words, raw) values ($1, $2, $3, $4)";
                tx.execute(sql, &values![i64::MIN, true, words, vec![0_u8, 255]])?;
                tx.execute(sql, &[Value::Int(2), Value::Null, Value::Null, Value::Null])
            })
            .await?;
        let rows = fresh
            .db
            .read(move |tx| tx.rows("select id, yes, words, raw from kinds order by id", &[]))
            .await?;
        assert_eq!(rows[0].get::<i64>(0)?, i64::MIN);
        assert!(rows[0].get::<bool>(1)?);
        assert_eq!(rows[0].get::<String>(2)?, words);
        assert_eq!(rows[0].get::<Vec<u8>>(3)?, [0, 255]);
        assert_eq!(rows[1].get::<Option<bool>>(1)?, None);
        assert!(rows[1].get::<String>(2).is_err(), "a null is not an empty text");
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_parameter_is_its_number_wherever_it_stands() {
    on_both(async |fresh| {
        let found = fresh.db.read(|tx| {
            let sql = "select cast($2 as text), cast($1 as text), cast($2 as text)";
            let row = tx.row(sql, &values!["one", "two"])?;
            Ok((row.get::<String>(0)?, row.get::<String>(1)?, row.get::<String>(2)?))
        });
        assert_eq!(found.await?, ("two".into(), "one".into(), "two".into()));
        let missing = fresh.db.read(|tx| tx.rows("select cast($1 as text)", &[]));
        assert!(missing.await.is_err());
        let many = fresh.db.read(|tx| tx.rows("select cast($1 as text)", &values!["a", "b"]));
        assert!(many.await.is_err());
        Ok(())
    })
    .await
    .unwrap();
}
