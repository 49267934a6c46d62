//! Nothing that holds a secret prints it.

use std::fs;

use crate::sources::sources;

/// Words in the names of fields that hold secrets.
const SECRETS: [&str; 4] = ["token", "secret", "password", "private_key"];
/// What a secret was turned into, and how much of it there is, may be seen.
const TELLS_NOTHING: [&str; 5] = ["_hash", "_digest", "_column", "_file", "_present"];
/// Fields that are empty by contract: clients of the reference expect their names.
const ALWAYS_NULL: [&str; 1] = ["GatewayRead.token"];

/// The fields with a secret in plain text of the types that derive `Debug`, as `Type.field`.
fn told_by(source: &str) -> Vec<String> {
    let mut told = Vec::new();
    let (mut derives, mut open): (bool, Option<String>) = (false, None);
    for line in source.lines() {
        let words = line.trim_start();
        if words.starts_with("#[derive(") {
            derives = words.contains("Debug");
        } else if let Some((_, rest)) = line.split_once("struct ").or_else(|| line.split_once("enum "))
            && !words.starts_with("//")
        {
            let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
            open = (derives && line.ends_with('{')).then(|| name.to_owned());
            derives = false;
        } else if line == "}" {
            open = None;
        } else if let (Some(name), Some((field, kind))) = (&open, words.split_once(": ")) {
            let field = field.rsplit(' ').next().unwrap_or_default();
            let is_secret = SECRETS.iter().any(|word| field.contains(word));
            let is_plain = ["String", "str", "Text"]
                .iter()
                .any(|plain| kind.split(|c: char| !c.is_alphanumeric()).any(|word| word == *plain));
            if is_secret && is_plain && !TELLS_NOTHING.iter().any(|end| field.ends_with(end)) {
                told.push(format!("{name}.{field}"));
            }
        }
    }
    told
}

#[test]
fn a_type_with_a_secret_in_plain_text_does_not_derive_debug() {
    let files = sources();
    let told: Vec<_> = files.iter().flat_map(|file| told_by(&fs::read_to_string(file).unwrap())).collect();
    let told: Vec<_> = told.into_iter().filter(|field| !ALWAYS_NULL.contains(&field.as_str())).collect();
    assert_eq!(told, Vec::<String>::new(), "give them a `Debug` of their own, or a `SecretString`");
}

#[test]
fn the_search_finds_what_it_is_for() {
    let source = "#[derive(Debug, Clone)]\npub struct Row {\n    /// Key.\n    pub id: u8,\n    pub device_token: Option<Option<String>>,\n    pub token_digest: String,\n}\n\n#[derive(Clone)]\nstruct Quiet {\n    secret: String,\n}\n\n#[derive(Debug)]\nstruct Sealed {\n    token: SecretString,\n}\n";
    assert_eq!(told_by(source), ["Row.device_token"]);
}
