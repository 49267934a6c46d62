//! Fetching a pack's repository, as little of it as tells its skills: the newest commit without history, no work tree,
//! no large files.

use std::time::Duration;

use mission_control_core::config::SkillPackSettings;
use mission_control_core::limits::{GIT_HEARD, PACK_FILE};
use mission_control_core::models::SkillPack;
use mission_control_core::rules::skills::{FoundSkill, Repository, pack_address};
use tokio::io::AsyncReadExt;
use tokio::time::{MissedTickBehavior, interval, timeout};
use url::Url;

use super::git::{Git, behind_proxy, complaint, pipe, size_of};
use super::{PackError, reach, read};
use crate::jobs::Attempt;

/// How often the size is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(250);

/// What a pack's repository has.
#[derive(Debug)]
pub(crate) struct Fetched {
    /// Its skills, one per address.
    pub(crate) skills: Vec<FoundSkill>,
    /// What people should know of.
    pub(crate) warnings: Vec<String>,
}

/// Reads the skills of a pack from its repository, within the limits of `settings`.
pub(crate) async fn fetch(
    settings: &SkillPackSettings,
    pack: &SkillPack,
    attempt: &Attempt,
) -> Result<Fetched, PackError> {
    let within = settings.timeout;
    timeout(within, fetch_patiently(settings, pack, attempt)).await.unwrap_or(Err(PackError::TooSlow(within)))
}

async fn fetch_patiently(
    settings: &SkillPackSettings,
    pack: &SkillPack,
    attempt: &Attempt,
) -> Result<Fetched, PackError> {
    let address = pack_address(&pack.source_url, &settings.sources)?;
    let url = Url::parse(&address).map_err(|error| PackError::Git(error.to_string()))?;
    attempt.progress(0, "Looking for the repository").await;
    let addresses = reach::addresses(&url, &settings.private_networks, behind_proxy()).await?;
    let git = Git::new(&settings.git, url, &addresses)?;
    let mut warnings = Vec::new();
    let branch = branch(&git, &pack.branch).await?;
    if branch != pack.branch {
        warnings.push(format!(
            "There is no branch {}; {branch} was read, which is the default one.",
            pack.branch
        ));
    }
    copy(&git, &branch, settings.max_bytes, attempt).await?;
    attempt.progress(60, "Reading the skills").await;
    let skills = read::skills(&git, &Repository { address, branch }, &mut warnings).await?;
    Ok(Fetched { skills, warnings })
}

/// The branch of this name, else the default one.
async fn branch(git: &Git, wanted: &str) -> Result<String, PackError> {
    let wanted_ref = format!("refs/heads/{wanted}");
    let listed = git
        .output(git.command(["ls-remote", "--symref", "--quiet", "--", git.url(), "HEAD", &wanted_ref]))
        .await?;
    branch_of(&listed, wanted).ok_or(PackError::Empty)
}

/// The branch of this name in what `ls-remote --symref` says, else the default one.
fn branch_of(listed: &str, wanted: &str) -> Option<String> {
    let wanted_ref = format!("refs/heads/{wanted}");
    let mut default = None;
    for (what, name) in listed.lines().filter_map(|line| line.split_once('\t')) {
        if name == wanted_ref {
            return Some(wanted.to_owned());
        }
        if name == "HEAD"
            && let Some(head) = what.strip_prefix("ref: refs/heads/")
        {
            default = Some(head.to_owned());
        }
    }
    default
}

/// Copies the newest commit of a branch.
async fn copy(git: &Git, branch: &str, limit: u64, attempt: &Attempt) -> Result<(), PackError> {
    let (branch, copy) = (format!("--branch={branch}"), git.copy());
    let filter = format!("--filter=blob:limit={}", PACK_FILE);
    let mut command = git.command([
        "clone",
        "--bare",
        "--depth=1",
        "--single-branch",
        "--no-tags",
        "--template=",
        "--progress",
        &filter,
        &branch,
        "--",
        git.url(),
    ]);
    let mut child = command.arg(&copy).spawn().map_err(|error| git.not_started(error))?;
    let mut stderr = pipe(child.stderr.take())?;
    let (mut heard, mut buffer) = (Vec::new(), [0; 4096]);
    let mut look = interval(LOOK_EVERY);
    look.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            read = stderr.read(&mut buffer) => match read? {
                0 => break,
                count => heard.extend_from_slice(buffer.get(..count).unwrap_or_default()),
            },
            _ = look.tick() => {
                if size_of(&copy) > limit {
                    return Err(PackError::TooLarge(limit));
                }
                let percent = received(&String::from_utf8_lossy(&heard)).unwrap_or(0);
                attempt.progress(percent / 2, "Fetching the repository").await;
            }
        }
        let surplus = heard.len().saturating_sub(GIT_HEARD);
        drop(heard.drain(..surplus));
    }
    if !child.wait().await?.success() {
        return Err(PackError::Git(complaint(&String::from_utf8_lossy(&heard))));
    }
    if size_of(&copy) > limit { Err(PackError::TooLarge(limit)) } else { Ok(()) }
}

/// How much of a repository has arrived, percent, by what git said last.
fn received(said: &str) -> Option<i32> {
    let (_, last) = said.rsplit_once("Receiving objects:")?;
    last.split_once('%')?.0.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_branch_that_is_missing_means_the_default_one() {
        let listed = "ref: refs/heads/trunk\tHEAD\n1111\tHEAD\n2222\trefs/heads/dev\n";
        assert_eq!(branch_of(listed, "dev").as_deref(), Some("dev"));
        assert_eq!(branch_of(listed, "main").as_deref(), Some("trunk"));
        assert_eq!(branch_of("", "main"), None);
    }

    #[test]
    fn the_last_figure_tells_how_far_it_is() {
        assert_eq!(received("Receiving objects:  20% (1/5)\rReceiving objects:  45% (2/5)"), Some(45));
        assert_eq!(received("Receiving objects: 100% (5/5), done.\nResolving deltas:  10%"), Some(100));
        assert_eq!(received("remote: Counting objects"), None);
        assert_eq!(received("Receiving objects:  4"), None);
    }
}
