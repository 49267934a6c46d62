//! Looking at jobs.

use std::collections::HashMap;
use std::time::Duration;

use diesel::dsl::{count_star, min};
use diesel::prelude::*;
use mission_control_core::id::{AgentId, BoardId, GatewayId, JobId, OrganizationId};
use mission_control_core::models::{Job, JobState, Lane};
use mission_control_core::rules::doctor::work::Dead;
use mission_control_core::schema::{agents, jobs, organizations};
use mission_control_core::time::Timestamp;

use crate::among::{among, not_among};
use crate::circuits;
use crate::conn::{Conn, MultiBackend};
use crate::error::StoreResult;
use crate::page::{Listing, Page, listing};

/// A job that a worker should look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Queryable)]
pub struct Due {
    /// The job.
    pub id: JobId,
    /// Its lane.
    pub lane: Lane,
    /// Since when it is due.
    pub run_at: Timestamp,
    /// The gateway it talks to.
    pub gateway_id: Option<GatewayId>,
}

/// Which jobs are wanted; what is `None` does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct JobFilter {
    /// Whose they are.
    pub organization_id: Option<OrganizationId>,
    /// The state they are in.
    pub state: Option<JobState>,
    /// What they do.
    pub kind: Option<String>,
    /// Their lane.
    pub lane: Option<Lane>,
    /// The agent they are about.
    pub agent_id: Option<AgentId>,
    /// The board they are about.
    pub board_id: Option<BoardId>,
    /// The gateway they talk to.
    pub gateway_id: Option<GatewayId>,
}

/// How many jobs a lane has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LaneDepth {
    /// The lane.
    pub lane: Lane,
    /// Queued and due.
    pub due: i64,
    /// Queued for a later time.
    pub scheduled: i64,
    /// At work.
    pub running: i64,
    /// Failed for good.
    pub dead: i64,
    /// Since when the longest-waiting one is due.
    pub oldest_due: Option<Timestamp>,
}

/// How many jobs ended within some time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Throughput {
    /// Those that succeeded.
    pub succeeded: i64,
    /// Those that failed for good.
    pub dead: i64,
}

/// The job of this id.
///
/// # Errors
/// The database's.
pub fn find(conn: &mut Conn, id: JobId) -> StoreResult<Option<Job>> {
    Ok(jobs::table.find(id).select(jobs::all_columns).first(conn).optional()?)
}

/// The queued or running job with this `dedupe_key`.
///
/// # Errors
/// The database's.
pub fn live(conn: &mut Conn, dedupe_key: &str) -> StoreResult<Option<Job>> {
    Ok(jobs::table
        .filter(jobs::dedupe_key.eq(dedupe_key))
        .filter(among(jobs::state, &[JobState::Queued, JobState::Running]))
        .select(jobs::all_columns)
        .first(conn)
        .optional()?)
}

/// Kind and group of the queued and running jobs of these groups, and of those of these kinds whatever their group.
///
/// # Errors
/// The database's.
pub fn live_about(
    conn: &mut Conn,
    groups: &[String],
    kinds: &[&str],
) -> StoreResult<Vec<(String, Option<String>)>> {
    Ok(jobs::table
        .filter(among(jobs::state, &[JobState::Queued, JobState::Running]))
        .filter(among(jobs::kind, kinds).or(among(jobs::group_key, groups)))
        .distinct()
        .select((jobs::kind, jobs::group_key))
        .load(conn)?)
}

/// The agents of which a job of this kind failed for good since `since`.
///
/// # Errors
/// The database's.
pub fn failed_about(
    conn: &mut Conn,
    kind: &str,
    gateway: GatewayId,
    since: Timestamp,
) -> StoreResult<Vec<AgentId>> {
    let of_gateway = agents::table.filter(agents::gateway_id.eq(gateway)).select(agents::id.nullable());
    let failed: Vec<Option<AgentId>> = jobs::table
        .filter(jobs::finished_at.gt(since))
        .filter(jobs::state.eq(JobState::Dead))
        .filter(jobs::kind.eq(kind))
        .filter(jobs::agent_id.eq_any(of_gateway))
        .distinct()
        .select(jobs::agent_id)
        .load(conn)?;
    Ok(failed.into_iter().flatten().collect())
}

