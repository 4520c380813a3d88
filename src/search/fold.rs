//! The words of a text: where they begin and end, and which letters are taken for the same.
//!
//! A query is cut and folded by the page's script in the same steps. The tables of these steps are
//! here alone: [`tables`] puts them into the index, and the script takes them from there. A table
//! of examples (`tests/facts/words.json`) is asked of both.

use std::borrow::Cow;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};
use icu_properties::CodePointMapData;
use icu_properties::props::{GeneralCategory, GeneralCategoryGroup};
use serde_json::{Map, Value as Json, json};

/// Letters that no normal form takes apart, and what is read in their place.
const LETTERS: [(char, &str); 19] = [
    ('ß', "ss"),
    ('æ', "ae"),
    ('œ', "oe"),
    ('ø', "o"),
    ('đ', "d"),
    ('ð', "d"),
    ('þ', "th"),
    ('ł', "l"),
    ('ħ', "h"),
    ('ı', "i"),
    ('ŧ', "t"),
    ('ŋ', "n"),
    ('ə', "e"),
    ('ς', "σ"),
    ('ى', "ي"),
    ('ة', "ه"),
    ('\u{2010}', "-"),
    ('\u{2013}', "-"),
    ('\u{2212}', "-"),
];

/// Letters that some write as two: `Müller`, `Mueller`. Such a word is found by either.
const SPREAD: [(char, &str); 5] = [('ä', "ae"), ('ö', "oe"), ('ü', "ue"), ('ø', "oe"), ('å', "aa")];

/// Marks over and under letters, and signs inside words, that are left out. Vowels of Indic scripts
/// and of Thai are marks, too, but not of this kind.
const MARKS: [(char, char); 13] = [
    ('\u{ad}', '\u{ad}'),
    ('\u{300}', '\u{36f}'),
    ('\u{591}', '\u{5c7}'),
    ('\u{610}', '\u{61a}'),
    ('\u{640}', '\u{640}'),
    ('\u{64b}', '\u{65f}'),
    ('\u{670}', '\u{670}'),
    ('\u{1ab0}', '\u{1aff}'),
    ('\u{1dc0}', '\u{1dff}'),
    ('\u{200c}', '\u{200d}'),
    ('\u{20d0}', '\u{20ff}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{fe20}', '\u{fe2f}'),
];

/// Letters of scripts that put no space between words: they are looked for in pairs.
const PAIRS: [(char, char); 11] = [
    ('\u{e00}', '\u{eff}'),
    ('\u{1000}', '\u{109f}'),
    ('\u{1780}', '\u{17ff}'),
    ('\u{3005}', '\u{3007}'),
    ('\u{3040}', '\u{30ff}'),
    ('\u{31f0}', '\u{31ff}'),
    ('\u{3400}', '\u{4dbf}'),
    ('\u{4e00}', '\u{9fff}'),
    ('\u{ac00}', '\u{d7af}'),
    ('\u{f900}', '\u{faff}'),
    ('\u{20000}', '\u{323af}'),
];

/// Words of each language that stand everywhere and find nothing, folded. The first are English.
const STOP: [(&str, &str); 6] = [
    (
        "en",
        "a an and are as at be by can do does for from has have how i if in is it its no not of on or \
         our s so t that the their they this to was we were what when where which who why with you \
         your",
    ),
    (
        "de",
        "als am an auf aus bei das dem den der des die du ein eine einem einen einer eines er es fur \
         ich im in ist mit nach nicht oder sich sie sind so um und von vor wann was wer wie wir wird \
         wo zu zum zur",
    ),
    (
        "fr",
        "a au aux avec ce ces d dans de des du elle en est et il ils l la le les ne ou par pas pour \
         qu que qui s sa se ses son sont sur un une",
    ),
    (
        "es",
        "a al con de del e el en es esta la las lo los no o para por que se son su sus un una y",
    ),
    ("it", "a al che con da dei del della di e gli i il in la le lo nel non o per si un una"),
    ("nl", "aan als bij de den der dit een en het in is met niet of om op te van voor zijn"),
];

/// The stop words of a language, as a list.
pub(super) fn stop_words(language: &str) -> Vec<&'static str> {
    let own = language.split('-').next().unwrap_or_default();
    let of = |wanted: &str| STOP.iter().find(|(name, _)| *name == wanted);
    of(own).or_else(|| of("en")).map_or_else(Vec::new, |(_, words)| words.split(' ').collect())
}

/// The tables of this module for the page's script.
pub(super) fn tables(language: &str) -> Json {
    let map = |pairs: &[(char, &str)]| -> Map<String, Json> {
        pairs.iter().map(|(letter, read)| (letter.to_string(), (*read).into())).collect()
    };
    let class = |ranges: &[(char, char)]| -> String {
        let range = |(from, to): &(char, char)| {
            format!("\\u{{{:x}}}-\\u{{{:x}}}", u32::from(*from), u32::from(*to))
        };
        ranges.iter().map(range).collect()
    };
    json!({
        "letters": map(&LETTERS),
        "spread": map(&SPREAD),
        "marks": class(&MARKS),
        "pairs": class(&PAIRS),
        "stop": stop_words(language),
    })
}

