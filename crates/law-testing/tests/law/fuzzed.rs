//! The corpora of fuzzing, tried again without instrumentation.

use std::fs;
use std::path::PathBuf;

use law_testing::dice::Dice;
use law_testing::targets::TARGETS;

#[test]
fn every_kept_input_is_tried() {
    let corpora = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    let mut bytes = 0;
    for (name, target) in TARGETS {
        let mut tried = 0;
        for file in fs::read_dir(corpora.join(name)).unwrap() {
            let input = fs::read(file.unwrap().path()).unwrap();
            bytes += input.len();
            tried += 1;
            target(&input);
        }
        assert!(tried > 0, "{name} has no corpus");
    }
    assert!(bytes < 1_000_000, "{bytes} bytes of corpora");
}

#[test]
fn the_differential_target_holds_on_random_bytes() {
    let (_, target) = TARGETS[3];
    for seed in 0..300 {
        let mut dice = Dice::seeded(seed);
        let bytes: Vec<u8> = (0..1_000).map(|_| dice.below(256) as u8).collect();
        target(&bytes);
    }
}
