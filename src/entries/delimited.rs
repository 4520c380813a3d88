//! Entries that stand in a CSV file, as spreadsheets and service desks write them: comma, semicolon or
//! tab, quotes, a byte order mark, any line ends.
//!
//! The library reads the records; where each field stands is found by their quotes and delimiters, so
//! that a finding points at a cell of the file.

use std::ops::Range;

use super::{Even, Registers, Row, Source, Trouble, What, head, span};
use crate::model::document::Document;
use crate::model::library::DocumentNumber;
use crate::model::value::Text;
use crate::source::{SourceFile, Sources};
use crate::text::{Span, join};

/// Most rows of a file that are read.
const MOST_ROWS: usize = 200_000;
/// Most columns of a file that are read.
const MOST_COLUMNS: usize = 200;
/// So many times a quote that is not closed is passed over.
const MOST_OPEN: usize = 20;

/// A record of a file: its fields with their places.
type Record = Vec<(String, Range<usize>)>;

impl Registers {
    /// The files with entries that a document names.
    pub(super) fn of_files(
        &mut self,
        number: DocumentNumber,
        document: &Document,
        sources: &Sources,
    ) {
        for (n, entries) in document.front.entries.iter().enumerate() {
            let n = n.to_string();
            let at = |key: &str| document.at(&["entries", &n, key]);
            let Some(register) = self.types.place(&entries.register) else {
                let what = What::NoRegister(entries.register.0.clone());
                self.troubles.push(Trouble { at: at("register"), what });
                continue;
            };
            match file(document, &entries.file, sources) {
                Ok(file) if !self.files.insert((register, file.path.clone())) => {
                    let what = What::TwiceFile(entries.file.0.clone());
                    self.troubles.push(Trouble { at: at("file"), what });
                }
                Ok(file) => self.file(register, number, file, at("file")),
                Err(what) => self.troubles.push(Trouble { at: at("file"), what }),
            }
        }
    }

    fn file(&mut self, register: usize, number: DocumentNumber, file: &SourceFile, named: Span) {
        let mut reader = Reader::new(&file.text);
        let first = reader.records.next();
        let Some(titles) = first else {
            self.troubles.push(Trouble { at: named, what: What::NoHead(register) });
            return;
        };
        let places: Vec<Span> = titles.iter().map(|(_, at)| span(file.id, at)).collect();
        let at =
            titles.first().map_or(0, |(_, at)| at.start)..titles.last().map_or(0, |(_, at)| at.end);
        let width = titles.len();
        let titles = titles.into_iter().map(|(title, _)| title);
        let source = Source {
            document: number,
            section: None,
            path: Some(file.path.clone()),
            head: head(self.of(register), titles),
            at: span(file.id, &at),
        };
        if !self.open(register, source, &places) {
            return;
        }
        for (n, record) in reader.records.by_ref().enumerate() {
            let at = record.first().map_or(0, |(_, at)| at.start)
                ..record.last().map_or(0, |(_, at)| at.end);
            let at = span(file.id, &at);
            if n == MOST_ROWS {
                self.troubles.push(Trouble { at, what: What::TooMany(MOST_ROWS) });
                break;
            }
            let is_short = record.len() + trailing(&self.all[register].sources) < width;
            let more = record.get(width..).unwrap_or_default();
            if is_short || more.iter().any(|(text, _)| !text.is_empty()) {
                self.troubles.push(Trouble { at, what: What::Uneven(record.len(), width) });
            }
            let even = match record.len() {
                _ if is_short => Even::Short,
                many if many > width => Even::Long,
                _ => Even::Yes,
            };
            let cells = record.into_iter().map(|(text, at)| (text, span(file.id, &at)));
            self.add(register, &Row { cells: cells.collect(), at, even, document: None });
        }
        for quote in reader.records.open {
            let at = span(file.id, &(quote..quote + 1));
            self.troubles.push(Trouble { at, what: What::OpenQuote });
        }
    }
}

/// Columns without a title at the end of the last head: a row may lack them.
fn trailing(sources: &[Source]) -> usize {
    let head = sources.last().map(|source| source.head.as_slice()).unwrap_or_default();
    head.iter().rev().take_while(|known| known.as_ref().is_err_and(String::is_empty)).count()
}

/// The file that a document names.
fn file<'s>(
    document: &Document,
    name: &Text,
    sources: &'s Sources,
) -> Result<&'s SourceFile, What> {
    let path = join(&document.path, name).ok_or_else(|| What::NoFile(name.0.clone()))?;
    match sources.at_path(&path) {
        Some(file) if sources.assets.binary_search(&path).is_ok() => Ok(file),
        _ if sources.assets.binary_search(&path).is_ok() => Err(What::NoText(name.0.clone())),
        _ => Err(What::NoFile(name.0.clone())),
    }
}

/// The records of a file.
struct Reader<'t> {
    records: Records<'t>,
}

impl<'t> Reader<'t> {
    fn new(text: &'t str) -> Self {
        let mut start = if text.starts_with('\u{feff}') { 3 } else { 0 };
        // Excel says in a first line which delimiter it took.
        let mut delimiter = None;
        let line = text[start..].lines().next().unwrap_or_default();
        if let Some(sign) = line.strip_prefix("sep=").filter(|sign| sign.len() == 1) {
            delimiter = sign.bytes().next();
            start += text[start..].find('\n').map_or(line.len(), |end| end + 1);
        }
        let delimiter = delimiter.unwrap_or_else(|| guessed(&text[start..]));
        Reader { records: Records::new(text, start, delimiter) }
    }
}

