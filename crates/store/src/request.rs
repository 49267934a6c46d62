//! On whose behalf work is done: the request, and who made it. What is written meanwhile names both.
//!
//! Whoever serves a request runs in its [`scope`], and whoever runs a job in that of the request that caused the job. What
//! they spawn is outside of it unless it is put into a scope of its own. Who it is, is told when it is known ([`acting`]).

use std::sync::{Arc, Mutex, PoisonError};

use mission_control_core::id::{ApiTokenId, AuditActorId, JobId, OrganizationId};
use mission_control_core::models::ActorKind;

tokio::task_local! {
    static CURRENT: Origin;
}

/// A request, with who makes it as far as that is known.
#[derive(Debug, Clone, Default)]
pub struct Origin(Arc<Inner>);

#[derive(Debug, Default)]
struct Inner {
    id: Option<String>,
    actor: Mutex<Option<Actor>>,
    booked: Mutex<Vec<JobId>>,
}

/// Who does something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// What kind of somebody.
    pub kind: ActorKind,
    /// Which one: a user, an agent, a job.
    pub id: Option<AuditActorId>,
    /// What that is called.
    pub name: Option<String>,
    /// The organization that they act in, where that is known.
    pub organization: Option<OrganizationId>,
    /// The API token that a program shows.
    pub token: Option<ApiTokenId>,
    /// The address that it comes from.
    pub address: Option<String>,
}

impl Actor {
    /// The product itself.
    pub const SYSTEM: Self = Self {
        kind: ActorKind::System,
        id: None,
        name: None,
        organization: None,
        token: None,
        address: None,
    };
}

impl Origin {
    /// The request of this id, made by nobody who is known; none at all without an id.
    pub fn of(id: Option<String>) -> Self {
        Self(Arc::new(Inner { id, ..Inner::default() }))
    }

    /// The request's id.
    pub fn id(&self) -> Option<&str> {
        self.0.id.as_deref()
    }

    /// Who makes it, if that is known.
    pub fn known_actor(&self) -> Option<Actor> {
        self.0.actor.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Says who makes it.
    pub fn act_as(&self, actor: Actor) {
        *self.0.actor.lock().unwrap_or_else(PoisonError::into_inner) = Some(actor);
    }

    /// Who makes it; the product itself when nobody else is known.
    pub fn actor(&self) -> Actor {
        self.known_actor().unwrap_or(Actor::SYSTEM)
    }

    /// Remembers jobs that it has asked for. Whoever writes them down does so after the commit.
    pub(crate) fn book(&self, jobs: Vec<JobId>) {
        self.0.booked.lock().unwrap_or_else(PoisonError::into_inner).extend(jobs);
    }

    /// The jobs that it has asked for so far, whether they are new or were queued already.
    pub fn booked(&self) -> Vec<JobId> {
        self.0.booked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Runs `work` on behalf of a request.
pub async fn scope<F: Future>(origin: Origin, work: F) -> F::Output {
    CURRENT.scope(origin, work).await
}

/// The id of the request on whose behalf this task works.
pub fn current() -> Option<String> {
    origin().id().map(str::to_owned)
}

/// The request on whose behalf this task works.
pub fn origin() -> Origin {
    CURRENT.try_with(Origin::clone).unwrap_or_default()
}

/// Says who makes the request on whose behalf this task works.
pub fn acting(actor: Actor) {
    origin().act_as(actor);
}
