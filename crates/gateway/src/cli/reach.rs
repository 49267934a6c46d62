//! From the command line to a gateway.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use mission_control_core::config::DatabaseLocation;
use mission_control_core::models::Gateway;
use mission_control_fleet::{Fleet, Target};
use mission_control_gateway_rpc::{Client, ConnectOptions, Connected, DeviceIdentity, GatewayError, TlsMode};
use mission_control_process::settings;
use mission_control_store::gateways;

use super::context::Context;
use mission_control_process::{Exit, Failure};

/// Which gateway, and for an address: with what token.
#[derive(Debug, Args)]
pub(super) struct Which {
    /// A registered gateway, by id or name
    #[arg(long, value_name = "ID|NAME", conflicts_with = "url")]
    gateway: Option<String>,
    /// Any gateway, by address (ws://host:18789 or wss://…); no database is needed
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// File with the shared token of the gateway at --url [default: OPENCLAW_GATEWAY_TOKEN, else none]
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Accept any certificate of the gateway at --url
    #[arg(long)]
    insecure_tls: bool,
}

/// A gateway to be reached.
pub(super) enum Place {
    Registered { fleet: Fleet, row: Box<Gateway>, target: Target },
    Address { options: Box<ConnectOptions>, identity_file: PathBuf },
}

impl Which {
    /// The one gateway that is meant.
    pub(super) async fn one(&self, context: &Context) -> Result<Place, Failure> {
        if self.url.is_none() && (self.token_file.is_some() || self.insecure_tls) {
            return Err(Failure::usage(
                "--token-file and --insecure-tls go with --url; a registered gateway has its own",
            ));
        }
        match (&self.gateway, &self.url) {
            (_, Some(url)) => self.address(url, context),
            (Some(wanted), None) => {
                let fleet = open_fleet(context).await?;
                let row = named(&registered(&fleet).await?, wanted)?;
                Place::of(&fleet, row)
            }
            (None, None) => Err(Failure::usage("which gateway? Name it with --gateway ID|NAME or --url URL")),
        }
    }

    /// The gateway that is meant, or all registered ones.
    pub(super) async fn one_or_all(&self, context: &Context) -> Result<Vec<Place>, Failure> {
        if self.gateway.is_some() || self.url.is_some() || self.token_file.is_some() || self.insecure_tls {
            return Ok(vec![self.one(context).await?]);
        }
        let fleet = open_fleet(context).await?;
        registered(&fleet).await?.into_iter().map(|row| Place::of(&fleet, row)).collect()
    }

    fn address(&self, url: &str, context: &Context) -> Result<Place, Failure> {
        let identity_file = context.settings.data_dir.join("identity").join("device.json");
        let mut options = ConnectOptions::new(url)?.identity(Arc::new(
            DeviceIdentity::load_or_create(&identity_file)
                .map_err(|error| Failure::usage(format!("device identity: {error}")))?,
        ));
        if let Some(token) = self.token(context)? {
            options = options.token(token);
        }
        if self.insecure_tls {
            options = options.tls(TlsMode::InsecureAcceptAny);
        }
        Ok(Place::Address { options: Box::new(options), identity_file })
    }

    fn token(&self, context: &Context) -> Result<Option<String>, Failure> {
        match &self.token_file {
            Some(path) => read_token(path).map(Some),
            None => Ok(context.variables.get("OPENCLAW_GATEWAY_TOKEN").cloned()),
        }
    }
}

/// The token in a file, without the line's end.
pub(super) fn read_token(path: &std::path::Path) -> Result<String, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::unreadable(path, error))?;
    match text.trim() {
        "" => Err(Failure::unreadable(path, "there is no token in this file")),
        token => Ok(token.to_owned()),
    }
}

impl Place {
    fn of(fleet: &Fleet, row: Gateway) -> Result<Self, Failure> {
        let target = fleet.gateways().target(&row)?;
        Ok(Self::Registered { fleet: fleet.clone(), row: Box::new(row), target })
    }

    /// How people call it.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Registered { row, .. } => &row.name,
            Self::Address { options, .. } => options.endpoint(),
        }
    }

    pub(super) fn url(&self) -> &str {
        match self {
            Self::Registered { row, .. } => &row.url,
            Self::Address { options, .. } => options.endpoint(),
        }
    }

    /// A connection of its own, which closes when dropped. Fails when the first attempt does.
    pub(super) async fn connect(&self) -> Result<(Client, Arc<Connected>), GatewayError> {
        let client = match self {
            Self::Registered { fleet, target, .. } => fleet.gateways().connect(target).await?,
            Self::Address { options, .. } => Client::connect(ConnectOptions::clone(options)).await?,
        };
        let connected = client.info().ok_or(GatewayError::NotConnected { cause: None })?;
        Ok((client, connected))
    }
}

/// The configured installation, for looking: nothing is created or migrated, and no Redis is needed.
async fn open_fleet(context: &Context) -> Result<Fleet, Failure> {
    let settings = &context.settings;
    settings::announce(settings, context.file.as_deref());
    if let DatabaseLocation::Sqlite(path) = &settings.database.location
        && !path.exists()
    {
        let path = path.display();
        let message = format!(
            "there is no database at {path}; start `mission-control-api serve` first, or correct DATABASE_URL or MISSION_CONTROL_DATA_DIR"
        );
        return Err(Failure::new(Exit::Database, message));
    }
    let mut settings = settings.clone();
    settings.database.auto_migrate = false;
    settings.queue.redis_url = None;
    Ok(Fleet::open(&settings).await?)
}

async fn registered(fleet: &Fleet) -> Result<Vec<Gateway>, Failure> {
    Ok(fleet.db().read(gateways::all).await?)
}

/// The gateway of this id, else the only one of this name.
fn named(rows: &[Gateway], wanted: &str) -> Result<Gateway, Failure> {
    if let Some(row) = rows.iter().find(|row| row.id.to_string() == wanted.to_lowercase()) {
        return Ok(row.clone());
    }
    let same = |row: &&Gateway| row.name.trim().eq_ignore_ascii_case(wanted.trim());
    let candidates: Vec<&Gateway> = rows.iter().filter(same).collect();
    let list = |rows: &mut dyn Iterator<Item = &Gateway>| {
        rows.map(|row| format!("\n  {}  {}", row.id, row.name)).collect::<String>()
    };
    match candidates.as_slice() {
        [row] => Ok(Gateway::clone(row)),
        [] if rows.is_empty() => {
            Err(Failure::usage(format!("no gateway is called {wanted}: none is registered")))
        }
        [] => Err(Failure::usage(format!(
            "no gateway is called {wanted}; registered are:{}",
            list(&mut rows.iter())
        ))),
        several => {
            let list = list(&mut several.iter().copied());
            Err(Failure::usage(format!("several gateways are called {wanted}; use the id:{list}")))
        }
    }
}
