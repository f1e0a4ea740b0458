//! Real-time priority: nothing else on the machine gets between the rounds.

use gangplank_build::{Error, Result};
use std::ffi::OsStr;
use std::process::{Command, Stdio};

/// Round robin: threads of one program that are more than the cores still take turns.
const CHRT: &[&str] = &["chrt", "--rr", "50"];

/// What the report says of it, among the flags.
pub const FLAG: &str = "real-time priority (round robin)";

/// May programs have it?
///
/// # Errors
/// There is no `chrt`, or the user may not use it.
pub fn check() -> Result<()> {
    let output = command(OsStr::new("true"), true).stdin(Stdio::null()).output();
    let why = match output {
        Ok(output) if output.status.success() => return Ok(()),
        Ok(output) => String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        Err(cause) => format!("{}: {cause}", CHRT[0]),
    };
    Err(Error::new(format!("--realtime: {why}")).help(
        "it needs chrt (of util-linux) and the right to use it: root, CAP_SYS_NICE, or `ulimit -r 50`; without --realtime it goes as well",
    ))
}

/// How a program is started.
pub fn command(program: &OsStr, realtime: bool) -> Command {
    if !realtime {
        return Command::new(program);
    }
    let mut command = Command::new(CHRT[0]);
    command.args(&CHRT[1..]).arg(program);
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_runs_under_chrt_if_asked() {
        let words = |realtime| {
            let command = command(OsStr::new("p"), realtime);
            [command.get_program()]
                .into_iter()
                .chain(command.get_args())
                .map(|w| w.to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            (words(false).join(OsStr::new(" ")), words(true).join(OsStr::new(" "))),
            ("p".into(), "chrt --rr 50 p".into())
        );
        // Permitted or not: an answer.
        if let Err(error) = check() {
            assert!(error.render().contains("--realtime: "), "{}", error.render());
        }
    }
}
