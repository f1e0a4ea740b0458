//! The tables of a section, whatever they are shown with.

mod figures;
mod gos;
mod plot;

use super::number::{count, range, ratio, time};
use crate::report::{Row, Section};

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What it is about: the heading of its first column.
    pub name: String,
    /// What the points of the plot are along, if it has some.
    pub axis: String,
    /// The other headings.
    pub heads: Vec<String>,
    /// The lines, each as long as all headings.
    pub lines: Vec<Vec<String>>,
    /// The plot that shows the same.
    pub plot: Plot,
}

/// How a table is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Plot {
    /// Not at all.
    None,
    /// Points of curves, along `x`.
    Curves(Vec<Curve>),
    /// A bar for each line: name, value, interval.
    Bars(Vec<(String, f64, f64, f64)>),
    /// p50, p99, p99.9 and the worst of each line.
    Tails(Vec<(String, [f64; 4])>),
}

/// One way along a plot.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    /// The way.
    pub name: String,
    /// x, median, interval.
    pub points: Vec<(f64, f64, f64, f64)>,
}

/// The tables of a section: one for each work, one for all works of a plot. `go` is the Go of the report.
pub fn tables(section: &Section, go: &str) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut done: Vec<(Kind, &str)> = Vec::new();
    for row in &section.rows {
        let kind = Kind::of(row);
        if done.contains(&kind) {
            continue;
        }
        done.push(kind);
        let rows: Vec<&Row> = section.rows.iter().filter(|other| Kind::of(other) == kind).collect();
        tables.push(match kind {
            (Kind::Work, _) => of_work(rows),
            (Kind::Plot, name) => plot::of_plot(name, rows),
            (Kind::Gos, name) => gos::of_gos(name, section, rows, go),
        });
    }
    tables.extend(figures::of_figures(&section.figures));
    if !section.growth.is_empty() {
        tables.push(figures::of_growth(section));
    }
    tables
}

/// What rows have in common that are in one table.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Work,
    Plot,
    Gos,
}

impl Kind {
    /// The table of a row: its kind, and which.
    fn of(row: &Row) -> (Kind, &str) {
        if !row.go.is_empty() {
            (Kind::Gos, row.work.strip_suffix(&format!(", {}", row.go)).unwrap_or(&row.work))
        } else if !row.plot.is_empty() {
            (Kind::Plot, &row.plot)
        } else {
            (Kind::Work, &row.work)
        }
    }
}

type Column = (&'static str, fn(&Row) -> String);

const COLUMNS: &[Column] = &[
    ("lane", |row| row.lane.clone()),
    ("time", |row| time(row.ns)),
    ("95 % interval", |row| range(row.low, row.high)),
    ("ratio", |row| if row.is_plain() { "1".into() } else { ratio(row.ratio) }),
    ("talk, 2018", |row| row.talk.clone()),
    ("at most", |row| {
        let word = |kept: bool| if kept { "kept" } else { "**missed**" };
        match (row.limit, row.more.zip(row.extra)) {
            (_, Some((more, extra))) => {
                format!("{} ns more: {} ({extra:+.1})", count(more), word(extra <= more))
            }
            (Some(limit), None) => format!("{}: {}", count(limit), word(row.ratio <= limit)),
            (None, None) => String::new(),
        }
    }),
    ("p99", |row| row.quantiles.map_or(String::new(), |q| time(q.p99))),
    ("p99.9", |row| row.quantiles.map_or(String::new(), |q| time(q.p999))),
    ("worst", |row| row.quantiles.map_or(String::new(), |q| time(q.worst))),
    ("Go allocs", |row| row.allocs.map_or(String::new(), count)),
    ("crossings", |row| count(row.crossings)),
];

fn of_work(rows: Vec<&Row>) -> Table {
    let cell = |column: &Column| rows.iter().map(|row| column.1(row)).collect::<Vec<_>>();
    let empty = |cells: &[String]| cells.iter().all(|cell| cell.is_empty() || cell == "0");
    let columns: Vec<(&str, Vec<String>)> = COLUMNS
        .iter()
        .map(|column| (column.0, cell(column)))
        .filter(|(name, cells)| !(cells.iter().all(String::is_empty) || empty(cells) && *name != "Go allocs"))
        .collect();
    let lines = rows.iter().enumerate().map(|(i, row)| {
        [row.way.clone()].into_iter().chain(columns.iter().map(|(_, cells)| cells[i].clone())).collect()
    });
    let plot = if rows.iter().all(|row| row.quantiles.is_some()) {
        let tail = |row: &&Row| row.quantiles.map(|q| (row.name(), [q.p50, q.p99, q.p999, q.worst]));
        Plot::Tails(rows.iter().filter_map(tail).collect())
    } else if rows.len() > 2 {
        Plot::Bars(rows.iter().map(|row| (row.name(), row.ns, row.low, row.high)).collect())
    } else {
        Plot::None
    };
    let heads = columns.iter().map(|(name, _)| name.to_string()).collect();
    Table { name: rows[0].work.clone(), axis: String::new(), heads, lines: lines.collect(), plot }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(work: &str, way: &str, ns: f64) -> Row {
        Row { work: work.into(), way: way.into(), to: "plain".into(), ns, ratio: ns / 10.0, ..Row::default() }
    }

    #[test]
    fn empty_columns_are_left_out() {
        let rows = vec![row("w", "plain", 10.0), Row { limit: Some(1.1), ..row("w", "ours", 20.0) }];
        let tables = tables(&Section { rows, ..Section::default() }, "go1.26.8");
        assert_eq!(tables.len(), 1);
        assert_eq!(tables[0].heads, ["time", "95 % interval", "ratio", "at most"]);
        assert_eq!(tables[0].lines[1][0], "ours");
        assert_eq!(tables[0].lines[1][4], "1.1: **missed**");
    }

    #[test]
    fn bars_may_be_differences() {
        let bar = |more, extra| Row { more: Some(more), extra: Some(extra), ..row("w", "ours", 14.0) };
        let rows = vec![row("w", "plain", 10.0), bar(5.0, 4.04), bar(3.0, 4.04)];
        let tables = tables(&Section { rows, ..Section::default() }, "go1.26.8");
        assert_eq!(tables[0].lines[1][4], "5 ns more: kept (+4.0)");
        assert_eq!(tables[0].lines[2][4], "3 ns more: **missed** (+4.0)");
    }

    #[test]
    fn works_of_a_plot_are_one_table() {
        let point =
            |x, way, ns| Row { plot: "cost against size".into(), x, ..row(&format!("w {x}"), way, ns) };
        let rows =
            vec![point(4.0, "a", 1.0), point(4.0, "b", 2.0), point(1.0, "a", 3.0), row("w", "plain", 1.0)];
        let tables = tables(&Section { rows, ..Section::default() }, "go1.26.8");
        assert_eq!(tables.len(), 2);
        assert_eq!((tables[0].name.as_str(), tables[0].heads.len()), ("cost, by size", 2));
        assert_eq!(
            tables[0].lines[..2],
            [vec!["1", "3.00 ns (0.30)", ""], vec!["4", "1.00 ns (0.10)", "2.00 ns (0.20)"]]
        );
    }
}
