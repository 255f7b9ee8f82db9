#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| doors::surveillance_toml(data));
