//! Finding and listing.

use mission_control_core::models::{
    ActivityEvent, AgentChanges, AgentStatus, BoardChanges, ConnectionState, DeviceIdentity, GatewayChanges,
    GatewayObservation, MemberChanges, OrgRole, OrganizationBoardAccess, OrganizationMember, User,
    UserChanges,
};
use mission_control_core::time::Timestamp;
use mission_control_store::activity::{self, ActivityFilter};
use mission_control_store::agents::{self, AgentFilter};
use mission_control_store::boards::{self, BoardFilter};
use mission_control_store::{Page, StoreError, device_identities, gateways, members, organizations, users};
use rstest::rstest;
use serde_json::json;

use super::support::{Backend, fixture, tenant};

#[rstest]
#[tokio::test]
async fn lists_are_of_one_organization_and_paged_with_the_whole_count(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let (ours, theirs) = (tenant(&fixture.db, "ours").await, tenant(&fixture.db, "theirs").await);
    let organization = ours.organization.id;
    let ids = fixture
        .db
        .read::<_, StoreError, _>(move |conn| {
            let first = agents::list(conn, &AgentFilter::of(organization), Page::first(1))?;
            let second = agents::list(conn, &AgentFilter::of(organization), Page::at(1, 1))?;
            assert_eq!((first.total, second.total), (2, 2));
            let on_board = AgentFilter { board_id: Some(ours.board.id), ..AgentFilter::of(organization) };
            assert_eq!(agents::list(conn, &on_board, Page::ALL)?.items[0].id, ours.lead.id);
            let elsewhere =
                AgentFilter { gateway_id: Some(theirs.gateway.id), ..AgentFilter::of(organization) };
            assert_eq!(agents::list(conn, &elsewhere, Page::ALL)?.total, 0);
            assert_eq!(gateways::list(conn, organization, Page::ALL)?.items[0].id, ours.gateway.id);
            assert_eq!(gateways::find_in(conn, organization, theirs.gateway.id)?, None);
            assert_eq!(boards::find_in(conn, organization, theirs.board.id)?, None);
            assert_eq!(gateways::all(conn)?.len(), 2);
            Ok([first.items[0].id, second.items[0].id])
        })
        .await
        .unwrap();
    assert_eq!(ids.len(), 2);
    assert_ne!(ids[0], ids[1]);
    assert!(ids.contains(&ours.main.id) && ids.contains(&ours.lead.id));
}

#[rstest]
#[tokio::test]
async fn boards_are_listed_by_name_whatever_the_case(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let rows = tenant(&fixture.db, "Mike").await;
    let organization = rows.organization.id;
    let names = fixture
        .db
        .write::<_, StoreError, _>(move |tx| {
            for name in ["zulu", "Alpha", "bravo"] {
                boards::insert(tx, &mission_control_core::models::Board::new(organization, name, name))?;
            }
            let all = boards::list(tx, &BoardFilter::of(organization), Page::ALL)?;
            let one = BoardFilter { boards: Some(vec![rows.board.id]), ..BoardFilter::of(organization) };
            assert_eq!(boards::list_newest_first(tx, &one, Page::ALL)?.total, 1);
            let none = BoardFilter { boards: Some(vec![]), ..BoardFilter::of(organization) };
            assert_eq!(boards::list(tx, &none, Page::ALL)?.total, 0);
            Ok(all.items.into_iter().map(|board| board.name).collect::<Vec<_>>())
        })
        .await
        .unwrap();
    assert_eq!(names, ["Alpha", "bravo", "Mike board", "zulu"]);
}

