//! What a repository says of its skills: an index at its root, or a SKILL.md in each skill's folder.

use std::collections::HashMap;

use serde_json::{Map, Value, json};
use url::Url;

use super::address::{self, RefusedSkill};
use super::document::Document;
use super::one_line;
use crate::limits::{SKILL_DESCRIPTION, SKILL_WORD};
use crate::rules::webhooks::shortened;

/// The file at the root of a repository that lists its skills.
pub const INDEX: &str = "skills_index.json";
/// The file that makes a folder a skill.
const DOCUMENT: &str = "SKILL.md";

/// A repository as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repository {
    /// Its address, in the form of [`pack_address`](super::pack_address).
    pub address: String,
    /// The branch that was read.
    pub branch: String,
}

/// A skill that a repository has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundSkill {
    /// Name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// What the pack sorts it under.
    pub category: Option<String>,
    /// How the pack rates it.
    pub risk: Option<String>,
    /// Its folder, where an index says so.
    pub source: Option<String>,
    /// Where to get it.
    pub source_url: String,
    /// How it was found.
    pub metadata: Value,
}

/// What an index lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its skills.
    pub skills: Vec<FoundSkill>,
    /// The entries that were left out, by name, and why.
    pub refused: Vec<(String, RefusedSkill)>,
}

/// The index cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IndexFault {
    /// Not JSON.
    #[error("{INDEX} is not valid JSON: {0}")]
    Malformed(String),
    /// JSON of another form.
    #[error("{INDEX} is not a list of objects, nor an object with such a list under `skills`")]
    Form,
}

/// The folder of the skill whose document is at `path`; empty for the root. `None` when it is no skill's document:
/// another file, or one in a hidden folder.
pub fn skill_folder(path: &str) -> Option<&str> {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let hidden = folder.split('/').any(|part| part.starts_with('.'));
    (file == DOCUMENT && !hidden).then_some(folder)
}

impl Repository {
    /// The skill in `folder`, described by its SKILL.md.
    pub fn documented(&self, folder: &str, text: &str) -> FoundSkill {
        let document = Document::read(text);
        let fallback = || match folder.rsplit('/').next() {
            Some(last) if !last.is_empty() => address::words(last),
            _ => address::skill_name(&self.address),
        };
        FoundSkill {
            name: cut(document.name.unwrap_or_else(fallback), SKILL_WORD),
            description: document.description.map(|text| cut(text, SKILL_DESCRIPTION)),
            category: None,
            risk: None,
            source: None,
            source_url: address::tree_url(&self.address, &self.branch, folder),
            metadata: json!({
                "discovery_mode": "skills_md",
                "pack_branch": self.branch,
                "skill_dir": folder,
            }),
        }
    }

    /// The skills that the index lists; what leads nowhere is left out, and of two for one address the later one counts.
    ///
    /// # Errors
    /// [`IndexFault`].
    pub fn indexed(&self, index: &[u8]) -> Result<Listed, IndexFault> {
        let index: Value =
            serde_json::from_slice(index).map_err(|error| IndexFault::Malformed(error.to_string()))?;
        let entries = match &index {
            Value::Array(entries) => entries.as_slice(),
            Value::Object(object) => match object.get("skills") {
                Some(Value::Array(entries)) => entries.as_slice(),
                _ => &[],
            },
            _ => return Err(IndexFault::Form),
        };
        let mut found: Vec<FoundSkill> = Vec::new();
        let mut refused = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for (nth, entry) in entries.iter().enumerate() {
            let entry = entry.as_object().ok_or(IndexFault::Form)?;
            let skill = match self.entry(entry) {
                Ok(Some(skill)) => skill,
                Ok(None) => continue,
                Err(why) => {
                    refused.push((named(nth, entry), why));
                    continue;
                }
            };
            match places.get(&skill.source_url).and_then(|place| found.get_mut(*place)) {
                Some(earlier) => *earlier = skill,
                None => {
                    places.insert(skill.source_url.clone(), found.len());
                    found.push(skill);
                }
            }
        }
        Ok(Listed { skills: found, refused })
    }

