//! What was answered under an `Idempotency-Key` is given again only to who may still have it: every route that writes, called
//! by everybody who may, and called again after each thing that they may lose. None of it is answered then, and nothing is
//! carried out a second time.

use mission_control_api::openapi;
use mission_control_core::id::{AgentId, BoardGroupId, BoardId, OrganizationId, UserId};
use mission_control_core::models::{
    Agent, AgentChanges, AgentStatus, ApiToken, Board, BoardChanges, MemberChanges, OrgRole,
    OrganizationBoardAccess, OrganizationMember, UserChanges,
};
use mission_control_core::time::Timestamp;
use mission_control_store::{
    Page, StoreError, Tx, agents, api_tokens, board_groups, boards, erase, members, users,
};
use mission_control_testkit::actors::Actor;
use mission_control_testkit::client::{Answer, TestClient};
use mission_control_testkit::scene::Scene;
use mission_control_testkit::scratch::Backend;
use reqwest::Method;
use rstest::rstest;
use serde_json::Value;

use crate::access::{Route, connect_quiet_gateway};
use crate::everything::{self, Places};
use crate::pausing::CHECK_INS;
use crate::scene;
use crate::server::Server;

/// Routes that are not tried, and why.
const LEFT_OUT: [(&str, &str); 4] = [
    ("DELETE /api/v1/organizations/me", "the membership ends with it, and there is nothing left to lose"),
    ("DELETE /api/v1/users/me", "the account ends with it"),
    ("POST /api/v1/boards/{board_id}/webhooks/{webhook_id}", "what is posted has identities of its own"),
    ("POST /mcp", "keys count below /api/v1"),
];

/// What the holder of a credential loses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Loss {
    /// The membership.
    Membership,
    /// The role; a member is left.
    Role,
    /// All rights on boards.
    Boards,
    /// The right to write to boards.
    Writing,
    /// The group, which their board leaves.
    Group,
    /// The API token.
    ApiToken,
    /// A person has paused the agent.
    Activity,
    /// A person has asked for the agent to be deleted.
    Future,
    /// The agent has got another token.
    AgentToken,
    /// The agent works on another board.
    Place,
    /// The agent leads its board no more.
    Lead,
}

impl Loss {
    /// Whether it leaves a route as open as it was.
    fn spares(self, route: &Route<'_>) -> bool {
        match self {
            Self::Group => !route.template().contains("{group_id}"),
            Self::Activity | Self::Future => CHECK_INS.contains(&route.name().as_str()),
            _ => false,
        }
    }
}

/// Where it all plays.
#[derive(Clone, Copy)]
struct Home {
    organization: OrganizationId,
    group: BoardGroupId,
    board: BoardId,
    elsewhere: BoardId,
}

/// The holder of a credential, with all that there is to lose.
#[derive(Clone)]
enum Holder {
    Member(Box<(OrganizationMember, Vec<OrganizationBoardAccess>, Vec<ApiToken>)>),
    Agent(Box<Agent>),
}

impl Holder {
    async fn find(scene: &Scene, actor: Actor, client: &TestClient) -> Self {
        if !actor.is_person() {
            let me = client.get("/api/v1/agent/healthz").expect(200).await;
            let id: AgentId = me["agent_id"].as_str().unwrap().parse().unwrap();
            return Self::Agent(Box::new(scene.write(move |tx| agents::find(tx, id)).await.unwrap()));
        }
        let me = client.get("/api/v1/users/me").expect(200).await;
        let user: UserId = me["id"].as_str().unwrap().parse().unwrap();
        let organization = scene.organization;
        let find = move |tx: &mut Tx<'_>| {
            let member = members::of_user(tx, organization, user)?.unwrap();
            let grants = members::access(tx, member.id)?;
            let tokens = api_tokens::list(tx, organization, Some(member.id), Page::ALL)?.items;
            let tokens = tokens.into_iter().map(|(token, _)| token).collect();
            Ok(Self::Member(Box::new((member, grants, tokens))))
        };
        scene.write(find).await
    }

    fn lose(&self, tx: &mut Tx<'_>, home: Home, loss: Loss) -> Result<(), StoreError> {
        match self {
            Self::Member(all) => {
                let (member, grants, tokens) = all.as_ref();
                lose_as_member(tx, home, loss, member, grants, tokens)
            }
            Self::Agent(agent) => {
                let kept = AgentChanges::default();
                let change = match loss {
                    Loss::Activity => AgentChanges { paused_at: Some(Some(Timestamp::now())), ..kept },
                    Loss::Future => AgentChanges { status: Some(AgentStatus::Deleting), ..kept },
                    Loss::AgentToken => AgentChanges { token_digest: Some(Some("new".to_owned())), ..kept },
                    Loss::Place => AgentChanges { board_id: Some(Some(home.elsewhere)), ..kept },
                    Loss::Lead => AgentChanges { is_board_lead: Some(false), ..kept },
                    other => panic!("agents have no {other:?}"),
                };
                agents::update(tx, agent.id, &change).map(drop)
            }
        }
    }

    /// Everything is as it was.
    fn get_back(&self, tx: &mut Tx<'_>, home: Home) -> Result<(), StoreError> {
        match self {
            Self::Member(all) => {
                let (member, grants, tokens) = all.as_ref();
                if let Some(left) = members::of_user(tx, home.organization, member.user_id)? {
                    members::delete(tx, left.id)?;
                }
                members::insert(tx, member)?;
                members::replace_access(tx, member.id, grants)?;
                tokens.iter().try_for_each(|token| api_tokens::insert(tx, token))?;
                join(tx, home.board, Some(home.group))?;
                let active = Some(Some(home.organization));
                let there = UserChanges { active_organization_id: active, ..UserChanges::default() };
                users::update(tx, member.user_id, &there).map(drop)
            }
            Self::Agent(agent) => {
                let as_before = AgentChanges {
                    paused_at: Some(agent.paused_at),
                    status: Some(agent.status.clone()),
                    token_digest: Some(agent.token_digest.clone()),
                    board_id: Some(agent.board_id),
                    is_board_lead: Some(agent.is_board_lead),
                    ..AgentChanges::default()
                };
                agents::update(tx, agent.id, &as_before).map(drop)
            }
        }
    }
}

