//! Reading the skills out of a repository, straight from git's objects: nothing of it becomes a file on this machine.

use std::process::Stdio;

use mission_control_core::limits::{
    PACK_FILE, PACK_FILES, PACK_LEVELS, PACK_LISTING, PACK_SKILLS, PACK_WARNINGS,
};
use mission_control_core::rules::skills::{
    FoundSkill, INDEX, RefusedSkill, Repository, is_plain_folder, skill_folder,
};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader};

use super::PackError;
use super::git::{Git, complaint, pipe};

/// A file of the repository.
struct File {
    path: String,
    object: String,
}

/// The skills of the repository: those of its index, else those of its SKILL.md files.
pub(super) async fn skills(
    git: &Git,
    repository: &Repository,
    warnings: &mut Vec<String>,
) -> Result<Vec<FoundSkill>, PackError> {
    let files = files(git).await?;
    let indexed = match files.iter().find(|file| file.path == INDEX) {
        Some(index) => indexed(git, repository, index, warnings).await?,
        None => None,
    };
    let mut skills = match indexed {
        Some(skills) => skills,
        None => documented(git, repository, files, warnings).await?,
    };
    if skills.len() > PACK_SKILLS {
        warnings.push(format!(
            "The repository has {} skills; only the first {PACK_SKILLS} were taken.",
            skills.len()
        ));
        skills.truncate(PACK_SKILLS);
    }
    if skills.is_empty() {
        warnings.push(format!("No skills were found: neither a {INDEX} that lists any nor a SKILL.md."));
    }
    Ok(skills)
}

/// The skills of the index; none when it cannot be read.
async fn indexed(
    git: &Git,
    repository: &Repository,
    index: &File,
    warnings: &mut Vec<String>,
) -> Result<Option<Vec<FoundSkill>>, PackError> {
    let mut found = None;
    each(git, std::slice::from_ref(index), |_, content| {
        match content.map(|content| repository.indexed(content)) {
            Some(Ok(listed)) => {
                let why = |(entry, why): (String, RefusedSkill)| format!("{entry} was left out. {why}");
                spelled_out(listed.refused.into_iter().map(why), warnings);
                found = Some(listed.skills);
            }
            Some(Err(fault)) => warnings.push(format!("{fault}; the SKILL.md files were read instead.")),
            None => warnings.push(format!("{INDEX} is too large; the SKILL.md files were read instead.")),
        }
    })
    .await?;
    Ok(found)
}

/// The skills that have a SKILL.md.
async fn documented(
    git: &Git,
    repository: &Repository,
    mut files: Vec<File>,
    warnings: &mut Vec<String>,
) -> Result<Vec<FoundSkill>, PackError> {
    files.retain(|file| skill_folder(&file.path).is_some());
    let (files, deep): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|file| file.path.split('/').count() <= PACK_LEVELS + 1);
    left_out(deep.into_iter().map(|file| file.path), "lies too deep", warnings);
    let (mut files, odd): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|file| skill_folder(&file.path).is_some_and(is_plain_folder));
    let odd = odd.into_iter().map(|file| file.path.escape_debug().to_string());
    left_out(odd.collect::<Vec<_>>().into_iter(), "has a path that no address can carry", warnings);
    // One more than is taken, so that it shows that there are more.
    files.truncate(PACK_SKILLS + 1);
    let (mut found, mut large) = (Vec::new(), Vec::new());
    each(git, &files, |file, content| match (skill_folder(&file.path), content) {
        (Some(folder), Some(content)) => {
            found.push(repository.documented(folder, &String::from_utf8_lossy(content)));
        }
        (Some(_), None) => large.push(file.path.clone()),
        (None, _) => {}
    })
    .await?;
    left_out(large.into_iter(), "is too large", warnings);
    Ok(found)
}

fn left_out(paths: impl ExactSizeIterator<Item = String>, why: &str, warnings: &mut Vec<String>) {
    spelled_out(paths.map(|path| format!("{path} {why} and was left out.")), warnings);
}

/// Adds the first few of these, and how many more there are.
fn spelled_out(mut told: impl ExactSizeIterator<Item = String>, warnings: &mut Vec<String>) {
    let more = told.len().saturating_sub(PACK_WARNINGS);
    warnings.extend(told.by_ref().take(PACK_WARNINGS));
    if more > 0 {
        warnings.push(format!("{more} more were left out for the same reason."));
    }
}

/// The plain files of the repository, by path. Links are left out, and names that are no text.
async fn files(git: &Git) -> Result<Vec<File>, PackError> {
    let mut command = git.in_copy(["ls-tree", "-r", "-z", "--full-tree", "HEAD"]);
    let mut child = command.stderr(Stdio::null()).spawn().map_err(|error| git.not_started(error))?;
    let stdout = pipe(child.stdout.take())?;
    let mut lines = BufReader::new(stdout.take(PACK_LISTING));
    let (mut files, mut count, mut line) = (Vec::new(), 0, Vec::new());
    while lines.read_until(0, &mut line).await? > 0 {
        count += 1;
        if count > PACK_FILES || line.pop() != Some(0) {
            return Err(PackError::TooMany(PACK_FILES));
        }
        files.extend(file(&line));
        line.clear();
    }
    if child.wait().await?.success() {
        Ok(files)
    } else {
        Err(PackError::Git("its files are unreadable".to_owned()))
    }
}

