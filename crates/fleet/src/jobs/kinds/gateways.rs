//! Jobs about one gateway, or about all of them.

use mission_control_core::id::{BoardId, GatewayId, MarketplaceSkillId, UserId};
use serde::{Deserialize, Serialize};

use crate::jobs::kind::{About, Kind, Terms};

/// Removes a gateway's main agent from it, then the gateway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DeleteGateway {
    pub(crate) gateway: GatewayId,
}

impl Kind for DeleteGateway {
    const NAME: &'static str = "gateway.delete";

    fn terms(&self) -> Terms {
        Terms::ATTENDED
    }

    fn about(&self) -> About {
        About::Gateway(self.gateway)
    }

    fn only_one_for(&self) -> Option<String> {
        Some(self.gateway.to_string())
    }
}

/// Writes the workspace files of a gateway's agents anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SyncTemplates {
    pub(crate) gateway: GatewayId,
    /// The person in USER.md.
    pub(crate) user: Option<UserId>,
    pub(crate) options: SyncOptions,
}

impl Kind for SyncTemplates {
    const NAME: &'static str = "gateway.sync_templates";

    fn terms(&self) -> Terms {
        Terms::ATTENDED
    }

    fn about(&self) -> About {
        About::Gateway(self.gateway)
    }
}

/// What a sync covers and how far it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncOptions {
    /// The gateway's main agent too.
    pub include_main: bool,
    /// Of the agents on boards only the leads.
    pub lead_only: bool,
    /// Start conversations anew.
    pub reset_sessions: bool,
    /// Give every agent a new token, and create again those that the gateway lost.
    pub rotate_tokens: bool,
    /// Write BOOTSTRAP.md even where the first run is over.
    pub force_bootstrap: bool,
    /// Overwrite what agents may have edited (USER.md, MEMORY.md).
    pub overwrite: bool,
    /// Only this board.
    pub board_id: Option<BoardId>,
    /// Only say what would be done.
    #[serde(default)]
    pub dry_run: bool,
}

impl Default for SyncOptions {
    fn default() -> Self {
        Self {
            include_main: true,
            lead_only: false,
            reset_sessions: false,
            rotate_tokens: false,
            force_bootstrap: false,
            overwrite: false,
            board_id: None,
            dry_run: false,
        }
    }
}

/// Makes a gateway's configuration have the settings of its agents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WriteConfig {
    pub(crate) gateway: GatewayId,
}

impl Kind for WriteConfig {
    const NAME: &'static str = "gateway.write_config";

    fn terms(&self) -> Terms {
        Terms::URGENT
    }

    fn about(&self) -> About {
        About::Gateway(self.gateway)
    }
}

/// Has a skill installed on a gateway, or removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SetSkill {
    pub(crate) gateway: GatewayId,
    pub(crate) skill: MarketplaceSkillId,
    /// Whether the gateway is to have it.
    pub(crate) installed: bool,
}

impl Kind for SetSkill {
    const NAME: &'static str = "gateway.set_skill";

    fn terms(&self) -> Terms {
        Terms::ATTENDED
    }

    fn about(&self) -> About {
        About::Gateway(self.gateway)
    }

    fn only_one_for(&self) -> Option<String> {
        Some(format!("{}:{}", self.gateway, self.skill))
    }
}

/// Brings the agents of a gateway to what they shall be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reconcile {
    pub(crate) gateway: GatewayId,
}

impl Kind for Reconcile {
    const NAME: &'static str = "gateway.reconcile";

    fn terms(&self) -> Terms {
        Terms::RECURRING
    }

    fn about(&self) -> About {
        About::Gateway(self.gateway)
    }

    fn only_one_for(&self) -> Option<String> {
        Some(self.gateway.to_string())
    }
}

/// Has every gateway looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReconcileAll {}

impl Kind for ReconcileAll {
    const NAME: &'static str = "fleet.reconcile";

    fn terms(&self) -> Terms {
        Terms::RECURRING
    }

    fn about(&self) -> About {
        About::Other("fleet".to_owned())
    }
}
