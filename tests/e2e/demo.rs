use std::time::Instant;

use crate::product::Product;

#[tokio::test]
async fn a_newcomer_sees_agents_online_within_a_minute_without_any_service() {
    let start = Instant::now();
    let demo = Product::demo().await;
    // The data directory was empty, so whoever was seen at all was seen since the start.
    demo.online("the main agent", |agent| agent["is_gateway_main"] == true).await;
    demo.online("the lead", |agent| agent["is_board_lead"] == true).await;
    assert!(start.elapsed().as_secs() < 60, "the demo took {:?}", start.elapsed());
}
