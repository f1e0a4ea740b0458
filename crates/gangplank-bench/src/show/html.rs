//! The report as one HTML page: nothing in it is fetched from elsewhere.

use super::plot::{COLOURS, draw};
use super::table::{Table, tables};
use crate::catalogue;
use crate::report::{Report, Section, count_cores};
use std::fmt::Write;

const STYLE: &str = include_str!("style.css");

/// The page.
pub fn page(report: &Report) -> String {
    let mut page = String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>gangplank bench</title>\n";
    let _ = writeln!(page, "<style>\n{STYLE}{}</style>\n</head>\n<body>", series());
    page += "<h1>What a bridge between Rust and Go costs</h1>\n";
    let _ = writeln!(page, "<p><code>{}</code></p>", escape(&report.command));
    write_machine(&mut page, report);
    for warning in &report.warnings {
        let _ = writeln!(page, "<p class=\"warning\">{}</p>", escape(warning));
    }
    page += METHOD;
    page += "<nav>";
    for section in &report.sections {
        let _ = write!(page, "<a href=\"#{}\">{}</a> ", section.name, escape(title(section)));
    }
    page += "</nav>\n";
    report.sections.iter().for_each(|section| write_section(&mut page, section, &report.machine.go));
    page + "</body>\n</html>\n"
}

const METHOD: &str = "<p>Every round runs each way of a work once, in alternating order, so that all see the same noise. Times are medians per call; the \
    interval is the 95&nbsp;% confidence interval of the median, widened to the medians of the processes. The ratio is the median of the rounds' ratios to the \
    first way, the plain one (grey); in tables of many points it stands in parentheses. Time axes are logarithmic where they do not begin at zero.</p>\n";

/// The rules that colour the drawings' series.
fn series() -> String {
    (0..COLOURS).fold(String::new(), |mut rules, i| {
        let mark = format!("#{:02X}0000", 16 + i);
        let _ = writeln!(
            rules,
            "svg [fill=\"{mark}\"] {{ fill: var(--c{i}); }} svg [stroke=\"{mark}\"] {{ stroke: var(--c{i}); }}"
        );
        rules
    })
}

fn write_machine(page: &mut String, report: &Report) {
    let machine = &report.machine;
    let cores = format!("{}, {}", machine.cpu, count_cores(machine.cores));
    let system = format!("{}, kernel {}", machine.system, machine.kernel);
    let load = format!("{} threads wanted to run before", machine.load);
    *page += "<dl>";
    for (what, value) in [
        ("machine", &cores),
        ("system", &system),
        ("Go", &machine.go),
        ("rustc", &machine.rustc),
        ("C compiler", &machine.cc),
        ("flags", &machine.flags),
        ("commit", &machine.commit),
        ("date", &machine.date),
        ("load", &load),
    ] {
        let _ = write!(page, "<dt>{what}</dt><dd>{}</dd>", escape(value));
    }
    *page += "</dl>\n";
}

fn title(section: &Section) -> &str {
    catalogue::section(&section.name).map_or(&section.name, |known| known.title)
}

fn write_section(page: &mut String, section: &Section, go: &str) {
    let _ = writeln!(page, "<h2 id=\"{}\">{}</h2>", section.name, escape(title(section)));
    if let Some(known) = catalogue::section(&section.name) {
        let _ = writeln!(page, "<p>{}</p>", emphasised(known.about));
    }
    for missing in &section.missing {
        let (what, why) = (escape(&missing.what), escape(&missing.why));
        let _ = writeln!(page, "<p class=\"warning\">Not measured: {what}: {why}</p>");
    }
    *page += "<div class=\"works\">\n";
    tables(section, go).iter().for_each(|table| write_work(page, table));
    *page += "</div>\n";
}

