use mission_control_core::id::GatewayId;
use mission_control_core::models::{Gateway, Organization, SkillPack};
use mission_control_store::{gateways, organizations, skill_packs, skills};
use mission_control_testkit::repository::Repositories;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::{Value, json};

use crate::scene::Scene;
use crate::server::Server;

const PACKS: &str = "/api/v1/skills/packs";
const MARKETPLACE: &str = "/api/v1/skills/marketplace";

impl Scene {
    /// The catalogue with this query.
    async fn catalogue(&self, query: &str) -> Vec<Value> {
        let path = format!("{MARKETPLACE}?gateway_id={}{query}", self.gateway);
        self.server.user().get(&path).expect(200).await.as_array().unwrap().clone()
    }

    async fn names(&self, query: &str) -> Vec<String> {
        let mut names: Vec<_> = self
            .catalogue(query)
            .await
            .iter()
            .map(|skill| skill["name"].as_str().unwrap().to_owned())
            .collect();
        names.sort();
        names
    }
}

fn path_of(base: &str, entity: &Value) -> String {
    format!("{base}/{}", entity["id"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_first_organization_begins_with_two_packs() {
    let server = Server::start(Backend::Sqlite).await;
    let starters = server.user().get(PACKS).expect(200).await;
    let names: Vec<_> = starters.as_array().unwrap().iter().map(|pack| &pack["name"]).collect();
    assert_eq!(names, ["antigravity-awesome-skills", "ai-marketing-skills"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_pack_is_known_by_its_address(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let scene = Scene::start(backend).await;
    let user = scene.server.user();
    let body = json!({"source_url": "https://GitHub.com/acme/skill-pack.git", "branch": " dev ", "metadata": {"k": 1}});
    let pack = user.post(PACKS, body).expect(200).await;
    assert_eq!(
        (&pack["source_url"], &pack["name"], &pack["branch"]),
        (&json!("https://github.com/acme/skill-pack"), &json!("skill pack"), &json!("dev"))
    );
    let body = json!({"source_url": "https://github.com/acme/skill-pack/", "description": "d", "branch": "no branch!"});
    let again = user.post(PACKS, body).expect(200).await;
    assert_eq!(
        (&again["id"], &again["branch"], &again["metadata"]),
        (&pack["id"], &json!("main"), &json!({}))
    );
    assert_eq!((&again["name"], &again["description"]), (&json!("skill pack"), &json!("d")));
    let path = path_of(PACKS, &pack);
    assert_eq!(user.get(&path).expect(200).await, again);

    let other = user
        .post(PACKS, json!({"source_url": "https://github.com/acme/two", "name": "Two"}))
        .expect(200)
        .await;
    user.patch(&path_of(PACKS, &other), json!({"source_url": "https://github.com/acme/skill-pack"}))
        .expect(409)
        .await;
    let renamed = user.patch(&path, json!({"source_url": "https://github.com/acme/three"})).expect(200).await;
    assert_eq!((&renamed["name"], &renamed["description"]), (&json!("three"), &Value::Null));
    user.delete(&path).expect(200).await;
    user.delete(&path).expect(404).await;
    user.get(&path).expect(404).await;
    let kinds: Vec<_> = scene.events("skill_pack").await.into_iter().map(|event| event.kind).collect();
    assert_eq!(
        kinds,
        [
            "skill_pack.created",
            "skill_pack.updated",
            "skill_pack.created",
            "skill_pack.updated",
            "skill_pack.deleted"
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pack_comes_from_the_places_that_the_operator_allows() {
    let allowed = [("SKILL_PACK_SOURCES", "https://github.com, https://git.example.com/team")];
    let scene = Scene::start_with(Backend::Sqlite, &allowed).await;
    let user = scene.server.user();
    for url in ["https://github.com/a/b", "https://git.example.com/team/c"] {
        user.post(PACKS, json!({"source_url": url})).expect(200).await;
    }
    for url in ["https://git.example.com/other/c", "http://github.com/a/b", "file:///etc/x"] {
        let refused = user.post(PACKS, json!({"source_url": url})).expect(400).await;
        assert_eq!(refused["code"], "bad_request", "{url}");
        assert!(!refused["next_step"].as_str().unwrap().contains("body"), "{refused}");
    }
    let refused = user.post(PACKS, json!({"source_url": "https://gitlab.com/a/b"})).expect(400).await;
    assert!(refused["next_step"].as_str().unwrap().contains("SKILL_PACK_SOURCES"), "{refused}");
    for url in
        ["x", "ftp://github.com/a/b", "https://ada:secret@github.com/a/b", "https://169.254.169.254/a/b", ""]
    {
        let refused = user.post(PACKS, json!({"source_url": url})).expect(422).await;
        assert!(!refused.to_string().contains("secret"), "{refused}");
    }
    let elsewhere = SkillPack::new(scene.organization, "x", "https://gone.example.com/a/b");
    let id = elsewhere.id;
    scene.write(move |tx| skill_packs::insert(tx, &elsewhere)).await;
    let refused = user.post(&format!("{PACKS}/{id}/sync"), json!({})).expect(400).await;
    assert_eq!(refused["code"], "bad_request");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_catalogue_is_searched_and_paged(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let repositories = Repositories::new();
    let index = json!([
        {"path": "pdf", "name": "PDF Reader", "description": "Reads 100% of them", "category": " Docs ", "risk": "Low"},
        {"path": "web", "name": "Browser", "category": "net", "risk": "high"},
    ]);
    repositories.commit("acme", "main", &[("skills_index.json", index.to_string().as_bytes())]);
    repositories.commit("acme-two", "main", &[("SKILL.md", b"# Lone\n")]);
    let scene = Scene::start_with(backend, &[("SKILL_PACK_SOURCES", &repositories.url())]).await;
    let user = scene.server.user();
    let mut packs = Vec::new();
    for name in ["acme", "acme-two"] {
        let pack = user.post(PACKS, json!({"source_url": repositories.url_of(name)})).expect(200).await;
        let synced = user.post(&format!("{}/sync", path_of(PACKS, &pack)), json!({})).expect(200).await;
        assert_eq!((&synced["ok"], &synced["pack_id"]), (&json!(true), &pack["id"]));
        packs.push(pack);
    }
    user.post(MARKETPLACE, json!({"source_url": "https://example.com/by-hand"})).expect(200).await;

    let pack = |nth: usize| format!("&pack_id={}", packs[nth]["id"].as_str().unwrap());
    for (query, expected) in [
        ("", vec!["Browser", "Lone", "PDF Reader", "by hand"]),
        ("&search=pdf", vec!["PDF Reader"]),
        ("&search=100%25", vec!["PDF Reader"]),
        ("&search=%25", vec!["PDF Reader"]),
        ("&search=DOCS", vec!["PDF Reader"]),
        ("&category=docs", vec!["PDF Reader"]),
        ("&category=%20Uncategorized", vec!["Lone", "by hand"]),
        ("&risk=HIGH", vec!["Browser"]),
        ("&risk=medium", vec![]),
        (pack(0).as_str(), vec!["Browser", "PDF Reader"]),
        (pack(1).as_str(), vec!["Lone"]),
    ] {
        assert_eq!(scene.names(query).await, expected, "{query}");
    }
    let counts: Vec<_> = user
        .get(PACKS)
        .expect(200)
        .await
        .as_array()
        .unwrap()
        .iter()
        .map(|pack| pack["skill_count"].clone())
        .collect();
    assert_eq!(counts, [1, 2]);

    let page = user.get(&format!("{MARKETPLACE}?gateway_id={}&limit=1&offset=1", scene.gateway)).send().await;
    assert_eq!((page.status, page.body.as_array().unwrap().len()), (200, 1));
    let header = |name| page.header(name);
    assert_eq!(
        (header("x-total-count"), header("x-limit"), header("x-offset")),
        (Some("4"), Some("1"), Some("1"))
    );
    let path = format!("{MARKETPLACE}?gateway_id={}", scene.gateway);
    user.get(&format!("{path}&limit=201")).expect(422).await;
    user.get(&format!("{path}&pack_id={}", GatewayId::random())).expect(404).await;
    user.get(&format!("{MARKETPLACE}?gateway_id={}", GatewayId::random())).expect(404).await;
    user.get(MARKETPLACE).expect(422).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_skill_put_in_by_hand_is_known_by_its_address_and_goes_with_its_places(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let scene = Scene::start(backend).await;
    let user = scene.server.user();
    let body = json!({"source_url": "https://example.com/cool-skill_one.git"});
    let skill = user.post(MARKETPLACE, body.clone()).expect(200).await;
    assert_eq!((&skill["name"], &skill["metadata"]), (&json!("cool skill one"), &json!({})));
    let body =
        json!({"source_url": "https://example.com/cool-skill_one.git", "name": " Cool ", "description": "d"});
    let again = user.post(MARKETPLACE, body.clone()).expect(200).await;
    assert_eq!(
        (&again["id"], &again["name"], &again["description"]),
        (&skill["id"], &json!("Cool"), &json!("d"))
    );
    assert_eq!(user.post(MARKETPLACE, body).expect(200).await, again);
    for body in [
        json!({"source_url": "nope"}),
        json!({"source_url": "file:///etc/passwd"}),
        json!({"source_url": "https://example.com/z", "name": " "}),
        json!({}),
    ] {
        user.post(MARKETPLACE, body).expect(422).await;
    }
    let (gateway, id) = (scene.gateway, skill["id"].as_str().unwrap().parse().unwrap());
    scene.write(move |tx| skills::install(tx, gateway, id)).await;
    let card = scene.catalogue("").await.remove(0);
    assert_eq!((&card["installed"], &card["source"]), (&json!(true), &skill["source_url"]));
    assert!(card["installed_at"].is_string());

    let path = path_of(MARKETPLACE, &skill);
    user.delete(&path).expect(200).await;
    user.delete(&path).expect(404).await;
    assert_eq!(scene.names("").await, Vec::<String>::new());
    let kinds: Vec<_> = scene.events("skill.").await.into_iter().map(|event| event.kind).collect();
    assert_eq!(kinds, ["skill.created", "skill.updated", "skill.deleted"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_installed_is_refused_before_anything_is_asked() {
    let scene = Scene::start(Backend::Sqlite).await;
    let user = scene.server.user();
    let skill = user.post(MARKETPLACE, json!({"source_url": "https://example.com/x"})).expect(200).await;
    let path = path_of(MARKETPLACE, &skill);
    let bare = Gateway::new(scene.organization, "bare", "ws://127.0.0.1:1", " ");
    let id = bare.id;
    scene.write(move |tx| gateways::insert(tx, &bare)).await;
    for action in ["install", "uninstall"] {
        let on = |gateway: GatewayId| format!("{path}/{action}?gateway_id={gateway}");
        user.post(&format!("{path}/{action}"), json!({})).expect(422).await;
        user.post(&on(GatewayId::random()), json!({})).expect(404).await;
        user.post(&on(id), json!({})).expect(422).await;
        // The scene's gateway has no main agent.
        user.post(&on(scene.gateway), json!({})).expect(404).await;
        let unknown = format!("{MARKETPLACE}/{}/{action}?gateway_id={}", GatewayId::random(), scene.gateway);
        user.post(&unknown, json!({})).expect(404).await;
    }
    assert_eq!(scene.events("skill.installed").await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_organization_has_other_packs() {
    let scene = Scene::start(Backend::Sqlite).await;
    let other = Organization::new("Other");
    let pack = SkillPack::new(other.id, "x", "https://github.com/other/x");
    let id = pack.id;
    scene
        .write(move |tx| {
            organizations::insert(tx, &other)?;
            skill_packs::insert(tx, &pack)
        })
        .await;
    let user = scene.server.user();
    let path = format!("{PACKS}/{id}");
    user.get(&path).expect(404).await;
    user.patch(&path, json!({"source_url": "https://github.com/a/b"})).expect(404).await;
    user.post(&format!("{path}/sync"), json!({})).expect(404).await;
    user.delete(&path).expect(404).await;
    user.get(&format!("{MARKETPLACE}?gateway_id={}&pack_id={id}", scene.gateway)).expect(404).await;
    let fresh = user.post("/api/v1/organizations", json!({"name": "Fresh"})).expect(200).await;
    assert!(fresh["id"].is_string());
    assert_eq!(user.get(PACKS).expect(200).await, json!([]));
}
