//! Go operators in timely dataflow for minutes: what the processes hold must not grow. They judge that themselves (`tests/e2e/timely/soak.go`).

use gangplank_build::{Error, Result};
use std::ffi::OsString;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};

const PROJECT: &str = "tests/e2e/timely";

/// Runs a process with two workers and two processes with one each, side by side.
pub fn soak(minutes: u64) -> Result<()> {
    let folder = crate::root().join("target").join("soak-timely");
    std::fs::create_dir_all(&folder)
        .map_err(|e| Error::new(format!("cannot make {}: {e}", folder.display())))?;
    let program = folder.join("program");
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    cargo.current_dir(crate::root()).args([
        "run",
        "--quiet",
        "--release",
        "-p",
        "gangplank-cli",
        "--",
        "build",
    ]);
    let status = cargo.args([PROJECT, "--release", "-o"]).arg(&program).status();
    if !status.is_ok_and(|status| status.success()) {
        return Err(Error::new(format!("{PROJECT} cannot be built")));
    }
    let hosts = folder.join("hosts.txt");
    let free = || TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let both = free().and_then(|one| Ok(format!("{one}\n{}\n", free()?)));
    both.and_then(|both| std::fs::write(&hosts, both))
        .map_err(|e| Error::new(format!("no addresses for two processes: {e}")))?;

    let seconds = minutes.saturating_mul(60).max(10);
    let two = |process: u32| format!("-w 1 -n 2 -p {process} -h {}", hosts.display());
    let runs = [("one process", "-w 2".to_owned()), ("process 0", two(0)), ("process 1", two(1))];
    println!("{seconds} s: one process with two workers, and two processes with one each");
    let started: Vec<_> =
        runs.iter().map(|(_, args)| start(&program, args, seconds)).collect::<Result<_>>()?;
    let mut failed = Vec::new();
    for ((name, _), child) in runs.iter().zip(started) {
        let output = child.wait_with_output().map_err(|e| Error::new(format!("{name}: {e}")))?;
        let out = String::from_utf8_lossy(&output.stdout);
        println!("\n{name}:");
        // Each tenth sample, and what it comes to.
        let samples = out.lines().filter(|line| line.starts_with("memory: ")).skip(9).step_by(10);
        samples.for_each(|line| println!("  {line}"));
        out.lines().filter(|line| !line.starts_with("memory: ")).for_each(|line| println!("  {line}"));
        if !output.status.success() {
            failed.push(format!("{name}: {}", String::from_utf8_lossy(&output.stderr).trim()));
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(Error::new(failed.join("\n"))) }
}

fn start(program: &Path, args: &str, seconds: u64) -> Result<std::process::Child> {
    let mut command = Command::new(program);
    command.arg("soak").args(args.split(' ')).env("SOAK", seconds.to_string());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().map_err(|e| Error::new(format!("cannot start {}: {e}", program.display())))
}
