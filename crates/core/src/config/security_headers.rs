//! The response headers that can be set.

use super::variables::{self as var, Variable};

/// Response headers and the variables that set them.
pub(super) const SECURITY_HEADERS: &[(&str, &Variable)] = &[
    ("x-content-type-options", &var::SECURITY_HEADER_X_CONTENT_TYPE_OPTIONS),
    ("x-frame-options", &var::SECURITY_HEADER_X_FRAME_OPTIONS),
    ("referrer-policy", &var::SECURITY_HEADER_REFERRER_POLICY),
    ("permissions-policy", &var::SECURITY_HEADER_PERMISSIONS_POLICY),
    ("cross-origin-opener-policy", &var::SECURITY_HEADER_CROSS_ORIGIN_OPENER_POLICY),
    ("cross-origin-resource-policy", &var::SECURITY_HEADER_CROSS_ORIGIN_RESOURCE_POLICY),
    (HSTS, &var::SECURITY_HEADER_STRICT_TRANSPORT_SECURITY),
];

/// Only for servers at https.
pub(super) const HSTS: &str = "strict-transport-security";
