//! Things of a fleet as a file has them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::{Map, Value};

use super::kind::{Kind, Shape, Target};
use super::kinds::KINDS;
use crate::failure::Failure;
use crate::text::clean;

/// What a thing is known by: its kind's list, and the values of its key.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    /// The list.
    pub(crate) section: &'static str,
    /// The values.
    pub(crate) names: Vec<String>,
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = Kind::of_section(self.section).map_or(self.section, |kind| kind.one);
        write!(f, "{one} {}", clean(&self.name()))
    }
}

impl Key {
    /// The values that say something, as one word.
    pub(crate) fn name(&self) -> String {
        let told: Vec<&str> = self.names.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
        told.join("/")
    }
}

/// A thing: its kind, and its fields under the names of the file.
#[derive(Debug, Clone)]
pub(crate) struct Thing {
    /// Its kind.
    pub(crate) kind: &'static Kind,
    /// What the file says of it, or all that a server has.
    pub(crate) fields: Map<String, Value>,
}

impl Thing {
    /// What it is known by.
    pub(crate) fn key(&self) -> Key {
        Key { section: self.kind.section, names: self.kind.key.iter().map(|name| self.text(name)).collect() }
    }

    /// The text of a field.
    pub(crate) fn text(&self, name: &str) -> String {
        self.fields.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    }

    /// The key of what a reference of this thing leads to.
    pub(crate) fn referred(&self, target: Target, name: &str) -> Key {
        let names = match target {
            Target::AgentOfBoard => vec![self.text("board"), name.to_owned()],
            Target::Agent => name.splitn(2, '/').map(str::to_owned).collect(),
            Target::Gateway | Target::Group | Target::Board => vec![name.to_owned()],
        };
        Key { section: target.section(), names }
    }

    /// Everything that it refers to, by field.
    fn references(&self) -> impl Iterator<Item = (&'static str, Key)> {
        self.kind.fields.iter().flat_map(move |field| {
            let value = self.fields.get(field.name);
            let (target, names) = match field.shape {
                Shape::One(target) => (target, value.and_then(Value::as_str).into_iter().collect()),
                Shape::Many(target) => {
                    let names = value.and_then(Value::as_array).into_iter().flatten();
                    (target, names.filter_map(Value::as_str).collect::<Vec<_>>())
                }
                _ => return Vec::new(),
            };
            names.into_iter().map(|name| (field.name, self.referred(target, name))).collect()
        })
    }
}

/// Things by their keys, in the order of the table and the file.
#[derive(Debug, Default)]
pub(crate) struct Things {
    /// All of them.
    pub(crate) all: Vec<Thing>,
    /// The lists that are there, empty ones as well.
    pub(crate) sections: BTreeSet<&'static str>,
}

impl Things {
    /// What a parsed file says.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its place.
    pub(crate) fn of_file(file: &Value) -> Result<Self, Failure> {
        let mut faults = Vec::new();
        let mut things = Self::default();
        let Some(sections) = file.as_object() else {
            return Err(Failure::usage("the file is no mapping of lists")
                .with_next("`mc export` writes one, `mc schema` describes it"));
        };
        if sections.get("version").and_then(Value::as_u64) != Some(FORM) {
            faults.push(format!("version: expected {FORM}"));
        }
        for name in sections.keys().filter(|name| *name != "version") {
            if Kind::of_section(name).is_none() {
                faults.push(format!(
                    "{name}: unknown; there are {}",
                    names(KINDS.iter().map(|kind| kind.section))
                ));
            }
        }
        for kind in KINDS {
            let Some(list) = sections.get(kind.section) else { continue };
            things.sections.insert(kind.section);
            let Some(list) = list.as_array() else {
                faults.push(format!("{}: expected a list", kind.section));
                continue;
            };
            for (at, entry) in list.iter().enumerate() {
                let place = format!("{}[{at}]", kind.section);
                match entry.as_object() {
                    Some(fields) => {
                        check(kind, &place, fields, &mut faults);
                        things.all.push(Thing { kind, fields: fields.clone() });
                    }
                    None => faults.push(format!("{place}: expected a mapping")),
                }
            }
        }
        things.refuse_doubles(&mut faults);
        if faults.is_empty() { Ok(things) } else { Err(Failure::usage(faults.join("\n"))) }
    }

