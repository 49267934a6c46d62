//! What models used.

use mission_control_core::time::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

/// What models used in a span of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct UsageReport {
    /// From this time.
    pub from: Timestamp,
    /// Until before this time.
    pub to: Timestamp,
    /// The sum, of all groups.
    pub total: UsageTotals,
    /// The groups, in the order of what they are put together by.
    pub groups: Vec<UsageGroup>,
    /// Whether there are more groups than are told.
    pub truncated: bool,
}

/// What was used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct UsageTotals {
    /// Runs that it was used in.
    pub runs: i64,
    /// Calls of models; where a gateway tells the sums of a session alone, such sums.
    pub calls: i64,
    /// Tokens read, and not from a cache. The four numbers have no token in common.
    pub input_tokens: i64,
    /// Tokens written.
    pub output_tokens: i64,
    /// Tokens read from the provider's cache.
    pub cache_read_tokens: i64,
    /// Tokens written to the provider's cache.
    pub cache_write_tokens: i64,
    /// All tokens.
    pub total_tokens: i64,
    /// The cost in millionths of a US dollar, as the gateways count; `null` where nothing has a price.
    pub cost_micros: Option<i64>,
    /// Calls without a price, which the cost leaves out.
    pub unpriced_calls: i64,
}

/// What was used, of one group. What the groups are not put together by is `null`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct UsageGroup {
    /// The day, UTC.
    #[schema(example = "2026-11-23")]
    pub day: Option<String>,
    /// The agent.
    pub agent_id: Option<String>,
    /// What it is called; `null` when it is gone.
    pub agent_name: Option<String>,
    /// The board; blank for what is no board's.
    pub board_id: Option<String>,
    /// What it is called; `null` when it is gone.
    pub board_name: Option<String>,
    /// The task; blank for what is about no task.
    pub task_id: Option<String>,
    /// Its key; `null` when it is gone.
    #[schema(example = "REL-12")]
    pub task_key: Option<String>,
    /// Its title; `null` when it is gone.
    pub task_title: Option<String>,
    /// Who runs the model.
    pub provider: Option<String>,
    /// The model.
    pub model: Option<String>,
    /// What was used.
    #[serde(flatten)]
    pub used: UsageTotals,
}

impl UsageReport {
    /// The groups as comma-separated values, with a line of names before them.
    pub fn csv(&self) -> String {
        let head = "day,agent_id,agent_name,board_id,board_name,task_id,task_key,task_title,provider,model,runs,calls,input_tokens,\
                    output_tokens,cache_read_tokens,cache_write_tokens,total_tokens,cost_usd,unpriced_calls";
        let mut lines = vec![head.to_owned()];
        for group in &self.groups {
            let words = [
                &group.day,
                &group.agent_id,
                &group.agent_name,
                &group.board_id,
                &group.board_name,
                &group.task_id,
                &group.task_key,
                &group.task_title,
                &group.provider,
                &group.model,
            ];
            let used = group.used;
            let cost =
                used.cost_micros.map(|micros| format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000));
            let numbers = [
                used.runs,
                used.calls,
                used.input_tokens,
                used.output_tokens,
                used.cache_read_tokens,
                used.cache_write_tokens,
                used.total_tokens,
            ];
            let cells = words
                .into_iter()
                .map(|word| cell(word.as_deref().unwrap_or_default()))
                .chain(numbers.map(|number| number.to_string()))
                .chain([cost.unwrap_or_default(), used.unpriced_calls.to_string()]);
            lines.push(cells.collect::<Vec<_>>().join(","));
        }
        lines.join("\r\n") + "\r\n"
    }
}

/// A text as a cell. One that a spreadsheet would take for a formula is kept from being one.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    match text.contains(['"', ',', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("stub-1", "stub-1")]
    #[case("a, \"b\"", "\"a, \"\"b\"\"\"")]
    #[case("=1+1", "'=1+1")]
    #[case("", "")]
    fn a_cell_is_a_text_and_no_formula(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(cell(text), expected);
    }

    #[test]
    fn a_report_is_a_table() {
        let used = UsageTotals { calls: 2, cost_micros: Some(1_013_468), ..UsageTotals::default() };
        let group = UsageGroup { model: Some("m,1".to_owned()), used, ..UsageGroup::default() };
        let (from, to) = (Timestamp::now(), Timestamp::now());
        let report = UsageReport { from, to, total: used, groups: vec![group], truncated: false };
        let csv = report.csv();
        assert_eq!(csv.lines().nth(1), Some(",,,,,,,,,\"m,1\",0,2,0,0,0,0,0,1.013468,0"));
    }
}