/// The delimiter of a text: the one of which its first line has most.
fn guessed(text: &str) -> u8 {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut in_quotes = false;
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    for byte in line.bytes() {
        in_quotes ^= byte == b'"';
        if let Some((_, count)) = counts.iter_mut().find(|(sign, _)| !in_quotes && *sign == byte) {
            *count += 1;
        }
    }
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| sign)
}

/// The records of a text, one after another.
struct Records<'t> {
    text: &'t str,
    delimiter: u8,
    reader: csv::Reader<&'t [u8]>,
    /// Where the reader began.
    from: usize,
    /// Quotes that are opened and not closed.
    open: Vec<usize>,
}

impl<'t> Records<'t> {
    fn new(text: &'t str, from: usize, delimiter: u8) -> Self {
        let reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(&text.as_bytes()[from..]);
        Records { text, delimiter, reader, from, open: Vec::new() }
    }

    /// The fields of a record that stands somewhere, with their places there.
    fn placed(&self, record: &csv::ByteRecord, at: Range<usize>) -> Record {
        let raw = &self.text[at.clone()];
        let places = fields(raw, self.delimiter);
        let text = |field: &[u8]| String::from_utf8_lossy(field).trim().to_owned();
        let fields = record.iter().take(MOST_COLUMNS).enumerate();
        let place = |n: usize| match places.get(n) {
            Some(place) => at.start + place.start..at.start + place.end,
            None => at.clone(),
        };
        fields.map(|(n, field)| (text(field), place(n))).collect()
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            let mut record = csv::ByteRecord::new();
            let position = |reader: &csv::Reader<&[u8]>| {
                usize::try_from(reader.position().byte()).unwrap_or(usize::MAX)
            };
            let start = self.from + position(&self.reader);
            if !self.reader.read_byte_record(&mut record).unwrap_or(false) {
                return None;
            }
            let end = (self.from + position(&self.reader)).min(self.text.len());
            let start = start.min(end);
            let raw = &self.text[start..end];
            let blank = raw.len() - raw.trim_start_matches(['\r', '\n']).len();
            let at = start + blank..start + raw.trim_end_matches(['\r', '\n']).len().max(blank);
            if let Some(quote) = unclosed(&self.text[at.clone()], self.delimiter)
                && self.open.len() < MOST_OPEN
            {
                // The line is read as if it had no quotes, and what follows as it stands.
                self.open.push(at.start + quote);
                let first = self.text[at.clone()].lines().next().unwrap_or_default();
                let line = at.start..at.start + first.len();
                let open = std::mem::take(&mut self.open);
                *self = Records { open, ..Records::new(self.text, line.end, self.delimiter) };
                return Some(self.without_quotes(line));
            }
            if record.iter().any(|field| !field.trim_ascii().is_empty()) {
                return Some(self.placed(&record, at));
            }
        }
    }
}

impl Records<'_> {
    /// The fields of a line whose quotes are letters like others.
    fn without_quotes(&self, line: Range<usize>) -> Record {
        let mut start = line.start;
        let parts = self.text[line].split(char::from(self.delimiter));
        let fields = parts.take(MOST_COLUMNS).map(|part| {
            let at = start..start + part.len();
            start = at.end + 1;
            (part.trim_matches(['"', ' ']).to_owned(), at)
        });
        fields.collect()
    }
}

/// Where each field of a record stands, without the quotes around it.
fn fields(raw: &str, delimiter: u8) -> Vec<Range<usize>> {
    let bytes = raw.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let (inner, end) = field(bytes, at, delimiter);
        let text = &raw[inner.clone()];
        let blank = text.len() - text.trim_start().len();
        let start = inner.start + blank;
        found.push(start..start.max(inner.start + text.trim_end().len()));
        if end >= bytes.len() || found.len() > MOST_COLUMNS {
            return found;
        }
        at = end + 1;
    }
}

/// The field that begins somewhere: what it holds, and where its delimiter stands.
fn field(bytes: &[u8], start: usize, delimiter: u8) -> (Range<usize>, usize) {
    let up_to = |from: usize| {
        let rest = bytes[from..].iter().position(|byte| *byte == delimiter);
        rest.map_or(bytes.len(), |n| from + n)
    };
    if bytes.get(start) != Some(&b'"') {
        let end = up_to(start);
        return (start..end, end);
    }
    let mut at = start + 1;
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (b'"', Some(b'"')) => at += 2,
            (b'"', _) => return (start + 1..at, up_to(at + 1)),
            _ => at += 1,
        }
    }
    (start + 1..bytes.len(), bytes.len())
}

/// The quote of a record that is opened and not closed: at the end of the file, or by one that opens
/// another cell some lines below, so that something stands behind it.
fn unclosed(raw: &str, delimiter: u8) -> Option<usize> {
    let bytes = raw.as_bytes();
    let mut at = 0;
    loop {
        let (inner, end) = field(bytes, at, delimiter);
        let is_quoted = bytes.get(at) == Some(&b'"');
        let is_long = || bytes[inner.clone()].contains(&b'\n') && inner.end + 1 < end;
        if is_quoted && (inner.end == bytes.len() || is_long()) {
            return Some(at);
        }
        if end >= bytes.len() {
            return None;
        }
        at = end + 1;
    }
}
