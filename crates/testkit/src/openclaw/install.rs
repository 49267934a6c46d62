//! Installs OpenClaw and a matching Node.js from npm, once per cache directory.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::json;

use super::{Skip, Version};

/// Packages' scripts are not run. Without a network npm gives up in seconds instead of minutes.
const NPM_FLAGS: [&str; 7] = [
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-progress",
    "--loglevel=error",
    "--fetch-retry-mintimeout=1000",
    "--fetch-retry-maxtimeout=10000",
];

/// A release of OpenClaw and the Node.js that runs it, on disk.
#[derive(Debug)]
pub(super) struct Installation {
    compiled: PathBuf,
    openclaw: PathBuf,
    node_bin: PathBuf,
}

impl Installation {
    /// Finds or makes the installation. Other processes that want the same one wait for it.
    pub(super) fn ensure(version: Version) -> Result<Installation, Skip> {
        let cache = cache_dir();
        fs::create_dir_all(&cache)
            .map_err(|error| Skip::because(format!("cannot create {}: {error}", cache.display())))?;

        let node_package = format!("node-linux-{}", machine()?);
        let release = version.node_release();
        let node = ensure_directory(&cache, &format!("node-{release}"), |directory| {
            write_manifest(directory, json!({}));
            npm_install(directory, &format!("{node_package}@{release}"), &[])
        })?;
        let openclaw = ensure_directory(&cache, &format!("openclaw-{version}"), |directory| {
            let mut flags = vec!["--omit=peer"];
            if version.runs_without_natives() {
                flags.push("--omit=optional");
            }
            if version.has_git_dependency() {
                replace_git_dependency(directory);
            } else {
                write_manifest(directory, json!({}));
            }
            npm_install(directory, &format!("openclaw@{version}"), &flags)
        })?;
        let compiled = cache.join("compiled");
        fs::create_dir_all(&compiled).expect("create a directory in the cache");
        Ok(Installation {
            compiled,
            openclaw: openclaw.join("node_modules/openclaw"),
            node_bin: node.join("node_modules").join(node_package).join("bin"),
        })
    }

    pub(super) fn node(&self) -> PathBuf {
        self.node_bin.join("node")
    }

    pub(super) fn entry_point(&self) -> PathBuf {
        self.openclaw.join("openclaw.mjs")
    }

    /// Where Node.js keeps what it has compiled, of any release.
    pub(super) fn compiled(&self) -> &Path {
        &self.compiled
    }

    /// `PATH` for the gateway: its own Node.js before what the machine has.
    pub(super) fn search_path(&self) -> OsString {
        let inherited = env::var_os("PATH").unwrap_or_default();
        let directories = [self.node_bin.clone()].into_iter().chain(env::split_paths(&inherited));
        env::join_paths(directories).expect("directories of PATH can be joined")
    }
}

/// Returns `cache/name`, filled by `fill` if it is not there yet. The directory appears complete or not at
/// all, and one process fills it while others wait.
fn ensure_directory(
    cache: &Path,
    name: &str,
    fill: impl FnOnce(&Path) -> Result<(), Skip>,
) -> Result<PathBuf, Skip> {
    let target = cache.join(name);
    let lock = File::create(cache.join(format!("{name}.lock"))).expect("create a lock file in the cache");
    lock.lock().expect("lock a file in the cache");
    if !target.exists() {
        let partial = cache.join(format!("{name}.partial"));
        if partial.exists() {
            fs::remove_dir_all(&partial).expect("remove an interrupted installation");
        }
        fs::create_dir(&partial).expect("create a directory in the cache");
        fill(&partial)?;
        fs::rename(&partial, &target).expect("move an installation into place");
    }
    Ok(target)
}

fn npm_install(directory: &Path, package: &str, flags: &[&str]) -> Result<(), Skip> {
    eprintln!("installing {package} into {}", directory.display());
    let output = Command::new("npm")
        .args(["install", package])
        .args(NPM_FLAGS)
        .args(flags)
        .current_dir(directory)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| Skip::because(format!("npm does not run: {error}")))?;
    if output.status.success() {
        return Ok(());
    }
    let errors = String::from_utf8_lossy(&output.stderr);
    let first_lines: Vec<&str> = errors.lines().take(4).collect();
    Err(Skip::because(format!("npm cannot install {package}: {}", first_lines.join("; "))))
}

/// Old releases pull one dependency of a chat channel from a git host. The channel is not used here, so a
/// local package with the same exports stands in for it.
fn replace_git_dependency(directory: &Path) {
    const MODULES: [(&str, &[&str]); 3] = [
        ("index.js", &[]),
        ("src/curve.js", &["calculateSignature", "verifySignature", "generateKeyPair"]),
        ("src/crypto.js", &["calculateMAC", "decrypt", "encrypt", "deriveSecrets"]),
    ];
    let package = directory.join("stand-in/libsignal");
    fs::create_dir_all(package.join("src")).expect("create a directory in the cache");
    let manifest = json!({"name": "libsignal", "version": "2.0.1", "main": "index.js"});
    write(&package.join("package.json"), &manifest.to_string());
    for (file, functions) in MODULES {
        let exports: String = functions
            .iter()
            .map(|name| format!("exports.{name} = () => {{ throw new Error('not installed'); }};\n"))
            .collect();
        write(&package.join(file), &exports);
    }
    write_manifest(directory, json!({"overrides": {"libsignal": "file:./stand-in/libsignal"}}));
}

fn write_manifest(directory: &Path, mut manifest: serde_json::Value) {
    manifest["private"] = json!(true);
    write(&directory.join("package.json"), &manifest.to_string());
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).expect("write a file in the cache");
}

/// The machine's name in npm's package names.
fn machine() -> Result<&'static str, Skip> {
    match (env::consts::OS, env::consts::ARCH) {
        ("linux", "x86_64") => Ok("x64"),
        ("linux", "aarch64") => Ok("arm64"),
        (os, arch) => Err(Skip::because(format!("no Node.js package for {os} on {arch}"))),
    }
}

fn cache_dir() -> PathBuf {
    if let Some(cache) = env::var_os("OPENCLAW_CACHE") {
        return cache.into();
    }
    let executable = env::current_exe().expect("the path of this test");
    // Cargo tags the root of its target directory as a cache.
    let target = executable.ancestors().find(|directory| directory.join("CACHEDIR.TAG").exists());
    target.unwrap_or(&env::temp_dir()).join("openclaw-cache")
}
