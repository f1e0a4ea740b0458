//! Every construct has a crate in `tests/golden`, and the package written for it beside the source. With `BLESS=1` the
//! packages are written anew.

mod golden_support;

use golden_support::{constructs, go, golden_folder, module, written};
use std::fs;
use std::path::Path;

#[test]
fn packages_are_as_they_were() {
    let mut differ = Vec::new();
    for construct in constructs() {
        let folder = golden_folder().join(&construct).join("go");
        if std::env::var_os("BLESS").is_some() {
            let _ = fs::remove_dir_all(&folder);
            fs::create_dir_all(&folder).unwrap();
        }
        let mut expected = files_in(&folder);
        for file in written(&construct, false).into_iter().filter(|f| !f.path.starts_with("internal/")) {
            let path = folder.join(&file.path);
            expected.retain(|name| *name != file.path);
            if std::env::var_os("BLESS").is_some() {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, &file.text).unwrap();
            } else if fs::read_to_string(&path).ok().as_deref() != Some(&file.text) {
                differ.push(format!("{construct}/go/{}", file.path));
            }
        }
        differ.extend(expected.iter().map(|name| format!("{construct}/go/{name} (no longer written)")));
    }
    assert!(
        differ.is_empty(),
        "differ from what is written now: {differ:#?}\nLook at the change, then run the test with BLESS=1"
    );
}

/// The paths of all files in a folder and those below it.
fn files_in(folder: &Path) -> Vec<String> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap()) {
        let name = entry.file_name().into_string().unwrap();
        match entry.path().is_dir() {
            true => paths.extend(files_in(&entry.path()).iter().map(|inner| format!("{name}/{inner}"))),
            false => paths.push(name),
        }
    }
    paths
}

#[test]
fn the_same_source_gives_the_same_package() {
    for construct in constructs() {
        assert_eq!(written(&construct, true), written(&construct, true), "{construct}");
    }
}

/// Formatted, and no file that is not Go as the compiler and `go vet` want it, with callbacks and without.
#[test]
fn packages_are_formatted_and_compile() {
    for callbacks in [false, true] {
        let module = module(callbacks);
        let unformatted = go("gofmt", &["-l", "."], module.path());
        assert_eq!(unformatted, "", "gofmt would change these files");
        go("go", &["vet", "./..."], module.path());
        go("go", &["build", "./..."], module.path());
    }
}

#[test]
fn a_package_that_is_not_linked_says_what_to_do() {
    let module = module(false);
    fs::remove_file(module.path().join("scalars/gangplank_link.go")).unwrap();
    let error = golden_support::go_fails(&["build", "./scalars"], module.path());
    assert!(error.contains("undefined: run_gangplank_build_to_link_the_Rust_library"), "{error}");
}
