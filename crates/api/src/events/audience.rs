//! Who listens to a stream, and what they may see of the log now.

use std::time::Duration;

use mission_control_core::id::{AgentId, BoardId, MemberId, OrganizationId, UserId, WebSessionId};
use mission_control_core::models::{Event, OrganizationMember};
use mission_control_core::rules::event_access::EventView;
use mission_control_core::time::Timestamp;
use mission_control_store::{Conn, StoreResult, agents, boards, members, web_sessions};
use tokio::time::Instant;

use crate::auth::{OrgMember, Party};

/// The oldest look at rights that an entry is delivered on.
const TRUSTED_FOR: Duration = Duration::from_secs(60);

/// A listener with the rights that were found at the last look.
#[derive(Debug, Clone)]
pub struct Audience {
    /// The organization whose events are listened to.
    pub organization: OrganizationId,
    listener: Listener,
    checked: Instant,
    trusted_for: Duration,
}

/// Which member or agent a listener is, and by which browser session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum ListenerId {
    Member(MemberId, Option<WebSessionId>),
    Agent(AgentId),
}

#[derive(Debug, Clone)]
enum Listener {
    Member { id: MemberId, user: UserId, session: Option<WebSessionId>, view: EventView },
    Agent { id: AgentId, board: Option<BoardId> },
}

impl Audience {
    /// A member of an organization.
    ///
    /// # Errors
    /// The database's.
    pub fn member(conn: &mut Conn, caller: &OrgMember) -> StoreResult<Self> {
        let member = &caller.member;
        let listener = Listener::Member {
            id: member.id,
            user: member.user_id,
            session: caller.session.as_ref().map(|session| session.id),
            view: view(conn, member)?,
        };
        Ok(Self::new(member.organization_id, listener))
    }

    /// Somebody who may see a board of this organization.
    ///
    /// # Errors
    /// The database's.
    pub fn of(conn: &mut Conn, organization: OrganizationId, party: &Party) -> StoreResult<Self> {
        match party {
            Party::Member(member) => Self::member(conn, member),
            Party::Agent(agent) => {
                let listener = Listener::Agent { id: agent.id, board: agent.board_id };
                Ok(Self::new(organization, listener))
            }
        }
    }

    fn new(organization: OrganizationId, listener: Listener) -> Self {
        Self { organization, listener, checked: Instant::now(), trusted_for: TRUSTED_FOR }
    }

    /// Looks at rights again before it delivers an entry on a look that is older than this; a minute otherwise.
    pub fn trusted_for(mut self, age: Duration) -> Self {
        self.trusted_for = age;
        self
    }

    /// What a member may see; `None` for an agent.
    pub fn view(&self) -> Option<&EventView> {
        match &self.listener {
            Listener::Member { view, .. } => Some(view),
            Listener::Agent { .. } => None,
        }
    }

    /// Whether the listener may see what is on this board of the organization.
    pub fn sees_board(&self, board: BoardId) -> bool {
        match &self.listener {
            Listener::Member { view, .. } => view.sees_board(board),
            Listener::Agent { board: own, .. } => own.is_none_or(|own| own == board),
        }
    }

    /// Whether the listener may see this entry.
    pub(super) fn sees(&self, event: &Event) -> bool {
        event.organization_id == Some(self.organization)
            && match (&self.listener, event.board_id) {
                (Listener::Member { view, .. }, board) => view.sees(board, &event.kind, &event.payload),
                (Listener::Agent { .. }, Some(board)) => self.sees_board(board),
                (Listener::Agent { .. }, None) => true,
            }
    }

    /// Whether rights must be looked at before this entry is delivered, or because of it.
    pub(super) fn is_outdated_by(&self, event: &Event) -> bool {
        let entity = event.kind.split('.').next().unwrap_or_default();
        let about_rights = match &self.listener {
            Listener::Member { .. } => {
                matches!(entity, "member" | "board" | "board_group" | "organization" | "web_session")
            }
            Listener::Agent { id, .. } => {
                entity == "agent"
                    && event.payload.pointer("/agent/id").and_then(|id| id.as_str()) == Some(&id.to_string())
            }
        };
        event.organization_id == Some(self.organization)
            && (about_rights || (self.checked.elapsed() >= self.trusted_for && self.sees(event)))
    }

    pub(super) fn listener_id(&self) -> ListenerId {
        match &self.listener {
            Listener::Member { id, session, .. } => ListenerId::Member(*id, *session),
            Listener::Agent { id, .. } => ListenerId::Agent(*id),
        }
    }

    /// Whether a look that another stream of the same listener made is recent enough for this one.
    pub(super) fn trusts(&self, other: &Self) -> bool {
        other.checked.elapsed() < self.trusted_for
    }

    /// This listener with what another stream of the same listener found.
    pub(super) fn with_rights_of(&self, other: &Self) -> Self {
        Self { trusted_for: self.trusted_for, ..other.clone() }
    }

    /// The same listener with the rights of now; `None` when there is no such member or agent any more, or the browser
    /// has been signed out.
    ///
    /// # Errors
    /// The database's.
    pub(super) fn again(&self, conn: &mut Conn) -> StoreResult<Option<Self>> {
        let listener = match &self.listener {
            Listener::Member { id, user, session, .. } => {
                if let Some(session) = *session
                    && !web_sessions::is_live(conn, session, Timestamp::now())?
                {
                    return Ok(None);
                }
                let member =
                    members::of_user(conn, self.organization, *user)?.filter(|member| member.id == *id);
                let Some(member) = member else { return Ok(None) };
                Listener::Member { id: *id, user: *user, session: *session, view: view(conn, &member)? }
            }
            Listener::Agent { id, .. } => {
                let Some(agent) = agents::find(conn, *id)? else { return Ok(None) };
                Listener::Agent { id: *id, board: agent.board_id }
            }
        };
        Ok(Some(Self::new(self.organization, listener).trusted_for(self.trusted_for)))
    }
}

/// What a member may see now.
///
/// # Errors
/// The database's.
pub fn view(conn: &mut Conn, member: &OrganizationMember) -> StoreResult<EventView> {
    let grants = members::access(conn, member.id)?;
    let boards = boards::with_groups(conn, member.organization_id)?;
    Ok(EventView::new(member, &grants, &boards))
}
