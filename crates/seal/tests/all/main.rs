//! What is sealed opens with its key, in its place, and in no other way.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use base::Entropy;
use seal::{
    CHUNK, FileKey, HEADER, Place, SEALED_CHUNK, SealError, ServiceKey, Share, open, open_document,
    recover, seal, seal_document, sealed_length, split, unwrap_with_passphrase,
    wrap_with_passphrase,
};

/// Deterministic bytes, different at each call.
struct Counter(u64);

impl Entropy for Counter {
    fn fill(&mut self, out: &mut [u8]) {
        for byte in out {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *byte = (self.0 >> 56) as u8;
        }
    }
}

const NOTE: Place<'static> = Place { table: "notes", column: "body", record: "n1" };

fn file(entropy: &mut Counter) -> (ServiceKey, FileKey) {
    let service = ServiceKey::generate(entropy);
    let (key, _) = service.new_file_key("d1", entropy).unwrap();
    (service, key)
}

#[test]
fn opens_in_its_place_and_nowhere_else() {
    let mut entropy = Counter(1);
    let (service, key) = file(&mut entropy);
    let (other, _) = service.new_file_key("d2", &mut entropy).unwrap();
    let sealed = seal(&key, NOTE, "Léa dort chez sa tante".as_bytes(), &mut entropy).unwrap();
    assert_eq!(open(&key, NOTE, &sealed).unwrap(), "Léa dort chez sa tante".as_bytes());
    assert_eq!(open(&other, NOTE, &sealed), Err(SealError::Closed));
    for elsewhere in [
        Place { record: "n2", ..NOTE },
        Place { column: "title", ..NOTE },
        Place { table: "messages", ..NOTE },
        // The same letters cut elsewhere are another place.
        Place { table: "note", column: "sbody", record: "n1" },
    ] {
        assert_eq!(open(&key, elsewhere, &sealed), Err(SealError::Closed), "{elsewhere:?}");
    }
}

#[test]
fn any_changed_byte_is_noticed() {
    let mut entropy = Counter(2);
    let (_, key) = file(&mut entropy);
    let sealed = seal(&key, NOTE, b"abc", &mut entropy).unwrap();
    for at in 0..sealed.len() {
        for bit in 0..8 {
            let mut altered = sealed.clone();
            altered[at] ^= 1 << bit;
            assert!(open(&key, NOTE, &altered).is_err(), "byte {at}, bit {bit}");
        }
    }
    for length in 0..sealed.len() {
        assert!(open(&key, NOTE, &sealed[..length]).is_err());
    }
}

#[test]
fn the_same_words_never_look_the_same() {
    let mut entropy = Counter(3);
    let (_, key) = file(&mut entropy);
    assert_ne!(seal(&key, NOTE, b"abc", &mut entropy), seal(&key, NOTE, b"abc", &mut entropy));
}

#[test]
fn a_wrapped_key_opens_for_its_file_only_and_survives_a_rotation() {
    let mut entropy = Counter(4);
    let old = ServiceKey::generate(&mut entropy);
    let new = ServiceKey::generate(&mut entropy);
    let (key, wrapped) = old.new_file_key("d1", &mut entropy).unwrap();
    assert_eq!(old.unwrap(&wrapped, "d2"), Err(SealError::Closed));
    let again = new.wrap(&old.unwrap(&wrapped, "d1").unwrap(), "d1", &mut entropy).unwrap();
    assert_eq!(new.unwrap(&again, "d1").unwrap(), key);
    assert_eq!(old.unwrap(&again, "d1"), Err(SealError::Closed));
}

#[test]
fn any_two_shares_rebuild_the_key_and_one_does_not() {
    let mut entropy = Counter(5);
    for _ in 0..100 {
        let key = ServiceKey::generate(&mut entropy);
        let shares = split(&key, &mut entropy);
        for (a, b) in [(0, 1), (0, 2), (1, 2), (2, 0)] {
            let printed = Share::parse(&shares[b].to_text()).unwrap();
            assert_eq!(recover(&shares[a], &printed).unwrap(), key);
        }
        assert_eq!(recover(&shares[0], &shares[0]), Err(SealError::Shares));
        let other = split(&ServiceKey::generate(&mut entropy), &mut entropy);
        assert_eq!(recover(&shares[0], &other[1]), Err(SealError::Shares));
    }
}

#[test]
fn a_share_alone_says_nothing_of_the_key() {
    // Whatever the key's byte, each value of the share's byte is reached by exactly one slope.
    struct Slope(u8);
    impl Entropy for Slope {
        fn fill(&mut self, out: &mut [u8]) {
            out.fill(self.0);
        }
    }
    for key in [[0_u8; 32], [0xa7; 32]] {
        let text: String = key.iter().map(|it| format!("{it:02x}")).collect();
        let key = ServiceKey::parse(&text).unwrap();
        let mut seen: Vec<String> =
            (0..=255_u8).map(|slope| split(&key, &mut Slope(slope))[1].to_text()).collect();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), 256);
    }
}

