//! `login` and `logout`.

use std::io::{self, IsTerminal, Read};

use clap::Args;
use mission_control_terminal::print;
use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
use secrecy::SecretString;
use serde_json::json;
use url::Url;

use crate::client::Client;
use crate::contexts::{self, Contexts, Server, address, is_readable_on_the_way};
use crate::failure::{Exit, Failure};
use crate::json::at;
use crate::limits::CLIENT_TOKEN;
use crate::show::show;
use crate::text::field;

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Where the server is. The token is asked for, or read from standard input
    url: String,
}

/// Tries the token, and keeps what works under the name of the context, or of the host.
pub(crate) async fn run(arguments: &Arguments, context: Option<&str>, json: bool) -> Result<(), Failure> {
    let url = address(&arguments.url)?;
    if is_readable_on_the_way(&url) {
        eprintln!("mc: {url} is not https: whoever is on the way can read the token");
    }
    let name = context.map_or_else(|| host(&url), str::to_owned);
    let server = Server { token: token(&url)?, url };
    let user = Client::new(&server)?.get("/api/v1/users/me", &[]).await?;
    let path = contexts::path()?;
    let mut kept = Contexts::load(&path)?;
    kept.keep(&name, &server);
    kept.save(&path)?;
    let told = json!({"context": name, "url": server.url, "user": at(&user, "name"), "file": path});
    show(json, &told, |told| {
        let who = Some(field(told, "/user")).filter(|who| !who.is_empty()).unwrap_or("somebody".to_owned());
        print(format_args!("{name}: logged in to {} as {who}; kept in {}", server.url, path.display()));
    })
}

/// Forgets a context.
pub(crate) fn forget(context: Option<&str>) -> Result<(), Failure> {
    let path = contexts::path()?;
    let mut kept = Contexts::load(&path)?;
    let name = context.map(str::to_owned).or_else(|| kept.current.clone());
    let name = name.ok_or_else(|| Failure::new(Exit::NotFound, "you are not logged in"))?;
    kept.forget(&name)?;
    kept.save(&path)?;
    print(format_args!("{name}: forgotten. The token stays valid; revoke it where it was made"));
    Ok(())
}

fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Asks a person; reads it from whatever else standard input is.
fn token(url: &Url) -> Result<SecretString, Failure> {
    let text = if io::stdin().is_terminal() {
        eprint!("Token for {url}: ");
        let text = unseen_line();
        eprintln!();
        text?
    } else {
        let mut text = String::new();
        io::stdin().take(CLIENT_TOKEN as u64).read_to_string(&mut text)?;
        text
    };
    match text.trim() {
        "" => Err(Failure::usage("there is no token").with_next(
            "make one in the web UI, or on the server: mission-control-api token create --name mc",
        )),
        token => Ok(token.to_owned().into()),
    }
}

/// A line from the terminal that is not shown while it is typed.
fn unseen_line() -> io::Result<String> {
    let stdin = io::stdin();
    let before = tcgetattr(&stdin)?;
    let mut unseen = before.clone();
    unseen.local_modes.remove(LocalModes::ECHO);
    tcsetattr(&stdin, OptionalActions::Flush, &unseen)?;
    let mut line = String::new();
    let read = stdin.read_line(&mut line);
    tcsetattr(&stdin, OptionalActions::Flush, &before)?;
    read.map(|_| line)
}
