//! timely's connection to another process, which asks the link what its end means.

use super::link::{End, Link};
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use timely::communication::allocator::zero_copy::stream::Stream;

/// See the module above.
pub(super) struct Watched {
    stream: TcpStream,
    link: Arc<Link>,
}

impl Watched {
    pub(super) fn new(stream: TcpStream, link: Arc<Link>) -> Watched {
        Watched { stream, link }
    }

    /// Returns if the other process is done; else this thread is no longer needed.
    fn ended(&self) {
        while self.link.end() == End::Lost {
            std::thread::park();
        }
    }
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.stream.read(buffer) {
            Ok(length) if length > 0 => Ok(length),
            Err(e) if e.kind() == io::ErrorKind::Interrupted => Err(e),
            _ => {
                self.ended();
                Ok(0)
            }
        }
    }
}

impl Write for Watched {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match self.stream.write(buffer) {
            Err(e) if e.kind() != io::ErrorKind::Interrupted => {
                self.ended();
                Ok(buffer.len())
            }
            written => written,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

impl Stream for Watched {
    fn try_clone(&self) -> io::Result<Self> {
        Ok(Watched { stream: self.stream.try_clone()?, link: self.link.clone() })
    }

    fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {
        self.stream.set_nonblocking(nonblocking)
    }

    fn shutdown(&self, how: Shutdown) -> io::Result<()> {
        // The other end may have gone already.
        let _ = self.stream.shutdown(how);
        Ok(())
    }
}
