use super::*;
use crate::templates::tests_support::{self, Kind};

fn names(kind: Kind, rules: Rules, existing: &[File]) -> Vec<&'static str> {
    let (agent, context) = tests_support::subject(kind);
    plan(&agent, &context, &Supplied::default(), rules, &|file| existing.contains(&file))
        .unwrap()
        .iter()
        .map(|(file, _)| file.name())
        .collect()
}

const UPDATE: Rules = Rules { fresh: false, force_bootstrap: false, overwrite: false, keep_edited: false };
const FRESH: Rules = Rules { fresh: true, ..UPDATE };

#[test]
fn a_new_agent_gets_every_file_and_the_ones_that_may_be_refused_come_first() {
    for kind in Kind::ALL {
        assert_eq!(
            names(kind, FRESH, &[]),
            [
                "TOOLS.md",
                "HEARTBEAT.md",
                "AGENTS.md",
                "IDENTITY.md",
                "SOUL.md",
                "USER.md",
                "MEMORY.md",
                "BOOTSTRAP.md"
            ]
        );
    }
}

#[test]
fn an_update_leaves_what_the_agent_edits_and_the_first_run_alone() {
    let existing = [File::User, File::Memory];
    assert_eq!(
        names(Kind::Worker, UPDATE, &existing),
        ["TOOLS.md", "HEARTBEAT.md", "AGENTS.md", "IDENTITY.md", "SOUL.md"]
    );
    assert!(names(Kind::Main, UPDATE, &existing).contains(&"USER.md"));
    assert!(names(Kind::Worker, UPDATE, &[]).contains(&"MEMORY.md"), "a missing file is written");
    assert!(names(Kind::Lead, Rules { overwrite: true, ..UPDATE }, &existing).contains(&"USER.md"));
    assert!(
        names(Kind::Lead, Rules { force_bootstrap: true, ..UPDATE }, &existing).contains(&"BOOTSTRAP.md")
    );
}

#[test]
fn refused_files_become_parts_of_agents_md_with_tools_first() {
    let (agent, context) = tests_support::subject(Kind::Worker);
    let files = plan(&agent, &context, &Supplied::default(), FRESH, &|_| false).unwrap();
    let content = |file: File| files.iter().find(|(name, _)| *name == file).unwrap().1.clone();
    let refused =
        BTreeMap::from([(File::Tools, content(File::Tools)), (File::Heartbeat, content(File::Heartbeat))]);
    let folded = fold(&content(File::Agents), &refused);
    assert!(folded.starts_with("## Tools\n"));
    assert!(folded.find("## Heartbeat").unwrap() < folded.find("# AGENTS.md").unwrap());
    assert_eq!(token_in(&folded), Some(tests_support::TOKEN));
    assert!(folded.contains("\nBASE_URL=http://127.0.0.1:8000\n"));
    assert_eq!(needed_chars(&[(File::Agents, folded)]), None, "our own texts fit the default limit");
}

#[test]
fn headings_inside_code_stay_as_they_are() {
    assert_eq!(
        section("X", "# T\n## a\n```\n## not a heading\n```"),
        "## X\n### a\n```\n## not a heading\n```"
    );
}

#[test]
fn a_token_is_found_in_plain_lines_and_in_list_items() {
    for text in ["AUTH_TOKEN=abc_D-9\n", "- `AUTH_TOKEN=abc_D-9`", "x\nAUTH_TOKEN=\nAUTH_TOKEN=abc_D-9"] {
        assert_eq!(token_in(text), Some("abc_D-9"), "{text}");
    }
    assert_eq!(token_in("AUTH_TOKEN= none"), None);
}

#[test]
fn a_long_supplied_text_asks_for_a_higher_limit() {
    let long = "x".repeat(DEFAULT_FILE_CHARS + 1);
    assert_eq!(needed_chars(&[(File::Soul, long)]), Some(30_000));
}

fn written(text: &str) -> AgentFile {
    AgentFile {
        agent_id: mission_control_core::id::AgentId::random(),
        name: "SOUL.md".to_owned(),
        sha256: digest(text),
        previous_sha256: None,
        size: 4,
        written_at: mission_control_core::time::Timestamp::now(),
        edited: false,
        seen_modified_ms: None,
    }
}

#[test]
fn what_we_wrote_is_known_by_its_digest_even_when_the_last_write_was_cut_short() {
    let mut written = written("calm");
    assert!(is_ours(&written, "calm") && !is_ours(&written, "wild"));
    written.previous_sha256 = Some(digest("wild"));
    assert!(is_ours(&written, "wild") && !is_ours(&written, "own words"));
}

#[test]
fn what_a_gateway_does_to_the_ends_of_lines_is_no_edit_whichever_release_kept_the_digest() {
    let as_it_was = |text: &str| hex::encode(Sha256::digest(text));
    for text in ["calm", "calm\n", "calm  \n- so  \n", "calm\r\n- so"] {
        for kept in [digest(text), as_it_was(text.trim_end())] {
            let written = AgentFile { sha256: kept, ..written("") };
            for rewritten in [text.to_owned(), format!("{}\n", text.trim_end()), format!("{text}\n\n")] {
                assert!(is_ours(&written, &rewritten), "{text:?} {rewritten:?}");
            }
            assert!(!is_ours(&written, &format!("{text} and wild")) && !is_ours(&written, ""));
        }
    }
}
