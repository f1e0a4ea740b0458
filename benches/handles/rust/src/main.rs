//! Measures the designs of handle tables in Rust: gangplank's, and the plain ones.

mod designs;
mod works;

use measure::{Conditions, Flags, Options};
use std::process::ExitCode;
use std::time::Duration;

fn main() -> ExitCode {
    let flags = match Flags::parse(61, Duration::from_millis(10)) {
        Ok(flags) => flags,
        Err(usage) => {
            eprintln!("handles-rust: {usage}");
            return ExitCode::from(2);
        }
    };
    println!("{}", Conditions::here());
    for group in works::groups() {
        // A million values take longer to go through.
        let Options { rounds, round, .. } = flags.options;
        let many = Options { rounds: (rounds / 2).max(3), round: round * 5, more: 0 };
        let options = if group.live >= designs::MILLION { many } else { flags.options };
        Flags { options, only: flags.only.clone(), rest: Vec::new() }.run(&group.works(), None);
    }
    ExitCode::SUCCESS
}
