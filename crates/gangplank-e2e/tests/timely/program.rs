//! A stream program, built once, and how it is run.

use gangplank_build::go::Search;
use gangplank_build::host::rust::RustProgram;
use gangplank_build::project::Project;
use gangplank_e2e::{place, suite};
use std::collections::HashMap;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Nothing here takes this long.
const LIMIT: Duration = Duration::from_secs(120);

/// The program of a project in the repository.
pub fn program(folder: &str) -> PathBuf {
    static BUILT: Mutex<Option<HashMap<String, PathBuf>>> = Mutex::new(None);
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    let one = built.get_or_insert_default().entry(folder.to_owned()).or_insert_with(|| {
        let project = place::repository().join(folder);
        if project.join("Cargo.toml").is_file() {
            return rust_program(&project);
        }
        let linked = suite::linked(&project);
        let name = Path::new(folder).file_name().expect("it is a folder");
        let output = place::scratch().join("timely").join(name);
        linked.build(Some(&output), &[]).unwrap_or_else(|error| panic!("{}", error.render()));
        output
    });
    one.clone()
}

/// A Rust program with Go inside.
fn rust_program(folder: &Path) -> PathBuf {
    let build = || {
        let (project, options) = (Project::load(folder)?, suite::options());
        RustProgram::prepare(&project, &options, &Search::from_env())?.build(&[])
    };
    build().unwrap_or_else(|error| panic!("{}", error.render()))
}

/// Starts a program.
pub fn start(folder: &str, args: &str, set: &[(&str, &str)]) -> Child {
    let mut command = Command::new(program(folder));
    command.args(args.split_whitespace()).envs(set.iter().copied());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap_or_else(|e| panic!("{folder}: {e}"))
}

/// Waits for a program, not for ever.
pub fn wait(mut child: Child) -> Output {
    let begin = Instant::now();
    // Its pipes are read meanwhile.
    let id = child.id();
    let (done, is_done) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        let (mut out, mut err) = (child.stdout.take().expect("piped"), child.stderr.take().expect("piped"));
        let errors = std::thread::spawn(move || {
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut err, &mut bytes).map(|_| bytes)
        });
        let mut stdout = Vec::new();
        std::io::Read::read_to_end(&mut out, &mut stdout).expect("a pipe can be read");
        let stderr = errors.join().expect("no panic").expect("a pipe can be read");
        let status = child.wait().expect("it was started");
        let _ = done.send(());
        Output { status, stdout, stderr }
    });
    if is_done.recv_timeout(LIMIT).is_err() {
        let _ = Command::new("kill").args(["-ABRT", &id.to_string()]).status();
        let output = reader.join().expect("no panic");
        panic!("it hangs, after {:?}: {}", begin.elapsed(), String::from_utf8_lossy(&output.stderr));
    }
    reader.join().expect("no panic")
}

/// Runs a program: whether it succeeded, and what it printed.
pub fn run(folder: &str, args: &str, set: &[(&str, &str)]) -> (bool, String, String) {
    told(wait(start(folder, args, set)))
}

/// Runs two processes of a program, with these arguments each.
pub fn run_two(folder: &str, args: &str, set: [&[(&str, &str)]; 2]) -> [(bool, String, String); 2] {
    run_two_with(folder, |options| format!("{options} {args}"), set)
}

/// Runs two processes of a program, with arguments that `args` makes of those that each process needs.
pub fn run_two_with(
    folder: &str,
    args: impl Fn(&str) -> String,
    set: [&[(&str, &str)]; 2],
) -> [(bool, String, String); 2] {
    let hosts = hosts();
    let [first, second] = [0, 1].map(|process| {
        let options = format!("-n 2 -p {process} -h {}", hosts.display());
        start(folder, &args(&options), set[process])
    });
    let second = std::thread::spawn(|| told(wait(second)));
    [told(wait(first)), second.join().expect("it ends")]
}

fn told(output: Output) -> (bool, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.success(), text(&output.stdout), text(&output.stderr))
}

/// A file with two addresses that are free.
pub fn hosts() -> PathBuf {
    static NUMBER: Mutex<u32> = Mutex::new(0);
    let mut number = NUMBER.lock().unwrap_or_else(PoisonError::into_inner);
    *number += 1;
    let folder = place::scratch().join("timely");
    std::fs::create_dir_all(&folder).expect("the target folder can be written");
    let path = folder.join(format!("hosts-{}-{number}.txt", std::process::id()));
    std::fs::write(&path, format!("{}\n{}\n", free_address(), free_address())).expect("it can be written");
    path
}

/// An address where nobody listens.
pub fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    let address = listener.local_addr().expect("it is bound").to_string();
    drop(listener);
    address
}
