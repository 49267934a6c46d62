//! One connection type over both back ends, so that a query is written once.
//!
//! What exists on one side only (`FOR UPDATE`, `ON CONFLICT`) is a `match` on [`Conn`] where it is needed.
#![expect(missing_docs, reason = "the derive generates undocumented items")]

use diesel::backend::Backend as DieselBackend;
use diesel::deserialize::{self, FromSql};
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{HasSqlType, Json, Text, Timestamp as SqlTimestamp};
use diesel::sqlite::Sqlite;
use diesel::{PgConnection, SqliteConnection};
use mission_control_core::id::{Entity, Id};
use mission_control_core::models::{
    ActorKind, AgentStatus, ApprovalStatus, BoardLayout, BreakerMode, BudgetMetric, BudgetPeriod,
    BudgetStage, CeremonyKind, ConnectionState, CustomFieldType, CustomFieldVisibility, DriftPolicy,
    ExecApprovalState, ExecDecision, ExecEffect, ExecMatch, HeartbeatPolicy, JobState, Lane, MessageKind,
    MessageState, OnboardingStatus, OrgRole, PauseCause, Program, ProgressStage, RunReason, RunState,
    RunTrigger, RunVerdict, StaleCause, StaleRule, StepKind, StepState, TaskStatus, ThinkingLevel,
    TokenScope,
};
use mission_control_core::schema::sql_types::Uuid;
use mission_control_core::time::Timestamp;
use serde_json::Value;

/// A connection to PostgreSQL or SQLite.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    Pg(PgConnection),
    Sqlite(SqliteConnection),
}

/// Which database is behind a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backend {
    Postgres,
    Sqlite,
}

impl Conn {
    /// Which database this is.
    pub fn backend(&self) -> Backend {
        match self {
            Conn::Pg(_) => Backend::Postgres,
            Conn::Sqlite(_) => Backend::Sqlite,
        }
    }
}

impl HasSqlType<Uuid> for MultiBackend {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        MultiBackend::lookup_sql_type::<Uuid>(lookup)
    }
}

impl HasSqlType<Json> for MultiBackend {
    fn metadata(lookup: &mut Self::MetadataLookup) -> Self::TypeMetadata {
        MultiBackend::lookup_sql_type::<Json>(lookup)
    }
}

impl<E: Entity> ToSql<Uuid, MultiBackend> for Id<E> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((Uuid, self));
        Ok(IsNull::No)
    }
}

impl<E: Entity> FromSql<Uuid, MultiBackend> for Id<E> {
    fn from_sql(value: <MultiBackend as DieselBackend>::RawValue<'_>) -> deserialize::Result<Self> {
        value.from_sql::<Self, Uuid>()
    }
}

impl ToSql<Json, MultiBackend> for Value {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((Json, self));
        Ok(IsNull::No)
    }
}

impl FromSql<Json, MultiBackend> for Value {
    fn from_sql(value: <MultiBackend as DieselBackend>::RawValue<'_>) -> deserialize::Result<Self> {
        value.from_sql::<StoredJson, Json>().map(|StoredJson(value)| value)
    }
}

/// JSON as it is stored. What does not parse, because another program wrote it, is a text: its row breaks no list.
struct StoredJson(Value);

impl StoredJson {
    fn read(text: &[u8]) -> Self {
        Self(serde_json::from_slice(text).unwrap_or_else(|_| String::from_utf8_lossy(text).into()))
    }
}

impl FromSql<Json, Pg> for StoredJson {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        Ok(Self::read(value.as_bytes()))
    }
}

impl FromSql<Json, Sqlite> for StoredJson {
    fn from_sql(value: <Sqlite as DieselBackend>::RawValue<'_>) -> deserialize::Result<Self> {
        <String as FromSql<Text, Sqlite>>::from_sql(value).map(|text| Self::read(text.as_bytes()))
    }
}

macro_rules! on_both_back_ends {
    ($($sql_type:ident: $($rust_type:ident),+;)+) => {
        $($(
            impl ToSql<$sql_type, MultiBackend> for $rust_type {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
                    out.set_value(($sql_type, self));
                    Ok(IsNull::No)
                }
            }

            impl FromSql<$sql_type, MultiBackend> for $rust_type {
                fn from_sql(value: <MultiBackend as DieselBackend>::RawValue<'_>) -> deserialize::Result<Self> {
                    value.from_sql::<Self, $sql_type>()
                }
            }
        )+)+
    };
}

on_both_back_ends! {
    SqlTimestamp: Timestamp;
    Text: ActorKind, AgentStatus, ApprovalStatus, BoardLayout, BreakerMode, BudgetMetric, BudgetPeriod, BudgetStage, CeremonyKind, ConnectionState, CustomFieldType, CustomFieldVisibility, DriftPolicy, ExecApprovalState, ExecDecision, ExecEffect, ExecMatch, HeartbeatPolicy, JobState, Lane, MessageKind, MessageState, OnboardingStatus, OrgRole, PauseCause, Program, ProgressStage, RunReason, RunState, RunTrigger, RunVerdict, StaleCause, StaleRule, StepKind, StepState, TaskStatus, ThinkingLevel, TokenScope;
}
