use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use mission_control_core::id::SkillPackId;
use mission_control_core::models::{Gateway, InstalledSkill, Job, MarketplaceSkill, SkillPack};
use mission_control_fleet::skills::{set_installed, sync_pack};
use mission_control_fleet::{FleetError, Reply};
use mission_control_shapes::SkillPackSync;
use mission_control_simulator::{Fault, FaultScript, GatewayProfile, Simulator, Trigger};
use mission_control_store::skills::SkillFilter;
use mission_control_store::{Page, StoreError, gateways, jobs, skill_packs, skills};
use mission_control_testkit::repository::Repositories;
use mission_control_testkit::scratch::Backend;
use mission_control_testkit::wait::wait_until;
use rstest::rstest;

use super::support::{PATIENCE, World, count, done, simulator};

impl World {
    async fn pack(&self, repositories: &Repositories, name: &str) -> SkillPack {
        let pack = SkillPack::new(self.caller.organization, name, repositories.url_of(name));
        let row = pack.clone();
        let written: Result<(), StoreError> =
            self.fleet.db().write(move |tx| skill_packs::insert(tx, &row)).await;
        written.unwrap();
        pack
    }

    async fn sync(&self, pack: SkillPackId) -> Result<SkillPackSync, FleetError> {
        sync_pack(&self.fleet, self.caller, pack).await.map(done)
    }

    /// The catalogue by name, each skill with its place on the gateway.
    async fn catalogue(&self, gateway: &Gateway) -> Vec<(MarketplaceSkill, Option<InstalledSkill>)> {
        let (organization, gateway) = (self.caller.organization, gateway.id);
        let listed: Result<_, StoreError> = self
            .fleet
            .db()
            .read(move |conn| skills::list(conn, organization, gateway, &SkillFilter::default(), Page::ALL))
            .await;
        let mut items = listed.unwrap().items;
        items.sort_by(|(one, _), (other, _)| one.name.cmp(&other.name));
        items
    }

    /// A gateway beside the world, which nobody reaches.
    async fn silent_gateway(&self) -> Gateway {
        let gateway = Gateway::new(self.caller.organization, "g", "ws://127.0.0.1:1", "/srv");
        let row = gateway.clone();
        let written: Result<(), StoreError> =
            self.fleet.db().write(move |tx| gateways::insert(tx, &row)).await;
        written.unwrap();
        gateway
    }

    async fn names(&self) -> Vec<String> {
        let gateway = self.silent_gateway().await;
        self.catalogue(&gateway).await.into_iter().map(|(skill, _)| skill.name).collect()
    }

    async fn skill(&self, name: &str) -> MarketplaceSkill {
        let skill =
            MarketplaceSkill::new(self.caller.organization, name, format!("https://example.com/{name}"));
        let row = skill.clone();
        let written: Result<(), StoreError> = self.fleet.db().write(move |tx| skills::insert(tx, &row)).await;
        written.unwrap();
        skill
    }
}

async fn world(backend: Backend, repositories: &Repositories, variables: &[(&str, &str)]) -> World {
    let sources = repositories.url();
    let mut all = vec![("SKILL_PACK_SOURCES", sources.as_str())];
    all.extend_from_slice(variables);
    World::with(backend, &all).await
}

