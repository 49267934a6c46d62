//! Which events belong into the record of who did what.

use mission_control_core::models::ActorKind;
use mission_control_shapes::events::{EventKind, EventSubject as About};

/// How much an event has to do with the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Somebody's doing.
    Act,
    /// It follows from something that somebody did, and stands for that where nothing else does.
    Consequence,
    /// How things go by themselves.
    Telemetry,
}

/// What an event is to the record, by who caused it; `governs` says that something governed changed with it.
pub(crate) fn weight(kind: EventKind, actor: ActorKind, governs: bool) -> Weight {
    let by_itself = matches!(actor, ActorKind::Job | ActorKind::System | ActorKind::Foreign(_));
    match kind {
        _ if governs => Weight::Act,
        EventKind::GatewayConnection
        | EventKind::InboxMarkUpdated
        | EventKind::BoardViewUpdated
        | EventKind::MessageUpdated
        | EventKind::RunCreated
        | EventKind::RunUpdated => Weight::Telemetry,
        EventKind::JobCreated | EventKind::JobUpdated | EventKind::MessageCreated if by_itself => {
            Weight::Telemetry
        }
        EventKind::JobCreated | EventKind::JobUpdated | EventKind::MessageCreated => Weight::Consequence,
        EventKind::AgentUpdated if by_itself || actor == ActorKind::Agent => Weight::Telemetry,
        EventKind::AgentUpdated => Weight::Consequence,
        _ => Weight::Act,
    }
}

/// Whether the record tells how things of this kind were and are: those by which an organization is governed.
pub(crate) fn is_governed(about: About) -> bool {
    matches!(
        about,
        About::Approval
            | About::Agent
            | About::Gateway
            | About::Board
            | About::BoardGroup
            | About::Member
            | About::Webhook
            | About::Invite
            | About::ApiToken
            | About::Organization
    )
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(EventKind::TaskCommented, ActorKind::Agent, false, Weight::Act)]
    #[case(EventKind::AgentUpdated, ActorKind::Agent, false, Weight::Telemetry)]
    #[case(EventKind::AgentUpdated, ActorKind::Job, true, Weight::Act)]
    #[case(EventKind::JobCreated, ActorKind::User, false, Weight::Consequence)]
    #[case(EventKind::JobUpdated, ActorKind::Job, false, Weight::Telemetry)]
    #[case(EventKind::BoardDeleted, ActorKind::Job, false, Weight::Act)]
    fn what_goes_by_itself_is_no_entry_and_whatever_governs_is_one(
        #[case] kind: EventKind,
        #[case] actor: ActorKind,
        #[case] governs: bool,
        #[case] expected: Weight,
    ) {
        assert_eq!(weight(kind, actor, governs), expected);
    }
}
