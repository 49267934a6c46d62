//! How many tasks a column of a board is to have at most.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::limits::WIP_LIMIT;
use crate::models::{Board, TaskStatus};

/// Maxima that make no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WipFault {
    /// There is no such column.
    #[error("There is no column `{0}`: inbox, in_progress, review and done have limits.")]
    Column(String),
    /// A maximum that is none.
    #[error("The limit of `{0}` is a number from 1 to 10000, or null for none.")]
    Number(String),
}

/// The maxima as they are kept: those of columns that have one.
///
/// # Errors
/// [`WipFault`].
pub fn kept(given: &Map<String, Value>) -> Result<Value, WipFault> {
    let mut limits = Map::new();
    for (column, limit) in given {
        let status: TaskStatus = column.parse().map_err(|_| WipFault::Column(column.clone()))?;
        match limit.as_i64() {
            _ if limit.is_null() => {}
            Some(most) if (1..=WIP_LIMIT).contains(&most) => {
                drop(limits.insert(status.as_str().to_owned(), most.into()))
            }
            _ => return Err(WipFault::Number(column.clone())),
        }
    }
    Ok(limits.into())
}

/// The maxima of a board, by column.
pub fn limits(board: &Board) -> BTreeMap<&'static str, i64> {
    let of = |status: &TaskStatus| Some((status.as_str(), limit(board, *status)?));
    TaskStatus::ALL.iter().filter_map(of).collect()
}

/// The maximum of a column, if it has one.
pub fn limit(board: &Board, status: TaskStatus) -> Option<i64> {
    board.wip_limits.as_ref()?.get(status.as_str())?.as_i64().filter(|most| (1..=WIP_LIMIT).contains(most))
}

/// The maximum that keeps an agent from putting another task into a column that has so many already.
pub fn refuses(board: &Board, status: TaskStatus, there: i64) -> Option<i64> {
    limit(board, status).filter(|most| board.wip_refuses_agents && there >= *most)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;
    use crate::id::OrganizationId;

    fn board(limits: Value, refuses: bool) -> Board {
        let board = Board::new(OrganizationId::random(), "b", "b");
        Board { wip_limits: Some(limits), wip_refuses_agents: refuses, ..board }
    }

    #[rstest]
    #[case(json!({}), Ok(json!({})))]
    #[case(json!({ "review": 3, "done": null }), Ok(json!({ "review": 3 })))]
    #[case(json!({ "doing": 3 }), Err(WipFault::Column("doing".to_owned())))]
    #[case(json!({ "review": 0 }), Err(WipFault::Number("review".to_owned())))]
    #[case(json!({ "review": 1.5 }), Err(WipFault::Number("review".to_owned())))]
    #[case(json!({ "review": 10_001 }), Err(WipFault::Number("review".to_owned())))]
    fn limits_are_small_numbers_of_columns(#[case] given: Value, #[case] then: Result<Value, WipFault>) {
        assert_eq!(kept(given.as_object().unwrap()), then);
    }

    #[rstest]
    #[case::room(true, 2, None)]
    #[case::full(true, 3, Some(3))]
    #[case::overfull(true, 4, Some(3))]
    #[case::only_shown(false, 4, None)]
    fn a_full_column_refuses_agents_where_the_board_says_so(
        #[case] refuses_agents: bool,
        #[case] there: i64,
        #[case] most: Option<i64>,
    ) {
        let board = board(json!({ "review": 3 }), refuses_agents);
        assert_eq!(refuses(&board, TaskStatus::Review, there), most);
        assert_eq!(refuses(&board, TaskStatus::Inbox, 1_000), None);
        assert_eq!(limits(&board), BTreeMap::from([("review", 3)]));
    }

    #[test]
    fn what_is_no_limit_limits_nothing() {
        for odd in [json!(null), json!([1]), json!({ "review": "3" }), json!({ "review": -1 })] {
            assert_eq!(limit(&board(odd, true), TaskStatus::Review), None);
        }
    }
}
