//! The suite of `tests/e2e/observed` in every way that a Go program is linked: on either lane it says the same, and the same as in all the other programs.

#![cfg(target_os = "linux")]

use gangplank_build::host::go::GoProgram;
use gangplank_e2e::{place, suite};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

fn program() -> &'static GoProgram<'static> {
    suite::linked(&place::behaviour("observed"))
}

/// Runs `go build` on a package of the behaviour.
fn build(package: &str, output: &str, arguments: &[&str]) -> PathBuf {
    let output = place::scratch().join("linked").join(output);
    let mut go = program().command();
    go.env_remove("GODEBUG").env_remove("GOGC").args(["build", "-o"]).arg(&output).args(arguments);
    suite::expect_success(go.arg(format!("./observed/{package}")));
    output
}

/// Links the C program with what it needs.
fn host(output: &str, arguments: &[&std::ffi::OsStr]) -> PathBuf {
    let source = place::behaviour("observed").join("archive/host.c");
    let output = place::scratch().join("linked").join(output);
    let mut cc = Command::new(&program().compiler);
    suite::expect_success(cc.arg("-o").arg(&output).arg(source).args(arguments).args(["-lpthread", "-ldl"]));
    output
}

/// What a program says on a lane, below the line that says which lane it is.
fn said(program: &Path, argument: Option<&Path>, lane: &str) -> Vec<String> {
    let mut command = Command::new(program);
    command.args(argument).env("GANGPLANK_LANE", lane).env_remove("GODEBUG").env_remove("GOGC");
    let output = suite::output(&mut command);
    let told = suite::told(&command, &output);
    assert!(output.status.success(), "{lane} lane: {told}");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut lines = text.lines().map(str::to_owned);
    let first = lines.next().unwrap_or_default();
    assert!(first.starts_with(if lane == "fast" { "fast lane: true" } else { "fast lane: false" }), "{told}");
    lines.collect()
}

/// What an ordinary program says on the cgo lane.
fn oracle() -> &'static [String] {
    static ORACLE: OnceLock<Vec<String>> = OnceLock::new();
    ORACLE.get_or_init(|| {
        let lines = said(&build("program", "program", &[]), None, "cgo");
        assert!(lines.len() > 20, "{lines:#?}");
        lines
    })
}

/// Runs it on both lanes. What it says more than an ordinary program is returned.
#[track_caller]
fn agrees(program: &Path, argument: Option<&Path>) -> Vec<String> {
    let both = ["fast", "cgo"].map(|lane| said(program, argument, lane));
    let (same, more) = both[0].split_at(oracle().len().min(both[0].len()));
    assert_eq!(same, oracle(), "{}", program.display());
    assert_eq!(both[0], both[1], "{}", program.display());
    more.to_vec()
}

/// A C program also enters on threads of its own.
#[track_caller]
fn agrees_in_c(program: &Path, argument: Option<&Path>) {
    let more = agrees(program, argument);
    assert!(
        more.len() == 2 && more[0] == more[1] && more[0].contains("on a thread of C: 100 30 "),
        "{more:?}"
    );
}

#[test]
fn executable() {
    agrees(&build("program", "executable", &["-buildmode=exe"]), None);
}

#[test]
fn position_independent() {
    agrees(&build("program", "pie", &["-buildmode=pie"]), None);
}

/// Of our own packages; Go's stay as they are.
#[test]
fn without_optimisation() {
    agrees(&build("program", "slow", &["-gcflags=gangplank.example/...=-N -l"]), None);
}

#[test]
fn c_archive() {
    let archive = build("archive", "libobserved_suite.a", &["-buildmode=c-archive"]);
    let (_, rust) = program().link().unwrap_or_else(|error| panic!("{}", error.render()));
    let mut arguments: Vec<&std::ffi::OsStr> = vec!["-DLINKED".as_ref(), "-Wl,--start-group".as_ref()];
    arguments.extend([archive.as_os_str(), rust.archive.as_os_str(), "-Wl,--end-group".as_ref()]);
    arguments.extend(rust.native.iter().map(|one| one.as_ref() as &std::ffi::OsStr));
    agrees_in_c(&host("host_linked", &arguments), None);
}

#[test]
fn c_shared() {
    let library = build("archive", "libobserved_suite.so", &["-buildmode=c-shared"]);
    agrees_in_c(&host("host_loading", &[]), Some(&library));
}

/// Stops in Rust, and in Go below Rust. There the debugger sees who called, across Rust: the frames are ordinary ones.
#[test]
fn a_debugger_reads_the_stack() {
    if Command::new("gdb").arg("--version").output().is_err() {
        assert!(std::env::var_os("GANGPLANK_TEST_DEBUGGER").is_none(), "no gdb on PATH");
        println!("no gdb on PATH, nothing is tested: cargo xtask debugger installs one");
        return;
    }
    let program = build("program", "debugged", &[]);
    for lane in ["fast", "cgo"] {
        let mut gdb = Command::new("gdb");
        gdb.args(["-batch", "-nx", "-ex", "set breakpoint pending on", "-ex", "set confirm off"]);
        // Go's preemption signal is nothing to stop for.
        gdb.args(["-ex", "handle SIGURG nostop noprint pass"]);
        gdb.args([
            "-ex",
            "break gangplank.example/e2e/observed/suite.crew.Add",
            "-ex",
            "break observed_breakpoint",
        ]);
        gdb.args(["-ex", "run", "-ex", "backtrace 30", "-ex", "continue", "-ex", "backtrace 30"]);
        gdb.args(["-ex", "info threads", "-ex", "continue", "--args"]).arg(&program).arg("stop");
        gdb.env("GANGPLANK_LANE", lane).env_remove("DEBUGINFOD_URLS");
        let text = suite::expect_success(&mut gdb);
        let position =
            |what: &str| text.find(what).unwrap_or_else(|| panic!("{lane} lane: no {what:?} in {text}"));
        assert!(position("suite.crew.Add (") < position("observed_breakpoint ()"), "{text}");
        assert!(text.contains("stopped: 41") && text.contains("exited normally"), "{text}");
        if lane == "fast" {
            let callback = &text[position("suite.crew.Add (")..position("observed_breakpoint ()")];
            assert!(callback.contains("fastcall.callbackFast") && callback.contains("main.main"), "{text}");
        }
    }
}
