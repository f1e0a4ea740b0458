//! All works of a plot in one table: curves as columns and points as lines, or the other way round where there are more curves.

use super::{Curve, Plot, Table};
use crate::report::Row;
use crate::show::number::{count, ratio, time, whole};

/// The table, and after its points what holds for each curve.
pub fn of_plot(name: &str, rows: Vec<&Row>) -> Table {
    let mut curves: Vec<String> = Vec::new();
    let mut points: Vec<f64> = Vec::new();
    for row in &rows {
        if !curves.contains(&curve_of(row)) {
            curves.push(curve_of(row));
        }
        if !points.contains(&row.x) {
            points.push(row.x);
        }
    }
    points.sort_by(f64::total_cmp);
    let (title, axis) = name.split_once(" against ").unwrap_or((name, ""));
    let at = |x: f64, curve: &str| rows.iter().find(|row| row.x == x && curve_of(row) == curve);
    let line = |x: &f64| {
        let cells = curves.iter().map(|curve| at(*x, curve).map_or(String::new(), |row| cell(row)));
        [whole(*x)].into_iter().chain(cells).collect()
    };
    let drawn = |curve: &String| Curve {
        name: curve.clone(),
        points: points
            .iter()
            .filter_map(|x| at(*x, curve).map(|row| (*x, row.ns, row.low, row.high)))
            .collect(),
    };
    let of = |curve: &String| rows.iter().copied().filter(|row| curve_of(row) == *curve).collect::<Vec<_>>();
    let feet = FEET.iter().filter_map(|(name, foot)| {
        let cells: Vec<String> = curves.iter().map(|curve| foot(&of(curve))).collect();
        let says = cells.iter().any(|cell| !cell.is_empty());
        says.then(|| [name.to_string()].into_iter().chain(cells).collect())
    });
    let mut heads = curves.clone();
    let mut lines: Vec<Vec<String>> = points.iter().map(line).chain(feet).collect();
    // Long lines are hard to read, on a phone and on paper most of all.
    if curves.len() > points.len() {
        lines.iter_mut().take(points.len()).for_each(|line| line[0].insert_str(0, "at "));
        let turned = |(i, name): (usize, &String)| {
            [name.clone()].into_iter().chain(lines.iter().map(|line| line[i + 1].clone())).collect()
        };
        let turned = curves.iter().enumerate().map(turned).collect();
        heads = lines.into_iter().map(|mut line| line.swap_remove(0)).collect();
        lines = turned;
    }
    Table {
        name: if axis.is_empty() { title.into() } else { format!("{title}, by {axis}") },
        axis: axis.into(),
        heads,
        lines,
        plot: Plot::Curves(curves.iter().map(drawn).collect()),
    }
}

fn curve_of(row: &Row) -> String {
    if row.curve.is_empty() { row.name() } else { row.curve.clone() }
}

/// A time, and its ratio where it has one.
fn cell(row: &Row) -> String {
    if row.is_plain() { time(row.ns) } else { format!("{} ({})", time(row.ns), ratio(row.ratio)) }
}

type Foot = (&'static str, fn(&[&Row]) -> String);

const FEET: &[Foot] = &[
    ("at most", |rows| {
        let by_far = |row: &&&Row| row.limit.map(|limit| row.ratio / limit);
        let worst = rows.iter().filter(|row| row.limit.is_some());
        let worst = worst.max_by(|a, b| by_far(a).unwrap_or(0.0).total_cmp(&by_far(b).unwrap_or(0.0)));
        worst.map_or(String::new(), |row| {
            let limit = row.limit.unwrap_or_default();
            let word = if row.ratio <= limit { "kept" } else { "**missed**" };
            format!("{}: {word}", count(limit))
        })
    }),
    ("Go allocs", |rows| spread(rows.iter().filter_map(|row| row.allocs))),
    ("crossings", |rows| match spread(rows.iter().map(|row| row.crossings)) {
        none if none == "0" => String::new(),
        some => some,
    }),
];

/// From the least to the most.
fn spread(values: impl Iterator<Item = f64>) -> String {
    let (least, most) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
    match (least <= most, count(least), count(most)) {
        (false, ..) => String::new(),
        (true, least, most) if least == most => least,
        (true, least, most) => format!("{least} - {most}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_may_be_points_and_works_curves() {
        let row = |work: &str, way: &str, x, ratio, limit| Row {
            work: work.into(),
            curve: work.into(),
            way: way.into(),
            to: "1 core".into(),
            x,
            ns: 10.0 * ratio,
            ratio,
            limit,
            allocs: Some(x),
            ..Row::default()
        };
        let rows = [
            row("a", "1 core", 1.0, 1.0, None),
            row("a", "2 cores", 2.0, 1.5, None),
            row("b", "1 core", 1.0, 1.0, None),
            row("b", "2 cores", 2.0, 1.05, Some(1.1)),
            row("b", "4 cores", 4.0, 1.2, Some(1.1)),
        ];
        let table = of_plot("get against goroutines", rows.iter().collect());
        assert_eq!(
            (table.name.as_str(), table.heads),
            ("get, by goroutines", vec!["a".into(), "b".to_owned()])
        );
        assert_eq!(table.lines[1], ["2", "15.0 ns (1.50)", "10.5 ns (1.05)"]);
        assert_eq!(table.lines[3], ["at most", "", "1.1: **missed**"]);
        assert_eq!(table.lines[4], ["Go allocs", "1 - 2", "1 - 4"]);
        assert_eq!(table.lines.len(), 5);
    }

    #[test]
    fn more_curves_than_points_are_lines() {
        let row = |way: &str, ratio| Row {
            work: "w".into(),
            way: way.into(),
            to: "a".into(),
            x: 1000.0,
            ns: 10.0,
            ratio,
            limit: Some(2.0).filter(|_| way == "b"),
            ..Row::default()
        };
        let (a, b) = (row("a", 1.0), row("b", 1.5));
        let table = of_plot("get against items", vec![&a, &b]);
        assert_eq!(table.heads, ["at 1,000", "at most"]);
        assert_eq!(table.lines, [["a", "10.0 ns", ""], ["b", "10.0 ns (1.50)", "2: kept"]]);
    }
}
