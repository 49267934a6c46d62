//! What writing a file would change: pure.

use mission_control_core::models::AgentFile;
use similar::TextDiff;

use super::plan::{FileAction, FilePlan};
use crate::provision::files::{is_ours, token_in};

/// Longest difference that is shown, characters.
const LONGEST: usize = 20_000;
/// Lines around a change.
const CONTEXT: usize = 3;
/// What stands in the place of a token.
const MASK: &str = "***";

/// Compares what is on the gateway (`present`) with what would be written (`wanted`). `written` is what we wrote last;
/// what the agent changed since is only written over when it may not `stay`.
pub(super) fn compare(
    name: &str,
    present: Option<&str>,
    wanted: &str,
    written: Option<&AgentFile>,
    stays: bool,
) -> FilePlan {
    let edited = present.zip(written).is_some_and(|(present, written)| !is_ours(written, present));
    let action = match present {
        None => FileAction::Create,
        Some(present) if masked(present, present, wanted) == masked(wanted, present, wanted) => {
            FileAction::Unchanged
        }
        Some(_) if edited || stays => FileAction::Edited,
        Some(_) => FileAction::Update,
    };
    let written = match action {
        FileAction::Unchanged | FileAction::Unsupported => false,
        FileAction::Create | FileAction::Update => true,
        FileAction::Edited => !stays,
    };
    let shown = matches!(action, FileAction::Create | FileAction::Update | FileAction::Edited);
    let diff = shown.then(|| {
        let before = present.unwrap_or_default();
        difference(&masked(before, before, wanted), &masked(wanted, before, wanted))
    });
    FilePlan { name: name.to_owned(), action, written, diff, note: None }
}

/// `text` without the tokens that either side has.
fn masked(text: &str, present: &str, wanted: &str) -> String {
    [token_in(present), token_in(wanted)]
        .into_iter()
        .flatten()
        .fold(text.to_owned(), |text, token| text.replace(token, MASK))
}

fn difference(before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let text =
        diff.unified_diff().context_radius(CONTEXT).header("on the gateway", "to be written").to_string();
    if text.chars().count() <= LONGEST {
        return text;
    }
    text.chars().take(LONGEST).chain("\n[…]\n".chars()).collect()
}

#[cfg(test)]
mod tests {
    use mission_control_core::id::AgentId;
    use mission_control_core::time::Timestamp;
    use rstest::rstest;

    use super::*;
    use crate::provision::files::digest;

    fn written(text: &str) -> AgentFile {
        AgentFile {
            agent_id: AgentId::random(),
            name: "SOUL.md".to_owned(),
            sha256: digest(text),
            previous_sha256: None,
            size: 0,
            written_at: Timestamp::now(),
            edited: false,
        }
    }

    #[rstest]
    #[case::missing(None, Some("old"), true, FileAction::Create, true)]
    #[case::the_same(Some("new"), Some("new"), true, FileAction::Unchanged, false)]
    #[case::the_same_by_another_hand(Some("new"), Some("old"), true, FileAction::Unchanged, false)]
    #[case::outdated(Some("old"), Some("old"), false, FileAction::Update, true)]
    #[case::of_unknown_origin(Some("old"), None, false, FileAction::Update, true)]
    #[case::edited_and_kept(Some("mine"), Some("old"), true, FileAction::Edited, false)]
    #[case::edited_and_overwritten(Some("mine"), Some("old"), false, FileAction::Edited, true)]
    #[case::the_agents_own(Some("mine"), None, true, FileAction::Edited, false)]
    fn a_file_is_told_by_what_is_there_and_who_wrote_it(
        #[case] present: Option<&str>,
        #[case] last: Option<&str>,
        #[case] stays: bool,
        #[case] action: FileAction,
        #[case] is_written: bool,
    ) {
        let last = last.map(written);
        let plan = compare("SOUL.md", present, "new", last.as_ref(), stays);
        assert_eq!((plan.action, plan.written), (action, is_written));
        assert_eq!(plan.diff.is_some(), action != FileAction::Unchanged);
    }

    #[test]
    fn a_difference_shows_lines_and_never_a_token() {
        let before = "# Tools\n- `AUTH_TOKEN=old_secret`\nuse old_secret\nred\n";
        let after = "# Tools\n- `AUTH_TOKEN=new_secret`\nuse new_secret\nblue\n";
        let diff = compare("TOOLS.md", Some(before), after, None, false).diff.unwrap();
        assert!(diff.contains("-red") && diff.contains("+blue"), "{diff}");
        assert!(!diff.contains("secret") && !diff.contains("+- `AUTH_TOKEN"), "{diff}");
    }

    #[test]
    fn another_token_alone_is_no_difference() {
        let plan = compare("TOOLS.md", Some("AUTH_TOKEN=a"), "AUTH_TOKEN=b", None, false);
        assert_eq!(plan.action, FileAction::Unchanged);
    }

    #[test]
    fn a_long_difference_is_cut() {
        let long = "line\n".repeat(20_000);
        let diff = compare("SOUL.md", None, &long, None, false).diff.unwrap();
        assert!(diff.chars().count() < LONGEST + 10 && diff.ends_with("[…]\n"));
    }
}
