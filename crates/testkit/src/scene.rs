//! A small organization on a running server, and everybody who may call it.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test kit reports failures by panicking"
)]

use mission_control_core::id::{
    AgentId, ApiTokenId, BoardGroupId, BoardId, GatewayId, OrganizationId, UserId, WebSessionId,
};
use mission_control_core::models::{
    Account, Agent, AgentMessage, ApiToken, Board, BoardChanges, BoardGroup, Gateway, GatewayChanges,
    Identity, LogEntry, MemberChanges, OrgRole, Organization, OrganizationBoardAccess, OrganizationMember,
    Task, TokenScope, User, UserChanges, WebSession,
};
use mission_control_core::rules::{agent_token, api_tokens as token_rules, identities as rules};
use mission_control_core::time::Timestamp;
use mission_control_store::messages::MessageFilter;
use mission_control_store::{
    Db, Page, StoreError, Tx, accounts, agents, api_tokens, board_groups, boards, event_log, gateways,
    identities, members, messages, organizations, tasks, users, web_sessions,
};
use secrecy::ExposeSecret;
use std::time::Duration;

use crate::actors::Actor;
use crate::client::TestClient;

/// What the identity provider of a server with scenes is called. Nobody is there.
pub const OIDC_ISSUER: &str = "http://127.0.0.1:1";

/// A board in a group, with a lead and two workers, on a gateway that is away. It is written beside the API, so that it
/// stands in milliseconds and needs no gateway.
pub struct Scene {
    /// The server's database.
    pub db: Db,
    /// The organization, which the person who signs in with the local token owns.
    pub organization: OrganizationId,
    /// Its gateway.
    pub gateway: GatewayId,
    /// The board's group.
    pub group: BoardGroupId,
    /// The board.
    pub board: BoardId,
    /// `Lead Agent`.
    pub lead: (AgentId, TestClient),
    /// `Ada Lovelace`.
    pub ada: (AgentId, TestClient),
    /// `Bob`.
    pub bob: (AgentId, TestClient),
    anonymous: TestClient,
    person: (UserId, TestClient),
}

impl Scene {
    /// Sets the scene on the server of `anonymous`, in an organization of its own.
    pub async fn set(db: Db, anonymous: TestClient, local_token: &str) -> Self {
        let client = anonymous.user(local_token);
        let me = client.get("/api/v1/users/me").expect(200).await;
        let person = (me["id"].as_str().unwrap().parse().unwrap(), client);
        let organization = Organization::new("Home");
        let gateway = Gateway::new(organization.id, "g", "ws://127.0.0.1:1", "~");
        let group = BoardGroup::new(organization.id, "Growth", "growth");
        let mut board = Board::new(organization.id, "Research", "research");
        (board.gateway_id, board.board_group_id) = (Some(gateway.id), Some(group.id));
        let staff = ["Lead Agent", "Ada Lovelace", "Bob"].map(|name| agent(gateway.id, Some(board.id), name));
        let [lead, ada, bob] = staff.each_ref().map(|(agent, token)| (agent.id, anonymous.agent(token)));
        let scene = Self {
            organization: organization.id,
            gateway: gateway.id,
            group: group.id,
            board: board.id,
            lead,
            ada,
            bob,
            db,
            anonymous,
            person,
        };
        scene
            .write(move |tx| {
                organizations::insert(tx, &organization)?;
                gateways::insert(tx, &gateway)?;
                board_groups::insert(tx, &group)?;
                boards::insert(tx, &board)?;
                staff.iter().try_for_each(|(agent, _)| agents::insert(tx, agent))
            })
            .await;
        scene.enter(Actor::Owner).await;
        scene
    }

