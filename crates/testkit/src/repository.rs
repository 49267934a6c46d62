//! A git repository on this machine.

#![allow(clippy::expect_used, clippy::panic, reason = "a test kit reports failures by panicking")]

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

/// A folder of git repositories, removed with the value.
#[derive(Debug)]
pub struct Repositories(TempDir);

impl Repositories {
    /// An empty folder.
    ///
    /// # Panics
    /// There is no room for it.
    #[expect(clippy::new_without_default, reason = "it makes a folder")]
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("make a temporary folder"))
    }

    /// The address of the folder.
    pub fn url(&self) -> String {
        format!("file://{}", self.0.path().display())
    }

    /// The address of a repository.
    pub fn url_of(&self, name: &str) -> String {
        format!("{}/{name}", self.url())
    }

    /// Commits these files, and no others, to a branch of a repository, which is made if need be. The first branch is
    /// the default one.
    ///
    /// # Panics
    /// Git is not there, or failed.
    pub fn commit(&self, name: &str, branch: &str, files: &[(&str, &[u8])]) {
        let folder = self.0.path().join(name);
        if !folder.exists() {
            fs::create_dir(&folder).expect("make a folder");
            git(&folder, &["init", "--quiet", &format!("--initial-branch={branch}"), "."]);
        }
        git(&folder, &["checkout", "--quiet", "-B", branch]);
        git(&folder, &["rm", "-r", "-f", "-q", "--ignore-unmatch", "."]);
        for (path, content) in files {
            let file = folder.join(path);
            fs::create_dir_all(file.parent().expect("a file is in a folder")).expect("make a folder");
            fs::write(file, content).expect("write a file");
        }
        git(&folder, &["add", "--all", "--force", "."]);
        git(&folder, &["commit", "--quiet", "--allow-empty", "--message=Commit"]);
    }

    /// Makes a repository without a commit.
    ///
    /// # Panics
    /// Git is not there, or failed.
    pub fn init(&self, name: &str) {
        git(self.0.path(), &["init", "--quiet", name]);
    }

    /// Adds a commit with a symbolic link to the branch that is checked out.
    ///
    /// # Panics
    /// Git is not there, or failed.
    #[cfg(unix)]
    pub fn link(&self, name: &str, path: &str, target: &str) {
        let folder = self.0.path().join(name);
        let link = folder.join(path);
        fs::create_dir_all(link.parent().expect("a link is in a folder")).expect("make a folder");
        std::os::unix::fs::symlink(target, link).expect("make a link");
        git(&folder, &["add", "--all", "."]);
        git(&folder, &["commit", "--quiet", "--message=Link"]);
    }
}

fn git(folder: &Path, arguments: &[&str]) {
    let output = Command::new("git")
        .args(["-c", "user.name=Tester", "-c", "user.email=tester@example.com", "-c", "commit.gpgSign=false"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .expect("run git");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}
