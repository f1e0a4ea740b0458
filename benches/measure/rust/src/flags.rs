//! What every benchmark program accepts.

use crate::{Options, Work, print};
use std::time::Duration;

/// What every benchmark program accepts.
pub struct Flags {
    /// How long to measure.
    pub options: Options,
    /// Only the works whose name contains this.
    pub only: String,
    /// Arguments that are no flags.
    pub rest: Vec<String>,
}

impl Flags {
    /// Reads the command line. The arguments are what a round is when nobody says otherwise.
    ///
    /// # Errors
    ///
    /// A usage text.
    pub fn parse(rounds: usize, round: Duration) -> Result<Flags, String> {
        let mut flags =
            Flags { options: Options { rounds, round, more: 0 }, only: String::new(), rest: Vec::new() };
        let mut args = std::env::args().skip(1);
        while let Some(arg) = args.next() {
            let mut value = || args.next().ok_or(format!("{arg} wants a value"));
            match arg.trim_start_matches('-') {
                "only" => flags.only = value()?,
                "rounds" => flags.options.rounds = number(&value()?)? as usize,
                "round" => flags.options.round = milliseconds(&value()?)?,
                _ if arg.starts_with('-') => {
                    return Err(format!(
                        "{arg} is unknown: there are --rounds N, --round TIME (such as 5ms), --only WORK"
                    ));
                }
                _ => flags.rest.push(arg),
            }
        }
        flags.options = flags.options.patient();
        Ok(flags)
    }

    /// Was a work asked for?
    pub fn wants(&self, name: &str) -> bool {
        name.contains(&self.only)
    }

    /// Measures the works that were asked for, and prints them. `mallocs` counts Go's allocations so far, where Go is there.
    pub fn run(&self, works: &[Work], mallocs: Option<&dyn Fn() -> u64>) {
        for work in works.iter().filter(|work| self.wants(&work.name)) {
            print(&self.options.run(work, mallocs));
        }
    }
}

fn number(text: &str) -> Result<f64, String> {
    text.parse().map_err(|_| format!("{text} is not a number"))
}

/// Go's notation, so that all programs understand the same.
fn milliseconds(text: &str) -> Result<Duration, String> {
    let text = text.strip_suffix("ms").ok_or(format!("{text} is not a time such as 5ms"))?;
    Ok(Duration::from_secs_f64(number(text)? / 1e3))
}