#[test]
fn a_passphrase_gives_the_key_back_and_another_does_not() {
    let mut entropy = Counter(6);
    let key = ServiceKey::generate(&mut entropy);
    let wrapped = wrap_with_passphrase(&key, "quatre mots au hasard", &mut entropy).unwrap();
    assert_eq!(unwrap_with_passphrase(&wrapped, "quatre mots au hasard").unwrap(), key);
    assert_eq!(unwrap_with_passphrase(&wrapped, "quatre mots au hazard"), Err(SealError::Closed));
}

#[test]
fn a_key_is_never_shown_by_debug_and_reads_back_from_its_file() {
    let mut entropy = Counter(7);
    let (service, key) = file(&mut entropy);
    let shown = format!("{service:?} {key:?} {:?}", split(&service, &mut entropy)[0]);
    assert!(!shown.contains(&service.to_text()[..16]));
    assert_eq!(ServiceKey::parse(&format!(" {}\n", service.to_text())), Some(service.clone()));
    for wrong in ["", "00", &"g".repeat(64), &"0".repeat(63), &"0".repeat(66)] {
        assert_eq!(ServiceKey::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn equal_numbers_are_found_whatever_their_blanks_but_not_across_purposes() {
    let mut entropy = Counter(8);
    let service = ServiceKey::generate(&mut entropy);
    let (index, _) = service.new_file_key("index", &mut entropy).expect("a key");
    let nir = index.lookup("nir");
    assert_eq!(nir.hash("2 85 05 2A 123 456 78"), nir.hash("285052a12345678"));
    assert_ne!(nir.hash("285052A12345678"), nir.hash("285052A12345679"));
    assert_ne!(nir.hash("285052A12345678"), index.lookup("e-mail").hash("285052A12345678"));
}

#[test]
fn a_document_of_any_length_opens_in_its_place_and_nowhere_else() {
    let mut entropy = Counter(9);
    let (service, key) = file(&mut entropy);
    let (other, _) = service.new_file_key("d2", &mut entropy).unwrap();
    for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK] {
        let plain: Vec<u8> = (0..length).map(|it| (it % 251) as u8).collect();
        let sealed = seal_document(&key, NOTE, &plain, &mut entropy).unwrap();
        assert_eq!(sealed.len(), sealed_length(length));
        assert_eq!(open_document(&key, NOTE, &sealed).unwrap(), plain, "{length}");
        assert_eq!(open_document(&other, NOTE, &sealed), Err(SealError::Closed));
        let elsewhere = Place { record: "n2", ..NOTE };
        assert_eq!(open_document(&key, elsewhere, &sealed), Err(SealError::Closed));
        // A value and a document are not taken for each other.
        assert!(open(&key, NOTE, &sealed).is_err());
    }
}

#[test]
fn pieces_of_a_document_cannot_be_moved_removed_repeated_or_altered() {
    let mut entropy = Counter(10);
    let (_, key) = file(&mut entropy);
    let plain = vec![7; 3 * CHUNK];
    let sealed = seal_document(&key, NOTE, &plain, &mut entropy).unwrap();
    let other = seal_document(&key, NOTE, &plain, &mut entropy).unwrap();
    let piece = |of: &[u8], rank: usize| {
        of[HEADER + rank * SEALED_CHUNK..HEADER + (rank + 1) * SEALED_CHUNK].to_vec()
    };
    let made = |pieces: &[(bool, usize)]| {
        let mut res = sealed[..HEADER].to_vec();
        for (same, rank) in pieces {
            res.extend(piece(if *same { &sealed } else { &other }, *rank));
        }
        res
    };
    assert_eq!(
        open_document(&key, NOTE, &made(&[(true, 0), (true, 1), (true, 2)])).unwrap(),
        plain
    );
    for wrong in [
        vec![(true, 1), (true, 0), (true, 2)],
        vec![(true, 0), (true, 2)],
        vec![(true, 0), (true, 1)],
        vec![(true, 0), (true, 1), (true, 1), (true, 2)],
        vec![(true, 0), (true, 1), (true, 2), (true, 2)],
        vec![(true, 0), (false, 1), (true, 2)],
        vec![],
    ] {
        assert!(open_document(&key, NOTE, &made(&wrong)).is_err(), "{wrong:?}");
    }
    for at in (0..sealed.len()).step_by(1009).chain(0..HEADER + 40) {
        let mut altered = sealed.clone();
        altered[at] ^= 1;
        assert!(open_document(&key, NOTE, &altered).is_err(), "byte {at}");
        assert!(open_document(&key, NOTE, &sealed[..at]).is_err(), "cut at {at}");
    }
}

#[test]
fn derived_keys_differ_by_context_and_by_key() {
    let mut entropy = Counter(11);
    let (one, two) = (ServiceKey::generate(&mut entropy), ServiceKey::generate(&mut entropy));
    assert_eq!(one.derive("a"), one.derive("a"));
    assert_ne!(one.derive("a"), one.derive("b"));
    assert_ne!(one.derive("a"), two.derive("a"));
}
