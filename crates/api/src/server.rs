//! Building the parts from the configuration, and serving until told to stop.

use std::io::{IsTerminal, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_http::HttpService;
use actix_server::{Server, ServerHandle};
use actix_service::{IntoServiceFactory, ServiceFactoryExt, map_config};
use actix_web::dev::{AppConfig, ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::header::{ContentType, HeaderName, HeaderValue};
use actix_web::middleware::from_fn;
use actix_web::web::Bytes;
use actix_web::{App, Error, HttpResponse, body::MessageBody, web};
use mission_control_core::config::Settings;
use mission_control_core::models::Program;
use mission_control_fleet::doctor::ask;
use mission_control_fleet::{Fleet, accounts};
use mission_control_identity::{Clerk, Provider};
use mission_control_process::{Exit, Failure, logs, supervisor, tls};
use mission_control_queue::RateLimiter;
use moka::future::Cache;
use secrecy::SecretString;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use utoipa::openapi::OpenApi;
use utoipa_actix_web::AppExt;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::auth::{LocalToken, Scopes, SetUpCode, WriteBudgets, kept_local_token};
use crate::data_dir;
use crate::demo::Demo;
use crate::events::EventHub;
use crate::hindrance::hindered;
use crate::http::bodies::Bodies;
use crate::http::boundary::boundary;
use crate::http::compression::compression;
use crate::http::cors::cors;
use crate::http::head::head;
use crate::http::idempotency::idempotency;
use crate::http::ignored::ignored;
use crate::http::line::{Seats, lines};
use crate::http::parameters::Parameters;
use crate::http::waits::{Waits, waits};
use crate::http::{Fallback, fallback};
use crate::local_work::LocalWork;
use crate::metrics::{Requests, scrape};
use crate::souls_directory::SoulsDirectory;
use crate::state::State;
use crate::{openapi, routes};

/// Slow clients get this long to send a request's head.
const HEAD_TIMEOUT: Duration = Duration::from_secs(15);
/// How long a client may take to hang up once it was told to.
const GOODBYE: Duration = Duration::from_secs(1);
/// How long an idle connection stays open: longer than proxies keep theirs (nginx: 60 s), so that none sends a request into
/// one that is being closed.
const KEEP_ALIVE: Duration = Duration::from_secs(75);

/// How long a server that lives may take for an answer.
const ANSWERS_WITHIN: Duration = Duration::from_secs(10);

/// How long what hinders jobs is told to others who wait for some.
const HINDERED_FOR: Duration = Duration::from_secs(2);

/// How long what the doctor found is told to others who ask.
const EXAMINED_FOR: Duration = Duration::from_secs(10);

/// Serves on `listener` until `shutdown`, then finishes what was begun (at most `SHUTDOWN_GRACE_SECONDS`).
///
/// Everything is built from `settings`; a test gives a scratch database and port 0.
///
/// # Errors
/// What could not be set up, with the fix.
pub async fn run(
    settings: Settings,
    listener: TcpListener,
    shutdown: CancellationToken,
) -> Result<(), Failure> {
    let local_token = local_token(&settings)?;
    start(Fleet::open(&settings).await?, local_token, listener, shutdown, false).await
}

/// Serves like [`run`], on what is open already: who keeps a clone of `fleet` sees what the server does with its
/// database and queue.
///
/// # Errors
/// As [`run`].
pub async fn run_on(fleet: Fleet, listener: TcpListener, shutdown: CancellationToken) -> Result<(), Failure> {
    let local_token = local_token(fleet.settings())?;
    start(fleet, local_token, listener, shutdown, false).await
}

/// Serves like [`run`], with a simulated gateway in this process and a small fleet on it.
///
/// The agents check in at `settings.http.base_url`, which must be where `listener` is.
///
/// # Errors
/// As [`run`].
pub async fn run_demo(
    settings: Settings,
    listener: TcpListener,
    shutdown: CancellationToken,
) -> Result<(), Failure> {
    let local_token = local_token(&settings)?;
    start(Fleet::open(&settings).await?, local_token, listener, shutdown, true).await
}

async fn start(
    fleet: Fleet,
    local_token: Option<LocalToken>,
    listener: TcpListener,
    shutdown: CancellationToken,
    with_demo: bool,
) -> Result<(), Failure> {
    // The program has done this; who starts a server in a process of their own need not know.
    tls::install_provider();
    let settings = fleet.settings().clone();
    let limiter = RateLimiter::open(&settings.rate_limit, &settings.queue.name)
        .await
        .map_err(|error| Failure::new(Exit::Queue, error))?;
    let demo = match with_demo {
        true => Some(Demo::start(&fleet).await.map_err(|error| Failure::new(Exit::Failed, error))?),
        false => None,
    };
    let set_up_code = set_up_code(&fleet).await?;
    let local_work = LocalWork::start(&fleet);
    let levels = tokio::spawn(logs::follow(fleet.clone(), Program::Api, shutdown.clone()));
    let events = EventHub::start(fleet.db().clone(), fleet.queue(), shutdown.clone())
        .await
        .map_err(|error| Failure::new(Exit::Database, error))?;
    let state = web::Data::new(State {
        security_headers: security_headers(&settings)?,
        db: fleet.db().clone(),
        fleet: fleet.clone(),
        events,
        souls: SoulsDirectory::new(&settings.souls_directory_url)
            .map_err(|error| Failure::new(Exit::Failed, error))?,
        limiter,
        write_budgets: WriteBudgets::default(),
        bodies: Bodies::default(),
        local_token,
        set_up_code,
        provider: provider(&settings)?,
        clerk: clerk(&settings)?,
        stopping: shutdown.clone(),
        slow_hashes: Semaphore::new(1),
        requests: Requests::new(),
        hindrances: Cache::builder().max_capacity(1).time_to_live(HINDERED_FOR).build(),
        examinations: Cache::builder().max_capacity(1).time_to_live(EXAMINED_FOR).build(),
        settings,
    });
    let served = serve(state, listener, shutdown).await;
    local_work.stop().await;
    levels.abort();
    fleet.shutdown();
    if let Some(demo) = demo {
        demo.stop().await;
    }
    served
}

async fn serve(
    state: web::Data<State>,
    listener: TcpListener,
    shutdown: CancellationToken,
) -> Result<(), Failure> {
    let settings = &state.settings;
    let threads = settings.http.workers.unwrap_or_else(num_threads).max(1);
    let grace = settings.http.shutdown_grace;
    let pool = usize::try_from(settings.database.pool_size).unwrap_or(1);
    let routes = Routes::new(&openapi::document()).map_err(|error| Failure::new(Exit::Failed, error))?;
    let unix = |error: std::io::Error| Failure::new(Exit::Failed, error);
    let (address, seats) = (listener.local_addr().map_err(unix)?, Seats::new(&settings.http.trusted_proxies));
    let server = Server::build()
        .workers(threads)
        // More threads than connections only queue for the pool, and make the slowest requests slower.
        .worker_max_blocking_threads(pool.div_ceil(threads).max(2))
        .shutdown_timeout(grace.as_secs())
        .disable_signals()
        .listen("http", listener, {
            let (state, shutdown) = (state.clone(), shutdown.clone());
            move || {
                let (app, stopping) = (app(state.clone(), routes.clone()), shutdown.clone());
                let app = app.into_factory().map_err(|error: Error| error.error_response());
                let http = HttpService::build()
                    .client_request_timeout(HEAD_TIMEOUT)
                    .client_disconnect_timeout(GOODBYE)
                    .keep_alive(KEEP_ALIVE)
                    .local_addr(address)
                    // Connections that wait for another request end when the server does.
                    .graceful_shutdown_signal(move || stopping.clone().cancelled_owned())
                    .finish(map_config(app, |()| AppConfig::default()));
                lines(Arc::clone(&seats)).and_then(http)
            }
        })
        .map_err(unix)?
        .run();
    supervisor::ready();
    let signs = tokio::spawn(supervisor::give_signs_of_life(move || answers(address)));
    let stopper = tokio::spawn(stop_on(shutdown, server.handle()));
    let ended = server.await.map_err(unix);
    stopper.abort();
    signs.abort();
    ended
}

/// Whether this server answers a request, as clients see it.
async fn answers(mut address: SocketAddr) -> bool {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    let asked = tokio::task::spawn_blocking(move || ask(&address.to_string(), "/healthz", ANSWERS_WITHIN));
    let answer = asked.await.ok().and_then(Result::ok).unwrap_or_default();
    answer.split_whitespace().nth(1) == Some("200")
}

fn num_threads() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

async fn stop_on(shutdown: CancellationToken, server: ServerHandle) {
    shutdown.cancelled().await;
    tracing::info!("stopping: finishing what was begun");
    server.stop(true).await;
}

/// What the API document says of the routes, once for all server threads: as a document it takes several megabytes.
#[derive(Clone)]
struct Routes {
    document: Bytes,
    waiting: web::Data<Waits>,
    fallback: web::Data<Fallback>,
    parameters: web::Data<Parameters>,
    scopes: web::Data<Scopes>,
}

impl Routes {
    fn new(document: &OpenApi) -> serde_json::Result<Self> {
        Ok(Self {
            document: serde_json::to_vec(document)?.into(),
            waiting: web::Data::new(Waits::new(document)),
            fallback: web::Data::new(Fallback::new(document)),
            parameters: web::Data::new(Parameters::new(document)),
            scopes: web::Data::new(Scopes::new(document)),
        })
    }
}

/// The app of one server thread.
fn app(
    state: web::Data<State>,
    routes: Routes,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = Error,
        InitError = (),
    >,
> {
    let Routes { document, waiting, fallback: others, parameters, scopes } = routes;
    App::new()
        .app_data(state)
        .app_data(waiting)
        .app_data(others)
        .app_data(parameters)
        .app_data(scopes)
        .into_utoipa_app()
        .configure(routes::configure)
        .into_app()
        .route("/metrics", web::get().to(scrape))
        .route("/docs", web::get().to(|| async { web::Redirect::to("/docs/") }))
        .route(
            "/openapi.json",
            web::get().to(move || {
                let document = document.clone();
                async { HttpResponse::Ok().content_type(ContentType::json()).body(document) }
            }),
        )
        .service(SwaggerUi::new("/docs/{_:.*}").config(Config::from("/openapi.json")))
        .default_service(web::to(fallback))
        .wrap(from_fn(ignored))
        // Inside of what lets work go on when its client has gone: that waits as well.
        .wrap(from_fn(waits))
        .wrap(from_fn(idempotency))
        .wrap(from_fn(hindered))
        .wrap(from_fn(cors))
        .wrap(from_fn(compression))
        .wrap(from_fn(head))
        .wrap(from_fn(boundary))
}

fn local_token(settings: &Settings) -> Result<Option<LocalToken>, Failure> {
    let Some(local) = &settings.auth.local else { return Ok(None) };
    let token: SecretString = match &local.token {
        Some(token) => token.clone(),
        None => {
            kept_local_token(&settings.data_dir)
                .map_err(|error| data_dir::failure(&settings.data_dir, &error))?
                .secret
        }
    };
    Ok(Some(LocalToken::new(token)))
}

fn clerk(settings: &Settings) -> Result<Option<Clerk>, Failure> {
    let clerk = settings.auth.clerk.as_ref().map(|clerk| Clerk::new(clerk, &settings.http));
    clerk.transpose().map_err(|error| Failure::new(Exit::Failed, error))
}

fn provider(settings: &Settings) -> Result<Option<Provider>, Failure> {
    let provider = settings.auth.oidc.as_ref().map(|oidc| Provider::new(oidc, &settings.http.base_url));
    provider.transpose().map_err(|error| Failure::new(Exit::Failed, error))
}

/// The code for the first account, while there is none. The terminal is told, and no log.
async fn set_up_code(fleet: &Fleet) -> Result<Option<SetUpCode>, Failure> {
    let settings = fleet.settings();
    let is_set_up =
        || async { accounts::is_set_up(fleet).await.map_err(|error| Failure::new(Exit::Database, error)) };
    if settings.auth.accounts.is_none() || is_set_up().await? {
        return Ok(None);
    }
    let code = match SetUpCode::load_or_create(&settings.data_dir) {
        Ok(code) => code,
        // The token opens the door too: a server that keeps nothing on its disk does not need one for this.
        Err(error) if settings.auth.local.is_some() => {
            tracing::warn!(%error, "set-up code not kept");
            return Ok(None);
        }
        Err(error) => return Err(data_dir::failure(&settings.data_dir, &error)),
    };
    // Whether anybody can read it there does not keep the server from serving: the file has it too.
    let mut stdout = std::io::stdout();
    let announcement = code.announcement(&settings.http.base_url, stdout.is_terminal());
    let _ = writeln!(stdout, "{announcement}");
    Ok(Some(code))
}

fn security_headers(settings: &Settings) -> Result<Vec<(HeaderName, HeaderValue)>, Failure> {
    let parse = |(name, value): &(&'static str, String)| {
        let name = HeaderName::try_from(*name).ok()?;
        Some((name, HeaderValue::try_from(value.as_str()).ok()?))
    };
    settings.http.security_headers.iter().map(parse).collect::<Option<_>>().ok_or_else(|| {
        Failure::new(
            Exit::Usage,
            "a SECURITY_HEADER_… holds characters that a header cannot carry: remove them",
        )
    })
}
