//! An idle fleet leaves its gateway alone, whatever that gateway does to the files of its agents by itself.

use mission_control_core::models::{Agent, Gateway};
use mission_control_core::rules::version::Seen;
use mission_control_fleet::agents::{self, AgentPatch};
use mission_control_fleet::gateways;
use mission_control_fleet::sync::SyncOptions;
use mission_control_gateway_rpc::{DeleteAgent, WriteFile};
use mission_control_shapes::TemplatesSyncResult;
use mission_control_simulator::{FaultScript, GatewayProfile, Simulator};
use mission_control_store::agent_files;
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use serde_json::json;

use super::support::{World, count, done, operator, simulator};

/// What only looks.
const READS: [&str; 7] = [
    "connect",
    "health",
    "agents.list",
    "agents.files.list",
    "agents.files.get",
    "config.get",
    "sessions.list",
];
/// Every file of an agent.
const FILES: [&str; 8] = [
    "AGENTS.md",
    "SOUL.md",
    "TOOLS.md",
    "IDENTITY.md",
    "USER.md",
    "HEARTBEAT.md",
    "BOOTSTRAP.md",
    "MEMORY.md",
];

struct Ship {
    world: World,
    simulator: Simulator,
    gateway: Gateway,
    ada: Agent,
}

impl Ship {
    async fn new(backend: Backend, profile: GatewayProfile) -> Self {
        let simulator = simulator(profile, FaultScript::default()).await;
        let world = World::new(backend).await;
        let gateway = world.gateway(&simulator).await;
        agents::heartbeat(&world.fleet, world.main_of(gateway.id).await.id, None).await.unwrap();
        let board = world.board(gateway.id, "Ship").await;
        let ada = done(world.create_agent(board.id, "Ada").await.unwrap());
        let ship = Self { world, simulator, gateway, ada };
        ship.heartbeat().await;
        ship
    }

    async fn heartbeat(&self) {
        agents::heartbeat(&self.world.fleet, self.ada.id, None).await.unwrap();
    }

    fn key(&self) -> String {
        format!("mc-{}", self.ada.id)
    }

    fn file(&self, name: &str) -> Option<String> {
        self.simulator.file(&self.key(), name)
    }

    async fn edit(&self, name: &str, text: &str) {
        operator(&self.simulator)
            .await
            .ask(&WriteFile { agent_id: &self.key(), name, content: text })
            .await
            .unwrap();
    }

    async fn update(&self, patch: AgentPatch) {
        let (fleet, caller) = (&self.world.fleet, self.world.caller);
        done(agents::update(fleet, caller, self.ada.id, Seen::WHATEVER, patch, false).await.unwrap());
        self.heartbeat().await;
    }

    async fn sync(&self) -> TemplatesSyncResult {
        let (fleet, caller) = (&self.world.fleet, self.world.caller);
        done(gateways::sync_templates(fleet, caller, self.gateway.id, SyncOptions::default()).await.unwrap())
    }

