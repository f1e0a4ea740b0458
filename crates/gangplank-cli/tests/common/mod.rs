//! Running the command in folders of its own. All tests share cargo's target folder, so that the dependencies are compiled once.
#![allow(dead_code)] // every test uses some of it

use gangplank_build::go::Search;
use gangplank_build::report::Report;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A folder, with a blank in its path.
pub struct Sandbox {
    _folder: TempDir,
    pub root: PathBuf,
}

impl Sandbox {
    pub fn new() -> Sandbox {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap().join("with blank");
        fs::create_dir(&root).unwrap();
        Sandbox { _folder: folder, root }
    }

    /// `gangplank` with these arguments, in the folder.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gangplank"));
        command.args(arguments).current_dir(&self.root).env("CARGO_TARGET_DIR", target_folder());
        for name in [
            "GANGPLANK_GO",
            "GANGPLANK_OFFLINE",
            "CARGO_NET_OFFLINE",
            "CC",
            "CARGO_BUILD_TARGET",
            "RUSTFLAGS",
        ] {
            command.env_remove(name);
        }
        command
    }

    /// Runs it. What it prints must hold all these texts.
    pub fn succeeds(&self, arguments: &[&str], texts: &[&str]) -> String {
        check(self.command(arguments), true, texts)
    }

    /// Runs it, and it must fail. What it prints must hold all these texts.
    pub fn fails(&self, arguments: &[&str], texts: &[&str]) -> String {
        check(self.command(arguments), false, texts)
    }

    pub fn write(&self, file: &str, text: &str) {
        let file = self.root.join(file);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.root.join(file)).unwrap()
    }

    /// Replaces a text that must be there.
    pub fn edit(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert!(text.contains(from), "{file} has no {from:?}:\n{text}");
        self.write(file, &text.replace(from, to));
    }
}

/// Runs a command and checks how it ends and what it prints.
pub fn check(mut command: Command, success: bool, texts: &[&str]) -> String {
    let output = command.output().unwrap();
    let shown = shown(&output);
    assert_eq!(output.status.success(), success, "{command:?}\n{shown}");
    for text in texts {
        assert!(shown.contains(text), "{command:?}\nprints no {text:?}:\n{shown}");
    }
    shown
}

pub fn shown(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Cargo's target folder of all projects that the tests make.
pub fn target_folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("projects")
}

/// `PATH` without the folders that have one of these programs.
pub fn path_without(programs: &[&str]) -> std::ffi::OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let keep = |folder: &PathBuf| !programs.iter().any(|program| folder.join(program).exists());
    std::env::join_paths(std::env::split_paths(&path).filter(keep)).unwrap()
}

/// Writes a shell script. A shell does it: no other test's child process can then hold the file open for writing, and nothing is
/// "busy" when the script is run.
pub fn install_script(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let mut shell = Command::new("sh");
    shell
        .args(["-c", "printf '#!/bin/sh\\n%s\\n' \"$2\" > \"$1\" && chmod +x \"$1\"", "sh"])
        .arg(file)
        .arg(text);
    check(shell, true, &[]);
}

/// The `go` command that the command under test will find.
pub fn go() -> PathBuf {
    Search::from_env().find(Report::Person).unwrap().go
}

/// The file that the shell would run.
pub fn which(program: impl AsRef<OsStr>) -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut files = std::env::split_paths(&path).map(|folder| folder.join(program.as_ref()));
    files.find(|file| file.is_file()).expect("the program is on PATH")
}
