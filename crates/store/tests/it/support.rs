//! A migrated scratch database, and rows to begin with.

use diesel::prelude::*;
use diesel::sql_types::Text;
use mission_control_core::models::{Agent, Board, Gateway, Organization};
use mission_control_core::wakeup::Wakeup;
use mission_control_store::{Conn, Db, DbOptions, StoreError, agents, boards, gateways, organizations};
pub(crate) use mission_control_testkit::scratch::Backend;
use mission_control_testkit::scratch::ScratchDatabase;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

pub(crate) struct Fixture {
    pub(crate) db: Db,
    pub(crate) wakeups: UnboundedReceiver<Wakeup>,
    _scratch: ScratchDatabase,
}

impl Fixture {
    /// What was announced so far.
    pub(crate) fn announced(&mut self) -> Vec<Wakeup> {
        std::iter::from_fn(|| self.wakeups.try_recv().ok()).collect()
    }
}

/// A database with the whole schema.
pub(crate) async fn fixture(backend: Backend) -> Fixture {
    let scratch = tokio::task::spawn_blocking(move || ScratchDatabase::migrated(backend)).await.unwrap();
    open(scratch).await
}

pub(crate) async fn empty(backend: Backend) -> ScratchDatabase {
    tokio::task::spawn_blocking(move || ScratchDatabase::empty(backend)).await.unwrap()
}

pub(crate) async fn open(scratch: ScratchDatabase) -> Fixture {
    let (sender, wakeups) = unbounded_channel();
    let db = Db::open(options(&scratch), sender).await.unwrap();
    Fixture { db, wakeups, _scratch: scratch }
}

pub(crate) fn options(scratch: &ScratchDatabase) -> DbOptions {
    DbOptions::parse(scratch.url()).unwrap()
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// The column `line` of a query.
pub(crate) fn lines(conn: &mut Conn, sql: &str) -> Vec<String> {
    diesel::sql_query(sql).load::<Line>(conn).unwrap().into_iter().map(|row| row.line).collect()
}

/// An organization with a gateway, its main agent, a board and the board's lead.
pub(crate) struct Tenant {
    pub(crate) organization: Organization,
    pub(crate) gateway: Gateway,
    pub(crate) main: Agent,
    pub(crate) board: Board,
    pub(crate) lead: Agent,
}

pub(crate) async fn tenant(db: &Db, name: &str) -> Tenant {
    let organization = Organization::new(name);
    let gateway =
        Gateway::new(organization.id, format!("{name} gateway"), "ws://127.0.0.1:18789", "/srv/agents");
    let main = Agent::new(gateway.id, format!("{name} main"));
    let mut board = Board::new(organization.id, format!("{name} board"), "board");
    board.gateway_id = Some(gateway.id);
    let mut lead = Agent::new(gateway.id, format!("{name} lead"));
    lead.board_id = Some(board.id);
    lead.is_board_lead = true;
    let rows = Tenant { organization, gateway, main, board, lead };
    let (organization, gateway, board) =
        (rows.organization.clone(), rows.gateway.clone(), rows.board.clone());
    let (main, lead) = (rows.main.clone(), rows.lead.clone());
    db.write::<_, StoreError, _>(move |tx| {
        organizations::insert(tx, &organization)?;
        gateways::insert(tx, &gateway)?;
        boards::insert(tx, &board)?;
        agents::insert(tx, &main)?;
        agents::insert(tx, &lead)
    })
    .await
    .unwrap();
    rows
}
