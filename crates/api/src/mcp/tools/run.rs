//! What the tools do.

use actix_web::web;
use mission_control_core::id::BoardId;
use mission_control_core::models::Board;
use mission_control_core::rules::version::Seen;
use mission_control_fleet::approvals;
use mission_control_fleet::coordination::{self, Kind, LeadMessage};
use mission_control_fleet::memory::{self, NewMemory};
use mission_control_fleet::tasks;
use mission_control_shapes::BoardRead;
use mission_control_store::{Listing, Page};
use serde::Serialize;
use serde_json::{Value, json};

use super::input::{OnBoard, OnTask, Part, ToLead};
use crate::auth::{Agent, MemberOrAgent, Party};
use crate::error::{ApiError, ApiResult};
use crate::http::List;
use crate::input::{FromInput, Reader};
use crate::routes::approvals::{ApprovalCreate, ApprovalListQuery};
use crate::routes::board_memory::{BoardMemoryCreate, MemoryListQuery};
use crate::routes::tasks::{TaskCommentCreate, TaskCreate, TaskListQuery, TaskUpdate};
use crate::state::State;

/// A call of a tool.
pub(super) struct Call<'c> {
    pub(super) state: &'c web::Data<State>,
    pub(super) caller: MemberOrAgent,
    pub(super) arguments: Value,
}