fn write_work(page: &mut String, table: &Table) {
    let (name, axis) = (&table.name, &table.axis);
    let _ = writeln!(page, "<div class=\"work\"><h3>{}</h3>", escape(name));
    if let Some(drawing) = draw(&table.plot, axis) {
        let _ = writeln!(
            page,
            "<figure role=\"img\" aria-label=\"{}\">{}",
            escape(&table.name),
            drawing.svg.trim()
        );
        if !drawing.legend.is_empty() {
            *page += "<figcaption>";
            for (i, name) in drawing.legend.iter().enumerate() {
                let _ = write!(page, "<span style=\"--s:var(--c{})\">{}</span>", i % COLOURS, escape(name));
            }
            *page += "</figcaption>";
        }
        *page += "</figure>\n";
    }
    let _ = write!(page, "<div class=\"scroll\"><table><tr><th>{}</th>", escape(axis));
    for head in &table.heads {
        let _ = write!(page, "<th>{}</th>", escape(head));
    }
    *page += "</tr>\n";
    for line in &table.lines {
        *page += "<tr>";
        line.iter().for_each(|cell| _ = write!(page, "<td>{}</td>", strong(cell)));
        *page += "</tr>\n";
    }
    *page += "</table></div></div>\n";
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// `**x**`: a single star is Go's.
fn strong(text: &str) -> String {
    let mut html = String::new();
    for (i, part) in escape(text).split("**").enumerate() {
        html += if i % 2 == 1 {
            "<strong>"
        } else if i > 0 {
            "</strong>"
        } else {
            ""
        };
        html += part;
    }
    html
}

/// `*x*`, as the texts have it.
fn emphasised(text: &str) -> String {
    let mut html = String::new();
    for (i, part) in escape(text).split('*').enumerate() {
        html += if i % 2 == 1 {
            "<em>"
        } else if i > 0 {
            "</em>"
        } else {
            ""
        };
        html += part;
    }
    html
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Machine, Missing, Quantiles, Row, SCHEMA};
    use std::path::Path;

    fn report() -> Report {
        let row = |work: &str, way: &str, ns: f64| Row {
            work: work.into(),
            way: way.into(),
            to: "plain".into(),
            ns,
            low: ns * 0.9,
            high: ns * 1.1,
            ratio: ns / 10.0,
            ..Row::default()
        };
        let mut rows: Vec<Row> = [("plain", 10.0), ("<ours>", 12.0), ("theirs", 4000.0)]
            .map(|(way, ns)| row("a call", way, ns))
            .into();
        for x in [0.0, 1.0, 64.0, 65536.0] {
            for way in ["plain", "ours"] {
                let plot = "a string against bytes".into();
                rows.push(Row { plot, x, ..row(&format!("string of {x}"), way, 20.0 + x) });
            }
        }
        let quantiles = Some(Quantiles { p50: 50.0, p99: 100.0, p999: 1e4, worst: 3e7 });
        rows.push(Row { quantiles, ..row("tails", "plain", 50.0) });
        let missing = vec![Missing { what: "a peer".into(), why: "it \"crashed\" & died".into() }];
        Report {
            schema: SCHEMA,
            command: "gangplank bench".into(),
            quick: false,
            machine: Machine::here(Path::new("."), None),
            warnings: vec!["busy".into()],
            sections: vec![Section { name: "crossings".into(), rows, missing, ..Section::default() }],
        }
    }

    #[test]
    fn one_file_with_plots_and_nothing_from_elsewhere() {
        let page = page(&report());
        assert_eq!(page.matches("<svg").count(), 3);
        let outside = page.replace("http://www.w3.org/2000/svg", "");
        for forbidden in ["http://", "https://", "<script", "src=", "@import", "url("] {
            assert!(!outside.contains(forbidden), "{forbidden}");
        }
        for part in
            ["&lt;ours&gt;", "crashed&quot; &amp; died", "busy", "prefers-color-scheme: dark", "@media print"]
        {
            assert!(page.contains(part), "{part}");
        }
    }

    #[test]
    fn every_colour_of_a_drawing_is_one_that_the_page_knows() {
        let page = page(&report());
        let known = page.split("</style>").next().unwrap().to_owned();
        for part in ["fill=\"#", "stroke=\"#"] {
            for found in page.split(part).skip(1).map(|rest| &rest[..6]) {
                assert!(known.contains(&format!("#{found}\"")), "{part}{found}");
            }
        }
    }

    #[test]
    fn emphasis() {
        assert_eq!(emphasised("a *b* <c>"), "a <em>b</em> &lt;c&gt;");
        assert_eq!(strong("Table[*T] **d**"), "Table[*T] <strong>d</strong>");
    }
}
