//! Where and with what it was measured.

use gangplank_build::go::Toolchain;
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::process::Command;
use std::{env, fmt, fs, thread};

/// Where and with what it was measured.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Machine {
    pub cpu: String,
    pub cores: usize,
    /// In Go's words.
    pub system: String,
    pub kernel: String,
    /// Inside a virtual machine, whose speed its neighbours change.
    pub is_virtual: bool,
    pub go: String,
    pub rustc: String,
    pub cc: String,
    /// What the compilers were told.
    pub flags: String,
    /// With `-dirty` if the sources had changed.
    pub commit: String,
    pub date: String,
    /// Threads that wanted to run, over the last minute before the first measurement.
    pub load: f64,
}

impl Machine {
    /// This one. `tree` is gangplank's repository.
    pub fn here(tree: &Path, go: Option<&Toolchain>) -> Machine {
        let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let find = |key: &str| {
            info.lines()
                .find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix(':').map(str::trim))
        };
        let cc = env::var("CC").unwrap_or("cc".into());
        Machine {
            cpu: find("model name").or(find("CPU part")).unwrap_or("unknown").into(),
            cores: thread::available_parallelism().map_or(1, |n| n.get()),
            system: system(),
            kernel: fs::read_to_string("/proc/sys/kernel/osrelease")
                .map_or("unknown".into(), |text| text.trim().into()),
            is_virtual: find("flags").is_some_and(|flags| flags.split(' ').any(|flag| flag == "hypervisor")),
            go: go.map_or("none".into(), |go| format!("go{}", go.version)),
            rustc: output(Command::new("rustc").arg("--version")),
            cc: first_line(&output(Command::new(cc).arg("--version"))),
            flags: flags(go),
            commit: output(
                Command::new("git")
                    .args(["describe", "--always", "--dirty", "--exclude=*"])
                    .current_dir(tree),
            ),
            date: output(Command::new("date").args(["-u", "+%F"])),
            load: load().unwrap_or_default(),
        }
    }

    /// What makes its numbers doubtful.
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if self.load > self.cores as f64 / 2.0 {
            warnings.push(format!(
                "the machine was busy: {:.1} threads wanted to run on {} before the suite began; compare ratios, not times",
                self.load,
                count_cores(self.cores)
            ));
        }
        if self.cores == 1 {
            warnings.push("this machine has one core: nothing that needs two at once was measured".into());
        }
        if self.is_virtual {
            warnings.push(
                "this is a virtual machine, whose speed its neighbours change: compare ratios, not times"
                    .into(),
            );
        }
        if let Ok(governor) = fs::read_to_string("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor") {
            if governor.trim() != "performance" {
                warnings.push(format!(
                    "the processor's frequency follows the load (governor {})",
                    governor.trim()
                ));
            }
        }
        warnings
    }
}

/// Threads that wanted to run, over the last minute.
pub fn load() -> Option<f64> {
    fs::read_to_string("/proc/loadavg").ok()?.split(' ').next()?.parse().ok()
}

fn system() -> String {
    let arch = match env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    };
    format!("{}/{arch}", env::consts::OS)
}

/// The settings that change code or how it runs. What is not named is as the tools have it.
fn flags(go: Option<&Toolchain>) -> String {
    let mut flags = vec!["cargo's release profile, go build".to_owned()];
    for name in ["RUSTFLAGS", "CFLAGS", "GOGC", "GOMEMLIMIT", "GODEBUG", "GOMAXPROCS", "GANGPLANK_LANE"] {
        flags.extend(
            env::var(name).ok().filter(|value| !value.is_empty()).map(|value| format!("{name}={value}")),
        );
    }
    for name in ["GOAMD64", "GOFLAGS", "GOEXPERIMENT", "CGO_CFLAGS"] {
        let value = go.and_then(|go| go.env(name).ok()).filter(|value| !value.is_empty());
        flags.extend(value.map(|value| format!("{name}={value}")));
    }
    flags.join(", ")
}

/// In words.
pub fn count_cores(n: usize) -> String {
    if n == 1 { "1 core".into() } else { format!("{n} cores") }
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or("unknown").into()
}

fn output(command: &mut Command) -> String {
    match command.output() {
        Ok(output) if output.status.success() => String::from_utf8_lossy(&output.stdout).trim().into(),
        _ => "unknown".into(),
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Machine { cpu, cores, system, kernel, go, rustc, cc, flags, commit, date, load, .. } = self;
        let cores = count_cores(*cores);
        let go = if go == "none" { "no Go" } else { go };
        write!(f, "{cpu}, {cores}, {system}, kernel {kernel}; {go}; {rustc}; {cc}; {flags}; ")?;
        write!(f, "commit {commit}, {date}; load {load}")
    }
}
