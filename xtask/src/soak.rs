//! The parts that lean on the runtime most, over and over.

use crate::generated;
use gangplank_build::go::{Search, Toolchain};
use gangplank_build::report::Report;
use gangplank_build::{Error, Result};
use std::ffi::OsString;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// A way to run the tests.
struct Mode {
    /// What the end-to-end tests call it.
    name: &'static str,
    args: &'static [&'static str],
    env: &'static [(&'static str, &'static str)],
}

const MODES: &[Mode] = &[
    Mode { name: "plain", args: &[], env: &[("GANGPLANK_CALLS", "1000000")] },
    Mode { name: "race", args: &["-race"], env: &[] },
    Mode { name: "gogc1", args: &[], env: &[("GOGC", "1")] },
    Mode { name: "cgocheck2", args: &[], env: &[("GOEXPERIMENT", "cgocheck2")] },
];

/// What is run in each mode: everything that `tests/e2e/observed` does at once, for half of the time; the fast lane's own suite; and behaviours of `tests/e2e`.
const MIXED: &str = "mixed";
const LANE: &str = "fastcall";
const PARTS: &[&str] =
    &[MIXED, LANE, "fast", "objects", "closures", "batches", "goexit", "async_imports", "tasks"];

/// Runs all parts in all modes, again and again, for so many minutes. What has begun then is finished. The first failure ends it.
pub fn soak(minutes: u64) -> Result<()> {
    let go = Search::from_env().find(Report::Person)?;
    generated::link(&["observed"])?;
    let (from, time) = (Instant::now(), Duration::from_secs(minutes.saturating_mul(60)));
    let runs = MODES.iter().flat_map(|mode| PARTS.iter().map(move |part| (mode, *part)));
    let mut done = 0;
    for (mode, part) in runs.cycle() {
        if from.elapsed() >= time {
            break;
        }
        let start = Instant::now();
        let (mut command, shown) = command(&go, mode, part, time / (2 * MODES.len() as u32));
        let Output { status, stdout, stderr } =
            command.output().map_err(|cause| Error::new(format!("cannot start `{shown}`: {cause}")))?;
        let (minute, round) = (from.elapsed().as_secs() / 60, done / (MODES.len() * PARTS.len()) + 1);
        // cargo is content with a name that no test has.
        let ran = part == LANE || part == MIXED || String::from_utf8_lossy(&stdout).contains("1 passed");
        if !status.success() || !ran {
            println!("{}", String::from_utf8_lossy(&[stdout, stderr].concat()));
            return Err(Error::new(format!(
                "{part} failed in mode {} ({status}), in round {round}, minute {minute}",
                mode.name
            ))
            .help(format!("what failed is printed above; to repeat it: {shown}")));
        }
        if part == MIXED {
            let told = String::from_utf8_lossy(&stdout);
            told.lines().filter(|line| line.contains(" rounds")).for_each(|line| println!("    {line}"));
        }
        done += 1;
        println!(
            "minute {minute:>3} of {minutes}  round {round:<3} {:<9} {part:<8} ok in {} s",
            mode.name,
            start.elapsed().as_secs()
        );
    }
    println!("{done} runs went well in {} minutes", from.elapsed().as_secs() / 60);
    Ok(())
}

/// The command of one run, and how a person types it.
fn command(go: &Toolchain, mode: &Mode, part: &str, mixed: Duration) -> (Command, String) {
    let (mut command, mut words, lead) = if part == MIXED {
        let words = ["test", "-count=1", "-timeout=0", "-v", "-run=^TestSoak$"].map(String::from).to_vec();
        (go.command(&generated::module()), words, "go -C tests/e2e")
    } else if part == LANE {
        // Tests that build programs are not what is soaked.
        let words = vec!["test".to_owned(), "-count=1".into(), "-short".into(), "-timeout=30m".into()];
        (go.command(&crate::root().join("go")), words, "go -C go")
    } else {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
        cargo.current_dir(crate::root());
        let words = ["test", "-p", "gangplank-e2e", "--test", "behaviours", "--", "--exact"];
        (cargo, words.map(String::from).to_vec(), "cargo")
    };
    let mut env = String::new();
    match part {
        LANE | MIXED => {
            words.extend(mode.args.iter().map(|arg| (*arg).to_owned()));
            words.push(if part == LANE { "./fastcall" } else { "./observed" }.into());
            command.envs(mode.env.iter().copied());
            env.extend(mode.env.iter().map(|(name, value)| format!("{name}={value} ")));
            if part == MIXED {
                let time = format!("{}s", mixed.as_secs().max(1));
                env += &format!("GANGPLANK_SOAK={time} ");
                command.env("GANGPLANK_SOAK", time);
            }
        }
        _ => {
            words.push(format!("{part}::{}", mode.name));
            // The test itself sets what its mode needs.
            for (name, value) in mode.env.iter().filter(|(name, _)| name.starts_with("GANGPLANK")) {
                command.env(name, value);
                env += &format!("{name}={value} ");
            }
        }
    }
    let shown = format!("{env}{lead} {}", words.join(" "));
    command.args(words);
    (command, shown)
}
