//! Cargo's targets in Go's words, and which of them gangplank refuses.

use crate::{Error, Result};

/// A machine to build for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// As cargo calls it: `x86_64-unknown-linux-gnu`.
    pub triple: String,
    /// Go's operating system: `linux`.
    pub goos: &'static str,
    /// Go's processor: `amd64`.
    pub goarch: &'static str,
    musl: bool,
}

/// Processors: 64 bits, little-endian, known to both (clause 1.1 of the boundary).
const ARCHITECTURES: &[(&str, &str)] = &[
    ("x86_64", "amd64"),
    ("aarch64", "arm64"),
    ("riscv64gc", "riscv64"),
    ("riscv64a23", "riscv64"),
    ("loongarch64", "loong64"),
    ("powerpc64le", "ppc64le"),
];

const SYSTEMS: &[(&str, &str)] = &[
    ("linux", "linux"),
    ("darwin", "darwin"),
    ("windows", "windows"),
    ("freebsd", "freebsd"),
    ("netbsd", "netbsd"),
    ("openbsd", "openbsd"),
];

impl Target {
    /// Translates one of cargo's target names.
    pub fn parse(triple: &str) -> Result<Target> {
        let parts: Vec<&str> = triple.split('-').collect();
        let refuse = |why: &str| Err(Error::new(format!("gangplank cannot build for {triple}: {why}")));
        let Some(&(_, goarch)) = ARCHITECTURES.iter().find(|(rust, _)| parts.first() == Some(rust)) else {
            return refuse(
                "only 64-bit little-endian processors that Go also knows are supported (x86_64, aarch64, riscv64gc, ..)",
            );
        };
        let environment = parts.get(3).copied().unwrap_or("");
        if parts.iter().any(|p| p.starts_with("android") || *p == "ios") {
            return refuse("Go builds for mobile systems only through gomobile");
        }
        let Some(&(_, goos)) = SYSTEMS.iter().find(|(rust, _)| parts.get(2) == Some(rust)) else {
            return refuse("Go has no cgo there");
        };
        if environment == "msvc" {
            let gnu = triple.replace("-msvc", "-gnu");
            return refuse(
                "Go links with gcc on Windows, and MSVC objects and Go archives do not go together",
            )
            .map_err(|error| error.help(format!("build for {gnu}")));
        }
        if environment.contains("x32") || environment.contains("ilp32") {
            return refuse("its pointers have 32 bits");
        }
        Ok(Target { triple: triple.to_owned(), goos, goarch, musl: environment.starts_with("musl") })
    }

    /// Refuses where Go cannot live inside a Rust program.
    pub fn check_archive(&self) -> Result<()> {
        if !self.musl {
            return Ok(());
        }
        Err(Error::new(format!(
            "gangplank cannot put Go into a Rust program for {}: a Go archive reads argc and argv in its constructor, \
             musl passes none to constructors, and the program crashes before main",
            self.triple
        ))
        .help(format!(
            "build for {}, or let Go be the host: a Go program with Rust inside works with musl",
            self.triple.replace("musl", "gnu")
        )))
    }

    /// Is it the same system as `host`, so that its usual C compiler will do?
    pub fn is_native_to(&self, host: &Target) -> bool {
        (self.goos, self.goarch, self.musl) == (host.goos, host.goarch, host.musl)
    }

    /// The name of a library with this stem.
    pub fn library_name(&self, stem: &str) -> String {
        format!("lib{stem}.a")
    }

    /// The name of a program with this stem.
    pub fn program_name(&self, stem: &str) -> String {
        if self.goos == "windows" { format!("{stem}.exe") } else { stem.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn go(triple: &str) -> String {
        match Target::parse(triple) {
            Ok(target) => format!("{}/{}", target.goos, target.goarch),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn targets_in_go_words() {
        for (triple, expected) in [
            ("x86_64-unknown-linux-gnu", "linux/amd64"),
            ("aarch64-unknown-linux-gnu", "linux/arm64"),
            ("x86_64-unknown-linux-musl", "linux/amd64"),
            ("riscv64gc-unknown-linux-gnu", "linux/riscv64"),
            ("loongarch64-unknown-linux-gnu", "linux/loong64"),
            ("powerpc64le-unknown-linux-gnu", "linux/ppc64le"),
            ("x86_64-apple-darwin", "darwin/amd64"),
            ("aarch64-apple-darwin", "darwin/arm64"),
            ("x86_64-pc-windows-gnu", "windows/amd64"),
            ("aarch64-pc-windows-gnullvm", "windows/arm64"),
            ("x86_64-unknown-freebsd", "freebsd/amd64"),
        ] {
            assert_eq!(go(triple), expected, "{triple}");
        }
    }

    #[test]
    fn refused_with_the_reason() {
        assert!(go("i686-unknown-linux-gnu").contains("64-bit little-endian"));
        assert!(go("s390x-unknown-linux-gnu").contains("64-bit little-endian"));
        assert!(go("aarch64-linux-android").contains("gomobile"));
        assert!(go("aarch64-apple-ios").contains("gomobile"));
        assert!(go("x86_64-unknown-linux-gnux32").contains("32 bits"));
        let msvc = go("x86_64-pc-windows-msvc");
        assert!(msvc.contains("gcc") && msvc.contains("x86_64-pc-windows-gnu"), "{msvc}");
    }

    #[test]
    fn musl_is_refused_only_for_archives() {
        let musl = Target::parse("x86_64-unknown-linux-musl").unwrap();
        let error = musl.check_archive().unwrap_err().to_string();
        assert!(error.contains("constructor") && error.contains("x86_64-unknown-linux-gnu"), "{error}");
        let gnu = Target::parse("x86_64-unknown-linux-gnu").unwrap();
        gnu.check_archive().unwrap();
        assert!(!musl.is_native_to(&gnu));
    }
}
