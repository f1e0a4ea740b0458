//! A copy of `tests/e2e/stale` whose Rust half changes while its Go half stays.

use crate::{place, suite};
use gangplank_build::host::go::GoProgram;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The copy.
pub struct Changed {
    folder: PathBuf,
    program: &'static GoProgram<'static>,
}

impl Changed {
    /// A copy, generated and linked. Copies share a target folder, so every crate has a name of its own.
    ///
    /// # Panics
    /// If it cannot be built.
    pub fn new(name: &str) -> Changed {
        let (from, folder) = (place::behaviour("stale"), place::scratch().join(name));
        let _ = fs::remove_dir_all(folder.join("bridge"));
        for file in ["gangplank.toml", "go.mod", "main.go", "rust/src/lib.rs"] {
            write(&folder.join(file), &read(&from.join(file)));
        }
        write(&folder.join("rust/Cargo.lock"), &read(&place::behaviours().join("Cargo.lock")));
        let gangplank = place::repository().join("crates/gangplank");
        let manifest = format!(
            "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\ngangplank = {{ path = {gangplank:?} }}\n\n\
             [profile.dev]\ndebug = \"line-tables-only\"\n\n[workspace]\n"
        );
        write(&folder.join("rust/Cargo.toml"), &manifest);
        let program = suite::prepare(&folder).unwrap_or_else(|error| panic!("{error}"));
        let changed = Changed { folder, program };
        changed.link();
        changed
    }

    fn link(&self) {
        self.program.link().unwrap_or_else(|error| panic!("{}", error.render()));
    }

    /// Changes the Rust half, generates the Go half anew and links.
    pub fn change(&self, from: &str, to: &str) {
        let file = self.folder.join("rust/src/lib.rs");
        let text = read(&file);
        assert!(text.contains(from), "{from:?} does not stand in {text}");
        write(&file, &text.replace(from, to));
        self.link();
    }

    /// Changes the Rust half and links it with the Go half as it was.
    pub fn change_rust_only(&self, from: &str, to: &str) {
        let bridge = self.folder.join("bridge");
        let before: Vec<(PathBuf, String)> = fs::read_dir(&bridge)
            .unwrap_or_else(|error| panic!("{}: {error}", bridge.display()))
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| {
                path.extension().is_some_and(|e| e == "go") && !path.ends_with("gangplank_link.go")
            })
            .map(|path| (path.clone(), read(&path)))
            .collect();
        self.change(from, to);
        for (path, text) in before {
            write(&path, &text);
        }
    }

    /// Builds the Go program and runs it, if it can be built.
    pub fn build_and_run(&self) -> Output {
        let program = self.folder.join("program");
        let mut build = self.program.command();
        let output = suite::output(build.args(["build", "-o"]).arg(&program).arg("."));
        if output.status.success() { suite::output(&mut Command::new(program)) } else { output }
    }
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn write(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().expect("a file lies in a folder"))
        .unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    fs::write(file, text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
}
