//! The same promises on a disk, in memory and on a server that speaks S3.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::PathBuf;

use blobs::{BlobError, Blobs, Name, S3};
use seal::{CHUNK, FileKey, ServiceKey};
use store_testing::Seed;

const CANARY: &str = "CANARI attestation d’hébergement chez sa tante";

/// The stores to try, each empty, under names of their own.
fn stores(test: &str) -> Vec<(Blobs, Option<PathBuf>)> {
    let folder = std::env::temp_dir().join(format!("tandem-blobs-{}-{test}", std::process::id()));
    let _not_there = std::fs::remove_dir_all(&folder);
    let mut res =
        vec![(Blobs::in_memory(), None), (Blobs::on_disk(&folder).unwrap(), Some(folder))];
    match std::env::var("TANDEM_TEST_S3") {
        Ok(endpoint) => res.push((on_s3(&endpoint, test), None)),
        Err(_) => println!(
            "TANDEM_TEST_S3 is not set: documents on S3 are not tried; `cargo xtask test` starts a server"
        ),
    }
    res
}

/// A bucket per test: `cargo xtask test` creates them.
fn on_s3(endpoint: &str, test: &str) -> Blobs {
    Blobs::on_s3(&S3 {
        endpoint: endpoint.to_owned(),
        region: "us-east-1".to_owned(),
        bucket: format!("tandem-{test}"),
        key_id: "test".to_owned(),
        secret: "test".to_owned(),
    })
    .unwrap()
}

fn keys() -> (FileKey, FileKey) {
    let mut entropy = Seed(1);
    let service = ServiceKey::generate(&mut entropy);
    let (one, _) = service.new_file_key("d1", &mut entropy).unwrap();
    let (two, _) = service.new_file_key("d2", &mut entropy).unwrap();
    (one, two)
}

fn name(text: &str) -> Name {
    text.parse().unwrap()
}

#[tokio::test]
async fn a_document_comes_back_as_it_was_whatever_its_length() {
    let (key, _) = keys();
    for (blobs, folder) in stores("lengths") {
        for (rank, length) in
            [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK + 7].into_iter().enumerate()
        {
            let plain: Vec<u8> = (0..length).map(|it| (it % 253) as u8).collect();
            let name = name(&format!("doc-{rank}"));
            let stored = blobs.create(&name, &key, &plain, &mut Seed(length as u64)).await.unwrap();
            assert_eq!(blobs.read_all(&name, &key).await.unwrap(), plain, "{blobs:?} {length}");
            let sealed = blobs.sealed(&name).await.unwrap();
            assert_eq!(sealed.len(), stored.length);
            assert_eq!(*blake3::hash(&sealed).as_bytes(), stored.digest);
        }
        clean(folder);
    }
}

#[tokio::test]
async fn a_name_is_written_once() {
    let (key, _) = keys();
    for (blobs, folder) in stores("once") {
        blobs.create(&name("a"), &key, b"first", &mut Seed(1)).await.unwrap();
        let again = blobs.create(&name("a"), &key, b"second", &mut Seed(2)).await;
        assert_eq!(again, Err(BlobError::Taken), "{blobs:?}");
        assert_eq!(blobs.read_all(&name("a"), &key).await.unwrap(), b"first");
        clean(folder);
    }
}

#[tokio::test]
async fn what_is_deleted_is_gone_and_the_others_are_listed() {
    let (key, _) = keys();
    for (blobs, folder) in stores("list") {
        for it in ["b", "a", "c"] {
            blobs.create(&name(it), &key, it.as_bytes(), &mut Seed(1)).await.unwrap();
        }
        blobs.delete(&name("b")).await.unwrap();
        blobs.delete(&name("b")).await.unwrap();
        assert_eq!(blobs.names().await.unwrap(), [name("a"), name("c")], "{blobs:?}");
        assert_eq!(blobs.read_all(&name("b"), &key).await, Err(BlobError::Absent));
        clean(folder);
    }
}

#[tokio::test]
async fn it_opens_under_its_key_and_name_only_and_altered_it_does_not() {
    let (key, other) = keys();
    for (blobs, folder) in stores("closed") {
        let plain = vec![5; 2 * CHUNK];
        blobs.create(&name("a"), &key, &plain, &mut Seed(1)).await.unwrap();
        assert_eq!(blobs.read_all(&name("a"), &other).await, Err(BlobError::Closed), "{blobs:?}");
        let sealed = blobs.sealed(&name("a")).await.unwrap();
        blobs.put_back(&name("moved"), sealed.clone()).await.unwrap();
        assert_eq!(blobs.read_all(&name("moved"), &key).await, Err(BlobError::Closed));
        for (rank, at) in [0, 10, 30, CHUNK, sealed.len() - 1].into_iter().enumerate() {
            let mut altered = sealed.to_vec();
            altered[at] ^= 1;
            blobs.delete(&name("a")).await.unwrap();
            blobs.put_back(&name("a"), altered.into()).await.unwrap();
            assert_eq!(blobs.read_all(&name("a"), &key).await, Err(BlobError::Closed), "{rank}");
            blobs.delete(&name("a")).await.unwrap();
            blobs.put_back(&name("a"), sealed.slice(..at)).await.unwrap();
            assert_eq!(
                blobs.read_all(&name("a"), &key).await,
                Err(BlobError::Closed),
                "cut {rank}"
            );
        }
        clean(folder);
    }
}

#[tokio::test]
async fn nothing_is_in_clear_where_it_is_stored() {
    let (key, _) = keys();
    for (blobs, folder) in stores("canary") {
        let plain = CANARY.repeat(5_000);
        blobs.create(&name("a"), &key, plain.as_bytes(), &mut Seed(1)).await.unwrap();
        let sealed = blobs.sealed(&name("a")).await.unwrap();
        let holds = |bytes: &[u8]| bytes.windows(6).any(|it| it == b"CANARI");
        assert!(!holds(&sealed));
        if let Some(folder) = &folder {
            let files: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().collect();
            assert_eq!(files.len(), 1);
            assert!(files.iter().all(|it| !holds(&std::fs::read(it.path()).unwrap())));
        }
        clean(folder);
    }
}

#[test]
fn a_name_cannot_lead_elsewhere() {
    for wrong in ["", "..", "a/b", "/a", "A", "é", "a b", "a.b", &"a".repeat(65)] {
        assert_eq!(wrong.parse::<Name>(), Err(BlobError::Name), "{wrong}");
    }
}

fn clean(folder: Option<PathBuf>) {
    if let Some(folder) = folder {
        let _already_gone = std::fs::remove_dir_all(folder);
    }
}
