//! Of what there is a maximum, many at once make no more than that.

use diesel::prelude::*;
use futures_util::future::join_all;
use mission_control_core::id::{ApiTokenId, BoardViewId, BudgetId, ExecPolicyId};
use mission_control_core::limits::{API_TOKENS, BUDGETS, EXEC_POLICIES, OWN_VIEWS, SHARED_VIEWS};
use mission_control_core::models::{ApiToken, BoardView, Budget, ExecPolicy};
use mission_control_core::rules::agent_token;
use mission_control_core::schema;
use mission_control_store::{Tx, api_tokens, board_views, budgets, exec_policies};
use mission_control_testkit::actors::Actor;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::scene::Scene;

/// So many are asked for at the same moment, where there is room for one.
const AT_ONCE: usize = 8;

/// Something of which there is a maximum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Thing {
    Rule,
    Budget,
    Token,
    OwnView,
    SharedView,
}

impl Thing {
    const fn most(self) -> i64 {
        match self {
            Self::Rule => EXEC_POLICIES,
            Self::Budget => BUDGETS,
            Self::Token => API_TOKENS,
            Self::OwnView => OWN_VIEWS,
            Self::SharedView => SHARED_VIEWS,
        }
    }

    fn path(self, scene: &Scene) -> String {
        match self {
            Self::Rule => "/api/v1/exec-policies".to_owned(),
            Self::Budget => "/api/v1/budgets".to_owned(),
            Self::Token => "/api/v1/tokens".to_owned(),
            Self::OwnView | Self::SharedView => scene.on_board("views"),
        }
    }

    fn list(self, scene: &Scene) -> String {
        match self {
            Self::OwnView | Self::SharedView => format!("/api/v1/board-views?board_id={}", scene.board),
            _ => self.path(scene),
        }
    }

    fn body(self) -> Value {
        match self {
            Self::Rule => json!({"pattern": "halt", "matching": "exact", "effect": "refuse"}),
            Self::Budget => json!({"metric": "tokens", "period": "day", "limit": 1_000}),
            Self::Token => json!({"name": "Program"}),
            Self::OwnView => json!({"name": "View"}),
            Self::SharedView => json!({"name": "View", "shared": true}),
        }
    }

    /// Adds so many like the one of this id.
    async fn repeat(self, scene: &Scene, id: String, count: i64) {
        let work = move |tx: &mut Tx<'_>| {
            match self {
                Self::Rule => {
                    let id: ExecPolicyId = id.parse().unwrap();
                    let one: ExecPolicy = schema::exec_policies::table.find(id).first(&mut **tx)?;
                    for _ in 0..count {
                        exec_policies::insert(tx, &ExecPolicy { id: ExecPolicyId::random(), ..one.clone() })?;
                    }
                }
                Self::Budget => {
                    let id: BudgetId = id.parse().unwrap();
                    let one: Budget = schema::budgets::table.find(id).first(&mut **tx)?;
                    for _ in 0..count {
                        budgets::insert(tx, &Budget { id: BudgetId::random(), ..one.clone() })?;
                    }
                }
                Self::Token => {
                    let id: ApiTokenId = id.parse().unwrap();
                    let one: ApiToken = schema::api_tokens::table.find(id).first(&mut **tx)?;
                    for nth in 0..count {
                        let (id, digest) =
                            (ApiTokenId::random(), agent_token::digest(&format!("token {nth}")));
                        api_tokens::insert(tx, &ApiToken { id, digest, ..one.clone() })?;
                    }
                }
                Self::OwnView | Self::SharedView => {
                    let id: BoardViewId = id.parse().unwrap();
                    let one: BoardView = schema::board_views::table.find(id).first(&mut **tx)?;
                    for _ in 0..count {
                        board_views::insert(tx, &BoardView { id: BoardViewId::random(), ..one.clone() })?;
                    }
                }
            }
            Ok(())
        };
        scene.write(work).await;
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn of_many_at_once_the_last_place_is_for_one(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values(Thing::Rule, Thing::Budget, Thing::Token, Thing::OwnView, Thing::SharedView)] thing: Thing,
) {
    let scene = Scene::start(backend).await;
    let owner = scene.enter(Actor::Owner).await;
    let (path, list) = (thing.path(&scene), thing.list(&scene));
    let before = owner.get(&list).expect(200).await["total"].as_i64().unwrap();
    let first = owner.post(&path, thing.body()).expect(200).await;
    let id = first["id"].as_str().unwrap_or_else(|| panic!("{first}")).to_owned();
    thing.repeat(&scene, id, thing.most() - before - 2).await;
    let answers = join_all((0..AT_ONCE).map(|_| owner.post(&path, thing.body()).send())).await;
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    let mut expected = [409; AT_ONCE];
    expected[0] = 200;
    assert_eq!(statuses, expected);
    let refused = answers.iter().find(|answer| answer.status == 409).unwrap();
    let told = refused.body["detail"].as_str().unwrap();
    assert!(told.starts_with(&format!("There are {} ", thing.most())), "{told}");
    assert_eq!(owner.get(&list).expect(200).await["total"], thing.most());
}
