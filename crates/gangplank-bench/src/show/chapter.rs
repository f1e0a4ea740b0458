//! Tables in the chapters of docs: each stands between a mark that names what was measured and one that ends it, so that a chapter never tells of another run.
//!
//! ```text
//! <!-- figures: Get, 1 thousand live -->     the works "Get, 1 thousand live, 1 core" and ".., 2 cores", a column for each
//! <!-- figures: machine -->                  what they were measured on
//! <!-- figures: end -->
//! ```

use super::number::{count, ratio, time};
use crate::report::{Report, Row};
use std::fmt::Write;

const MARK: &str = "<!-- figures: ";
const CLOSES: &str = " -->\n";
const END: &str = "<!-- figures: end -->";
/// The mark of the conditions.
const MACHINE: &str = "machine";

/// A chapter with its tables, of a section of the report.
///
/// # Errors
/// A mark is not closed, or names what the report does not have.
pub fn chapter(text: &str, report: &Report, section: &str) -> Result<String, String> {
    let missing = || format!("the report has no section {section}");
    let rows = &report.sections.iter().find(|found| found.name == section).ok_or_else(missing)?.rows;
    let (mut out, mut rest) = (String::new(), text);
    while let Some((before, marked)) = rest.split_once(MARK) {
        let (name, body) = marked.split_once(CLOSES).ok_or("a mark of figures has no end of line")?;
        let (_, after) =
            body.split_once(END).ok_or_else(|| format!("the figures of `{name}` have no end"))?;
        let figures = if name == MACHINE { conditions(report) } else { table(rows, name)? };
        let _ = write!(out, "{before}{MARK}{name}{CLOSES}{figures}\n{END}");
        rest = after;
    }
    Ok(out + rest)
}

fn conditions(report: &Report) -> String {
    let mut text = format!("`{}`: {}.", report.command, report.machine);
    if !report.warnings.is_empty() {
        let _ = write!(text, " Mind: {}.", report.warnings.join("; "));
    }
    text + "\n"
}

/// The ways of a work, on one core and on more.
fn table(rows: &[Row], name: &str) -> Result<String, String> {
    let prefix = format!("{name}, ");
    let is_cores = |row: &&Row| row.work.strip_prefix(&prefix).is_some_and(is_number_of_cores);
    let mut works: Vec<&str> = rows.iter().filter(is_cores).map(|row| &row.work[prefix.len()..]).collect();
    works.dedup();
    let (Some(first), false) = (works.first(), works.is_empty()) else {
        return Err(format!("the report has no work `{name}` with numbers of cores"));
    };
    let of =
        |cores: &str, way: &str| rows.iter().find(|r| r.work == format!("{prefix}{cores}") && r.way == way);
    let ways: Vec<&Row> = rows.iter().filter(|row| row.work == format!("{prefix}{first}")).collect();
    let allocates = ways.iter().any(|row| row.allocs.is_some());
    let mut out = format!("| {name} | {} | ratio, {first} |", works.join(" | "));
    let _ = writeln!(out, "{}", if allocates { " allocations |" } else { "" });
    let _ = writeln!(out, "| ---{} |", " | ---:".repeat(works.len() + 1 + usize::from(allocates)));
    for row in ways {
        let times: Vec<String> =
            works.iter().map(|cores| of(cores, &row.way).map_or(String::new(), |r| time(r.ns))).collect();
        let way = row.way.replace('*', "\\*").replace('|', "\\|");
        let _ = write!(out, "| {way} | {} | {} |", times.join(" | "), ratio(row.ratio));
        let allocs = row.allocs.map_or(String::new(), count);
        let _ = writeln!(out, "{}", if allocates { format!(" {allocs} |") } else { String::new() });
    }
    Ok(out)
}

/// `1 core`, `2 cores`.
fn is_number_of_cores(text: &str) -> bool {
    let number = text.strip_suffix(" core").or_else(|| text.strip_suffix(" cores"));
    number.is_some_and(|number| number.parse::<usize>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Machine, SCHEMA, Section};
    use std::path::Path;

    fn report() -> Report {
        let row = |work: &str, way: &str, ns: f64| Row {
            work: work.into(),
            way: way.into(),
            ns,
            ratio: ns / 20.0,
            allocs: Some(2.0),
            ..Row::default()
        };
        let rows = vec![
            row("Get, 1 core", "map", 20.0),
            row("Get, 1 core", "Table[*T]", 2.0),
            row("Get, 2 cores", "map", 60.0),
            row("Get, 2 cores", "Table[*T]", 2.0),
            row("Get, 2 cores, key % 4", "map", 9.0),
        ];
        Report {
            schema: SCHEMA,
            command: "gangplank bench".into(),
            quick: false,
            machine: Machine::here(Path::new("."), None),
            warnings: vec!["it was busy".into()],
            sections: vec![Section { name: "handles".into(), rows, ..Section::default() }],
        }
    }

    #[test]
    fn a_chapter_changes_only_between_its_marks() {
        let text = format!("a\n{MARK}Get{CLOSES}old\n{END}\nb\n{MARK}machine{CLOSES}{END}\nc\n");
        let new = chapter(&text, &report(), "handles").unwrap();
        for part in [
            "a\n<!-- figures: Get -->\n| Get | 1 core | 2 cores | ratio, 1 core | allocations |\n| --- | ---: | ---: | ---: | ---: |\n",
            "| map | 20.0 ns | 60.0 ns | 1.00 | 2 |\n",
            "| Table[\\*T] | 2.00 ns | 2.00 ns | 0.10 | 2 |\n",
            "\nb\n",
            "Mind: it was busy.",
            "\nc\n",
        ] {
            assert!(new.contains(part), "{part} is not in\n{new}");
        }
        assert!(!new.contains("old") && !new.contains("9.00"));
        assert_eq!(chapter(&new, &report(), "handles").unwrap(), new);
    }

    #[test]
    fn a_mark_that_means_nothing_is_refused() {
        for text in ["<!-- figures: Take -->\n<!-- figures: end -->", "<!-- figures: Get -->\n"] {
            assert!(chapter(text, &report(), "handles").is_err());
        }
        assert!(chapter("", &report(), "nothing").is_err());
        assert_eq!(chapter("no mark", &report(), "handles").unwrap(), "no mark");
    }
}