fn lose_as_member(
    tx: &mut Tx<'_>,
    home: Home,
    loss: Loss,
    member: &OrganizationMember,
    grants: &[OrganizationBoardAccess],
    tokens: &[ApiToken],
) -> Result<(), StoreError> {
    let mut all_boards = |read, write| {
        let flags = MemberChanges {
            all_boards_read: Some(read),
            all_boards_write: Some(write),
            ..MemberChanges::default()
        };
        members::update(tx, member.id, &flags).map(drop)
    };
    match loss {
        Loss::Membership => members::delete(tx, member.id),
        Loss::Role => {
            let role = MemberChanges { role: Some(OrgRole::Member), ..MemberChanges::default() };
            members::update(tx, member.id, &role).map(drop)
        }
        Loss::Boards => {
            all_boards(false, false)?;
            members::replace_access(tx, member.id, &[])
        }
        Loss::Writing => {
            all_boards(member.all_boards_read, false)?;
            let reading = |grant: &OrganizationBoardAccess| OrganizationBoardAccess {
                can_write: false,
                ..grant.clone()
            };
            members::replace_access(tx, member.id, &grants.iter().map(reading).collect::<Vec<_>>())
        }
        Loss::Group => join(tx, home.board, None),
        Loss::ApiToken => tokens.iter().try_for_each(|token| api_tokens::delete(tx, token.id)),
        other => panic!("members have no {other:?}"),
    }
}

/// Puts the board into the group, or out of all, if both are still there.
fn join(tx: &mut Tx<'_>, board: BoardId, group: Option<BoardGroupId>) -> Result<(), StoreError> {
    let group_is_gone = match group {
        Some(group) => board_groups::find(tx, group)?.is_none(),
        None => false,
    };
    if group_is_gone || boards::find(tx, board)?.is_none() {
        return Ok(());
    }
    let changes = BoardChanges { board_group_id: Some(group), ..BoardChanges::default() };
    boards::update(tx, board, &changes).map(drop)
}

/// A request that may be sent several times.
struct Request {
    name: String,
    method: Method,
    path: String,
    body: Value,
}

impl Request {
    fn of(route: &Route<'_>, places: &Places) -> Self {
        let (path, body) = (route.narrowed_path(places), route.body(places));
        Self { name: route.name(), method: route.method(), path, body }
    }

    async fn send(&self, client: &TestClient) -> Answer {
        let call = client.call(self.method.clone(), &self.path).json(&self.body);
        call.header("Idempotency-Key", "again").send().await
    }
}

fn is_replayed(answer: &Answer) -> bool {
    answer.header("idempotency-replayed") == Some("true")
}

/// Sends it once more after the loss, and says what was wrong with the answer: 429 is the refusal of a wrong credential that was
/// shown too often.
async fn refused(request: &Request, client: &TestClient, loss: &str, wrong: &mut Vec<String>) {
    let answer = request.send(client).await;
    if is_replayed(&answer) || ![401, 403, 404, 429].contains(&answer.status) {
        wrong.push(format!(
            "{} without {loss}: {} {:.300}",
            request.name,
            answer.status,
            answer.body.to_string()
        ));
    }
}

