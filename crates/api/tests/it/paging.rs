//! Walking lists by cursor.

use std::collections::BTreeSet;

use mission_control_core::id::UserId;
use mission_control_core::limits::{ANSWER, PAGE_BYTES};
use mission_control_core::models::{Approval, ApprovalStatus, CustomField, CustomFieldType, Task};
use mission_control_store::{approvals, custom_fields, tasks};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::scene::Scene;
use crate::server::Server;

const TAGS: &str = "/api/v1/tags";

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_walked_by_cursor_whatever_comes_meanwhile(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let server = Server::start(backend).await;
    let user = server.user();
    for name in ["b", "D", "f"] {
        user.post(TAGS, json!({ "name": name })).expect(200).await;
    }
    let first = user.get(&format!("{TAGS}?limit=2")).expect(200).await;
    let cursor = first["next_cursor"].as_str().unwrap();
    for name in ["a", "e"] {
        user.post(TAGS, json!({ "name": name })).expect(200).await;
    }
    let rest = user.get(&format!("{TAGS}?limit=2&cursor={cursor}")).expect(200).await;
    let names = |page: &Value| -> Vec<Value> {
        page["items"].as_array().unwrap().iter().map(|tag| tag["name"].clone()).collect()
    };
    assert_eq!((names(&first), names(&rest)), (vec![json!("b"), json!("D")], vec![json!("e"), json!("f")]));
    assert_eq!((&rest["total"], &rest["next_cursor"]), (&json!(5), &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cursor_that_is_none_or_of_another_list_is_refused() {
    let server = Server::start(Backend::Sqlite).await;
    let user = server.user();
    for name in ["a", "b"] {
        user.post(TAGS, json!({ "name": name })).expect(200).await;
    }
    let page = user.get(&format!("{TAGS}?limit=1")).expect(200).await;
    let cursor = page["next_cursor"].as_str().unwrap();
    for path in [
        format!("{TAGS}?cursor=nonsense"),
        format!("{TAGS}?cursor=W10"),
        format!("/api/v1/activity?cursor={cursor}"),
        format!("{TAGS}?cursor={cursor}&offset=1"),
    ] {
        let refused = user.get(&path).expect(422).await;
        assert_eq!(refused["detail"][0]["loc"][0], "query", "{path}");
    }
}

/// Walks a list of so many rows by its cursors; returns how many pages it has, none of which is too large.
async fn pages(scene: &Scene, path: &str, rows: usize) -> usize {
    let user = scene.server.user();
    let (mut seen, mut pages, mut cursor) = (BTreeSet::new(), 0, String::new());
    loop {
        let page = user.get(&format!("{path}?{cursor}")).expect(200).await;
        assert!(page.to_string().len() < ANSWER + 1_000, "{path}: {}", page.to_string().len());
        let items = page["items"].as_array().unwrap();
        seen.extend(items.iter().map(|item| item["id"].as_str().unwrap().to_owned()));
        pages += 1;
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("cursor={next}");
    }
    assert_eq!(seen.len(), rows, "{path}");
    pages
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_page_ends_where_what_its_rows_hold_becomes_too_much_and_goes_on_there(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let me = scene.server.user().get("/api/v1/users/me").expect(200).await;
    let me: UserId = me["id"].as_str().unwrap().parse().unwrap();
    let (board, organization, rows) = (scene.board, scene.organization, 150);
    scene
        .write(move |tx| {
            let field = CustomField::new(organization, "notes", CustomFieldType::Text);
            custom_fields::insert(tx, &field)?;
            custom_fields::bind(tx, field.id, &[board])?;
            let value = "v".repeat(2 * ANSWER / rows);
            for _ in 0..rows {
                let task = tasks::insert(tx, &Task::new(board, "Task"))?;
                tasks::field_values::set(tx, task.id, field.id, Some(json!(value)))?;
                let approval = Approval::new(board, "deploy", 50.0);
                approvals::insert(tx, &approval, &[])?;
                // Only the decisions are long: the last one has no reason.
                let reason = "r".repeat(2 * PAGE_BYTES as usize / rows);
                approvals::set_status(tx, approval.id, ApprovalStatus::Rejected, me, Some(&reason))?;
                approvals::set_status(tx, approval.id, ApprovalStatus::Pending, me, None)?;
            }
            Ok(())
        })
        .await;
    for list in ["tasks", "approvals"] {
        let pages = pages(&scene, &scene.on_board(list), rows).await;
        assert!((2..6).contains(&pages), "{list}: {pages}");
    }
    let snapshot = scene.server.user().get(&scene.on_board("snapshot")).expect(200).await;
    assert!(snapshot.to_string().len() < 2 * ANSWER, "{}", snapshot.to_string().len());
}
