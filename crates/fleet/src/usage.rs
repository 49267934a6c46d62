//! What models used, by agent, board, task, model and day.

use std::collections::HashMap;

use mission_control_core::id::TaskId;
use mission_control_core::limits::{LIST_BYTES, USAGE_GROUPS, within};
use mission_control_core::rules::task_key;
use mission_control_shapes::{UsageGroup, UsageReport, UsageTotals};
use mission_control_store::agents::AgentFilter;
use mission_control_store::boards::BoardFilter;
use mission_control_store::usage::{self, UsageBy, UsageFilter, UsageSum};
use mission_control_store::{Conn, Page, StoreError, StoreResult, agents, boards, tasks};

use crate::fleet::Fleet;

/// What `filter` finds, put together by up to three things.
///
/// # Errors
/// The database's.
pub async fn report(
    fleet: &Fleet,
    filter: UsageFilter,
    by: [Option<UsageBy>; 3],
) -> Result<UsageReport, StoreError> {
    fleet.db().read(move |conn| read(conn, &filter, by)).await
}

fn read(conn: &mut Conn, filter: &UsageFilter, by: [Option<UsageBy>; 3]) -> StoreResult<UsageReport> {
    let total = usage::sums(conn, filter, [None; 3], 1)?.first().map(totals).unwrap_or_default();
    let sums = usage::sums(conn, filter, by, USAGE_GROUPS + 1)?;
    let found = sums.len();
    let mut names: HashMap<String, String> = HashMap::new();
    if by.contains(&Some(UsageBy::Agent)) {
        let all = agents::list(conn, &AgentFilter::of(filter.organization_id), Page::ALL)?.items;
        names.extend(all.into_iter().map(|agent| (agent.id.to_string(), agent.name)));
    }
    if by.contains(&Some(UsageBy::Board)) {
        let all = boards::list(conn, &BoardFilter::of(filter.organization_id), Page::ALL)?.items;
        names.extend(all.into_iter().map(|board| (board.id.to_string(), board.name)));
    }
    let mut groups: Vec<UsageGroup> = sums.iter().map(|sum| group(sum, by, &names)).collect();
    if by.contains(&Some(UsageBy::Task)) {
        name_tasks(conn, &mut groups)?;
    }
    let groups = within(groups, USAGE_GROUPS as usize, LIST_BYTES);
    Ok(UsageReport { from: filter.from, to: filter.to, total, truncated: groups.len() < found, groups })
}

/// Says what the tasks are called that are still there.
fn name_tasks(conn: &mut Conn, groups: &mut [UsageGroup]) -> StoreResult<()> {
    let of = |group: &UsageGroup| group.task_id.as_deref().and_then(|id| id.parse::<TaskId>().ok());
    let ids: Vec<TaskId> = groups.iter().filter_map(of).collect();
    let found = tasks::names(conn, &ids)?;
    let names: HashMap<TaskId, _> =
        found.into_iter().map(|(id, prefix, n, title)| (id, (prefix, n, title))).collect();
    for group in groups {
        let Some((prefix, number, title)) = of(group).and_then(|id| names.get(&id)) else { continue };
        group.task_key = prefix.as_deref().map(|prefix| task_key::key(prefix, *number));
        group.task_title = Some(title.clone());
    }
    Ok(())
}

fn group(sum: &UsageSum, by: [Option<UsageBy>; 3], names: &HashMap<String, String>) -> UsageGroup {
    let mut group = UsageGroup { used: totals(sum), ..UsageGroup::default() };
    let keys = [&sum.keys.0, &sum.keys.1, &sum.keys.2];
    for (by, key) in by.into_iter().zip(keys) {
        let Some(by) = by else { continue };
        let (place, name) = match by {
            UsageBy::Day => (&mut group.day, None),
            UsageBy::Agent => (&mut group.agent_id, Some(&mut group.agent_name)),
            UsageBy::Board => (&mut group.board_id, Some(&mut group.board_name)),
            UsageBy::Task => (&mut group.task_id, None),
            UsageBy::Provider => (&mut group.provider, None),
            UsageBy::Model => (&mut group.model, None),
        };
        *place = Some(key.clone());
        if let Some(name) = name {
            *name = names.get(key).cloned();
        }
    }
    group
}

fn totals(sum: &UsageSum) -> UsageTotals {
    let UsageSum { input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, .. } = *sum;
    UsageTotals {
        runs: sum.runs,
        calls: sum.calls,
        input_tokens,
        output_tokens,
        cache_read_tokens,
        cache_write_tokens,
        total_tokens: input_tokens
            .saturating_add(output_tokens)
            .saturating_add(cache_read_tokens)
            .saturating_add(cache_write_tokens),
        cost_micros: sum.cost_micros,
        unpriced_calls: sum.unpriced_calls,
    }
}
