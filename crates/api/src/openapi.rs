//! The API document. Paths and schemas come from the routes; the rest is here.

mod lists;

pub use lists::LISTS;

use actix_web::App;
use actix_web::http::Method;
use mission_control_core::limits::IDEMPOTENCY_KEY;
use mission_control_fleet::guide;
use mission_control_shapes::events;
use serde_json::json;
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn, PathItem};
use utoipa::openapi::schema::Type;
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{
    Components, Content, ContentBuilder, HeaderBuilder, Info, License, ObjectBuilder, OpenApi,
    OpenApiBuilder, Ref, RefOr, Required, ResponseBuilder, Schema, Tag,
};
use utoipa::{PartialSchema, ToSchema};
use utoipa_actix_web::AppExt;

use crate::auth::SESSION_COOKIE;
use crate::error::ErrorBody;
use crate::http::{PART_HEADERS, idempotency};
use crate::input::Fault;
use crate::routes;

const DESCRIPTION: &str = "\
Control plane for fleets of AI agents on OpenClaw gateways.

Lists are `{items, total, limit, offset}`. Times are UTC without a zone. Creating and deleting answer 200. Errors are
`{detail, code, request_id}` and often have a `next_step`; for invalid input `detail` lists every wrong field. Fields
and query parameters that nobody knows are named in the headers `X-Ignored-Fields` and `X-Ignored-Parameters`. A write
that is sent again with the same `Idempotency-Key` gets the first answer and is not carried out twice.";

const TAGS: [(&str, &str); 34] = [
    ("health", "Whether the server is alive, and ready."),
    ("auth", "Signing in."),
    ("agent", "What agents call with their own token."),
    ("agent-lead", "What the lead of a board has a use for."),
    ("agent-worker", "What an agent of a board has a use for."),
    ("agent-main", "What the main agent of a gateway has a use for."),
    ("mcp", "The Model Context Protocol: what agents do most, as tools."),
    ("agents", "Agents: creating, provisioning, heartbeats."),
    ("boards", "Boards of tasks, with the agents that work on them."),
    ("gateways", "OpenClaw gateways, their sessions, and the templates on them."),
    ("board-groups", "Groups of boards that share a memory and a heartbeat pace."),
    ("board-memory", "What a board remembers, its chat included."),
    ("board-group-memory", "What a board group remembers, its chat included."),
    ("board-views", "Named ways to look at boards."),
    ("board-onboarding", "Agreeing on a board's goal with an agent."),
    ("board-webhooks", "Addresses by which other systems tell a board something."),
    ("approvals", "Risky steps that people or leads decide on."),
    ("skills", "Packs of skills, the catalogue of them, and what gateways have installed."),
    ("souls-directory", "Public character sheets for agents."),
    ("tasks", "Tasks of a board, what they wait for, and the comments on them."),
    ("events", "Live streams of what happens."),
    ("activity", "What happened, for people to read."),
    ("metrics", "Numbers for the dashboard."),
    ("jobs", "The work that goes on behind the API."),
    ("budgets", "Limits to what agents use."),
    ("exec-policies", "Rules that decide about commands of agents before a person is asked."),
    ("runs", "Turns of agents, and what models used."),
    ("search", "Finding tasks on every board."),
    ("users", "The caller's profile."),
    ("organizations", "The organizations that the caller belongs to, their members and invitations."),
    ("tokens", "Tokens and service accounts, by which programs act for members of an organization."),
    ("audit", "The record of who did what."),
    ("custom-fields", "What an organization's tasks hold beside title, status and the like."),
    ("tags", "Words that an organization sorts its tasks by."),
];

/// The document of everything that is served.
pub fn document() -> OpenApi {
    let (_, mut document) =
        App::new().into_utoipa_app().openapi(frame()).configure(routes::configure).split_for_parts();
    let components = document.components.get_or_insert_with(Components::new);
    let mut named = vec![
        (ErrorBody::name().into_owned(), ErrorBody::schema()),
        (Fault::name().into_owned(), Fault::schema()),
    ];
    ErrorBody::schemas(&mut named);
    Fault::schemas(&mut named);
    named.extend(events::schemas());
    components.schemas.extend(named);
    lists::bound(&mut components.schemas);
    for (path, item) in &mut document.paths.paths {
        let writes = writes(item).filter(|(method, _)| idempotency::counts_at(method, path));
        writes.for_each(|(_, operation)| add_idempotency_key(operation));
        operations(item).for_each(|operation| {
            add_session(operation);
            add_error_responses(path, operation);
            add_hints(operation);
            add_part(operation);
            add_events(operation);
        });
    }
    document
}

fn frame() -> OpenApi {
    let mut info = Info::new("Mission Control", env!("CARGO_PKG_VERSION"));
    info.description = Some(DESCRIPTION.to_owned());
    info.license = Some(License::new("MIT"));
    let components = utoipa::openapi::ComponentsBuilder::new()
        .security_scheme("user", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)))
        .security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(SESSION_COOKIE))))
        .security_scheme("agent", SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new("X-Agent-Token"))))
        .build();
    OpenApiBuilder::new().info(info).components(Some(components)).tags(Some(TAGS.map(tag))).build()
}

