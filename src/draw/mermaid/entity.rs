//! The attributes of an entity, in lines of their own or in the line of its name.

/// An attribute as one word.
pub(super) fn attribute(typed: &str) -> String {
    let words: Vec<&str> = typed.split_whitespace().collect();
    words.join("\u{e020}").replace('"', "").replace(',', "\u{e02c}")
}

/// An entity whose attributes stand in its line: its name, and what is in its braces.
pub(super) fn one_line(line: &str) -> Option<(&str, &str)> {
    let (head, rest) = line.split_once('{')?;
    let inner = rest.strip_suffix('}')?.trim();
    (!inner.is_empty() && !head.contains("--") && !head.contains("..")).then_some((head, inner))
}

/// The attributes in one line: each a type, a name, perhaps keys, and a remark in quotes.
pub(super) fn attributes(inner: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut words = 0;
    for (part, typed) in inner.split('"').enumerate() {
        if part % 2 == 1 {
            if let Some(last) = all.last_mut() {
                last.push(' ');
                last.push_str(typed.trim());
            }
            words = 2;
            continue;
        }
        for word in typed.split_whitespace() {
            let key = word.split(',').all(|key| matches!(key, "PK" | "FK" | "UK" | ""));
            match all.last_mut() {
                Some(last) if words == 1 || key => {
                    last.push(' ');
                    last.push_str(word);
                    words = 2;
                }
                _ => {
                    all.push(word.to_owned());
                    words = 1;
                }
            }
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_parted_where_the_next_one_begins() {
        let all = attributes("string id PK, FK \"the key\" int nr UK date on");
        assert_eq!(all, ["string id PK, FK the key", "int nr UK", "date on"]);
        assert_eq!(one_line("A { int nr }"), Some(("A ", "int nr")));
        assert_eq!(one_line("A ||--o{ B : x}"), None);
    }

    #[test]
    fn attributes_of_an_entity_may_stand_in_one_line() {
        let source = "erDiagram\n A { string id PK \"the key\" int nr }\n A ||--o{ B : has";
        let svg = super::super::draw(source).unwrap();
        assert!(svg.contains("string id PK the key") && svg.contains(">int nr<"), "{svg}");
    }
}
