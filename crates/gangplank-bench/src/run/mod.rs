//! Building and running the programs.

mod build;
mod gather;
mod interrupt;
mod launch;
mod progress;
mod realtime;

use crate::catalogue::{How, SECTIONS, STEPS, Step};
use crate::report::{Machine, Missing, Report, Row, SCHEMA, Section};
use build::{Builder, Built};
use gangplank_build::go::Search;
use gangplank_build::{Error, Result, report};
use gather::Gathered;
use launch::{Pace, launch};
use progress::Progress;
use std::path::PathBuf;

pub use interrupt::was_interrupted;

/// What to measure, and how.
#[derive(Debug)]
pub struct Request {
    /// Gangplank's repository.
    pub tree: PathBuf,
    /// Where cargo builds.
    pub target: PathBuf,
    /// A minute, not ten.
    pub quick: bool,
    /// Only these sections; all if there are none.
    pub only: Vec<String>,
    /// Programs have real-time priority.
    pub realtime: bool,
    /// Stay off the network.
    pub offline: bool,
    /// How to find Go.
    pub search: Search,
    /// Who reads along.
    pub report: report::Report,
    /// The command that repeats it, for the report.
    pub command: String,
}

/// Passes of a full run: processes differ, too, and not only rounds.
const PASSES: usize = 3;

/// Measures. What cannot be built, fails, or is not reached when the user interrupts is in the report with its reason.
///
/// # Errors
/// There is no section of a name that was asked for, the repository's `benches` are not there, or real-time priority was asked for and is not
/// permitted.
pub fn run(request: &Request) -> Result<Report> {
    let steps = chosen(request)?;
    if request.realtime {
        realtime::check()?;
    }
    interrupt::listen()?;
    let look = request.search.find(request.report);
    let mut machine = Machine::here(&request.tree, look.as_ref().ok());
    if request.realtime {
        machine.flags += &format!(", {}", realtime::FLAG);
    }
    let mut warnings = machine.warnings();
    warnings.iter().for_each(|warning| request.report.warn(warning));

    let mut gathered = Gathered::default();
    let builder = Builder::new(request, look);
    let built: Vec<Vec<Built>> = steps.iter().map(|step| builder.build(step, &mut gathered)).collect();

    if request.quick && request.only.is_empty() {
        for step in STEPS.iter().filter(|step| step.seconds.0 == 0.0) {
            let what = format!("{} ({})", step.section, step.program.folder);
            let what = if step.how == How::OtherGos { "other versions of Go" } else { &what };
            gathered.missing(step.section, what, "it takes too long for --quick; --only measures it");
        }
    }

    let passes = if request.quick { 1 } else { PASSES };
    let mut tasks: Vec<(usize, &Step, &Built)> = Vec::new();
    for pass in 0..passes {
        for (step, programs) in steps.iter().zip(&built) {
            if pass == 0 || matches!(step.how, How::Rounds(_)) {
                tasks.extend(programs.iter().map(|built| (pass, *step, built)));
            }
        }
    }
    let seconds = |step: &Step| if request.quick { step.seconds.0 } else { step.seconds.1 };
    let mut progress = Progress::new(request.report, tasks.iter().map(|(_, step, _)| seconds(step)).sum());
    // The programs that were not run to their end, each with the first pass of which that holds.
    let mut cut: Vec<(&Step, String, usize)> = Vec::new();
    for (pass, step, built) in tasks {
        let name = format!("{} ({})", step.section, built.name);
        if was_interrupted() {
            push_new(&mut cut, step, name, pass);
            continue;
        }
        progress.begin(&name, seconds(step));
        let pace = Pace::of(step.how, request.quick, request.realtime);
        let end = launch(built, step.args, pace, |line| {
            progress.show(&line);
            gathered.take(step, built, pass, line);
        });
        if end.is_err() && was_interrupted() {
            push_new(&mut cut, step, name, pass);
        } else if let Err(why) = end {
            let what = if pass == 0 { name } else { format!("{name}, pass {} of {passes}", pass + 1) };
            progress.hide(|| request.report.warn(format!("{what}: {why}")));
            gathered.missing(step.section, &what, &why);
        }
    }
    progress.end();
    for (step, name, first) in cut {
        let of_passes = format!("{name}, from pass {} of {passes} on", first + 1);
        gathered.missing(step.section, if first == 0 { &name } else { &of_passes }, "interrupted");
    }
    let mut sections = gathered.sections();
    sections.retain(|section| {
        let Section { rows, growth, figures, missing, .. } = section;
        !(rows.is_empty() && growth.is_empty() && figures.is_empty() && missing.is_empty())
    });
    warnings.extend(was_interrupted().then(|| "it was interrupted: not everything was measured".to_owned()));
    warnings.extend(doubts(&sections));
    Ok(Report {
        schema: SCHEMA,
        command: request.command.clone(),
        quick: request.quick,
        machine,
        warnings,
        sections,
    })
}

