//! What the repository of a skill pack says.

use mission_control_core::id::OrganizationId;
use mission_control_core::models::{Gateway, MarketplaceSkill};
use mission_control_core::rules::fence::{BEGIN, END};
use mission_control_core::rules::skills::{
    FoundSkill, PackSource, Repository, branch, install_request, is_below, is_plain_folder, pack_address,
    skill_address, skill_folder, skill_name, uninstall_request,
};

use super::input::{meant, text_meant};

const REPOSITORY: &str = "https://github.com/acme/skills";
/// Longest name, category or risk, in characters.
const WORD: usize = 200;
/// Longest description, in characters.
const PARAGRAPH: usize = 2_000;
/// Most that is kept of how a skill was found, in bytes: a few addresses.
const METADATA: usize = 16 * 1024;
/// Most that is told of an index that cannot be read, or of an entry that is left out, in bytes.
const COMPLAINT: usize = 2 * 1024;

/// A SKILL.md, an index of skills, an address, a path.
pub fn skills(input: &[u8]) {
    let text = text_meant(input);
    let repository = Repository { address: REPOSITORY.to_owned(), branch: "main".to_owned() };
    let found = repository.documented("skills/x", &text);
    assert!(is_below(&found.source_url, REPOSITORY));
    taken(&found);
    match repository.indexed(&meant(input)) {
        Ok(listed) => {
            listed.skills.iter().for_each(taken);
            for (entry, why) in &listed.refused {
                let told = format!("{entry} {why}");
                assert!(told.len() <= COMPLAINT && !told.contains(char::is_control), "{told}");
            }
        }
        Err(fault) => assert!(fault.to_string().len() <= COMPLAINT),
    }
    let line = text.lines().next().unwrap_or_default();
    named(line);
    if let Some(folder) = skill_folder(line).filter(|folder| is_plain_folder(folder)) {
        taken(&repository.documented(folder, ""));
    }
}

/// A skill is short, printable, at a safe address, and cannot speak to the agent that installs it.
fn taken(skill: &FoundSkill) {
    let printable =
        |text: &str, longest: usize| text.chars().count() <= longest && !text.contains(char::is_control);
    assert!(!skill.name.trim().is_empty() && printable(&skill.name, WORD), "{skill:?}");
    assert!(skill.description.iter().all(|text| printable(text, PARAGRAPH)), "{skill:?}");
    assert!(skill.category.iter().chain(&skill.risk).all(|text| printable(text, WORD)), "{skill:?}");
    assert!(skill.source.iter().all(|folder| is_plain_folder(folder)), "{skill:?}");
    let is_safe = is_below(&skill.source_url, REPOSITORY) || skill_address(&skill.source_url).is_ok();
    assert!(is_safe && printable(&skill.source_url, COMPLAINT * 4), "{skill:?}");
    assert!(skill.metadata.to_string().len() <= METADATA, "{} bytes", skill.metadata.to_string().len());
    let organization = OrganizationId::random();
    let gateway = Gateway::new(organization, "Home", "ws://127.0.0.1:18789", "/srv/openclaw");
    let skill = MarketplaceSkill::new(organization, skill.name.clone(), skill.source_url.clone());
    for request in [install_request(&skill, &gateway), uninstall_request(&skill, &gateway)] {
        let fenced = request.split_once(BEGIN).and_then(|(_, fenced)| fenced.strip_suffix(END));
        assert!(
            fenced.is_some_and(|fenced| fenced.lines().count() == 4 && !fenced.contains(END)),
            "{request}"
        );
    }
}

/// An address, once in its usual form, is kept as it is.
fn named(text: &str) {
    if let Ok(source) = "https://github.com".parse::<PackSource>() {
        let sources = [source];
        match pack_address(text, &sources) {
            Ok(kept) => assert_eq!(pack_address(&kept, &sources).as_deref(), Ok(kept.as_str())),
            Err(why) => assert!(why.to_string().len() <= COMPLAINT),
        }
    }
    if let Ok(address) = skill_address(text) {
        assert_eq!(skill_address(address.as_str()).as_ref(), Ok(&address));
    }
    assert_eq!(branch(branch(text)), branch(text));
    assert!(!skill_name(text).contains(char::is_control));
}
