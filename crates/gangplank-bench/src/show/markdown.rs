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

/// The works of the README's table: those of one call, and what stands out elsewhere.
const CALLS: &[&str] = &["Go calls Rust: ", "a Rust thread calls Go: "];

/// README.md with its table: what a call costs, beside the plain way of each work.
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
    let _ = write!(table, "`{}`: {}.", report.command, report.machine);
    if !report.warnings.is_empty() {
        let _ = write!(table, " Mind: {}.", report.warnings.join("; "));
    }
    Ok(format!("{before}{table}\n{END}{after}"))
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
