//! Shapes of the API document go by the name of their type alone: of two with one name, the document would have one.

use std::collections::BTreeMap;
use std::fs;

use crate::sources::sources;

/// The name of a type that is declared in this line for the document: by a derive in the lines above, or by one of the macros that
/// derive it, within which everything stands further to the right.
fn declared<'s>(above: &[&str], line: &'s str) -> Option<&'s str> {
    if let Some((name, _)) = line.strip_prefix("    ").and_then(|line| line.split_once(" { #[doc")) {
        return Some(name);
    }
    let declaration = line.trim_start();
    let rest = ["pub struct ", "pub enum "].iter().find_map(|start| declaration.strip_prefix(start))?;
    let is_attribute =
        |line: &&&str| line.trim_start().starts_with("#[") || line.trim_start().starts_with("///");
    let derives = above.iter().rev().take_while(is_attribute).any(|line| line.contains("ToSchema"));
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    // Where a macro puts the name in, there is none here.
    (end > 0 && (derives || line.starts_with(' '))).then(|| rest.get(..end)).flatten()
}

#[test]
fn no_two_shapes_of_the_api_document_have_one_name() {
    let mut homes: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in sources() {
        let text = fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        for (index, line) in lines.iter().enumerate() {
            if let Some(name) = declared(&lines[..index], line) {
                homes.entry(name.to_owned()).or_default().push(path.display().to_string());
            }
        }
    }
    assert!(homes.len() > 250, "{} shapes", homes.len());
    homes.retain(|_, homes| homes.len() > 1);
    assert!(homes.is_empty(), "{homes:#?}");
}
