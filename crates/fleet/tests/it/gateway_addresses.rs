//! Where the credentials of gateways go, and where connections go at all.

use std::net::SocketAddr;

use mission_control_core::models::{Gateway, GatewayChanges, GatewayObservation};
use mission_control_core::problem::Code;
use mission_control_fleet::gateways::{self, Asked, GatewayPatch, NewGateway};
use mission_control_fleet::{Fleet, FleetError};
use mission_control_shapes::GatewayRead;
use mission_control_simulator::{FaultScript, GatewayProfile, Simulator};
use mission_control_store::{StoreError, gateways as rows};
use mission_control_testkit::scratch::Backend;
use rstest::rstest;
use secrecy::{ExposeSecret, SecretString};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use super::support::{World, done, registration, simulator};

impl World {
    async fn gateway_row(&self, gateway: &Gateway) -> Gateway {
        let id = gateway.id;
        let found: Result<Option<Gateway>, StoreError> =
            self.fleet.db().read(move |conn| rows::find(conn, id)).await;
        found.unwrap().unwrap()
    }

    async fn patch(&self, gateway: &Gateway, patch: GatewayPatch) -> Result<Gateway, FleetError> {
        gateways::update(&self.fleet, self.caller, gateway.id, patch).await.map(done)
    }

    fn opened(&self, gateway: &Gateway) -> Option<String> {
        let token = self.fleet.gateways().target(gateway).unwrap().token?;
        Some(token.expose_secret().to_owned())
    }
}

fn to(url: impl Into<String>) -> GatewayPatch {
    GatewayPatch { url: Some(url.into()), ..GatewayPatch::default() }
}

