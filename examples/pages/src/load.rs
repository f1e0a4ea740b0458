//! Clients that ask for pages as fast as they get them, and what they saw.

use http_body_util::{BodyExt, Empty};
use hyper::Request;
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::net::TcpStream;

/// A response: its status, and its body.
pub type Answer = (u16, String);

/// A connection that is kept.
pub struct Client(http1::SendRequest<Empty<Bytes>>);

impl Client {
    /// Connects.
    pub async fn connect(to: SocketAddr) -> Result<Client, Box<dyn std::error::Error + Send + Sync>> {
        let stream = TcpStream::connect(to).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Client(sender))
    }

    /// Asks for a path, and waits for the whole answer.
    pub async fn get(&mut self, path: &str) -> Result<Answer, Box<dyn std::error::Error + Send + Sync>> {
        let request = Request::get(path).header("host", "localhost").body(Empty::new())?;
        let response = self.0.send_request(request).await?;
        let status = response.status().as_u16();
        let body = response.into_body().collect().await?.to_bytes();
        Ok((status, String::from_utf8_lossy(&body).into_owned()))
    }
}

/// What so many clients saw.
pub struct Seen {
    clients: usize,
    /// How long each answer took, sorted.
    took: Vec<Duration>,
    failed: usize,
    lasted: Duration,
    threads: usize,
}

/// Lets so many clients ask for the paths, in turn, for so long.
pub async fn run(
    to: SocketAddr,
    paths: &'static [&'static str],
    clients: usize,
    lasts: Duration,
) -> Result<Seen, Box<dyn std::error::Error + Send + Sync>> {
    let start = Instant::now();
    let tasks: Vec<_> = (0..clients)
        .map(|number| {
            tokio::spawn(async move {
                let mut client = Client::connect(to).await?;
                let (mut took, mut failed) = (Vec::new(), 0);
                for path in paths.iter().cycle().skip(number) {
                    if start.elapsed() >= lasts {
                        break;
                    }
                    let asked = Instant::now();
                    let (status, _) = client.get(path).await?;
                    took.push(asked.elapsed());
                    failed += usize::from(status != 200);
                }
                Ok::<_, Box<dyn std::error::Error + Send + Sync>>((took, failed))
            })
        })
        .collect();
    tokio::time::sleep(lasts / 2).await;
    let threads = threads();
    let mut seen = Seen { clients, took: Vec::new(), failed: 0, lasted: Duration::ZERO, threads };
    for task in tasks {
        let (took, failed) = task.await??;
        seen.took.extend(took);
        seen.failed += failed;
    }
    seen.lasted = start.elapsed();
    seen.took.sort();
    Ok(seen)
}

impl Seen {
    /// The head of the table that [`Seen::row`] is a row of.
    pub const HEAD: &str = "clients    pages/s       p50       p99     worst    failed   threads";

    /// One row.
    pub fn row(&self) -> String {
        let rate = self.took.len() as f64 / self.lasted.as_secs_f64();
        let at = |part: f64| {
            let last = self.took.len().saturating_sub(1);
            let took = self.took.get((last as f64 * part) as usize).copied().unwrap_or_default();
            format!("{:.2} ms", took.as_secs_f64() * 1e3)
        };
        format!(
            "{:>7} {rate:>10.0} {:>9} {:>9} {:>9} {:>9} {:>9}",
            self.clients,
            at(0.5),
            at(0.99),
            at(1.0),
            self.failed,
            self.threads
        )
    }
}

/// How many threads the process has; 0 where the system does not say.
fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").map_or(0, Iterator::count)
}
