//! Boards by the path's `board_id`, for routes that serve people and agents alike.

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use mission_control_core::id::{BoardId, UserId};
use mission_control_core::models::{self, Board};
use mission_control_core::rules::access;
use mission_control_fleet::approvals::Asker;
use mission_control_fleet::memory::Author;
use mission_control_fleet::tasks;
use mission_control_store::{Conn, StoreResult, boards};

use super::agent;
use super::board::{Rule, board_of_member, board_of_path, in_path};
use super::{Agent, MemberOrAgent, OrgMember};
use crate::error::{ApiError, ApiResult, Code};
use crate::events::Audience;
use crate::state::State;

/// A member of the board's organization, or an agent.
#[derive(Debug, Clone)]
pub enum Party {
    /// A person.
    Member(Box<OrgMember>),
    /// An agent of the board, or the main agent of a gateway of its organization.
    Agent(Box<models::Agent>),
}

/// Somebody who may see the board.
#[derive(Debug, Clone)]
pub struct BoardActorRead {
    /// Who.
    pub party: Party,
    /// The board.
    pub board: Board,
    /// The SHA-256 of the token that an agent came with.
    pub token_digest: Option<String>,
}

/// Somebody who may change what is on the board. Agents of the board always may; what exactly, is up to the handler.
#[derive(Debug, Clone)]
pub struct BoardActorWrite {
    /// Who.
    pub party: Party,
    /// The board.
    pub board: Board,
}

/// An agent, with the board of the path: its own, or any of its organization for a gateway's main agent.
#[derive(Debug, Clone)]
pub struct AgentBoard {
    /// The agent.
    pub agent: models::Agent,
    /// The board.
    pub board: Board,
}

impl BoardActorRead {
    /// The caller as a listener to streams.
    ///
    /// # Errors
    /// The database's.
    pub fn audience(&self, conn: &mut Conn) -> StoreResult<Audience> {
        match &self.party {
            Party::Member(member) => member.audience(conn),
            Party::Agent(agent) => {
                let digest = self.token_digest.clone().unwrap_or_default();
                Ok(Audience::agent(agent, &self.board, digest))
            }
        }
    }
}

impl AgentBoard {
    /// The agent leads the board.
    ///
    /// # Errors
    /// 403 when it does not.
    pub fn require_lead(&self) -> ApiResult<()> {
        if self.agent.is_board_lead {
            return Ok(());
        }
        Err(ApiError::forbidden("Only the board's lead can do this.")
            .word(Code::OnlyLead)
            .next_step("Ask the board's lead to do it."))
    }

    /// The agent, as the use-cases of tasks know it.
    pub fn task_actor(self) -> tasks::Actor {
        tasks::Actor::Agent(Box::new(self.agent))
    }
}

impl Party {
    /// The person, if it is one.
    pub fn user_id(&self) -> Option<UserId> {
        match self {
            Self::Member(member) => Some(member.user.id),
            Self::Agent(_) => None,
        }
    }

    /// The same, as the use-cases of memory know them.
    pub fn author(&self) -> Author {
        match self {
            Self::Member(member) => Author::from(&member.user),
            Self::Agent(agent) => Author::from(agent.as_ref()),
        }
    }

    /// The same, as the use-cases of approvals know them.
    pub fn asker(&self) -> Asker {
        match self {
            Self::Member(member) => Asker::Person(member.user.id),
            Self::Agent(agent) => Asker::Agent(agent.id),
        }
    }

    /// The same, as the use-cases of tasks know them.
    pub fn task_actor(self) -> tasks::Actor {
        match self {
            Self::Member(member) => tasks::Actor::Person(member.user.id),
            Self::Agent(agent) => tasks::Actor::Agent(agent),
        }
    }
}

impl Party {
    /// The caller on a board that is not named by the path, as one who may see it or, with `write`, change what is on it.
    ///
    /// # Errors
    /// 404 or 403, as by the path.
    pub async fn on_board(
        state: &State,
        caller: MemberOrAgent,
        board: BoardId,
        write: bool,
    ) -> ApiResult<(Self, Board)> {
        match caller {
            MemberOrAgent::Member(member) => {
                if write {
                    member.require_writing()?;
                }
                let rule: Rule = if write { access::may_write_board } else { access::may_read_board };
                let (member, board) = board_of_member(state, member, board, rule).await?;
                Ok((Self::Member(Box::new(member)), board))
            }
            MemberOrAgent::Agent(Agent(agent)) => {
                if write {
                    agent::require_active(&agent)?;
                }
                let board = open_to_agent(state, &agent, board).await?;
                Ok((Self::Agent(Box::new(agent)), board))
            }
        }
    }
}

/// The board of the path for an agent.
pub(crate) async fn board_of_agent(request: &HttpRequest, agent: &models::Agent) -> ApiResult<Board> {
    let state = State::of(request)?;
    open_to_agent(&state, agent, in_path(request)?).await
}

/// A board for an agent: its own, or any of its organization for a gateway's main agent. Another organization's board
/// does not exist for it.
async fn open_to_agent(state: &State, agent: &models::Agent, id: BoardId) -> ApiResult<Board> {
    let gateway = agent.gateway_id;
    let board = state.db.read(move |conn| boards::of_gateways_organization(conn, gateway, id)).await?;
    let board = board.ok_or_else(|| ApiError::not_found("board"))?;
    match agent.board_id {
        Some(own) if own != board.id => {
            Err(ApiError::forbidden("Agents have access to their own board only.")
                .word(Code::OtherBoard)
                .param("board_id", own.to_string())
                .next_step(format!("Use your own board, {own}.")))
        }
        _ => Ok(board),
    }
}

impl FromRequest for BoardActorRead {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            match MemberOrAgent::extract(&request).await? {
                MemberOrAgent::Member(member) => {
                    let (caller, board) = board_of_path(&request, member, access::may_read_board).await?;
                    Ok(Self { party: Party::Member(Box::new(caller)), board, token_digest: None })
                }
                MemberOrAgent::Agent(Agent(agent)) => {
                    let board = board_of_agent(&request, &agent).await?;
                    let token_digest = agent::token_digest(&request);
                    Ok(Self { party: Party::Agent(Box::new(agent)), board, token_digest })
                }
            }
        }
        .boxed_local()
    }
}

impl FromRequest for BoardActorWrite {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            match MemberOrAgent::extract(&request).await? {
                MemberOrAgent::Member(member) => {
                    let (caller, board) = board_of_path(&request, member, access::may_write_board).await?;
                    Ok(Self { party: Party::Member(Box::new(caller)), board })
                }
                MemberOrAgent::Agent(Agent(agent)) => {
                    let board = board_of_agent(&request, &agent).await?;
                    Ok(Self { party: Party::Agent(Box::new(agent)), board })
                }
            }
        }
        .boxed_local()
    }
}

impl FromRequest for AgentBoard {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _payload: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            let Agent(agent) = Agent::extract(&request).await?;
            let board = board_of_agent(&request, &agent).await?;
            Ok(Self { agent, board })
        }
        .boxed_local()
    }
}
