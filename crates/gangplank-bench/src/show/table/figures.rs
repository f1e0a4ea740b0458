//! Numbers that are no times.

use super::{Plot, Table};
use crate::report::{Figure, Growth, Section};
use crate::show::number::{count, growth, whole};

/// A table for each that the figures name.
pub fn of_figures(figures: &[Figure]) -> Vec<Table> {
    let mut names: Vec<&str> = Vec::new();
    for figure in figures {
        push_new(&mut names, &figure.table);
    }
    names.into_iter().map(|name| of_table(name, figures)).collect()
}

fn of_table(name: &str, figures: &[Figure]) -> Table {
    let figures: Vec<&Figure> = figures.iter().filter(|figure| figure.table == name).collect();
    let (mut lines, mut columns) = (Vec::new(), Vec::new());
    for figure in &figures {
        push_new(&mut lines, &figure.line);
        push_new(&mut columns, &figure.column);
    }
    let line = |line: &&str| {
        let cells = columns.iter().map(|column| {
            let figure = figures.iter().find(|figure| figure.line == *line && figure.column == *column);
            figure.map_or("-".into(), |figure| count(figure.value))
        });
        [line.to_string()].into_iter().chain(cells).collect()
    };
    Table {
        name: name.into(),
        axis: String::new(),
        heads: columns.iter().map(|column| column.to_string()).collect(),
        lines: lines.iter().map(line).collect(),
        plot: Plot::None,
    }
}

fn push_new<'a>(list: &mut Vec<&'a str>, name: &'a str) {
    if !list.contains(&name) {
        list.push(name);
    }
}

/// What many calls left behind.
pub fn of_growth(section: &Section) -> Table {
    let line = |g: &Growth| {
        vec![g.work.clone(), whole(g.calls as f64), growth(g.go), growth(g.native), growth(g.resident)]
    };
    Table {
        name: "call".into(),
        axis: String::new(),
        heads: ["calls", "Go heap", "native heap", "resident"].map(String::from).into(),
        lines: section.growth.iter().map(line).collect(),
        plot: Plot::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_cells() {
        let figure = |line: &str, column: &str, value| Figure {
            table: "skew".into(),
            line: line.into(),
            column: column.into(),
            value,
        };
        let tables = of_figures(&[figure("even", "key % 64", 2.0), figure("even", "Scatter", 1.256)]);
        assert_eq!(tables.len(), 1);
        assert_eq!((tables[0].name.as_str(), &tables[0].heads[1]), ("skew", &"Scatter".to_owned()));
        assert_eq!(tables[0].lines, [["even", "2", "1.26"]]);
    }
}
