//! What models used, by agent, board, task, model and day.

use std::collections::HashMap;

use mission_control_core::limits::{LIST_BYTES, USAGE_GROUPS, within};
use mission_control_shapes::{UsageGroup, UsageReport, UsageTotals};
use mission_control_store::agents::AgentFilter;
use mission_control_store::boards::BoardFilter;
use mission_control_store::usage::{self, UsageBy, UsageFilter, UsageSum};
use mission_control_store::{Conn, Page, StoreError, StoreResult, agents, boards};

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
    let groups: Vec<UsageGroup> = sums.iter().map(|sum| group(sum, by, &names)).collect();
    let groups = within(groups, USAGE_GROUPS as usize, LIST_BYTES);
    Ok(UsageReport { from: filter.from, to: filter.to, total, truncated: groups.len() < found, groups })
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
