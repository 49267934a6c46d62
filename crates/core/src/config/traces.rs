//! Traces for a collector.

use percent_encoding::percent_decode_str;
use secrecy::SecretString;
use url::Url;

use super::reader::Reader;
use super::settings::{TraceSampler, TraceSettings};
use super::variables as var;

/// Reads the settings of traces; all of them are looked at, also where there is no collector.
pub(super) fn read(r: &mut Reader) -> Option<TraceSettings> {
    let (endpoint, headers, sampler) = (endpoint(r), headers(r), sampler(r));
    let service_name = r.given(&var::OTEL_SERVICE_NAME).map(str::to_owned);
    endpoint.map(|endpoint| TraceSettings { endpoint, headers, service_name, sampler })
}

fn endpoint(r: &mut Reader) -> Option<String> {
    let variable = &var::OTEL_EXPORTER_OTLP_ENDPOINT;
    let text = r.given(variable)?.trim_end_matches('/').to_owned();
    let parsed =
        Url::parse(&text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    match parsed {
        None => r.errors.add(variable, "it is no address of a server", "Write it as `http://127.0.0.1:4318`"),
        Some(url) if !url.username().is_empty() || url.password().is_some() || url.query().is_some() => {
            let rule = "it holds credentials or a query, and addresses are shown";
            r.errors.add(variable, rule, "Put credentials into OTEL_EXPORTER_OTLP_HEADERS");
        }
        Some(_) => return Some(text),
    }
    None
}

fn headers(r: &mut Reader) -> Vec<(String, SecretString)> {
    let variable = &var::OTEL_EXPORTER_OTLP_HEADERS;
    let text = r.text(variable);
    let pairs = text.split(',').map(str::trim).filter(|pair| !pair.is_empty());
    let headers: Option<Vec<_>> = pairs.map(header).collect();
    headers.unwrap_or_else(|| {
        let fix = "Write names and percent-encoded values as `name=value`, separated by commas";
        r.errors.add(variable, "it is no list of headers", fix);
        Vec::new()
    })
}

fn header(pair: &str) -> Option<(String, SecretString)> {
    let (name, value) = pair.split_once('=')?;
    let name = name.trim();
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let value = percent_decode_str(value.trim()).decode_utf8().ok()?.into_owned();
    let is_whole = !name.is_empty() && name.bytes().all(is_name);
    let is_line = value.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    (is_whole && is_line).then(|| (name.to_ascii_lowercase(), value.into()))
}

fn sampler(r: &mut Reader) -> TraceSampler {
    let argument = &var::OTEL_TRACES_SAMPLER_ARG;
    let ratio = r.text(argument).parse::<f64>().ok().filter(|ratio| (0.0..=1.0).contains(ratio));
    let ratio = ratio.unwrap_or_else(|| {
        r.errors.add(argument, "it is no number from 0 to 1", "Write it as `0.1`, or leave it out");
        1.0
    });
    let variable = &var::OTEL_TRACES_SAMPLER;
    let text = r.text(variable);
    let (follows_caller, root) = match text.strip_prefix("parentbased_") {
        Some(root) => (true, root),
        None => (false, text.as_str()),
    };
    let ratio = match root {
        "always_on" => 1.0,
        "always_off" => 0.0,
        "traceidratio" => ratio,
        _ => {
            let fix = "Write `parentbased_always_on`, or another that the manual names";
            r.errors.add(variable, "there is no such sampler", fix);
            1.0
        }
    };
    TraceSampler { follows_caller, ratio }
}
