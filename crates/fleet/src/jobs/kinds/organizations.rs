//! Jobs about boards, organizations and accounts, and about the installation as a whole.

use mission_control_core::id::{BoardId, OrganizationId, SkillPackId, UserId};
use serde::{Deserialize, Serialize};

use crate::jobs::kind::{About, Kind, Terms};

/// Removes a board's agents from their gateway, then the board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DeleteBoard {
    pub(crate) board: BoardId,
}

impl Kind for DeleteBoard {
    const NAME: &'static str = "board.delete";

    fn terms(&self) -> Terms {
        Terms::ATTENDED
    }

    fn about(&self) -> About {
        About::Board(self.board)
    }

    fn only_one_for(&self) -> Option<String> {
        Some(self.board.to_string())
    }
}

/// Removes an organization's agents from their gateways, then the organization.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DeleteOrganization {
    pub(crate) organization: OrganizationId,
}

impl Kind for DeleteOrganization {
    const NAME: &'static str = "organization.delete";

    fn terms(&self) -> Terms {
        Terms::ATTENDED
    }

    fn about(&self) -> About {
        About::Other(format!("organization:{}", self.organization))
    }

    fn only_one_for(&self) -> Option<String> {
        Some(self.organization.to_string())
    }
}

/// Deletes an account, with the organizations that nobody else is in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct DeleteUser {
    pub(crate) user: UserId,
}

impl Kind for DeleteUser {
    const NAME: &'static str = "user.delete";

    fn terms(&self) -> Terms {
        Terms::ATTENDED
    }

    fn about(&self) -> About {
        About::Other(format!("user:{}", self.user))
    }

    fn only_one_for(&self) -> Option<String> {
        Some(self.user.to_string())
    }
}

/// Brings the catalogue of skills up to date with a pack's repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SyncSkillPack {
    pub(crate) pack: SkillPackId,
    pub(crate) organization: OrganizationId,
}

impl Kind for SyncSkillPack {
    const NAME: &'static str = "skill_pack.sync";

    fn terms(&self) -> Terms {
        Terms::ATTENDED
    }

    fn about(&self) -> About {
        About::Other(format!("skill_pack:{}", self.pack))
    }

    fn only_one_for(&self) -> Option<String> {
        Some(self.pack.to_string())
    }
}

/// Deletes what is kept long enough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Prune {}

impl Kind for Prune {
    const NAME: &'static str = "maintenance.prune";

    fn terms(&self) -> Terms {
        Terms::RECURRING
    }

    fn about(&self) -> About {
        About::Other("maintenance".to_owned())
    }
}

/// Takes a backup of the installation, and makes room for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BackUp {}

impl Kind for BackUp {
    const NAME: &'static str = "maintenance.backup";

    fn terms(&self) -> Terms {
        Terms::RECURRING
    }

    fn about(&self) -> About {
        About::Other("backup".to_owned())
    }
}

/// Asks the identity provider whether people whose time has come may still come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RenewSessions {}

impl Kind for RenewSessions {
    const NAME: &'static str = "sessions.renew";

    fn terms(&self) -> Terms {
        Terms::RECURRING
    }

    fn about(&self) -> About {
        About::Other("sessions".to_owned())
    }

    fn only_one_for(&self) -> Option<String> {
        Some("all".to_owned())
    }
}

/// Mails a link for a new password to whoever signs in with this address, if anybody does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct MailReset {
    /// In lower case.
    pub(crate) email: String,
}

impl Kind for MailReset {
    const NAME: &'static str = "account.mail_reset";

    fn terms(&self) -> Terms {
        Terms::URGENT
    }

    fn about(&self) -> About {
        About::Other("mail".to_owned())
    }

    fn only_one_for(&self) -> Option<String> {
        Some(self.email.clone())
    }
}
