//! The handle that every use-case takes: database, queue, secrets, gateways.

use std::sync::Arc;

use mission_control_core::config::{DatabaseLocation, Settings};
use mission_control_core::id::{OrganizationId, UserId};
use mission_control_core::limits::PASSWORDS_AT_ONCE;
use mission_control_core::models::DeviceIdentity as IdentityRow;
use mission_control_core::time::Timestamp;
use mission_control_gateway_rpc::DeviceIdentity;
use mission_control_mail::Mailer;
use mission_control_queue::Queue;
use mission_control_store::vault::Vault;
use mission_control_store::{Db, DbOptions, StoreError, device_identities, migrate, private};
use secrecy::ExposeSecret;
use tokio::sync::{Notify, Semaphore};

use crate::error::OpenError;
use crate::reach::GatewayPool;

/// The one identity of an installation.
pub(crate) const IDENTITY: &str = "default";

/// Everything that use-cases need. Cheap to clone.
#[derive(Clone)]
pub struct Fleet(Arc<Inner>);

struct Inner {
    settings: Settings,
    db: Db,
    queue: Queue,
    vault: Arc<Vault>,
    gateways: GatewayPool,
    mailer: Option<Mailer>,
    passwords: Semaphore,
    rounds: Notify,
}

/// On whose behalf a use-case runs. What that person may do is checked before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Caller {
    /// The organization they act in; nothing outside of it exists for them.
    pub organization: OrganizationId,
    /// The person; none for agents and the product itself.
    pub user: Option<UserId>,
}

impl Fleet {
    /// Opens everything that `settings` name: creates the data directory, migrates where allowed, makes the device
    /// identity on the first start.
    ///
    /// # Errors
    /// [`OpenError`], one line with the fix.
    pub async fn open(settings: &Settings) -> Result<Self, OpenError> {
        create_private_dir(&settings.data_dir)?;
        let vault = Arc::new(open_vault(settings)?);
        let mailer = settings.mail.as_ref().map(Mailer::new).transpose()?;
        let queue = Queue::open(&settings.queue).await?;
        let options = DbOptions::from(&settings.database);
        prepare_schema(&options, settings.database.auto_migrate).await?;
        let db = Db::open(options, queue.hook())
            .await
            .map_err(|error| unreachable(&settings.database.location, &error))?;
        let identity = device_identity(&db, &vault).await?;
        let gateways =
            GatewayPool::new(db.clone(), Arc::clone(&vault), Arc::new(identity), &settings.gateway).map_err(
                |error| OpenError::Identity {
                    reason: format!("no threads for gateway connections: {error}"),
                },
            )?;
        let cleaned = gateways.clean_addresses().await;
        cleaned.map_err(|error| unreachable(&settings.database.location, &error))?;
        Ok(Self(Arc::new(Inner {
            settings: settings.clone(),
            db,
            queue,
            vault,
            gateways,
            mailer,
            passwords: Semaphore::new(PASSWORDS_AT_ONCE),
            rounds: Notify::new(),
        })))
    }

    /// The configuration.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// Job lanes and wake-ups.
    pub fn queue(&self) -> &Queue {
        &self.0.queue
    }

    /// Seals and opens stored secrets.
    pub fn vault(&self) -> &Vault {
        &self.0.vault
    }

    /// Connections to gateways.
    pub fn gateways(&self) -> &GatewayPool {
        &self.0.gateways
    }

    /// What sends letters; `None` where nothing does.
    pub(crate) fn mailer(&self) -> Option<&Mailer> {
        self.0.mailer.as_ref()
    }

    /// Whether letters are sent from here.
    pub fn sends_mail(&self) -> bool {
        self.0.mailer.is_some()
    }

    /// Whose turn it is to compute with a password.
    pub(crate) fn passwords(&self) -> &Semaphore {
        &self.0.passwords
    }

    /// Says that this process looks into the database now, as it does every few seconds: who has something to look at that no
    /// wake-up tells of does so too.
    pub fn begin_round(&self) {
        self.0.rounds.notify_waiters();
    }

    /// The next such round; never where this process has none.
    pub async fn next_round(&self) {
        self.0.rounds.notified().await;
    }

    /// Closes the gateway connections of this process.
    pub fn shutdown(&self) {
        self.0.gateways.close();
    }
}

fn create_private_dir(path: &std::path::Path) -> Result<(), OpenError> {
    private::directory(path)
        .map_err(|error| OpenError::DataDir { path: path.display().to_string(), reason: error.to_string() })
}

fn open_vault(settings: &Settings) -> Result<Vault, OpenError> {
    match &settings.secrets_key {
        Some(key) => Ok(Vault::new(key)),
        None => Vault::load_or_create(&settings.data_dir.join("secrets-key"))
            .map_err(|error| OpenError::Secrets { reason: error.to_string() }),
    }
}

async fn prepare_schema(options: &DbOptions, auto_migrate: bool) -> Result<(), OpenError> {
    let location = || options.location.to_string();
    let failed = |error: StoreError| match error {
        StoreError::Migration(reason) => OpenError::Migration { location: location(), reason },
        other => unreachable(&options.location, &other),
    };
    if auto_migrate {
        for version in migrate::up(options).await.map_err(failed)? {
            tracing::info!(migration = version, "schema migrated");
        }
        return Ok(());
    }
    match migrate::status(options).await.map_err(failed)?.pending.len() {
        0 => Ok(()),
        count => Err(OpenError::MigrationsPending { location: location(), count }),
    }
}

fn unreachable(location: &DatabaseLocation, error: &StoreError) -> OpenError {
    OpenError::Database { location: location.to_string(), reason: error.to_string() }
}

/// The installation's identity: all processes share the one in the database.
async fn device_identity(db: &Db, vault: &Arc<Vault>) -> Result<DeviceIdentity, OpenError> {
    let stored = db
        .read(|conn| device_identities::find(conn, IDENTITY))
        .await
        .map_err(|error: StoreError| OpenError::Identity { reason: error.to_string() })?;
    let row = match stored {
        Some(row) => row,
        None => {
            let row = new_identity(vault)?;
            db.write(move |tx| device_identities::insert_if_absent(tx, &row))
                .await
                .map_err(|error: StoreError| OpenError::Identity { reason: error.to_string() })?
        }
    };
    let json = vault.open(IdentityRow::KEY_COLUMN, &row.name, &row.private_key).map_err(|error| {
        OpenError::Secrets { reason: format!("the device identity cannot be opened: {error}") }
    })?;
    DeviceIdentity::from_json(json.expose_secret())
        .map_err(|error| OpenError::Identity { reason: error.to_string() })
}

fn new_identity(vault: &Vault) -> Result<IdentityRow, OpenError> {
    let identity_error = |reason: String| OpenError::Identity { reason };
    let identity = DeviceIdentity::generate().map_err(|error| identity_error(error.to_string()))?;
    let json = identity.to_json().map_err(|error| identity_error(error.to_string()))?;
    Ok(IdentityRow {
        name: IDENTITY.to_owned(),
        device_id: identity.device_id().to_owned(),
        public_key: identity.public_key(),
        private_key: vault.seal(IdentityRow::KEY_COLUMN, IDENTITY, json.expose_secret()),
        created_at: Timestamp::now(),
    })
}
