//! No text of an author's leaves the attribute or the element that it stands in. The same manual is
//! built twice, with plain words in every field and with words that end whatever is not escaped; a
//! parser of HTML, which is not ours, says what tags and attributes the pages have.

use std::cell::RefCell;
use std::collections::BTreeMap;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

use crate::hostile_corpus::{DAY, codes, write_fields};
use crate::support::{Folder, document, files};

/// The mark that tells an author's text from ours.
const MARK: &str = "zqmark";

/// What ends a value in double quotes, in single quotes, in none, a tag, a line; and an entity.
const SPOILER: &str = "zqmark\" zqa=\"1' zqb='2> <zqc zqd=3> &amp;quot; &\n zqe=4";

/// Elements and attributes of pages: how often each pair stands there, and how often with an author's
/// text in it. What the parser finds wrong with the markup of a tag.
#[derive(Default)]
struct Found {
    pairs: BTreeMap<(String, String), (usize, usize)>,
    wrong: Vec<String>,
}

#[derive(Default)]
struct Reader(RefCell<Found>);

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut found = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                let name = tag.name.to_string();
                for attribute in &tag.attrs {
                    let pair = (name.clone(), attribute.name.local.to_string());
                    let count = found.pairs.entry(pair).or_default();
                    count.0 += 1;
                    count.1 += usize::from(attribute.value.contains(MARK));
                }
                found.pairs.entry((name.clone(), String::new())).or_default().0 += 1;
                match (tag.kind, name.as_str()) {
                    (TagKind::StartTag, "script") => {
                        return TokenSinkResult::RawData(RawKind::ScriptData);
                    }
                    (TagKind::StartTag, "style") => {
                        return TokenSinkResult::RawData(RawKind::Rawtext);
                    }
                    (TagKind::StartTag, "title" | "textarea") => {
                        return TokenSinkResult::RawData(RawKind::Rcdata);
                    }
                    _ => {}
                }
            }
            Token::ParseError(what) => found.wrong.push(format!("line {line}: {what}")),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// A manual of which every field holds this text, with what the fields of documents do not reach: the
/// settings, a standard of its own, a logo, a picture and the name of a file.
fn manual(text: &str) -> Folder {
    let folder = Folder::new();
    let all = folder.run("explain").code(0).out;
    let codes = codes(&all);
    write_fields(&folder.at("manual"), &codes, &[text.to_owned()]);
    let typed = quoted(text);
    let rules: Vec<String> = codes.iter().map(|code| format!("  {code}: note\n")).collect();
    let settings = format!(
        "organization: {{name: {typed}, unit: {typed}}}\n\
         site: {{title: {typed}, language: {typed}, base_url: \"https://sms.example/\", \
         logo: policies/logo.svg, source_url: \"https://git.example/{{path}}\"}}\n\
         standards: [own-1, iso-20000-1-2018]\nrules:\n{}",
        rules.concat()
    );
    let write = |path: &str, text: &str| folder.write(&format!("manual/{path}"), text);
    write("clausebook.yaml", &settings);
    write("schema/own-1/standard.yaml", &format!("standard: own-1\ntitle: {typed}\n"));
    let clause = |number: &str, more: &str| {
        format!("  - {{number: \"{number}\", title: {typed}, summary: {typed}, {more}}}\n")
    };
    let clauses = ["clauses:\n".to_owned(), clause("1", "role: heading"), {
        clause("1.1", "parent: \"1\", role: requirement")
    }];
    write("schema/own-1/catalogue.yaml", &clauses.concat());
    write("policies/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 2 1\"/>");
    let line = text.replace('\n', " ");
    // The name of a file cannot hold everything everywhere.
    let name = if cfg!(unix) { line.clone() } else { MARK.to_owned() };
    let typed_name = name.replace('<', "\\<").replace('>', "\\>").replace('&', "&amp;");
    write(&format!("policies/{name}.png"), "\u{89}PNG");
    let body =
        format!("![{line}](<{typed_name}.png>)\n\n```mermaid\nflowchart LR\n a --> b\n```\n");
    write(&format!("policies/{name}.md"), &document(1, "Words").replace("Words.\n", &body));
    folder
}

/// A scalar of YAML that is this text: a string of JSON is one.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("text can be written")
}

/// What stands in the pages of a manual of which every field holds this text.
fn read(text: &str) -> Found {
    let folder = manual(text);
    folder.run(&format!("-C manual build --drafts --today {DAY}")).code(0);
    let mut found = Found::default();
    let mut pages = 0;
    for path in files(&folder.at("manual/site")).keys().filter(|path| path.ends_with(".html")) {
        let html = folder.read(&format!("manual/site/{path}"));
        let options = TokenizerOpts { exact_errors: true, ..TokenizerOpts::default() };
        let tokenizer = Tokenizer::new(Reader(RefCell::new(found)), options);
        let input = BufferQueue::default();
        input.push_back(StrTendril::from(html.as_str()));
        let _ = tokenizer.feed(&input);
        tokenizer.end();
        found = tokenizer.sink.0.into_inner();
        assert_eq!(found.wrong, [""; 0], "{path}");
        pages += 1;
    }
    assert!(pages > 60, "{pages} pages are too few to mean anything");
    found
}

/// The pairs of element and attribute that hold an author's text.
fn holding(found: &Found) -> Vec<String> {
    let pairs = found.pairs.iter().filter(|(_, count)| count.1 > 0);
    pairs.map(|((element, attribute), _)| format!("{element} {attribute}")).collect()
}

#[test]
fn no_text_leaves_its_attribute() {
    let (plain, spoiled) = (read("zqmark plain words"), read(SPOILER));
    // Else nothing is proved: these are the attributes that show what an author wrote.
    let expected = [
        "a aria-label",
        "a href",
        "div aria-label",
        "img alt",
        "img src",
        "p title",
        "section aria-label",
        "tr id",
    ];
    for found in [&plain, &spoiled] {
        let holding = holding(found);
        let missing = expected.iter().filter(|one| !holding.contains(&(**one).to_owned()));
        assert_eq!(missing.collect::<Vec<_>>(), Vec::<&&str>::new(), "{holding:?}");
    }
    let foreign = |pair: &&(String, String)| !plain.pairs.contains_key(*pair);
    let new: Vec<&(String, String)> = spoiled.pairs.keys().filter(foreign).collect();
    assert!(new.is_empty(), "an author's text makes {new:?}");
}
