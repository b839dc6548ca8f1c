use std::sync::Arc;

use backup::{BackupError, Demands, Identity, Plan, Signer, check};
use store::catalogue;
use store_testing::{Seed, on_both, sqlite};

use crate::kit::{archive, demands, fill, plan, restored};

/// Check 13: one byte flipped anywhere, a cut anywhere.
#[tokio::test]
async fn one_byte_flipped_or_missing_is_refused_wherever_it_is() {
    let fresh = sqlite().await.unwrap();
    fill(&fresh.db, 150).await;
    let identity = Identity::generate();
    let bytes = archive(&fresh.db, plan(&identity, None)).await;
    assert!(bytes.len() > 3 * 64 * 1024, "several pieces: {}", bytes.len());
    check(&bytes[..], &identity, None).unwrap();
    let last = bytes.len() - 1;
    let spread = (0..bytes.len()).step_by(bytes.len() / 250);
    for at in spread.chain(0..260).chain(last - 80..=last) {
        let mut altered = bytes.to_vec();
        altered[at] ^= 1 << (at % 8);
        let found = check(&altered[..], &identity, None);
        let refused = matches!(found, Err(BackupError::Altered { .. } | BackupError::WrongKey));
        assert!(refused, "byte {at} of {}: {found:?}", bytes.len());
        let cut = check(&bytes[..at], &identity, None);
        assert!(matches!(cut, Err(BackupError::Altered { .. })), "cut at {at}: {cut:?}");
    }
    let longer = [&bytes[..], b"x"].concat();
    assert!(check(&longer[..], &identity, None).is_err());
}

#[tokio::test]
async fn a_refused_archive_leaves_the_database_empty() {
    on_both(async |fresh| {
        let from = sqlite().await?;
        fill(&from.db, 150).await;
        let identity = Identity::generate();
        let bytes = archive(&from.db, plan(&identity, None)).await;
        for at in [0, 50, 150, 300, bytes.len() / 2, bytes.len() - 40, bytes.len() - 1] {
            let mut altered = bytes.to_vec();
            altered[at] ^= 4;
            let altered: Arc<[u8]> = altered.into();
            let refused = restored(fresh, &altered, demands(&identity)).await;
            assert!(refused.is_err(), "byte {at}");
            assert!(fresh.db.read(catalogue::is_empty).await?, "byte {at}");
        }
        restored(fresh, &bytes, demands(&identity)).await.unwrap();
        Ok(())
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn another_key_does_not_open_it_and_each_recipient_does() {
    let (fresh, empty) = (sqlite().await.unwrap(), sqlite().await.unwrap());
    fill(&fresh.db, 2).await;
    let (one, two, other) = (Identity::generate(), Identity::generate(), Identity::generate());
    let mut plan: Plan = plan(&one, None);
    plan.recipients.push(two.to_public());
    let bytes = archive(&fresh.db, plan).await;
    assert_eq!(check(&bytes[..], &other, None), Err(BackupError::WrongKey));
    let refused = restored(&empty, &bytes, demands(&other)).await;
    assert_eq!(refused, Err(BackupError::WrongKey));
    assert!(empty.db.read(catalogue::is_empty).await.unwrap());
    assert_eq!(check(&bytes[..], &one, None), check(&bytes[..], &two, None));
    restored(&empty, &bytes, demands(&two)).await.unwrap();
}

/// Anybody who has the public key can make an archive: not one that passes for ours.
#[tokio::test]
async fn an_archive_made_by_somebody_else_is_refused() {
    let (fresh, empty) = (sqlite().await.unwrap(), sqlite().await.unwrap());
    fill(&fresh.db, 2).await;
    let identity = Identity::generate();
    let stranger = seal::ServiceKey::generate(&mut Seed(123));
    for signer in [None, Some(Signer::of(&stranger))] {
        let forged = Plan { signer, ..plan(&identity, None) };
        let bytes = archive(&fresh.db, forged).await;
        let refused = restored(&empty, &bytes, demands(&identity)).await;
        assert_eq!(refused, Err(BackupError::Unsigned));
        assert!(empty.db.read(catalogue::is_empty).await.unwrap());
    }
    let other = Plan { service_key: stranger.fingerprint(), ..plan(&identity, None) };
    let bytes = archive(&fresh.db, other).await;
    let refused = restored(&empty, &bytes, demands(&identity)).await;
    assert!(matches!(refused, Err(BackupError::OtherServiceKey { .. })), "{refused:?}");
    let asked = Demands { service_key: None, ..demands(&identity) };
    restored(&empty, &bytes, asked).await.unwrap();
}

#[tokio::test]
async fn without_a_public_key_there_is_no_archive() {
    let fresh = sqlite().await.unwrap();
    fill(&fresh.db, 1).await;
    let nobody = Plan { recipients: Vec::new(), ..plan(&Identity::generate(), None) };
    let refused = backup::write(&fresh.db, nobody, Vec::new()).await.map(|(_, it)| it);
    assert_eq!(refused, Err(BackupError::NoRecipient));
}
