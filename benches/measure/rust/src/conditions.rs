//! Where and with what a measurement was made.

use std::process::Command;
use std::{fmt, fs, thread};

/// Where and with what a measurement was made.
#[derive(Debug, Clone)]
#[allow(missing_docs)]
pub struct Conditions {
    pub cpu: String,
    pub cores: usize,
    pub system: String,
    pub kernel: String,
    pub go: String,
    pub rust: String,
    pub commit: String,
    pub date: String,
    /// What else the machine did: runnable threads, averaged over the last minute.
    pub load: String,
}

impl Conditions {
    /// Those of this run.
    pub fn here() -> Conditions {
        let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let model =
            info.lines().find_map(|line| line.strip_prefix("model name")?.trim_start().strip_prefix(':'));
        Conditions {
            cpu: model.unwrap_or("unknown").trim().into(),
            cores: thread::available_parallelism().map_or(0, |n| n.get()),
            system: system(),
            kernel: fs::read_to_string("/proc/sys/kernel/osrelease")
                .map_or("unknown".into(), |text| text.trim().into()),
            go: output("go", &["env", "GOVERSION"]),
            rust: output("rustc", &["--version"]),
            commit: output("git", &["describe", "--always", "--dirty", "--exclude=*"]),
            date: output("date", &["-u", "+%F"]),
            load: load(),
        }
    }
}

/// In Go's words, as on the other side of the suite.
fn system() -> String {
    let arch = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    };
    format!("{}/{arch}", std::env::consts::OS)
}

fn load() -> String {
    let averages = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    averages.split(' ').next().filter(|first| !first.is_empty()).unwrap_or("unknown").into()
}

fn output(program: &str, args: &[&str]) -> String {
    match Command::new(program).args(args).output() {
        Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout).trim().into(),
        _ => "unknown".into(),
    }
}

impl fmt::Display for Conditions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Conditions { cpu, cores, system, kernel, go, rust, commit, date, load } = self;
        write!(
            f,
            "{cpu}, {cores} cores, {system}, Linux {kernel}; {go}; {rust}; commit {commit}, {date}; load {load}"
        )
    }
}
