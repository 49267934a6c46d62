use mission_control_core::id::{BoardId, MemberId};
use mission_control_core::limits::{GROUP_BOARDS, GROUP_TASKS, GROUP_TASKS_IN_ALL};
use mission_control_core::models::{
    AgentChanges, Board, LogEntry, MemberChanges, OrgRole, OrganizationBoardAccess, Task,
};
use mission_control_store::{agents, boards, members, tasks};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::scene::Scene;

const GROUPS: &str = "/api/v1/board-groups";

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_group_is_made_renamed_and_deleted_and_its_boards_stay(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let user = scene.server.user();
    let group = user.post(GROUPS, json!({"name": "Alpha & Ops!", "slug": " "})).expect(200).await;
    assert_eq!(group["slug"], "alpha-ops");
    let nameless = user.post(GROUPS, json!({"name": "!!!", "slug": ""})).expect(200).await;
    assert_eq!(nameless["slug"].as_str().unwrap().len(), 32);
    let path = format!("{GROUPS}/{}", group["id"].as_str().unwrap());
    let renamed =
        user.patch(&path, json!({"name": "Beta", "slug": "", "description": "d"})).expect(200).await;
    assert_eq!((&renamed["slug"], &renamed["description"]), (&json!("beta"), &json!("d")));
    user.patch(&path, json!({"name": null})).expect(422).await;
    let list = user.get(GROUPS).expect(200).await;
    let names: Vec<_> =
        list["items"].as_array().unwrap().iter().map(|group| group["name"].as_str().unwrap()).collect();
    assert_eq!((&list["total"], names), (&json!(3), vec!["!!!", "Beta", "Growth"]));

    let path = format!("{GROUPS}/{}", scene.group);
    user.post(&format!("{path}/memory"), json!({"content": "x"})).expect(200).await;
    user.delete(&path).expect(200).await;
    user.delete(&path).expect(404).await;
    let board = user.get(&format!("/api/v1/boards/{}", scene.board)).expect(200).await;
    assert_eq!(board["board_group_id"], Value::Null);
    assert_eq!(scene.events("board_group.deleted").await[0].payload["board_group"]["name"], "Growth");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_member_sees_the_groups_of_the_boards_that_were_granted() {
    let scene = Scene::start(Backend::Sqlite).await;
    let user = scene.server.user();
    let me = user.get("/api/v1/organizations/me/member").expect(200).await;
    let empty = user.post(GROUPS, json!({"name": "Empty", "slug": "e"})).expect(200).await;
    let (organization, board) = (scene.organization, scene.board);
    let id = me["user_id"].as_str().unwrap().parse().unwrap();
    let member = scene
        .write(move |tx| {
            let member = members::of_user(tx, organization, id)?.unwrap();
            let rights = MemberChanges {
                role: Some(OrgRole::Member),
                all_boards_read: Some(false),
                all_boards_write: Some(false),
            };
            members::update(tx, member.id, &rights)
        })
        .await;
    let path = format!("{GROUPS}/{}", scene.group);
    user.get(&path).expect(403).await;
    assert_eq!(user.get(GROUPS).expect(200).await["total"], 0);
    let grant = OrganizationBoardAccess::new(member.id, board, true, false);
    scene.write(move |tx| members::replace_access(tx, member.id, &[grant])).await;
    user.get(&path).expect(200).await;
    assert_eq!(user.get(GROUPS).expect(200).await["items"][0]["id"], json!(scene.group));
    let snapshot = user.get(&format!("{path}/snapshot")).expect(200).await;
    assert_eq!(snapshot["boards"][0]["board"]["id"], json!(board));
    user.post(&format!("{path}/memory"), json!({"content": "x"})).expect(403).await;
    user.patch(&path, json!({})).expect(403).await;
    user.get(&format!("{GROUPS}/{}", empty["id"].as_str().unwrap())).expect(403).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_pace_is_kept_and_agents_whose_gateway_is_away_are_named() {
    let scene = Scene::start(Backend::Sqlite).await;
    let path = format!("{GROUPS}/{}/heartbeat", scene.group);
    let (ada, own) = (scene.ada.0, json!({"every": "5m", "extra": 1}));
    let changes = AgentChanges { heartbeat_config: Some(Some(own)), ..AgentChanges::default() };
    scene.write(move |tx| agents::update(tx, ada, &changes)).await;
    scene.ada.1.post(&path, json!({"every": "7m"})).expect(403).await;
    scene.server.user().post(&path, json!({"every": "often"})).expect(422).await;
    let answer = scene.lead.1.post(&path, json!({"every": "7m"})).expect(200).await;
    let mut workers = vec![scene.ada.0, scene.bob.0];
    workers.sort();
    assert_eq!(
        (&answer["updated_agent_ids"], &answer["failed_agent_ids"]),
        (&json!(workers), &json!(workers))
    );
    assert_eq!(answer["requested"], json!({"every": "7m", "include_board_leads": false}));
    let every = |agent: &Value| {
        (agent["heartbeat_config"]["every"].clone(), agent["heartbeat_config"]["extra"].clone())
    };
    let read = scene.server.user().get(&format!("/api/v1/agents/{ada}")).expect(200).await;
    assert_eq!(every(&read), (json!("7m"), json!(1)));
    let told = scene.events("agent.updated").await;
    let paced = |event: &&LogEntry| event.payload["agent"]["heartbeat_config"]["every"] == "7m";
    assert_eq!(told.iter().filter(paced).count(), 2);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_groups_snapshot_shows_what_matters_most_on_each_board(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let user = scene.server.user();
    let mut other = Board::new(scene.organization, "another", "a");
    other.board_group_id = Some(scene.group);
    let (other_id, board, bob) = (other.id, scene.board, scene.bob.0);
    scene
        .write(move |tx| {
            boards::insert(tx, &other)?;
            let rows = [
                ("done", "high"),
                ("inbox", "low"),
                ("inbox", "high"),
                ("review", "low"),
                ("in_progress", "x"),
            ];
            for (status, priority) in rows {
                let mut task = Task::new(board, format!("{status} {priority}"));
                (task.status, task.priority) = (status.parse().unwrap(), priority.to_owned());
                task.assigned_agent_id = (status == "review").then_some(bob);
                tasks::insert(tx, &task)?;
            }
            Ok(())
        })
        .await;
    let path = format!("{GROUPS}/{}/snapshot", scene.group);
    let titles = |snapshot: &Value, board: usize| -> Vec<String> {
        let tasks = snapshot["boards"][board]["tasks"].as_array().unwrap();
        tasks.iter().map(|task| task["title"].as_str().unwrap().to_owned()).collect()
    };
    let snapshot = user.get(&path).expect(200).await;
    assert_eq!(snapshot["boards"][0]["board"]["id"], json!(other_id));
    assert_eq!(titles(&snapshot, 1), ["in_progress x", "review low", "inbox high", "inbox low"]);
    let counts = json!({"done": 1, "inbox": 2, "in_progress": 1, "review": 1});
    assert_eq!(snapshot["boards"][1]["task_counts"], counts);
    assert_eq!(snapshot["boards"][1]["tasks"][1]["assignee"], "Bob");
    let all = user.get(&format!("{path}?include_done=true&per_board_task_limit=9")).expect(200).await;
    assert_eq!(titles(&all, 1).last().unwrap(), "done high");
    let two = user.get(&format!("{path}?per_board_task_limit=2")).expect(200).await;
    assert_eq!(titles(&two, 1), ["in_progress x", "review low"]);
    let others = scene.ada.1.get(&scene.on_board("group-snapshot")).expect(200).await;
    assert_eq!(
        (others["boards"].as_array().unwrap().len(), &others["group"]["id"]),
        (1, &json!(scene.group))
    );
}

/// Puts so many boards with so many tasks each into a group; returns the boards by name.
async fn fill(scene: &Scene, boards: usize, tasks: usize) -> Vec<BoardId> {
    let (organization, group) = (scene.organization, scene.group);
    scene
        .write(move |tx| {
            let name = |number: usize| format!("n{number:03}");
            let board = |name: String| Board {
                board_group_id: Some(group),
                ..Board::new(organization, &name, &name)
            };
            let mut made = Vec::new();
            for board in (0..boards).map(|number| board(name(number))) {
                made.push(boards::insert(tx, &board)?.id);
                (0..tasks).try_for_each(|_| tasks::insert(tx, &Task::new(board.id, "Task")).map(drop))?;
            }
            Ok(made)
        })
        .await
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn who_sees_few_boards_of_a_large_group_sees_all_that_is_shown_of_them(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let user = scene.server.user();
    let each = usize::try_from(GROUP_TASKS).unwrap();
    let boards = fill(&scene, usize::try_from(GROUP_TASKS_IN_ALL).unwrap() / each + 2, each).await;
    let path = format!("{GROUPS}/{}/snapshot?per_board_task_limit={each}", scene.group);
    let shown = |snapshot: &Value| -> Vec<usize> {
        let boards = snapshot["boards"].as_array().unwrap().iter();
        boards.map(|board| board["tasks"].as_array().unwrap().len()).collect()
    };
    let all = user.get(&path).expect(200).await;
    assert_eq!(shown(&all).into_iter().sum::<usize>() as i64, GROUP_TASKS_IN_ALL);
    let me = user.get("/api/v1/organizations/me/member").expect(200).await;
    let member: MemberId = me["id"].as_str().unwrap().parse().unwrap();
    let granted: Vec<BoardId> = boards[boards.len() - 2..].to_vec();
    scene
        .write(move |tx| {
            let rights = MemberChanges {
                role: Some(OrgRole::Member),
                all_boards_read: Some(false),
                all_boards_write: Some(false),
            };
            members::update(tx, member, &rights)?;
            let grants =
                granted.iter().map(|board| OrganizationBoardAccess::new(member, *board, true, false));
            members::replace_access(tx, member, &grants.collect::<Vec<_>>())
        })
        .await;
    assert_eq!(shown(&user.get(&path).expect(200).await), [each, each]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_board_that_is_not_to_be_shown_takes_no_other_one_s_place(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let boards = fill(&scene, usize::try_from(GROUP_BOARDS).unwrap() + 1, 0).await;
    let path = format!("/api/v1/boards/{}/group-snapshot", boards[0]);
    let snapshot = scene.server.user().get(&path).expect(200).await;
    let shown = snapshot["boards"].as_array().unwrap();
    assert_eq!(
        (shown.len() as i64, shown.iter().any(|one| one["board"]["id"] == json!(boards[0]))),
        (GROUP_BOARDS, false)
    );
    assert!(snapshot["boards_total"].as_i64().unwrap() >= GROUP_BOARDS);
}
