//! The fast lane on every Go that it admits: its build tags follow what this has passed on.

mod toolchains;

use crate::{debian, generated};
use gangplank_build::{Error, Result};
use std::path::Path;
use std::process::{Command, Output};
use std::time::Instant;
use toolchains::Go;

/// A way to run tests.
struct Run {
    name: &'static str,
    tests: Tests,
    args: &'static [&'static str],
    env: &'static [(&'static str, &'static str)],
    /// Programs that it needs.
    needs: &'static [&'static str],
    /// Where it runs when not all of it was asked for.
    short: Short,
}

/// What is run.
#[derive(PartialEq)]
enum Tests {
    /// Those of the Go module's `fastcall`.
    Lane,
    /// Those of projects in `tests/e2e` that compare the lanes.
    Generated,
}

/// Projects with leaves, with all kinds of calls, and with all who look at them.
const PROJECTS: &[&str] = &["fast_leaf", "fast", "observed"];

/// What of a run belongs to the gate.
#[derive(PartialEq)]
enum Short {
    /// It runs with every Go.
    Every,
    /// With one: what it shows hangs little on the version.
    One,
    /// It does not run.
    None,
}

const EMULATOR: &str = "qemu-aarch64 -L /usr/aarch64-linux-gnu";

const RUNS: &[Run] = &[
    Run { name: "plain", tests: Tests::Lane, args: &[], env: &[], needs: &[], short: Short::Every },
    Run { name: "race", tests: Tests::Lane, args: &["-race"], env: &[], needs: &[], short: Short::Every },
    Run {
        name: "cgo",
        tests: Tests::Lane,
        args: &[],
        env: &[("GANGPLANK_LANE", "cgo")],
        needs: &[],
        short: Short::Every,
    },
    Run { name: "asan", tests: Tests::Lane, args: &["-asan"], env: &[], needs: &[], short: Short::None },
    Run {
        name: "msan",
        tests: Tests::Lane,
        args: &["-msan"],
        env: &[("CC", "clang")],
        needs: &["clang"],
        short: Short::None,
    },
    Run {
        name: "arm64",
        tests: Tests::Lane,
        args: &["-exec", EMULATOR],
        env: &[("GOARCH", "arm64"), ("CC", "aarch64-linux-gnu-gcc"), ("GANGPLANK_TEST_EMULATOR", EMULATOR)],
        needs: &["qemu-aarch64", "aarch64-linux-gnu-gcc"],
        short: Short::One,
    },
    Run { name: "generated", tests: Tests::Generated, args: &[], env: &[], needs: &[], short: Short::Every },
    Run {
        name: "generated-race",
        tests: Tests::Generated,
        args: &["-race"],
        env: &[],
        needs: &[],
        short: Short::None,
    },
];

/// Runs the tests of the fast lane with every supported Go: the ones named in `GANGPLANK_GOS`, the installed one, and
/// fetched ones for the rest. `long` includes the tests that build programs and all runs, `only` picks runs.
pub fn go_versions(long: bool, only: &[String]) -> Result<()> {
    if let Some(unknown) = only.iter().find(|name| RUNS.iter().all(|run| run.name != name.as_str())) {
        let names: Vec<&str> = RUNS.iter().map(|run| run.name).collect();
        return Err(Error::new(format!("there is no run {unknown}"))
            .help(format!("the runs are {}", names.join(", "))));
    }
    let gos = toolchains::all()?;
    let runs: Vec<&Run> =
        RUNS.iter().filter(|run| only.is_empty() || only.iter().any(|name| name == run.name)).collect();
    if runs.iter().any(|run| run.tests == Tests::Generated) {
        generated::link(PROJECTS)?;
    }
    let newest = gos.last().map(|go| go.version);
    let mut failed = Vec::new();
    for go in &gos {
        for run in &runs {
            let everywhere = long || !only.is_empty() || run.short == Short::Every;
            if !everywhere && (run.short == Short::None || Some(go.version) != newest) {
                continue;
            }
            let from = Instant::now();
            match run.passes(go, long) {
                Ok(()) => {
                    println!("Go {:<8} {:<14} ok in {} s", go.version, run.name, from.elapsed().as_secs());
                }
                Err(why) => {
                    println!("Go {:<8} {:<14} FAILED\n{why}", go.version, run.name);
                    failed.push(format!("{} with Go {}", run.name, go.version));
                }
            }
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(Error::new(format!("failed: {}", failed.join(", ")))) }
}

impl Run {
    /// Runs the tests. The error is what they printed.
    fn passes(&self, go: &Go, long: bool) -> std::result::Result<(), String> {
        debian::provide(self.needs)?;
        let Output { status, stdout, stderr } = self
            .command(go, long)
            .output()
            .map_err(|cause| format!("cannot start {}: {cause}", go.path.display()))?;
        match status.success() {
            true => Ok(()),
            false => Err(String::from_utf8_lossy(&[stdout, stderr].concat()).into_owned()),
        }
    }

    fn command(&self, go: &Go, long: bool) -> Command {
        let folder = match self.tests {
            Tests::Lane => crate::root().join("go"),
            Tests::Generated => generated::module(),
        };
        let mut command = go.command(&folder);
        command.args(["test", "-count=1", "-timeout=30m"]).args(self.args);
        match self.tests {
            Tests::Lane => {
                if !long {
                    command.arg("-short");
                }
                command.arg("./fastcall");
            }
            Tests::Generated => {
                if !long {
                    command.arg("-run=^(TestLane|TestLanesAgree)$");
                }
                command.args(PROJECTS.iter().map(|project| format!("./{project}")));
            }
        }
        command.env("CGO_ENABLED", "1").envs(self.env.iter().copied());
        command
    }
}

impl Go {
    /// A `go` command that does not switch to another version.
    fn command(&self, folder: &Path) -> Command {
        let mut command = Command::new(&self.path);
        command.env("GOTOOLCHAIN", "local").env_remove("GOROOT").env("PWD", folder).current_dir(folder);
        command
    }
}
