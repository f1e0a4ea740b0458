//! A debugger on a program with generated code: a test that is skipped where there is none, with one.

use crate::debian;
use gangplank_build::{Error, Result};
use std::ffi::OsString;
use std::process::Command;

/// Installs gdb if it is missing, and runs the test.
pub fn debugger() -> Result<()> {
    debian::provide(&["gdb"]).map_err(Error::new)?;
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    cargo.current_dir(crate::root()).env("GANGPLANK_TEST_DEBUGGER", "gdb");
    cargo.args([
        "test",
        "-p",
        "gangplank-e2e",
        "--test",
        "linked",
        "--",
        "--exact",
        "a_debugger_reads_the_stack",
    ]);
    match cargo.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Error::new(format!("the test failed: {status}"))),
        Err(cause) => Err(Error::new(format!("cannot start cargo: {cause}"))),
    }
}
