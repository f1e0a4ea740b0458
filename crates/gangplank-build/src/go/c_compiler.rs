//! The C compiler that cgo compiles and links with.

use super::Toolchain;
use crate::target::Target;
use crate::{Error, Result, process};
use std::env;
use std::ffi::{OsStr, OsString};

/// The C compiler for a target: what the environment names for it, or Go's usual one for this machine.
///
/// # Errors
/// It is not installed; or the target is another system, and nothing names a compiler for it.
pub fn c_compiler(go: &Toolchain, target: &Target, host: &Target) -> Result<OsString> {
    let triple = target.triple.replace('-', "_");
    let native = target.is_native_to(host);
    let mut names = vec![format!("CC_{}", target.triple), format!("CC_{triple}")];
    if !native {
        names.push("TARGET_CC".to_owned());
    }
    names.push("CC".to_owned());
    if !native {
        names.push(format!("CARGO_TARGET_{}_LINKER", triple.to_uppercase()));
    }
    let set = names.iter().find_map(|name| env::var_os(name).filter(|value| !value.is_empty()));
    let compiler = match set {
        Some(compiler) => compiler,
        None if native => go.env("CC")?.into(),
        None => {
            return Err(Error::new(format!(
                "building for {} on {} needs a C compiler for it",
                target.triple, host.triple
            ))
            .help(format!("install one and name it: CC={} gangplank ..", suggestion(target))));
        }
    };
    // `ccache gcc`, `zig cc -target ..`
    let words = compiler.to_string_lossy().into_owned();
    let program = words.split_whitespace().next().unwrap_or_default();
    match process::find_program(&compiler, env::var_os("PATH").as_deref())
        .or_else(|| process::find_program(OsStr::new(program), env::var_os("PATH").as_deref()))
    {
        Some(_) => Ok(compiler),
        None => Err(Error::new(format!("there is no C compiler `{program}`, which Go needs to link with Rust")).help(
            "install one (Debian and Ubuntu: apt install gcc libc6-dev; Fedora: dnf install gcc; macOS: xcode-select --install), or name one in CC",
        )),
    }
}

fn suggestion(target: &Target) -> String {
    match target.triple.split('-').collect::<Vec<_>>()[..] {
        [_, _, "linux", "musl"] if target.goarch == "amd64" => "musl-gcc".to_owned(),
        [arch, _, "linux", environment] => format!("{}-linux-{environment}-gcc", arch.trim_end_matches("gc")),
        [arch, _, "windows", ..] => format!("{arch}-w64-mingw32-gcc"),
        _ => "the-compiler".to_owned(),
    }
}