    /// The client of somebody.
    ///
    /// All people sign in with the one local token: from here on whoever holds it is that person, whichever client they
    /// use. Agents that are not on the board are made on the way.
    pub async fn enter(&self, actor: Actor) -> TestClient {
        match actor {
            Actor::Anonymous => self.anonymous.clone(),
            Actor::Stranger => self.move_away().await,
            Actor::Member => self.become_member(OrgRole::Member, None).await,
            Actor::Reader => self.become_member(OrgRole::Member, Some((true, false))).await,
            Actor::Writer => self.become_member(OrgRole::Member, Some((true, true))).await,
            Actor::Admin => self.become_member(OrgRole::Admin, None).await,
            Actor::Owner => self.become_member(OrgRole::Owner, None).await,
            Actor::AccountOwner => self.account_owner().await,
            Actor::OidcOwner => self.oidc_owner().await,
            Actor::ReadToken => self.owners_token(TokenScope::Read, None).await,
            Actor::WriteToken => self.owners_token(TokenScope::Write, None).await,
            Actor::AdminToken => self.owners_token(TokenScope::Admin, None).await,
            Actor::BoardToken => self.owners_token(TokenScope::Write, Some(self.board)).await,
            Actor::ServiceAccount => self.service_account().await,
            Actor::Agent => self.ada.1.clone(),
            Actor::Lead => self.lead.1.clone(),
            Actor::OtherAgent => {
                let mut board = Board::new(self.organization, "Other", "other");
                board.gateway_id = Some(self.gateway);
                let (agent, token) = agent(self.gateway, Some(board.id), "Elsewhere");
                self.write(move |tx| {
                    boards::insert(tx, &board)?;
                    agents::insert(tx, &agent)
                })
                .await;
                self.anonymous.agent(&token)
            }
            Actor::MainAgent => {
                let (main, token) = main_agent(self.gateway);
                self.write(move |tx| agents::insert(tx, &main)).await;
                self.anonymous.agent(&token)
            }
            Actor::ForeignAgent => {
                let organization = Organization::new("Away");
                let gateway = Gateway::new(organization.id, "a", "ws://127.0.0.1:1", "~");
                let (main, token) = main_agent(gateway.id);
                self.write(move |tx| {
                    organizations::insert(tx, &organization)?;
                    gateways::insert(tx, &gateway)?;
                    agents::insert(tx, &main)
                })
                .await;
                self.anonymous.agent(&token)
            }
        }
    }

    /// The person leaves for an organization of their own.
    async fn move_away(&self) -> TestClient {
        let (home, user) = (self.organization, self.person.0);
        self.write(move |tx| {
            if let Some(member) = members::of_user(tx, home, user)? {
                members::delete(tx, member.id)?;
            }
            let away = match members::first_of_user(tx, user)? {
                Some(member) => member.organization_id,
                None => {
                    let away = Organization::new("Away");
                    organizations::insert(tx, &away)?;
                    members::insert(tx, &OrganizationMember::new(away.id, user, OrgRole::Owner))?;
                    away.id
                }
            };
            work_in(tx, user, away)
        })
        .await;
        self.person.1.clone()
    }

    /// The person becomes a member with this role; `grant` says whether they may read and write the board.
    async fn become_member(&self, role: OrgRole, grant: Option<(bool, bool)>) -> TestClient {
        let (home, board, user) = (self.organization, self.board, self.person.0);
        self.write(move |tx| {
            let wanted = OrganizationMember::new(home, user, role);
            let member = match members::of_user(tx, home, user)? {
                Some(member) => {
                    let changes = MemberChanges {
                        role: Some(wanted.role),
                        all_boards_read: Some(wanted.all_boards_read),
                        all_boards_write: Some(wanted.all_boards_write),
                    };
                    members::update(tx, member.id, &changes)?.id
                }
                None => {
                    members::insert(tx, &wanted)?;
                    wanted.id
                }
            };
            let grant = grant.map(|(read, write)| OrganizationBoardAccess::new(member, board, read, write));
            members::replace_access(tx, member, grant.as_slice())?;
            work_in(tx, user, home)
        })
        .await;
        self.person.1.clone()
    }