/// A program may be cut once, however many passes were to follow.
fn push_new<'a>(cut: &mut Vec<(&'a Step, String, usize)>, step: &'a Step, name: String, pass: usize) {
    if !cut.iter().any(|(other, known, _)| std::ptr::eq(*other, step) && *known == name) {
        cut.push((step, name, pass));
    }
}

/// The steps of the sections that were asked for.
fn chosen(request: &Request) -> Result<Vec<&'static Step>> {
    let names: Vec<&str> = SECTIONS.iter().map(|section| section.name).collect();
    if let Some(unknown) = request.only.iter().find(|name| !names.contains(&name.as_str())) {
        return Err(Error::new(format!("there is no section {unknown}"))
            .help(format!("the sections are {}", names.join(", "))));
    }
    let benches = request.tree.join("benches");
    if !benches.is_dir() {
        return Err(Error::new(format!(
            "the benchmark programs are not here: there is no {}",
            benches.display()
        ))
        .help("clone gangplank's repository and run `cargo run --release -- bench` in it"));
    }
    let wanted = |step: &&Step| {
        let seconds = if request.quick { step.seconds.0 } else { step.seconds.1 };
        let asked = request.only.is_empty() || request.only.iter().any(|name| name == step.section);
        asked && (seconds > 0.0 || !request.only.is_empty())
    };
    Ok(STEPS.iter().filter(wanted).collect())
}

/// A row whose interval is wider than this, as a part of its median, says little.
const WIDE: f64 = 0.2;

/// What the numbers themselves say about the machine.
fn doubts(sections: &[Section]) -> Option<String> {
    let rows: Vec<&Row> =
        sections.iter().flat_map(|section| &section.rows).filter(|row| !row.is_plain()).collect();
    let wide = rows.iter().filter(|row| row.ratio_high - row.ratio_low > WIDE * row.ratio).count();
    if wide * 4 <= rows.len() {
        return None;
    }
    let mut text = format!(
        "noise: the ratio's interval is wider than {:.0} % in {wide} of {} rows; nothing smaller than that is known",
        WIDE * 100.0,
        rows.len()
    );
    let differ = rows.iter().filter(|row| differ(row)).count();
    if differ > 0 {
        text += &format!(" ({differ} of them because processes of the same program differ so much)");
    }
    Some(text)
}

/// Do the passes alone make its interval wide?
fn differ(row: &Row) -> bool {
    let least = row.passes.iter().copied().fold(f64::INFINITY, f64::min);
    let most = row.passes.iter().copied().fold(0.0, f64::max);
    most - least > WIDE * row.ratio
}

/// What was named instead of being measured.
pub fn all_missing(report: &Report) -> impl Iterator<Item = (&str, &Missing)> {
    report.sections.iter().flat_map(|s| s.missing.iter().map(move |missing| (s.name.as_str(), missing)))
}
