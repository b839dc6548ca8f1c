//! Listening, and stopping without cutting anybody off.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::Router;
use tokio::net::TcpListener;

/// A server that has its port and waits to be run.
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
}

/// Why the port could not be had, in a sentence for the person at the keyboard.
#[derive(Debug)]
pub struct CannotListen {
    port: u16,
    cause: io::Error,
}

impl Server {
    /// Takes `port` on this machine only: nobody else on the network reaches it. Port 0 takes any free one.
    pub async fn on_this_machine(port: u16) -> Result<Self, CannotListen> {
        Self::at(SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), port)).await
    }

    /// Takes the address of a service: `127.0.0.1:3000`, `[::]:80`.
    pub async fn on(address: &str) -> Result<Self, CannotListen> {
        let unreadable = || io::Error::from(io::ErrorKind::InvalidInput);
        let wanted = address.parse().map_err(|_| CannotListen { port: 0, cause: unreadable() })?;
        Self::at(wanted).await
    }

    async fn at(wanted: SocketAddr) -> Result<Self, CannotListen> {
        let refused = |cause| CannotListen { port: wanted.port(), cause };
        let listener = TcpListener::bind(wanted).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        Ok(Self { listener, address })
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until `stop` ends, then finishes the answers under way.
    pub async fn run(
        self,
        routes: Router,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> io::Result<()> {
        // The pages of sign-in count what comes from where.
        let routes = routes.into_make_service_with_connect_info::<SocketAddr>();
        axum::serve(self.listener, routes).with_graceful_shutdown(stop).await
    }
}

/// Ends when the person presses Ctrl-C, or when the system asks the program to stop.
pub async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate());
        if let Ok(mut terminate) = terminate {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    // Without a working signal the server runs until it is killed.
    if interrupt.await.is_err() {
        std::future::pending::<()>().await;
    }
}

impl fmt::Display for CannotListen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { port, cause } = self;
        match cause.kind() {
            io::ErrorKind::AddrInUse => write!(
                f,
                "Le port {port} est déjà utilisé par un autre programme. Choisissez-en un autre avec --port, \
                 par exemple : tandem demo --port {}",
                port.checked_add(1).unwrap_or(3000)
            ),
            io::ErrorKind::PermissionDenied => write!(
                f,
                "Le système refuse le port {port}. Choisissez un port au-dessus de 1023 avec --port."
            ),
            io::ErrorKind::InvalidInput => {
                f.write_str("L’adresse d’écoute est illisible. Elle s’écrit comme 127.0.0.1:3000.")
            }
            _ => write!(f, "Impossible d’écouter sur le port {port} : {cause}"),
        }
    }
}

impl std::error::Error for CannotListen {}
