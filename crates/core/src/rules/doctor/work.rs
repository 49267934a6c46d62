//! Findings about who does the work: Redis, workers, the gateway link, the queue.

use std::time::Duration;

use super::{Finding, FindingCode, Subject};
use crate::id::OrganizationId;
use crate::models::Lane;
use crate::reason::Reason;

/// How long a job may be due before a lane counts as growing, where a worker is alive.
const fn patience(lane: Lane) -> Duration {
    match lane {
        Lane::Interactive => Duration::from_secs(60),
        _ => Duration::from_secs(15 * 60),
    }
}

/// A lane of the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LaneSeen {
    /// Which.
    pub lane: Lane,
    /// Jobs that are due.
    pub due: i64,
    /// For how long the longest-waiting one is.
    pub oldest: Duration,
}

/// Jobs of an organization that failed for good lately.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dead {
    /// Whose they are.
    pub organization: Option<(OrganizationId, String)>,
    /// What they do.
    pub kind: String,
    /// How many.
    pub count: i64,
}

/// What is seen of those who work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What Redis answers, where there is to be one.
    pub redis: Result<(), String>,
    /// Whether worker and link belong to processes of their own.
    pub scaled_out: bool,
    /// Workers that are alive.
    pub workers: usize,
    /// Whether a gateway link is.
    pub link: bool,
    /// The lanes.
    pub lanes: Vec<LaneSeen>,
    /// What died within the last day.
    pub dead: Vec<Dead>,
}

/// A part without which the server answers and what it is asked for is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A worker.
    Worker,
    /// The gateway link.
    Link,
}

impl Part {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Link => "gateway_link",
        }
    }
}

/// The parts that are not there.
pub fn degraded(workers: usize, link: bool) -> Vec<Part> {
    let missing = [(workers == 0, Part::Worker), (!link, Part::Link)];
    missing.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, part)| part).collect()
}

/// Why nothing comes of jobs that somebody waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hindrance {
    /// What the doctor calls it.
    pub code: FindingCode,
    /// What is wrong, and what to do about it.
    pub reason: Reason,
}

impl Hindrance {
    /// Whether it is why a due job of this lane is not taken. A queue that grows is one of jobs that somebody waits for.
    pub fn holds_up(&self, lane: Lane) -> bool {
        self.code == FindingCode::NoWorker || lane == Lane::Interactive
    }
}

/// What keeps the jobs that people and agents wait for from being done soon, if anything does.
pub fn hindrance(workers: usize, lanes: &[LaneSeen], scaled_out: bool) -> Option<Hindrance> {
    if workers == 0 {
        let cause = "It waits for a worker, and none is alive";
        let reason = Reason::new(cause, Some(start_a_worker(scaled_out)));
        return Some(Hindrance { code: FindingCode::NoWorker, reason });
    }
    let attended = |lane: &&LaneSeen| lane.lane == Lane::Interactive;
    let lane = lanes.iter().filter(attended).find(|lane| grows(lane))?;
    let cause = format!("It waits behind {} job(s), the oldest for {} s", lane.due, lane.oldest.as_secs());
    Some(Hindrance { code: FindingCode::QueueGrowing, reason: Reason::new(cause, Some(MORE_WORKERS)) })
}

/// Whether jobs of a lane wait for too long, where a worker is alive.
fn grows(lane: &LaneSeen) -> bool {
    lane.due > 0 && lane.oldest > patience(lane.lane)
}

const MORE_WORKERS: &str =
    "Look at `mission-control-worker queue list`; start further workers, or raise WORKER_CONCURRENCY.";

const fn start_a_worker(scaled_out: bool) -> &'static str {
    if scaled_out {
        "Start one: `systemctl start mission-control-worker`, or `mission-control-worker`; it needs the same \
         DATABASE_URL and RQ_REDIS_URL as the API."
    } else {
        "Start the server (`mission-control-api serve`): without RQ_REDIS_URL it has the worker inside."
    }
}

/// What is wrong.
pub fn findings(seen: &Seen) -> Vec<Finding> {
    let about = |code, evidence: String, cause: &str, remedy: &str| {
        Finding::new(code, Subject::Installation, evidence, cause, remedy)
    };
    let mut found = Vec::new();
    if let Err(reason) = &seen.redis {
        let cause = "Processes do not wake each other: jobs are found by looking every few seconds, and none starts anew";
        let remedy = "Start Redis (`redis-cli ping` answers PONG), or correct RQ_REDIS_URL.";
        found.push(about(FindingCode::RedisUnreachable, reason.clone(), cause, remedy));
    }
    let waiting: i64 = seen.lanes.iter().map(|lane| lane.due).sum();
    for part in degraded(seen.workers, seen.link) {
        found.push(match part {
            Part::Worker => about(
                FindingCode::NoWorker,
                format!("no worker has said that it is alive; {waiting} job(s) are due"),
                "What agents and gateways are to do is not done: agents stay in provisioning, messages are not delivered",
                start_a_worker(seen.scaled_out),
            ),
            Part::Link => about(
                FindingCode::LinkAbsent,
                "no gateway link has said that it is alive".to_owned(),
                "Nobody sees gateways go up and down, or agents at work",
                if seen.scaled_out {
                    "Start one: `systemctl start mission-control-gateway`, or `mission-control-gateway serve`."
                } else {
                    "Start the server (`mission-control-api serve`): without RQ_REDIS_URL it has the link inside."
                },
            ),
        });
    }
    if seen.workers > 0 {
        for lane in seen.lanes.iter().filter(|lane| grows(lane)) {
            let evidence = format!(
                "{} job(s) of lane {} are due, the oldest for {} s",
                lane.due,
                lane.lane,
                lane.oldest.as_secs()
            );
            let cause = "More comes in than is worked off, or what is asked for takes long";
            found.push(about(FindingCode::QueueGrowing, evidence, cause, MORE_WORKERS));
        }
    }
    let mut owners: Vec<_> = seen.dead.iter().map(|dead| dead.organization.clone()).collect();
    owners.dedup();
    found.extend(owners.into_iter().map(|owner| dead(owner.as_ref(), &seen.dead)));
    found
}

