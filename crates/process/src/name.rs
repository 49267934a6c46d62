use uuid::Uuid;

/// `host:pid:random`: tells people where a process runs, and is not taken over by the next one with the same number.
pub fn unique_name() -> String {
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
    let host = if host.trim().is_empty() { "localhost" } else { host.trim() };
    let mut random = Uuid::new_v4().simple().to_string();
    random.truncate(6);
    format!("{host}:{}:{random}", std::process::id())
}
