//! Rows of every kind in a scene: what the routes are asked for, and what their lists are made long with.

use std::collections::BTreeSet;
use std::time::Duration;

use mission_control_core::id::{
    AgentId, AgentMessageId, ApiTokenId, BoardGroupId, BoardGroupMemoryId, BoardId, BoardMemoryId,
    BoardViewId, BudgetId, CustomFieldId, ExecApprovalId, ExecPolicyId, GatewayId, InviteId, JobId,
    MarketplaceSkillId, MemberId, OrganizationId, PasskeyId, RunId, SkillPackId, TaskId, UsageEntryId,
    UserId, WebSessionId, WebhookId, WebhookPayloadId,
};
use mission_control_core::models::{
    ActivityEvent, Agent, AgentMessage, ApiToken, Approval, Board, BoardGroup, BoardGroupMemory, BoardLayout,
    BoardMemory, BoardView, Budget, BudgetMetric, CustomField, CustomFieldType, ExecApproval,
    ExecApprovalState, ExecEffect, ExecMatch, ExecPolicy, Gateway, MarketplaceSkill, MessageKind,
    MessageState, OnboardingSession, OrgRole, Organization, OrganizationBoardAccess, OrganizationInvite,
    OrganizationMember, Passkey, Run, RunStep, SkillPack, StepKind, Tag, Task, TokenScope, UsageEntry, User,
    WebSession, Webhook, WebhookPayload,
};
use mission_control_core::rules::agent_token;
use mission_control_core::rules::onboarding::from_person;
use mission_control_core::time::Timestamp;
use mission_control_store::jobs::NewJob;
use mission_control_store::tasks::TaskFilter;
use mission_control_store::{
    Page, StoreError, Tx, activity, agents, api_tokens, approvals, board_groups, board_views, boards,
    budgets, custom_fields, exec_approvals, exec_policies, gateways, invites, jobs, members, memory,
    messages, onboarding, organizations, passkeys, runs, skill_packs, skills, tags, tasks, usage, users,
    web_sessions, webhooks,
};
use mission_control_testkit::scene::Scene;
use serde_json::json;

/// A session on the gateway.
pub(crate) const SESSION: &str = "agent:main:main";