    fn entry(&self, entry: &Map<String, Value>) -> Result<Option<FoundSkill>, RefusedSkill> {
        let word = |name: &str| {
            let text = one_line(entry.get(name)?.as_str()?);
            (!text.is_empty()).then_some(text)
        };
        let plain = |folder: String| {
            if address::is_plain_folder(&folder) { Ok(folder) } else { Err(RefusedSkill::Folder) }
        };
        let path = word("path").map(|path| plain(folder(&path))).transpose()?;
        let mut metadata = Map::new();
        let mut note = |name: &str, text: &str| drop(metadata.insert(name.to_owned(), text.into()));
        note("discovery_mode", "skills_index");
        note("pack_branch", &self.branch);
        let in_tree = |folder: &str| address::tree_url(&self.address, &self.branch, folder);
        let (source_url, source) = match (word("source_url"), &path) {
            (Some(given), _) => {
                note("source_url", &cut(given.clone(), SKILL_DESCRIPTION));
                if given.contains("://") {
                    let address = address::skill_address(&given)?;
                    let source = folder_of_tree(&address).map(plain).transpose()?.or_else(|| path.clone());
                    (address.into(), source)
                } else {
                    let below = plain(folder(&given))?;
                    note("resolved_path", &below);
                    if below.is_empty() {
                        return Ok(None);
                    }
                    (in_tree(&below), path.clone().filter(|path| !path.is_empty()).or(Some(below)))
                }
            }
            (None, Some(path)) => {
                note("resolved_path", path);
                (in_tree(path), Some(path.clone()))
            }
            (None, None) => return Ok(None),
        };
        let last = path.as_deref().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
        Ok(Some(FoundSkill {
            name: cut(word("name").unwrap_or_else(|| address::words(last)), SKILL_WORD),
            description: word("description").map(|text| cut(text, SKILL_DESCRIPTION)),
            category: word("category").map(|text| cut(text, SKILL_WORD)),
            risk: word("risk").map(|text| cut(text, SKILL_WORD)),
            source: source.filter(|folder| !folder.is_empty()),
            source_url,
            metadata: metadata.into(),
        }))
    }
}

/// What to call the entry at this place of an index.
fn named(nth: usize, entry: &Map<String, Value>) -> String {
    let said = ["name", "path", "source_url"].iter().find_map(|field| entry.get(*field)?.as_str());
    let said = cut(one_line(said.unwrap_or_default()), SKILL_WORD);
    format!("Entry {} of {INDEX} ({said})", nth + 1)
}

/// A path of an index as a folder of the repository: the skill's folder, not its document.
fn folder(path: &str) -> String {
    let path = path.trim().replace('\\', "/");
    let mut path = path.as_str();
    while let Some(rest) = path.strip_prefix("./") {
        path = rest;
    }
    let path = path.trim_matches('/');
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    if file.eq_ignore_ascii_case(DOCUMENT) { folder.to_owned() } else { path.to_owned() }
}

/// The folder that an address `…/tree/<branch>/<folder>` means.
fn folder_of_tree(url: &Url) -> Option<String> {
    let (_, below) = url.path().split_once("/tree/").filter(|(repository, _)| !repository.is_empty())?;
    Some(folder(below.split_once('/').map_or("", |(_branch, folder)| folder)))
}

