//! `gangplank bench`.

use crate::session::Session;
use clap::Args;
use gangplank_bench::catalogue::SECTIONS;
use gangplank_bench::{Report, Request, compare, run as measure, show};
use gangplank_build::{Error, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Measure what a bridge between Rust and Go costs on this machine
///
/// Builds the programs in the repository's `benches` folder and runs them: about ten minutes, or one with --quick, after the
/// builds. Ctrl-C ends it early; what was measured until then is reported, and the rest is named.
#[derive(Args)]
#[command(after_help = after_help())]
pub struct Bench {
    /// Fewer rounds and fewer points: about a minute
    #[arg(short = 'Q', long)]
    pub quick: bool,
    /// Measure only this section; may be given several times
    #[arg(long, value_name = "SECTION", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Run the programs with real-time priority, so that nothing else gets between the rounds; needs root or CAP_SYS_NICE
    #[arg(long)]
    pub realtime: bool,
    /// Write everything that was found
    #[arg(long, value_name = "FILE")]
    pub json: Option<PathBuf>,
    /// Write a page with plots, for a browser
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Say what is faster or slower than in a file that --json wrote, where the noise lets us
    #[arg(long, value_name = "OLD.json")]
    pub compare: Option<PathBuf>,
    /// Measure nothing: show a file that --json wrote
    #[arg(long, value_name = "FILE", conflicts_with_all = ["quick", "only", "json", "realtime"])]
    pub show: Option<PathBuf>,
}

/// The sections are those of the catalogue.
fn after_help() -> String {
    let names: Vec<&str> = SECTIONS.iter().map(|section| section.name).collect();
    format!(
        "Sections: {}\n\n\
        Examples:\n  \
        gangplank bench --quick\n  \
        gangplank bench --json new.json --html new.html --compare old.json\n  \
        gangplank bench --only crossings --only peers",
        names.join(", ")
    )
}

/// What a shell says of a program that Ctrl-C ended.
const INTERRUPTED: u8 = 130;

pub fn run(session: &Session, bench: &Bench) -> Result<ExitCode> {
    let at = |file: &Option<PathBuf>| file.as_ref().map(|file| session.folder.join(file));
    // Mistakes are told before ten minutes have passed, not after.
    let older = at(&bench.compare).map(|file| Report::load(&file)).transpose()?;
    for file in [at(&bench.json), at(&bench.html)].into_iter().flatten() {
        can_write(&file)?;
    }
    let report = match at(&bench.show) {
        Some(file) => Report::load(&file)?,
        None => measure(&request(session, bench)?)?,
    };
    print!("{}", show::print(&report));
    if let Some(older) = older {
        print!("{}", show::comparison(&compare::compare(&older, &report)));
    }
    if let Some(file) = at(&bench.json) {
        report.save(&file)?;
        session.report.step("Wrote", file.display());
    }
    if let Some(file) = at(&bench.html) {
        let text = show::html(&report);
        fs::write(&file, text)
            .map_err(|cause| Error::new(format!("cannot write {}: {cause}", file.display())))?;
        session.report.step("Wrote", file.display());
    }
    if gangplank_bench::run::was_interrupted() {
        return Ok(ExitCode::from(INTERRUPTED));
    }
    let empty = report.rows().next().is_none() && report.sections.iter().all(|s| s.growth.is_empty());
    Ok(if empty { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn request(session: &Session, bench: &Bench) -> Result<Request> {
    let tree = super::demo::source_tree("benches", "bench")?;
    Ok(Request {
        target: super::demo::target_folder(&tree, "benches"),
        tree,
        quick: bench.quick,
        realtime: bench.realtime,
        only: bench.only.clone(),
        offline: session.is_offline(),
        search: session.search.clone(),
        report: session.report,
        command: command(bench),
    })
}

/// The command that measures the same. Where the results go does not matter.
fn command(bench: &Bench) -> String {
    let mut words = vec!["cargo run --release -- bench".to_owned()];
    words.extend(bench.quick.then(|| "--quick".to_owned()));
    words.extend(bench.realtime.then(|| "--realtime".to_owned()));
    words.extend(bench.only.iter().map(|section| format!("--only {section}")));
    words.extend(bench.json.as_ref().map(|file| format!("--json {}", file.display())));
    words.join(" ")
}

fn can_write(file: &Path) -> Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if folder.is_dir() && !file.is_dir() {
        return Ok(());
    }
    let help = if file.is_dir() { "it is a folder: name a file in it" } else { "make its folder first" };
    Err(Error::new(format!("cannot write {}", file.display())).help(help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_repeats_the_measurement() {
        let mut bench = Bench {
            quick: true,
            only: Vec::new(),
            realtime: false,
            json: None,
            html: None,
            compare: None,
            show: None,
        };
        assert_eq!(command(&bench), "cargo run --release -- bench --quick");
        bench.only = vec!["tails".into(), "peers".into()];
        bench.html = Some("a.html".into());
        bench.realtime = true;
        assert_eq!(
            command(&bench),
            "cargo run --release -- bench --quick --realtime --only tails --only peers"
        );
    }

    #[test]
    fn files_that_cannot_be_written_are_told_at_once() {
        let folder = tempfile::tempdir().unwrap();
        assert!(can_write(&folder.path().join("a.json")).is_ok());
        assert!(can_write(folder.path()).is_err());
        assert!(can_write(&folder.path().join("none/a.json")).is_err());
        assert!(can_write(Path::new("a.json")).is_ok());
    }
}
