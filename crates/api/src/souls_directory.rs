//! The client of the souls directory. What was fetched is kept: fresh for a while, and as a stand-in for much longer, so
//! that searching goes on while the directory is away.

use std::sync::Arc;
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use mission_control_core::limits::{SOUL, SOULS_CACHE};
use moka::future::Cache;
use moka::ops::compute::Op;
use reqwest::Client;
use reqwest::redirect::Policy;

/// How long a page is taken as it is.
const FRESH: Duration = Duration::from_secs(3600);
/// How long the directory is left alone after a failure.
const LEFT_ALONE: Duration = Duration::from_secs(30);
/// Pages that nobody asked for in so long are forgotten.
const KEPT: Duration = Duration::from_secs(7 * 24 * 3600);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const TIMEOUT: Duration = Duration::from_secs(15);

/// The directory at one address. Cheap to clone; clones share what is kept.
///
/// It is asked for paths that the product makes, at its own host only: redirects are not followed.
#[derive(Debug, Clone)]
pub struct SoulsDirectory {
    client: Client,
    base_url: Arc<str>,
    fresh: Duration,
    pages: Cache<String, Page>,
}

/// Why a page cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DirectoryError {
    /// No answer, or a useless one.
    #[error("the souls directory cannot be reached: {0}")]
    Away(String),
    /// An answer that is no page.
    #[error("the souls directory answered {0}")]
    Refused(StatusCode),
    /// An answer that is no text of reasonable size.
    #[error("the souls directory sent more than {SOUL} bytes, or no text")]
    Unusable,
}

impl DirectoryError {
    /// The directory itself says that there is no such page.
    fn means_gone(&self) -> bool {
        matches!(self, Self::Refused(StatusCode::NOT_FOUND | StatusCode::GONE))
    }
}

/// The last answer for a path.
#[derive(Debug, Clone)]
struct Page {
    answer: Result<Arc<str>, DirectoryError>,
    ask_again: Instant,
}

impl Page {
    fn until(pause: Duration, answer: Result<Arc<str>, DirectoryError>) -> Self {
        Self { answer, ask_again: Instant::now() + pause }
    }

    fn is_fresh(&self) -> bool {
        Instant::now() < self.ask_again
    }

    fn weight(&self) -> u32 {
        let bytes = self.answer.as_ref().map_or(0, |text| text.len());
        u32::try_from(bytes).unwrap_or(u32::MAX).max(256)
    }
}

impl SoulsDirectory {
    /// The directory at `base_url`, without a slash at its end. Asks nothing yet.
    ///
    /// # Errors
    /// No TLS on this machine.
    pub fn new(base_url: &str) -> Result<Self, reqwest::Error> {
        let client = Client::builder()
            .user_agent(concat!("mission-control/", env!("CARGO_PKG_VERSION")))
            .redirect(Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TIMEOUT)
            .build()?;
        let pages = Cache::builder()
            .max_capacity(SOULS_CACHE)
            .weigher(|_path: &String, page: &Page| page.weight())
            .time_to_idle(KEPT)
            .build();
        Ok(Self { client, base_url: base_url.into(), fresh: FRESH, pages })
    }

    /// Where the directory is, without a slash at its end.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The list of everything in the directory.
    ///
    /// # Errors
    /// [`DirectoryError`], when there is not even an old one.
    pub async fn sitemap(&self) -> Result<Arc<str>, DirectoryError> {
        self.page("/sitemap.xml".to_owned()).await
    }

    /// The text of a soul. `handle` and `slug` are names by the rules of the directory.
    ///
    /// # Errors
    /// [`DirectoryError`], when there is not even an old one.
    pub async fn markdown(&self, handle: &str, slug: &str) -> Result<Arc<str>, DirectoryError> {
        self.page(format!("/api/souls/{handle}/{slug}.md")).await
    }

    /// The page of a path: the kept one while it is fresh, else a new one, which only one caller at a time asks for;
    /// when there is none to be had, the kept one.
    async fn page(&self, path: String) -> Result<Arc<str>, DirectoryError> {
        if let Some(page) = self.pages.get(&path).await
            && page.is_fresh()
        {
            return page.answer;
        }
        let entry = self.pages.entry(path.clone()).and_compute_with(async |kept| {
            let kept = kept.map(moka::Entry::into_value);
            if kept.as_ref().is_some_and(Page::is_fresh) {
                return Op::Nop;
            }
            Op::Put(match self.fetch(&path).await {
                Ok(text) => Page::until(self.fresh, Ok(text)),
                Err(error) => {
                    tracing::warn!(%error, path, "souls directory does not answer");
                    let stand_in = kept.and_then(|page| page.answer.ok()).filter(|_| !error.means_gone());
                    Page::until(LEFT_ALONE, stand_in.ok_or(error))
                }
            })
        });
        match entry.await.into_entry() {
            Some(entry) => entry.into_value().answer,
            None => Err(DirectoryError::Unusable),
        }
    }

    async fn fetch(&self, path: &str) -> Result<Arc<str>, DirectoryError> {
        let away = |error: reqwest::Error| DirectoryError::Away(cause(&error));
        let mut response = self.client.get(format!("{}{path}", self.base_url)).send().await.map_err(away)?;
        let status = response.status().as_u16();
        if status != 200 {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
            return Err(DirectoryError::Refused(status));
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(away)? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > SOUL {
                return Err(DirectoryError::Unusable);
            }
        }
        String::from_utf8(bytes).map(Into::into).map_err(|_| DirectoryError::Unusable)
    }
}

/// The innermost cause, without the address, which the caller did not choose.
fn cause(error: &reqwest::Error) -> String {
    let mut cause: &dyn std::error::Error = error;
    while let Some(source) = cause.source() {
        cause = source;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    /// Answers once and hangs up.
    async fn answer(listener: &TcpListener, answer: &str) {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        stream.write_all(answer.as_bytes()).await.unwrap();
    }

    const OLD: &str = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nold";

    /// What is read when the directory answers `OLD` first, and `then` when it is asked again.
    async fn read_twice(then: Option<&str>) -> Result<Arc<str>, DirectoryError> {
        mission_control_process::tls::install_provider();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let directory = SoulsDirectory { fresh: Duration::ZERO, ..SoulsDirectory::new(&base_url).unwrap() };
        let (first, ()) = tokio::join!(directory.markdown("acme", "dev"), answer(&listener, OLD));
        assert_eq!(first.as_deref(), Ok("old"));
        match then {
            Some(then) => tokio::join!(directory.markdown("acme", "dev"), answer(&listener, then)).0,
            None => {
                drop(listener);
                directory.markdown("acme", "dev").await
            }
        }
    }

    #[tokio::test]
    async fn an_old_page_stands_in_for_a_directory_that_is_away() {
        assert_eq!(read_twice(None).await.as_deref(), Ok("old"));
        let broken = "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        assert_eq!(read_twice(Some(broken)).await.as_deref(), Ok("old"));
    }

    #[tokio::test]
    async fn a_page_that_was_removed_is_gone() {
        let gone = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        assert_eq!(read_twice(Some(gone)).await, Err(DirectoryError::Refused(StatusCode::NOT_FOUND)));
    }
}
