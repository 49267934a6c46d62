//! Jobs about what agents do on their gateway.

use mission_control_core::id::{AgentMessageId, BudgetId, ExecApprovalId, GatewayId, RunId, UserId};
use mission_control_core::rules::whom::Whom;
use mission_control_core::time::Timestamp;
use serde::{Deserialize, Serialize};

use crate::jobs::kind::{About, Kind, Terms};

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

    fn terms(&self) -> Terms {
        Terms::URGENT
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

/// Stops what agents do on a gateway.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct StopAgents {
    pub(crate) gateway: GatewayId,
    pub(crate) whom: Whom,
    /// Who wants it; nobody where a rule does.
    pub(crate) by: Option<UserId>,
    /// What begins after this goes on.
    pub(crate) ordered_at: Timestamp,
}

impl Kind for StopAgents {
    const NAME: &'static str = "agents.stop";

    fn terms(&self) -> Terms {
        Terms::URGENT
    }

    fn about(&self) -> About {
        About::Gateway(self.gateway)
    }

    // Not the group of the gateway: what brings agents onto it does not wait for this, nor this for that.
    fn group(&self) -> String {
        format!("stop:{}", self.gateway)
    }
}

/// Says something in the session of a run that goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SteerRun {
    pub(crate) run: RunId,
    /// What is said, and its receipt.
    pub(crate) message: AgentMessageId,
    pub(crate) gateway: GatewayId,
    /// Who says it.
    pub(crate) by: UserId,
}

impl Kind for SteerRun {
    const NAME: &'static str = "run.steer";

    fn terms(&self) -> Terms {
        Terms::URGENT
    }

    fn about(&self) -> About {
        About::Gateway(self.gateway)
    }

    fn group(&self) -> String {
        format!("run:{}", self.run)
    }

    fn only_one_for(&self) -> Option<String> {
        Some(self.message.to_string())
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

    fn terms(&self) -> Terms {
        Terms::URGENT
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

/// Brings a budget to the stage that it has come to. Each is a job of its own: one that runs already may have looked before
/// the last entry of the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SettleBudget {
    pub(crate) budget: BudgetId,
}

impl Kind for SettleBudget {
    const NAME: &'static str = "budget.settle";

    fn terms(&self) -> Terms {
        Terms::ATTENDED
    }

    fn about(&self) -> About {
        About::Other(format!("budget:{}", self.budget))
    }
}

/// Looks at every budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SweepBudgets {}

impl Kind for SweepBudgets {
    const NAME: &'static str = "budgets.sweep";

    fn terms(&self) -> Terms {
        Terms::RECURRING
    }

    fn about(&self) -> About {
        About::Other("budgets".to_owned())
    }

    fn only_one_for(&self) -> Option<String> {
        Some("all".to_owned())
    }
}

/// Looks at the tasks in progress whose agents do nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SettleStale {}

impl Kind for SettleStale {
    const NAME: &'static str = "tasks.stale";

    fn terms(&self) -> Terms {
        Terms::RECURRING
    }

    fn about(&self) -> About {
        About::Other("tasks".to_owned())
    }

    fn only_one_for(&self) -> Option<String> {
        Some("all".to_owned())
    }
}

/// Judges the runs that have ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct JudgeRuns {}

impl Kind for JudgeRuns {
    const NAME: &'static str = "runs.judge";

    fn terms(&self) -> Terms {
        Terms::RECURRING
    }

    fn about(&self) -> About {
        About::Other("runs".to_owned())
    }

    fn only_one_for(&self) -> Option<String> {
        Some("all".to_owned())
    }
}
