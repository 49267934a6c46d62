#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| mission_control_tests::consumers::templates(bytes));
