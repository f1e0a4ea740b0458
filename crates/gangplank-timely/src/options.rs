//! The command line: timely's own options, and `--status`.

use crate::error::EngineError;
use std::time::Duration;
use timely::{CommunicationConfig, WorkerConfig};

/// What was asked for.
#[derive(Debug)]
pub(crate) struct Options {
    /// Workers of this process.
    pub(crate) threads: usize,
    pub(crate) process: usize,
    /// Of all processes; one of its own if there is only one.
    pub(crate) addresses: Vec<String>,
    /// Report connections.
    pub(crate) report: bool,
    /// Bytes between workers of one process, too.
    pub(crate) zerocopy: bool,
    /// How often a status is written.
    pub(crate) status: Option<Duration>,
    pub(crate) worker: WorkerConfig,
}

impl Options {
    pub(crate) fn parse(args: &[String]) -> Result<Options, EngineError> {
        let mut options = getopts::Options::new();
        CommunicationConfig::install_options(&mut options);
        WorkerConfig::install_options(&mut options);
        options.optflagopt("", "status", "write a status to stderr, each second or so often", "SECONDS");
        let usage = |why: String| {
            EngineError::Usage(format!("{why}\n{}", options.usage("Options of the engine:").trim_end()))
        };
        let matches = options.parse(args).map_err(|e| usage(e.to_string()))?;
        if let Some(free) = matches.free.first() {
            return Err(usage(format!("`{free}` is no option of the engine")));
        }
        // timely's own words for these do not say which option they are about.
        for option in ["w", "n", "p"] {
            if let Some(value) = matches.opt_str(option).filter(|value| value.parse::<usize>().is_err()) {
                return Err(usage(format!("-{option} {value}: it takes a number")));
            }
        }
        if let Some(file) = matches.opt_str("h") {
            std::fs::read(&file).map_err(|e| usage(format!("-h {file}: {e}")))?;
        }
        let worker = WorkerConfig::from_matches(&matches).map_err(usage)?;
        let config = CommunicationConfig::from_matches(&matches).map_err(usage)?;
        let status = match matches.opt_present("status") {
            false => None,
            true => {
                Some(matches.opt_get_default("status", 1.0f64).map_err(|e| usage(format!("--status: {e}")))?)
            }
        };
        if status.is_some_and(|seconds| !(0.01..=86_400.0).contains(&seconds)) {
            return Err(usage("--status takes seconds, from 0.01 to 86400".into()));
        }
        let mut parsed = Options {
            threads: 1,
            process: 0,
            addresses: vec!["this process".into()],
            report: matches.opt_present("report"),
            zerocopy: matches.opt_present("zerocopy"),
            status: status.map(Duration::from_secs_f64),
            worker,
        };
        match config {
            CommunicationConfig::Thread => {}
            CommunicationConfig::Process(threads) | CommunicationConfig::ProcessBinary(threads) => {
                parsed.threads = threads
            }
            CommunicationConfig::Cluster { threads, process, addresses, .. } => {
                (parsed.threads, parsed.process, parsed.addresses) = (threads, process, addresses);
            }
        }
        if matches.opt_get::<usize>("w").ok().flatten() == Some(0) {
            return Err(usage("-w 0: a process has at least one worker".into()));
        }
        if parsed.process >= parsed.addresses.len() {
            let n = parsed.addresses.len();
            return Err(usage(format!("-p {}: there are {n} processes, numbered from 0", parsed.process)));
        }
        Ok(parsed)
    }

    /// How many processes there are.
    pub(crate) fn processes(&self) -> usize {
        self.addresses.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options, EngineError> {
        Options::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn timely_s_options() {
        let one = parse("").unwrap();
        assert_eq!((one.threads, one.process, one.processes()), (1, 0, 1));
        let two = parse("-w 3 -n 2 -p 1 --status=0.5").unwrap();
        assert_eq!((two.threads, two.process, two.processes()), (3, 1, 2));
        assert_eq!(two.status, Some(Duration::from_millis(500)));
        assert_eq!(parse("--status").unwrap().status, Some(Duration::from_secs(1)));
    }

    #[test]
    fn mistakes_are_named() {
        for (line, wanted) in [
            ("-w 0", "at least one worker"),
            ("-n 2 -p 2", "numbered from 0"),
            ("-x", "Unrecognized"),
            ("words", "`words` is no option"),
            ("-n 2 -h /no/such/file", "-h /no/such/file: No such file"),
            ("-w two", "-w two: it takes a number"),
            ("-p -1", "-p -1: it takes a number"),
            ("--status=0", "takes seconds"),
        ] {
            let error = parse(line).unwrap_err().to_string();
            assert!(error.contains(wanted), "{line}: {error}");
        }
    }
}
