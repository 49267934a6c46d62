//! Whether a gateway is new enough, and what every gateway that is offers.

use crate::{
    Connected, CreateAgent, GatewayVersion, GetConfig, PatchConfig, PatchSession, Request, SendMessage,
    UpdateAgent, WriteFile,
};

/// Methods without which agents cannot be brought onto a gateway. A gateway that names no version (`dev` on 2026.2 and
/// 2026.3) is taken by what it says it can do.
const NEEDED: [&str; 7] = [
    CreateAgent::METHOD,
    UpdateAgent::METHOD,
    WriteFile::METHOD,
    GetConfig::METHOD,
    PatchConfig::METHOD,
    PatchSession::METHOD,
    SendMessage::METHOD,
];

impl Connected {
    /// Why the gateway is not supported, in one sentence; nothing when it is.
    ///
    /// `touched` is the version that its configuration was last written by, `minimum` the oldest that will do.
    pub fn objection(&self, touched: Option<GatewayVersion>, minimum: &str) -> Option<String> {
        objection(self.server_version.as_deref(), touched, &self.methods, minimum)
    }
}

fn objection(
    reported: Option<&str>,
    touched: Option<GatewayVersion>,
    methods: &[String],
    minimum: &str,
) -> Option<String> {
    let wanted = GatewayVersion::parse(minimum);
    let version = reported.and_then(GatewayVersion::parse).or(touched);
    match (version, wanted) {
        (Some(version), Some(wanted)) if version < wanted => Some(format!(
            "Gateway version {version} is not supported; the oldest supported version is {minimum}."
        )),
        (Some(_), _) => None,
        (None, _) if NEEDED.iter().all(|needed| methods.iter().any(|method| method == needed)) => None,
        (None, _) => Some(match reported {
            Some(reported) => format!(
                "The gateway reports version '{reported}', which is not understood, and does not list the methods \
                 that Mission Control needs; the oldest supported version is {minimum}."
            ),
            None => format!(
                "The gateway does not say its version and does not list the methods that Mission Control needs; the \
                 oldest supported version is {minimum}."
            ),
        }),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(Some("2026.3.2"), None, false, true)]
    #[case(Some("2026.2.9"), None, false, true)]
    #[case(Some("2026.1.5"), None, false, false)]
    #[case(Some("2026.7.35"), None, false, true)]
    #[case(Some("2026.7.2-beta.7"), None, false, true)]
    #[case(Some("dev"), None, true, true)]
    #[case(Some("dev"), None, false, false)]
    #[case(Some("dev"), Some("2026.3.1"), false, true)]
    #[case(Some("dev"), Some("2026.1.1"), true, false)]
    #[case(None, Some("2026.3.1"), false, true)]
    #[case(None, None, false, false)]
    #[case(None, None, true, true)]
    fn versions_decide_and_methods_stand_in_for_them(
        #[case] reported: Option<&str>,
        #[case] touched: Option<&str>,
        #[case] lists_methods: bool,
        #[case] supported: bool,
    ) {
        let methods = if lists_methods { NEEDED.map(str::to_owned).to_vec() } else { Vec::new() };
        let touched = touched.and_then(GatewayVersion::parse);
        assert_eq!(objection(reported, touched, &methods, "2026.02.9").is_none(), supported);
    }
}
