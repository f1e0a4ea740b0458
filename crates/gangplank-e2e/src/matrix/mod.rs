//! Every type in every position, there and back: a crate and a Go test that are written from a table.
//!
//! | file | what stands in it |
//! | --- | --- |
//! | `ty` | types, as the table and the random generator make them |
//! | `item` | records, enums and errors |
//! | `table` | the table: every type of the README, and random ones |
//! | `position` | where a type may stand, each as an exported function or an imported method |
//! | `spell` | how the two languages spell a type |
//! | `sample` | one value of a type, as an expression in both languages |
//! | `rust`, `go` | the two halves as text |
//! | `support` | what both halves need besides: comparing, making random values, trying the lanes |

mod go;
mod item;
mod position;
mod random;
mod rust;
mod sample;
mod spell;
mod table;
mod ty;

use crate::place;
use position::Position;
use std::fs;
use std::path::{Path, PathBuf};
use ty::Ty;

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flavour {
    /// Go calls Rust, and Rust never calls back: buffers lie on the goroutine's stack.
    Exported,
    /// Go calls Rust, which calls Go: buffers come from a pool, and from Rust's stack.
    Imported,
    /// The first on the fast lane, where calls are leaves.
    FastExported,
    /// The second on the fast lane, with entries and callbacks.
    FastImported,
}

impl Flavour {
    fn project(self) -> &'static str {
        match self {
            Flavour::Exported => "values_exported",
            Flavour::Imported => "values_imported",
            Flavour::FastExported => "values_fast_exported",
            Flavour::FastImported => "values_fast_imported",
        }
    }

    fn is_fast(self) -> bool {
        matches!(self, Flavour::FastExported | Flavour::FastImported)
    }

    /// What stands behind `export` and `import`.
    fn lane(self) -> &'static str {
        if self.is_fast() { "(fast)" } else { "" }
    }
}

/// The types and the functions of one project.
struct Matrix {
    flavour: Flavour,
    items: Vec<item::Item>,
    /// Every type with the positions that it is tried in.
    cases: Vec<(Ty, Vec<Position>)>,
    /// Lists of types that are the parameters of one function.
    signatures: Vec<Vec<Ty>>,
}

/// Writes the project and returns its folder. Files that are already right are not touched, so nothing is built twice.
pub fn write(flavour: Flavour) -> PathBuf {
    let name = flavour.project();
    let folder = place::scratch().join(name);
    let matrix = table::matrix(flavour);
    let behaviours = |file: &str| {
        fs::read_to_string(place::behaviours().join(file)).unwrap_or_else(|e| panic!("{file}: {e}"))
    };
    let gangplank = place::repository().join("crates/gangplank");
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\ngangplank = {{ path = {gangplank:?} }}\n\n\
         [profile.dev]\ndebug = \"line-tables-only\"\n\n[workspace]\n"
    );
    let project =
        "host = \"go\"\n\n[go]\nmodule = \".\"\n\n[[bridge]]\ncrate = \"rust\"\npackage = \"bridge\"\n";
    put(&folder.join("gangplank.toml"), project);
    put(&folder.join("go.mod"), &format!("module gangplank.example/{name}\n\ngo 1.24\n"));
    for file in
        ["stack/stack.go", "stack/race.go", "stack/norace.go", "lanes/lanes.go", "observers/observers.go"]
    {
        put(&folder.join(file), &behaviours(file));
    }
    put(&folder.join("rust/Cargo.toml"), &manifest);
    if !folder.join("rust/Cargo.lock").exists() {
        put(&folder.join("rust/Cargo.lock"), &behaviours("Cargo.lock"));
    }
    put(&folder.join("rust/src/lib.rs"), &matrix.write_rust());
    put(&folder.join("rust/src/same.rs"), include_str!("support/same.rs"));
    put(&folder.join("support_test.go"), &include_str!("support/support.go").replace("PROJECT", name));
    if flavour.is_fast() {
        put(&folder.join("lanes_test.go"), &include_str!("support/lanes.go").replace("PROJECT", name));
    }
    put(&folder.join("values_test.go"), &matrix.write_go(name));
    folder
}

fn put(file: &Path, text: &str) {
    if fs::read(file).is_ok_and(|old| old == text.as_bytes()) {
        return;
    }
    fs::create_dir_all(file.parent().expect("a file lies in a folder"))
        .unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    fs::write(file, text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
}
