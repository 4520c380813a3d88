//! Register types read from their files and looked over: whatever in them would leave entries unchecked
//! is a [`Fault`].

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::format::{CheckLine, CheckWord, ColumnLine, ColumnType, Condition, TypeFile};
use super::types::{
    Asks, Check, Column, Evidence, FOLDER, RegisterType, RegisterTypes, State, When,
};
use crate::model::schema::Shape;
use crate::model::value::{Flag, Text};
use crate::parse::yaml::Node;
use crate::source::{SourceFile, Sources};
use crate::standard::{Fault, read_file, shape};
use crate::text::{Span, key, nearest, slug};

/// The types as they were read the last time: from the same files they are the same.
#[derive(Default)]
pub struct TypesMemo(Option<(Vec<SourceFile>, Arc<RegisterTypes>)>);

impl RegisterTypes {
    /// Reads the types, unless their files are what they were the last time.
    pub fn again(sources: &Sources, memo: &mut TypesMemo) -> Arc<Self> {
        let folder = format!("schema/{FOLDER}");
        let files: Vec<SourceFile> = sources.below(&folder).cloned().collect();
        if let Some((old, types)) = &memo.0
            && old.len() == files.len()
            && old.iter().zip(&files).all(|(old, new)| old.is_as(new))
        {
            return Arc::clone(types);
        }
        let types = Arc::new(RegisterTypes::read(&files));
        memo.0 = Some((files, Arc::clone(&types)));
        types
    }

    /// Reads the types from their files.
    pub fn read(files: &[SourceFile]) -> Self {
        static SHAPE: OnceLock<Shape> = OnceLock::new();
        let mut types = RegisterTypes::default();
        let mut paths: BTreeMap<String, &str> = BTreeMap::new();
        for file in files.iter().filter(|file| is_type(&file.path)) {
            let faults = &mut types.faults;
            let shape = SHAPE.get_or_init(shape::<TypeFile>);
            let (content, node): (TypeFile, Node) = read_file(file, shape, faults);
            let name = slug(&content.register);
            let mut look = Look { file, node: &node, faults, columns: Vec::new() };
            let stem = file.path.rsplit('/').next().and_then(|name| name.split('.').next());
            if name.is_empty() {
                continue;
            }
            if stem != Some(&*content.register) {
                let help = format!("name the file {name}.yaml, or write the name of the file");
                let message = format!("register `{}` stands in another file", content.register);
                look.fault(&["register"], message, Some(help));
            }
            let made = look.of_type(name.clone(), &content);
            if let Some(first) = paths.insert(name, &file.path) {
                let message = format!("{first} is about register `{}` too", content.register);
                let help = Some("keep one of the two; this one is not used".into());
                look.fault(&["register"], message, help);
                continue;
            }
            types.all.push(made);
        }
        types.all.sort_by(|a, b| a.name.cmp(&b.name));
        types
    }
}

fn is_type(path: &str) -> bool {
    path.ends_with(".yaml") || path.ends_with(".yml")
}

/// A look over the file of a type.
struct Look<'a> {
    file: &'a SourceFile,
    node: &'a Node,
    faults: &'a mut Vec<Fault>,
    columns: Vec<Column>,
}

