//! One start of a program.

use super::build::Built;
use super::interrupt::was_interrupted;
use super::realtime;
use crate::catalogue::How;
use crate::report::Line;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use std::{env, process, thread};

/// How long a program measures.
#[derive(Clone, Copy)]
pub struct Pace {
    /// Rounds and how long one is, if the program does not decide.
    rounds: Option<(usize, f64)>,
    quick: bool,
    realtime: bool,
}

impl Pace {
    pub fn of(how: How, quick: bool, realtime: bool) -> Pace {
        let rounds = match how {
            How::Rounds(milliseconds) if quick => Some((9, f64::from(milliseconds) / 4.0)),
            How::Rounds(milliseconds) => Some((15, milliseconds.into())),
            How::OtherGos => Some((25, 4.0)),
            How::Once => None,
        };
        Pace { rounds, quick, realtime }
    }
}

/// No program needs that long: it hangs.
const PATIENCE: Duration = Duration::from_secs(600);
/// So much of what a program that failed had to say is in the report.
const LAST_WORDS: usize = 400;

/// Runs a program and gives each of its results away as soon as it is there.
///
/// The file that the results go to is the program's alone; lines are written whole.
pub fn launch(built: &Built, args: &[&str], pace: Pace, mut take: impl FnMut(Line)) -> Result<(), String> {
    let lines = Scratch::new("lines")?;
    let words = Scratch::new("words")?;
    let mut command = realtime::command(built.path.as_os_str(), pace.realtime);
    command.args(args_of(args, pace)).current_dir(&built.folder).envs(built.env.iter().cloned());
    command.env("GANGPLANK_BENCH_LINES", &lines.0);
    match pace.quick {
        true => command.env("GANGPLANK_BENCH_QUICK", "1"),
        false => command.env_remove("GANGPLANK_BENCH_QUICK"),
    };
    let errors = File::create(&words.0).map_err(|cause| cause.to_string())?;
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(errors);
    let mut child =
        command.spawn().map_err(|cause| format!("cannot start {}: {cause}", built.path.display()))?;

    let mut results = BufReader::new(File::open(&lines.0).map_err(|cause| cause.to_string())?);
    let end = wait(&mut child, || read(&mut results, &mut take));
    read(&mut results, &mut take)?;
    end.map_err(|why| format!("{why}{}", last_words(&words.0)))
}

/// The program's own flags come first: Go's flags end where something else begins.
fn args_of(args: &[&str], pace: Pace) -> Vec<String> {
    let (flags, rest) =
        args.split_at(args.iter().position(|arg| !arg.starts_with('-')).map_or(args.len(), |first| {
            // `-part x`: the word after a flag is its value.
            if first > 0 { args.len() } else { first }
        }));
    let mut all: Vec<String> = flags.iter().map(|arg| arg.to_string()).collect();
    if let Some((rounds, milliseconds)) = pace.rounds {
        all.extend(["-rounds".into(), rounds.to_string(), "-round".into(), format!("{milliseconds}ms")]);
    }
    all.extend(rest.iter().map(|arg| arg.to_string()));
    all
}

fn wait(child: &mut Child, mut meanwhile: impl FnMut() -> Result<(), String>) -> Result<(), String> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().map_err(|cause| cause.to_string())? {
            return match (was_interrupted(), status.success()) {
                (true, false) => Err("interrupted".into()),
                (_, true) => Ok(()),
                _ => Err(format!("it failed: {status}")),
            };
        }
        let why = if was_interrupted() {
            "interrupted".into()
        } else if start.elapsed() > PATIENCE {
            format!("it was stopped after {} s", PATIENCE.as_secs())
        } else if let Err(why) = meanwhile() {
            why
        } else {
            thread::sleep(Duration::from_millis(50));
            continue;
        };
        let _ = child.kill();
        let _ = child.wait();
        return Err(why);
    }
}

fn read(results: &mut impl BufRead, take: &mut impl FnMut(Line)) -> Result<(), String> {
    let mut text = String::new();
    while results.read_line(&mut text).map_err(|cause| cause.to_string())? > 0 {
        take(Line::parse(text.trim_end())?);
        text.clear();
    }
    Ok(())
}

fn last_words(path: &Path) -> String {
    let mut text = String::new();
    let _ = File::open(path).and_then(|file| file.take(1 << 20).read_to_string(&mut text));
    let text = text.trim();
    match text.char_indices().rev().nth(LAST_WORDS) {
        _ if text.is_empty() => String::new(),
        // The beginning says what happened; what follows a crash is stacks.
        Some(_) => format!(": {} ..", text.chars().take(LAST_WORDS).collect::<String>().trim_end()),
        None => format!(": {text}"),
    }
}

/// An empty file, gone when dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn new(what: &str) -> Result<Scratch, String> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = env::temp_dir().join(format!("gangplank-bench-{}-{n}-{what}", process::id()));
        File::create(&path).map_err(|cause| format!("cannot write {}: {cause}", path.display()))?;
        Ok(Scratch(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> (Built, Vec<Line>, Result<(), String>) {
        let built = Built {
            name: "sh".into(),
            path: "/bin/sh".into(),
            folder: env::temp_dir(),
            env: vec![("SCRIPT", script.into())],
            go: None,
        };
        let mut lines = Vec::new();
        let end = launch(&built, &["-c", "eval \"$SCRIPT\""], Pace::of(How::Once, true, false), |line| {
            lines.push(line)
        });
        (built, lines, end)
    }

    #[test]
    fn results_of_a_program_that_dies_are_kept() {
        let (_, lines, end) = shell(
            r#"echo '{"work":"w","way":"a","samples":[1]}' >> $GANGPLANK_BENCH_LINES; echo oh dear >&2; kill -SEGV $$"#,
        );
        assert_eq!(lines.len(), 1);
        let why = end.unwrap_err();
        assert!(why.contains("signal") && why.contains("oh dear"), "{why}");
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let built = Built { path: "/nowhere/at/all".into(), ..shell("true").0 };
        let end = launch(&built, &[], Pace::of(How::Once, false, false), |_| ());
        assert!(end.unwrap_err().contains("/nowhere/at/all"));
    }

    #[test]
    fn nonsense_is_refused() {
        let (_, _, end) = shell("echo nonsense >> $GANGPLANK_BENCH_LINES");
        assert!(end.unwrap_err().contains("nonsense"));
    }

    #[test]
    fn flags_come_first() {
        let pace = Pace::of(How::Rounds(4), true, false);
        assert_eq!(args_of(&["-part", "tails"], pace), ["-part", "tails", "-rounds", "9", "-round", "1ms"]);
        assert_eq!(args_of(&["memory"], Pace::of(How::Once, true, false)), ["memory"]);
        assert_eq!(args_of(&["memory"], pace), ["-rounds", "9", "-round", "1ms", "memory"]);
    }
}
