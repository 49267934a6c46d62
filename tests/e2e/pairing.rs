use mission_control_gateway_rpc::{ApproveDevice, Client, ConnectOptions, ListDevices};
use mission_control_testkit::openclaw::{ForwardingProxy, OpenClaw, Options, Version};

use crate::product::{Product, done};

#[tokio::test]
async fn a_gateway_elsewhere_asks_for_approval_and_works_once_it_is_given() {
    let options = Options { trust_proxy: true, ..Options::default() };
    let gateway = match OpenClaw::start(Version::V2026_9_6, options).await {
        Ok(gateway) => gateway,
        Err(skip) => return skip.report(),
    };
    let far_away = ForwardingProxy::start(gateway.port(), "203.0.113.7".parse().unwrap()).await;
    let product = Product::scaled_out().await;
    let register = || product.register(&far_away.url(), gateway.token(), &gateway.state_dir());

    let refused = register().expect(502).await.to_string();
    let operator =
        Client::connect(ConnectOptions::new(&gateway.url()).unwrap().token(gateway.token())).await.unwrap();
    let waiting = operator.ask(&ListDevices {}).await.unwrap().pending;
    let [request] = waiting.as_slice() else { panic!("one request waits, not {waiting:?}") };
    let command = format!("openclaw devices approve {}", request.request_id);
    assert!(refused.contains(&command), "{refused} does not say `{command}`");

    operator.ask(&ApproveDevice { request_id: &request.request_id }).await.unwrap();
    operator.close();
    done(register()).await;
    product.online("the main agent", |agent| agent["is_gateway_main"] == true).await;
}