impl Look<'_> {
    fn fault(&mut self, path: &[&str], message: String, help: Option<String>) {
        let at = Span::new(self.file.id, self.node.nearest(path.iter().copied()).at.clone());
        self.faults.push(Fault { at, message, help });
    }

    fn of_type(&mut self, name: String, content: &TypeFile) -> RegisterType {
        if content.key.is_empty() {
            self.columns.push(id_column());
        }
        for (n, line) in content.columns.iter().enumerate() {
            self.column_line(&n.to_string(), line);
        }
        let mut naming = self.list(&["key"], &content.key);
        if naming.is_empty() {
            naming.push(0);
        }
        let state = content.state.as_ref().and_then(|states| {
            let column = self.one(&["state", "column"], Some(&states.column))?;
            let own: Vec<String> =
                states.open.iter().chain(&states.closed).map(|word| word.0.clone()).collect();
            let words = &mut self.columns[column].words;
            if words.is_empty() {
                *words = own;
            }
            self.columns[column].holds = ColumnType::Word;
            let open = states.open.iter().map(|word| key(word)).collect();
            Some(State { column, open })
        });
        let due = self.of_kind(&["due"], content.due.as_ref(), &[ColumnType::Date]);
        let owners = [ColumnType::Role, ColumnType::Person];
        let owner = self.of_kind(&["owner"], content.owner.as_ref(), &owners);
        let about = self.one(&["about"], content.about.as_ref());
        let evidence = content.evidence.iter().enumerate().filter_map(|(n, line)| {
            let path = ["evidence", &n.to_string(), "date"];
            let kinds = [ColumnType::Date, ColumnType::Period];
            let date = self.of_kind(&path, Some(&line.date), &kinds)?;
            Some(Evidence {
                clause: line.clause.0.clone(),
                item: line.item.as_ref().map(|item| item.0.clone()),
                date,
                every: line.every,
            })
        });
        let evidence = evidence.collect();
        let checks = content.checks.iter().enumerate();
        let checks = checks.filter_map(|(n, line)| self.check(&n.to_string(), line)).collect();
        RegisterType {
            name,
            title: content.title.0.clone(),
            entry: content.entry.0.clone(),
            lead: content.lead.as_ref().map(|lead| lead.0.clone()).unwrap_or_default(),
            prefix: content.prefix.as_ref().map(|prefix| prefix.0.clone()),
            columns: std::mem::take(&mut self.columns),
            key: naming,
            evidence,
            state,
            due,
            owner,
            about,
            checks,
        }
    }

    fn column_line(&mut self, n: &str, line: &ColumnLine) {
        if slug(&line.column) != *line.column || line.column.is_empty() {
            let help = Some(format!("write `{}`", slug(&line.column)));
            let message = format!("no column can have the id `{}`", line.column);
            self.fault(&["columns", n, "column"], message, help);
        }
        let title = line.title.as_ref().map_or_else(|| in_words(&line.column), |one| one.0.clone());
        let spelled = [&line.column.0, &title].into_iter().map(String::as_str);
        let spelled = spelled.chain(line.aliases.iter().map(|one| &*one.0));
        let mut names: Vec<String> = spelled.map(slug).collect();
        names.sort();
        names.dedup();
        let taken = |name: &&String| self.columns.iter().any(|other| other.names.contains(*name));
        if let Some(name) = names.iter().find(taken).cloned() {
            let message = format!("`{name}` stands for two columns of this register");
            self.fault(&["columns", n, "column"], message, None);
        }
        let mut number = |key: &str, text: &Option<Text>| {
            let text = text.as_ref()?;
            let number = text.parse::<f64>().ok();
            if number.is_none() {
                let message = format!("`{text}` is no number");
                self.fault(&["columns", n, key], message, None);
            }
            number
        };
        let range = (number("from", &line.from), number("to", &line.to));
        let is = |flag: Option<Flag>| flag == Some(Flag(true));
        self.columns.push(Column {
            id: line.column.0.clone(),
            title,
            names,
            holds: line.holds,
            required: is(line.required),
            many: is(line.many),
            words: line.words.iter().map(|word| word.0.clone()).collect(),
            of: line.of.iter().map(|one| one.0.clone()).collect(),
            range,
        });
    }

    /// The place of a column; one that is none is a fault.
    fn one(&mut self, path: &[&str], name: Option<&Text>) -> Option<usize> {
        let name = name?;
        let found = self.columns.iter().position(|column| column.id == **name);
        if found.is_none() {
            let ids = self.columns.iter().map(|column| column.id.as_str());
            let help = nearest(name, ids).map(|near| format!("did you mean `{near}`?"));
            self.fault(path, format!("`{name}` is no column of this register"), help);
        }
        found
    }

    /// The same, where the column has to hold something of a kind.
    fn of_kind(
        &mut self,
        path: &[&str],
        name: Option<&Text>,
        kinds: &[ColumnType],
    ) -> Option<usize> {
        let place = self.one(path, name)?;
        if kinds.contains(&self.columns[place].holds) {
            return Some(place);
        }
        let wanted: Vec<&str> = kinds.iter().map(|kind| kind.word()).collect();
        let message =
            format!("column `{}` holds no {}", self.columns[place].id, wanted.join(" or "));
        self.fault(path, message, Some(format!("write `type: {}` there", wanted[0])));
        None
    }

    fn list(&mut self, path: &[&str], names: &[Text]) -> Vec<usize> {
        let places = names.iter().enumerate().filter_map(|(n, name)| {
            let n = n.to_string();
            self.one(&[path, &[n.as_str()]].concat(), Some(name))
        });
        places.collect()
    }

    fn when(&mut self, n: &str, conditions: &[Condition]) -> Vec<When> {
        let mut all = Vec::new();
        for (k, condition) in conditions.iter().enumerate() {
            let path = ["checks", n, "when", &k.to_string()].map(str::to_owned);
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            if let Some(Flag(open)) = condition.open {
                all.push(When::Open(open));
            }
            let Some(column) = self.one(&path, condition.column.as_ref()) else { continue };
            if !condition.is.is_empty() {
                all.push(When::Is(column, condition.is.iter().map(|word| key(word)).collect()));
            }
            if let Some(Flag(filled)) = condition.filled {
                all.push(When::Filled(column, filled));
            }
            match condition.above.as_ref().map(|text| (text, text.parse::<f64>())) {
                Some((_, Ok(above))) => all.push(When::Above(column, above)),
                Some((text, Err(_))) => {
                    let message = format!("`{text}` is no number");
                    self.fault(&[&path[..], &["above"]].concat(), message, None);
                }
                None => {}
            }
        }
        all
    }

    fn check(&mut self, n: &str, line: &CheckLine) -> Option<Check> {
        let before = self.faults.len();
        let when = self.when(n, &line.when);
        let asks = self.asks(n, line);
        if asks.is_none() && self.faults.len() == before {
            let message = "this check lacks what it looks at".to_owned();
            let help = "`clausebook schema register-type` shows what each check needs";
            self.fault(&["checks", n, "check"], message, Some(help.into()));
        }
        Some(Check { says: line.says.as_ref().map(|says| says.0.clone()), when, asks: asks? })
    }

    /// What a line asks; nothing where it lacks something.
    fn asks(&mut self, n: &str, line: &CheckLine) -> Option<Asks> {
        let columns = self.list(&["checks", n, "columns"], &line.columns);
        let any = self.list(&["checks", n, "any"], &line.any);
        let per = self.list(&["checks", n, "per"], &line.per);
        let days = [ColumnType::Date, ColumnType::Period];
        let by: Vec<String> = line.by.iter().map(|one| one.0.clone()).collect();
        let named = line.column.as_ref();
        let mut one = |key: &str, name: Option<&Text>| self.one(&["checks", n, key], name);
        Some(match line.check {
            CheckWord::Answered => {
                Asks::Answered(Some(by).filter(|by| !by.is_empty())?, named?.0.clone())
            }
            CheckWord::Measured => {
                let columns = Some(columns).filter(|columns| columns.len() == 3)?;
                Asks::Measured(columns[0], columns[1], columns[2], by, named?.0.clone())
            }
            CheckWord::Filled if columns.is_empty() && any.is_empty() => return None,
            CheckWord::Filled => Asks::Filled(columns, any),
            CheckWord::Product => {
                Asks::Product(Some(columns).filter(|one| one.len() > 1)?, one("column", named)?)
            }
            CheckWord::Order => Asks::Order(Some(columns).filter(|one| one.len() > 1)?),
            CheckWord::After => {
                let (column, from) = (one("column", named)?, one("date", line.date.as_ref())?);
                Asks::After(column, from, one("value", line.value.as_ref())?)
            }
            CheckWord::Interval => {
                let date = self.of_kind(&["checks", n, "date"], line.date.as_ref(), &days)?;
                Asks::Interval(date, line.every?, per)
            }
            CheckWord::Valid => {
                let notice = one("notice", line.notice.as_ref());
                let date = self.of_kind(&["checks", n, "date"], line.date.as_ref(), &days)?;
                Asks::Valid(date, notice, per)
            }
            CheckWord::Reaches => {
                let column = one("column", named)?;
                let date = self.of_kind(&["checks", n, "date"], line.date.as_ref(), &days)?;
                Asks::Reaches(column, date, line.every?, line.all?)
            }
            CheckWord::Lists => Asks::Lists(one("column", named)?, line.clause.as_ref()?.0.clone()),
            CheckWord::Independent => {
                let columns = Some(columns).filter(|one| !one.is_empty())?;
                Asks::Independent(one("person", line.person.as_ref())?, columns)
            }
            CheckWord::Holders => Asks::Holders(one("person", line.person.as_ref())?),
            CheckWord::Readers => {
                let person = one("person", line.person.as_ref())?;
                Asks::Readers(person, one("column", named)?, one("value", line.value.as_ref())?)
            }
            CheckWord::Yearly => {
                let (column, word) = (one("column", named)?, key(line.word.as_ref()?));
                let starts = by.iter().map(|word| key(word)).collect();
                Asks::Yearly(column, word, one("date", line.date.as_ref())?, starts)
            }
        })
    }
}

/// The column of ids.
fn id_column() -> Column {
    Column {
        id: "id".into(),
        title: "Id".into(),
        names: ["id", "no", "nr", "ref"].map(str::to_owned).into(),
        holds: ColumnType::Text,
        required: true,
        many: false,
        words: Vec::new(),
        of: Vec::new(),
        range: (None, None),
    }
}

/// An id of a column in words, with a capital first letter.
fn in_words(id: &str) -> String {
    let words = id.replace('-', " ");
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
