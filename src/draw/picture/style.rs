//! Styles of a picture, token by token: nothing in them loads anything.

use std::collections::BTreeSet;

use cssparser::{ParseError, Parser, ToCss as _, Token, TokenSerializationType};

use super::LeftOut;

/// Functions that paint and move; any other might load something.
const FUNCTIONS: [&str; 42] = [
    "rgb",
    "rgba",
    "hsl",
    "hsla",
    "hwb",
    "lab",
    "lch",
    "oklab",
    "oklch",
    "color",
    "color-mix",
    "light-dark",
    "calc",
    "min",
    "max",
    "clamp",
    "var",
    "matrix",
    "matrix3d",
    "translate",
    "translatex",
    "translatey",
    "translate3d",
    "scale",
    "scalex",
    "scaley",
    "rotate",
    "skew",
    "skewx",
    "skewy",
    "blur",
    "brightness",
    "contrast",
    "drop-shadow",
    "grayscale",
    "hue-rotate",
    "invert",
    "opacity",
    "saturate",
    "sepia",
    "polygon",
    "not",
];

/// Rules within a style sheet that are kept.
const RULES: [&str; 4] = ["media", "supports", "keyframes", "-webkit-keyframes"];

/// Deepest brackets within brackets.
const MOST_DEPTH: usize = 20;

/// A style sheet, or the value of a style, without what loads something.
pub(super) fn clean(css: &str, left_out: &mut BTreeSet<LeftOut>) -> String {
    let last = TokenSerializationType::Nothing;
    let mut written = Written { css: String::with_capacity(css.len()), last, left_out };
    written.tokens(&mut Parser::new(css), 0);
    written.css.trim().to_owned()
}

struct Written<'l> {
    css: String,
    /// What was written last: some tokens would become one with what follows.
    last: TokenSerializationType,
    left_out: &'l mut BTreeSet<LeftOut>,
}

impl Written<'_> {
    fn tokens(&mut self, parser: &mut Parser<'_>, depth: usize) {
        while let Ok(token) = parser.next_including_whitespace_and_comments().cloned() {
            match &token {
                // Two words stay two words.
                Token::Comment(_) => self.write(&Token::WhiteSpace(" ")),
                Token::AtKeyword(name) => {
                    let small = name.to_ascii_lowercase();
                    if RULES.contains(&small.as_str()) {
                        self.write(&token);
                    } else {
                        self.left_out_rule(&small, parser);
                    }
                }
                Token::UnquotedUrl(address) => self.address(address),
                Token::Function(name) if name.eq_ignore_ascii_case("url") => {
                    let to = within(parser, |inner| {
                        let to = inner.expect_string_cloned().map(|to| to.to_string()).ok();
                        while inner.next().is_ok() {}
                        to
                    });
                    self.address(&to.flatten().unwrap_or_default());
                }
                Token::Function(name) => {
                    let small = name.to_ascii_lowercase();
                    let is_selector = matches!(
                        small.as_str(),
                        "nth-child" | "nth-of-type" | "is" | "where" | "has"
                    );
                    if is_selector || FUNCTIONS.contains(&small.as_str()) {
                        self.block(&token, ")", parser, depth);
                    } else {
                        self.left_out.insert(LeftOut::Style);
                        self.nothing();
                        within(parser, |inner| while inner.next().is_ok() {});
                    }
                }
                Token::ParenthesisBlock => self.block(&token, ")", parser, depth),
                Token::SquareBracketBlock => self.block(&token, "]", parser, depth),
                Token::CurlyBracketBlock => self.block(&token, "}", parser, depth),
                Token::BadUrl(_) | Token::BadString(_) | Token::CDO | Token::CDC => {}
                _ => self.write(&token),
            }
        }
    }

    fn write(&mut self, token: &Token<'_>) {
        let kind = token.serialization_type();
        if self.last.needs_separator_when_before(kind) {
            self.css.push(' ');
        }
        self.last = kind;
        // Writing to a string does not fail.
        let _ = token.to_css(&mut self.css);
    }

    /// What stands in the place of something that was left out.
    fn nothing(&mut self) {
        self.write(&Token::Ident("none".into()));
    }

    fn block(&mut self, open: &Token<'_>, close: &str, parser: &mut Parser<'_>, depth: usize) {
        if depth >= MOST_DEPTH {
            self.left_out.insert(LeftOut::Style);
            within(parser, |inner| while inner.next().is_ok() {});
            return;
        }
        self.write(open);
        within(parser, |inner| self.tokens(inner, depth + 1));
        self.css.push_str(close);
        self.last = TokenSerializationType::Nothing;
    }

    fn address(&mut self, to: &str) {
        if to.starts_with('#') {
            let address = Token::UnquotedUrl(to.to_owned().into());
            self.write(&address);
        } else {
            self.left_out.insert(LeftOut::Reference);
            self.nothing();
        }
    }

    /// Passes a rule that is not kept, up to its end.
    fn left_out_rule(&mut self, name: &str, parser: &mut Parser<'_>) {
        match name {
            "font-face" | "font-feature-values" => self.left_out.insert(LeftOut::Font),
            "import" => self.left_out.insert(LeftOut::Reference),
            "charset" | "namespace" => false,
            _ => self.left_out.insert(LeftOut::Style),
        };
        while let Ok(token) = parser.next().cloned() {
            match token {
                Token::Semicolon => break,
                Token::CurlyBracketBlock => {
                    within(parser, |inner| while inner.next().is_ok() {});
                    break;
                }
                _ => {}
            }
        }
    }
}

/// Does something with what stands in the bracket that was just opened.
fn within<T>(parser: &mut Parser<'_>, mut work: impl FnMut(&mut Parser<'_>) -> T) -> Option<T> {
    parser.parse_nested_block(|inner| Ok::<T, ParseError<()>>(work(inner))).ok()
}
