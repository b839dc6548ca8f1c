//! The keys of files, persons and households: wrapped in the database, opened with the service key.

use std::sync::Arc;

use base::{Entropy, Moment};
use seal::{FileKey, LookupKey, SealError, ServiceKey};
use store::{Id, Migration, Tx, values};

use super::answer::Stop;

pub const SCHEMA: Migration = Migration {
    name: "keys",
    sql: "
        create table file_keys (
            owner_id text primary key,
            wrapped {bytes},
            service_key text not null,
            created_at text not null,
            destroyed_at text
        );
        create index file_keys_service on file_keys (service_key);
    ",
};

/// The service key in use, and those it replaced until every file is wrapped again.
#[derive(Debug, Clone)]
pub struct Keys {
    current: Arc<ServiceKey>,
    former: Arc<[ServiceKey]>,
    /// What keyed search is made from: kept, wrapped again, when the service key is rotated.
    index: Arc<FileKey>,
}

/// The owner of the key of keyed search.
const INDEX: &str = "index";

impl Keys {
    /// The keys of a service; the first start makes the one of keyed search.
    pub fn load(
        tx: &mut Tx<'_>,
        current: ServiceKey,
        former: Vec<ServiceKey>,
        now: Moment,
        entropy: &mut dyn Entropy,
    ) -> Result<Self, Stop> {
        let (_, wrapped) = current.new_file_key(INDEX, entropy)?;
        let sql = "insert into file_keys (owner_id, wrapped, service_key, created_at)
                   values ($1, $2, $3, $4) on conflict (owner_id) do nothing";
        tx.execute(sql, &values![INDEX, wrapped, current.fingerprint(), now])?;
        let sql = "select wrapped, service_key from file_keys where owner_id = $1";
        let row = tx.row(sql, &values![INDEX])?;
        let (wrapped, by): (Vec<u8>, String) = (row.get(0)?, row.get(1)?);
        let service = service(&current, &former, &by).ok_or(SealError::Closed)?;
        let index = Arc::new(service.unwrap(&wrapped, INDEX)?);
        Ok(Self { current: Arc::new(current), former: former.into(), index })
    }

    /// A new key for a record (a file, a person, a household, a member of staff).
    pub fn create(
        &self,
        tx: &mut Tx<'_>,
        owner: Id,
        now: Moment,
        entropy: &mut dyn Entropy,
    ) -> Result<FileKey, Stop> {
        let (key, wrapped) = self.current.new_file_key(&owner.to_string(), entropy)?;
        let sql = "insert into file_keys (owner_id, wrapped, service_key, created_at)
                   values ($1, $2, $3, $4)";
        tx.execute(sql, &values![owner, wrapped, self.current.fingerprint(), now])?;
        Ok(key)
    }

    /// The key of a record; [`Stop::Absent`] once destroyed.
    pub fn open(&self, tx: &mut Tx<'_>, owner: Id) -> Result<FileKey, Stop> {
        let sql = "select wrapped, service_key from file_keys
                   where owner_id = $1 and wrapped is not null";
        let row = tx.row(sql, &values![owner])?;
        let (wrapped, by): (Vec<u8>, String) = (row.get(0)?, row.get(1)?);
        let service = self.service(&by).ok_or(SealError::Closed)?;
        Ok(service.unwrap(&wrapped, &owner.to_string())?)
    }

    /// Erases everything sealed under the record's key, here and in every copy.
    pub fn destroy(&self, tx: &mut Tx<'_>, owner: Id, now: Moment) -> Result<(), Stop> {
        let sql = "update file_keys set wrapped = null, destroyed_at = $2
                   where owner_id = $1 and destroyed_at is null";
        tx.execute(sql, &values![owner, now])?;
        Ok(())
    }

    /// Wraps again up to `limit` keys that a former service key wrapped; how many there were.
    pub fn rotate(
        &self,
        tx: &mut Tx<'_>,
        limit: i64,
        entropy: &mut dyn Entropy,
    ) -> Result<usize, Stop> {
        let current = self.current.fingerprint();
        let sql = "select owner_id, wrapped, service_key from file_keys
                   where service_key <> $1 and wrapped is not null limit $2";
        let rows = tx.rows(sql, &values![current.clone(), limit])?;
        for row in &rows {
            let (owner, wrapped, by): (String, Vec<u8>, String) =
                (row.get(0)?, row.get(1)?, row.get(2)?);
            let service = self.service(&by).ok_or(SealError::Closed)?;
            let key = service.unwrap(&wrapped, &owner)?;
            let again = self.current.wrap(&key, &owner, entropy)?;
            let sql = "update file_keys set wrapped = $2, service_key = $3 where owner_id = $1";
            tx.execute(sql, &values![owner, again, current.clone()])?;
        }
        Ok(rows.len())
    }

    /// For finding equal values of one kind without opening any.
    pub fn lookup(&self, purpose: &str) -> LookupKey {
        self.index.lookup(purpose)
    }

    pub fn fingerprint(&self) -> String {
        self.current.fingerprint()
    }

    fn service(&self, fingerprint: &str) -> Option<&ServiceKey> {
        service(&self.current, &self.former, fingerprint)
    }
}

fn service<'a>(
    current: &'a ServiceKey,
    former: &'a [ServiceKey],
    fingerprint: &str,
) -> Option<&'a ServiceKey> {
    std::iter::once(current).chain(former).find(|it| it.fingerprint() == fingerprint)
}