fn dead(owner: Option<&(OrganizationId, String)>, all: &[Dead]) -> Finding {
    let own = || all.iter().filter(|dead| dead.organization.as_ref() == owner);
    let kinds: Vec<_> = own().map(|dead| format!("{} × {}", dead.count, dead.kind)).collect();
    let count: i64 = own().map(|dead| dead.count).sum();
    let subject = match owner {
        Some((id, name)) => Subject::Organization(*id, name.clone()),
        None => Subject::Installation,
    };
    Finding::new(
        FindingCode::DeadJobs,
        subject,
        format!("{count} job(s) failed for good within the last day: {}", kinds.join(", ")),
        "They are tried no more by themselves",
        "Look at their causes on the page Jobs, or by `mission-control-worker queue list --state dead`; then queue them \
         again there, or by `mission-control-worker queue retry --dead`.",
    )
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn healthy() -> Seen {
        let lane = LaneSeen { lane: Lane::Interactive, due: 3, oldest: Duration::from_secs(2) };
        Seen { redis: Ok(()), scaled_out: true, workers: 1, link: true, lanes: vec![lane], dead: Vec::new() }
    }

    fn codes(seen: &Seen) -> Vec<FindingCode> {
        findings(seen).iter().map(|finding| finding.code).collect()
    }

    #[rstest]
    #[case(healthy(), &[])]
    #[case(Seen { redis: Err("away".to_owned()), ..healthy() }, &[FindingCode::RedisUnreachable])]
    #[case(Seen { link: false, ..healthy() }, &[FindingCode::LinkAbsent])]
    #[case(Seen { workers: 0, ..healthy() }, &[FindingCode::NoWorker])]
    fn each_part_that_is_missing_is_named(#[case] seen: Seen, #[case] expected: &[FindingCode]) {
        assert_eq!(codes(&seen), expected);
    }

    #[test]
    fn a_lane_grows_when_its_jobs_wait_for_long_beside_a_worker() {
        let lane = |lane, seconds| LaneSeen { lane, due: 5, oldest: Duration::from_secs(seconds) };
        let of = |lanes| Seen { lanes, ..healthy() };
        assert_eq!(codes(&of(vec![lane(Lane::Interactive, 61)])), [FindingCode::QueueGrowing]);
        assert_eq!(codes(&of(vec![lane(Lane::Bulk, 61)])), []);
        assert_eq!(codes(&of(vec![lane(Lane::Bulk, 901)])), [FindingCode::QueueGrowing]);
        let unworked = Seen { workers: 0, ..of(vec![lane(Lane::Bulk, 901)]) };
        assert_eq!(codes(&unworked), [FindingCode::NoWorker], "one cause, one finding");
    }

    #[test]
    fn who_waits_for_a_job_is_hindered_by_the_lack_of_workers_and_by_a_queue_of_jobs_like_it() {
        let lane = |lane, seconds| LaneSeen { lane, due: 5, oldest: Duration::from_secs(seconds) };
        let code = |workers, lane| hindrance(workers, &[lane], true).map(|it| it.code);
        assert_eq!(code(1, lane(Lane::Interactive, 60)), None);
        assert_eq!(code(1, lane(Lane::Interactive, 61)), Some(FindingCode::QueueGrowing));
        assert_eq!(code(1, lane(Lane::Bulk, 10_000)), None, "nobody waits for those");
        assert_eq!(code(0, lane(Lane::Interactive, 61)), Some(FindingCode::NoWorker));
        let growing = hindrance(1, &[lane(Lane::Interactive, 61)], true).unwrap();
        assert!(growing.holds_up(Lane::Interactive) && !growing.holds_up(Lane::Bulk));
        assert!(hindrance(0, &[], true).unwrap().holds_up(Lane::Bulk), "without a worker nothing is done");
        let remedy = |scaled_out| hindrance(0, &[], scaled_out).unwrap().reason.remedy.unwrap();
        assert!(remedy(true).contains("systemctl start mission-control-worker"));
        assert!(remedy(false).contains("mission-control-api serve"));
    }

    #[test]
    fn dead_jobs_are_told_to_those_whose_they_are() {
        let (ours, theirs) = (OrganizationId::random(), OrganizationId::random());
        let dead = |id, kind: &str| Dead {
            organization: Some((id, "O".to_owned())),
            kind: kind.to_owned(),
            count: 2,
        };
        let seen =
            Seen { dead: vec![dead(ours, "a.b"), dead(ours, "c.d"), dead(theirs, "a.b")], ..healthy() };
        let found = findings(&seen);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].subject.organization(), Some(ours));
        assert!(found[0].evidence.starts_with("4 job(s)"), "{}", found[0].evidence);
        assert_eq!(found[1].subject.organization(), Some(theirs));
    }
}
