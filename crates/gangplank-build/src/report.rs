//! Telling the user what is going on, on standard error, in cargo's manner.

use std::fmt::Display;
use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

/// Who reads along.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Report {
    /// Nobody: only warnings are shown.
    Quiet,
    /// A person, or the log of a build machine.
    Person,
    /// Cargo, which reads the output of a build script.
    Cargo,
}

const VERB: &str = "\x1b[1;32m";
const WARNING: &str = "\x1b[1;33m";

fn styled() -> bool {
    stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

fn paint(style: &str, text: String) -> String {
    if styled() { format!("{style}{text}\x1b[0m") } else { text }
}

impl Report {
    /// One finished or beginning step: a verb, and what it is done to.
    pub fn step(self, verb: &str, what: impl Display) {
        if self == Report::Person {
            eprintln!("{} {what}", paint(VERB, format!("{verb:>12}")));
        }
    }

    /// Something that the user must know, and that stops nothing.
    pub fn warn(self, text: impl Display) {
        match self {
            Report::Quiet | Report::Person => eprintln!("{} {text}", paint(WARNING, "warning:".into())),
            Report::Cargo => {
                for line in text.to_string().lines() {
                    println!("cargo::warning={line}");
                }
            }
        }
    }

    /// Something that may take long.
    pub fn ticker(self, verb: &'static str) -> Ticker {
        let live = styled();
        let pause = Duration::from_millis(if live { 150 } else { 10_000 });
        Ticker { shown: self == Report::Person, verb, live, pause, last: Instant::now(), dirty: false }
    }
}

/// Progress of one long step: one line that changes on a terminal, a line every ten seconds elsewhere.
pub struct Ticker {
    shown: bool,
    verb: &'static str,
    live: bool,
    pause: Duration,
    last: Instant,
    dirty: bool,
}

impl Ticker {
    /// How far it is.
    pub fn update(&mut self, state: impl Display) {
        if !self.shown || self.last.elapsed() < self.pause {
            return;
        }
        self.last = Instant::now();
        if self.live {
            eprint!("\r\x1b[K\x1b[1;36m{:>12}\x1b[0m {state}", self.verb);
            let _ = stderr().flush();
            self.dirty = true;
        } else {
            eprintln!("{:>12} {state}", self.verb);
        }
    }

    /// Takes the line away, for what comes next.
    pub fn clear(&mut self) {
        if std::mem::take(&mut self.dirty) {
            eprint!("\r\x1b[K");
            let _ = stderr().flush();
        }
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.clear();
    }
}
