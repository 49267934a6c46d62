//! Who listens to a stream, and what they may see of the log now.

use std::time::Duration;

use mission_control_core::id::{
    AgentId, ApiTokenId, BoardGroupId, BoardId, MemberId, OrganizationId, UserId, WebSessionId,
};
use mission_control_core::models::{Agent, Board};
use mission_control_core::rules::event_access::{EventView, Scope};
use mission_control_core::rules::seat::Seat;
use mission_control_core::time::Timestamp;
use mission_control_shapes::events::EventSubject as About;
use mission_control_store::{Conn, StoreResult, agents, api_tokens, boards, members, web_sessions};
use tokio::time::Instant;

use super::entry::Entry;

/// The oldest look at rights that an entry is delivered on.
const TRUSTED_FOR: Duration = Duration::from_secs(60);

/// A listener with the rights that were found at the last look.
#[derive(Debug, Clone)]
pub struct Audience {
    /// The organization whose events are listened to.
    pub organization: OrganizationId,
    listener: Listener,
    /// When the credential runs out by itself, as far as that is known.
    ends: Option<Instant>,
    checked: Instant,
    trusted_for: Duration,
}

/// What a member listens by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shown {
    /// The access token itself.
    AccessToken,
    /// A browser's session.
    Session(WebSessionId),
    /// A token of a program.
    ApiToken(ApiTokenId),
    /// A token that an identity provider signed, until its end.
    ProviderToken,
}

/// Which member or agent a listener is, and by which credential.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum ListenerId {
    Member(MemberId, Shown),
    Agent(AgentId, String),
}

/// What a listener must be able to see, or be, for a stream to go on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Needs {
    /// Sees this board.
    pub board: Option<BoardId>,
    /// Sees this group of boards.
    pub group: Option<BoardGroupId>,
    /// Administers the organization.
    pub admin: bool,
}

#[derive(Debug, Clone)]
enum Listener {
    Member {
        id: MemberId,
        user: UserId,
        shown: Shown,
        view: EventView,
    },
    /// `digest` is that of the token with which it listens.
    Agent {
        id: AgentId,
        digest: String,
        place: Place,
    },
}

/// Where an agent works.
#[derive(Debug, Clone, Copy)]
enum Place {
    /// On a board, and in its group.
    Board(BoardId, Option<BoardGroupId>),
    /// On every board of the organization: it is a gateway's main agent.
    Everywhere,
}

impl Audience {
    /// A member of an organization, by what they have shown, which may come to its end by itself.
    ///
    /// # Errors
    /// The database's.
    pub fn member(
        conn: &mut Conn,
        member: &Seat,
        shown: Shown,
        ends: Option<Timestamp>,
    ) -> StoreResult<Self> {
        let view = view(conn, member)?;
        let listener = Listener::Member { id: member.id, user: member.user_id, shown, view };
        let left = ends.map(|ends| ends.since(Timestamp::now()));
        let ends = left.and_then(|left| Instant::now().checked_add(left));
        Ok(Self { ends, ..Self::new(member.organization_id, listener) })
    }

    /// An agent that may see a board, with the digest of its token.
    pub fn agent(agent: &Agent, board: &Board, digest: String) -> Self {
        let place = match agent.board_id {
            Some(own) => Place::Board(own, board.board_group_id),
            None => Place::Everywhere,
        };
        Self::new(board.organization_id, Listener::Agent { id: agent.id, digest, place })
    }

    fn new(organization: OrganizationId, listener: Listener) -> Self {
        Self { organization, listener, ends: None, checked: Instant::now(), trusted_for: TRUSTED_FOR }
    }

    /// Looks at rights again before it delivers an entry on a look that is older than this; a minute otherwise.
    pub fn trusted_for(mut self, age: Duration) -> Self {
        self.trusted_for = age;
        self
    }

