//! Words of a closed set.

use mission_control_core::models::{
    ApprovalStatus, Autonomy, BoardLayout, BreakerMode, BudgetMetric, BudgetPeriod, Completion, DriftPolicy,
    ExecApprovalState, ExecDecision, ExecEffect, ExecMatch, HeartbeatPolicy, JobState, Lane, MessageState,
    OutputFormat, RunState, StaleRule, TaskStatus, ThinkingLevel, TokenScope, UpdateCadence, Verbosity,
};
use mission_control_core::rules::metrics::Range;
use mission_control_fleet::coordination::Kind;
use serde_json::Value;
use utoipa::openapi::schema::Type;
use utoipa::openapi::{ObjectBuilder, RefOr, Schema};

use super::{FromInput, Reader};

/// Reads an enum that is one of a few words.
macro_rules! words {
    ($($name:ty),+ $(,)?) => {
        $(impl FromInput for $name {
            type Output = Self;

            fn from_input(value: &Value, reader: &mut Reader) -> Option<Self> {
                match value.as_str().and_then(|text| text.parse().ok()) {
                    Some(word) => Some(word),
                    None => {
                        let known: Vec<_> = Self::ALL.iter().map(|word| word.as_str()).collect();
                        let known = known.join(", ");
                        reader.fail_with("literal_error", format!("Expected one of: {known}."), ("expected", known))
                    }
                }
            }

            fn schema() -> RefOr<Schema> {
                let known = Self::ALL.iter().map(|word| word.as_str());
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some(known)).into()
            }
        })+
    };
}

words!(ApprovalStatus);
words!(Kind);
words!(Autonomy);
words!(BreakerMode);
words!(StaleRule);
words!(ThinkingLevel);
words!(BudgetMetric);
words!(BudgetPeriod);
words!(Completion);
words!(DriftPolicy);
words!(ExecApprovalState);
words!(ExecDecision);
words!(ExecEffect);
words!(ExecMatch);
words!(BoardLayout);
words!(HeartbeatPolicy);
words!(JobState);
words!(Lane);
words!(MessageState);
words!(OutputFormat);
words!(Range);
words!(RunState);
words!(TaskStatus);
words!(TokenScope);
words!(UpdateCadence);
words!(Verbosity);