/// Jobs of a lane that wait since before `before` though they need not: queued and due, or left by a worker whose lease
/// ran out. Longest-waiting first, at most `limit`. Left out are jobs of the gateways in `except`, and bulk jobs that an
/// open circuit holds back.
///
/// # Errors
/// The database's.
pub fn due(
    conn: &mut Conn,
    lane: Lane,
    before: Timestamp,
    except: &[GatewayId],
    limit: i64,
) -> StoreResult<Vec<Due>> {
    let mut except = except.to_vec();
    if lane == Lane::Bulk {
        except.extend(held_back(conn)?);
    }
    let queued = jobs::state.eq(JobState::Queued).and(jobs::run_at.le(before));
    let abandoned = jobs::state.eq(JobState::Running).and(jobs::lease_until.le(before));
    Ok(jobs::table
        .filter(queued.or(abandoned))
        .filter(jobs::lane.eq(lane))
        .filter(jobs::gateway_id.is_null().or(not_among(jobs::gateway_id, &except)))
        .order((jobs::run_at.asc(), jobs::id.asc()))
        .limit(limit)
        .select((jobs::id, jobs::lane, jobs::run_at, jobs::gateway_id))
        .load(conn)?)
}

/// The next due jobs of a gateway in a lane, at most `limit`; no bulk ones while its circuit is open.
///
/// # Errors
/// The database's.
pub fn due_of(conn: &mut Conn, gateway: GatewayId, lane: Lane, limit: i64) -> StoreResult<Vec<Due>> {
    if lane == Lane::Bulk && held_back(conn)?.contains(&gateway) {
        return Ok(Vec::new());
    }
    Ok(jobs::table
        .filter(jobs::gateway_id.eq(gateway))
        .filter(jobs::state.eq(JobState::Queued))
        .filter(jobs::run_at.le(Timestamp::now()))
        .filter(jobs::lane.eq(lane))
        .order((jobs::run_at.asc(), jobs::id.asc()))
        .limit(limit)
        .select((jobs::id, jobs::lane, jobs::run_at, jobs::gateway_id))
        .load(conn)?)
}

/// The gateways whose bulk jobs are held back now.
fn held_back(conn: &mut Conn) -> StoreResult<Vec<GatewayId>> {
    let now = Timestamp::now();
    let opened = circuits::opened(conn)?.into_iter();
    Ok(opened
        .filter(|circuit| circuit.open_until.is_some_and(|until| until > now))
        .map(|circuit| circuit.gateway_id)
        .collect())
}

/// The lanes of those of these jobs that are due, and that no worker has taken yet.
///
/// # Errors
/// The database's.
pub fn waiting_among(conn: &mut Conn, ids: &[JobId]) -> StoreResult<Vec<Lane>> {
    Ok(jobs::table
        .filter(among(jobs::id, ids))
        .filter(jobs::state.eq(JobState::Queued))
        .filter(jobs::run_at.le(Timestamp::now()))
        .distinct()
        .select(jobs::lane)
        .load(conn)?)
}

/// How many queued jobs of the same group were enqueued before `job`.
///
/// # Errors
/// The database's.
pub fn ahead(conn: &mut Conn, job: &Job) -> StoreResult<i64> {
    Ok(jobs::table
        .filter(jobs::state.eq(JobState::Queued))
        .filter(jobs::group_key.eq(&job.group_key))
        .filter(jobs::created_at.lt(job.created_at))
        .count()
        .get_result(conn)?)
}

/// How many jobs each lane has, of an organization or of all.
///
/// # Errors
/// The database's.
pub fn depths(conn: &mut Conn, organization: Option<OrganizationId>) -> StoreResult<Vec<LaneDepth>> {
    type Owner = Option<OrganizationId>;
    let is_wanted = |owner: Owner| organization.is_none() || owner == organization;
    let now = Timestamp::now();
    let counts: Vec<(Owner, Lane, JobState, i64)> = jobs::table
        .filter(among(jobs::state, &[JobState::Queued, JobState::Running, JobState::Dead]))
        .group_by((jobs::organization_id, jobs::lane, jobs::state))
        .select((jobs::organization_id, jobs::lane, jobs::state, count_star()))
        .load(conn)?;
    let due: Vec<(Owner, Lane, i64, Option<Timestamp>)> = jobs::table
        .filter(jobs::state.eq(JobState::Queued))
        .filter(jobs::run_at.le(now))
        .group_by((jobs::organization_id, jobs::lane))
        .select((jobs::organization_id, jobs::lane, count_star(), min(jobs::run_at)))
        .load(conn)?;
    let depth = |lane: Lane| {
        let counts = || counts.iter().filter(|row| row.1 == lane && is_wanted(row.0));
        let count = |state| counts().filter(|row| row.2 == state).map(|row| row.3).sum::<i64>();
        let due = || due.iter().filter(|row| row.1 == lane && is_wanted(row.0));
        let due_now = due().map(|row| row.2).sum();
        LaneDepth {
            lane,
            due: due_now,
            scheduled: (count(JobState::Queued) - due_now).max(0),
            running: count(JobState::Running),
            dead: count(JobState::Dead),
            oldest_due: due().filter_map(|row| row.3).min(),
        }
    };
    Ok(Lane::ALL.iter().copied().map(depth).collect())
}