    /// Two things of one key cannot be told apart.
    fn refuse_doubles(&self, faults: &mut Vec<String>) {
        let mut seen = BTreeMap::new();
        for thing in &self.all {
            *seen.entry(thing.key()).or_insert(0_u32) += 1;
        }
        faults.extend(seen.iter().filter(|(_, count)| **count > 1).map(|(key, count)| {
            format!("{key}: there are {count} of it, which cannot be told apart; give each another name, or keep one of them")
        }));
    }

    /// Refuses references to what is neither here nor among `others`.
    ///
    /// # Errors
    /// All of them.
    pub(crate) fn check_references(&self, others: &BTreeSet<Key>) -> Result<(), Failure> {
        let own: BTreeSet<Key> = self.all.iter().map(Thing::key).collect();
        let dangling: Vec<String> = self
            .all
            .iter()
            .flat_map(|thing| thing.references().map(move |(field, target)| (thing.key(), field, target)))
            .filter(|(_, _, target)| !own.contains(target) && !others.contains(target))
            .map(|(key, field, target)| {
                format!("{key}, {field}: there is no {target}, neither in the file nor on the server")
            })
            .collect();
        if dangling.is_empty() { Ok(()) } else { Err(Failure::usage(dangling.join("\n"))) }
    }

    /// Refuses things of a server that cannot be told apart.
    ///
    /// # Errors
    /// All of them.
    pub(crate) fn check_keys(&self) -> Result<(), Failure> {
        let mut faults = Vec::new();
        self.refuse_doubles(&mut faults);
        if faults.is_empty() { Ok(()) } else { Err(Failure::usage(faults.join("\n")).about("on the server")) }
    }
}

/// The form of the file.
pub(crate) const FORM: u64 = 1;

fn names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}

fn check(kind: &Kind, place: &str, fields: &Map<String, Value>, faults: &mut Vec<String>) {
    for (name, value) in fields {
        match kind.field(name) {
            None => {
                let known = names(kind.fields.iter().map(|field| field.name));
                faults.push(format!("{place}.{}: unknown; there are {known}", clean(name)));
            }
            Some(field) => {
                if let Err(expected) = field.check(value) {
                    faults.push(format!("{place}.{name}: {expected}"));
                }
            }
        }
    }
    for field in kind.fields.iter().filter(|field| field.required) {
        if fields.get(field.name).is_none_or(|value| value.as_str() == Some("")) {
            faults.push(format!("{place}.{}: missing", field.name));
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn everything_that_is_wrong_is_said_at_once_with_its_place() {
        let file = json!({
            "version": 2,
            "boardz": [],
            "tags": {"slug": "x"},
            "gateways": [{"name": "Home", "url": "ws://h", "workspace_root": "~", "token": "literal"}],
            "boards": [
                {"slug": "a", "name": "A", "description": "A.", "gateway": "Home", "colour": "red"},
                {"slug": "a", "description": "A.", "gateway": "Home"},
                "b",
            ],
        });
        let told = Things::of_file(&file).unwrap_err().to_string();
        for expected in [
            "version: expected 1",
            "boardz: unknown",
            "tags: expected a list",
            "gateways[0].token: expected where the secret is",
            "boards[0].colour: unknown",
            "boards[1].name: missing",
            "boards[2]: expected a mapping",
            "board a: there are 2 of it",
        ] {
            assert!(told.contains(expected), "{expected} is not in\n{told}");
        }
        assert!(!told.contains("literal"));
    }

    #[test]
    fn a_reference_leads_to_the_file_or_to_the_server() {
        let file = json!({"version": 1, "boards": [
            {"slug": "a", "name": "A", "description": "A.", "gateway": "Home", "group": "ops"},
        ], "webhooks": [{"board": "a", "description": "Builds", "agent": "Ada"}]});
        let things = Things::of_file(&file).unwrap();
        let key = |section, names: &[&str]| Key {
            section,
            names: names.iter().map(|name| (*name).to_owned()).collect(),
        };
        let on_server = BTreeSet::from([key("gateways", &["Home"]), key("agents", &["other", "Ada"])]);
        let told = things.check_references(&on_server).unwrap_err().to_string();
        assert_eq!(told.lines().count(), 2, "{told}");
        assert!(told.contains("there is no group ops") && told.contains("there is no agent a/Ada"), "{told}");
        let all = on_server.into_iter().chain([key("board_groups", &["ops"]), key("agents", &["a", "Ada"])]);
        things.check_references(&all.collect()).unwrap();
    }
}
