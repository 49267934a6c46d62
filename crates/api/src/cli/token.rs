//! `token`.

use std::path::Path;
use std::time::Duration;

use clap::{Args, Subcommand};
use mission_control_core::id::{ApiTokenId, BoardId, MemberId};
use mission_control_core::models::TokenScope;
use mission_control_core::time::Timestamp;
use mission_control_fleet::api_tokens::{self, NewApiToken};
use mission_control_fleet::{Caller, Fleet, local_user};
use mission_control_process::{Failure, runtime, settings};
use mission_control_shapes::ApiTokenRead;
use mission_control_store::{Page, api_tokens as rows};
use secrecy::ExposeSecret;

use super::output::{print, show, table};

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
    /// Make a token and print it, once.
    Create(Create),
    /// List the tokens of the organization that the local user works in.
    List,
    /// Revoke a token.
    Revoke {
        /// Its id, as `token list` shows it
        id: ApiTokenId,
    },
}

#[derive(Debug, Args)]
struct Create {
    /// What people call it
    #[arg(long)]
    name: String,
    /// How much it may do: `read`, `write` or `admin`
    #[arg(long, default_value = "read")]
    scope: TokenScope,
    /// A board that it opens; may be repeated. Without it, it opens all that are open to its member
    #[arg(long = "board", value_name = "ID")]
    boards: Vec<BoardId>,
    /// After how many days it ends by itself
    #[arg(long, value_name = "DAYS")]
    expires_in_days: Option<u32>,
    /// The service account that it acts as, by its membership
    #[arg(long, value_name = "ID")]
    service_account: Option<MemberId>,
}

pub(super) fn run(arguments: Arguments, env_file: Option<&Path>) -> Result<(), Failure> {
    let mut settings = settings::told_settings(env_file)?;
    settings.database.auto_migrate = false;
    runtime()?.block_on(async {
        let fleet = Fleet::open(&settings).await?;
        let outcome = execute(&fleet, arguments).await;
        fleet.shutdown();
        outcome
    })
}

async fn execute(fleet: &Fleet, Arguments { action, json }: Arguments) -> Result<(), Failure> {
    let caller = local_user::caller(fleet).await?;
    match action {
        Action::Create(wanted) => {
            let (_, token) = api_tokens::create(fleet, caller, wanted.into()).await?;
            show(json, &token.expose_secret().to_owned(), |token| print(token))
        }
        Action::List => show(json, &all(fleet, caller).await?, |tokens| print_tokens(tokens)),
        Action::Revoke { id } => {
            let revoked = api_tokens::revoke(fleet, caller, id).await?;
            show(json, &revoked, |token| print(format_args!("revoked {}", token.name)))
        }
    }
}

impl From<Create> for NewApiToken {
    fn from(wanted: Create) -> Self {
        const DAY: Duration = Duration::from_secs(24 * 3600);
        Self {
            name: wanted.name,
            scope: wanted.scope,
            boards: (!wanted.boards.is_empty()).then_some(wanted.boards),
            expires_at: wanted.expires_in_days.map(|days| Timestamp::now().plus(DAY.saturating_mul(days))),
            service_account: wanted.service_account,
        }
    }
}

async fn all(fleet: &Fleet, caller: Caller) -> Result<Vec<ApiTokenRead>, Failure> {
    let organization = caller.organization;
    let listing = fleet.db().read(move |conn| rows::list(conn, organization, None, Page::ALL)).await?;
    Ok(listing.items.into_iter().map(ApiTokenRead::new).collect())
}

fn print_tokens(tokens: &[ApiTokenRead]) {
    let mut table = table(["id", "name", "of", "scope", "expires", "last used"]);
    let shown = |at: Option<Timestamp>| at.map_or_else(|| "never".to_owned(), |at| at.to_string());
    for token in tokens {
        table.add_row([
            token.id.to_string(),
            token.name.clone(),
            token.user_name.clone(),
            token.scope.to_string(),
            shown(token.expires_at),
            shown(token.last_used_at),
        ]);
    }
    print(table);
}