/// How many jobs ended within the last `window`, of an organization or of all.
///
/// # Errors
/// The database's.
pub fn throughput(
    conn: &mut Conn,
    organization: Option<OrganizationId>,
    window: Duration,
) -> StoreResult<Throughput> {
    let ended: Vec<(Option<OrganizationId>, JobState, i64)> = jobs::table
        .filter(jobs::finished_at.gt(Timestamp::now().minus(window)))
        .group_by((jobs::organization_id, jobs::state))
        .select((jobs::organization_id, jobs::state, count_star()))
        .load(conn)?;
    let count = |state| {
        let wanted = |row: &&(Option<OrganizationId>, JobState, i64)| {
            row.1 == state && (organization.is_none() || row.0 == organization)
        };
        ended.iter().filter(wanted).map(|row| row.2).sum()
    };
    Ok(Throughput { succeeded: count(JobState::Succeeded), dead: count(JobState::Dead) })
}

/// How many jobs of each kind failed for good since `since`, with whose they are, in order of that.
///
/// # Errors
/// The database's.
pub fn died_since(conn: &mut Conn, since: Timestamp) -> StoreResult<Vec<Dead>> {
    let died: Vec<(Option<OrganizationId>, String, i64)> = jobs::table
        .filter(jobs::state.eq(JobState::Dead))
        .filter(jobs::finished_at.gt(since))
        .group_by((jobs::organization_id, jobs::kind))
        .order((jobs::organization_id.asc(), jobs::kind.asc()))
        .select((jobs::organization_id, jobs::kind, count_star()))
        .load(conn)?;
    let owners: Vec<OrganizationId> = died.iter().filter_map(|row| row.0).collect();
    let names: HashMap<OrganizationId, String> = organizations::table
        .filter(among(organizations::id, &owners))
        .select((organizations::id, organizations::name))
        .load::<(OrganizationId, String)>(conn)?
        .into_iter()
        .collect();
    // Of an organization that is gone nobody is left to tell but the operator.
    let owner = |id: Option<OrganizationId>| id.and_then(|id| Some((id, names.get(&id)?.clone())));
    Ok(died.into_iter().map(|(id, kind, count)| Dead { organization: owner(id), kind, count }).collect())
}

/// How many jobs there are of each kind in each state.
///
/// # Errors
/// The database's.
pub fn counts(conn: &mut Conn) -> StoreResult<Vec<(String, JobState, i64)>> {
    Ok(jobs::table
        .group_by((jobs::kind, jobs::state))
        .select((jobs::kind, jobs::state, count_star()))
        .load(conn)?)
}

/// Jobs, newest first.
///
/// # Errors
/// The database's.
pub fn list(conn: &mut Conn, filter: &JobFilter, page: Page) -> StoreResult<Listing<Job>> {
    listing!(
        conn,
        &page,
        filtered(filter),
        (Timestamp, JobId)[desc(jobs::created_at), desc(jobs::id)],
        jobs::all_columns,
        texts ["jobs.payload", "jobs.result", "jobs.last_error", "jobs.remedy"]
    )
}

fn filtered(filter: &JobFilter) -> jobs::BoxedQuery<'_, MultiBackend> {
    let mut query = jobs::table.into_boxed();
    if let Some(organization) = filter.organization_id {
        query = query.filter(jobs::organization_id.eq(organization));
    }
    if let Some(state) = filter.state {
        query = query.filter(jobs::state.eq(state));
    }
    if let Some(kind) = &filter.kind {
        query = query.filter(jobs::kind.eq(kind));
    }
    if let Some(lane) = filter.lane {
        query = query.filter(jobs::lane.eq(lane));
    }
    if let Some(agent) = filter.agent_id {
        query = query.filter(jobs::agent_id.eq(agent));
    }
    if let Some(board) = filter.board_id {
        query = query.filter(jobs::board_id.eq(board));
    }
    if let Some(gateway) = filter.gateway_id {
        query = query.filter(jobs::gateway_id.eq(gateway));
    }
    query
}
