//! The request on whose behalf work is done: what is written meanwhile can name it.
//!
//! Whoever serves a request runs in its [`scope`], and whoever runs a job in that of the request that caused the job. What
//! they spawn is outside of it unless it is put into a scope of its own.

tokio::task_local! {
    static CURRENT: Option<String>;
}

/// Runs `work` on behalf of the request with this id; of nobody's when there is none.
pub async fn scope<F: Future>(id: Option<String>, work: F) -> F::Output {
    CURRENT.scope(id, work).await
}

/// The id of the request on whose behalf this task works.
pub fn current() -> Option<String> {
    CURRENT.try_with(Option::clone).ok().flatten()
}
