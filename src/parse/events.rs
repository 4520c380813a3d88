//! The events of a body, the same for every reading of it: what the Markdown parser says, with text
//! in whole pieces and what Git hosts make of it besides: links of bare addresses, `[[1]](address)`
//! as the link that `CommonMark` sees there, and lists of definitions where they are meant.
//!
//! Longer than most: one pass over the parser's events, so that every reading has the same ones.

use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, OffsetIter, Options, Parser, Tag, TagEnd};

use super::Placed;
use super::address::{self, Address};
use super::markdown::{marks, options};
use super::terms::{defined, list, may_define};
use crate::text::floor_char;

/// A text and its place in the body.
type Words<'t> = (CowStr<'t>, Range<usize>);

/// Texts that follow one another.
type Run<'t> = VecDeque<Words<'t>>;

/// The events of a body.
pub fn events(source: &str) -> Events<'_> {
    Events {
        source,
        parser: Parser::new_ext(source, options()).into_offset_iter(),
        candidates: address::candidates(source).into(),
        ahead: VecDeque::new(),
        ready: VecDeque::new(),
        around: Vec::new(),
        said: 0,
        in_anchor: false,
    }
}

/// The events of a body, one after another.
pub struct Events<'t> {
    source: &'t str,
    parser: OffsetIter<'t>,
    /// Where bare addresses may still come.
    candidates: VecDeque<usize>,
    /// Events of the parser that have been looked at already.
    ahead: VecDeque<Placed<'t>>,
    /// Events that are to be handed out next.
    ready: VecDeque<Placed<'t>>,
    /// The elements that are open, the innermost last.
    around: Vec<Around>,
    /// Up to here everything has been said, in other events than the parser's.
    said: usize,
    /// Whether an `<a>` of HTML is open.
    in_anchor: bool,
}

/// An element that is open.
struct Around {
    end: usize,
    /// Whether addresses in it stay text: it is a link, a picture or code.
    is_plain: bool,
    is_cell: bool,
    /// Whether its events are left out, since others say the same.
    is_dropped: bool,
}

impl<'t> Iterator for Events<'t> {
    type Item = Placed<'t>;

    fn next(&mut self) -> Option<Placed<'t>> {
        match self.step()? {
            (Event::Start(Tag::Paragraph), at) if may_define(&self.source[at.clone()]) => {
                self.definitions(at);
                self.ready.pop_front()
            }
            placed => Some(placed),
        }
    }
}

