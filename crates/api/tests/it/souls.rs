use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use mission_control_testkit::scratch::Backend;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::server::Server;

/// A souls directory with two souls; goes away when dropped.
struct Directory {
    url: String,
    asked: Arc<AtomicUsize>,
    serving: JoinHandle<()>,
}

impl Drop for Directory {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Directory {
    async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let asked = Arc::new(AtomicUsize::new(0));
        let serving = tokio::spawn(serve(listener, url.clone(), Arc::clone(&asked)));
        Self { url, asked, serving }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

async fn serve(listener: TcpListener, url: String, asked: Arc<AtomicUsize>) {
    loop {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        asked.fetch_add(1, Ordering::SeqCst);
        let path = String::from_utf8(head).unwrap().split(' ').nth(1).unwrap().to_owned();
        let (status, body) = match path.as_str() {
            "/sitemap.xml" => {
                let loc = |soul: &str| format!("<url><loc>{url}/souls/{soul}</loc></url>");
                ("200 OK", format!("<urlset>{}{}</urlset>", loc("acme/dev-lead"), loc("acme/writer")))
            }
            "/api/souls/acme/writer.md" => ("200 OK", "# Writer\n".to_owned()),
            "/api/souls/acme/moved.md" => ("302 Found\r\nLocation: /sitemap.xml", String::new()),
            _ => ("404 Not Found", "no".to_owned()),
        };
        let answer =
            format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
        stream.write_all(answer.as_bytes()).await.unwrap();
    }
}

async fn server(directory: &Directory) -> Server {
    Server::start_with(Backend::Sqlite, &[("SOULS_DIRECTORY_URL", &directory.url)]).await
}

const SEARCH: &str = "/api/v1/souls-directory/search";

fn slugs(found: &Value) -> Vec<&str> {
    found["items"].as_array().unwrap().iter().map(|soul| soul["slug"].as_str().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn souls_are_searched_and_read_and_the_directory_is_asked_once_for_each_page() {
    let directory = Directory::start().await;
    let server = server(&directory).await;
    let user = server.user();
    assert_eq!(slugs(&user.get(SEARCH).expect(200).await), ["dev-lead", "writer"]);
    assert_eq!(slugs(&user.get(&format!("{SEARCH}?limit=1")).expect(200).await), ["dev-lead"]);
    let found = user.get(&format!("{SEARCH}?q=WRIT")).expect(200).await;
    let url = &directory.url;
    let writer = json!({
        "handle": "acme",
        "slug": "writer",
        "page_url": format!("{url}/souls/acme/writer"),
        "raw_md_url": format!("{url}/api/souls/acme/writer.md"),
    });
    assert_eq!(found["items"], json!([writer]));
    for path in ["/api/v1/souls-directory/acme/writer", "/api/v1/souls-directory/acme/writer.md"] {
        let soul = user.get(path).expect(200).await;
        assert_eq!(soul, json!({"handle": "acme", "slug": "writer", "content": "# Writer\n"}));
    }
    assert_eq!(directory.asked(), 2);
    server.stranger().get(SEARCH).expect(401).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_who_ask_at_once_are_answered_by_one_request() {
    let directory = Directory::start().await;
    let server = server(&directory).await;
    let user = server.user();
    let asked = futures_util::future::join_all((0..16).map(|_| user.get(SEARCH).expect(200))).await;
    assert!(asked.iter().all(|found| slugs(found).len() == 2));
    assert_eq!(directory.asked(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_directory_does_not_have_is_a_502_that_says_so() {
    let directory = Directory::start().await;
    let server = server(&directory).await;
    for (path, detail) in [("acme/none", "answered 404"), ("acme/moved", "answered 302")] {
        let failed = server.user().get(&format!("/api/v1/souls-directory/{path}")).expect(502).await;
        assert!(failed["detail"].as_str().unwrap().contains(detail), "{failed}");
        assert_eq!(failed["code"], "upstream_error");
    }
    assert_eq!(directory.asked(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_directory_that_is_away_is_a_502_with_the_next_step() {
    let directory = Directory::start().await;
    let server = server(&directory).await;
    server.user().get(SEARCH).expect(200).await;
    drop(directory);
    let failed = server.user().get("/api/v1/souls-directory/acme/writer").expect(502).await;
    assert!(failed["next_step"].as_str().unwrap().contains("SOULS_DIRECTORY_URL"), "{failed}");
    server.user().get(SEARCH).expect(200).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_could_lead_elsewhere_are_not_asked_for() {
    let directory = Directory::start().await;
    let server = server(&directory).await;
    for path in ["a.b/x", "abc/x$y", "%20/x", "..%2Facme/x", "acme/..%2Fx", "-a/x"] {
        server.user().get(&format!("/api/v1/souls-directory/{path}")).expect(422).await;
    }
    assert_eq!(directory.asked(), 0);
}
