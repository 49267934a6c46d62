//! `api`: any route.

use clap::Args;
use mission_control_terminal::print;
use reqwest::Method;
use serde_json::Value;

use super::given;
use crate::failure::Failure;
use crate::session::Session;
use crate::show::print_json;

pub(crate) const MANUAL: &str = "\
Call any route of the API, and print what it answers.

A path is below /api/v1 unless it begins with a slash: `mc api GET boards`, `mc api GET /readyz`. What there is says /docs of the \
server. A body is JSON: `--data '{\"name\": \"Home\"}'`, `--data @file.json`, or `--data -` for standard input.";

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// GET, POST, PUT, PATCH or DELETE
    method: String,
    /// Path, with its query
    path: String,
    /// Body: JSON, @FILE, or - for standard input
    #[arg(long, value_name = "JSON")]
    data: Option<String>,
    /// Bind the change to what was seen: the `version` of it
    #[arg(long, value_name = "VERSION")]
    if_match: Option<String>,
}

pub(crate) async fn run(Session { client, .. }: &Session, arguments: &Arguments) -> Result<(), Failure> {
    let method = match arguments.method.to_uppercase().as_str() {
        "GET" => Method::GET,
        "POST" => Method::POST,
        "PUT" => Method::PUT,
        "PATCH" => Method::PATCH,
        "DELETE" => Method::DELETE,
        _ => return Err(Failure::usage("a method is one of GET, POST, PUT, PATCH and DELETE")),
    };
    let path = match arguments.path.as_str() {
        // The token goes to its own server alone.
        path if path.contains("://") || path.starts_with("//") => {
            return Err(Failure::usage("a path is one of this server, such as /api/v1/boards or boards"));
        }
        path if path.starts_with('/') => path.to_owned(),
        path => format!("/api/v1/{path}"),
    };
    let mut request = client.request(method, &path)?;
    if let Some(data) = &arguments.data {
        let text = match data.strip_prefix('@') {
            Some(file) => given::file(file.as_ref())?,
            None => given::text(data)?,
        };
        let body: Value = serde_json::from_str(&text)
            .map_err(|error| Failure::usage(format!("the body is no JSON: {error}")))?;
        request = request.json(&body);
    }
    if let Some(version) = &arguments.if_match {
        request = request.header(reqwest::header::IF_MATCH, format!("\"{version}\""));
    }
    match client.send(request).await?.body {
        Value::Null => Ok(()),
        Value::String(text) => {
            print(text);
            Ok(())
        }
        body => print_json(&body),
    }
}