fn cut(text: String, longest: usize) -> String {
    shortened(&text, longest).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    fn repository() -> Repository {
        Repository { address: "https://github.com/acme/skills".to_owned(), branch: "dev".to_owned() }
    }

    fn only(entry: Value) -> FoundSkill {
        let mut found = repository().indexed(json!([entry]).to_string().as_bytes()).unwrap().skills;
        assert_eq!(found.len(), 1, "{found:?}");
        found.remove(0)
    }

    #[rstest]
    #[case("SKILL.md", Some(""))]
    #[case("skills/pdf/SKILL.md", Some("skills/pdf"))]
    #[case("skills/pdf/skill.md", None)]
    #[case("skills/pdf/README.md", None)]
    #[case(".github/SKILL.md", None)]
    #[case("skills/.draft/x/SKILL.md", None)]
    fn a_skill_is_a_folder_with_a_document(#[case] path: &str, #[case] expected: Option<&str>) {
        assert_eq!(skill_folder(path), expected);
    }

    #[test]
    fn a_documented_skill_is_named_by_its_document_or_its_folder() {
        let skill = repository().documented("skills/pdf-reader", "# \n");
        assert_eq!(skill.name, "pdf reader");
        assert_eq!(skill.source_url, "https://github.com/acme/skills/tree/dev/skills/pdf-reader");
        assert_eq!(skill.metadata["skill_dir"], "skills/pdf-reader");
        let root = repository().documented("", "Says what it does.");
        assert_eq!((root.name.as_str(), root.description.as_deref()), ("skills", Some("Says what it does.")));
        assert_eq!(root.source_url, "https://github.com/acme/skills/tree/dev");
        let long = repository().documented("x", &format!("# {}\n{}", "n".repeat(900), "d".repeat(9_000)));
        assert_eq!((long.name.len(), long.description.unwrap().len()), (SKILL_WORD, SKILL_DESCRIPTION));
    }

    #[test]
    fn an_entry_is_read_in_full() {
        let skill = only(json!({
            "path": "./skills/pdf/SKILL.md", "name": " PDF\nReader ", "description": "Reads.", "category": "docs",
            "risk": "low", "id": 7,
        }));
        let expected = FoundSkill {
            name: "PDF Reader".to_owned(),
            description: Some("Reads.".to_owned()),
            category: Some("docs".to_owned()),
            risk: Some("low".to_owned()),
            source: Some("skills/pdf".to_owned()),
            source_url: "https://github.com/acme/skills/tree/dev/skills/pdf".to_owned(),
            metadata: json!({
                "discovery_mode": "skills_index", "pack_branch": "dev", "resolved_path": "skills/pdf",
            }),
        };
        assert_eq!(skill, expected);
    }

    #[rstest]
    #[case(json!({"path": "skills\\pdf-reader\\"}), "pdf reader", "tree/dev/skills/pdf-reader", Some("skills/pdf-reader"))]
    #[case(json!({"path": "SKILL.md"}), "Skill", "tree/dev", None)]
    #[case(json!({"source_url": "skills/a", "name": "A"}), "A", "tree/dev/skills/a", Some("skills/a"))]
    #[case(json!({"source_url": "skills/a", "path": "b"}), "b", "tree/dev/skills/a", Some("b"))]
    fn a_path_leads_into_the_repository(
        #[case] entry: Value,
        #[case] name: &str,
        #[case] url: &str,
        #[case] source: Option<&str>,
    ) {
        let skill = only(entry);
        assert_eq!((skill.name.as_str(), skill.source.as_deref()), (name, source));
        assert_eq!(skill.source_url, format!("https://github.com/acme/skills/{url}"));
    }

    #[test]
    fn an_address_leads_anywhere() {
        let elsewhere =
            only(json!({"source_url": " https://github.com/ada/x/tree/v2/tools/y/SKILL.md ", "name": "Y"}));
        assert_eq!(elsewhere.source_url, "https://github.com/ada/x/tree/v2/tools/y/SKILL.md");
        assert_eq!(elsewhere.source.as_deref(), Some("tools/y"));
        assert_eq!(elsewhere.metadata["source_url"], elsewhere.source_url.as_str());
        let plain = only(json!({"source_url": "https://example.com/z", "path": "a/z"}));
        assert_eq!((plain.name.as_str(), plain.source.as_deref()), ("z", Some("a/z")));
    }

    #[test]
    fn what_is_noted_of_an_entry_is_short() {
        let skill = only(json!({"source_url": format!("{}a", "./".repeat(100_000))}));
        assert_eq!(skill.source.as_deref(), Some("a"));
        assert!(skill.metadata.to_string().len() < 2 * SKILL_DESCRIPTION);
    }

    #[test]
    fn entries_that_lead_nowhere_are_left_out_and_later_ones_win() {
        let index = json!({"version": 2, "skills": [
            {"name": "nowhere"}, {"path": " "}, {"source_url": "./SKILL.md"},
            {"path": "a", "name": "old"}, {"path": "b"}, {"path": "./a/", "name": "new"},
        ]});
        let found = repository().indexed(index.to_string().as_bytes()).unwrap().skills;
        let names: Vec<_> = found.iter().map(|skill| skill.name.as_str()).collect();
        assert_eq!(names, ["new", "b"]);
    }

    #[rstest]
    #[case(json!({"source_url": "http://169.254.169.254/latest"}), RefusedSkill::Host)]
    #[case(json!({"source_url": "https://user:pw@example.com/x"}), RefusedSkill::Credentials)]
    #[case(json!({"source_url": "https://evil.example/\"><script>"}), RefusedSkill::Characters)]
    #[case(json!({"source_url": "https://x.example/a", "path": "../a"}), RefusedSkill::Folder)]
    #[case(json!({"source_url": "https://github.com/a/b/tree/main/%2e%2e%2fc"}), RefusedSkill::Folder)]
    #[case(json!({"source_url": "ssh://x.example/a"}), RefusedSkill::Scheme)]
    #[case(json!({"source_url": "../secret"}), RefusedSkill::Folder)]
    #[case(json!({"path": "skills/../../x"}), RefusedSkill::Folder)]
    #[case(json!({"path": "skills/<b>"}), RefusedSkill::Folder)]
    fn an_entry_that_leads_astray_is_left_out_by_name(#[case] mut entry: Value, #[case] why: RefusedSkill) {
        entry["name"] = json!("PDF\nReader");
        let index = json!([{"path": "fine"}, entry]).to_string();
        let listed = repository().indexed(index.as_bytes()).unwrap();
        assert_eq!(listed.skills.len(), 1);
        assert_eq!(listed.refused, [("Entry 2 of skills_index.json (PDF Reader)".to_owned(), why)]);
    }

    #[rstest]
    #[case("{}", 0)]
    #[case(r#"{"skills": {}}"#, 0)]
    #[case("[]", 0)]
    fn an_index_may_be_empty(#[case] index: &str, #[case] expected: usize) {
        assert_eq!(repository().indexed(index.as_bytes()).unwrap().skills.len(), expected);
    }

    #[rstest]
    #[case("", false)]
    #[case("[{\"path\": \"a\"}", false)]
    #[case("3", true)]
    #[case("[{\"path\": \"a\"}, 3]", true)]
    fn an_index_of_another_form_is_a_fault(#[case] index: &str, #[case] is_json: bool) {
        let fault = repository().indexed(index.as_bytes()).unwrap_err();
        assert_eq!(fault == IndexFault::Form, is_json, "{fault}");
    }

    proptest! {
        #[test]
        fn whatever_a_repository_says_is_short_printable_and_below_or_named_by_it(
            path in "\\PC{0,12}(/\\PC{0,12}){0,3}", name in ".{0,300}", text in "(.{0,60}\n){0,8}"
        ) {
            let documented = repository().documented("skills/x", &text);
            let index = json!([{"path": path, "name": name, "description": text}]).to_string();
            let indexed = repository().indexed(index.as_bytes()).unwrap().skills;
            for skill in indexed.iter().chain([&documented]) {
                prop_assert!(!skill.name.trim().is_empty() && skill.name.chars().count() <= SKILL_WORD);
                prop_assert!(!skill.name.contains(char::is_control));
                prop_assert!(!skill.description.as_deref().unwrap_or_default().contains(char::is_control));
                prop_assert!(address::is_below(&skill.source_url, "https://github.com/acme/skills"));
                prop_assert!(!skill.source_url.contains(char::is_control));
            }
        }
    }
}
