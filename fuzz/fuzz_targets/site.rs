//! The entry of libFuzzer for [`clausebook_fuzz::site`].
#![no_main]

libfuzzer_sys::fuzz_target!(init: clausebook_fuzz::take_note_of_panics(), |bytes: &[u8]| {
    clausebook_fuzz::site(bytes);
});
