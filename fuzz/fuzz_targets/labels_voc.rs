#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| doors::labels_voc(data));
