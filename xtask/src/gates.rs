//! What must hold besides the tests. Each gate is a command that a person can run.

use gangplank_build::go::{Search, Toolchain};
use gangplank_build::report::Report;
use gangplank_build::{Error, Result};
use std::process::Command;

struct Gate {
    name: &'static str,
    command: &'static str,
    /// Environment that makes warnings errors.
    set: Option<(&'static str, &'static str)>,
    /// Prints nothing where all is well; its exit code says nothing.
    silent: bool,
}

const fn gate(name: &'static str, command: &'static str) -> Gate {
    Gate { name, command, set: None, silent: false }
}

const GATES: &[Gate] = &[
    gate("format", "cargo fmt --all --check"),
    gate("clippy", "cargo clippy --workspace --all-targets -- -D warnings"),
    Gate { set: Some(("RUSTDOCFLAGS", "-D warnings")), ..gate("docs", "cargo doc --workspace --no-deps") },
    gate("fresh", "cargo xtask fresh"),
    gate("figures", "cargo run --quiet -p gangplank-bench -- check"),
    Gate { silent: true, ..gate("gofmt", "gofmt -l go examples tests benches") },
    gate("vet", "go -C go vet ./..."),
    gate("race", "go -C go test -race ./internal/... ./handle/..."),
    gate("lane", "go -C go test -race ./fastcall/..."),
    gate("versions", "cargo xtask go-versions"),
    gate("debugger", "cargo xtask debugger"),
];

/// Runs the gates with these names, or all.
pub fn gates(names: &[String], list: bool) -> Result<()> {
    if let Some(unknown) = names.iter().find(|name| GATES.iter().all(|gate| gate.name != name.as_str())) {
        return Err(Error::new(format!("there is no gate {unknown}")).help("cargo xtask gates --list"));
    }
    let go = if list { None } else { Some(Search::from_env().find(Report::Person)?) };
    let mut shut = Vec::new();
    for gate in GATES.iter().filter(|gate| names.is_empty() || names.iter().any(|name| name == gate.name)) {
        println!("{:<8} {}", gate.name, gate.command);
        if let Some(go) = &go {
            if !gate.is_open(go)? {
                shut.push(gate.name);
            }
        }
    }
    if shut.is_empty() {
        Ok(())
    } else {
        Err(Error::new(format!("gates that did not open: {}", shut.join(", "))))
    }
}

impl Gate {
    fn is_open(&self, go: &Toolchain) -> Result<bool> {
        let mut words = self.command.split_whitespace();
        let program = words.next().unwrap_or_default();
        let mut command = match program {
            "go" => go.command(crate::root()),
            "gofmt" => Command::new(go.go.with_file_name("gofmt")),
            _ => Command::new(program),
        };
        command.args(words).current_dir(crate::root()).envs(self.set);
        if !self.silent {
            return Ok(command.status().map_err(|cause| self.cannot_start(&cause))?.success());
        }
        let output = command.output().map_err(|cause| self.cannot_start(&cause))?;
        let found: Vec<u8> = [output.stdout, output.stderr].concat();
        print!("{}", String::from_utf8_lossy(&found));
        Ok(found.is_empty())
    }

    fn cannot_start(&self, cause: &std::io::Error) -> Error {
        Error::new(format!("cannot start `{}`: {cause}", self.command))
    }
}
