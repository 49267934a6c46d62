//! What writing a file would change: pure.

use std::time::Duration;

use mission_control_core::limits::DIFFERENCE;
use mission_control_core::models::AgentFile;
use mission_control_shapes::{FileAction, FilePlan};
use similar::TextDiff;

use crate::mask::Mask;
use crate::provision::files::{is_ours, says, tokens_in};

/// Lines around a change.
const CONTEXT: usize = 3;
/// How long the shortest difference is looked for; after that any will do.
const PATIENCE: Duration = Duration::from_millis(100);

/// Compares what is on the gateway (`present`) with what would be written (`wanted`). `written` is what we wrote last;
/// what the agent changed since is only written over when it may not `stay`.
pub(super) fn compare(
    name: &str,
    present: Option<&str>,
    wanted: &str,
    written: Option<&AgentFile>,
    stays: bool,
    mask: &Mask,
) -> FilePlan {
    let edited = present.zip(written).is_some_and(|(present, written)| !is_ours(written, present));
    // Another token alone is no difference, so that of either side is masked in both.
    let tokens = [present.map(tokens_in).unwrap_or_default(), tokens_in(wanted)].concat();
    let before = present.map(|present| mask.apply_with(present, &tokens));
    let after = mask.apply_with(wanted, &tokens);
    let action = match &before {
        None => FileAction::Create,
        Some(before) if says(before) == says(&after) => FileAction::Unchanged,
        Some(_) if edited || stays => FileAction::Edited,
        Some(_) => FileAction::Update,
    };
    let written = match action {
        FileAction::Unchanged | FileAction::Unsupported => false,
        FileAction::Create | FileAction::Update => true,
        FileAction::Edited => !stays,
    };
    let shown = matches!(action, FileAction::Create | FileAction::Update | FileAction::Edited);
    let diff = shown.then(|| difference(before.as_deref().unwrap_or_default(), &after));
    FilePlan { name: name.to_owned(), action, written, diff, note: None }
}

fn difference(before: &str, after: &str) -> String {
    // Two texts that have nothing in common take time with the product of their lines.
    let diff = TextDiff::configure().timeout(PATIENCE).diff_lines(before, after);
    let text =
        diff.unified_diff().context_radius(CONTEXT).header("on the gateway", "to be written").to_string();
    if text.chars().count() <= DIFFERENCE {
        return text;
    }
    text.chars().take(DIFFERENCE).chain("\n[…]\n".chars()).collect()
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
            seen_modified_ms: None,
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
        let plan = compare("SOUL.md", present, "new", last.as_ref(), stays, &Mask::default());
        assert_eq!((plan.action, plan.written), (action, is_written));
        assert_eq!(plan.diff.is_some(), action != FileAction::Unchanged);
    }

    #[test]
    fn ends_of_lines_are_no_difference_and_no_edit() {
        let (gateway, ours) = ("# Identity\r\n- Name: Ada  \r\n\r\n", "# Identity\n- Name: Ada\n");
        let plan = compare("IDENTITY.md", Some(gateway), ours, Some(&written(ours)), false, &Mask::default());
        assert_eq!((plan.action, plan.diff), (FileAction::Unchanged, None));
        let newer = compare(
            "IDENTITY.md",
            Some(gateway),
            "# Identity\n- Name: Bob\n",
            Some(&written(ours)),
            false,
            &Mask::default(),
        );
        assert_eq!(newer.action, FileAction::Update, "nobody edited it");
    }

    #[test]
    fn a_difference_shows_lines_and_never_a_token() {
        let before = "# Tools\n- `AUTH_TOKEN=old_secret`\nuse old_secret\nred\n";
        let after = "# Tools\n- `AUTH_TOKEN=new_secret`\nuse new_secret\nblue\n";
        let diff = compare("TOOLS.md", Some(before), after, None, false, &Mask::default()).diff.unwrap();
        assert!(diff.contains("-red") && diff.contains("+blue"), "{diff}");
        assert!(!diff.contains("secret") && !diff.contains("+- `AUTH_TOKEN"), "{diff}");
    }

    #[test]
    fn another_token_alone_is_no_difference() {
        let plan = compare("TOOLS.md", Some("AUTH_TOKEN=a"), "AUTH_TOKEN=b", None, false, &Mask::default());
        assert_eq!(plan.action, FileAction::Unchanged);
    }

    #[test]
    fn a_long_difference_is_cut() {
        let long = "line\n".repeat(20_000);
        let diff = compare("SOUL.md", None, &long, None, false, &Mask::default()).diff.unwrap();
        assert!(diff.chars().count() < DIFFERENCE + 10 && diff.ends_with("[…]\n"));
    }

    #[test]
    fn texts_without_anything_in_common_are_compared_in_time() {
        let text = |from: usize| (from..from + 60_000).map(|line| format!("{line}\n")).collect::<String>();
        let started = std::time::Instant::now();
        let plan = compare("SOUL.md", Some(&text(0)), &text(100_000), None, false, &Mask::default());
        assert!(plan.diff.unwrap().ends_with("[…]\n"));
        assert!(started.elapsed() < Duration::from_secs(20), "{:?}", started.elapsed());
    }
}
