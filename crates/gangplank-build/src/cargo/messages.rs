//! Reading what `cargo --message-format=json` says.

use crate::{Error, Result, process};
use serde::Deserialize;
use std::io::{BufRead, BufReader, IsTerminal, stderr};
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What a build said.
#[derive(Debug, Default)]
pub(crate) struct Built {
    /// The programs.
    pub programs: Vec<PathBuf>,
    /// The static library.
    pub archive: Option<PathBuf>,
    /// What it must be linked with, as the compiler says: `-lm`, `-framework Security`.
    pub native: Vec<String>,
    /// Where build scripts have the linker look: the compiler does not say that.
    pub search: Vec<PathBuf>,
}

#[derive(Deserialize)]
struct Message {
    reason: String,
    #[serde(default)]
    target: Target,
    #[serde(default)]
    filenames: Vec<PathBuf>,
    executable: Option<PathBuf>,
    #[serde(default)]
    linked_paths: Vec<String>,
    message: Option<Diagnostic>,
}

#[derive(Default, Deserialize)]
struct Target {
    #[serde(default)]
    crate_types: Vec<String>,
}

#[derive(Deserialize)]
struct Diagnostic {
    message: String,
    rendered: Option<String>,
}

/// Asks cargo for messages that a program can read, with the compiler's own text in them.
pub(crate) fn format_argument() -> &'static str {
    if stderr().is_terminal() {
        "--message-format=json-diagnostic-rendered-ansi"
    } else {
        "--message-format=json"
    }
}

/// Runs cargo to the end, shows the compiler's messages, and keeps what matters.
pub(crate) fn run(command: &mut Command) -> Result<Built> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|cause| process::cannot_start(command, &cause))?;
    let mut built = Built::default();
    let pipe = child.stdout.take().expect("the pipe was asked for");
    for line in BufReader::new(pipe).lines().map_while(Result::ok) {
        built.take(&line);
    }
    let status = child.wait().map_err(|cause| Error::new(format!("cannot wait for cargo: {cause}")))?;
    if status.success() {
        Ok(built)
    } else {
        Err(Error::new("cargo could not build; its messages are above"))
    }
}

impl Built {
    fn take(&mut self, line: &str) {
        let Ok(message) = serde_json::from_str::<Message>(line) else {
            // What a procedural macro prints, for instance.
            eprintln!("{line}");
            return;
        };
        match (message.reason.as_str(), message.message) {
            ("compiler-message", Some(diagnostic)) => self.take_diagnostic(diagnostic),
            ("compiler-artifact", _) if message.target.crate_types.iter().any(|t| t == "staticlib") => {
                self.archive = message.filenames.into_iter().next();
            }
            ("build-script-executed", _) => {
                let folder =
                    |path: &String| path.split_once('=').map_or(path.as_str(), |(_, folder)| folder).into();
                self.search.extend(message.linked_paths.iter().map(folder));
            }
            ("compiler-artifact", _) => self.programs.extend(message.executable),
            _ => {}
        }
    }

    fn take_diagnostic(&mut self, diagnostic: Diagnostic) {
        if let Some(list) = diagnostic.message.strip_prefix("native-static-libs: ") {
            self.native = list.split_whitespace().map(str::to_owned).collect();
        } else if !diagnostic.message.starts_with("link against the following native artifacts") {
            eprint!("{}", diagnostic.rendered.unwrap_or(diagnostic.message));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_archive_and_what_it_needs() {
        let mut built = Built::default();
        for line in [
            r#"{"reason":"compiler-artifact","target":{"kind":["lib"],"crate_types":["lib"]},"filenames":["/t/libdep.rlib"]}"#,
            r#"{"reason":"compiler-message","message":{"message":"link against the following native artifacts when linking against this static library","rendered":"note"}}"#,
            r#"{"reason":"compiler-message","message":{"message":"native-static-libs: -lgcc_s -lc","rendered":"note"}}"#,
            r#"{"reason":"compiler-artifact","target":{"crate_types":["staticlib"]},"filenames":["/t/libx.a"],"fresh":true}"#,
            r#"{"reason":"build-script-executed","linked_libs":["foo"],"linked_paths":["native=/opt/foo/lib","/opt/bar"],"cfgs":[]}"#,
            r#"{"reason":"build-finished","success":true}"#,
        ] {
            built.take(line);
        }
        assert_eq!(built.archive.as_deref(), Some(std::path::Path::new("/t/libx.a")));
        assert_eq!(built.native, ["-lgcc_s", "-lc"]);
        assert_eq!(built.search, ["/opt/foo/lib", "/opt/bar"].map(PathBuf::from));
    }
}