    /// The person, who is an owner, in a browser that signed in with the password of their account. The server has to take
    /// accounts.
    async fn account_owner(&self) -> TestClient {
        self.become_member(OrgRole::Owner, None).await;
        let (user, cookie) = (self.person.0, agent_token::generate().expose_secret().to_owned());
        let (cookie_digest, now) = (agent_token::digest(&cookie), Timestamp::now());
        self.write(move |tx| {
            if accounts::find(tx, user)?.is_none() {
                let address = format!("{user}@example.com");
                let account = Account::new(user, address, "of no password".to_owned(), now);
                accounts::insert(tx, &account)?;
            }
            web_sessions::insert(tx, &session(user, cookie_digest, agent_token::digest("of no password")))
        })
        .await;
        self.anonymous.own_page(&format!("mission_control_session={cookie}"))
    }

    /// The person, who is an owner and came by the identity provider.
    async fn oidc_owner(&self) -> TestClient {
        self.become_member(OrgRole::Owner, None).await;
        let (user, cookie) = (self.person.0, agent_token::generate().expose_secret().to_owned());
        let cookie_digest = agent_token::digest(&cookie);
        self.write(move |tx| {
            let (issuer, subject) = (OIDC_ISSUER.to_owned(), user.to_string());
            let given_for = rules::credential(&issuer, &subject);
            if identities::holder(tx, &issuer, &subject)?.is_none() {
                let created_at = Timestamp::now();
                identities::insert(tx, &Identity { issuer, subject, user_id: user, created_at })?;
            }
            web_sessions::insert(tx, &session(user, cookie_digest, given_for))
        })
        .await;
        self.anonymous.own_page(&format!("mission_control_session={cookie}"))
    }

    /// A program with a token of the person, who is an owner.
    async fn owners_token(&self, scope: TokenScope, board: Option<BoardId>) -> TestClient {
        self.become_member(OrgRole::Owner, None).await;
        self.token_of(self.person.0, scope, board).await
    }

    /// A program with a token of a service account that may write to the board.
    async fn service_account(&self) -> TestClient {
        self.become_member(OrgRole::Owner, None).await;
        let (home, board) = (self.organization, self.board);
        let account = User::service_account("Deployments");
        let user = account.id;
        self.write(move |tx| {
            users::get_or_insert(tx, &account)?;
            let member = OrganizationMember::new(home, user, OrgRole::Member);
            members::insert(tx, &member)?;
            let grant = OrganizationBoardAccess::new(member.id, board, true, true);
            members::replace_access(tx, member.id, &[grant])
        })
        .await;
        self.token_of(user, TokenScope::Admin, None).await
    }

    /// A new token of a member, which may open one board alone. The member's earlier tokens end.
    pub async fn token_of(&self, user: UserId, scope: TokenScope, board: Option<BoardId>) -> TestClient {
        let home = self.organization;
        let token = token_rules::generate().expose_secret().to_owned();
        let digest = agent_token::digest(&token);
        self.write(move |tx| {
            let member = members::of_user(tx, home, user)?.expect("a member").id;
            for (old, _) in api_tokens::list(tx, home, Some(member), Page::ALL)?.items {
                api_tokens::delete(tx, old.id)?;
            }
            let token = ApiToken {
                id: ApiTokenId::random(),
                organization_id: home,
                member_id: member,
                name: "Test".to_owned(),
                digest,
                scope,
                board_ids: board.map(|board| serde_json::json!([board])),
                created_by_user_id: Some(user),
                created_at: Timestamp::now(),
                expires_at: None,
                last_used_at: None,
                last_used_address: None,
            };
            api_tokens::insert(tx, &token)
        })
        .await;
        self.anonymous.user(&token)
    }

    /// The person who signs in with the local token.
    pub fn user(&self) -> UserId {
        self.person.0
    }

