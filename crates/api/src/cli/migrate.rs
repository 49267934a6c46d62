//! `migrate`.

use clap::Subcommand;
use comfy_table::{Table, presets};
use mission_control_process::{Failure, runtime};
use mission_control_store::{DbOptions, StoreError, migrate, private};

use super::start::settings;
use crate::data_dir;

#[derive(Debug, Subcommand)]
pub(super) enum Action {
    /// Apply every pending migration. Safe while other processes do the same.
    Up,
    /// Undo the latest migrations.
    Down {
        /// How many.
        #[arg(default_value_t = 1)]
        count: usize,
    },
    /// Show which migrations are applied, and which are pending.
    Status,
    /// Show every migration of this version.
    History,
}

pub(super) fn run(action: Action) -> Result<(), Failure> {
    let settings = settings([])?;
    private::directory(&settings.data_dir).map_err(|error| data_dir::failure(&settings.data_dir, &error))?;
    let options = DbOptions::from(&settings.database);
    let runtime = runtime()?;
    Ok(runtime.block_on(execute(action, &options))?)
}

async fn execute(action: Action, options: &DbOptions) -> Result<(), StoreError> {
    match action {
        Action::Up => report("applied", &migrate::up(options).await?),
        Action::Down { count } => report("undone", &migrate::down(options, count).await?),
        Action::History => migrate::history().iter().for_each(|name| println!("{name}")),
        Action::Status => print_status(&migrate::status(options).await?),
    }
    Ok(())
}

fn report(done: &str, names: &[String]) {
    match names {
        [] => println!("nothing to do"),
        names => names.iter().for_each(|name| println!("{done} {name}")),
    }
}

fn print_status(status: &migrate::Status) {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(["migration", "applied"]);
    for applied in &status.applied {
        table.add_row([applied.name.clone(), applied.run_on.to_string()]);
    }
    for pending in &status.pending {
        table.add_row([pending.as_str(), "pending"]);
    }
    println!("{table}");
}
