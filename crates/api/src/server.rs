//! Building the parts from the configuration, and serving until told to stop.

use std::net::TcpListener;
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
use mission_control_core::config::{AuthSettings, Settings};
use mission_control_fleet::Fleet;
use mission_control_process::{Exit, Failure, supervisor, tls};
use mission_control_queue::RateLimiter;
use moka::future::Cache;
use secrecy::SecretString;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use utoipa::openapi::OpenApi;
use utoipa_actix_web::AppExt;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::auth::{LocalToken, LocalTokenFile, Scopes, WriteBudgets};
use crate::data_dir;
use crate::demo::Demo;
use crate::events::EventHub;
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
    local_token: LocalToken,
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
    let local_work = LocalWork::start(&fleet);
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
        stopping: shutdown.clone(),
        slow_hashes: Semaphore::new(1),
        requests: Requests::new(),
        examinations: Cache::builder().max_capacity(1).time_to_live(EXAMINED_FOR).build(),
        settings,
    });
    let served = serve(state, listener, shutdown).await;
    local_work.stop().await;
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
    let stopper = tokio::spawn(stop_on(shutdown, server.handle()));
    let ended = server.await.map_err(unix);
    stopper.abort();
    ended
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
        .wrap(from_fn(cors))
        .wrap(from_fn(compression))
        .wrap(from_fn(head))
        .wrap(from_fn(boundary))
}

fn local_token(settings: &Settings) -> Result<LocalToken, Failure> {
    let token: SecretString = match &settings.auth {
        AuthSettings::Local { token: Some(token) } => token.clone(),
        AuthSettings::Local { token: None } => {
            LocalTokenFile::load_or_create(&settings.data_dir)
                .map_err(|error| data_dir::failure(&settings.data_dir, &error))?
                .token
        }
        AuthSettings::Clerk(_) => {
            return Err(Failure::new(
                Exit::Usage,
                "AUTH_MODE=clerk is not available in this release: set AUTH_MODE=local",
            ));
        }
    };
    Ok(LocalToken::new(token))
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
