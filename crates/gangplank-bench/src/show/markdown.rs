//! BENCHMARKS.md, and the table in README.md.

use super::number::{count, ratio, time};
use super::table::{Table, tables};
use crate::catalogue;
use crate::report::{Report, Row};
use crate::run::all_missing;
use std::fmt::Write;

/// BENCHMARKS.md.
pub fn page(report: &Report) -> String {
    let mut page = String::from("# Benchmarks\n\n");
    page += INTRODUCTION;
    let _ = writeln!(page, "\n```\n{}\n```\n\n{}.\n", report.command, report.machine);
    for warning in &report.warnings {
        let _ = writeln!(page, "> **Warning**: {warning}.\n");
    }
    for section in &report.sections {
        let known = catalogue::section(&section.name);
        let _ = writeln!(page, "## {}\n", known.map_or(section.name.as_str(), |known| known.title));
        if let Some(known) = known {
            let _ = writeln!(page, "{}\n", known.about);
        }
        tables(section, &report.machine.go).iter().for_each(|table| write_table(&mut page, table));
    }
    let mut missing = all_missing(report).peekable();
    if missing.peek().is_some() {
        page += "## Not measured\n\n";
    }
    for (section, missing) in missing {
        let why = missing.why.lines().next().unwrap_or_default();
        let _ = writeln!(page, "- {section}: {}: {why}", missing.what);
    }
    page.truncate(page.trim_end().len());
    page + "\n"
}

const INTRODUCTION: &str = "\
Every number here comes from the suite in `benches/`; this page is written from what it found (`benches/results/suite.json`) by
`cargo run -p gangplank-bench -- write`. Each table compares ways to do the same work. Every round runs each way once, in alternating order, so that all
see the same noise; a full run has 15 rounds in each of 3 processes, up to 22 where a ratio jumps. *Time* is the median per call and *interval* its 95 % confidence interval, widened to the
medians of the processes. *Ratio* is the median of the rounds' ratios to the first way, the plain one. In tables of many
points the ratio stands in parentheses. *Go allocs* are Go's heap allocations per call, *crossings*
how often a call crosses between the languages. *At most* is the bar that we set ourselves; what misses it stays in the table. Tests assert that all
ways of a work give the same results.
";

fn write_table(page: &mut String, table: &Table) {
    let heads: Vec<String> = table.heads.iter().map(|head| plain(head)).collect();
    let _ = writeln!(page, "| {} | {} |", plain(&table.name), heads.join(" | "));
    let _ = writeln!(page, "| ---{} |", " | ---:".repeat(heads.len()));
    for line in &table.lines {
        let (name, cells) = line.split_first().expect("a line has a name");
        let _ = writeln!(page, "| {} | {} |", plain(name), cells.join(" | "));
    }
    page.push('\n');
}

/// A name, in which a star is Go's and no emphasis.
fn plain(name: &str) -> String {
    name.replace('*', "\\*").replace('|', "\\|")
}

/// Where README.md has its table.
const BEGIN: &str = "<!-- figures: begin -->\n";
const END: &str = "<!-- figures: end -->";

/// The works of the README's tables of single calls.
const CALLS: &[&str] = &["Go calls Rust: ", "a Rust thread calls Go: "];

