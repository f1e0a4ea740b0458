//! The pages.

use crate::suite::{SUITES, command};
use report::{Conditions, Growth, Report, Row, Stage};
use std::fmt::Write;

/// BENCHMARKS.md.
pub fn page(reports: &[Report]) -> String {
    let mut page = String::from("# Benchmarks\n\n");
    let run = command("run");
    paragraph(
        &mut page,
        &[
            "Every number here comes from the suite in `benches/`, and this page is written from its results (`benches/results/`).",
            "Each table compares ways to do the same work in one run: every round runs each way once, in alternating order, for 5 ms;",
            "*ns* is the median of 61 rounds per call, *middle half* where half of the rounds lie, *ratio* the median of the rounds' ratios",
            "to the first way, *Go allocs* the heap allocations per call. Tests assert that all ways give the same results. *Load* is the number of",
            "threads that wanted to run when the benchmark began: with more than the machine has cores, only the ratios mean anything. The calls",
            "below were measured with real-time priority (`chrt -f 1`), because the machine was busy.",
        ],
    );
    let _ = writeln!(page, "```\n{run}\n```\n");
    for (report, suite) in reports.iter().zip(SUITES) {
        let _ = writeln!(page, "## {}\n", suite.title);
        write_rows(&mut page, &report.rows);
        write_memory(&mut page, &report.memory);
        write_stages(&mut page, &report.stages);
        write_conditions(&mut page, &report.conditions);
    }
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

/// Where README.md has its table.
const BEGIN: &str = "<!-- figures: begin -->\n";
const END: &str = "<!-- figures: end -->";

/// README.md with the table of what a call costs, beside the first way of each work: the plain one.
pub fn readme(text: &str, reports: &[Report]) -> Result<String, &'static str> {
    let (before, rest) = text.split_once(BEGIN).ok_or("README.md has no place for the figures")?;
    let (_, after) = rest.split_once(END).ok_or("README.md has no end of the figures")?;
    let mut table = String::from(BEGIN);
    for (report, suite) in reports.iter().zip(SUITES).filter(|(report, _)| !report.rows.is_empty()) {
        let _ =
            writeln!(table, "| {} | plain way | ns | gangplank, ns | ratio | Go allocations |", suite.title);
        let _ = writeln!(table, "| --- | --- | ---: | ---: | ---: | ---: |");
        for work in report.rows.chunk_by(|a, b| a.work == b.work) {
            let plain = &work[0];
            for row in work.iter().filter(|row| row.way == "gangplank") {
                let Row { ns, ratio, allocs, .. } = row;
                let _ = writeln!(
                    table,
                    "| {} | {} | {:.1} | {ns:.1} | {ratio:.2} | {allocs} |",
                    plain.work, plain.way, plain.ns
                );
            }
        }
        let _ = writeln!(table, "\n{}.\n", report.conditions);
    }
    table.truncate(table.trim_end().len());
    Ok(format!("{before}{table}\n{END}{after}"))
}

fn paragraph(page: &mut String, lines: &[&str]) {
    let _ = writeln!(page, "{}\n", lines.join("\n"));
}

fn write_rows(page: &mut String, rows: &[Row]) {
    for work in rows.chunk_by(|a, b| a.work == b.work) {
        let _ = writeln!(page, "| {} | ns | middle half | ratio | at most | Go allocs |", work[0].work);
        let _ = writeln!(page, "| --- | ---: | ---: | ---: | --- | ---: |");
        for Row { way, ns, low, high, ratio, to, limit, allocs, .. } in work {
            let bar = limit.map_or(String::new(), |limit| verdict(*ratio <= limit, &limit.to_string()));
            let ratio = if way == to { "1".into() } else { format!("{ratio:.2}") };
            let _ = writeln!(page, "| {way} | {ns:.1} | {low:.1} - {high:.1} | {ratio} | {bar} | {allocs} |");
        }
        page.push('\n');
    }
}

fn write_memory(page: &mut String, growths: &[Growth]) {
    if growths.is_empty() {
        return;
    }
    paragraph(
        page,
        &[
            "What many calls leave behind, after a collection. A leak of one byte a call would show as the number of calls.",
        ],
    );
    let _ = writeln!(page, "| call | calls | Go heap | native heap | resident |");
    let _ = writeln!(page, "| --- | ---: | ---: | ---: | ---: |");
    for Growth { work, calls, go, native, resident } in growths {
        let [go, native, resident] =
            [go, native, resident].map(|bytes| format!("{:+.1} kB", *bytes as f64 / 1e3));
        let _ = writeln!(page, "| {work} | {calls} | {go} | {native} | {resident} |");
    }
    page.push('\n');
}

fn write_stages(page: &mut String, stages: &[Stage]) {
    if stages.is_empty() {
        return;
    }
    paragraph(page, &["An interface of 1,000 functions and 300 records."]);
    let _ = writeln!(page, "| stage | ms | at most |");
    let _ = writeln!(page, "| --- | ---: | --- |");
    for Stage { stage, milliseconds, limit } in stages {
        let bar = limit.map_or(String::new(), |limit| verdict(*milliseconds <= limit, &limit.to_string()));
        let _ = writeln!(page, "| {stage} | {milliseconds:.1} | {bar} |");
    }
    page.push('\n');
}

fn verdict(kept: bool, limit: &str) -> String {
    format!("{limit}: {}", if kept { "kept" } else { "**missed**" })
}

fn write_conditions(page: &mut String, conditions: &Conditions) {
    let _ = writeln!(page, "{conditions}.\n");
}