fn tag((name, description): (&str, &str)) -> Tag {
    TagBuilder::new().name(name).description(Some(description)).build()
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.post, &mut item.put, &mut item.patch, &mut item.delete].into_iter().flatten()
}

/// Wherever a person's access token is taken, the session of a browser is too.
fn add_session(operation: &mut Operation) {
    let Some(ways) = &mut operation.security else { return };
    let session = SecurityRequirement::new::<_, _, String>("session", []);
    if ways.contains(&SecurityRequirement::new::<_, _, String>("user", [])) && !ways.contains(&session) {
        ways.push(session);
    }
}

fn writes(item: &mut PathItem) -> impl Iterator<Item = (Method, &mut Operation)> {
    let all = [
        (Method::POST, &mut item.post),
        (Method::PUT, &mut item.put),
        (Method::PATCH, &mut item.patch),
        (Method::DELETE, &mut item.delete),
    ];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

fn add_idempotency_key(operation: &mut Operation) {
    let text = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1));
    let parameter = ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(Required::False)
        .description(Some("Names this request, so that sending it again gives the first answer."))
        .schema(Some(text.max_length(Some(IDEMPOTENCY_KEY))))
        .build();
    operation.parameters.get_or_insert_default().push(parameter.into());
    let conflict = "It contradicts what is there, or a request with this `Idempotency-Key` is being served.";
    add_error_response(operation, "409", conflict);
}

/// A plain array is a part of a list, whose headers tell which.
fn add_part(operation: &mut Operation) {
    for response in operation.responses.responses.values_mut() {
        let RefOr::T(response) = response else { continue };
        let arrays = response.content.values_mut().filter_map(|content| match content {
            RefOr::T(Content { schema: Some(RefOr::T(Schema::Array(array))), .. }) => Some(array),
            _ => None,
        });
        let parts = arrays.map(lists::bound_plain).count();
        if parts > 0 {
            response.headers.extend(PART_HEADERS.map(|(name, description)| {
                let number = ObjectBuilder::new().schema_type(Type::Integer);
                let header = HeaderBuilder::new().schema(Some(number)).description(Some(description));
                (name.to_owned(), header.build().into())
            }));
        }
    }
}

/// What the stream of all events sends: the document has no words for the data of events.
fn add_events(operation: &mut Operation) {
    if operation.operation_id.as_deref() == Some("events_stream") {
        let all = json!({ "$ref": Ref::from_schema_name(events::EVENT).ref_location });
        let data = ExtensionsBuilder::new().add("x-event-data", all).build();
        operation.extensions.get_or_insert_default().merge(data);
    }
}

/// For agents: tags by which a role finds its operations, and when to use which.
fn add_hints(operation: &mut Operation) {
    let id = operation.operation_id.as_deref();
    let Some(known) = guide::OPERATIONS.iter().find(|known| id == Some(known.id)) else { return };
    let tags = operation.tags.get_or_insert_default();
    tags.extend(known.roles.iter().map(|role| role.tag().to_owned()));
    let hints = ExtensionsBuilder::new()
        .add("x-llm-intent", known.intent)
        .add("x-when-to-use", vec![known.when])
        .add("x-routing-policy", vec![known.policy])
        .build();
    operation.extensions.get_or_insert_default().merge(hints);
}

/// The errors that any such operation can answer need not be repeated at each handler.
fn add_error_responses(path: &str, operation: &mut Operation) {
    let security = operation.security.as_deref().unwrap_or_default();
    let (secured, takes_body) = (!security.is_empty(), operation.request_body.is_some());
    let has_ids = path.contains('{');
    let takes_input = takes_body || operation.parameters.is_some();
    for (applies, status, description) in [
        (takes_body, "400", "The body could not be read as text."),
        (secured, "401", "No valid credential."),
        (secured, "403", "The caller may not do this."),
        (has_ids, "404", "No such thing, or none that the caller may know of."),
        (takes_body, "408", "The body came too slowly."),
        (takes_body, "413", "The body is too large."),
        (takes_input, "414", "The address is too long."),
        (takes_input, "422", "The input is wrong; `detail` names every wrong field."),
        (secured, "429", "Too many requests; `Retry-After` says when to try again."),
    ] {
        if applies {
            add_error_response(operation, status, description);
        }
    }
}

/// Unless the operation says more about the status itself.
fn add_error_response(operation: &mut Operation, status: &str, description: &str) {
    let schema = Ref::from_schema_name(ErrorBody::name());
    let content = ContentBuilder::new().schema(Some(schema)).build();
    let response =
        ResponseBuilder::new().description(description).content("application/json", content).build();
    operation.responses.responses.entry(status.to_owned()).or_insert_with(|| response.into());
}