/// Message and remedy of a failure that is not a gateway's.
fn upstream(error: FleetError) -> (String, String) {
    match error {
        FleetError::Upstream { message, remedy } => (message, remedy.unwrap_or_default()),
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_sync_brings_the_catalogue_up_to_date(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let repositories = Repositories::new();
    repositories.commit(
        "acme",
        "main",
        &[
            ("skills/pdf/SKILL.md", b"---\nname: PDF\ndescription: Reads PDFs.\n---\n"),
            ("skills/web/SKILL.md", b"# Web\nBrowses.\n"),
            (".github/SKILL.md", b"# Hidden\n"),
            ("README.md", b"# Readme\n"),
        ],
    );
    let world = world(backend, &repositories, &[]).await;
    let pack = world.pack(&repositories, "acme").await;
    let first = world.sync(pack.id).await.unwrap();
    assert_eq!((first.synced, first.created, first.updated), (2, 2, 0));
    assert_eq!(first.warnings, Vec::<String>::new());
    let again = world.sync(pack.id).await.unwrap();
    assert_eq!((again.synced, again.created, again.updated), (2, 0, 0));

    repositories.commit(
        "acme",
        "main",
        &[("skills/pdf/SKILL.md", b"# PDF 2\n"), ("skills/new/SKILL.md", b"# New\n")],
    );
    let third = world.sync(pack.id).await.unwrap();
    assert_eq!((third.synced, third.created, third.updated), (2, 1, 1));
    assert_eq!(world.names().await, ["New", "PDF 2", "Web"]);
    let (organization, db) = (world.caller.organization, world.fleet.db());
    let counts: Result<_, StoreError> =
        db.read(move |conn| skill_packs::skill_counts(conn, organization)).await;
    assert_eq!(counts.unwrap().get(&pack.id), Some(&3));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_index_goes_before_documents(#[values(Backend::Sqlite, Backend::Postgres)] backend: Backend) {
    let repositories = Repositories::new();
    let index =
        br#"{"skills": [{"path": "a", "name": "A", "category": "Ops", "risk": "low"}, {"name": "nowhere"}]}"#;
    repositories.commit("acme", "main", &[("skills_index.json", index), ("b/SKILL.md", b"# B\n")]);
    let world = world(backend, &repositories, &[]).await;
    let pack = world.pack(&repositories, "acme").await;
    let result = world.sync(pack.id).await.unwrap();
    assert_eq!((result.synced, result.warnings), (1, Vec::new()));
    let gateway = world.silent_gateway().await;
    let (skill, _) = world.catalogue(&gateway).await.remove(0);
    assert_eq!((skill.category.as_deref(), skill.risk.as_deref()), (Some("Ops"), Some("low")));
    assert_eq!(skill.source_url, format!("{}/tree/main/a", pack.source_url));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_malformed_index_is_told_and_the_documents_are_read() {
    let repositories = Repositories::new();
    repositories.commit("acme", "main", &[("skills_index.json", b"[{"), ("b/SKILL.md", b"# B\n")]);
    let world = world(Backend::Sqlite, &repositories, &[]).await;
    let pack = world.pack(&repositories, "acme").await;
    let result = world.sync(pack.id).await.unwrap();
    assert_eq!(result.synced, 1);
    assert!(result.warnings[0].starts_with("skills_index.json is not valid JSON"), "{:?}", result.warnings);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_branch_means_the_default_one_and_is_told() {
    let repositories = Repositories::new();
    repositories.commit("acme", "trunk", &[("SKILL.md", b"Does it all.\n")]);
    let world = world(Backend::Sqlite, &repositories, &[]).await;
    let pack = world.pack(&repositories, "acme").await;
    let result = world.sync(pack.id).await.unwrap();
    assert_eq!(result.warnings, ["There is no branch main; trunk was read, which is the default one."]);
    assert_eq!(world.names().await, ["acme"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn links_lead_nowhere() {
    let repositories = Repositories::new();
    repositories.commit("acme", "main", &[("a/SKILL.md", b"# A\n")]);
    repositories.link("acme", "b/SKILL.md", "/etc/passwd");
    let world = world(Backend::Sqlite, &repositories, &[]).await;
    let pack = world.pack(&repositories, "acme").await;
    assert_eq!(world.sync(pack.id).await.unwrap().synced, 1);
    assert_eq!(world.names().await, ["A"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repository_that_is_not_there_is_a_failure_with_a_remedy_and_changes_nothing() {
    let repositories = Repositories::new();
    let world = world(Backend::Sqlite, &repositories, &[]).await;
    let pack = world.pack(&repositories, "nothing").await;
    let (message, remedy) = upstream(world.sync(pack.id).await.unwrap_err());
    assert!(message.starts_with("Skill pack sync failed: git cannot read the repository: "), "{message}");
    assert!(remedy.contains("exists"), "{remedy}");
    repositories.init("empty");
    let pack = world.pack(&repositories, "empty").await;
    let (message, _) = upstream(world.sync(pack.id).await.unwrap_err());
    assert_eq!(message, "Skill pack sync failed: the repository is empty.");
    assert_eq!(world.names().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repository_that_is_too_large_is_refused() {
    let repositories = Repositories::new();
    let noise: Vec<u8> = (0..300_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
    repositories.commit("acme", "main", &[("noise", &noise), ("SKILL.md", b"# A\n")]);
    let world = world(Backend::Sqlite, &repositories, &[("SKILL_PACK_MAX_BYTES", "100000")]).await;
    let pack = world.pack(&repositories, "acme").await;
    let (message, remedy) = upstream(world.sync(pack.id).await.unwrap_err());
    assert_eq!(message, "Skill pack sync failed: the repository is larger than 100000 bytes.");
    assert!(remedy.contains("SKILL_PACK_MAX_BYTES"), "{remedy}");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_git_the_answer_says_so() {
    let repositories = Repositories::new();
    repositories.commit("acme", "main", &[("SKILL.md", b"# A\n")]);
    let world = world(Backend::Sqlite, &repositories, &[("SKILL_PACK_GIT", "/nowhere/git")]).await;
    let pack = world.pack(&repositories, "acme").await;
    let (message, remedy) = upstream(world.sync(pack.id).await.unwrap_err());
    assert_eq!(message, "Skill pack sync failed: the git program `/nowhere/git` is not there.");
    assert!(remedy.starts_with("Install git"), "{remedy}");
}

/// A program that touches `started` and then waits for `go` before it becomes git.
fn waiting_git(folder: &Path) -> String {
    let path = folder.join("git");
    let script = format!(
        "#!/bin/sh\ntouch {0}/started\nwhile [ ! -e {0}/go ]; do sleep 0.02; done\nexec git \"$@\"\n",
        folder.display()
    );
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    path.to_str().unwrap().to_owned()
}

async fn wait_for_file(path: &Path) {
    wait_until("git to be started", PATIENCE, async || path.exists().then_some(())).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_pack_that_is_deleted_during_its_sync_adds_nothing(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (repositories, folder) = (Repositories::new(), tempfile::tempdir().unwrap());
    repositories.commit("acme", "main", &[("SKILL.md", b"# A\n")]);
    let git = waiting_git(folder.path());
    let world = world(backend, &repositories, &[("SKILL_PACK_GIT", &git)]).await;
    let pack = world.pack(&repositories, "acme").await;
    let delete = async {
        wait_for_file(&folder.path().join("started")).await;
        let deleted: Result<(), StoreError> =
            world.fleet.db().write(move |tx| skill_packs::delete(tx, pack.id)).await;
        deleted.unwrap();
        std::fs::write(folder.path().join("go"), "").unwrap();
    };
    let (synced, ()) = tokio::join!(world.sync(pack.id), delete);
    let gone = synced.unwrap_err();
    assert!(matches!(gone, FleetError::NotFound { entity: "Skill pack" }), "{gone:?}");
    assert_eq!(world.names().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sync_that_takes_too_long_is_given_up_and_says_how_far_it_was() {
    let (repositories, folder) = (Repositories::new(), tempfile::tempdir().unwrap());
    repositories.commit("acme", "main", &[("SKILL.md", b"# A\n")]);
    let git = waiting_git(folder.path());
    let variables = [
        ("SKILL_PACK_GIT", git.as_str()),
        ("SKILL_PACK_TIMEOUT_SECONDS", "1.5"),
        ("PROVISION_WAIT_SECONDS", "0"),
    ];
    let world = world(Backend::Sqlite, &repositories, &variables).await;
    let pack = world.pack(&repositories, "acme").await;
    let Reply::Accepted { job: id, value } = sync_pack(&world.fleet, world.caller, pack.id).await.unwrap()
    else {
        panic!("it cannot be done yet");
    };
    assert_eq!((value.synced, value.pack_id), (0, pack.id));
    // Another request for the same is the same job.
    assert_eq!(sync_pack(&world.fleet, world.caller, pack.id).await.unwrap().job(), Some(id));
    let job: Job = wait_until("the sync to be given up", PATIENCE, async || {
        let job: Result<_, StoreError> = world.fleet.db().read(move |conn| jobs::find(conn, id)).await;
        job.unwrap().filter(|job| job.finished_at.is_some())
    })
    .await;
    assert_eq!(job.last_error.as_deref(), Some("the repository was not read within 1.5 seconds"));
    assert!(job.remedy.unwrap().contains("SKILL_PACK_TIMEOUT_SECONDS"));
    assert_eq!(job.progress_message.as_deref(), Some("Looking for the repository"));
}

async fn installation(backend: Backend) -> (Simulator, World, Gateway, MarketplaceSkill) {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;
    let skill = world.skill("pdf").await;
    (simulator, world, gateway, skill)
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_skill_is_installed_by_the_main_agent_and_removed_again(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (simulator, world, gateway, skill) = installation(backend).await;
    let before = count(&simulator, "chat.send");
    let set = async |installed| {
        done(set_installed(&world.fleet, world.caller, gateway.id, skill.id, installed).await.unwrap())
    };
    assert!(set(true).await.installed);
    let requests = simulator.log();
    let asked = requests.iter().rev().find(|request| request.method == "chat.send").unwrap();
    assert_eq!(asked.text("sessionKey"), Some(format!("agent:mc-gateway-{}:main", gateway.id).as_str()));
    assert!(
        asked
            .text("message")
            .unwrap()
            .contains("Source: https://example.com/pdf\nFolder: /srv/openclaw/skills")
    );
    let since = world.catalogue(&gateway).await[0].1.clone().unwrap();

    // Again: the agent is asked again, the first time counts.
    set(true).await;
    let again = world.catalogue(&gateway).await[0].1.clone().unwrap();
    assert_eq!((again.id, again.created_at), (since.id, since.created_at));
    assert!(!set(false).await.installed);
    assert_eq!(world.catalogue(&gateway).await[0].1, None);
    set(false).await;
    assert_eq!(count(&simulator, "chat.send"), before + 4);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_refuses_leaves_everything_as_it_was(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let (simulator, world, gateway, skill) = installation(backend).await;
    let set = |installed| set_installed(&world.fleet, world.caller, gateway.id, skill.id, installed);
    let refuse = || {
        let fault = Fault::Error { code: "INVALID_REQUEST".into(), message: "no".into() };
        simulator.set_faults(FaultScript::one(Trigger::nth("chat.send", 1), fault));
    };
    refuse();
    let error = set(true).await.unwrap_err();
    assert!(
        matches!(&error, FleetError::Gateway { message, .. } if message.starts_with("Skill installation failed")),
        "{error:?}"
    );
    assert_eq!(world.catalogue(&gateway).await[0].1, None);
    done(set(true).await.unwrap());
    refuse();
    assert!(matches!(set(false).await.unwrap_err(), FleetError::Gateway { .. }));
    assert!(world.catalogue(&gateway).await[0].1.is_some());
}
