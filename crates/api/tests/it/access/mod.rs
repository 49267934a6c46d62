//! Who may call what: every route of the document, called by everybody, compared with a reviewed table.
//!
//! The table is `table.txt` beside this file: a row per route, a column per [`Actor`], and in each cell what the answer
//! says of the caller's rights:
//!
//! | cell | answer |
//! |---|---|
//! | `ok` | the caller was let in: 2xx, or an answer that is about something else than rights (400, 409, 422, 502, …) |
//! | `401` | not known; 429 is the same refusal after too many of them |
//! | `403` | known, but not allowed |
//! | `404` | not there for this caller, though it is there |
//!
//! Each caller gets an organization of its own with something of every kind in it, so that nobody finds what another has
//! changed. Requests have the smallest body that the document allows, and a query that names the scene's board, gateway
//! and the like where the route takes one. Jobs are booked but not run.

mod requests;
mod table;

use mission_control_api::openapi;
use mission_control_core::models::{AgentChanges, AgentStatus, DriftPolicy, GatewayChanges};
use mission_control_simulator::{AgentBehaviour, Simulator, SimulatorConfig};
use mission_control_store::{agents, gateways};
use mission_control_testkit::actors::Actor;
use mission_control_testkit::scene::{OIDC_ISSUER, Scene};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::json;

use crate::event_shapes;
use crate::everything::{self, SESSION};
use crate::scene;
use crate::server::Server;
pub(crate) use requests::{Route, Swapped};
use table::{Cell, Table};

/// Gives the scene a gateway that answers at once, whose agents do nothing, with one session. It has none of the scene's agents,
/// which are online nevertheless: where there is a worker, it says so and does no more, since whom it brings there is given
/// another token.
pub(crate) async fn connect_quiet_gateway(scene: &Scene) -> Simulator {
    let config = SimulatorConfig {
        token: None,
        agent_behaviour: AgentBehaviour::Silent,
        ..SimulatorConfig::default()
    };
    let gateway = Simulator::start(config).await.unwrap();
    let (id, staff) = (scene.gateway, [scene.lead.0, scene.ada.0, scene.bob.0]);
    let reports = GatewayChanges { drift_policy: Some(DriftPolicy::Report), ..GatewayChanges::default() };
    let online = AgentChanges { status: Some(AgentStatus::Online), ..AgentChanges::default() };
    scene
        .write(move |tx| {
            gateways::update(tx, id, &reports)?;
            staff.iter().try_for_each(|agent| agents::update(tx, *agent, &online).map(drop))
        })
        .await;
    scene.connect_gateway(gateway.url()).await;
    let session = format!("/api/v1/gateways/sessions/{SESSION}/message?board_id={}", scene.board);
    scene.enter(Actor::Owner).await.post(&session, json!({ "content": "Hello" })).expect(200).await;
    gateway
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn everybody_is_answered_as_the_table_says(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let provider = [
        ("AUTH_MODE", "local,accounts,oidc"),
        ("OIDC_ISSUER", OIDC_ISSUER),
        ("OIDC_CLIENT_ID", "mission-control"),
    ];
    let server = Server::without_worker_with(backend, &provider).await;
    let document = serde_json::to_value(openapi::document()).unwrap();
    let mut routes = Route::all(&document);
    // Browsers go there, whoever they are, and the address of all of these callers may do so only so often in a minute.
    routes.retain(|route| !route.template().starts_with("/api/v1/auth/oidc"));
    let mut found = Table::of(routes.iter().map(Route::name));
    let mut log = event_shapes::Log::new();
    for actor in Actor::ALL {
        if actor == Actor::OidcOwner {
            // Who has an account is the same person, and may show a password only so often in a minute.
            let server = Server::without_worker_with(backend, &provider).await;
            call_everything(&server, actor, &routes, &mut found).await;
        } else {
            let scene = call_everything(&server, actor, &routes, &mut found).await;
            log.look(&scene.db).await;
        }
    }
    log.has_had_everything();
    found.compare_with_the_reviewed();
}

async fn call_everything(server: &Server, actor: Actor, routes: &[Route<'_>], found: &mut Table) -> Scene {
    let scene = scene::set_on(server).await;
    let _gateway = connect_quiet_gateway(&scene).await;
    let places = everything::add(&scene, 1).await;
    // Whom leads ask.
    scene.enter(Actor::MainAgent).await;
    let mut client = scene.enter(actor).await;
    for route in routes {
        let call = client.call(route.method(), &route.narrowed_path(&places)).json(route.body(&places));
        found.set(route.name(), actor, Cell::from_status(&route.name(), call.status().await));
        if actor.is_person() && route.method() != reqwest::Method::GET {
            // Perhaps the call has changed who the person is.
            client = scene.enter(actor).await;
        }
    }
    scene
}
