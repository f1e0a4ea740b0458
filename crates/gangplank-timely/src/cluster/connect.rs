//! Finding the other processes.

use super::hello::{For, Hello, hash};
use crate::options::Options;
use std::io;
use std::net::{TcpListener, TcpStream, ToSocketAddrs};
use std::time::{Duration, Instant};

/// How long the others have to appear.
const LIMIT: Duration = Duration::from_secs(120);
const RETRY: Duration = Duration::from_millis(20);
const NOTICE: Duration = Duration::from_secs(2);

/// Both connections to another process.
pub(super) struct Peer {
    pub(super) data: TcpStream,
    pub(super) link: TcpStream,
}

#[derive(Default)]
struct Half {
    data: Option<TcpStream>,
    link: Option<TcpStream>,
}

impl Half {
    fn is_whole(&self) -> bool {
        self.data.is_some() && self.link.is_some()
    }
}

/// Connects this process to all others; that of this process is `None`.
pub(super) fn connect(options: &Options, layout: &str) -> Result<Vec<Option<Peer>>, String> {
    let (me, addresses) = (options.process, &options.addresses);
    let mine = Hello {
        process: me as u64,
        processes: addresses.len() as u64,
        threads: options.threads as u64,
        layout: hash(layout),
        purpose: 0,
    };
    let listener = match me + 1 < addresses.len() {
        true => Some(listen(&addresses[me])?),
        false => None,
    };
    let mut halves: Vec<Half> = addresses.iter().map(|_| Half::default()).collect();
    let start = Instant::now();
    let mut notice = start + NOTICE;
    loop {
        if let Some(listener) = &listener {
            accept(listener, &mine, &mut halves)?;
        }
        for process in 0..me {
            while !halves[process].is_whole() {
                let purpose = if halves[process].data.is_none() { For::Data } else { For::Link };
                let hello = Hello { purpose: purpose as u64, ..mine.clone() };
                let Some(stream) = call(&addresses[process], process, &hello)? else { break };
                report(options, format_args!("connected to process {process}"), purpose);
                place(&mut halves[process], purpose, stream);
            }
        }
        let missing: Vec<String> = halves
            .iter()
            .enumerate()
            .filter(|(process, half)| *process != me && !half.is_whole())
            .map(|(process, _)| format!("process {process} ({})", addresses[process]))
            .collect();
        if missing.is_empty() {
            break;
        }
        if start.elapsed() > LIMIT {
            return Err(format!("process {me} waited {} s for {}", LIMIT.as_secs(), missing.join(", ")));
        }
        if Instant::now() > notice {
            notice += 5 * NOTICE;
            eprintln!("timely: process {me} waits for {}", missing.join(", "));
        }
        std::thread::sleep(RETRY);
    }
    let peers = halves.into_iter().map(|half| Some(Peer { data: half.data?, link: half.link? }));
    Ok(peers.collect())
}

fn report(options: &Options, what: std::fmt::Arguments<'_>, purpose: For) {
    if options.report && purpose == For::Link {
        eprintln!("timely: process {} {what}", options.process);
    }
}

fn place(half: &mut Half, purpose: For, stream: TcpStream) {
    match purpose {
        For::Data => half.data = Some(stream),
        For::Link => half.link = Some(stream),
    }
}

fn listen(address: &str) -> Result<TcpListener, String> {
    let listener =
        TcpListener::bind(address).and_then(|listener| listener.set_nonblocking(true).map(|()| listener));
    listener.map_err(|e| format!("cannot listen at {address}: {e}"))
}

/// Takes all connections that are there.
fn accept(listener: &TcpListener, mine: &Hello, halves: &mut [Half]) -> Result<(), String> {
    loop {
        let mut stream = match listener.accept() {
            Ok((stream, _)) => stream,
            Err(e) if e.kind() == io::ErrorKind::WouldBlock => return Ok(()),
            Err(e) => return Err(format!("cannot accept connections: {e}")),
        };
        // A stranger, or a process that ended meanwhile: not ours to mind.
        let Ok(Some(theirs)) = Hello::hear(&mut stream) else { continue };
        match mine.answer(&theirs, &mut stream) {
            Ok(Ok(())) => {}
            Ok(Err(complaint)) => return Err(complaint),
            Err(_) => continue,
        }
        stream.set_nodelay(true).map_err(|e| e.to_string())?;
        let purpose = if theirs.purpose == 0 { For::Data } else { For::Link };
        place(&mut halves[theirs.process as usize], purpose, stream);
    }
}

/// Calls another process. `None` is one that does not listen yet.
fn call(address: &str, process: usize, hello: &Hello) -> Result<Option<TcpStream>, String> {
    let found = address.to_socket_addrs().map_err(|e| format!("`{address}`, of process {process}: {e}"))?;
    for address in found {
        let Ok(mut stream) = TcpStream::connect_timeout(&address, Duration::from_secs(1)) else { continue };
        stream.set_nodelay(true).map_err(|e| e.to_string())?;
        return match hello.say(&mut stream) {
            Ok(()) => Ok(Some(stream)),
            Err(e) if e.kind() == io::ErrorKind::InvalidData => Err(e.to_string()),
            Err(_) => Ok(None),
        };
    }
    Ok(None)
}
