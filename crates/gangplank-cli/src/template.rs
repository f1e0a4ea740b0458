//! The programs that `gangplank new` writes.

use gangplank_build::{Error, Result, VERSION};
use std::path::Path;

macro_rules! files {
    ($folder:literal: $($path:literal = $source:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../templates/", $folder, "/", $source)))),*]
    };
}

/// A Go program with Rust inside: path and text of each file.
pub const GO_HOST: &[(&str, &str)] = files!("go":
    ".gitignore" = "gitignore",
    "gangplank.toml" = "gangplank.toml",
    "go.mod" = "go.mod.in",
    "main.go" = "main.go.in",
    "rust/Cargo.toml" = "Cargo.toml.in",
    "rust/src/lib.rs" = "lib.rs",
);

/// A Rust program with Go inside.
pub const RUST_HOST: &[(&str, &str)] = files!("rust":
    ".gitignore" = "gitignore",
    "gangplank.toml" = "gangplank.toml",
    "Cargo.toml" = "Cargo.toml.in",
    "build.rs" = "build.rs",
    "src/main.rs" = "main.rs",
    "go/go.mod" = "go.mod.in",
    "go/impl/weather.go" = "weather.go.in",
);

/// What stands for the placeholders of a template.
pub struct Names {
    name: String,
}

impl Names {
    /// The names that follow from the program's.
    pub fn of(name: &str) -> Result<Names> {
        let good = name.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
        if !good {
            return Err(Error::new(format!("{name:?} is no name for a crate and a Go module"))
                .help("use ASCII letters, digits, - and _, and begin with a letter"));
        }
        Ok(Names { name: name.to_owned() })
    }

    /// A template with the names filled in.
    pub fn fill(&self, text: &str) -> String {
        text.replace("{{name}}", &self.name)
            .replace("{{gangplank}}", &dependency("gangplank"))
            .replace("{{gangplank-build}}", &dependency("gangplank-build"))
    }
}

/// The crates of the source tree that this command was built from, as long as it is there; otherwise those of its version.
fn dependency(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).with_file_name(name);
    match folder.to_str() {
        // A literal string: a Windows path has backslashes.
        Some(path) if folder.join("Cargo.toml").is_file() => format!("{{ path = '{path}' }}"),
        _ => format!("{VERSION:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_filled_in() {
        let names = Names::of("my-app").unwrap();
        assert_eq!(names.fill("module example.com/{{name}}"), "module example.com/my-app");
        for (_, text) in GO_HOST.iter().chain(RUST_HOST) {
            assert!(!names.fill(text).contains("{{"), "{text}");
        }
    }

    #[test]
    fn bad_names_are_refused() {
        for name in ["", "my app", "1st", "-x", "größe"] {
            assert!(Names::of(name).is_err(), "{name}");
        }
    }
}
