/// The address in `variable`, else the first of `usual` that `answers`, else a failure that says what to do.
pub(super) fn locate(
    service: &str,
    variable: &str,
    usual: &[&str],
    answers: impl Fn(&str) -> bool,
) -> String {
    if let Ok(url) = std::env::var(variable) {
        return url;
    }
    match usual.iter().find(|url| answers(url)) {
        Some(url) => (*url).to_owned(),
        None => panic!("no {service} found: run the tests with scripts/test, or set {variable}"),
    }
}
