//! Which addresses may be connected to. The check is made on what a name resolves to, by the resolver whose answer is connected to: no second look-up can give
//! another answer.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;
use url::{Host, Url};

/// Ports of the web. Others belong to services that no report comes from.
const PORTS: [u16; 4] = [80, 443, 8080, 8443];

/// Hosts that a person allowed by name, whatever their address and port.
#[derive(Debug, Clone, Default)]
pub(super) struct Allowed(Vec<String>);

impl Allowed {
    pub(super) fn new(names: &[String]) -> Allowed {
        Allowed(names.iter().map(|name| bare(name)).collect())
    }

    fn has(&self, host: &str) -> bool {
        let host = bare(host);
        self.0.contains(&host)
    }
}

/// A host's name as it is compared: `[::1]` is `::1`, `Example.org.` is `example.org`.
fn bare(host: &str) -> String {
    host.trim_matches(['[', ']']).trim_end_matches('.').to_ascii_lowercase()
}

/// Why an address may not be asked for.
#[derive(Debug)]
pub(super) struct Refused(pub(super) String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Refused {}

/// What can be said of an address before its host is looked up. A host that is a number is judged where all are: when it is resolved.
pub(super) fn check(url: &Url, allowed: &Allowed) -> Result<(), Refused> {
    let refused = |why: String| Err(Refused(why));
    if !matches!(url.scheme(), "http" | "https") {
        return refused(format!("only http and https are spoken, not {}", url.scheme()));
    }
    let Some(host) = url.host().map(|host: Host<&str>| host.to_string()) else {
        return refused("it names no host".into());
    };
    if !url.username().is_empty() || url.password().is_some() {
        return refused("it carries a name or a password: leave them out".into());
    }
    match url.port_or_known_default() {
        Some(port) if PORTS.contains(&port) || allowed.has(&host) => Ok(()),
        Some(port) => refused(format!(
            "{port} is no port of the web: allow the host by name (--allow-host {}) if it is meant",
            bare(&host)
        )),
        None => refused("it names no port".into()),
    }
}

/// Resolves names, and gives out only addresses that may be connected to.
#[derive(Debug)]
pub(super) struct Guard<R> {
    pub(super) inner: R,
    pub(super) allowed: Allowed,
}

impl<R: Resolver> Resolver for Guard<R> {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let host = uri.host().unwrap_or_default();
        if self.allowed.has(host) {
            return Ok(found);
        }
        let mut public = self.empty();
        found
            .iter()
            .filter(|address| is_public(address.ip()))
            .for_each(|address| public.push(*address));
        if let Some(address) = found.first().filter(|_| public.is_empty()) {
            let host = bare(host);
            let why = format!(
                "{host} is at {}, which is no public address: allow the host by name (--allow-host {host}) if it is meant",
                address.ip()
            );
            return Err(ureq::Error::Other(Box::new(Refused(why))));
        }
        Ok(public)
    }
}

