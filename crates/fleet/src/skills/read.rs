//! Reading the skills out of a repository, straight from git's objects: nothing of it becomes a file on this machine.

use std::process::Stdio;

use mission_control_core::rules::skills::{FoundSkill, INDEX, Repository, skill_folder};
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWriteExt, BufReader};

use super::PackError;
use super::git::{Git, complaint, pipe};

/// Largest file that is read, bytes.
pub(super) const LARGEST: u64 = 4 * 1024 * 1024;
/// Most files of a repository.
const FILES: usize = 100_000;
/// Longest list of them, bytes.
const LISTING: u64 = 64 * 1024 * 1024;
/// Most skills of a repository.
const SKILLS: usize = 5_000;
/// Most folders around a skill.
const DEPTH: usize = 16;
/// Most warnings of one kind that are spelled out.
const SPELLED_OUT: usize = 10;

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
    if skills.len() > SKILLS {
        warnings
            .push(format!("The repository has {} skills; only the first {SKILLS} were taken.", skills.len()));
        skills.truncate(SKILLS);
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
            Some(Ok(skills)) => found = Some(skills),
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
    let (mut files, deep): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|file| file.path.split('/').count() <= DEPTH + 1);
    left_out(deep.into_iter().map(|file| file.path), "lies too deep", warnings);
    // One more than is taken, so that it shows that there are more.
    files.truncate(SKILLS + 1);
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
    let more = paths.len().saturating_sub(SPELLED_OUT);
    warnings.extend(paths.take(SPELLED_OUT).map(|path| format!("{path} {why} and was left out.")));
    if more > 0 {
        warnings.push(format!("{more} more were left out for the same reason."));
    }
}

/// The plain files of the repository, by path. Links are left out, and names that are no text.
async fn files(git: &Git) -> Result<Vec<File>, PackError> {
    let mut command = git.in_copy(["ls-tree", "-r", "-z", "--full-tree", "HEAD"]);
    let mut child = command.stderr(Stdio::null()).spawn().map_err(|error| git.not_started(error))?;
    let stdout = pipe(child.stdout.take())?;
    let mut lines = BufReader::new(stdout.take(LISTING));
    let (mut files, mut count, mut line) = (Vec::new(), 0, Vec::new());
    while lines.read_until(0, &mut line).await? > 0 {
        count += 1;
        if count > FILES || line.pop() != Some(0) {
            return Err(PackError::TooMany(FILES));
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
    let kept = size <= LARGEST;
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