#[rstest]
#[tokio::test]
async fn members_are_listed_by_e_mail_with_those_without_one_last(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let rows = tenant(&fixture.db, "acme").await;
    let organization = rows.organization.id;
    fixture
        .db
        .write::<_, StoreError, _>(move |tx| {
            for (subject, email) in
                [("1", None), ("2", Some("Zoe@example.org")), ("3", Some("abe@example.org"))]
            {
                let mut user = User::new(subject);
                user.email = email.map(str::to_owned);
                users::get_or_insert(tx, &user)?;
                let role = if subject == "3" { OrgRole::Owner } else { OrgRole::Member };
                members::insert(tx, &OrganizationMember::new(organization, user.id, role))?;
            }
            let listing = members::list(tx, organization, Page::ALL)?;
            let subjects: Vec<_> =
                listing.items.iter().map(|(_, user)| user.clerk_user_id.as_str()).collect();
            assert_eq!((subjects, listing.total), (vec!["3", "2", "1"], 3));
            assert_eq!(members::owner_of(tx, organization)?.unwrap().clerk_user_id, "3");

            let (member, user) = listing.items[2].clone();
            assert_eq!(members::of_user(tx, organization, user.id)?, Some(member.clone()));
            assert_eq!(members::first_of_user(tx, user.id)?, Some(member.clone()));
            assert_eq!(organizations::of_user(tx, user.id, None, Page::ALL)?.items[0].0.id, organization);
            let grant = OrganizationBoardAccess::new(member.id, rows.board.id, false, true);
            let grants = [grant];
            members::replace_access(tx, member.id, &grants)?;
            members::replace_access(tx, member.id, &grants)?;
            assert_eq!(members::access(tx, member.id)?, grants);
            assert!(members::grant_on(tx, &member.clone().into(), rows.board.id)?.unwrap().can_read);
            let changes = MemberChanges { role: Some(OrgRole::Admin), ..MemberChanges::default() };
            assert_eq!(members::update(tx, member.id, &changes)?.role, OrgRole::Admin);
            Ok(())
        })
        .await
        .unwrap();
}

#[rstest]
#[tokio::test]
async fn a_change_touches_its_columns_only_and_null_empties_one(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let rows = tenant(&fixture.db, "acme").await;
    fixture
        .db
        .write::<_, StoreError, _>(move |tx| {
            let set = AgentChanges {
                status: Some(AgentStatus::Online),
                last_seen_at: Some(Some(Timestamp::now())),
                heartbeat_config: Some(Some(json!({"every": "5m"}))),
                token_digest: Some(Some("d".repeat(64))),
                ..AgentChanges::default()
            };
            let agent = agents::update(tx, rows.lead.id, &set)?;
            assert_eq!(
                (agent.status.clone(), agent.name.clone()),
                (AgentStatus::Online, rows.lead.name.clone())
            );
            assert!(agent.updated_at >= rows.lead.updated_at);
            assert_eq!(agents::find_by_token_digest(tx, &"d".repeat(64))?, Some(agent.clone()));
            assert_eq!(agents::find(tx, agent.id)?, Some(agent));
            let cleared = AgentChanges { last_seen_at: Some(None), ..AgentChanges::default() };
            let agent = agents::update(tx, rows.lead.id, &cleared)?;
            assert_eq!((agent.last_seen_at, agent.status), (None, AgentStatus::Online));

            let objective = BoardChanges { objective: Some(Some("win".into())), ..BoardChanges::default() };
            assert_eq!(boards::update(tx, rows.board.id, &objective)?.objective.as_deref(), Some("win"));
            let user = users::get_or_insert(tx, &User::new("u"))?;
            assert_eq!(users::update(tx, user.id, &UserChanges::default())?, user);
            let missing = agents::update(tx, mission_control_core::id::AgentId::random(), &cleared);
            assert!(matches!(missing, Err(StoreError::NotFound("agent"))));
            Ok(())
        })
        .await
        .unwrap();
}

#[rstest]
#[tokio::test]
async fn what_the_link_sees_of_a_gateway_is_no_change_by_a_person(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let rows = tenant(&fixture.db, "acme").await;
    fixture
        .db
        .write::<_, StoreError, _>(move |tx| {
            let seen = GatewayObservation {
                version: Some(Some("2026.9.6".into())),
                protocol: Some(Some(4)),
                connection_state: Some(ConnectionState::Up),
                ..GatewayObservation::default()
            };
            let gateway = gateways::observe(tx, rows.gateway.id, &seen)?;
            assert_eq!((gateway.connection_state, gateway.protocol), (ConnectionState::Up, Some(4)));
            assert!(gateway.connection_checked_at.is_some());
            assert_eq!(gateway.updated_at, rows.gateway.updated_at);
            let renamed = GatewayChanges { name: Some("new".into()), ..GatewayChanges::default() };
            assert!(gateways::update(tx, rows.gateway.id, &renamed)?.updated_at >= rows.gateway.updated_at);
            assert_eq!(gateways::lock(tx, rows.gateway.id)?.unwrap().name, "new");
            Ok(())
        })
        .await
        .unwrap();
}

