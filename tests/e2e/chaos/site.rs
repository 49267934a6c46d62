//! The processes of an installation, each of which may be killed at any moment.

use std::path::Path;
use std::time::Duration;

use mission_control_testkit::client::TestClient;
use mission_control_testkit::process::{Process, free_port};
use mission_control_testkit::wait::wait_until;
use tempfile::TempDir;

use super::front::FrontDoor;
use crate::binary::{self, API, GATEWAY, WORKER};

const TOKEN: &str = "an-access-token-for-tests-of-chaos-that-is-long-enough-to-be-one";

pub(super) struct Site {
    // Dropped in this order: processes before what they use.
    members: Vec<Member>,
    _front: FrontDoor,
    directory: TempDir,
    variables: Vec<(&'static str, String)>,
    pub(super) admin: TestClient,
}

/// A program that runs, and how to start it again.
struct Member {
    program: &'static str,
    arguments: Vec<String>,
    process: Process,
}

impl Site {
    /// Two API processes, three workers and the gateway link.
    pub(super) async fn scaled_out(postgres: &str, redis: &str) -> Site {
        let api = || (API, vec!["serve".to_owned(), "--port".to_owned(), free_port().to_string()]);
        let worker = || (WORKER, Vec::new());
        let link = (GATEWAY, vec!["serve".to_owned()]);
        let variables = vec![("DATABASE_URL", postgres.to_owned()), ("RQ_REDIS_URL", redis.to_owned())];
        Site::start(vec![api(), api(), worker(), worker(), worker(), link], variables).await
    }

    /// One process on SQLite that does everything.
    pub(super) async fn one_process() -> Site {
        let port = free_port().to_string();
        Site::start(vec![(API, vec!["serve".to_owned(), "--port".to_owned(), port])], Vec::new()).await
    }

    async fn start(
        programs: Vec<(&'static str, Vec<String>)>,
        variables: Vec<(&'static str, String)>,
    ) -> Site {
        let directory = tempfile::tempdir().unwrap();
        let ports = programs.iter().filter(|(program, _)| *program == API);
        let ports = ports.map(|(_, arguments)| arguments.last().unwrap().parse().unwrap()).collect();
        let front = FrontDoor::open(ports).await;
        let base_url = format!("http://127.0.0.1:{}", front.port);
        let mut variables = variables;
        variables.extend([
            ("BASE_URL", base_url.clone()),
            ("LOCAL_AUTH_TOKEN", TOKEN.to_owned()),
            ("TRUSTED_PROXIES", "127.0.0.1".to_owned()),
            ("RQ_DISPATCH_THROTTLE_SECONDS", "0".to_owned()),
            ("RQ_DISPATCH_RETRY_BASE_SECONDS", "1".to_owned()),
            ("RQ_DISPATCH_RETRY_MAX_SECONDS", "5".to_owned()),
            // A process may not live longer.
            ("PROVISION_WAIT_SECONDS", "1".to_owned()),
            ("LOG_LEVEL", "WARNING".to_owned()),
        ]);
        let mut site = Site {
            members: Vec::new(),
            _front: front,
            directory,
            variables,
            admin: TestClient::stranger(&base_url).user(TOKEN),
        };
        for (program, arguments) in programs {
            let process = spawn(program, &arguments, site.directory.path(), &site.variables);
            site.members.push(Member { program, arguments, process });
            // The first process makes tables and keys.
            site.answers().await;
        }
        site
    }

    /// How many processes there are.
    pub(super) fn len(&self) -> usize {
        self.members.len()
    }

    /// What a process is.
    pub(super) fn program(&self, index: usize) -> &'static str {
        self.members[index].program
    }

    /// Kills a process with `kill -9` and starts it again at once; of the only one, waits until it answers.
    pub(super) async fn kill_and_restart(&mut self, index: usize) {
        let alone = self.members.len() == 1;
        let member = &mut self.members[index];
        member.process.kill();
        member.process = spawn(member.program, &member.arguments, self.directory.path(), &self.variables);
        if alone {
            self.answers().await;
        }
    }

    /// Starts again what ended by itself, as a supervisor does: a program gives up when its database or Redis is away while
    /// it starts, or when its predecessor still holds the port.
    pub(super) fn revive(&mut self) {
        for member in &mut self.members {
            if member.process.exited().is_some() {
                member.process =
                    spawn(member.program, &member.arguments, self.directory.path(), &self.variables);
            }
        }
    }

    async fn answers(&mut self) {
        wait_until("the API to answer", Duration::from_secs(90), async || {
            self.revive();
            let answer = self.admin.get("/readyz").try_send().await?;
            (answer.status == 200).then_some(())
        })
        .await;
    }
}

fn spawn(
    program: &'static str,
    arguments: &[String],
    directory: &Path,
    variables: &[(&'static str, String)],
) -> Process {
    let mut command = binary::command(program, directory);
    command.args(arguments).envs(variables.iter().map(|(name, value)| (name, value)));
    binary::start(command, program)
}
