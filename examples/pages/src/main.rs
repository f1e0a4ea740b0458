//! A web service in Rust, on axum. Its handlers fetch with Go's `net/http` client and render with Go's `html/template`, both through an
//! imported async trait.

mod load;
mod service;
mod upstream;
mod web;

#[cfg(test)]
mod tests;

pub use web::{Entry, Folder, Web};

use std::error::Error;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::Duration;
use tokio::net::TcpListener;

gangplank::include_go!();

/// What the clients ask for: large folders and small ones, of Go's source.
const PATHS: &[&str] = &["/", "/net/http", "/go/parser", "/runtime", "/html/template", "/cmd"];

const USAGE: &str = "usage: pages [--serve ADDRESS] [--seconds N] [FOLDER]

Serves pages that describe the folders of FOLDER, the source of the installed Go toolchain if none is named.
  --serve ADDRESS   goes on serving at this address until it is interrupted
  --seconds N       otherwise asks itself for pages this long with 1, 16 and 256 clients (default 2 each)";

struct Arguments {
    serve: Option<SocketAddr>,
    lasts: Duration,
    root: PathBuf,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("pages: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn Error + Send + Sync>> {
    let arguments = arguments()?;
    let address = arguments.serve.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 0)));
    let address = start(arguments.root.clone(), address).await?;
    println!("Pages of {} at http://{address}/, fetched and rendered by Go.", arguments.root.display());
    if arguments.serve.is_some() {
        return Ok(tokio::signal::ctrl_c().await?);
    }

    let (status, page) = load::Client::connect(address).await?.get("/html/template").await?;
    let lines = page.lines().count();
    println!("\n/html/template is {status}, {lines} lines:\n{page}\n", page = excerpt(&page));
    println!("{}", load::Seen::HEAD);
    for clients in [1, 16, 256] {
        println!("{}", load::run(address, PATHS, clients, arguments.lasts).await?.row());
    }
    Ok(())
}

/// Starts the upstream server and the service, and says where the service is.
async fn start(root: PathBuf, address: SocketAddr) -> Result<SocketAddr, Box<dyn Error + Send + Sync>> {
    let upstream = TcpListener::bind(("127.0.0.1", 0)).await?;
    let from = format!("http://{}", upstream.local_addr()?);
    tokio::spawn(async move { axum::serve(upstream, upstream::router(root)).await });

    let web = gangplank::imported::<dyn Web>()?;
    let listener = TcpListener::bind(address).await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, service::router(web, from)).await });
    Ok(address)
}

/// The first lines of a page.
fn excerpt(page: &str) -> String {
    page.lines().take(12).map(|line| format!("    {line}\n")).collect()
}

fn arguments() -> Result<Arguments, Box<dyn Error + Send + Sync>> {
    let (mut serve, mut lasts, mut root) = (None, Duration::from_secs(2), None);
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} needs a value\n\n{USAGE}"));
        match word.as_str() {
            "--serve" => serve = Some(value()?.parse().map_err(|e| format!("--serve: {e}\n\n{USAGE}"))?),
            "--seconds" => {
                let seconds: u64 = value()?.parse().map_err(|e| format!("--seconds: {e}\n\n{USAGE}"))?;
                lasts = Duration::from_secs(seconds);
            }
            _ if word.starts_with('-') => return Err(USAGE.into()),
            _ => root = Some(PathBuf::from(word)),
        }
    }
    let root = root.map_or_else(go_source, Ok)?;
    Ok(Arguments { serve, lasts, root: root.canonicalize().map_err(|e| format!("{}: {e}", root.display()))? })
}

fn go_source() -> Result<PathBuf, Box<dyn Error + Send + Sync>> {
    let output = Command::new("go")
        .args(["env", "GOROOT"])
        .output()
        .map_err(|error| format!("cannot ask `go env GOROOT` ({error}); name a folder to describe instead"))?;
    Ok(PathBuf::from(String::from_utf8(output.stdout)?.trim()).join("src"))
}
