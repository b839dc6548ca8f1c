use base::{Entropy, Moment};
use store::jobs::{self, NewJob};
use store::{Db, Result, migrate};
use store_testing::{Seed, on_both};

fn noon() -> Moment {
    "2026-11-22T12:00:00.000Z".parse().unwrap()
}

async fn queue(db: &Db, once: Option<&'static str>, rank: u64) -> Result<bool> {
    db.write(move |tx| {
        let job = NewJob { kind: "remind", subject: "d1", once, due_at: noon() };
        jobs::queue(tx, &job, noon(), &mut Seed(rank))
    })
    .await
}

#[tokio::test]
async fn a_job_asked_twice_under_one_name_is_queued_once() {
    on_both(async |fresh| {
        migrate(&fresh.db, &[jobs::SCHEMA]).await?;
        assert!(queue(&fresh.db, Some("remind d1 2026-11-22"), 1).await?);
        assert!(!queue(&fresh.db, Some("remind d1 2026-11-22"), 2).await?);
        assert!(queue(&fresh.db, None, 3).await?);
        assert!(queue(&fresh.db, None, 4).await?);
        assert_eq!(fresh.db.read(jobs::waiting).await?, (3, 0));
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_job_goes_with_its_cause() {
    on_both(async |fresh| {
        migrate(&fresh.db, &[jobs::SCHEMA]).await?;
        let undone: Result<()> = fresh
            .db
            .write(move |tx| {
                let job = NewJob { kind: "k", subject: "s", once: None, due_at: noon() };
                jobs::queue(tx, &job, noon(), &mut Seed(1))?;
                Err(store::StoreError::NoRow)
            })
            .await;
        assert!(undone.is_err());
        assert_eq!(fresh.db.read(jobs::waiting).await?, (0, 0));
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_workers_never_get_the_same_job() {
    on_both(async |fresh| {
        migrate(&fresh.db, &[jobs::SCHEMA]).await?;
        for rank in 0..40 {
            queue(&fresh.db, None, rank).await?;
        }
        let workers: Vec<_> = (0..4)
            .map(|_| {
                let db = fresh.db.clone();
                tokio::spawn(async move {
                    let mut taken = Vec::new();
                    while let Some(job) = db.write(|tx| jobs::take(tx, noon(), 60)).await? {
                        taken.push(job.id);
                    }
                    Ok::<_, store::StoreError>(taken)
                })
            })
            .collect();
        let mut taken = Vec::new();
        for worker in workers {
            taken.extend(worker.await.unwrap()?);
        }
        taken.sort();
        let all = taken.len();
        taken.dedup();
        assert_eq!((taken.len(), all), (40, 40));
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_dead_worker_s_job_is_taken_again_and_failures_end_with_somebody() {
    on_both(async |fresh| {
        migrate(&fresh.db, &[jobs::SCHEMA]).await?;
        queue(&fresh.db, None, 1).await?;
        let mut now = noon();
        let first = fresh.db.write(move |tx| jobs::take(tx, now, 60)).await?.unwrap();
        assert_eq!(fresh.db.write(move |tx| jobs::take(tx, now.plus_seconds(59), 60)).await?, None);
        let again =
            fresh.db.write(move |tx| jobs::take(tx, now.plus_seconds(60), 60)).await?.unwrap();
        assert_eq!((first.id, again.attempts), (again.id, 2));
        let mut job = again;
        loop {
            let failed = job.clone();
            fresh.db.write(move |tx| jobs::fail(tx, &failed, "no answer", now)).await?;
            now = now.plus_seconds(7200);
            match fresh.db.write(move |tx| jobs::take(tx, now, 60)).await? {
                Some(next) => job = next,
                None => break,
            }
        }
        assert_eq!(job.attempts, jobs::ATTEMPTS);
        assert_eq!(fresh.db.read(jobs::waiting).await?, (0, 1));
        Ok(())
    })
    .await
    .unwrap();
}

#[test]
fn identifiers_sort_by_time_and_read_back_only_as_written() {
    let mut seed = Seed(9);
    let early = store::Id::new(noon(), &mut seed);
    let late = store::Id::new(noon().plus_seconds(1), &mut seed);
    assert!(early < late && early.to_string() < late.to_string());
    assert_eq!(early.to_string().parse(), Ok(early));
    assert!(early.to_string().to_uppercase().parse::<store::Id>().is_err());
    let mut bytes = [0; 4];
    seed.fill(&mut bytes);
    assert_ne!(bytes, [0; 4]);
}
