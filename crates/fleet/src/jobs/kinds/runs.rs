//! Jobs about what agents do on their gateway.

use mission_control_core::id::{ExecApprovalId, GatewayId, RunId, UserId};
use mission_control_core::models::Lane;
use serde::{Deserialize, Serialize};

use crate::jobs::kind::{ATTEMPTS, About, Kind};

/// Stops a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AbortRun {
    pub(crate) run: RunId,
    pub(crate) gateway: GatewayId,
    /// Who wants it.
    pub(crate) by: Option<UserId>,
}

impl Kind for AbortRun {
    const NAME: &'static str = "run.abort";

    fn lane(&self) -> Lane {
        Lane::Interactive
    }

    fn attempts(&self) -> i32 {
        ATTEMPTS
    }

    fn about(&self) -> About {
        About::Gateway(self.gateway)
    }

    fn group(&self) -> String {
        format!("run:{}", self.run)
    }

    fn only_one_for(&self) -> Option<String> {
        Some(self.run.to_string())
    }
}

/// Tells a gateway what was decided about a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ResolveExec {
    pub(crate) exec: ExecApprovalId,
    pub(crate) gateway: GatewayId,
}

impl Kind for ResolveExec {
    const NAME: &'static str = "exec_approval.resolve";

    fn lane(&self) -> Lane {
        Lane::Interactive
    }

    fn attempts(&self) -> i32 {
        ATTEMPTS
    }

    fn about(&self) -> About {
        About::Gateway(self.gateway)
    }

    fn group(&self) -> String {
        format!("exec_approval:{}", self.exec)
    }

    fn only_one_for(&self) -> Option<String> {
        Some(self.exec.to_string())
    }
}