fn within(letter: char, ranges: &[(char, char)]) -> bool {
    ranges.iter().any(|(from, to)| (*from..=*to).contains(&letter))
}

/// Whether words are not parted after this letter.
pub(super) fn goes_in_pairs(letter: char) -> bool {
    letter >= '\u{e00}' && within(letter, &PAIRS)
}

/// Whether a letter can stand in a word.
fn is_part(letter: char) -> bool {
    letter.is_alphanumeric() || (!letter.is_ascii() && is_mark(letter))
}

/// Whether a letter that is no letter by itself can stand in a word.
fn is_mark(letter: char) -> bool {
    within(letter, &MARKS)
        || GeneralCategoryGroup::Mark
            .contains(CodePointMapData::<GeneralCategory>::new().get(letter))
}

/// Whether a sign joins two words into one.
fn joins(letter: char) -> bool {
    matches!(letter, '-' | '.' | '&' | '\u{2010}'..='\u{2013}' | '\u{2212}')
}

/// A text with its letters folded: small, without marks over and under them, `ß` as `ss`.
pub(super) fn folded(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            text.to_ascii_lowercase().into()
        } else {
            text.into()
        };
    }
    let apart = DecomposingNormalizerBorrowed::new_nfkd().normalize(text);
    let plain: String = apart.chars().filter(|letter| !within(*letter, &MARKS)).collect();
    let read = replaced(&plain.to_lowercase(), &LETTERS);
    ComposingNormalizerBorrowed::new_nfc().normalize(&read).into_owned().into()
}

/// A text as it is folded where its letters are written as two; nothing where it has none of them.
fn spread(text: &str) -> Option<String> {
    let whole = ComposingNormalizerBorrowed::new_nfc().normalize(text).to_lowercase();
    let has = whole.contains(|letter| SPREAD.iter().any(|(one, _)| *one == letter));
    has.then(|| folded(&replaced(&whole, &SPREAD)).into_owned())
}

fn replaced(text: &str, by: &[(char, &str)]) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match by.iter().find(|(one, _)| *one == letter) {
            Some((_, read)) => out.push_str(read),
            None => out.push(letter),
        }
    }
    out
}

/// Longest word that is kept.
const LONGEST: usize = 60;
/// Longest name that is found whole, and the most parts that it has.
const WHOLE: (usize, usize) = (40, 6);

/// Every word by which a text is found. A name of several parts (`PRC-INC-01`) is found by each, by
/// all of them, and from each part on; a number with points (`8.6.1`) as it is.
pub(super) fn each_word(text: &str, small: &mut String, mut then: impl FnMut(&str)) {
    let mut at = 0;
    while at < text.len() {
        let run = run(text, at);
        let part = text[at..run.end].trim_matches(joins);
        at = run.end + text[run.end..].chars().next().map_or(0, char::len_utf8);
        if part.is_empty() {
            continue;
        }
        if run.ascii {
            small.clear();
            small.push_str(part);
            small.make_ascii_lowercase();
            if run.joins {
                parts(small, &mut then);
            } else if small.len() <= LONGEST {
                then(small);
            }
            continue;
        }
        scripts(&folded(part), &mut then);
        if let Some(other) = spread(part) {
            scripts(&other, &mut then);
        }
    }
}

/// The words of a folded run.
fn scripts(run: &str, then: &mut impl FnMut(&str)) {
    for (in_pairs, piece) in pieces(run) {
        if in_pairs { pairs(piece, then) } else { parts(piece, then) }
    }
}

/// Parts a folded run where its script changes to one whose letters go in pairs, or back.
fn pieces(run: &str) -> Vec<(bool, &str)> {
    let mut found = Vec::new();
    let mut rest = run;
    while let Some(first) = rest.chars().next() {
        let in_pairs = goes_in_pairs(first);
        let end = rest.find(|letter| goes_in_pairs(letter) != in_pairs).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        rest = after;
        found.push((in_pairs, piece.trim_matches(joins)));
    }
    found
}

/// Each two letters in a row, and the last by itself: every single letter begins one of them.
fn pairs(piece: &str, then: &mut impl FnMut(&str)) {
    let starts: Vec<usize> = piece.char_indices().map(|(at, _)| at).collect();
    for (n, start) in starts.iter().enumerate() {
        then(&piece[*start..starts.get(n + 2).copied().unwrap_or(piece.len())]);
    }
}

