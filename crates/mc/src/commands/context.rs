//! `context`: the servers that are kept.

use clap::{Args, Subcommand};
use mission_control_terminal::print;
use serde_json::{Value, json};

use crate::contexts::{self, Contexts};
use crate::failure::Failure;
use crate::json::at;
use crate::show::show_rows;
use crate::text::field;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List them; the current one has a star.
    List,
    /// Make one the current one.
    Use {
        /// Its name
        name: String,
    },
}

pub(crate) fn run(arguments: &Arguments, json: bool) -> Result<(), Failure> {
    let path = contexts::path()?;
    let mut kept = Contexts::load(&path)?;
    match &arguments.action {
        Action::List => {
            let is_current = |name: &String| kept.current.as_ref() == Some(name);
            let known: Vec<Value> = kept
                .contexts
                .iter()
                .map(|(name, context)| json!({"name": name, "url": context.url, "current": is_current(name)}))
                .collect();
            let none = "No server is kept. `mc login URL` keeps one.";
            show_rows(json, &known, none, ["", "name", "url"], |context| {
                let star = if at(context, "current") == true { "*" } else { "" };
                [star.to_owned(), field(context, "/name"), field(context, "/url")]
            })
        }
        Action::Use { name } => {
            let url = kept.context(name)?.url.clone();
            kept.current = Some(name.clone());
            kept.save(&path)?;
            print(format_args!("{name}: {url}"));
            Ok(())
        }
    }
}