impl<'t> Events<'t> {
    /// The next event, before lists of definitions are looked for.
    fn step(&mut self) -> Option<Placed<'t>> {
        if let Some(placed) = self.ready.pop_front() {
            return Some(placed);
        }
        let (event, at) = self.own()?;
        match event {
            Event::Text(words) => self.text(words, at),
            Event::Start(Tag::Link {
                link_type: LinkType::WikiLink { .. }, ref dest_url, ..
            }) => {
                let other = self.other_link(dest_url, &at);
                if !other.is_some_and(|end| self.without_wiki_links(&at, end)) {
                    return Some((event, at));
                }
            }
            Event::Start(Tag::Link { link_type: LinkType::Email, dest_url, title, id }) => {
                let dest_url = format!("mailto:{dest_url}").into();
                let link_type = LinkType::Email;
                return Some((Event::Start(Tag::Link { link_type, dest_url, title, id }), at));
            }
            Event::InlineHtml(ref tag) => {
                let opens = |start: &str| {
                    let after = tag.get(start.len()..).unwrap_or_default();
                    tag.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
                        && !after.starts_with(|c: char| c.is_ascii_alphanumeric())
                };
                self.in_anchor = opens("<a") || (self.in_anchor && !opens("</a"));
                return Some((event, at));
            }
            _ => return Some((event, at)),
        }
        self.step()
    }

    /// The next event of the parser that has not been said in another way.
    fn own(&mut self) -> Option<Placed<'t>> {
        loop {
            let (event, at) = self.ahead.pop_front().or_else(|| self.parser.next())?;
            let over = at.start < self.said;
            match &event {
                Event::Start(tag) => {
                    self.around.push(Around {
                        end: at.end,
                        is_plain: self.around.last().is_some_and(|outer| outer.is_plain)
                            || matches!(
                                tag,
                                Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_)
                            ),
                        is_cell: self.around.last().is_some_and(|outer| outer.is_cell)
                            || matches!(tag, Tag::TableCell),
                        is_dropped: over,
                    });
                    if !over {
                        return Some((event, at));
                    }
                }
                Event::End(_) => {
                    if self.around.pop().is_none_or(|around| !around.is_dropped) {
                        return Some((event, at));
                    }
                }
                Event::Text(_) if over && at.end > self.said => {
                    let rest = self.said..at.end;
                    return Some((Event::Text(self.source[rest.clone()].into()), rest));
                }
                _ if over => {}
                _ => return Some((event, at)),
            }
        }
    }

    /// Text that follows text is one; bare addresses in it are links.
    fn text(&mut self, words: CowStr<'t>, at: Range<usize>) {
        let mut run = Run::from([(words, at)]);
        while let Some(placed) = self.ahead.pop_front().or_else(|| self.parser.next()) {
            if let (Event::Text(words), at) = placed {
                run.push_back((words, at));
            } else {
                self.ahead.push_front(placed);
                break;
            }
        }
        let marked = self.marked(&run);
        while let Some(address) = self.address(&run, &marked) {
            let before = cut(self.source, &mut run, address.at.start);
            self.say(&before);
            self.link(&address);
            self.said = address.at.end;
            cut(self.source, &mut run, address.at.end);
        }
        self.say(run.make_contiguous());
    }

    /// Hands texts out as one.
    fn say(&mut self, run: &[Words<'t>]) {
        let (Some((first, start)), Some((_, end))) = (run.first(), run.last()) else { return };
        let at = start.start..end.end;
        let own = run.iter().all(|(words, at)| is_own(self.source, words, at));
        let follow = run.windows(2).all(|two| two[0].1.end == two[1].1.start);
        let words = if run.len() == 1 {
            first.clone()
        } else if own && follow {
            self.source[at.clone()].into()
        } else {
            run.iter().map(|(words, _)| &**words).collect::<String>().into()
        };
        if !words.is_empty() {
            self.ready.push_back((Event::Text(words), at));
        }
    }

    /// The places of `{{ … }}` in texts in which an address may be: what their values are is not known
    /// before they are filled in.
    fn marked(&self, run: &Run<'t>) -> Vec<Range<usize>> {
        let (Some((_, first)), Some((_, last))) = (run.front(), run.back()) else {
            return Vec::new();
        };
        if self.candidates.front().is_none_or(|next| *next >= last.end) {
            return Vec::new();
        }
        let line = self.source[last.end..].find('\n').map_or(self.source.len(), |n| last.end + n);
        marks(self.source, first.start..line).into_iter().map(|mark| mark.at).collect()
    }

    /// The next bare address in texts that follow one another.
    fn address(&mut self, run: &Run<'t>, marked: &[Range<usize>]) -> Option<Address> {
        let (start, end) = (run.front()?.1.start, run.back()?.1.end);
        while let Some(candidate) = self.candidates.front().copied().filter(|at| *at < end) {
            self.candidates.pop_front();
            let words = run.get(run.partition_point(|(_, at)| at.end <= candidate));
            let is_text = candidate >= start
                && words.is_some_and(|(words, at)| {
                    at.start <= candidate && is_own(self.source, words, at)
                });
            if !is_text || self.in_anchor || self.around.last().is_some_and(|it| it.is_plain) {
                continue;
            }
            let limit = self.limit(candidate, self.around.last());
            let found = address::found(self.source, candidate, &(start..limit));
            let Some(address) = found.and_then(|address| self.undisturbed(address)) else {
                continue;
            };
            let next = marked.partition_point(|mark| mark.end <= address.at.start);
            if marked.get(next).is_none_or(|mark| mark.start >= address.at.end) {
                return Some(address);
            }
        }
        None
    }

    /// Where what begins at a place must end: with what it stands in.
    fn limit(&self, from: usize, around: Option<&Around>) -> usize {
        let limit = around.map_or(self.source.len(), |around| around.end);
        let limit = limit.min(floor_char(self.source, from + address::LONGEST)).max(from);
        if !around.is_some_and(|around| around.is_cell) {
            return limit;
        }
        let is_bar = |(at, _): &(usize, &str)| !self.source[..from + at].ends_with('\\');
        let bar = self.source[from..limit].match_indices('|').find(is_bar);
        bar.map_or(limit, |(at, _)| from + at)
    }

    /// The address without what is something else: code, a footnote, another link. Emphasis that
    /// lies within it is part of it.
    fn undisturbed(&mut self, mut address: Address) -> Option<Address> {
        let mut at = 0;
        loop {
            if self.ahead.len() <= at {
                let Some(next) = self.parser.next() else { return Some(address) };
                self.ahead.push_back(next);
            }
            let (event, place) = &self.ahead[at];
            if place.start >= address.at.end && !matches!(event, Event::End(_)) {
                return Some(address);
            }
            let is_part = match event {
                Event::Text(_) => true,
                Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough) => {
                    place.end <= address.at.end
                }
                Event::End(_) if place.start >= address.at.start => true,
                // Something that began before the address ends here, and the address with it.
                Event::End(_) => return Some(address),
                _ => false,
            };
            if !is_part {
                let end = place.start;
                address = address::shortened(self.source, &address, end)?;
            }
            at += 1;
        }
    }

    /// Hands a link out.
    fn link(&mut self, address: &Address) {
        let at = address.at.clone();
        let shown = unescaped(&self.source[at.clone()]);
        let dest_url = match (&shown, address.scheme) {
            (CowStr::Borrowed(text), "") => CowStr::Borrowed(text),
            (text, scheme) => format!("{scheme}{text}").into(),
        };
        let link =
            Tag::Link { link_type: LinkType::Autolink, dest_url, title: "".into(), id: "".into() };
        self.ready.push_back((Event::Start(link), at.clone()));
        self.ready.push_back((Event::Text(shown), at.clone()));
        self.ready.push_back((Event::End(TagEnd::Link), at));
    }

    /// Where the link of `CommonMark` would end that double brackets may be part of: by what follows
    /// them, or since their inside is defined.
    fn other_link(&self, name: &str, at: &Range<usize>) -> Option<usize> {
        let limit = self.limit(at.end, self.around.iter().rev().nth(1));
        let rest = &self.source[at.end..limit];
        let close = match rest.bytes().next() {
            Some(b'[') => rest.find(']'),
            Some(b'(') => {
                let mut depth = 0_usize;
                let closes = |(_, byte): &(usize, u8)| {
                    depth += usize::from(*byte == b'(');
                    depth -= usize::from(*byte == b')');
                    depth == 0
                };
                rest.bytes().enumerate().find(closes).map(|(at, _)| at)
            }
            _ => None,
        };
        let defined = || self.parser.reference_definitions().get(name).map(|_| at.end);
        close.map(|close| at.end + close + 1).or_else(defined)
    }

    /// Reads from a place on without wiki links. Where there is a link, it is handed out with what
    /// belongs to it, and said; tells whether there is.
    fn without_wiki_links(&mut self, at: &Range<usize>, end: usize) -> bool {
        let defined = self.parser.reference_definitions();
        let look_up = |broken: pulldown_cmark::BrokenLink<'_>| {
            let found = defined.get(&broken.reference)?;
            let title = found.title.as_deref().unwrap_or_default().to_owned();
            Some((found.dest.to_string().into(), title.into()))
        };
        let plain = options().difference(Options::ENABLE_WIKILINKS);
        let text = &self.source[at.start..end];
        let parser = Parser::new_with_broken_link_callback(text, plain, Some(look_up));
        let placed = parser
            .into_offset_iter()
            .map(|(event, within)| (event, at.start + within.start..at.start + within.end));
        let read: Vec<Placed<'t>> = placed.collect();
        let link = read.iter().find_map(|(event, place)| {
            let is_link = matches!(event, Event::Start(Tag::Link { .. } | Tag::Image { .. }));
            (is_link && place.start < at.end).then_some(place.end)
        });
        let Some(link) = link else { return false };
        let said = link.max(at.end);
        for (event, place) in read {
            match event {
                Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                _ if place.start >= said => {}
                Event::Text(_) if place.end > said => {
                    let place = place.start..said;
                    self.ready.push_back((Event::Text(self.source[place.clone()].into()), place));
                }
                event => self.ready.push_back((event, place)),
            }
        }
        self.said = said;
        if let Some(around) = self.around.last_mut() {
            around.is_dropped = true;
        }
        true
    }

    /// A paragraph that has been opened, as a list of definitions if it is one.
    fn definitions(&mut self, at: Range<usize>) {
        let mut out = VecDeque::new();
        let mut next = Some((Event::Start(Tag::Paragraph), at));
        let mut listed = None;
        while let Some((event, at)) = next.take() {
            let defines = matches!(event, Event::Start(Tag::Paragraph))
                && may_define(&self.source[at.clone()]);
            if !defines {
                next = Some((event, at));
                break;
            }
            let inside = self.paragraph();
            let Some(parts) = defined(&inside) else {
                out.extend(listed.take().map(|at| (Event::End(TagEnd::DefinitionList), at)));
                out.push_back((event, at));
                out.extend(inside);
                break;
            };
            if listed.is_none() {
                out.push_back((Event::Start(Tag::DefinitionList), at.clone()));
            }
            list(self.source, inside, &parts, &mut out);
            listed = Some(at);
            next = self.step();
        }
        out.extend(listed.map(|at| (Event::End(TagEnd::DefinitionList), at)));
        out.extend(next);
        out.append(&mut self.ready);
        self.ready = out;
    }

    /// What is left of a paragraph, its end included.
    fn paragraph(&mut self) -> Vec<Placed<'t>> {
        let mut inside = Vec::new();
        while let Some(placed) = self.step() {
            let ends = matches!(placed.0, Event::End(TagEnd::Paragraph));
            inside.push(placed);
            if ends {
                break;
            }
        }
        inside
    }
}

