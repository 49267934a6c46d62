//! Who makes a request, as the audit names them.

use actix_web::HttpRequest;
use mission_control_core::id::AuditActorId;
use mission_control_core::models::{ActorKind, Agent, OrganizationMember, User};
use mission_control_store::request::Actor;

use super::identity::Proof;
use crate::http::client_address;

/// A person, or a program that acts for a member.
pub(super) fn person(
    request: &HttpRequest,
    user: &User,
    member: &OrganizationMember,
    proof: &Proof,
) -> Actor {
    let token = match proof {
        Proof::ApiToken(token) => Some(token.id),
        Proof::AccessToken | Proof::Session(_) | Proof::ProviderToken(_) | Proof::ClerkToken(_) => None,
    };
    Actor {
        kind: if token.is_some() { ActorKind::Token } else { ActorKind::User },
        id: Some(AuditActorId::from_uuid(user.id.uuid())),
        name: Some(user.shown_name().to_owned()),
        organization: Some(member.organization_id),
        token,
        address: address(request),
    }
}

/// An agent.
pub(super) fn agent(request: &HttpRequest, agent: &Agent) -> Actor {
    Actor {
        kind: ActorKind::Agent,
        id: Some(AuditActorId::from_uuid(agent.id.uuid())),
        name: Some(agent.name.clone()),
        organization: None,
        token: None,
        address: address(request),
    }
}

fn address(request: &HttpRequest) -> Option<String> {
    client_address(request).map(|address| address.to_string())
}
