//! A queue name of its own for each test, on a shared Redis.

use std::sync::OnceLock;

use redis::{Client, Commands, Connection};
use uuid::Uuid;

use super::locate::locate;

const USUAL: &[&str] = &["redis://127.0.0.1:6379/0"];

/// A name under which one test keeps its keys. They are deleted with this value.
#[derive(Debug)]
pub struct ScratchRedis {
    name: String,
}

impl ScratchRedis {
    /// Takes a new name.
    pub fn new() -> Self {
        drop(connect(url()).expect("connect to the Redis of the tests"));
        ScratchRedis { name: format!("mctest-{}", Uuid::new_v4().simple()) }
    }

    /// The `RQ_REDIS_URL`.
    pub fn url(&self) -> &str {
        url()
    }

    /// The `RQ_QUEUE_NAME`: part of every key that a queue with this name writes.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All keys with the name in them.
    pub fn keys(&self) -> Vec<String> {
        let mut connection = connect(url()).expect("connect to the Redis of the tests");
        self.scan(&mut connection).expect("list the keys")
    }

    fn scan(&self, connection: &mut Connection) -> redis::RedisResult<Vec<String>> {
        connection.scan_match::<_, String>(format!("*{}*", self.name))?.collect()
    }
}

impl Default for ScratchRedis {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for ScratchRedis {
    fn drop(&mut self) {
        // A failure leaves a few keys behind, under a name that nobody takes again.
        if let Ok(mut connection) = connect(url())
            && let Ok(keys) = self.scan(&mut connection)
            && !keys.is_empty()
        {
            drop(connection.unlink::<_, ()>(keys));
        }
    }
}

fn url() -> &'static str {
    static URL: OnceLock<String> = OnceLock::new();
    URL.get_or_init(|| locate("Redis", "TEST_REDIS_URL", USUAL, |url| connect(url).is_ok()))
}

fn connect(url: &str) -> redis::RedisResult<Connection> {
    Client::open(url)?.get_connection()
}
