//! A project with a Go program: built once, its Go tests run in each mode.

use crate::mode::Mode;
use crate::place;
use gangplank_build::cargo::{Options, Profile};
use gangplank_build::go::Search;
use gangplank_build::host::go::GoProgram;
use gangplank_build::project::Project;
use gangplank_build::report::Report;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Builds the project in the folder and runs the Go tests beside it.
///
/// # Panics
/// If they fail, with what Go printed.
pub fn run(folder: &Path, mode: Mode) {
    let program = linked(folder);
    let module = &program.project.module.folder;
    let packages = format!("./{}/...", folder.strip_prefix(module).unwrap_or(Path::new("")).display())
        .replace("//", "/");
    if mode == Mode::Plain {
        let mut vet = program.command();
        mode.set(&mut vet);
        expect_success(vet.args(["vet", &packages]));
    }
    let mut test = program.command();
    mode.set(&mut test);
    if mode == Mode::CgoCheck2 && finds_leaks(program) {
        test.env("GOEXPERIMENT", LEAKS);
    }
    // As long as it takes, where more calls are asked for.
    let timeout = if std::env::var_os("GANGPLANK_CALLS").is_some() { "-timeout=0" } else { "-timeout=5m" };
    test.args(["test", "-count=1", "-vet=off", timeout]).args(mode.flags()).arg(packages);
    expect_success(&mut test);
}

/// The experiments of Go 1.26 and later.
const LEAKS: &str = "cgocheck2,goroutineleakprofile";

/// Does this Go know them? One that does not says so.
fn finds_leaks(program: &GoProgram<'_>) -> bool {
    output(program.command().env("GOEXPERIMENT", LEAKS).args(["env", "GOEXPERIMENT"])).status.success()
}

/// How projects are built here: as `gangplank build` does, in a target folder that all share.
pub fn options() -> Options {
    Options {
        profile: Profile::chosen(false, None),
        target: None,
        offline: false,
        report: Report::Quiet,
        target_folder: Some(place::scratch().join("target")),
    }
}

/// The program of the project in the folder, generated and linked.
pub fn linked(folder: &Path) -> &'static GoProgram<'static> {
    type Linked = Arc<OnceLock<Result<&'static GoProgram<'static>, String>>>;
    static LINKED: Mutex<Option<HashMap<PathBuf, Linked>>> = Mutex::new(None);
    let one = {
        let mut all = LINKED.lock().unwrap_or_else(PoisonError::into_inner);
        all.get_or_insert_default().entry(folder.to_owned()).or_default().clone()
    };
    let link = || {
        let program = prepare(folder)?;
        program.link().map_err(|error| error.render())?;
        Ok(program)
    };
    match one.get_or_init(link) {
        Ok(program) => program,
        Err(error) => panic!("{}: {error}", folder.display()),
    }
}

/// The program of the project in the folder, not yet built. It lives as long as the test run.
///
/// # Errors
/// The project is wrong, or a tool is missing.
pub fn prepare(folder: &Path) -> Result<&'static GoProgram<'static>, String> {
    let project = Project::load(folder).map_err(|error| error.render())?;
    let (project, options) = (Box::leak(Box::new(project)), Box::leak(Box::new(options())));
    let program =
        GoProgram::prepare(project, options, &Search::from_env()).map_err(|error| error.render())?;
    Ok(Box::leak(Box::new(program)))
}

/// Runs to the end and returns what was printed.
///
/// # Panics
/// If the command fails, with what it printed.
pub fn expect_success(command: &mut Command) -> String {
    let output = output(command);
    assert!(output.status.success(), "{}", told(command, &output));
    told(command, &output)
}

/// Runs to the end.
pub fn output(command: &mut Command) -> Output {
    command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

/// What a command printed, below the command itself.
pub fn told(command: &Command, output: &Output) -> String {
    let arguments: Vec<_> = command.get_args().map(|argument| argument.to_string_lossy()).collect();
    let program = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy();
    let (stdout, stderr) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    format!("{program} {}: {}\n{stdout}{stderr}", arguments.join(" "), output.status)
}
