//! The crates in `tests/golden`, and a Go module with the packages written for them.

// Not every test uses all of it.
#![allow(dead_code)]

use gangplank_codegen::go::{GeneratedFile, Options, write_link, write_package};
use gangplank_codegen::syntax::parse_crate;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Where the crates are.
pub fn golden_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden")
}

/// Their names.
pub fn constructs() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(golden_folder())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().join("src/lib.rs").exists())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(names.len() > 15, "{names:?}");
    names
}

/// The package for one of them.
pub fn written(construct: &str, callbacks: bool) -> Vec<GeneratedFile> {
    let interface =
        parse_crate(&golden_folder().join(construct), "src/lib.rs", construct).unwrap_or_else(|mistakes| {
            panic!("{construct}: {:#?}", mistakes.list.iter().map(|m| &m.message).collect::<Vec<_>>())
        });
    let options = Options {
        package: construct.to_owned(),
        import_path: format!("golden/{construct}"),
        crate_version: "1.2.3".to_owned(),
        callbacks,
    };
    write_package(&interface, &options)
}

/// A folder that is removed in the end.
pub struct Module(PathBuf);

impl Module {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Module {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// One Go module with all packages, linked with nothing.
pub fn module(callbacks: bool) -> Module {
    module_with(callbacks, "-Wl,--unresolved-symbols=ignore-all")
}

/// One Go module with all packages. They share one copy of the runtime, so that it is compiled once; but what keeps values of a
/// package belongs to it alone.
pub fn module_with(callbacks: bool, ldflags: &str) -> Module {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let name = format!("golden-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let put = |path: &str, text: &str| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    put("go.mod", "module golden\n\ngo 1.24\n");
    for construct in constructs() {
        let files = written(&construct, callbacks);
        let own = |file: &GeneratedFile| {
            file.path == "fast.go" || file.path == "start.go" && file.text.contains("StartValues")
        };
        let shares = !files.iter().any(own);
        for file in files {
            let text = match shares {
                true => file.text.replace(&format!("golden/{construct}/internal/"), "golden/internal/"),
                false => file.text,
            };
            match shares && file.path.starts_with("internal/") {
                true => put(&file.path, &text),
                false => put(&format!("{construct}/{}", file.path), &text),
            }
        }
        let link = write_link(&construct, ldflags);
        put(&format!("{construct}/{}", link.path), &link.text);
    }
    Module(root)
}

fn run(program: &str, arguments: &[&str], folder: &Path) -> (bool, String) {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("GOFLAGS", "-mod=mod")
        .env("CGO_LDFLAGS_ALLOW", ".*")
        .output()
        .unwrap_or_else(|e| panic!("cannot run {program}: {e}"));
    (
        output.status.success(),
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr),
    )
}

/// Runs a command of the Go toolchain that must succeed.
pub fn go(program: &str, arguments: &[&str], folder: &Path) -> String {
    let (ok, output) = run(program, arguments, folder);
    assert!(ok, "{program} {arguments:?} failed:\n{output}");
    output
}

/// Runs a command of Go that must fail.
pub fn go_fails(arguments: &[&str], folder: &Path) -> String {
    let (ok, output) = run("go", arguments, folder);
    assert!(!ok, "go {arguments:?} succeeded:\n{output}");
    output
}