/// A server that keeps what it is sent, and answers with this.
async fn listener(answer: &'static str) -> (SocketAddr, mpsc::UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (heard, hearing) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let heard = heard.clone();
            tokio::spawn(async move {
                let mut buffer = [0; 4096];
                let count = stream.read(&mut buffer).await.unwrap_or(0);
                drop(heard.send(String::from_utf8_lossy(&buffer[..count]).into_owned()));
                stream.write_all(answer.as_bytes()).await.ok();
            });
        }
    });
    (address, hearing)
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_stored_token_does_not_follow_a_change_of_place_or_of_protection(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;
    let (elsewhere, mut heard) = listener("").await;
    let port = simulator.url().rsplit(':').next().unwrap().trim_end_matches('/').to_owned();
    let changes = [
        to(format!("ws://{elsewhere}")),
        to(format!("http://{elsewhere}/")),
        to(format!("wss://127.0.0.1:{port}")),
        to(format!("ws://localhost:{port}")),
        to(format!("ws://127.0.0.1:{port}/gw")),
        GatewayPatch { allow_insecure_tls: Some(true), ..GatewayPatch::default() },
        GatewayPatch { allow_insecure_tls: Some(true), ..to(simulator.url()) },
    ];
    for patch in changes {
        let what = format!("{:?}, any certificate: {:?}", patch.url, patch.allow_insecure_tls);
        let error = world.patch(&gateway, patch).await.unwrap_err();
        assert_eq!(error.code(), Code::CredentialNeeded, "{what}");
        assert!(error.next_step().unwrap().contains("token"), "{what}");
        assert_eq!(world.gateway_row(&gateway).await.url, gateway.url, "{what}");
    }
    assert!(heard.try_recv().is_err(), "nothing was sent there");

    // The same place in other words needs nothing, and neither do the token again or none at all.
    let same = world.patch(&gateway, to(format!("http://127.0.0.1:{port}/"))).await.unwrap();
    assert_eq!(world.opened(&same).as_deref(), simulator.token());
    let token = simulator.token().map(SecretString::from);
    let with_token =
        GatewayPatch { token, allow_insecure_tls: Some(true), ..to(format!("ws://localhost:{port}")) };
    let moved = world.patch(&same, with_token).await.unwrap();
    assert_eq!((moved.allow_insecure_tls, world.opened(&moved).as_deref()), (true, simulator.token()));
    let stricter = GatewayPatch { allow_insecure_tls: Some(false), ..GatewayPatch::default() };
    world.patch(&moved, stricter).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_gateway_gave_this_device_stays_at_its_place() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    let gateway = world.gateway(&simulator).await;
    let seen = GatewayObservation { device_token: Some(Some("given".to_owned())), ..Default::default() };
    let id = gateway.id;
    world.write(move |tx| rows::observe(tx, id, &seen)).await;
    let port = simulator.url().rsplit(':').next().unwrap().trim_end_matches('/').to_owned();
    let token = simulator.token().map(SecretString::from);
    let moved = world.patch(&gateway, GatewayPatch { token, ..to(format!("ws://localhost:{port}")) }).await;
    assert_eq!(moved.unwrap().device_token, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_question_by_address_carries_the_stored_token_to_that_place_alone() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    world.gateway(&simulator).await;
    let asked = |url: String, insecure: Option<bool>| Asked::Url {
        url,
        token: None,
        disable_device_pairing: None,
        allow_insecure_tls: insecure,
    };
    let port = simulator.url().rsplit(':').next().unwrap().trim_end_matches('/').to_owned();
    let status = |asked| gateways::status(&world.fleet, world.caller, asked);
    assert!(status(asked(format!("http://127.0.0.1:{port}/"), None)).await.unwrap().connected);
    assert!(status(asked(simulator.url(), Some(false))).await.unwrap().connected);
    for elsewhere in [asked(format!("ws://localhost:{port}"), None), asked(simulator.url(), Some(true))] {
        let answer = status(elsewhere).await.unwrap();
        assert!(!answer.connected && answer.next_step.unwrap().contains("token"), "{:?}", answer.error);
    }
    // A token in the address counts, and is not told.
    let answer =
        status(asked(format!("ws://localhost:{port}/#token={}", simulator.token().unwrap()), None)).await;
    let answer = answer.unwrap();
    assert!(answer.connected, "{answer:?}");
    assert_eq!(answer.gateway_url, format!("ws://localhost:{port}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_where_no_gateway_is_tells_nothing_of_what_else_is_there() {
    let world = World::new(Backend::Sqlite).await;
    let closed = {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    let (web, _web) = listener("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n").await;
    let (other, _other) = listener("SSH-2.0-OpenSSH_9.9\r\n").await;
    let mut answers = Vec::new();
    for (scheme, address) in [("ws", closed), ("ws", web), ("ws", other), ("wss", web), ("wss", closed)] {
        let asked = Asked::Url {
            url: format!("{scheme}://{address}"),
            token: None,
            disable_device_pairing: None,
            allow_insecure_tls: None,
        };
        let answer = gateways::status(&world.fleet, world.caller, asked).await.unwrap();
        answers.push((answer.connected, answer.error, answer.next_step));
    }
    assert!(answers.windows(2).all(|pair| pair[0] == pair[1]), "{answers:?}");
    assert!(answers[0].2.as_ref().unwrap().contains("firewall"), "{answers:?}");
}

#[rstest]
#[case("ws://169.254.169.254", true)]
#[case("ws://2852039166", true)]
#[case("ws://0xa9.0xfe.0251.0376", true)]
#[case("ws://[::ffff:169.254.169.254]", true)]
#[case("ws://[64:ff9b::a9fe:a9fe]", true)]
#[case("ws://[2002:a9fe:a9fe::1]", true)]
#[case("ws://[fe80::1]", true)]
#[case("ws://0.0.0.0:1", true)]
#[case("ws://[ff02::1]:1", true)]
#[case("ws://127.0.0.1:1", false)]
#[case("ws://localhost:1", false)]
#[tokio::test(flavor = "multi_thread")]
async fn no_connection_goes_where_none_may_go(#[case] url: &str, #[case] whatever_is_allowed: bool) {
    for networks in ["0.0.0.0/0,::/0", "none"] {
        let world = World::with(Backend::Sqlite, &[("GATEWAY_PRIVATE_NETWORKS", networks)]).await;
        let asked = Asked::Url {
            url: url.to_owned(),
            token: None,
            disable_device_pairing: None,
            allow_insecure_tls: None,
        };
        let error = gateways::status(&world.fleet, world.caller, asked).await.unwrap().error.unwrap();
        let refused = whatever_is_allowed || networks == "none";
        assert_eq!(error.contains("not allowed"), refused, "{networks}: {error}");
    }
}

#[rstest]
#[case("/admin/delete?x=1")]
#[case("/?token=a&x=1")]
#[case("/a/b/c/d/e")]
#[case("/a%20b")]
#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_no_gateways_is_refused_unasked(#[case] rest: &str) {
    let world = World::new(Backend::Sqlite).await;
    let (address, mut heard) = listener("").await;
    let asked = Asked::Url {
        url: format!("ws://{address}{rest}"),
        token: None,
        disable_device_pairing: None,
        allow_insecure_tls: None,
    };
    assert_eq!(gateways::status(&world.fleet, world.caller, asked).await.unwrap_err().code(), Code::Invalid);
    assert!(heard.try_recv().is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_path_is_asked_for_in_no_private_network_but_where_the_operator_says_that_gateways_are() {
    let world = World::with(Backend::Sqlite, &[("GATEWAY_PATHS", "/gw")]).await;
    let (address, mut heard) = listener("").await;
    let token = Some(SecretString::from("given".to_owned()));
    let asked = async |url: &str| {
        let asked = Asked::Url {
            url: url.to_owned(),
            token: token.clone(),
            disable_device_pairing: None,
            allow_insecure_tls: Some(true),
        };
        gateways::status(&world.fleet, world.caller, asked).await.unwrap().error.unwrap()
    };
    let hosts = [address.to_string(), format!("localhost:{}", address.port())];
    for (host, path) in hosts.iter().flat_map(|host| {
        let paths = ["/a", "/a/", "//a", "/admin/delete", "/a/b/c", "/gw/a", "/GW", "//gw"];
        paths.into_iter().map(move |path| (host, path))
    }) {
        for scheme in ["ws", "wss", "http", "https"] {
            let url = format!("{scheme}://{host}{path}");
            let said = asked(&url).await;
            assert!(said.contains("GATEWAY_PATHS"), "{url}: {said}");
            let new = NewGateway {
                name: "x".to_owned(),
                url: url.clone(),
                token: token.clone(),
                workspace_root: String::new(),
                allow_insecure_tls: true,
                disable_device_pairing: false,
            };
            let error = gateways::create(&world.fleet, world.caller, new).await.map(drop).unwrap_err();
            assert!(error.to_string().contains("GATEWAY_PATHS"), "{url}: {error}");
            assert!(heard.try_recv().is_err(), "{url} was asked");
        }
    }
    for path in ["", "/", "/gw", "/gw/"] {
        let said = asked(&format!("ws://{address}{path}")).await;
        assert!(said.contains("No gateway answers"), "{path}: {said}");
    }
    // What was asked for one path may be heard after the next one was asked for.
    let mut lines = vec![heard.recv().await.unwrap()];
    lines.extend(std::iter::from_fn(|| heard.try_recv().ok()));
    lines.retain(|line| !line.is_empty());
    let allowed = ["GET / HTTP", "GET /gw HTTP", "GET /gw/ HTTP"];
    assert!(lines.iter().all(|line| allowed.iter().any(|start| line.starts_with(start))), "{lines:?}");
}

/// The address with the gateway's token in it, in every way that is in use.
fn with_token(simulator: &Simulator) -> Vec<String> {
    let (token, host) = (simulator.token().unwrap(), simulator.url().replace("ws://", ""));
    let host = host.trim_end_matches('/');
    vec![
        format!("ws://{host}?token={token}"),
        format!("http://{host}/#token={token}"),
        format!("http://{host}/?session=main&token={token}"),
        format!("ws://:{token}@{host}/"),
        format!("ws://me:{token}@{host}/"),
        format!("ws://{token}@{host}/"),
        format!("ws://{host}/token/{token}"),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_in_the_address_is_used_sealed_and_shown_nowhere() {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(Backend::Sqlite).await;
    let token = simulator.token().unwrap();
    let mut first: Option<Gateway> = None;
    for url in with_token(&simulator) {
        let gateway = match &first {
            None => {
                let mut new = registration(&simulator);
                (new.url, new.token) = (url.clone(), None);
                done(gateways::create(&world.fleet, world.caller, new).await.unwrap())
            }
            Some(gateway) => world.patch(gateway, to(url.clone())).await.unwrap(),
        };
        assert!(!gateway.url.contains(token) && !gateway.url.contains('@'), "{url}: {}", gateway.url);
        assert_eq!(world.opened(&gateway).as_deref(), Some(token), "{url}");
        assert!(gateway.token.as_ref().unwrap().starts_with("mcs1:"), "{url}");
        first = Some(gateway);
    }
    // Given in both places, the field counts.
    let mut both = registration(&simulator);
    both.url = format!("{}?token=wrong", simulator.url().trim_end_matches('/'));
    let gateway = done(gateways::create(&world.fleet, world.caller, both).await.unwrap());
    assert_eq!(world.opened(&gateway).as_deref(), Some(token));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn secrets_in_addresses_that_are_stored_already_are_taken_out_at_the_next_start(
    #[values(Backend::Sqlite, Backend::Postgres)] backend: Backend,
) {
    let simulator = simulator(GatewayProfile::modern(), FaultScript::default()).await;
    let world = World::new(backend).await;
    let gateway = world.gateway(&simulator).await;
    let token = simulator.token().unwrap();
    for url in with_token(&simulator) {
        let id = gateway.id;
        let dirty = GatewayChanges { url: Some(url.clone()), token: Some(None), ..Default::default() };
        world.write(move |tx| rows::update(tx, id, &dirty)).await;
        let row = world.gateway_row(&gateway).await;
        let read = GatewayRead::of(&row);
        assert!(!read.url.contains(token) && read.has_token, "{url}: not shown even before");
        assert_eq!(world.opened(&row).as_deref(), Some(token), "{url}: used even before");

        drop(Fleet::open(world.fleet.settings()).await.unwrap());
        let row = world.gateway_row(&gateway).await;
        assert!(!row.url.contains(token) && !row.url.contains('@'), "{url}: {}", row.url);
        assert!(row.token.as_ref().unwrap().starts_with("mcs1:"), "{url}");
        assert_eq!(world.opened(&row).as_deref(), Some(token), "{url}");
        assert!(
            gateways::status(&world.fleet, world.caller, Asked::Default).await.unwrap().connected,
            "{url}"
        );
    }
}
