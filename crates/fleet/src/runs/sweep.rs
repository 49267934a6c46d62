//! Runs of which nothing is heard.

use std::time::Duration;

use mission_control_core::id::GatewayId;
use mission_control_core::limits::RUNS_AT_ONCE;
use mission_control_core::models::{Run, RunReason, RunState};
use mission_control_core::rules::runs::RunFact;
use mission_control_core::time::Timestamp;
use mission_control_store::{StoreError, runs};

use super::abort::note_end;
use crate::fleet::Fleet;

/// How long a run may be silent while its gateway is connected.
const SILENT: Duration = Duration::from_secs(600);
/// The same while it waits for somebody.
const SILENT_WHILE_WAITING: Duration = Duration::from_secs(3600);
/// How long nothing may be known of a run while its gateway is away.
const UNHEARD: Duration = Duration::from_secs(120);
/// How long a run may stay without a trace.
const LOST: Duration = Duration::from_secs(24 * 3600);
/// The same after its gateway is back: its history has told by then what became of it.
const LOST_AFTER_RETURN: Duration = Duration::from_secs(600);

/// Looks at the open runs of a gateway, which is connected for `up`, or is away. Returns the sessions of runs that are
/// silent: their histories may tell more.
///
/// # Errors
/// The database's.
pub async fn sweep(
    fleet: &Fleet,
    gateway: GatewayId,
    up: Option<Duration>,
) -> Result<Vec<String>, StoreError> {
    let now = Timestamp::now();
    let before = now.minus(UNHEARD);
    let open = fleet.db().read(move |conn| runs::open_of(conn, gateway, before, RUNS_AT_ONCE)).await?;
    let mut silent = Vec::new();
    for run in open {
        let Some(fact) = conclusion(&run, up, now) else { continue };
        if fact == RunFact::Unheard(RunReason::Silent) && !silent.contains(&run.session_key) {
            silent.push(run.session_key.clone());
        }
        fleet.db().write(move |tx| note_end(tx, run.id, &fact)).await?;
    }
    Ok(silent)
}

/// What follows from silence.
fn conclusion(run: &Run, up: Option<Duration>, now: Timestamp) -> Option<RunFact> {
    let silent = now.since(run.last_event_at);
    let returned = up.is_some_and(|up| up > LOST_AFTER_RETURN && silent > LOST_AFTER_RETURN);
    match (run.state, run.reason) {
        (RunState::Stale, _) if silent > LOST => Some(RunFact::GivenUp),
        (RunState::Stale, Some(RunReason::LinkLost)) if returned => Some(RunFact::GivenUp),
        (RunState::Stale, _) => None,
        _ if up.is_none() => Some(RunFact::Unheard(RunReason::LinkLost)),
        (RunState::WaitingApproval | RunState::WaitingInput, _) => {
            (silent > SILENT_WHILE_WAITING).then_some(RunFact::Unheard(RunReason::Silent))
        }
        _ => (silent > SILENT).then_some(RunFact::Unheard(RunReason::Silent)),
    }
}

#[cfg(test)]
mod tests {
    use mission_control_core::id::{AgentId, OrganizationId};
    use rstest::rstest;

    use super::*;

    const MINUTE: u64 = 60;

    #[rstest]
    #[case::at_work(RunState::Running, None, 5 * MINUTE, Some(3600), None)]
    #[case::silent(RunState::Running, None, 11 * MINUTE, Some(3600), Some(RunFact::Unheard(RunReason::Silent)))]
    #[case::waits(RunState::WaitingApproval, None, 11 * MINUTE, Some(3600), None)]
    #[case::away(RunState::Running, None, 3 * MINUTE, None, Some(RunFact::Unheard(RunReason::LinkLost)))]
    #[case::known(RunState::Stale, Some(RunReason::LinkLost), 30 * MINUTE, None, None)]
    #[case::back(RunState::Stale, Some(RunReason::LinkLost), 30 * MINUTE, Some(5 * MINUTE), None)]
    #[case::gone(RunState::Stale, Some(RunReason::LinkLost), 30 * MINUTE, Some(11 * MINUTE), Some(RunFact::GivenUp))]
    #[case::long_gone(RunState::Stale, Some(RunReason::Silent), 25 * 60 * MINUTE, None, Some(RunFact::GivenUp))]
    fn silence_is_told_and_in_the_end_believed(
        #[case] state: RunState,
        #[case] reason: Option<RunReason>,
        #[case] silent: u64,
        #[case] up: Option<u64>,
        #[case] expected: Option<RunFact>,
    ) {
        let now = Timestamp::now();
        let heard = now.minus(Duration::from_secs(silent));
        let mut run = Run::new(OrganizationId::random(), GatewayId::random(), AgentId::random(), "s", heard);
        (run.state, run.reason) = (state, reason);
        assert_eq!(conclusion(&run, up.map(Duration::from_secs), now), expected);
    }
}
