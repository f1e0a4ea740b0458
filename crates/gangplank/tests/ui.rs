//! What the attributes say in the compiler, for the mistakes that show in one item. What the command says of a whole crate is tested
//! in `gangplank-codegen`, every code of the catalogue.
//!
//! `TRYBUILD=overwrite cargo test -p gangplank --test ui` writes the expected texts anew; read the difference.

use std::process::Command;

/// How a mistake is drawn changes with the compiler. These texts were drawn by this one; with another one there is nothing to compare.
const DRAWN_BY: &str = "rustc 1.95.";

#[test]
fn mistakes() {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let version = Command::new(rustc).arg("-V").output().expect("there is a compiler");
    let version = String::from_utf8_lossy(&version.stdout).into_owned();
    if version.starts_with(DRAWN_BY) {
        trybuild::TestCases::new().compile_fail("../../tests/ui/*.rs");
    } else {
        eprintln!("not compared: the texts were drawn by {DRAWN_BY}x, this is {version}");
    }
}
