//! What a gateway is asked to stop.
//!
//! A gateway stops whatever runs in a session, also what we have not heard of. When the order reaches it late, something may
//! have begun there after the order was given: then only what began before is stopped, run by run.

use crate::models::Run;
use crate::time::Timestamp;

/// Something that a gateway is asked to stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Abort {
    /// The session.
    pub session: String,
    /// The gateway's name of the run; none for whatever runs in the session.
    pub run: Option<String>,
}

/// What to ask for to stop, in these `sessions` and wherever else one of the `open` runs is, what began by `ordered_at`.
pub fn aborts(sessions: &[String], open: &[Run], ordered_at: Timestamp) -> Vec<Abort> {
    let mut all: Vec<&str> = sessions.iter().map(String::as_str).collect();
    all.extend(open.iter().map(|run| run.session_key.as_str()));
    all.sort_unstable();
    all.dedup();
    all.into_iter().flat_map(|session| in_session(session, open, ordered_at)).collect()
}

fn in_session(session: &str, open: &[Run], ordered_at: Timestamp) -> Vec<Abort> {
    let here = || open.iter().filter(|run| run.session_key == session);
    let abort = |run: Option<String>| Abort { session: session.to_owned(), run };
    if here().all(|run| is_meant(run, ordered_at)) {
        return vec![abort(None)];
    }
    let meant = here().filter(|run| is_meant(run, ordered_at));
    meant.filter_map(|run| run.gateway_run_id.clone()).map(|run| abort(Some(run))).collect()
}

/// Whether a run had begun when it was ordered to stop everything.
pub fn is_meant(run: &Run, ordered_at: Timestamp) -> bool {
    run.created_at <= ordered_at
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::id::{AgentId, GatewayId, OrganizationId};

    fn run(session: &str, name: &str, at: Timestamp) -> Run {
        let ids = (OrganizationId::random(), GatewayId::random(), AgentId::random());
        Run { gateway_run_id: Some(name.to_owned()), ..Run::new(ids.0, ids.1, ids.2, session, at) }
    }

    fn abort(session: &str, run: Option<&str>) -> Abort {
        Abort { session: session.to_owned(), run: run.map(str::to_owned) }
    }

    #[test]
    fn whatever_runs_in_a_session_is_stopped_known_or_not() {
        let now = Timestamp::now();
        let before = now.minus(Duration::from_secs(60));
        let open = [run("main", "a", before), run("cron", "b", before)];
        let sessions = ["main".to_owned(), "idle".to_owned()];
        let all = [abort("cron", None), abort("idle", None), abort("main", None)];
        assert_eq!(aborts(&sessions, &open, now), all);
    }

    #[test]
    fn what_began_after_the_order_goes_on() {
        let ordered = Timestamp::now();
        let (before, after) = (ordered.minus(Duration::from_secs(1)), ordered.plus(Duration::from_secs(1)));
        let open = [run("main", "old", before), run("main", "new", after)];
        assert_eq!(aborts(&["main".to_owned()], &open, ordered), [abort("main", Some("old"))]);
        assert_eq!(aborts(&["main".to_owned()], &open[1..], ordered), []);
    }
}