    /// Writes to the database, beside the API.
    pub async fn write<T: Send + 'static>(
        &self,
        change: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError> + Send + 'static,
    ) -> T {
        self.db.write(change).await.expect("write beside the API")
    }

    /// A path below the board.
    pub fn on_board(&self, path: &str) -> String {
        format!("/api/v1/boards/{}/{path}", self.board)
    }

    /// A task on the board, beside the API.
    pub async fn task(&self, title: &str) -> Task {
        let task = Task::new(self.board, title);
        self.write(move |tx| tasks::insert(tx, &task)).await
    }

    /// Changes the board, beside the API.
    pub async fn change_board(&self, changes: BoardChanges) {
        let board = self.board;
        self.write(move |tx| boards::update(tx, board, &changes)).await;
    }

    /// Puts a gateway that answers at `url` where there was none.
    pub async fn connect_gateway(&self, url: impl Into<String>) {
        let (gateway, changes) =
            (self.gateway, GatewayChanges { url: Some(url.into()), ..GatewayChanges::default() });
        self.write(move |tx| gateways::update(tx, gateway, &changes)).await;
    }

    /// Every message to agents so far: to whom, and the text.
    pub async fn messages(&self) -> Vec<(AgentId, String)> {
        let filter = MessageFilter::of(self.organization);
        let find = self.db.read(move |conn| messages::list(conn, filter, Page::first(1_000)));
        let mut found: Vec<AgentMessage> =
            find.await.map_err(|error: StoreError| error).expect("list messages").items;
        found.sort_by_key(|message| message.created_at);
        found.into_iter().map(|message| (message.agent_id, message.text)).collect()
    }

    /// The same with only the first lines, in the order of the agents' ids.
    pub async fn headlines(&self) -> Vec<(AgentId, String)> {
        let first_line = |text: String| text.lines().next().unwrap().to_owned();
        let mut found: Vec<_> =
            self.messages().await.into_iter().map(|(agent, text)| (agent, first_line(text))).collect();
        found.sort();
        found
    }

    /// Every event so far whose kind begins so.
    pub async fn events(&self, kind: &str) -> Vec<LogEntry> {
        let find = self.db.read(|conn| event_log::after(conn, 0, 1_000));
        let events: Vec<LogEntry> =
            find.await.map_err(|error: StoreError| error).expect("read the event log");
        events.into_iter().filter(|event| event.kind.as_str().starts_with(kind)).collect()
    }
}

fn agent(gateway: GatewayId, board: Option<BoardId>, name: &str) -> (Agent, String) {
    let token = agent_token::generate().expose_secret().to_owned();
    let mut agent = Agent::new(gateway, name);
    agent.board_id = board;
    agent.is_board_lead = name == "Lead Agent";
    agent.openclaw_session_id = Some(format!("agent:{}:main", agent.id));
    agent.token_digest = Some(agent_token::digest(&token));
    (agent, token)
}

/// Its session says which agent is a gateway's main one.
fn main_agent(gateway: GatewayId) -> (Agent, String) {
    let (mut main, token) = agent(gateway, None, "Main");
    main.openclaw_session_id = Some(format!("agent:mc-gateway-{gateway}:main"));
    (main, token)
}

fn work_in(tx: &mut Tx<'_>, user: UserId, organization: OrganizationId) -> Result<(), StoreError> {
    let changes = UserChanges { active_organization_id: Some(Some(organization)), ..UserChanges::default() };
    users::update(tx, user, &changes).map(drop)
}

/// A browser of somebody that signed in just now.
fn session(user: UserId, cookie_digest: String, credential_digest: String) -> WebSession {
    let now = Timestamp::now();
    WebSession {
        id: WebSessionId::random(),
        user_id: user,
        cookie_digest,
        credential_digest,
        created_at: now,
        expires_at: now.plus(Duration::from_secs(3600)),
        device: None,
        last_used_at: None,
        last_used_address: None,
    }
}
