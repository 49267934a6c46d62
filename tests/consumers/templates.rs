//! Templates that people and agents supply.

use std::sync::LazyLock;

use mission_control_core::id::OrganizationId;
use mission_control_core::models::{Agent, Board, Gateway, User};
use mission_control_fleet::naming::OnGateway;
use mission_control_fleet::templates::{Context, File, Subject, Supplied};
use tokio::runtime::{Builder, Runtime};

use super::input::text_meant;

/// Most that a template makes, in bytes, and the end of its last line.
const MADE: usize = 64 * 1024 + 1;
/// Most that is told of one that is refused, in bytes: a name of it may be repeated.
const COMPLAINT: usize = 8 * 1024;
/// What no template may show.
const SECRET: &str = "tok_hDDJ5wmNfZVb6kqKXzX4";

#[expect(clippy::expect_used, reason = "a test: without a runtime nothing is tried")]
static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| Builder::new_current_thread().build().expect("a runtime without input and output"));

/// A soul, and after a NUL the name of the agent whose it is.
pub fn templates(input: &[u8]) {
    let text = text_meant(input);
    let (source, name) = text.split_once('\0').unwrap_or((&text, "Ada"));
    let (agent, context) = subject(source, name);
    match RUNTIME.block_on(Supplied::render(&agent, &context)) {
        Ok(supplied) => {
            let made = supplied.text(File::Soul).unwrap_or_default();
            assert!(made.len() <= MADE, "a template of {} bytes makes {}", source.len(), made.len());
            assert!(made.is_empty() || made.ends_with('\n'));
            assert!(shows_nothing(made, &text), "{made}");
        }
        Err(error) => {
            let told = error.to_string();
            assert!(told.len() <= COMPLAINT, "a refused template is told in {} bytes", told.len());
            assert!(!told.contains("the engine gave up"), "{told}");
            assert!(shows_nothing(&told, &text), "{told}");
        }
    }
}

fn shows_nothing(made: &str, given: &str) -> bool {
    given.contains(SECRET) || !made.contains(SECRET)
}

/// A worker with this soul, and what its templates may use.
fn subject(soul: &str, name: &str) -> (Agent, Context) {
    let organization = OrganizationId::random();
    let gateway = Gateway::new(organization, "Home", "ws://127.0.0.1:18789", "/srv/openclaw");
    let board = Board::new(organization, "Ship it", "ship-it");
    let mut agent = Agent::new(gateway.id, name);
    agent.board_id = Some(board.id);
    agent.soul_template = Some(soul.to_owned());
    let mut user = User::new("someone");
    (user.email, user.notes, user.context) =
        (Some(SECRET.to_owned()), Some(SECRET.to_owned()), Some(SECRET.to_owned()));
    let place = OnGateway::of(&agent, &gateway, None);
    let subject = Subject {
        agent: &agent,
        board: Some(&board),
        gateway: &gateway,
        user: Some(&user),
        base_url: "http://127.0.0.1:8000",
        place: &place,
    };
    let context = Context::new(&subject, SECRET);
    (agent, context)
}
