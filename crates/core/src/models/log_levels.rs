//! What programs write to their logs for a while.

use diesel::prelude::*;

use super::text_enum::text_enum;
use crate::schema;
use crate::time::Timestamp;

text_enum! {
    /// A program of an installation that runs for long.
    stored Program {
        /// The API server, with all that runs inside of it.
        Api = "api",
        /// A worker of its own.
        Worker = "worker",
        /// A gateway link of its own.
        Gateway = "gateway",
    }
}

/// What all processes of a program log until a time, in place of what their configuration says.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, Identifiable)]
#[diesel(table_name = schema::log_levels, primary_key(program), treat_none_as_default_value = false)]
pub struct LogOverride {
    /// Whose processes.
    pub program: Program,
    /// A level, or a filter with levels by the parts of the program.
    pub filter: String,
    /// Since when.
    pub set_at: Timestamp,
    /// Until when.
    pub expires_at: Timestamp,
}
