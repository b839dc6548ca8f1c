#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| law_testing::targets::differential(bytes));
