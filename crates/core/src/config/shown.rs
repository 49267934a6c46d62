//! What of the configuration is shown, and in whose place a mask is.

use url::Url;

/// Stands for a secret that is set.
pub(super) const MASK: &str = "••••";

/// The URL without user, password and query. Text that is no URL is masked altogether.
pub(super) fn without_credentials(url: &str) -> String {
    match Url::parse(url) {
        Ok(mut url) => {
            // Refused only by URLs that cannot have credentials.
            let _ = url.set_username("");
            let _ = url.set_password(None);
            url.set_query(None);
            url.into()
        }
        Err(_) => MASK.to_owned(),
    }
}
