//! Everything that somebody has to do by a day: reviews of documents, open entries, what is done at
//! planned intervals, what runs out, values that are still to be measured.

use std::collections::BTreeMap;

use super::types::Asks;
use super::{EntryRef, Names, Registers};
use crate::model::document::{Document, ReviewState};
use crate::model::library::{DocumentNumber, Library};
use crate::model::settings::Settings;
use crate::model::value::Date;

/// Something to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// By when.
    pub day: Date,
    /// What sort of thing it is: `Review`, `Action`, `Value`.
    pub kind: String,
    /// The id of the document or of the entry.
    pub id: String,
    /// What is to be done, in words.
    pub what: String,
    /// Who answers for it: a role or a person.
    pub owner: Option<String>,
    /// The document that it concerns, or that holds the entry.
    pub document: DocumentNumber,
    /// The entry.
    pub entry: Option<EntryRef>,
    /// The same whatever its title and its day become.
    pub uid: String,
}

/// What is looked at.
pub struct Agenda<'a> {
    /// The documents.
    pub library: &'a Library,
    /// The entries.
    pub registers: &'a Registers,
    /// What their cells name.
    pub names: &'a Names<'a>,
    /// What `clausebook.yaml` says.
    pub settings: &'a Settings,
    /// The day for which it is judged.
    pub today: Date,
}

impl Agenda<'_> {
    /// All that is to be done, the earliest first.
    pub fn due(&self) -> Vec<Due> {
        let documents = self.library.documents.numbered();
        let mut due: Vec<Due> =
            documents.filter_map(|(number, document)| self.review(number, document)).collect();
        for register in self.registers.used() {
            self.entries(register, &mut due);
            self.repeated(register, &mut due);
        }
        due.sort_by(|a, b| (a.day, &a.uid).cmp(&(b.day, &b.uid)));
        due.dedup_by(|a, b| a.uid == b.uid);
        due
    }

    fn review(&self, number: DocumentNumber, document: &Document) -> Option<Due> {
        let day = document.next_review(self.settings)?;
        let state = document.review_state(self.settings, self.today);
        (state != ReviewState::None && document.is_named()).then(|| Due {
            day,
            kind: "Review".into(),
            id: document.id.clone(),
            what: format!("Review of {}", document.title()),
            owner: document.front.owner.as_ref().map(|owner| owner.0.clone()),
            document: number,
            entry: None,
            uid: uid("review", &document.id),
        })
    }

    /// Open entries with a day.
    fn entries(&self, register: usize, due: &mut Vec<Due>) {
        let of = self.registers.of(register);
        for (at, entry) in self.registers.entries(register) {
            if let Some(day) = of.due(entry) {
                let about = Some(of.about(entry)).filter(|about| !about.is_empty());
                let what =
                    about.map_or_else(|| format!("{} {}", of.entry, entry.id), str::to_owned);
                due.push(self.of_entry(at, day, what, &of.name));
            }
        }
    }

    fn of_entry(&self, at: EntryRef, day: Date, what: String, sort: &str) -> Due {
        let (of, entry) = (self.registers.of(at.register), self.registers.entry(at));
        let document = self.registers.document(at);
        let holder = &self.library.documents[document];
        let owner = of.owner(entry).map(str::to_owned);
        Due {
            day,
            kind: capital(&of.entry),
            id: entry.id.clone(),
            what,
            owner: owner.or_else(|| holder.front.owner.as_ref().map(|owner| owner.0.clone())),
            document,
            entry: Some(at),
            uid: uid(sort, if entry.id.is_empty() { &holder.id } else { &entry.id }),
        }
    }

    /// What comes again, runs out or is still to be measured.
    fn repeated(&self, register: usize, due: &mut Vec<Due>) {
        let of = self.registers.of(register);
        for check in &of.checks {
            match &check.asks {
                Asks::Interval(date, every, per) => {
                    let until = Some(self.today);
                    let planned = self.planned(register, *date, per);
                    for last in self.registers.last(register, check, (*date, per), until) {
                        let group = self.registers.entry(last.entry).group(per);
                        if planned.contains_key(&group) {
                            continue;
                        }
                        let shown = self.registers.entry(last.entry);
                        let shown: Vec<&str> = per.iter().map(|one| shown.text(*one)).collect();
                        let what = format!("Next {} {}", of.entry, shown.join(", "));
                        let sort = format!("{}.next.{}", of.name, group.join("."));
                        let next = last.day.plus(*every);
                        let next = self.of_entry(last.entry, next, what.trim().to_owned(), &sort);
                        due.push(Due { uid: uid(&sort, ""), ..next });
                    }
                }
                Asks::Valid(date, notice, per) => {
                    for last in self.registers.last(register, check, (*date, per), None) {
                        let day = self.registers.notice(last, *notice);
                        let entry = self.registers.entry(last.entry);
                        let about = of.about(entry);
                        let what = format!("{about} runs until {}", last.day);
                        due.push(self.of_entry(
                            last.entry,
                            day,
                            what,
                            &format!("{}.ends", of.name),
                        ));
                    }
                }
                Asks::Measured(..) => self.values(register, check, due),
                _ => {}
            }
        }
    }

    /// Open entries that are planned, by what they have in common with others.
    fn planned(&self, register: usize, date: usize, per: &[usize]) -> BTreeMap<Vec<String>, Date> {
        let of = self.registers.of(register);
        let entries = self.registers.entries(register).filter(|(_, entry)| of.is_open(entry));
        entries.filter_map(|(_, entry)| Some((entry.group(per), entry.day(date)?))).collect()
    }

    /// The first value of each measure that is missing, or the next.
    fn values(&self, register: usize, check: &super::types::Check, due: &mut Vec<Due>) {
        for series in self.registers.series(register, check, self.names) {
            let Some(last) = series.values.last() else { continue };
            let Some((period, day)) = series.next(self.library, self.today) else { continue };
            let kpi = series.kpi(self.library);
            let owner = self.library.documents[series.of.0].front.owner.as_ref();
            let what = format!("{} for {period}", kpi.name);
            let sort = format!("{}.{}", self.registers.of(register).name, kpi.id);
            let next = self.of_entry(last.entry, day, what, &sort);
            let owner = owner.map(|owner| owner.0.clone());
            due.push(Due { id: kpi.id.0.clone(), owner, uid: uid(&sort, ""), ..next });
        }
    }
}

/// A name that stays as long as its parts do.
fn uid(sort: &str, id: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let text = format!("{sort}.{id}");
    format!("{}@clausebook", text.trim_end_matches('.').chars().map(plain).collect::<String>())
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}
