//! `exec_approval.resolve`: tells a gateway what was decided about a command.

use mission_control_core::models::{ExecApproval, ExecApprovalState, ExecDecision, Gateway, Job};
use mission_control_core::reason::Reason;
use mission_control_gateway_rpc::{ApprovalDecision, ResolveApproval, RpcErrorKind};
use mission_control_store::{StoreError, exec_approvals, gateways};
use serde_json::{Value, json};

use super::handler::Handler;
use crate::error::{FleetError, JobError};
use crate::exec_approvals::{Outcome, settle, unsent};
use crate::fleet::Fleet;
use crate::jobs::Attempt;
use crate::jobs::kinds::ResolveExec;
use crate::reach::Trouble;
use crate::reach::remote::kind;

impl Handler for ResolveExec {
    async fn run(self, fleet: &Fleet, _: &Attempt) -> Result<Value, JobError> {
        let id = self.exec;
        let found: Result<Option<(ExecApproval, Gateway)>, StoreError> = fleet
            .db()
            .read(move |conn| {
                let Some(exec) = exec_approvals::find(conn, id)? else { return Ok(None) };
                let gateway = gateways::find(conn, exec.gateway_id)?;
                Ok(gateway.map(|gateway| (exec, gateway)))
            })
            .await;
        let Some((exec, gateway)) = found? else { return Ok(json!({ "skipped": "the command is gone" })) };
        let (ExecApprovalState::Sending, Some(decision)) = (exec.state, exec.wanted_decision) else {
            return Ok(json!({ "skipped": "it waits for no decision" }));
        };
        let told = tell(fleet, &gateway, &exec.gateway_approval_id, decision).await;
        let refused = match &told {
            Err(Trouble::Gateway(error)) => kind(error),
            _ => None,
        };
        let outcome = match refused {
            // It was decided elsewhere, and the event is on its way; or it is gone.
            Some(RpcErrorKind::ApprovalNotFound) => Outcome::Gone,
            Some(RpcErrorKind::DecisionUnavailable) => {
                let why = told.err().map(|error| error.reason().to_string()).unwrap_or_default();
                let back: Result<(), StoreError> = fleet.db().write(move |tx| unsent(tx, id, why)).await;
                back?;
                return Ok(json!({ "refused": decision }));
            }
            _ => {
                told.map_err(Trouble::retry_unless_refused)?;
                Outcome::Decided { decision, by: None }
            }
        };
        let noted: Result<(), StoreError> = fleet.db().write(move |tx| settle(tx, id, &outcome)).await;
        noted?;
        Ok(json!({ "decision": decision }))
    }

    async fn gave_up(self, fleet: &Fleet, _: &Job, why: &Reason) -> Result<(), FleetError> {
        let (id, why) = (self.exec, why.to_string());
        Ok(fleet.db().write(move |tx| unsent(tx, id, why)).await?)
    }
}

async fn tell(fleet: &Fleet, gateway: &Gateway, id: &str, decision: ExecDecision) -> Result<(), Trouble> {
    let decision = match decision {
        ExecDecision::Once => ApprovalDecision::AllowOnce,
        ExecDecision::Always => ApprovalDecision::AllowAlways,
        ExecDecision::Deny | ExecDecision::Foreign(_) => ApprovalDecision::Deny,
    };
    let remote = fleet.gateways().remote(gateway).await?;
    remote.ask(&ResolveApproval { id, decision }).await?;
    Ok(())
}