/// A line `<mode> blob <object>\t<path>` of a plain file.
fn file(line: &[u8]) -> Option<File> {
    let (facts, path) = std::str::from_utf8(line).ok()?.split_once('\t')?;
    let mut facts = facts.split(' ');
    let (mode, kind, object) = (facts.next()?, facts.next()?, facts.next()?);
    (mode.starts_with("100") && kind == "blob")
        .then(|| File { path: path.to_owned(), object: object.to_owned() })
}

/// Hands each file to `take` with its content, in their order; none when it is too large.
async fn each(
    git: &Git,
    files: &[File],
    mut take: impl FnMut(&File, Option<&[u8]>),
) -> Result<(), PackError> {
    let mut command = git.in_copy(["cat-file", "--batch"]);
    let mut child = command.stdin(Stdio::piped()).spawn().map_err(|error| git.not_started(error))?;
    let (mut stdin, stdout) = (pipe(child.stdin.take())?, pipe(child.stdout.take())?);
    let mut stderr = pipe(child.stderr.take())?;
    let questions: String = files.iter().map(|file| format!("{}\n", file.object)).collect();
    // Asking and hearing go on at the same time: neither pipe holds everything.
    let ask = async move {
        let asked = stdin.write_all(questions.as_bytes()).await;
        drop(stdin);
        asked
    };
    let hear = async {
        let mut stdout = BufReader::new(stdout);
        for file in files {
            let content = content(&mut stdout).await?;
            take(file, content.as_deref());
        }
        Ok::<_, std::io::Error>(())
    };
    let heard = tokio::try_join!(ask, hear);
    if heard.is_err() {
        let mut said = String::new();
        stderr.read_to_string(&mut said).await?;
        return Err(PackError::Git(complaint(&said)));
    }
    Ok(())
}

/// The next object; none when it is too large, or was not even fetched for its size.
async fn content(stdout: &mut (impl AsyncBufReadExt + Unpin)) -> std::io::Result<Option<Vec<u8>>> {
    let mut header = String::new();
    stdout.read_line(&mut header).await?;
    let mut words = header.split_whitespace();
    let size = match (words.next(), words.next(), words.next()) {
        (Some(_), Some("missing"), None) => return Ok(None),
        (Some(_), Some(_), Some(size)) => size.parse::<u64>().map_err(std::io::Error::other)?,
        _ => return Err(std::io::ErrorKind::UnexpectedEof.into()),
    };
    let mut content = Vec::new();
    let kept = size <= PACK_FILE;
    if kept {
        take_of(stdout, size).read_to_end(&mut content).await?;
    } else {
        tokio::io::copy(&mut take_of(stdout, size), &mut tokio::io::sink()).await?;
    }
    // A line feed ends each object.
    stdout.read_u8().await?;
    Ok(kept.then_some(content))
}

fn take_of<R: AsyncRead + Unpin>(reader: &mut R, bytes: u64) -> tokio::io::Take<&mut R> {
    reader.take(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_submodules_are_no_files() {
        let path = |line: &str| file(line.as_bytes()).map(|file| file.path);
        assert_eq!(path("100644 blob abc\tskills/a b/SKILL.md").as_deref(), Some("skills/a b/SKILL.md"));
        assert_eq!(path("100755 blob abc\trun").as_deref(), Some("run"));
        assert_eq!(path("120000 blob abc\tSKILL.md"), None);
        assert_eq!(path("160000 commit abc\tmodule"), None);
        assert!(file(b"100644 blob abc\t\xff").is_none());
    }

    #[tokio::test]
    async fn objects_are_read_one_after_the_other_whatever_is_in_them() {
        let said = b"a blob 3\nx\ny\nb missing\nc blob 0\n\n";
        let mut stdout = BufReader::new(&said[..]);
        assert_eq!(content(&mut stdout).await.unwrap().as_deref(), Some(&b"x\ny"[..]));
        assert_eq!(content(&mut stdout).await.unwrap(), None);
        assert_eq!(content(&mut stdout).await.unwrap().as_deref(), Some(&b""[..]));
        assert!(content(&mut stdout).await.is_err());
    }

    #[test]
    fn a_long_list_of_what_was_left_out_is_cut() {
        let mut warnings = Vec::new();
        left_out(
            (0..12).map(|nth| format!("{nth}/SKILL.md")).collect::<Vec<_>>().into_iter(),
            "lies too deep",
            &mut warnings,
        );
        assert_eq!(
            (warnings.len(), warnings[10].as_str()),
            (11, "2 more were left out for the same reason.")
        );
    }
}
