use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use mission_control_testkit::client::TestClient;
use serde_json::json;

/// A server that answers with what it was asked.
fn mirror() -> String {
    let server = HttpServer::new(|| {
        App::new().route("/empty", web::delete().to(HttpResponse::NoContent)).default_service(web::to(
            |request: HttpRequest, body: String| async move {
                let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok());
                HttpResponse::Created().insert_header(("x-request-id", "7")).json(json!({
                    "method": request.method().as_str(),
                    "path": request.uri().to_string(),
                    "authorization": header("authorization"),
                    "agent": header("x-agent-token"),
                    "body": body,
                }))
            },
        ))
    })
    .workers(1)
    .bind(("127.0.0.1", 0))
    .unwrap();
    let address = server.addrs()[0];
    actix_web::rt::spawn(server.run());
    format!("http://{address}/")
}

#[actix_web::test]
async fn each_actor_sends_its_own_credential() {
    let stranger = TestClient::stranger(mirror());
    let seen = [stranger.clone(), stranger.user("person"), stranger.user("person").agent("robot")];
    let expected = [json!([null, null]), json!(["Bearer person", null]), json!([null, "robot"])];
    for (actor, expected) in seen.into_iter().zip(expected) {
        let answer = actor.get("/whoami?now=1").expect(201).await;
        assert_eq!(answer["path"], "/whoami?now=1");
        assert_eq!(json!([answer["authorization"], answer["agent"]]), expected);
    }
}

#[actix_web::test]
async fn answers_have_status_headers_and_json() {
    let client = TestClient::stranger(mirror());
    let answer = client.patch("/things/1", json!({ "name": "new" })).send().await;
    assert_eq!((answer.status, answer.header("x-request-id")), (201, Some("7")));
    assert_eq!(
        (answer.body["method"].as_str(), answer.body["body"].as_str()),
        (Some("PATCH"), Some(r#"{"name":"new"}"#))
    );
    assert!(client.delete("/empty").expect(204).await.is_null());
}

#[actix_web::test]
#[should_panic(expected = "GET /things: expected 200, got 201: {")]
async fn another_status_than_the_expected_one_fails_with_the_answer() {
    TestClient::stranger(mirror()).get("/things").expect(200).await;
}