/// Values for the parameters of paths, by their names: ids of things that are in the scene.
#[derive(Debug, Clone)]
pub(crate) struct Places(Vec<(&'static str, String)>);

impl Places {
    /// The value of a parameter; `None` when nothing of that kind is made here.
    pub(crate) fn get(&self, parameter: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| *name == parameter).map(|(_, value)| value.as_str())
    }

    /// Those of these kinds.
    pub(crate) fn only(&self, kinds: &[&str]) -> Self {
        Self(self.0.iter().filter(|(name, _)| kinds.contains(name)).cloned().collect())
    }

    /// The same with this value of a parameter.
    pub(crate) fn with(&self, parameter: &str, value: &str) -> Self {
        let swap = |(name, old): &(&'static str, String)| {
            let value = if *name == parameter { value.to_owned() } else { old.clone() };
            (*name, value)
        };
        Self(self.0.iter().map(swap).collect())
    }
}

/// Adds so many of everything, each on the scene's board where it belongs to one; the places are those of the last.
pub(crate) async fn add(scene: &Scene, count: usize) -> Places {
    let site = Site {
        organization: scene.organization,
        gateway: scene.gateway,
        group: scene.group,
        board: scene.board,
        agent: scene.ada.0,
        user: scene.user(),
    };
    scene
        .write(move |tx| {
            let mut places = None;
            for _ in 0..count {
                places = Some(site.add_one_of_everything(tx)?);
            }
            Ok(places.unwrap())
        })
        .await
}

/// What is on a board of the scene's organization that was opened to nobody but its agents.
pub(crate) struct Closed {
    pub(crate) places: Places,
    /// The ids of all of it.
    pub(crate) ids: BTreeSet<String>,
}

/// Adds a board of its own in a group of its own, with an agent of its own and something of every kind on it.
pub(crate) async fn add_closed(scene: &Scene) -> Closed {
    let unique = UserId::random().to_string();
    let group = BoardGroup::new(scene.organization, &unique, &unique);
    let mut board = Board::new(scene.organization, &unique, &unique);
    (board.gateway_id, board.board_group_id) = (Some(scene.gateway), Some(group.id));
    let agent = Agent { board_id: Some(board.id), ..Agent::new(scene.gateway, "Recluse") };
    let site = Site {
        organization: scene.organization,
        gateway: scene.gateway,
        group: group.id,
        board: board.id,
        agent: agent.id,
        user: scene.user(),
    };
    let own = [board.id.to_string(), group.id.to_string(), agent.id.to_string()];
    let (places, on_board) = scene
        .write(move |tx| {
            board_groups::insert(tx, &group)?;
            boards::insert(tx, &board)?;
            agents::insert(tx, &agent)?;
            let places = site.add_one_of_everything(tx)?;
            let tasks = tasks::list(tx, &TaskFilter::of(board.id), Page::ALL)?.items;
            Ok((places, tasks.into_iter().map(|task| task.id.to_string()).collect::<Vec<_>>()))
        })
        .await;
    let kinds = [
        "task_id",
        "view_id",
        "approval_id",
        "webhook_id",
        "payload_id",
        "run_id",
        "budget_id",
        "exec_approval_id",
        "exec_policy_id",
    ];
    let more = kinds.into_iter().filter_map(|kind| places.get(kind)).map(str::to_owned).collect::<Vec<_>>();
    let ids = own.into_iter().chain(on_board).chain(more).collect();
    // What is the organization's, and not the board's, is no secret.
    let places = places.only(&[
        "board_id",
        "group_id",
        "agent_id",
        "task_id",
        "view_id",
        "approval_id",
        "webhook_id",
        "payload_id",
        "run_id",
        "budget_id",
        "exec_approval_id",
        "exec_policy_id",
    ]);
    Closed { places, ids }
}

/// What hangs together in a scene.
#[derive(Clone, Copy)]
struct Site {
    organization: OrganizationId,
    gateway: GatewayId,
    group: BoardGroupId,
    board: BoardId,
    agent: AgentId,
    user: UserId,
}

impl Site {
    fn add_one_of_everything(&self, tx: &mut Tx<'_>) -> Result<Places, StoreError> {
        let unique = UserId::random().to_string();
        let (colleague, person) = self.colleague(tx, &unique)?;
        self.another_organization(tx, &unique)?;
        self.neighbours(tx, &unique)?;
        let field = self.field(tx, &unique)?;
        let tag = Tag::new(self.organization, &unique, &unique);
        tags::insert(tx, &tag)?;
        let task = self.task(tx, &tag, field, person)?;
        let approval = Approval { task_id: Some(task.id), ..Approval::new(self.board, "close", 90.0) };
        approvals::insert(tx, &approval, &[task.id])?;
        self.words(tx)?;
        let invite = self.invite(tx, &unique)?;
        let (webhook, payload) = self.webhook(tx)?;
        let (pack, skill) = self.skill(tx, &unique)?;
        let view = self.view(tx, &unique)?;
        let job = self.job(tx)?;
        let token = self.token(tx, colleague, &unique)?;
        let (run, exec) = self.run(tx, &unique, task.id)?;
        let message = self.message(tx)?;
        let budget = self.budget(tx)?;
        let policy = self.policy(tx)?;
        Ok(Places(vec![
            ("board_id", self.board.to_string()),
            ("group_id", self.group.to_string()),
            ("gateway_id", self.gateway.to_string()),
            ("organization_id", self.organization.to_string()),
            ("agent_id", self.agent.to_string()),
            ("file_name", "SOUL.md".to_owned()),
            ("task_id", task.id.to_string()),
            ("approval_id", approval.id.to_string()),
            ("webhook_id", webhook.to_string()),
            ("payload_id", payload.to_string()),
            ("job_id", job.to_string()),
            ("token_id", token.to_string()),
            ("web_session_id", self.browser(tx, &unique)?.to_string()),
            ("passkey_id", self.passkey(tx, &unique)?.to_string()),
            ("run_id", run.to_string()),
            ("message_id", message.to_string()),
            ("budget_id", budget.to_string()),
            ("exec_approval_id", exec.to_string()),
            ("exec_policy_id", policy.to_string()),
            ("tag_id", tag.id.to_string()),
            ("task_custom_field_definition_id", field.to_string()),
            ("invite_id", invite.to_string()),
            ("view_id", view.to_string()),
            ("member_id", colleague.to_string()),
            ("user_id", person.to_string()),
            ("pack_id", pack.to_string()),
            ("skill_id", skill.to_string()),
            ("session_id", SESSION.to_owned()),
            ("handle", "handle".to_owned()),
            ("slug", "slug".to_owned()),
        ]))
    }

    /// A view of the board that is shared.
    fn view(&self, tx: &mut Tx<'_>, unique: &str) -> Result<BoardViewId, StoreError> {
        let now = Timestamp::now();
        let view = BoardView {
            id: BoardViewId::random(),
            board_id: self.board,
            member_id: None,
            name: unique.to_owned(),
            filter: Some("is:open".to_owned()),
            sort: None,
            group_by: None,
            layout: BoardLayout::Table,
            table_columns: Some(json!(["key"])),
            created_at: now,
            updated_at: now,
        };
        board_views::insert(tx, &view)?;
        Ok(view.id)
    }

    /// A job that waits for its time.
    fn job(&self, tx: &mut Tx<'_>) -> Result<JobId, StoreError> {
        let job = NewJob {
            organization_id: Some(self.organization),
            agent_id: Some(self.agent),
            run_at: Timestamp::now().plus(Duration::from_secs(3600)),
            ..NewJob::new("agent.check_in", json!({}))
        };
        jobs::enqueue(tx, job)
    }

    /// A message that did not arrive.
    fn message(&self, tx: &mut Tx<'_>) -> Result<AgentMessageId, StoreError> {
        let message = AgentMessage {
            board_id: Some(self.board),
            state: MessageState::Failed,
            ..AgentMessage::new(self.organization, self.agent, MessageKind::Notice, "words".to_owned())
        };
        messages::insert(tx, &message)?;
        Ok(message.id)
    }

    /// A token of another member.
    fn token(&self, tx: &mut Tx<'_>, member: MemberId, unique: &str) -> Result<ApiTokenId, StoreError> {
        let token = ApiToken {
            id: ApiTokenId::random(),
            organization_id: self.organization,
            member_id: member,
            name: unique.to_owned(),
            digest: agent_token::digest(&format!("token {unique}")),
            scope: TokenScope::Read,
            board_ids: None,
            created_by_user_id: Some(self.user),
            created_at: Timestamp::now(),
            expires_at: None,
            last_used_at: None,
            last_used_address: None,
        };
        api_tokens::insert(tx, &token)?;
        Ok(token.id)
    }

    /// A browser in which the person is signed in.
    fn browser(&self, tx: &mut Tx<'_>, unique: &str) -> Result<WebSessionId, StoreError> {
        let now = Timestamp::now();
        let session = WebSession {
            id: WebSessionId::random(),
            user_id: self.user,
            cookie_digest: agent_token::digest(&format!("cookie {unique}")),
            credential_digest: agent_token::digest("another token"),
            created_at: now,
            expires_at: now.plus(Duration::from_secs(3600)),
            device: Some("Browser".to_owned()),
            last_used_at: Some(now),
            last_used_address: Some("127.0.0.1".to_owned()),
        };
        web_sessions::insert(tx, &session)?;
        Ok(session.id)
    }

    /// A passkey of the person.
    fn passkey(&self, tx: &mut Tx<'_>, unique: &str) -> Result<PasskeyId, StoreError> {
        let passkey = Passkey {
            id: PasskeyId::random(),
            user_id: self.user,
            credential_id: unique.to_owned(),
            credential: "{}".to_owned(),
            counter: 0,
            name: "Key".to_owned(),
            created_at: Timestamp::now(),
            last_used_at: None,
        };
        passkeys::insert(tx, &passkey)?;
        Ok(passkey.id)
    }

    /// A large budget of the board.
    fn budget(&self, tx: &mut Tx<'_>) -> Result<BudgetId, StoreError> {
        let budget = Budget {
            board_id: Some(self.board),
            ..Budget::new(self.organization, BudgetMetric::Tokens, 1_000_000)
        };
        budgets::insert(tx, &budget)?;
        Ok(budget.id)
    }

    /// A rule for commands of the board, which refuses what nobody asks about.
    fn policy(&self, tx: &mut Tx<'_>) -> Result<ExecPolicyId, StoreError> {
        let policy = ExecPolicy {
            board_id: Some(self.board),
            ..ExecPolicy::new(self.organization, ExecEffect::Refuse, ExecMatch::Exact, "halt")
        };
        exec_policies::insert(tx, &policy)?;
        Ok(policy.id)
    }

    /// A run with a step, a command that waits in it, and what it used.
    fn run(
        &self,
        tx: &mut Tx<'_>,
        unique: &str,
        task: TaskId,
    ) -> Result<(RunId, ExecApprovalId), StoreError> {
        let now = Timestamp::now();
        let run = Run {
            board_id: Some(self.board),
            task_id: Some(task),
            gateway_run_id: Some(unique.to_owned()),
            ..Run::new(self.organization, self.gateway, self.agent, SESSION, now)
        };
        runs::insert(tx, &run)?;
        runs::save_step(tx, &RunStep::new(run.id, StepKind::Tool, "tool:1".to_owned(), 1))?;
        let exec = ExecApproval {
            id: ExecApprovalId::random(),
            organization_id: self.organization,
            gateway_id: self.gateway,
            gateway_approval_id: unique.to_owned(),
            approval_id: None,
            agent_id: self.agent,
            board_id: Some(self.board),
            task_id: Some(task),
            run_id: Some(run.id),
            session_key: SESSION.to_owned(),
            command: "make".to_owned(),
            cwd: None,
            host: None,
            resolved_path: None,
            warning: None,
            allowed_decisions: json!(["once", "deny"]),
            state: ExecApprovalState::Pending,
            decision: None,
            wanted_decision: None,
            decided_by: None,
            decided_by_user_id: None,
            reason: None,
            error: None,
            created_at: now,
            expires_at: now.plus(Duration::from_secs(1800)),
            resolved_at: None,
            policy_id: None,
            is_single_command: Some(true),
        };
        exec_approvals::insert(tx, &exec)?;
        let entry = UsageEntry {
            id: UsageEntryId::random(),
            organization_id: self.organization,
            gateway_id: self.gateway,
            source_key: unique.to_owned(),
            agent_id: self.agent,
            board_id: Some(self.board),
            task_id: Some(task),
            run_id: Some(run.id),
            session_id: unique.to_owned(),
            occurred_at: now,
            day: now.utc().date_naive().to_string(),
            provider: "provider".to_owned(),
            model: "model".to_owned(),
            response_id: None,
            calls: 1,
            input_tokens: 10,
            output_tokens: 5,
            cache_read_tokens: 0,
            cache_write_tokens: 0,
            cost_micros: Some(20),
        };
        usage::insert(tx, &entry)?;
        Ok((run.id, exec.id))
    }

    /// A pack with a skill that the gateway has.
    fn skill(&self, tx: &mut Tx<'_>, unique: &str) -> Result<(SkillPackId, MarketplaceSkillId), StoreError> {
        let address = format!("https://github.com/acme/{unique}");
        let skill = MarketplaceSkill::new(self.organization, unique, format!("{address}/tree/main/skill"));
        let pack = SkillPack::new(self.organization, unique, address);
        skill_packs::insert(tx, &pack)?;
        skills::insert(tx, &skill)?;
        skills::install(tx, self.gateway, skill.id)?;
        Ok((pack.id, skill.id))
    }

    /// Another member of the organization, who may write to the board.
    fn colleague(&self, tx: &mut Tx<'_>, unique: &str) -> Result<(MemberId, UserId), StoreError> {
        let user = User { email: Some(format!("{unique}@example.com")), ..User::new(unique) };
        users::get_or_insert(tx, &user)?;
        let member = OrganizationMember::new(self.organization, user.id, OrgRole::Member);
        members::insert(tx, &member)?;
        let grant = OrganizationBoardAccess::new(member.id, self.board, true, true);
        members::replace_access(tx, member.id, &[grant])?;
        Ok((member.id, user.id))
    }

    /// Another organization that the person is a member of.
    fn another_organization(&self, tx: &mut Tx<'_>, unique: &str) -> Result<(), StoreError> {
        let organization = Organization::new(unique);
        organizations::insert(tx, &organization)?;
        members::insert(tx, &OrganizationMember::new(organization.id, self.user, OrgRole::Member))
    }

    /// Another gateway, group and board of the organization, and agents everywhere.
    fn neighbours(&self, tx: &mut Tx<'_>, unique: &str) -> Result<(), StoreError> {
        let gateway = Gateway::new(self.organization, unique, "ws://127.0.0.1:1", "~");
        gateways::insert(tx, &gateway)?;
        agents::insert(tx, &Agent::new(gateway.id, "Main"))?;
        board_groups::insert(tx, &BoardGroup::new(self.organization, unique, unique))?;
        let mut board = Board::new(self.organization, unique, unique);
        (board.gateway_id, board.board_group_id) = (Some(gateway.id), Some(self.group));
        boards::insert(tx, &board)?;
        tasks::insert(tx, &Task { assigned_agent_id: Some(self.agent), ..Task::new(board.id, "Elsewhere") })?;
        for board in [board.id, self.board] {
            agents::insert(tx, &Agent { board_id: Some(board), ..Agent::new(gateway.id, unique) })?;
        }
        Ok(())
    }

    fn field(&self, tx: &mut Tx<'_>, unique: &str) -> Result<CustomFieldId, StoreError> {
        let field = CustomField::new(self.organization, unique, CustomFieldType::Text);
        custom_fields::insert(tx, &field)?;
        custom_fields::bind(tx, field.id, &[self.board])?;
        Ok(field.id)
    }

    /// A task that waits for one that a person has, with a tag, a value, an assignee, and a comment that mentions the person.
    fn task(
        &self,
        tx: &mut Tx<'_>,
        tag: &Tag,
        field: CustomFieldId,
        person: UserId,
    ) -> Result<Task, StoreError> {
        let held =
            |task: Task| Task { assigned_user_id: Some(person), assigned_at: Some(task.created_at), ..task };
        let first = held(Task::new(self.board, "First"));
        // And one of whoever asks.
        let mine = Task { assigned_user_id: Some(self.user), ..held(Task::new(self.board, "Mine")) };
        tasks::insert(tx, &mine)?;
        let task = Task { assigned_agent_id: Some(self.agent), ..Task::new(self.board, "Task") };
        tasks::insert(tx, &first)?;
        tasks::insert(tx, &task)?;
        tasks::dependencies::replace(tx, self.board, task.id, &[first.id])?;
        tags::replace(tx, task.id, &[tag.id])?;
        tasks::field_values::set(tx, task.id, field, Some(json!("value")))?;
        let mut comment =
            ActivityEvent::new(tasks::comments::KIND, "Done so far").agent(self.agent).board(self.board);
        comment.task_id = Some(task.id);
        activity::record(tx, &comment)?;
        tasks::comments::mention(tx, comment.id, [person, self.user])?;
        Ok(task)
    }

    /// Memory, chat, and an onboarding under way.
    fn words(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let (content, created_at) = (String::from("note"), Timestamp::now());
        for is_chat in [false, true] {
            let of_board = BoardMemory {
                id: BoardMemoryId::random(),
                board_id: self.board,
                content: content.clone(),
                tags: None,
                is_chat,
                source: None,
                created_at,
                agent_id: None,
                user_id: None,
            };
            memory::insert(tx, &of_board)?;
            let of_group = BoardGroupMemory {
                id: BoardGroupMemoryId::random(),
                board_group_id: self.group,
                content: content.clone(),
                tags: None,
                is_chat,
                source: None,
                created_at,
                agent_id: None,
                user_id: None,
            };
            memory::insert_of_group(tx, &of_group)?;
        }
        if onboarding::active(tx, self.board)?.is_none() {
            let begin = from_person("begin", Timestamp::now());
            onboarding::insert(tx, &OnboardingSession::new(self.board, "agent:main:main", begin))?;
        }
        Ok(())
    }

    fn invite(&self, tx: &mut Tx<'_>, unique: &str) -> Result<InviteId, StoreError> {
        let now = Timestamp::now();
        let invite = OrganizationInvite {
            id: InviteId::random(),
            organization_id: self.organization,
            invited_email: format!("invited-{unique}@example.com"),
            token: agent_token::digest(unique),
            role: OrgRole::Member,
            all_boards_read: true,
            all_boards_write: false,
            created_by_user_id: None,
            accepted_by_user_id: None,
            accepted_at: None,
            created_at: now,
            updated_at: now,
            expires_at: Some(now.plus(std::time::Duration::from_secs(3600))),
        };
        invites::insert(tx, &invite, &[])?;
        Ok(invite.id)
    }

    fn webhook(&self, tx: &mut Tx<'_>) -> Result<(WebhookId, WebhookPayloadId), StoreError> {
        let webhook = Webhook::new(self.board, "Deployments");
        webhooks::insert(tx, &webhook)?;
        let mut last = WebhookPayloadId::random();
        for _ in 0..2 {
            let payload = WebhookPayload::new(&webhook, Some(json!({ "deployed": true })));
            last = payload.id;
            webhooks::insert_payload(tx, &payload)?;
        }
        Ok((webhook.id, last))
    }
}
