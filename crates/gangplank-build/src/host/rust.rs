//! A Rust program with Go inside: what its `build.rs` does.

mod archive;
mod program;
mod script;

pub use program::RustProgram;

use crate::Error;

/// The whole of a `build.rs`: writes the generated Go packages, compiles all Go packages of `gangplank.toml` into one archive, and
/// has it linked.
///
/// A crate that calls it says so in its `Cargo.toml` with `links = "gangplank_go"`: there is room for one Go runtime in a process,
/// and so cargo refuses a second one with a clear message.
///
/// # Panics
/// Never: mistakes are shown by cargo, and end the build.
pub fn build() {
    if let Err(error) = script::run() {
        show(&error);
        // Cargo fails the build because of the lines. A failing exit would make it add everything else that was printed.
        std::process::exit(0);
    }
}

/// Cargo shows these lines as errors of the crate.
fn show(error: &Error) {
    let text = error.render();
    for line in text.strip_prefix("error: ").unwrap_or(&text).lines().filter(|line| !line.is_empty()) {
        println!("cargo::error={line}");
    }
}
