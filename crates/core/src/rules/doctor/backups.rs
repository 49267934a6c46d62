//! Findings about backups.

use std::time::Duration;

use super::{Finding, FindingCode, Subject};
use crate::time::Timestamp;

/// How long a backup may take, and wait for a worker.
const PATIENCE: Duration = Duration::from_secs(3600);

/// What is seen of the backups that the clock is to take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Whether this program can take them: not of PostgreSQL.
    pub possible: bool,
    /// The directory that they go to.
    pub directory: String,
    /// When the newest that is there was taken.
    pub newest: Option<Timestamp>,
    /// When the clock was due last; `None` before the first time.
    pub due: Option<Timestamp>,
    /// Why the last one failed for good.
    pub failure: Option<String>,
}

/// What is wrong at `now` where backups are to be taken by schedule.
pub fn findings(seen: &Seen, now: Timestamp) -> Vec<Finding> {
    let about = |code, evidence: String, cause: &str, remedy: &str| {
        Finding::new(code, Subject::Installation, evidence, cause, remedy)
    };
    if !seen.possible {
        return vec![about(
            FindingCode::BackupOverdue,
            "BACKUP_SCHEDULE is set, and the database is PostgreSQL".to_owned(),
            "This program takes backups of SQLite alone, so that nobody takes any",
            "Run the command that `mission-control-api backup` prints by a timer, and take BACKUP_SCHEDULE out of the settings.",
        )];
    }
    let newest = match seen.newest {
        Some(at) => format!("the newest is of {}", at.in_words()),
        None => "there is none yet".to_owned(),
    };
    let is_behind = seen.due.is_some_and(|due| seen.newest.is_none_or(|newest| newest < due));
    if let Some(failure) = seen.failure.as_ref().filter(|_| is_behind) {
        return vec![about(
            FindingCode::BackupFailed,
            format!("{failure}; {newest}"),
            "What happens from then on would be lost with the disk",
            "Make room in BACKUP_DIR and see to it that the server may write there; then try by `mission-control-api backup`.",
        )];
    }
    let Some(due) = seen.due.filter(|due| is_behind && now.since(*due) > PATIENCE) else {
        return Vec::new();
    };
    vec![about(
        FindingCode::BackupOverdue,
        format!("a backup in {} was due at {due}, and {newest}", seen.directory),
        "No worker was there to take it, or it was removed",
        "See to it that a worker runs, and take one now by `mission-control-api backup`.",
    )]
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn at(hours_ago: u64) -> Option<Timestamp> {
        Some(now().minus(Duration::from_secs(hours_ago * 3600)))
    }

    fn now() -> Timestamp {
        Timestamp::parse("2026-11-29T12:00:00").unwrap()
    }

    fn seen() -> Seen {
        Seen { possible: true, directory: "/b".to_owned(), newest: at(8), due: at(9), failure: None }
    }

    #[rstest]
    #[case::in_order(seen(), &[])]
    #[case::new(Seen { newest: None, due: None, ..seen() }, &[])]
    #[case::under_way(Seen { newest: at(25), due: at(1), ..seen() }, &[])]
    #[case::missed(Seen { newest: at(33), ..seen() }, &[FindingCode::BackupOverdue])]
    #[case::never(Seen { newest: None, ..seen() }, &[FindingCode::BackupOverdue])]
    #[case::failed(Seen { newest: at(33), failure: Some("no room".to_owned()), ..seen() }, &[FindingCode::BackupFailed])]
    #[case::made_up_for_by_hand(Seen { failure: Some("no room".to_owned()), ..seen() }, &[])]
    #[case::impossible(Seen { possible: false, ..seen() }, &[FindingCode::BackupOverdue])]
    fn a_backup_that_is_missing_is_named(#[case] seen: Seen, #[case] expected: &[FindingCode]) {
        let codes: Vec<_> = findings(&seen, now()).iter().map(|finding| finding.code).collect();
        assert_eq!(codes, expected);
    }
}
