//! The crates in `tests/golden` compile, and the packages written for them are linked with them and called: hashes agree,
//! and values come back as they went.

mod golden_support;

use golden_support::{constructs, go, golden_folder, module_with};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One static library with all the crates.
fn library() -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("golden-rust");
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap();
    let put = |path: &str, text: &str| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let golden = golden_folder().canonicalize().unwrap();
    let mut members = String::from("[workspace]\nresolver = \"3\"\nmembers = [\"all\"");
    let mut all = String::from(
        "[package]\nname = \"all\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[lib]\ncrate-type = [\"staticlib\"]\n\n[dependencies]\n",
    );
    let mut uses = String::new();
    for construct in constructs() {
        members.push_str(&format!(", \"{construct}\""));
        all.push_str(&format!("{construct} = {{ path = \"../{construct}\" }}\n"));
        uses.push_str(&format!("pub use {construct} as _{construct};\n"));
        put(
            &format!("{construct}/Cargo.toml"),
            &format!(
                "[package]\nname = \"{construct}\"\nversion = \"1.2.3\"\nedition = \"2024\"\n\n[lib]\npath = {:?}\n\n[dependencies]\n\
                 gangplank = {{ path = {:?} }}\nthiserror = \"2\"\n\n[lints.rust]\nwarnings = \"deny\"\n",
                golden.join(&construct).join("src/lib.rs"),
                project.join("crates/gangplank"),
            ),
        );
    }
    put("Cargo.toml", &(members + "]\n"));
    put("all/Cargo.toml", &all);
    put("all/src/lib.rs", &uses);
    // The versions that the workspace was locked to are there without a network.
    let _ = fs::copy(project.join("Cargo.lock"), root.join("Cargo.lock"));
    let target = root.join("target");
    let output = Command::new(env!("CARGO"))
        .args(["build", "--offline", "-p", "all"])
        .current_dir(&root)
        .env("CARGO_TARGET_DIR", &target)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    target.join("debug/liball.a")
}

#[test]
fn packages_are_linked_and_called() {
    let library = library();
    let ldflags = format!("{} -lgcc_s -lutil -lrt -lpthread -lm -ldl -lc", library.display());
    // Both ways to lend memory. None of these functions calls back, so that both are right.
    for (callbacks, mode) in [(false, "-count=1"), (true, "-race")] {
        let module = module_with(callbacks, &ldflags);
        fs::copy(golden_folder().join("golden_test.go"), module.path().join("golden_test.go")).unwrap();
        go("go", &["vet", "."], module.path());
        go("go", &["test", mode, "."], module.path());
    }
}