/// Whether an address is of the public internet, by the registries of IANA for special-purpose addresses: nothing private, local, shared, reserved, for
/// documents or many at once, and nothing that carries another address in itself (mapped, translated, tunnelled).
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = match (a, b, c) {
        // This network, private, loopback.
        (0 | 10 | 127, ..) => true,
        // Shared by carriers (CGNAT).
        (100, 64..=127, _) => true,
        // Link-local, where clouds serve their secrets.
        (169, 254, _) => true,
        (172, 16..=31, _) | (192, 168, _) => true,
        // Protocols; documents; relays of 6to4.
        (192, 0, 0 | 2) | (192, 88, 99) => true,
        // Benchmarks; documents.
        (198, 18 | 19, _) | (198, 51, 100) | (203, 0, 113) => true,
        // Many at once, reserved, broadcast.
        (224..=255, ..) => true,
        _ => false,
    };
    // What Azure serves to its machines only.
    !special && address != Ipv4Addr::new(168, 63, 129, 16)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    match address.segments() {
        // Protocols, among them Teredo, which carries IPv4; benchmarks; ORCHID.
        [0x2001, 0..=0x1ff, ..] => false,
        // Documents.
        [0x2001, 0x0db8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // 6to4 carries IPv4.
        [0x2002, ..] => false,
        // All that is public is in here: not loopback, mapped or translated IPv4 (::ffff:0:0/96, 64:ff9b::/96), private, link-local, many at once.
        [0x2000..=0x3fff, ..] => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{Allowed, Guard, Refused, check, is_public};
    use std::net::{IpAddr, SocketAddr};
    use std::sync::Mutex;
    use ureq::config::Config;
    use ureq::http::Uri;
    use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
    use ureq::unversioned::transport::NextTimeout;
    use url::Url;

    #[test]
    fn only_public_addresses_are() {
        let public = [
            "1.1.1.1",
            "93.184.215.14",
            "100.63.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "2606:4700::1111",
            "2a00:1450::1",
        ];
        let others = [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.100.100.200",
            "127.0.0.1",
            "127.255.255.254",
            "168.63.129.16",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "203.0.113.1",
            "224.0.0.1",
            "239.1.1.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:127.0.0.1",
            "::ffff:8.8.8.8",
            "64:ff9b::7f00:1",
            "64:ff9b::8.8.8.8",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:10::1",
            "2001:20::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ];
        for (words, expected) in public
            .iter()
            .map(|a| (a, true))
            .chain(others.iter().map(|a| (a, false)))
        {
            assert_eq!(is_public(words.parse::<IpAddr>().unwrap()), expected, "{words}");
        }
    }

    #[test]
    fn schemes_ports_and_passwords_are_checked() {
        let allowed = Allowed::new(&["Desk.Example".into(), "[::1]".into()]);
        let told = |address: &str| check(&Url::parse(address).unwrap(), &allowed).map_err(|Refused(why)| why);
        for fine in [
            "http://a.example/",
            "https://a.example:8443/",
            "http://desk.example:9999/x",
            "http://[::1]:81/",
        ] {
            assert_eq!(told(fine), Ok(()), "{fine}");
        }
        for refused in [
            "ftp://a.example/",
            "file:///etc/passwd",
            "gopher://a.example/",
            "http://a.example:6379/",
            "http://a.example:22/",
            "https://u:p@a.example/",
            "http://u@a.example/",
            "data:text/plain,a",
        ] {
            assert!(told(refused).is_err(), "{refused}");
        }
    }

    /// Answers that change from one question to the next.
    #[derive(Debug)]
    struct Turning(Mutex<Vec<&'static str>>);

    impl Resolver for Turning {
        fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
            let mut found = self.empty();
            for words in self.0.lock().unwrap().remove(0).split(' ') {
                found.push(SocketAddr::new(words.parse().unwrap(), 80));
            }
            Ok(found)
        }
    }

    #[test]
    fn a_name_that_turns_to_another_address_is_refused_when_it_does() {
        let inner = Turning(Mutex::new(vec![
            "1.1.1.1",
            "127.0.0.1",
            "10.0.0.1 1.0.0.1",
            "169.254.169.254 ::1",
        ]));
        let guard = Guard {
            inner,
            allowed: Allowed::default(),
        };
        let ask = || {
            let uri = Uri::from_static("http://turning.example/");
            let found = guard.resolve(&uri, &Config::default(), NextTimeout::default());
            found.map(|found| found.iter().map(|address| address.ip().to_string()).collect::<Vec<_>>())
        };
        // What is given out is what is connected to: one question a connection, and its answer is judged.
        assert_eq!(ask().unwrap(), ["1.1.1.1"]);
        assert!(
            ask()
                .unwrap_err()
                .to_string()
                .contains("turning.example is at 127.0.0.1, which is no public address")
        );
        assert_eq!(ask().unwrap(), ["1.0.0.1"]);
        assert!(ask().is_err());
    }
}