/// A line of the README's table of techniques: two ways of one work.
struct Technique {
    what: &'static str,
    section: &'static str,
    work: &'static str,
    plain: &'static str,
    ours: &'static str,
    /// How the plain way and ours are called there.
    shown: [&'static str; 2],
}

const fn technique(
    what: &'static str,
    [section, work]: [&'static str; 2],
    [plain, ours]: [&'static str; 2],
    shown: [&'static str; 2],
) -> Technique {
    Technique { what, section, work, plain, ours, shown }
}

#[rustfmt::skip]
const TECHNIQUES: &[Technique] = &[
    technique("Go calls Rust, which may call back", ["crossings", "from Go, u64 -> u64"],
        ["Go -> C", "Go -> Rust, generated, fast lane, may call back"], ["cgo", "fast lane"]),
    technique("Rust calls Go back", ["crossings", "from Rust, u64 -> u64"],
        ["Rust -> Go on the goroutine's thread, by hand", "Rust -> Go on the goroutine's thread, fast lane"], ["cgo", "fast lane"]),
    technique("a thread calls Go", ["crossings", "from Rust, u64 -> u64"],
        ["Rust thread -> Go, by hand", "hosted thread -> Go, gangplank"], ["a thread of Rust, cgo", "hosted thread"]),
    technique("an item of 256, Go calls Rust", ["batching", "generated: Go calls Rust: u64 -> u64, 256 items"],
        ["single calls", "in a batch"], ["a call each", "one batch"]),
    technique("an item of 256, Rust calls Go", ["batching", "generated: Rust calls Go: u64 -> u64, 256 items"],
        ["single calls", "in a batch"], ["a call each", "one batch"]),
    technique("find a Go value by its handle, two goroutines", ["handles", "Get, 1 thousand live, 2 cores"],
        ["map with a Mutex + atomic counter", "Table[*T]"], ["one map, one lock", "handle table"]),
    technique("file, find and release a Go value, two goroutines", ["handles", "New + Get + Delete, 1 thousand live, 2 cores"],
        ["map with a Mutex + atomic counter", "Table[*T]"], ["one map, one lock", "handle table"]),
    technique("a message through four roles of a stream engine", ["wallaroo", "a message through the pipeline"],
        ["Wallaroo's: four callbacks, sharded maps of ids", "one fast callback, batches of 64"], ["a callback each, ids", "batches, fast lane"]),
    technique("Rust awaits Go, 64 calls in flight", ["async", "Rust awaits Go: u64 -> u64, 64 in flight"],
        ["by hand, a goroutine and a callback", "gangplank"], ["a goroutine and a callback each", "posted calls"]),
];

/// README.md with its tables: what a call costs, beside the plain way of each work, and what the techniques save.
///
/// # Errors
/// The README has no place for it, or the report has no crossings.
pub fn readme(text: &str, report: &Report) -> Result<String, &'static str> {
    let (before, rest) = text.split_once(BEGIN).ok_or("README.md has no place for the figures")?;
    let (_, after) = rest.split_once(END).ok_or("README.md has no end of the figures")?;
    let crossings = report.sections.iter().find(|section| section.name == "crossings");
    let rows = &crossings.ok_or("the report has no crossings")?.rows;
    let mut table = String::from(BEGIN);
    for direction in CALLS {
        let title = direction[..1].to_uppercase() + direction[1..].trim_end_matches(": ");
        let _ = writeln!(table, "| {title} | plain way | time | gangplank | ratio | Go allocs |");
        table += "| --- | --- | ---: | ---: | ---: | ---: |\n";
        for plain in rows.iter().filter(|row| row.is_plain()) {
            let Some(work) = plain.work.strip_prefix(direction) else { continue };
            for ours in rows.iter().filter(|row| row.work == plain.work && row.way == "gangplank") {
                let _ = writeln!(table, "{}", compared(work, plain, ours));
            }
        }
        table.push('\n');
    }
    table += "| Technique | plain way | time | here | time | ratio |\n";
    table += "| --- | --- | ---: | --- | ---: | ---: |\n";
    for (technique, plain, ours) in TECHNIQUES.iter().filter_map(|technique| technique.found(report)) {
        let ([way, better], [then, now]) = (technique.shown, [time(plain.ns), time(ours.ns)]);
        let ratio = ratio(ours.ratio / plain.ratio);
        let _ = writeln!(table, "| {} | {way} | {then} | {better} | {now} | {ratio} |", technique.what);
    }
    table.push('\n');
    let _ = write!(table, "`{}`: {}.", report.command, report.machine);
    if !report.warnings.is_empty() {
        let _ = write!(table, " Mind: {}.", report.warnings.join("; "));
    }
    Ok(format!("{before}{table}\n{END}{after}"))
}

impl Technique {
    /// The technique and the rows of its two ways.
    fn found<'a>(&'a self, report: &'a Report) -> Option<(&'a Technique, &'a Row, &'a Row)> {
        let section = report.sections.iter().find(|section| section.name == self.section)?;
        let row = |way: &str| {
            section.rows.iter().find(|row| row.work == self.work && row.way == way && row.go.is_empty())
        };
        Some((self, row(self.plain)?, row(self.ours)?))
    }
}

fn compared(work: &str, plain: &Row, ours: &Row) -> String {
    let allocs = ours.allocs.map_or(String::new(), count);
    let (way, then, now) = (&plain.way, time(plain.ns), time(ours.ns));
    format!("| {work} | {way} | {then} | {now} | {} | {allocs} |", ratio(ours.ratio))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Machine, Missing, SCHEMA, Section};
    use std::path::Path;

    fn report() -> Report {
        let row = |way: &str, ns: f64| Row {
            work: "Go calls Rust: nothing".into(),
            way: way.into(),
            to: "bare cgo call".into(),
            ns,
            ratio: ns / 30.0,
            allocs: Some(0.0),
            ..Row::default()
        };
        Report {
            schema: SCHEMA,
            command: "gangplank bench".into(),
            quick: false,
            machine: Machine::here(Path::new("."), None),
            warnings: vec!["it was busy".into()],
            sections: vec![Section {
                name: "crossings".into(),
                rows: vec![row("bare cgo call", 30.0), row("gangplank", 33.0)],
                missing: vec![Missing { what: "Go 1.99".into(), why: "it is not there\nat all".into() }],
                ..Section::default()
            }],
        }
    }

    #[test]
    fn the_page_has_numbers_conditions_and_what_is_missing() {
        let page = page(&report());
        for part in [
            "| gangplank |",
            "33.0 ns",
            "1.10",
            "gangplank bench",
            "it was busy",
            "Go 1.99: it is not there\n",
        ] {
            assert!(page.contains(part), "{part} is not in\n{page}");
        }
    }

    #[test]
    fn every_technique_is_in_the_committed_report() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../benches/results/suite.json");
        let report = Report::load(Path::new(file)).unwrap();
        let missing: Vec<&str> = TECHNIQUES
            .iter()
            .filter(|technique| technique.found(&report).is_none())
            .map(|technique| technique.what)
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn the_readme_changes_only_between_its_marks() {
        let text = format!("# a\n{BEGIN}old\n{END}\nb\n");
        // Once: it says how busy the machine is now.
        let report = report();
        let new = readme(&text, &report).unwrap();
        assert!(new.starts_with("# a\n") && new.ends_with("-->\nb\n") && !new.contains("old"));
        assert!(new.contains("| nothing | bare cgo call | 30.0 ns | 33.0 ns | 1.10 | 0 |"), "{new}");
        assert_eq!(readme(&new, &report).unwrap(), new);
        assert!(readme("nothing", &report).is_err());
    }
}