#[rstest]
#[case::owner(Backend::Sqlite, Actor::Owner, &[Loss::Membership, Loss::Role, Loss::Boards, Loss::Writing], 70)]
#[case::admin(Backend::Sqlite, Actor::Admin, &[Loss::Membership, Loss::Role], 20)]
#[case::writer(
    Backend::Postgres,
    Actor::Writer,
    &[Loss::Membership, Loss::Boards, Loss::Writing, Loss::Group],
    10
)]
#[case::admin_token(Backend::Sqlite, Actor::AdminToken, &[Loss::ApiToken, Loss::Membership, Loss::Role], 60)]
#[case::board_token(Backend::Sqlite, Actor::BoardToken, &[Loss::ApiToken, Loss::Boards, Loss::Writing], 10)]
#[case::service_account(
    Backend::Sqlite,
    Actor::ServiceAccount,
    &[Loss::ApiToken, Loss::Membership, Loss::Boards, Loss::Writing, Loss::Group],
    10
)]
#[case::agent(Backend::Sqlite, Actor::Agent, &[Loss::Activity, Loss::Future, Loss::AgentToken, Loss::Place], 5)]
#[case::lead(
    Backend::Postgres,
    Actor::Lead,
    &[Loss::Activity, Loss::Future, Loss::AgentToken, Loss::Place, Loss::Lead],
    10
)]
#[case::main_agent(Backend::Sqlite, Actor::MainAgent, &[Loss::Activity, Loss::Future, Loss::AgentToken, Loss::Place], 5)]
#[tokio::test(flavor = "multi_thread")]
async fn no_answer_is_given_again_to_who_has_lost_what_they_got_it_by(
    #[case] backend: Backend,
    #[case] actor: Actor,
    #[case] losses: &[Loss],
    #[case] at_least: usize,
) {
    let server = Server::without_worker(backend).await;
    let scene = scene::set_on(&server).await;
    let _gateway = connect_quiet_gateway(&scene).await;
    let places = everything::add(&scene, 1).await;
    if actor != Actor::MainAgent {
        // Whom leads ask.
        scene.enter(Actor::MainAgent).await;
    }
    let elsewhere = Board::new(scene.organization, "Elsewhere", "elsewhere");
    let home = Home {
        organization: scene.organization,
        group: scene.group,
        board: scene.board,
        elsewhere: elsewhere.id,
    };
    scene.write(move |tx| boards::insert(tx, &elsewhere)).await;

    let document = serde_json::to_value(openapi::document()).unwrap();
    let credential = if actor.is_person() { "user" } else { "agent" };
    let (mut kept, mut done, mut wrong) = (Vec::new(), 0, Vec::new());
    let mut client = scene.enter(actor).await;
    for route in Route::all(&document) {
        let left_out = LEFT_OUT.iter().any(|(name, _)| *name == route.name());
        if route.method() == Method::GET || left_out || !route.admits(credential) {
            continue;
        }
        if actor.is_person() {
            // Perhaps the last route has changed who the person is.
            client = scene.enter(actor).await;
        }
        let request = Request::of(&route, &places);
        let first = request.send(&client).await;
        if is_replayed(&first) {
            wrong.push(format!("{} was sent before", request.name));
        }
        let again = request.send(&client).await;
        if !is_replayed(&again) {
            if (200..300).contains(&first.status) {
                wrong.push(format!("{} is not repeated: {} {}", request.name, again.status, again.body));
            }
            continue;
        }
        assert_eq!((again.status, &again.body), (first.status, &first.body), "{}", request.name);
        done += usize::from(first.status < 300);
        let holder = Holder::find(&scene, actor, &client).await;
        for loss in losses.iter().filter(|loss| !loss.spares(&route)) {
            let (then, loss) = (holder.clone(), *loss);
            scene.write(move |tx| then.lose(tx, home, loss)).await;
            refused(&request, &client, &format!("{loss:?}"), &mut wrong).await;
            let then = holder.clone();
            scene.write(move |tx| then.get_back(tx, home)).await;
        }
        let at_last = request.send(&client).await;
        assert!(is_replayed(&at_last), "{}: got back, {} {}", request.name, at_last.status, at_last.body);
        kept.push(request);
    }
    if !actor.is_person()
        && let Holder::Agent(agent) = Holder::find(&scene, actor, &client).await
    {
        scene.write(move |tx| erase::agent(tx, agent.id)).await;
        for request in &kept {
            refused(request, &client, "itself", &mut wrong).await;
        }
    }
    assert!(wrong.is_empty(), "{} wrong answers:\n{}", wrong.len(), wrong.join("\n"));
    assert!(done >= at_least, "only {done} routes did something for {actor}");
}