/// Whether words are those of the source, letter by letter.
fn is_own(source: &str, words: &str, at: &Range<usize>) -> bool {
    source.get(at.clone()).is_some_and(|own| std::ptr::eq(words, own))
}

/// Takes what stands before a place from texts that follow one another.
fn cut<'t>(source: &'t str, run: &mut Run<'t>, place: usize) -> Vec<Words<'t>> {
    let mut before = Vec::new();
    while run.front().is_some_and(|(_, at)| at.end <= place) {
        before.extend(run.pop_front());
    }
    if let Some((words, at)) = run.front_mut()
        && at.start < place
    {
        if is_own(source, words, at) {
            before.push((source[at.start..place].into(), at.start..place));
        }
        *words = source[place..at.end].into();
        at.start = place;
    }
    before
}

/// An address as it reads: without the signs that keep Markdown from reading more into it.
fn unescaped(text: &str) -> CowStr<'_> {
    if !text.contains('\\') && !text.contains("&amp;") {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter != '\\' || !letters.peek().is_some_and(char::is_ascii_punctuation) {
            out.push(letter);
        }
    }
    out.replace("&amp;", "&").into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The body as HTML of the parser's own making.
    fn html(text: &str) -> String {
        let mut out = String::new();
        pulldown_cmark::html::push_html(&mut out, events(text).map(|(event, _)| event));
        out.trim_end().to_owned()
    }

    fn link(address: &str) -> String {
        format!("<a href=\"{address}\">{address}</a>")
    }

    #[test]
    fn bare_addresses_are_links() {
        let e = "https://example.com/";
        for (text, wanted) in [
            ("Go to https://example.com/.", format!("<p>Go to {}.</p>", link(e))),
            ("**https://example.com/**", format!("<p><strong>{}</strong></p>", link(e))),
            ("https://example.com/_a_/b", format!("<p>{}</p>", link("https://example.com/_a_/b"))),
            ("https://example.com/a_b_ c_", format!("<p>{}_ c_</p>", link("https://example.com/a_b"))),
            ("https://example.com/\\_x", format!("<p>{}</p>", link("https://example.com/_x"))),
            ("R&amp;D https://example.com/", format!("<p>R&amp;D {}</p>", link(e))),
            ("https://example.com/`a b`", format!("<p>{}<code>a b</code></p>", link(e))),
            ("a_b@example.com!", "<p><a href=\"mailto:a_b@example.com\">a_b@example.com</a>!</p>".into()),
            ("<desk@example.com>", "<p><a href=\"mailto:mailto:desk@example.com\">desk@example.com</a></p>".into()),
            ("x@example.com y@example.com", "<p><a href=\"mailto:x@example.com\">x@example.com</a> <a href=\"mailto:y@example.com\">y@example.com</a></p>".into()),
        ] {
            assert_eq!(html(text), wanted, "{text}");
        }
    }

    #[test]
    fn addresses_in_code_links_and_marks_stay_text() {
        for (text, wanted) in [
            ("`https://example.com`", "<p><code>https://example.com</code></p>"),
            ("    https://example.com\n", "<pre><code>https://example.com\n</code></pre>"),
            ("[https://example.com](b.md)", "<p><a href=\"b.md\">https://example.com</a></p>"),
            ("<a>https://example.com</a>", "<p><a>https://example.com</a></p>"),
            ("{{ decide: https://example.com }}", "<p>{{ decide: https://example.com }}</p>"),
            ("https://example.com/{{ x }}", "<p>https://example.com/{{ x }}</p>"),
        ] {
            assert_eq!(html(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_cell_bounds_its_addresses() {
        let text = "|a|b|\n|-|-|\n|https://example.com/a|www.example.com|\n";
        let wanted = format!(
            "<td>{}</td><td><a href=\"http://www.example.com\">www.example.com</a></td>",
            link("https://example.com/a")
        );
        assert!(html(text).contains(&wanted), "{}", html(text));
    }

    #[test]
    fn double_brackets_are_links_of_commonmark_where_it_sees_them() {
        for (text, wanted) in [
            (
                "See [[1]](https://e.com/a) and on.",
                "<p>See <a href=\"https://e.com/a\">[1]</a> and on.</p>",
            ),
            ("[[1]](a_b_c) x_y", "<p><a href=\"a_b_c\">[1]</a> x_y</p>"),
            ("[[1]][r].\n\n[r]: u", "<p><a href=\"u\">[1]</a>.</p>"),
            ("See [[1]].\n\n[1]: u", "<p>See [<a href=\"u\">1</a>].</p>"),
            ("[[A-1]](no link)", "<p><a href=\"A-1\">A-1</a>(no link)</p>"),
            ("[[A-1]] [x](y)", "<p><a href=\"A-1\">A-1</a> <a href=\"y\">x</a></p>"),
            ("[[Note](u)].", "<p>[<a href=\"u\">Note</a>].</p>"),
        ] {
            assert_eq!(html(text), wanted, "{text}");
        }
    }
}
