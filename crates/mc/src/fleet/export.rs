//! `export`.

use std::path::PathBuf;

use clap::Args;
use mission_control_terminal::print;

use super::file;
use super::kind::Shape;
use super::live::Live;
use super::things::Things;
use crate::failure::Failure;
use crate::session::Session;
use crate::show::print_json;

pub(crate) const MANUAL: &str = "\
Write the fleet as a file: gateways, groups, boards with their rules, tags, custom fields, agents, webhooks, skill packs and \
rules for commands, in YAML (with --json in JSON, which `apply` reads as well).

Secrets are not in it: where the server has one, the file has the variable of the environment that `apply` shall take it from. \
Tasks, memory and people are no part of it; a backup has those.";

const HEAD: &str = "\
# The fleet of a Mission Control server, for `mc apply`. `mc schema` describes it.
";

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Write it there in place of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

pub(crate) async fn run(Session { client, json }: &Session, arguments: &Arguments) -> Result<(), Failure> {
    let things = Live::read(client).await?.things;
    things.check_keys()?;
    let text = format!("{HEAD}{}", file::write(&things)?);
    let secrets = secrets(&things);
    if !secrets.is_empty() {
        eprintln!("mc: secrets are not in it; set them where it is applied: {}", secrets.join(" "));
    }
    match &arguments.out {
        Some(path) => {
            std::fs::write(path, text).map_err(|error| Failure::usage(format!("{}: {error}", path.display())))
        }
        None if *json => print_json(&file::document(&things)),
        None => {
            print(text.trim_end());
            Ok(())
        }
    }
}

fn secrets(things: &Things) -> Vec<&str> {
    let fields = things.all.iter().flat_map(|thing| {
        let secret = thing.kind.fields.iter().filter(|field| field.shape == Shape::Secret);
        secret.filter_map(|field| thing.fields.get(field.name)?.as_str())
    });
    fields.map(|reference| reference.trim_matches(['$', '{', '}'])).collect()
}
