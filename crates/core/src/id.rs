//! Identifiers: one type per entity, so that an agent's id cannot be handed where a board's is wanted.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::str::FromStr;

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::AsExpression;
use diesel::pg::{Pg, PgValue};
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sqlite::Sqlite;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;

use crate::schema::sql_types;

/// What an [`Id`] identifies.
pub trait Entity: 'static {
    /// The entity's name in messages, e.g. `board group`.
    const NAME: &'static str;
}

/// A random UUID that identifies an entity of kind `E`; plain text everywhere outside the program.
#[derive(AsExpression, FromSqlRow)]
#[diesel(sql_type = sql_types::Uuid)]
pub struct Id<E: Entity>(Uuid, PhantomData<fn() -> E>);

impl<E: Entity> Id<E> {
    /// A new random id.
    pub fn random() -> Self {
        Self::from_uuid(Uuid::new_v4())
    }

    /// The id with this value.
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    /// The value.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl<E: Entity> Clone for Id<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E: Entity> Copy for Id<E> {}

impl<E: Entity> PartialEq for Id<E> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl<E: Entity> Eq for Id<E> {}

impl<E: Entity> PartialOrd for Id<E> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<E: Entity> Ord for Id<E> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

impl<E: Entity> Hash for Id<E> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}

impl<E: Entity> fmt::Debug for Id<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", E::NAME, self.0)
    }
}

impl<E: Entity> fmt::Display for Id<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<E: Entity> FromStr for Id<E> {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self::from_uuid)
    }
}

impl<E: Entity> Serialize for Id<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de, E: Entity> Deserialize<'de> for Id<E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Uuid::deserialize(deserializer).map(Self::from_uuid)
    }
}

impl<E: Entity> ToSql<sql_types::Uuid, Pg> for Id<E> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        ToSql::<diesel::sql_types::Uuid, Pg>::to_sql(&self.0, out)
    }
}

impl<E: Entity> FromSql<sql_types::Uuid, Pg> for Id<E> {
    fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
        <Uuid as FromSql<diesel::sql_types::Uuid, Pg>>::from_sql(value).map(Self::from_uuid)
    }
}

impl<E: Entity> ToSql<sql_types::Uuid, Sqlite> for Id<E> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(self.0.to_string());
        Ok(IsNull::No)
    }
}

impl<E: Entity> FromSql<sql_types::Uuid, Sqlite> for Id<E> {
    fn from_sql(value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let text = <String as FromSql<diesel::sql_types::Text, Sqlite>>::from_sql(value)?;
        // Text that is no id, which only another program can have written, is nobody's: its row breaks no list.
        Ok(text.parse().unwrap_or(Self::from_uuid(Uuid::nil())))
    }
}

/// Declares an entity marker and the alias of its id.
macro_rules! ids {
    ($($alias:ident = $entity:ident, $name:literal;)*) => {
        /// Uninhabited markers that tell the ids apart.
        pub mod entity {
            $(
                #[doc = concat!("Marks the id of: ", $name, ".")]
                pub enum $entity {}

                impl super::Entity for $entity {
                    const NAME: &'static str = $name;
                }
            )*
        }

        $(
            #[doc = concat!("Identifies: ", $name, ".")]
            pub type $alias = Id<entity::$entity>;
        )*
    };
}

ids! {
    ActivityId = Activity, "activity event";
    AgentId = Agent, "agent";
    AgentMessageId = AgentMessage, "message";
    ApiTokenId = ApiToken, "API token";
    ApprovalDecisionId = ApprovalDecision, "approval decision";
    ApprovalId = Approval, "approval";
    AuditActorId = AuditActor, "actor";
    ApprovalTaskLinkId = ApprovalTaskLink, "approval task link";
    BoardAccessId = BoardAccess, "board access";
    BoardGroupId = BoardGroup, "board group";
    BoardGroupMemoryId = BoardGroupMemory, "board group memory";
    BoardId = Board, "board";
    BoardMemoryId = BoardMemory, "board memory";
    BoardViewId = BoardView, "board view";
    BudgetId = Budget, "budget";
    CustomFieldBindingId = CustomFieldBinding, "custom field binding";
    CustomFieldId = CustomField, "custom field";
    CustomFieldValueId = CustomFieldValue, "custom field value";
    ExecApprovalId = ExecApproval, "exec approval";
    ExecPolicyId = ExecPolicy, "exec policy";
    GatewayId = Gateway, "gateway";
    InstalledSkillId = InstalledSkill, "installed skill";
    InviteAccessId = InviteAccess, "invite access";
    InviteId = Invite, "invite";
    JobId = Job, "job";
    MarketplaceSkillId = MarketplaceSkill, "marketplace skill";
    MemberId = Member, "member";
    ModelChoiceId = ModelChoice, "model choice";
    OnboardingSessionId = OnboardingSession, "onboarding session";
    OrganizationId = Organization, "organization";
    PasskeyCeremonyId = PasskeyCeremony, "passkey ceremony";
    PasskeyId = Passkey, "passkey";
    RunId = Run, "run";
    SkillPackId = SkillPack, "skill pack";
    TagAssignmentId = TagAssignment, "tag assignment";
    TagId = Tag, "tag";
    TaskDependencyId = TaskDependency, "task dependency";
    TaskId = Task, "task";
    UsageEntryId = UsageEntry, "usage entry";
    UserId = User, "user";
    WebSessionId = WebSession, "web session";
    WebhookId = Webhook, "webhook";
    WebhookPayloadId = WebhookPayload, "webhook payload";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_plain_uuid_in_json_and_names_its_entity_in_debug() {
        let id: AgentId = "6f9619ff-8b86-4011-b42d-00c04fc964ff".parse().unwrap();
        assert_eq!(serde_json::to_string(&id).unwrap(), "\"6f9619ff-8b86-4011-b42d-00c04fc964ff\"");
        assert_eq!(format!("{id:?}"), "agent:6f9619ff-8b86-4011-b42d-00c04fc964ff");
        assert_eq!(serde_json::from_str::<AgentId>(&serde_json::to_string(&id).unwrap()).unwrap(), id);
    }

    #[test]
    fn random_ids_differ() {
        assert_ne!(BoardId::random(), BoardId::random());
    }
}