    /// When the listener's credential runs out by itself.
    pub(super) const fn ends(&self) -> Option<Instant> {
        self.ends
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
            Listener::Agent { place: Place::Board(own, _), .. } => *own == board,
            Listener::Agent { place: Place::Everywhere, .. } => true,
        }
    }

    fn sees_group(&self, group: BoardGroupId) -> bool {
        match &self.listener {
            Listener::Member { view, .. } => view.sees_group(group),
            Listener::Agent { place: Place::Board(_, own), .. } => *own == Some(group),
            Listener::Agent { place: Place::Everywhere, .. } => true,
        }
    }

    /// Whether a stream that needs this goes on.
    pub(super) fn meets(&self, needs: &Needs) -> bool {
        let is_admin = || self.view().is_some_and(EventView::is_admin);
        needs.board.is_none_or(|board| self.sees_board(board))
            && needs.group.is_none_or(|group| self.sees_group(group))
            && (!needs.admin || is_admin())
    }

    /// Whether the listener may see this entry.
    pub(super) fn sees(&self, entry: &Entry) -> bool {
        entry.event.organization_id == Some(self.organization)
            && match (&self.listener, entry.told.scope) {
                (Listener::Member { view, .. }, scope) => view.sees(scope),
                (Listener::Agent { .. }, Scope::Board(board)) => self.sees_board(board),
                (Listener::Agent { .. }, Scope::Group(group)) => self.sees_group(group),
                (Listener::Agent { .. }, Scope::Members | Scope::Admins | Scope::Member(_)) => false,
            }
    }

    /// Whether rights must be looked at before this entry is delivered, or because of it.
    pub(super) fn is_outdated_by(&self, entry: &Entry) -> bool {
        let about = entry.told.subject();
        let about_rights = match &self.listener {
            Listener::Member { .. } => {
                matches!(
                    about,
                    Some(
                        About::Member
                            | About::Board
                            | About::BoardGroup
                            | About::Organization
                            | About::WebSession
                            | About::ApiToken
                    )
                )
            }
            Listener::Agent { id, place, .. } => match (about, place) {
                (Some(About::Agent), _) => entry.told.agent == Some(*id),
                (Some(About::Board), Place::Board(own, _)) => entry.event.board_id == Some(*own),
                _ => false,
            },
        };
        entry.event.organization_id == Some(self.organization)
            && (about_rights || (self.checked.elapsed() >= self.trusted_for && self.sees(entry)))
    }

    pub(super) fn listener_id(&self) -> ListenerId {
        match &self.listener {
            Listener::Member { id, shown, .. } => ListenerId::Member(*id, *shown),
            Listener::Agent { id, digest, .. } => ListenerId::Agent(*id, digest.clone()),
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

    /// The same listener with the rights of now; `None` when there is no such member or agent any more, the browser has
    /// been signed out, or the agent's token is no longer one.
    ///
    /// # Errors
    /// The database's.
    pub(super) fn again(&self, conn: &mut Conn) -> StoreResult<Option<Self>> {
        let listener = match &self.listener {
            Listener::Member { id, user, shown, .. } => {
                let seat = match *shown {
                    Shown::ApiToken(token) => {
                        api_tokens::live(conn, token, Timestamp::now())?.map(|held| held.seat())
                    }
                    Shown::Session(session) if !web_sessions::is_live(conn, session, Timestamp::now())? => {
                        None
                    }
                    Shown::Session(_) | Shown::AccessToken | Shown::ProviderToken => {
                        members::of_user(conn, self.organization, *user)?.map(Seat::from)
                    }
                };
                let Some(seat) = seat.filter(|seat| seat.id == *id) else { return Ok(None) };
                Listener::Member { id: *id, user: *user, shown: *shown, view: view(conn, &seat)? }
            }
            Listener::Agent { id, digest, .. } => {
                let agent = agents::find_by_token_digest(conn, digest)?.filter(|agent| agent.id == *id);
                let Some(agent) = agent else { return Ok(None) };
                let place = match agent.board_id {
                    Some(board) => {
                        let group = boards::find(conn, board)?.and_then(|board| board.board_group_id);
                        Place::Board(board, group)
                    }
                    None => Place::Everywhere,
                };
                Listener::Agent { id: *id, digest: digest.clone(), place }
            }
        };
        let found = Self { ends: self.ends, ..Self::new(self.organization, listener) };
        Ok(Some(found.trusted_for(self.trusted_for)))
    }
}

/// What a member may see now.
///
/// # Errors
/// The database's.
pub fn view(conn: &mut Conn, member: &Seat) -> StoreResult<EventView> {
    let grants = members::grants(conn, member)?;
    let boards = boards::with_groups(conn, member.organization_id)?;
    Ok(EventView::new(member, &grants, &boards))
}