#[rstest]
#[tokio::test]
async fn agents_of_a_board_are_listed_with_the_lead_first(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let rows = tenant(&fixture.db, "acme").await;
    fixture
        .db
        .write::<_, StoreError, _>(move |tx| {
            let mut worker = mission_control_core::models::Agent::new(rows.gateway.id, "worker");
            worker.board_id = Some(rows.board.id);
            worker.created_at = rows.lead.created_at.minus(std::time::Duration::from_secs(60));
            worker.agent_token_hash = Some("pbkdf2".into());
            agents::insert(tx, &worker)?;
            let of_board = agents::of_board(tx, rows.board.id)?;
            assert_eq!(of_board.iter().map(|agent| agent.id).collect::<Vec<_>>(), [rows.lead.id, worker.id]);
            assert_eq!(agents::main_of(tx, rows.gateway.id)?.unwrap().id, rows.main.id);
            assert_eq!(agents::lead_of(tx, rows.board.id)?.unwrap().id, rows.lead.id);
            assert_eq!(agents::of_gateway(tx, rows.gateway.id)?.len(), 3);
            assert_eq!(agents::with_legacy_hash(tx)?.len(), 1);
            Ok(())
        })
        .await
        .unwrap();
}

#[rstest]
#[tokio::test]
async fn activity_is_found_by_board_agent_and_kind(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let rows = tenant(&fixture.db, "acme").await;
    fixture
        .db
        .write::<_, StoreError, _>(move |tx| {
            let online =
                ActivityEvent::new("agent.online", "Online.").agent(rows.lead.id).board(rows.board.id);
            let created = ActivityEvent::new("gateway.created", "Created.");
            activity::record(tx, &online)?;
            activity::record(tx, &created)?;
            let all = activity::list(tx, &ActivityFilter::default(), Page::ALL)?;
            assert_eq!(all.total, 2);
            let by_board = ActivityFilter { boards: Some(vec![rows.board.id]), ..ActivityFilter::default() };
            assert_eq!(activity::list(tx, &by_board, Page::ALL)?.items, [online]);
            let by_agent = ActivityFilter { agent_id: Some(rows.main.id), ..ActivityFilter::default() };
            assert_eq!(activity::list(tx, &by_agent, Page::ALL)?.total, 0);
            let by_kind =
                ActivityFilter { event_type: Some("gateway.created".into()), ..ActivityFilter::default() };
            assert_eq!(activity::list(tx, &by_kind, Page::ALL)?.items[0].action.as_deref(), Some("created"));
            Ok(())
        })
        .await
        .unwrap();
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn processes_that_start_at_once_agree_on_one_device_identity(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let fixture = fixture(backend).await;
    let starts = (0..4).map(|n| {
        let db = fixture.db.clone();
        tokio::spawn(async move {
            db.write::<_, StoreError, _>(move |tx| {
                let mine = DeviceIdentity {
                    name: "default".into(),
                    device_id: format!("device-{n}"),
                    public_key: "p".into(),
                    private_key: "mcs1:sealed".into(),
                    created_at: Timestamp::now(),
                };
                device_identities::insert_if_absent(tx, &mine)
            })
            .await
            .unwrap()
        })
    });
    let mut identities = Vec::new();
    for start in starts.collect::<Vec<_>>() {
        identities.push(start.await.unwrap());
    }
    assert!(identities.iter().all(|identity| *identity == identities[0]), "{identities:?}");
    let found = fixture.db.read(|conn| device_identities::find(conn, "default")).await.unwrap();
    assert_eq!(found.as_ref(), identities.first());
}
