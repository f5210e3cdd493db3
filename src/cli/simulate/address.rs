//! Where `simulate` may send.

use std::net::ToSocketAddrs;

/// The address without a slash at its end, if it is plain HTTP and, unless `anywhere`, on this host.
pub(super) fn check(url: &str, anywhere: bool) -> Result<String, String> {
    if url.starts_with("https://") {
        return Err("simulate speaks plain http only: name the address inside your TLS proxy, such as \
                    http://127.0.0.1:8080"
            .to_owned());
    }
    let wrong = || format!("`{url}` is no address of a service: write it like http://127.0.0.1:8080");
    let rest = url.strip_prefix("http://").ok_or_else(wrong)?;
    let authority = rest.split('/').next().unwrap_or_default();
    if authority.is_empty() || rest.contains(['@', '?', '#', '\\', ' ']) || !url.is_ascii() {
        return Err(wrong());
    }
    let bare = authority.ends_with(']') || !authority.contains(':');
    let with_port = if bare { format!("{authority}:80") } else { authority.to_owned() };
    if !anywhere {
        let unknown = |error| format!("`{authority}` cannot be looked up ({error}): check the address");
        let mut addresses = with_port.to_socket_addrs().map_err(unknown)?;
        if !addresses.all(|address| address.ip().is_loopback()) {
            return Err(format!(
                "{authority} is another host, and made-up tallies count like real ones: nothing was sent. \
                 If it is a trial's, say --anywhere"
            ));
        }
    }
    Ok(url.trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn only_plain_http_to_this_host_unless_told() {
        assert_eq!(check("http://127.0.0.1:8080/", false).unwrap(), "http://127.0.0.1:8080");
        assert!(check("http://[::1]:8080/a", false).is_ok());
        assert!(check("https://127.0.0.1", true).unwrap_err().contains("TLS proxy"));
        assert!(check("http://192.0.2.7:8080", false).unwrap_err().contains("--anywhere"));
        assert!(check("http://192.0.2.7:8080", true).is_ok());
        for wrong in ["", "127.0.0.1:8080", "http://", "http:///x", "ftp://127.0.0.1", "http://127.0.0.1@192.0.2.7/"] {
            assert!(check(wrong, true).is_err(), "{wrong}");
        }
    }
}
