//! The entry of libFuzzer for [`clausebook_fuzz::settings`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| clausebook_fuzz::settings(bytes));
