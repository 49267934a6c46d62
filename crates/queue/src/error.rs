use thiserror::Error;

/// Why a lane, a wake-up or a rate limit could not be served.
///
/// The text is one line that names the cure, and never holds a user name or a password.
#[derive(Debug, Clone, Error)]
pub enum QueueError {
    /// Redis does not answer, or refuses us.
    #[error(
        "Redis at {address} is not usable: {reason}. Start it or correct {variable} \
         (unset it to run everything in one process)"
    )]
    Unavailable {
        /// Host and port, without credentials.
        address: String,
        /// What the connection or the server said.
        reason: String,
        /// The variable that holds the address.
        variable: &'static str,
    },
    /// The server is part of a cluster, which spreads keys that belong together.
    #[error(
        "Redis at {address} runs as a cluster, which is not supported; name a Redis that is none in {variable}"
    )]
    Cluster {
        /// Host and port, without credentials.
        address: String,
        /// The variable that holds the address.
        variable: &'static str,
    },
    /// The configured address is no Redis URL.
    #[error("{variable} is not a Redis URL: expected redis://[user:password@]host[:port][/db] or rediss://…")]
    Url {
        /// The variable that holds the address.
        variable: &'static str,
    },
}
