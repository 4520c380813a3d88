//! The entry of libFuzzer for [`clausebook_fuzz::links`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| clausebook_fuzz::links(bytes));
