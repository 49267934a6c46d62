//! What the reference's `.env` says that has another name here, or none.

use std::collections::BTreeMap;

/// Variables of the reference, and where what they say stands now. Those that have the same name and meaning are read as they
/// are.
const ELSEWHERE: &[(&str, &str)] = &[
    ("BACKEND_PORT", "the port of the API and the web UI is PORT"),
    ("FRONTEND_PORT", "the web UI has no port of its own: it is at the address of the API"),
    ("NEXT_PUBLIC_API_URL", "the web UI calls the server that it came from; BASE_URL is its public address"),
    ("NEXT_PUBLIC_AUTH_MODE", "the web UI asks the server, which has AUTH_MODE"),
    ("NEXT_PUBLIC_CLERK_AFTER_SIGN_OUT_URL", "not needed"),
    ("NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", "the web UI asks the server, which has CLERK_PUBLISHABLE_KEY"),
    ("NEXT_PUBLIC_CLERK_SIGN_IN_FALLBACK_REDIRECT_URL", "not needed"),
    ("POSTGRES_DB", "the database is named by DATABASE_URL"),
    ("POSTGRES_PASSWORD", "the password is part of DATABASE_URL, or comes from PGPASSWORD or ~/.pgpass"),
    ("POSTGRES_PORT", "the database's port is part of DATABASE_URL"),
    ("POSTGRES_USER", "the database's user is part of DATABASE_URL"),
];

/// What is to be said of variables that are set and that only the reference reads, a line each.
pub fn of_reference(variables: &BTreeMap<String, String>) -> Vec<String> {
    let is_set = |name: &str| variables.get(name).is_some_and(|value| !value.trim().is_empty());
    let set = ELSEWHERE.iter().filter(|(name, _)| is_set(name));
    set.map(|(name, now)| format!("{name} is of the reference and not read here: {now}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::SECTIONS;

    #[test]
    fn what_only_the_reference_reads_is_told_and_its_values_are_not() {
        let variables =
            [("NEXT_PUBLIC_API_URL", "auto"), ("POSTGRES_PASSWORD", "hidden"), ("POSTGRES_DB", " ")];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let told = of_reference(&BTreeMap::from(variables));
        assert_eq!(told.len(), 2);
        assert!(told[0].contains("BASE_URL") && !told.concat().contains("hidden"), "{told:?}");
    }

    #[test]
    fn none_of_them_is_a_variable_of_ours() {
        let ours: Vec<_> =
            SECTIONS.iter().flat_map(|section| section.variables).map(|ours| ours.name).collect();
        assert!(ELSEWHERE.iter().all(|(name, _)| !ours.contains(name)));
    }
}
