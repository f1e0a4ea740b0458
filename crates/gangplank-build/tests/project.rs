//! What `gangplank.toml` may say, and what it is told when it is wrong.

use gangplank_build::project::{Host, Project};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn write(root: &Path, file: &str, text: &str) {
    let file = root.join(file);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// A folder with a crate `rust`, a Go module `.` with a package `impl`, and this manifest.
fn folder(manifest: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "gangplank.toml", manifest);
    write(folder.path(), "go.mod", "module example.com/shop\n\ngo 1.24\n");
    write(folder.path(), "impl/impl.go", "package impl\n");
    write(
        folder.path(),
        "Cargo.toml",
        "[workspace]\nmembers = [\"rust\"]\n[workspace.package]\nversion = \"3.2.1\"\n",
    );
    write(folder.path(), "rust/Cargo.toml", "[package]\nname = \"shop-core\"\nversion.workspace = true\n");
    write(folder.path(), "rust/src/lib.rs", "");
    folder
}

fn refused(manifest: &str) -> String {
    Project::load(folder(manifest).path()).unwrap_err().to_string()
}

const GO: &str = "host = \"go\"\n[go]\nmodule = \".\"\nmain = \".\"\n[[bridge]]\ncrate = \"rust\"\npackage = \"gen/shop\"\n";

#[test]
fn a_go_program_with_rust_inside() {
    let folder = folder(GO);
    let project = Project::find(&folder.path().join("rust/src")).unwrap();
    assert_eq!(project.host, Host::Go);
    assert_eq!(project.main.as_deref(), Some("example.com/shop"));
    assert_eq!(project.module.path, "example.com/shop");
    let bridge = &project.bridges[0];
    assert_eq!(bridge.import_path, "example.com/shop/gen/shop");
    assert_eq!(bridge.package, "shop");
    assert_eq!(bridge.source.name, "shop-core");
    assert_eq!(bridge.source.symbol_name(), "shop_core");
    assert_eq!(bridge.source.version, "3.2.1");
    assert_eq!(bridge.source.root_file, "src/lib.rs");
}

#[test]
fn a_rust_program_with_go_inside() {
    let manifest = "host = \"rust\"\n[go]\nmodule = \".\"\npackages = [\"./impl\", \"example.org/other/pkg\"]\n\
                    [[bridge]]\ncrate = \"rust\"\npackage = \"bridge\"\nname = \"shop\"\n";
    let project = Project::load(folder(manifest).path()).unwrap();
    assert_eq!(project.host, Host::Rust);
    assert_eq!(project.packages, ["example.com/shop/impl", "example.org/other/pkg"]);
    assert_eq!(project.bridges[0].package, "shop");
}

#[test]
fn unknown_keys_are_named_with_their_place() {
    let error = refused(&GO.replace("main", "mian"));
    assert!(
        error.contains("gangplank.toml") && error.contains("mian") && error.contains("line 4"),
        "{error}"
    );
    assert!(error.contains("`module`, `main`, `packages`"), "{error}");
    assert!(refused("host = \"java\"\n").contains("expected `go` or `rust`"));
}

#[test]
fn missing_pieces_are_named_with_the_fix() {
    for (from, to, parts) in [
        ("module = \".\"", "module = \"nowhere\"", ["[go] module = \"nowhere\": no go.mod", "go mod init"]),
        (
            "main = \".\"",
            "main = \"cmd/x\"",
            ["[go] main: \"cmd/x\": there is no folder", "below the Go module"],
        ),
        ("main = \".\"", "packages = []", ["packages is only for host = \"rust\"", "leave it out"]),
        (
            "crate = \"rust\"",
            "crate = \"oxide\"",
            ["[[bridge]] crate = \"oxide\": no Cargo.toml", "cargo init --lib"],
        ),
        ("crate = \"rust\"", "crate = \".\"", ["describes a workspace", "one of its members"]),
        ("\"gen/shop\"", "\"../out\"", ["package = \"../out\" is not a folder below", "such as"]),
        ("\"gen/shop\"", "\"gen/my-shop\"", ["\"my-shop\" is no name for a Go package", "name = "]),
        ("\"gen/shop\"", "\"type\"", ["\"type\" is no name for a Go package", "name = "]),
    ] {
        let error = refused(&GO.replace(from, to));
        for part in parts {
            assert!(error.contains(part), "{to}: {error}");
        }
    }
    let error = refused("host = \"go\"\n[go]\nmodule = \".\"\n");
    assert!(error.contains("no [[bridge]]"), "{error}");
    let error = refused(&format!("{GO}[[bridge]]\ncrate = \"rust\"\npackage = \"two\"\n"));
    assert!(error.contains("two bridges share the crate shop-core"), "{error}");
}

#[test]
fn no_project_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let error = Project::find(folder.path()).unwrap_err().to_string();
    assert!(error.contains("no gangplank.toml in") && error.contains("gangplank new"), "{error}");
    let error = Project::find(&folder.path().join("nowhere")).unwrap_err().to_string();
    assert!(error.contains("there is no folder"), "{error}");
}