/// The words of a folded run without a change of script.
fn parts(run: &str, then: &mut impl FnMut(&str)) {
    let parts = parts_of(run);
    for part in parts.iter().filter(|part| part.len() <= LONGEST) {
        then(part);
    }
    let named = run.contains(['-', '&']) || run.contains(|letter: char| letter.is_numeric());
    let numbers = parts.iter().all(|part| part.starts_with(|first: char| first.is_numeric()));
    if parts.len() < 2 || parts.len() > WHOLE.1 || run.len() > WHOLE.0 || !named {
        return;
    }
    // From each part on, so that `INC-01` finds `PRC-INC-01`.
    let last = if numbers { 1 } else { parts.len() - 1 };
    for from in 0..last {
        then(&parts[from..].concat());
    }
}

/// What hyphens part, and points where they do not stand in a number.
fn parts_of(run: &str) -> Vec<&str> {
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let mut found = Vec::new();
    for part in run.split('-').map(|part| part.trim_matches('.')) {
        if is_number(part) && !part.contains("..") {
            found.push(part);
        } else {
            found.extend(part.split(|letter| !is_part(letter)));
        }
    }
    found.retain(|part| !part.is_empty());
    found
}

/// Letters and digits in a row, and the signs that may join them: where they end, and what is among
/// them.
#[derive(Default)]
struct Run {
    end: usize,
    ascii: bool,
    joins: bool,
}

/// The run that begins at `start`; an empty one where none does. Most texts are ASCII, and a byte is
/// told apart quicker than a letter.
fn run(text: &str, start: usize) -> Run {
    let mut run = Run { end: start, ascii: true, ..Run::default() };
    while let Some(byte) = text.as_bytes().get(run.end) {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {}
            b'-' | b'.' | b'&' => run.joins = true,
            0..0x80 => break,
            _ => match text[run.end..].chars().next() {
                Some(letter) if is_part(letter) || joins(letter) => {
                    run.ascii = false;
                    run.end += letter.len_utf8();
                    continue;
                }
                _ => break,
            },
        }
        run.end += 1;
    }
    run
}

#[cfg(test)]
mod tests {
    use super::{each_word, folded, parts_of, pieces};

    fn words(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        each_word(text, &mut String::new(), |word| found.push(word.to_owned()));
        found
    }

    #[test]
    fn names_are_found_by_their_parts_and_whole() {
        assert_eq!(words("PRC-INC-01"), ["prc", "inc", "01", "prcinc01", "inc01"]);
        assert_eq!(words("SEV1-CRITICAL"), ["sev1", "critical", "sev1critical"]);
        assert_eq!(
            words("See clause 8.6.1. Well-kept"),
            ["see", "clause", "8.6.1", "well", "kept", "wellkept"]
        );
        assert_eq!(words("ISO/IEC 20000-1:2018"), ["iso", "iec", "20000", "1", "200001", "2018"]);
        assert_eq!(words("AT&T, R & D"), ["at", "t", "att", "r", "d"]);
        assert_eq!(words("max_retry.count"), ["max", "retry", "count"]);
        assert_eq!(words("PRC\u{2013}INC\u{2011}01")[3], "prcinc01");
    }

    #[test]
    fn letters_fold() {
        for (text, expected) in [
            ("Straße", "strasse"),
            ("Cafe\u{301}", "cafe"),
            ("Đường", "duong"),
            ("İstanbul", "istanbul"),
            ("ISPARTA ışık", "isparta isik"),
            ("ΣΟΦΟΣ", "σοφοσ"),
            ("ﬁle Ａ１", "file a1"),
            ("ガ", "ガ"),
            ("한국", "한국"),
            ("ที่", "ที่"),
        ] {
            assert_eq!(folded(text), expected, "{text}");
        }
    }

    #[test]
    fn letters_written_as_two_find_too() {
        assert_eq!(words("Überwachung"), ["uberwachung", "ueberwachung"]);
        assert_eq!(words("U\u{308}ber"), ["uber", "ueber"]);
    }

    #[test]
    fn scripts_without_spaces_are_cut_into_pairs() {
        assert_eq!(words("变更管理"), ["变更", "更管", "管理", "理"]);
        assert_eq!(words("ITサービス"), ["it", "サー", "ービ", "ビス", "ス"]);
    }

    /// What the script in the page answers, too: `tests/browser/search.rs` asks it.
    #[test]
    fn examples_are_cut_as_the_script_cuts_them() {
        let table = include_str!("../../tests/facts/words.json");
        let table: Vec<(String, Vec<String>)> = serde_json::from_str(table).expect("a table");
        for (text, expected) in table {
            let mut found = Vec::new();
            let mut at = 0;
            while at < text.len() {
                let end = super::run(&text, at).end;
                for (in_pairs, piece) in pieces(&folded(&text[at..end])) {
                    let parts = if in_pairs { vec![piece] } else { parts_of(piece) };
                    found.extend(parts.into_iter().map(str::to_owned));
                }
                at = end + text[end..].chars().next().map_or(0, char::len_utf8);
            }
            assert_eq!(found, expected, "{text}");
        }
    }
}