impl Call<'_> {
    pub(super) async fn read_board(self) -> ApiResult<Value> {
        let wanted: OnBoard = self.read()?;
        let (_, board) = self.on_board(wanted.board_id, false).await?;
        content(&BoardRead::from(board))
    }

    pub(super) async fn list_tasks(self) -> ApiResult<Value> {
        let (wanted, query, page): (OnBoard, TaskListQuery, Page) =
            (self.read()?, self.read()?, self.page()?);
        let (party, board) = self.on_board(wanted.board_id, false).await?;
        let filter = query.filter(board.id, party.user_id())?;
        listed(tasks::list(&self.state.fleet, filter, page).await?)
    }

    pub(super) async fn create_task(self) -> ApiResult<Value> {
        let (wanted, new): (OnBoard, TaskCreate) = (self.read()?, self.read()?);
        let (party, board) = self.on_board(wanted.board_id, true).await?;
        content(&tasks::create(&self.state.fleet, board.id, party.task_actor(), new.task()?).await?)
    }

    pub(super) async fn claim_task(self) -> ApiResult<Value> {
        let wanted: OnTask = self.read()?;
        let (party, board) = self.on_board(wanted.board_id, true).await?;
        let Party::Agent(agent) = party else {
            return Err(ApiError::forbidden("People assign tasks to agents; they do not claim them."));
        };
        content(&tasks::claim(&self.state.fleet, board.id, wanted.task_id, *agent).await?)
    }

    pub(super) async fn update_task(self) -> ApiResult<Value> {
        let (wanted, update): (OnTask, TaskUpdate) = (self.read()?, self.read()?);
        let (party, board) = self.on_board(wanted.board_id, true).await?;
        let patch = update.patch()?;
        let actor = party.task_actor();
        content(
            &tasks::update(&self.state.fleet, board.id, wanted.task_id, actor, Seen::WHATEVER, patch).await?,
        )
    }

    pub(super) async fn list_comments(self) -> ApiResult<Value> {
        let (wanted, page): (OnTask, Page) = (self.read()?, self.page()?);
        let (_, board) = self.on_board(wanted.board_id, false).await?;
        listed(tasks::comments(&self.state.fleet, board.id, wanted.task_id, page).await?)
    }

    pub(super) async fn comment_task(self) -> ApiResult<Value> {
        let (wanted, new): (OnTask, TaskCommentCreate) = (self.read()?, self.read()?);
        let (party, board) = self.on_board(wanted.board_id, true).await?;
        let (actor, text) = (party.task_actor(), new.message);
        content(&tasks::comment(&self.state.fleet, board, wanted.task_id, actor, text).await?)
    }

    pub(super) async fn ask_for_approval(self) -> ApiResult<Value> {
        let (wanted, new): (OnBoard, ApprovalCreate) = (self.read()?, self.read()?);
        let (party, board) = self.on_board(wanted.board_id, true).await?;
        content(&approvals::create(&self.state.fleet, board.id, party.asker(), new.checked()?).await?)
    }

    pub(super) async fn list_approvals(self) -> ApiResult<Value> {
        let (wanted, query, page): (OnBoard, ApprovalListQuery, Page) =
            (self.read()?, self.read()?, self.page()?);
        let (_, board) = self.on_board(wanted.board_id, false).await?;
        listed(approvals::list(&self.state.fleet, board.id, query.status, page).await?)
    }

    pub(super) async fn read_memory(self) -> ApiResult<Value> {
        let (wanted, query, page): (OnBoard, MemoryListQuery, Page) =
            (self.read()?, self.read()?, self.page()?);
        let (_, board) = self.on_board(wanted.board_id, false).await?;
        listed(memory::list(&self.state.fleet, board.id, query.filter(), page).await?)
    }

    pub(super) async fn write_memory(self) -> ApiResult<Value> {
        let (wanted, new): (OnBoard, BoardMemoryCreate) = (self.read()?, self.read()?);
        let (party, board) = self.on_board(wanted.board_id, true).await?;
        content(&memory::post(&self.state.fleet, board, party.author(), new.into()).await?)
    }

    /// Main agents have a channel of their own; everybody else speaks in the board's chat, which the lead hears.
    pub(super) async fn message_lead(self) -> ApiResult<Value> {
        let ToLead { board_id, content: text } = self.read()?;
        let (party, board) = self.on_board(board_id, true).await?;
        if let Party::Agent(agent) = &party
            && agent.board_id.is_none()
        {
            let message = LeadMessage {
                kind: Kind::Question,
                content: text,
                correlation_id: None,
                reply_tags: Vec::new(),
                reply_source: None,
            };
            let sent = coordination::message_lead(&self.state.fleet, agent, board, &message).await?;
            let lead = sent.into_value().lead;
            return Ok(json!({ "ok": true, "lead_agent_id": lead.id, "lead_agent_name": lead.name }));
        }
        let message = NewMemory { content: text, tags: Some(vec!["chat".to_owned()]), source: None };
        content(&memory::post(&self.state.fleet, board, party.author(), message).await?)
    }

    /// The part of the arguments that `T` knows.
    fn read<T: FromInput<Output = T>>(&self) -> ApiResult<T> {
        let mut reader = Reader::new("arguments");
        let read = T::from_input(&self.arguments, &mut reader);
        let (outcome, _) = reader.finish(read);
        outcome.map_err(ApiError::invalid)
    }

    fn page(&self) -> ApiResult<Page> {
        let part: Part = self.read()?;
        Ok(match part.cursor {
            Some(cursor) => Page::after(cursor, part.limit.0),
            None => Page::at(part.offset.0, part.limit.0),
        })
    }

    /// The caller on the board that is meant.
    async fn on_board(&self, board: Option<BoardId>, write: bool) -> ApiResult<(Party, Board)> {
        let own = match &self.caller {
            MemberOrAgent::Agent(Agent(agent)) => agent.board_id,
            MemberOrAgent::Member(_) => None,
        };
        let board = board.or(own).ok_or_else(|| {
            ApiError::unprocessable("Which board?").next_step("Name it with the argument board_id.")
        })?;
        Party::on_board(self.state, self.caller.clone(), board, write).await
    }
}

fn content(value: &impl Serialize) -> ApiResult<Value> {
    serde_json::to_value(value).map_err(ApiError::internal)
}

fn listed<T: Serialize>(listing: Listing<T>) -> ApiResult<Value> {
    content(&List::of(listing, std::convert::identity))
}
