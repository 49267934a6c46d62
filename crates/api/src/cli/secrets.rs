//! `secrets`.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use mission_control_process::{Exit, Failure, runtime, settings};
use mission_control_store::sealed::{self, ResealError, Rotation};
use mission_control_store::vault::Vault;
use serde_json::json;

use super::output::{print, show};
use super::start::open_database;
use crate::data_dir;

pub(super) const MANUAL: &str = "\
Seal every stored secret anew, with another key: tokens of gateways, secrets of webhooks and authenticator apps, the key of the
device, the proofs of the audit.

Stop everything that uses the database first: what runs goes on with the old key. All is done in one transaction. Interrupted,
run it again: what is sealed anew already is found. Backups of before need the old key.";

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
    /// Print JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Replace the key.
    #[command(long_about = MANUAL)]
    Rotate {
        /// Where the new key is, or is put; needed where SECRETS_KEY is set, which has to have its content from then on
        #[arg(long, value_name = "FILE")]
        new_key_file: Option<PathBuf>,
    },
}

pub(super) fn run(arguments: &Arguments, env_file: Option<&Path>) -> Result<(), Failure> {
    let Action::Rotate { new_key_file } = &arguments.action;
    let settings = settings::told_settings(env_file)?;
    let own = settings.data_dir.join("secrets-key");
    let (from, next) = match (&settings.secrets_key, new_key_file) {
        (Some(key), Some(file)) => (Vault::new(key), file.clone()),
        (None, None) if own.exists() => (vault(&own)?, settings.data_dir.join("secrets-key.new")),
        (None, None) => {
            return Err(Failure::new(Exit::Usage, format!("there is no key at {}", own.display())));
        }
        (Some(_), None) => {
            let fix = "name a file for the new key with --new-key-file";
            return Err(Failure::new(Exit::Usage, format!("the key is in SECRETS_KEY: {fix}")));
        }
        (None, Some(_)) => {
            let fix = "leave --new-key-file out";
            return Err(Failure::new(Exit::Usage, format!("the key is in {}: {fix}", own.display())));
        }
    };
    let to = vault(&next)?;
    let count = runtime()?.block_on(async {
        let db = open_database(&settings).await?;
        let reseal = db.write(move |tx| sealed::reseal(tx, &Rotation { from: &from, to: &to }));
        reseal.await.map_err(|error: ResealError| Failure::new(Exit::Failed, error))
    })?;
    let place = match settings.secrets_key {
        Some(_) => format!("set SECRETS_KEY to what is in {}", next.display()),
        None => {
            replace(&own, &next).map_err(|error| data_dir::failure(&settings.data_dir, &error))?;
            format!("the old key is kept in {}", old(&own).display())
        }
    };
    show(arguments.json, &json!({ "sealed": count }), |_| {
        print(format_args!("sealed {count} secrets anew; {place}"))
    })
}

fn vault(file: &Path) -> Result<Vault, Failure> {
    Vault::load_or_create(file).map_err(|error| Failure::new(Exit::Usage, error))
}

fn old(own: &Path) -> PathBuf {
    own.with_extension("old")
}

/// Puts the new key in the place of the old one, which stays beside it. At no moment there is none.
fn replace(own: &Path, next: &Path) -> io::Result<()> {
    let old = old(own);
    match fs::remove_file(&old) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => fs::hard_link(own, &old)?,
    }
    fs::rename(next, own)
}
