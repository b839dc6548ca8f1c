//! What a request says of where it comes from.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::header;
use axum::http::request::Parts;
use web::cookie;

use crate::spine::Tandem;
use crate::spine::session::Token;

/// The browser in front of somebody who signs in.
#[derive(Debug, Clone)]
pub struct Browser {
    /// A keyed hash of the address it comes from: equal for equal addresses, turned back by nobody without the key.
    pub origin: Vec<u8>,
    /// The cookies, as they came: nothing says yet that they are good.
    pub session: Option<Token>,
    pub device: Option<Token>,
    /// « Firefox, Windows »: what the list of sessions shows.
    pub name: String,
}

impl FromRequestParts<Tandem> for Browser {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, tandem: &Tandem) -> Result<Self, Infallible> {
        let agent = parts.headers.get(header::USER_AGENT).and_then(|it| it.to_str().ok());
        Ok(Self {
            origin: tandem.keys.lookup("origin").hash(&origin(parts, tandem)),
            session: cookie::session(&parts.headers).and_then(Token::parse),
            device: cookie::device(&parts.headers).and_then(Token::parse),
            name: name(agent.unwrap_or_default()),
        })
    }
}

/// The last address of the proxy's header: those before it are what the client says of itself.
fn origin(parts: &Parts, tandem: &Tandem) -> String {
    let told = tandem.settings.origin_header.as_deref().and_then(|name| {
        let values = parts.headers.get_all(name).iter().filter_map(|it| it.to_str().ok());
        values.flat_map(|it| it.split(',')).last().map(|it| it.trim().to_owned())
    });
    let told = told.and_then(|it| it.parse().ok());
    let socket = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|it| it.0.ip());
    told.or(socket).map_or_else(String::new, whose)
}

/// One subscriber: an address of version 4, or the 64 first bits of one of version 6.
fn whose(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(it) => it.to_string(),
        IpAddr::V6(it) => Ipv6Addr::from_bits(it.to_bits() >> 64 << 64).to_string(),
    }
}

fn name(agent: &str) -> String {
    let first = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, name)| *name)
    };
    let browser = first(&[
        ("Edg", "Edge"),
        ("Firefox", "Firefox"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{name, whose};

    #[test]
    fn one_subscriber_is_one_origin() {
        let of = |text: &str| whose(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2::1"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), "192.0.2.1");
    }

    #[test]
    fn names_the_browser() {
        assert_eq!(
            name("Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"),
            "Firefox, Windows"
        );
        assert_eq!(name("curl/8"), "");
    }
}
