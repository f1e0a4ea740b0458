//! What two processes say to each other first.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

const MAGIC: [u8; 8] = *b"gangplnk";
const VERSION: u64 = 1;
const PATIENCE: Duration = Duration::from_secs(10);

/// What a connection is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum For {
    Data = 0,
    Link = 1,
}

/// Who connects, and what it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hello {
    pub(super) process: u64,
    pub(super) processes: u64,
    pub(super) threads: u64,
    pub(super) layout: u64,
    pub(super) purpose: u64,
}

impl Hello {
    fn words(&self) -> [u64; 7] {
        let magic = u64::from_le_bytes(MAGIC);
        [magic, VERSION, self.process, self.processes, self.threads, self.layout, self.purpose]
    }

    /// Says it, and hears whether the other one agrees.
    pub(super) fn say(&self, stream: &mut TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        let bytes: Vec<u8> = self.words().iter().flat_map(|word| word.to_le_bytes()).collect();
        stream.write_all(&bytes)?;
        let mut length = [0; 8];
        stream.read_exact(&mut length)?;
        let mut complaint = vec![0; u64::from_le_bytes(length).min(1 << 12) as usize];
        stream.read_exact(&mut complaint)?;
        stream.set_read_timeout(None)?;
        match complaint.is_empty() {
            true => Ok(()),
            false => Err(io::Error::new(
                io::ErrorKind::InvalidData,
                String::from_utf8_lossy(&complaint).into_owned(),
            )),
        }
    }

    /// Hears one. `None` is somebody else's connection.
    pub(super) fn hear(stream: &mut TcpStream) -> io::Result<Option<Hello>> {
        stream.set_nonblocking(false)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut bytes = [0; 56];
        stream.read_exact(&mut bytes)?;
        stream.set_read_timeout(None)?;
        let word = |n: usize| u64::from_le_bytes(bytes[n * 8..][..8].try_into().expect("eight bytes"));
        if bytes[..8] != MAGIC || word(1) != VERSION {
            return Ok(None);
        }
        let [process, processes, threads, layout, purpose] = [word(2), word(3), word(4), word(5), word(6)];
        Ok(Some(Hello { process, processes, threads, layout, purpose }))
    }

    /// Answers one: the difference to what runs here, or nothing.
    pub(super) fn answer(&self, theirs: &Hello, stream: &mut TcpStream) -> io::Result<Result<(), String>> {
        let complaint = self.compare(theirs);
        let text = complaint.as_deref().unwrap_or_default();
        stream.write_all(&(text.len() as u64).to_le_bytes())?;
        stream.write_all(text.as_bytes())?;
        Ok(complaint.map_or(Ok(()), Err))
    }

    fn compare(&self, theirs: &Hello) -> Option<String> {
        let (here, there) = (self.process, theirs.process);
        if theirs.processes != self.processes {
            let (a, b) = (self.processes, theirs.processes);
            return Some(format!("process {here} was started with -n {a}, process {there} with -n {b}"));
        }
        if there <= here || there >= self.processes {
            return Some(format!("two processes were started with -p {there}"));
        }
        if theirs.threads != self.threads {
            let (a, b) = (self.threads, theirs.threads);
            return Some(format!("process {here} was started with -w {a}, process {there} with -w {b}"));
        }
        (theirs.layout != self.layout).then(|| {
            format!("processes {here} and {there} run different layouts: start the same program in both")
        })
    }
}

/// FNV-1a, for the layout.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differences_are_named() {
        let one = Hello { process: 0, processes: 2, threads: 2, layout: 7, purpose: 0 };
        let other = Hello { process: 1, ..one.clone() };
        assert_eq!(one.compare(&other), None);
        for (theirs, wanted) in [
            (Hello { processes: 3, ..other.clone() }, "-n 2, process 1 with -n 3"),
            (Hello { process: 0, ..other.clone() }, "two processes"),
            (Hello { threads: 1, ..other.clone() }, "-w 2, process 1 with -w 1"),
            (Hello { layout: 8, ..other.clone() }, "different layouts"),
        ] {
            assert!(one.compare(&theirs).unwrap().contains(wanted));
        }
    }
}
