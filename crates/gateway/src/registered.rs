//! The gateways that are registered now, each with its watch.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use mission_control_core::id::GatewayId;
use mission_control_core::models::Gateway;
use mission_control_fleet::{Fleet, Target};
use mission_control_store::{StoreError, gateways};
use tokio::task::{AbortHandle, JoinSet};

use crate::signs::notice;
use crate::turns;
use crate::watch::watch;

/// Follows registrations, changes and removals. Dropping it ends all watches.
pub(crate) struct Registered {
    fleet: Fleet,
    confirm_every: Duration,
    watched: HashMap<GatewayId, (Target, AbortHandle)>,
    /// Gateways whose stored secrets do not open: said once.
    sealed: HashSet<GatewayId>,
    watches: JoinSet<()>,
}

impl Registered {
    pub(crate) fn new(fleet: Fleet, confirm_every: Duration) -> Self {
        Self {
            fleet,
            confirm_every,
            watched: HashMap::new(),
            sealed: HashSet::new(),
            watches: JoinSet::new(),
        }
    }

    /// Brings the watches in line with what is registered.
    pub(crate) async fn look(&mut self) -> Result<(), StoreError> {
        let rows = self.fleet.db().read(gateways::all).await?;
        self.forget_all_but(&rows);
        for row in &rows {
            self.follow(row).await?;
        }
        Ok(())
    }

    /// Returns when a watch has ended: its connection was replaced, or closed for good. Never when there is none.
    pub(crate) async fn watch_ended(&mut self) {
        if self.watches.join_next().await.is_none() {
            std::future::pending().await
        }
    }

    fn forget_all_but(&mut self, rows: &[Gateway]) {
        let present: HashSet<GatewayId> = rows.iter().map(|row| row.id).collect();
        self.sealed.retain(|id| present.contains(id));
        self.watched.retain(|id, (_, watch)| {
            let stays = present.contains(id);
            if !stays {
                watch.abort();
                self.fleet.gateways().remove(*id);
            }
            stays
        });
    }

    async fn follow(&mut self, row: &Gateway) -> Result<(), StoreError> {
        let target = match self.fleet.gateways().target(row) {
            Ok(target) => target,
            Err(error) => {
                if self.sealed.insert(row.id) {
                    tracing::error!(gateway_id = %row.id, %error, "gateway is not watched");
                }
                return Ok(());
            }
        };
        let watched = self.watched.get(&row.id);
        if watched.is_some_and(|(made_for, watch)| *made_for == target && !watch.is_finished()) {
            return Ok(());
        }
        let client = match self.fleet.gateways().client(row.id, &target) {
            Ok(client) => client,
            Err(error) => return self.fleet.gateways().learn_failure(row, &error).await.map(drop),
        };
        let signs = notice(self.fleet.clone(), row.id, client.events());
        let turns = turns::follow(self.fleet.clone(), row.id, client.clone());
        let watch = watch(self.fleet.clone(), row.id, client, self.confirm_every);
        let watch = self.watches.spawn(async {
            tokio::join!(watch, signs, turns);
        });
        if let Some((_, old)) = self.watched.insert(row.id, (target, watch)) {
            old.abort();
        }
        Ok(())
    }
}
