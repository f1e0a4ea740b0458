//! One work with several versions of Go: a column for each.

use super::{Plot, Table};
use crate::report::{Row, Section};
use crate::show::number::{ratio, time};

/// The rows of the other versions beside those of the report's own, `go`.
pub fn of_gos(work: &str, section: &Section, others: Vec<&Row>, go: &str) -> Table {
    let own = section.rows.iter().filter(|row| row.go.is_empty() && row.work == work);
    let mut columns: Vec<(String, Vec<&Row>)> = Vec::new();
    let number = go.trim_start_matches("go");
    for (version, row) in own
        .map(|row| (format!("Go {number}"), row))
        .chain(others.into_iter().map(|row| (row.go.clone(), row)))
    {
        match columns.iter_mut().find(|(known, _)| *known == version) {
            Some((_, rows)) => rows.push(row),
            None => columns.push((version, vec![row])),
        }
    }
    columns.sort_by_key(|(version, _)| numbers(version));
    let mut ways: Vec<String> = Vec::new();
    for row in columns.iter().flat_map(|(_, rows)| rows) {
        if !ways.contains(&row.name()) {
            ways.push(row.name());
        }
    }
    let line = |way: &String| {
        let cells = columns.iter().map(|(_, rows)| {
            let row = rows.iter().find(|row| row.name() == *way);
            row.map_or("-".into(), |row| match row.is_plain() {
                true => time(row.ns),
                false => format!("{} ({})", time(row.ns), ratio(row.ratio)),
            })
        });
        [way.clone()].into_iter().chain(cells).collect()
    };
    Table {
        name: format!("{work}, with several Gos"),
        axis: String::new(),
        heads: columns.iter().map(|(version, _)| version.clone()).collect(),
        lines: ways.iter().map(line).collect(),
        plot: Plot::None,
    }
}

/// The numbers in a version, which order it.
fn numbers(version: &str) -> Vec<u64> {
    version.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tables;
    use super::*;

    #[test]
    fn versions_are_columns_in_their_order() {
        let row = |go: &str, way: &str, ns: f64| Row {
            work: if go.is_empty() { "w".into() } else { format!("w, {go}") },
            go: go.into(),
            way: way.into(),
            to: "plain".into(),
            ns,
            ratio: ns / 10.0,
            ..Row::default()
        };
        let rows = vec![
            row("", "plain", 10.0),
            row("", "ours", 12.0),
            row("Go 1.27.3", "plain", 10.0),
            row("Go 1.27.3", "ours", 11.0),
            row("Go 1.9.0", "plain", 20.0),
        ];
        let tables = tables(&Section { rows, ..Section::default() }, "go1.26.8");
        assert_eq!(tables.len(), 2, "the own version has its table, and is a column of the other");
        assert_eq!(tables[1].name, "w, with several Gos");
        assert_eq!(tables[1].heads, ["Go 1.9.0", "Go 1.26.8", "Go 1.27.3"]);
        assert_eq!(tables[1].lines[0], ["plain", "20.0 ns", "10.0 ns", "10.0 ns"]);
        assert_eq!(tables[1].lines[1], ["ours", "-", "12.0 ns (1.20)", "11.0 ns (1.10)"]);
    }
}
