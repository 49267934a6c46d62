//! Child processes that cannot outlive the test that started them.
//!
//! Each child runs in a process group of its own, under a shell that holds the reading end of a pipe.
//! When the test ends in any way, `kill -9` included, the pipe closes and the shell kills the whole group.

#![allow(clippy::expect_used, clippy::panic, reason = "a test kit reports failures by panicking")]

use std::env;
use std::fs::{self, File, OpenOptions};
use std::net::{Ipv4Addr, TcpListener};
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

/// Runs its arguments as a child and ends with the child's status; passes TERM on to it; kills the group at
/// end of input.
const SUPERVISOR: &str = r#"
exec 3<&0 </dev/null
"$@" 3<&- &
child=$!
trap 'kill -s TERM "$child"' TERM
{ trap '' TERM; read -r _ <&3; kill -s KILL -- "-$$"; } &
exec 3<&-
wait "$child"; status=$?
while kill -s 0 "$child" 2>/dev/null; do wait "$child"; status=$?; done
exit "$status"
"#;

/// How long a child may take to end after TERM before it is killed.
const GRACE: Duration = Duration::from_secs(15);

/// A supervised child process; dropping it stops it.
#[derive(Debug)]
pub struct Process {
    supervisor: Child,
    log: PathBuf,
    /// The whole group has been killed; its number may be another's by now.
    gone: bool,
}

impl Process {
    /// A command that runs `program` under supervision: add arguments and environment, then [`Process::spawn`] it.
    pub fn command(program: &Path) -> Command {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", SUPERVISOR, "supervised"]).arg(program);
        command
    }

    /// Starts a command made by [`Process::command`], appending its output to the file `log`.
    pub fn spawn(mut command: Command, log: &Path) -> Process {
        let output =
            OpenOptions::new().create(true).append(true).open(log).expect("open the log of a child process");
        let errors: File = output.try_clone().expect("share the log of a child process");
        let supervisor = command
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(output)
            .stderr(errors)
            .spawn()
            .expect("start a child process");
        Process { supervisor, log: log.to_path_buf(), gone: false }
    }

    /// The exit status, once the process has ended.
    pub fn exited(&mut self) -> Option<ExitStatus> {
        self.supervisor.try_wait().expect("ask after a child process")
    }

    /// Everything the process wrote so far.
    pub fn output(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(&self.log).unwrap_or_default()).into_owned()
    }

    /// The last `lines` lines of the output, for failure messages.
    pub fn tail(&self, lines: usize) -> String {
        let output = self.output();
        let all: Vec<&str> = output.lines().collect();
        all.get(all.len().saturating_sub(lines)..).unwrap_or_default().join("\n")
    }

    /// Asks the process to end, and kills what is left of its group after a grace period.
    pub fn stop(&mut self) {
        if self.exited().is_none() {
            signal("TERM", &self.supervisor.id().to_string());
            let deadline = Instant::now() + GRACE;
            while self.exited().is_none() && Instant::now() < deadline {
                thread::sleep(Duration::from_millis(20));
            }
        }
        self.kill();
    }

    /// Ends the process group at once, as a crash would.
    pub fn kill(&mut self) {
        if !self.gone {
            signal("KILL", &self.group());
            drop(self.supervisor.wait());
            self.gone = true;
        }
    }

    fn group(&self) -> String {
        format!("-{}", self.supervisor.id())
    }
}

/// A loopback port for a child that has to be told its port: nobody listens there, and no other test is given it before this one
/// ends, since a child may take a while to listen. It is none of those that outgoing connections get: who connects to such a
/// port while nobody listens there may be connected to itself, and then the port is taken.
pub fn free_port() -> u16 {
    static TAKEN: Mutex<Vec<File>> = Mutex::new(Vec::new());
    // Where there is no such file, temporary directories are a user's own.
    let user = fs::metadata("/proc/self").map_or(0, |this| this.uid());
    let directory = env::temp_dir().join(format!("mission-control-ports-{user}"));
    fs::create_dir_all(&directory).expect("create a directory for ports");
    let mut taken = TAKEN.lock().expect("nobody panics here");
    // Tests that run at the same time have neighbouring ids.
    let first = std::process::id() % 200 * 100;
    for port in (0..20_000).map(|next| 10_000 + (first + next) % 20_000) {
        let port = u16::try_from(port).expect("a port");
        // The lock ends with this process; its children do not inherit it.
        let lock = File::create(directory.join(port.to_string())).expect("create a lock for a port");
        if lock.try_lock().is_ok() && TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            taken.push(lock);
            return port;
        }
    }
    panic!("no port is free");
}

/// Sends a signal to a process or, with a minus sign, to a group; false when there is none.
fn signal(name: &str, target: &str) -> bool {
    let kill = Command::new("kill").args(["-s", name, "--", target]).stderr(Stdio::null()).status();
    kill.expect("run kill").success()
}

impl Drop for Process {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("--- the end of {}:\n{}", self.log.display(), self.tail(60));
        }
        self.stop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, log: &Path) -> Process {
        let mut command = Process::command(Path::new("/bin/sh"));
        command.args(["-c", script]);
        Process::spawn(command, log)
    }

    fn wait(process: &mut Process) -> ExitStatus {
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            if let Some(status) = process.exited() {
                return status;
            }
            assert!(Instant::now() < deadline, "the process runs on: {}", process.output());
            thread::sleep(Duration::from_millis(10));
        }
    }

    #[test]
    fn a_port_is_given_away_once_whether_or_not_somebody_listens_there_yet() {
        let ports: std::collections::BTreeSet<u16> = (0..20).map(|_| free_port()).collect();
        assert_eq!(ports.len(), 20);
    }

    #[test]
    fn a_process_ends_with_its_own_status_and_leaves_its_output() {
        let directory = tempfile::tempdir().unwrap();
        let mut process = shell("echo one; echo two >&2; exit 7", &directory.path().join("log"));
        assert_eq!(wait(&mut process).code(), Some(7));
        assert_eq!(process.output(), "one\ntwo\n");
        assert_eq!(process.tail(1), "two");
    }

    #[test]
    fn a_process_may_end_in_order_when_it_is_stopped() {
        let directory = tempfile::tempdir().unwrap();
        let script = "trap 'echo bye; exit 3' TERM; echo up; while :; do sleep 0.05; done";
        let mut process = shell(script, &directory.path().join("log"));
        while process.output().is_empty() {
            thread::sleep(Duration::from_millis(10));
        }
        process.stop();
        assert_eq!(process.output(), "up\nbye\n");
        assert_eq!(process.exited().and_then(|status| status.code()), Some(3));
    }

    #[test]
    fn a_process_and_its_children_die_with_the_test() {
        let directory = tempfile::tempdir().unwrap();
        let mut process = shell("trap '' TERM; sleep 60 & wait", &directory.path().join("log"));
        // What the kernel does to the pipe of a test that was killed.
        drop(process.supervisor.stdin.take());
        assert_eq!(wait(&mut process).code(), None, "killed, not ended");
        let deadline = Instant::now() + Duration::from_secs(10);
        while signal("0", &process.group()) {
            assert!(Instant::now() < deadline, "something of the group is left");
            thread::sleep(Duration::from_millis(10));
        }
    }
}