    /// Looks several times at a fleet in which nothing happens.
    async fn is_left_alone(&self) {
        let before = self.simulator.log().len();
        for _ in 0..3 {
            let report = self.world.reconcile(self.gateway.id).await;
            assert_eq!((report.actions, report.config_written), (Vec::new(), false));
            assert_eq!(report.edited, Vec::<String>::new());
        }
        let log = self.simulator.log();
        let written: Vec<&str> = log[before..]
            .iter()
            .map(|request| request.method.as_str())
            .filter(|method| !READS.contains(method))
            .collect();
        assert_eq!(written, Vec::<&str>::new());
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_idle_fleet_makes_no_write_to_its_gateway_and_reads_few_files(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
    #[values(GatewayProfile::old(), GatewayProfile::transitional(), GatewayProfile::modern())]
    profile: GatewayProfile,
) {
    let modern = profile.is_modern();
    let ship = Ship::new(backend, profile).await;
    ship.is_left_alone().await;
    // Everything was looked at once. From now on only what a gateway does not list is read.
    let read = count(&ship.simulator, "agents.files.get");
    ship.is_left_alone().await;
    let again = count(&ship.simulator, "agents.files.get") - read;
    assert_eq!(again, if modern { 3 * 2 } else { 0 });
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_changed_name_or_role_reaches_identity_md_and_nobody_is_said_to_have_edited_it(
    #[values(GatewayProfile::old(), GatewayProfile::transitional(), GatewayProfile::modern())]
    profile: GatewayProfile,
) {
    let ship = Ship::new(Backend::Sqlite, profile).await;
    assert_eq!(ship.sync().await.kept, Vec::<String>::new());
    let role = |role: &str| Some(Some(json!({"role": role})));
    let renamed = AgentPatch {
        name: Some("Ada L.".to_owned()),
        identity_profile: role("Poet"),
        ..AgentPatch::default()
    };
    ship.update(renamed).await;
    let text = ship.file("IDENTITY.md").unwrap();
    assert!(text.contains("- Name: Ada L.\n") && text.contains("- Role: Poet\n"), "{text}");

    ship.update(AgentPatch { identity_profile: role("Cook"), ..AgentPatch::default() }).await;
    assert!(ship.file("IDENTITY.md").unwrap().contains("- Role: Cook\n"));
    assert_eq!(ship.sync().await.kept, Vec::<String>::new());
    ship.is_left_alone().await;
    let files = agents::files(&ship.world.fleet, ship.world.caller, ship.ada.id).await.unwrap();
    assert!(
        files.iter().any(|file| file.name == "IDENTITY.md" && !file.edited && file.size > Some(0)),
        "{files:?}"
    );
    assert!(files.iter().all(|file| !file.edited), "{files:?}");
    let plan = {
        let (fleet, caller) = (&ship.world.fleet, ship.world.caller);
        let options = SyncOptions { dry_run: true, ..SyncOptions::default() };
        done(gateways::sync_templates(fleet, caller, ship.gateway.id, options).await.unwrap()).plan.unwrap()
    };
    assert!(plan.iter().all(|agent| !agent.changes), "{plan:?}");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_edit_of_the_agent_is_told_and_kept_whatever_the_gateway_writes_and_whatever_its_size(
    #[values("IDENTITY.md", "SOUL.md", "USER.md")] name: &str,
    #[values(GatewayProfile::old(), GatewayProfile::transitional(), GatewayProfile::modern())]
    profile: GatewayProfile,
) {
    let ship = Ship::new(Backend::Sqlite, profile).await;
    ship.is_left_alone().await;
    let edited = ship.file(name).unwrap().replace('e', "o");
    assert_eq!(edited.len(), ship.file(name).unwrap().len());
    ship.edit(name, &edited).await;
    let told = [format!("Ada: {name}")];
    for _ in 0..2 {
        let report = ship.world.reconcile(ship.gateway.id).await;
        assert_eq!((&report.edited[..], &report.actions[..]), (&told[..], &[][..]));
    }
    let files = agents::files(&ship.world.fleet, ship.world.caller, ship.ada.id).await.unwrap();
    assert!(files.iter().any(|file| file.name == name && file.edited), "{files:?}");
    assert_eq!(ship.sync().await.kept, told);
    assert_eq!(ship.file(name), Some(edited));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_gone_is_written_again_whether_or_not_the_gateway_lists_it(
    #[values("IDENTITY.md", "SOUL.md", "USER.md")] name: &str,
    #[values(GatewayProfile::transitional(), GatewayProfile::modern())] profile: GatewayProfile,
) {
    let ship = Ship::new(Backend::Sqlite, profile).await;
    ship.is_left_alone().await;
    let before = ship.file(name).unwrap();
    assert!(ship.simulator.remove_file(&ship.key(), name));
    let report = ship.world.reconcile(ship.gateway.id).await;
    assert_eq!(report.actions, ["Ada: workspace files were gone and are written again"]);
    ship.world
        .wait_for_agent("it is written", ship.ada.id, |agent| {
            agent.status == mission_control_core::models::AgentStatus::Online
        })
        .await;
    assert_eq!(ship.file(name).unwrap(), before, "ours, and not the gateway's template");
    ship.is_left_alone().await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn an_agent_that_comes_back_has_our_files_and_its_own_edits_and_none_of_the_gateway(
    #[values(true, false)] workspace_survives: bool,
    #[values(GatewayProfile::transitional(), GatewayProfile::modern())] profile: GatewayProfile,
) {
    let ship = Ship::new(Backend::Sqlite, profile).await;
    ship.edit("SOUL.md", "I found myself.").await;
    assert_eq!(ship.world.reconcile(ship.gateway.id).await.edited, ["Ada: SOUL.md"]);
    let before = FILES.map(|name| ship.file(name));
    operator(&ship.simulator)
        .await
        .ask(&DeleteAgent { agent_id: &ship.key(), delete_files: !workspace_survives })
        .await
        .unwrap();
    // Some releases leave the files of an agent that had turns, though they were asked to remove them.
    let workspace_survives = ship.file("SOUL.md").is_some();
    let report = ship.world.reconcile(ship.gateway.id).await;
    assert_eq!(report.actions, ["Ada: its gateway lost it and gets it again"]);
    ship.world
        .wait_for_agent("it is back", ship.ada.id, |agent| {
            agent.status == mission_control_core::models::AgentStatus::Online
        })
        .await;
    ship.heartbeat().await;
    for (name, before) in FILES.into_iter().zip(before) {
        let now = ship.file(name);
        match name {
            // They carry the new token.
            "AGENTS.md" | "TOOLS.md" | "HEARTBEAT.md" | "BOOTSTRAP.md" => {
                assert_eq!(now.is_some(), before.is_some(), "{name}");
                assert_ne!(now, Some(format!("# {name}\n")));
            }
            "SOUL.md" if !workspace_survives => assert_ne!(now.as_deref(), Some("# SOUL.md\n")),
            _ => assert_eq!(now, before, "{name}"),
        }
    }
    let edited: &[&str] = if workspace_survives { &["Ada: SOUL.md"] } else { &[] };
    assert_eq!(ship.world.reconcile(ship.gateway.id).await.edited, edited);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_former_release_kept_of_a_file_settles_without_an_edit() {
    let ship = Ship::new(Backend::Sqlite, GatewayProfile::modern()).await;
    let id = ship.ada.id;
    let text = ship.file("IDENTITY.md").unwrap();
    // Written without an end of line, and rewritten by the gateway since: the reconciler took that for an edit.
    let former = text.trim_end().to_owned();
    let digest = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(&former));
    let size = i64::try_from(former.len()).unwrap();
    ship.world.write(move |tx| agent_files::note_write(tx, id, "IDENTITY.md", &digest, size)).await;
    let files = ship.world.fleet.db().read(move |conn| agent_files::of_agent(conn, id)).await.unwrap();
    let looks = files.into_iter().filter(|file| file.name == "IDENTITY.md");
    let looks: Vec<_> =
        looks.map(|file| agent_files::Look { file, modified_ms: None, edited: true }).collect();
    ship.world.write(move |tx| agent_files::note_looks(tx, &looks)).await;
    ship.is_left_alone().await;
    assert_eq!(ship.sync().await.kept, Vec::<String>::new());
}
