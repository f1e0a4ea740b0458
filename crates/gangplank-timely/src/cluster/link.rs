//! What becomes of another process.

use crate::error::EngineError;
use crate::stop::Stop;
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// How the other process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// All its workers are done.
    Done,
    /// It failed or died.
    Lost,
}

/// A link to another process. A thread of its own reads it.
#[derive(Debug)]
pub(crate) struct Link {
    writer: Mutex<TcpStream>,
    end: Mutex<Option<End>>,
    ended: Condvar,
}

const DONE: u8 = b'd';
const STOP: u8 = b's';
const DIED: u8 = b'x';
/// A report is at most this long.
const LONGEST: usize = 1 << 16;

impl Link {
    /// Begins to watch a process.
    pub(super) fn watch(process: usize, stream: TcpStream, stop: Arc<Stop>) -> io::Result<Arc<Link>> {
        let reader = stream.try_clone()?;
        let link =
            Arc::new(Link { writer: Mutex::new(stream), end: Mutex::new(None), ended: Condvar::new() });
        let theirs = link.clone();
        std::thread::Builder::new().name(format!("timely:link-{process}")).spawn(move || {
            let end = match read(reader) {
                Ok(None) => End::Done,
                Ok(Some(why)) => {
                    stop.fail(why);
                    End::Lost
                }
                Err(e) => {
                    let why = match e.kind() {
                        io::ErrorKind::UnexpectedEof => {
                            "it closed its connections before it was done".to_owned()
                        }
                        _ => e.to_string(),
                    };
                    stop.fail(EngineError::ProcessDied { process: process as u32, why });
                    End::Lost
                }
            };
            *theirs.end.lock().unwrap_or_else(PoisonError::into_inner) = Some(end);
            theirs.ended.notify_all();
        })?;
        Ok(link)
    }

    /// This process is done.
    pub(super) fn done(&self) {
        self.send(&[DONE]);
    }

    /// This process fails.
    pub(super) fn stop(&self, why: &EngineError) {
        let (kind, process, text) = match why {
            EngineError::Stopped { process, report } => (STOP, *process, report.clone()),
            EngineError::ProcessDied { process, why } => (DIED, *process, why.clone()),
            other => (STOP, 0, other.to_string()),
        };
        let text = &text.as_bytes()[..text.len().min(LONGEST)];
        let mut bytes = vec![kind];
        bytes.extend(process.to_le_bytes());
        bytes.extend((text.len() as u32).to_le_bytes());
        bytes.extend(text);
        self.send(&bytes);
    }

    /// The other process may be gone; then nobody needs to know.
    fn send(&self, bytes: &[u8]) {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let _ = writer.write_all(bytes).and_then(|()| writer.flush());
        let _ = writer.shutdown(Shutdown::Write);
    }

    /// Waits for the end of the other process.
    pub(super) fn end(&self) -> End {
        let mut end = self.end.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(end) = *end {
                return end;
            }
            end = self.ended.wait(end).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// Reads the one thing that a link carries; `None` is done.
fn read(mut stream: TcpStream) -> io::Result<Option<EngineError>> {
    let mut kind = [0];
    stream.read_exact(&mut kind)?;
    if kind[0] == DONE {
        return Ok(None);
    }
    let mut head = [0; 8];
    stream.read_exact(&mut head)?;
    let word = |at: usize| u32::from_le_bytes(head[at..at + 4].try_into().expect("four bytes"));
    let (process, length) = (word(0), word(4) as usize);
    if !matches!(kind[0], STOP | DIED) || length > LONGEST {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "its link carries what no version of this does",
        ));
    }
    let mut text = vec![0; length];
    stream.read_exact(&mut text)?;
    let text = String::from_utf8_lossy(&text).into_owned();
    Ok(Some(match kind[0] {
        DIED => EngineError::ProcessDied { process, why: text },
        _ => EngineError::Stopped { process, report: text },
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    /// Both ends of a link.
    fn pair() -> (Arc<Link>, Arc<Stop>, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let theirs = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (ours, _) = listener.accept().unwrap();
        let stop = Arc::new(Stop::default());
        (Link::watch(1, ours, stop.clone()).unwrap(), stop, theirs)
    }

    #[test]
    fn done_is_an_end() {
        let (link, stop, mut theirs) = pair();
        theirs.write_all(&[DONE]).unwrap();
        assert_eq!(link.end(), End::Done);
        assert!(!stop.is_set());
    }

    #[test]
    fn a_break_is_a_death() {
        let (link, stop, theirs) = pair();
        drop(theirs);
        assert_eq!(link.end(), End::Lost);
        let why = stop.why().unwrap().to_string();
        assert_eq!(why, "process 1 died: it closed its connections before it was done");
    }

    #[test]
    fn a_failure_arrives_as_it_was() {
        let (link, stop, theirs) = pair();
        let (other, _, _keep) = {
            let link = Link { writer: Mutex::new(theirs), end: Mutex::new(None), ended: Condvar::new() };
            (link, (), ())
        };
        other.stop(&EngineError::Stopped { process: 1, report: "operator `count`".into() });
        assert_eq!(link.end(), End::Lost);
        assert_eq!(stop.why().unwrap().to_string(), "operator `count`");
    }
}
