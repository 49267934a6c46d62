//! Spans for those who collect traces.

/// Target of the spans of calls.
pub const TRACE: &str = "mission_control_trace";
