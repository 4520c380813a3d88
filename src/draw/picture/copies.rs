//! How much of a picture is drawn again and again: its parts can name each other, and ten lines of that
//! keep a browser at work for ever. It is counted on the picture as it will be published.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::{Document, Node};

/// Most shapes that a picture may draw by naming others: a browser takes a second for so many.
const MOST: u64 = 200_000;
/// Most pairs of an element and a rule of a style sheet that names a part.
const MOST_TRIED: usize = 20_000_000;
/// Parts that name each other in a row.
const MOST_DEPTH: usize = 400;

/// Whether a picture draws more than a browser can.
pub(super) fn are_too_many(svg: &str) -> bool {
    let Ok(document) = Document::parse(svg) else { return false };
    let root = document.root_element();
    let mut counted = Counted { parts: BTreeMap::new(), rules: Vec::new(), known: BTreeMap::new() };
    for node in root.descendants().filter(Node::is_element) {
        if let Some(id) = node.attribute("id") {
            counted.parts.entry(id.to_owned()).or_insert(node);
        }
        if node.has_tag_name((super::SVG, "style")) {
            counted.rules.extend(rules(node.text().unwrap_or_default()));
        }
        // A variable may be used by every element below.
        let own = refs("style", node.attribute("style").unwrap_or_default());
        let variables = own.into_iter().filter(|one| one.property.starts_with("--"));
        counted.rules.extend(variables.map(|to| Rule { of: BTreeSet::from(["*".into()]), to }));
    }
    if counted.parts.is_empty() {
        return false;
    }
    let elements = root.descendants().filter(Node::is_element).count();
    if counted.rules.len().saturating_mul(elements) > MOST_TRIED {
        return true;
    }
    let mut all = 0_u64;
    for node in root.descendants().filter(Node::is_element) {
        let here = counted.refs(node).into_iter().map(|one| counted.of_ref(node, &one, 0));
        all = here.fold(all, u64::saturating_add);
    }
    all > MOST
}

/// The name of a part, and how it is drawn where it is named.
#[derive(Clone)]
struct Ref {
    property: String,
    id: String,
}

impl Ref {
    /// Whether every shape within the element is drawn with it.
    fn is_inherited(&self) -> bool {
        let name = self.property.as_str();
        matches!(name, "fill" | "stroke") || name.starts_with("marker") || name.starts_with("--")
    }
}

/// A rule of a style sheet that names a part.
struct Rule {
    /// Words of its selector: what it may be about.
    of: BTreeSet<String>,
    to: Ref,
}

struct Counted<'a> {
    parts: BTreeMap<String, Node<'a, 'a>>,
    rules: Vec<Rule>,
    /// What each part draws; nothing while that is counted.
    known: BTreeMap<String, Option<u64>>,
}

impl Counted<'_> {
    /// What an element draws, with all that it holds and names.
    fn weight(&mut self, node: Node<'_, '_>, depth: usize) -> u64 {
        if depth > MOST_DEPTH {
            return u64::MAX;
        }
        let mut own = 1 + points(node) / 8;
        for child in node.children().filter(Node::is_element) {
            own = own.saturating_add(self.weight(child, depth + 1));
        }
        let (mut beside, mut each) = (0_u64, 1_u64);
        for one in self.refs(node) {
            let drawn = self.of_ref(node, &one, depth);
            let sum = if one.is_inherited() { &mut each } else { &mut beside };
            *sum = sum.saturating_add(drawn);
        }
        own.saturating_mul(each).saturating_add(beside)
    }

    /// What is drawn where an element names a part.
    fn of_ref(&mut self, node: Node<'_, '_>, one: &Ref, depth: usize) -> u64 {
        let Some(part) = self.parts.get(&one.id).copied() else { return 0 };
        if part.tag_name().name().ends_with("Gradient") {
            return 0;
        }
        let weight = match self.known.get(&one.id) {
            // A circle: browsers do not follow it.
            Some(None) => 1,
            Some(Some(weight)) => *weight,
            None => {
                self.known.insert(one.id.clone(), None);
                let weight = self.weight(part, depth + 1);
                self.known.insert(one.id.clone(), Some(weight));
                weight
            }
        };
        let is_marker = one.property.starts_with("marker");
        weight.saturating_mul(if is_marker { 1 + points(node) } else { 1 })
    }

    /// The parts that an element names, by itself or by a rule that may be about it.
    fn refs(&self, node: Node<'_, '_>) -> Vec<Ref> {
        let mut found = Vec::new();
        for attribute in node.attributes() {
            found.extend(refs(attribute.name(), attribute.value()));
        }
        let is_of = |word: &String| {
            let of = |key: &str| node.attribute(key).unwrap_or_default();
            word == "*"
                || word == node.tag_name().name()
                || word.strip_prefix('.').is_some_and(|it| of("class").split(' ').any(|c| c == it))
                || word.strip_prefix('#').is_some_and(|it| of("id") == it)
        };
        let rules = self.rules.iter().filter(|rule| rule.of.iter().any(is_of));
        found.extend(rules.map(|rule| rule.to.clone()));
        found
    }
}

/// About how many points a line has.
fn points(node: Node<'_, '_>) -> u64 {
    let of = |key: &str| node.attribute(key).map_or(0, str::len);
    (of("d").max(of("points")) / 4) as u64
}

/// The parts that an attribute names.
fn refs(name: &str, value: &str) -> Vec<Ref> {
    if name == "href" {
        let id = value.strip_prefix('#').map(str::to_owned);
        return id.map(|id| Ref { property: "href".into(), id }).into_iter().collect();
    }
    let mut found = Vec::new();
    for declared in value.split(';').filter(|declared| declared.contains("url(#")) {
        let property = match declared.split_once(':') {
            Some((property, _)) if name == "style" => property.trim(),
            _ => name,
        };
        for id in declared.split("url(#").skip(1) {
            let id = id.split(')').next().unwrap_or_default().to_owned();
            found.push(Ref { property: property.to_owned(), id });
        }
    }
    found
}

/// The rules of a style sheet that name parts.
fn rules(css: &str) -> Vec<Rule> {
    let mut found = Vec::new();
    let mut selector = "";
    for piece in css.split_inclusive(['{', '}']) {
        let Some(block) = piece.strip_suffix('}') else {
            selector = piece;
            continue;
        };
        for to in refs("style", block) {
            let apart = |c: char| {
                !(c.is_alphanumeric() || matches!(c, '-' | '_' | '*' | '.' | '#') || c > '\u{7f}')
            };
            // `.name` and `#name` keep their sign.
            let words = selector.replace('.', " .").replace('#', " #");
            let mut of: BTreeSet<String> =
                words.split(apart).filter(|word| !word.is_empty()).map(str::to_owned).collect();
            if to.property.starts_with("--") {
                of.insert("*".to_owned());
            }
            found.push(Rule { of, to });
        }
    }
    found
}
