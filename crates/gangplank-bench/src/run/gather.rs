//! Results of several passes, put together.

use super::build::Built;
use crate::catalogue::{How, SECTIONS, Step, section};
use crate::report::{Figure, Growth, Line, Missing, Row, Section};
use crate::statistics::Samples;

/// What has come in so far.
#[derive(Default)]
pub struct Gathered {
    rows: Vec<(String, Samples)>,
    growth: Vec<(String, Growth)>,
    figures: Vec<(String, Figure)>,
    missing: Vec<(String, Missing)>,
}

impl Gathered {
    /// Files a result. Passes come one after the other, and the plain way of a work before the others.
    pub fn take(&mut self, step: &Step, built: &Built, pass: usize, line: Line) {
        let go = built.go.as_ref().filter(|_| step.how == How::OtherGos);
        let go = go.map_or(String::new(), |go| format!("Go {go}"));
        let suffix = if go.is_empty() { String::new() } else { format!(", {go}") };
        match line {
            Line::Missing { missing, why } => {
                if pass == 0 {
                    self.missing(step.section, &(missing + &suffix), &why);
                }
            }
            Line::Figure(figure) => {
                let table = format!("{}{}", step.prefix, figure.table);
                let figure = Figure { table, ..figure };
                let known = self.figures.iter().any(|(section, other)| {
                    let place = |f: &Figure| (f.table.clone(), f.line.clone(), f.column.clone());
                    section == step.section && place(other) == place(&figure)
                });
                // It is computed: every pass says the same.
                if !known {
                    self.figures.push((step.section.into(), figure));
                }
            }
            Line::Growth(growth) => {
                let work = format!("{}{}", step.prefix, growth.work);
                self.growth.push((step.section.into(), Growth { work, ..growth }));
            }
            Line::Sampled(sampled) => {
                let known = section(&sampled.section).map(|known| known.name);
                let section = known.unwrap_or(step.section);
                let row = Row {
                    work: format!("{}{}{suffix}", step.prefix, sampled.work),
                    go,
                    way: sampled.way,
                    lane: sampled.lane,
                    plot: sampled.plot,
                    x: sampled.x,
                    curve: sampled.curve,
                    to: sampled.to,
                    limit: sampled.limit,
                    more: sampled.more,
                    allocs: sampled.allocs,
                    crossings: sampled.crossings,
                    talk: sampled.talk,
                    ..Row::default()
                };
                let samples = if sampled.samples.is_empty() { vec![sampled.ns] } else { sampled.samples };
                let place = self.place(section.to_owned(), row);
                self.rows[place].1.passes.push(samples);
                self.rows[place].1.quantiles.extend(sampled.quantiles);
                let Row { work, to, .. } = &self.rows[place].1.row;
                let plain = self
                    .find(&self.rows[place].0, work, to)
                    .and_then(|plain| self.rows[plain].1.passes.last());
                let plain = plain.cloned().unwrap_or_default();
                self.rows[place].1.plain.push(plain);
            }
        }
    }

    /// Something is not there.
    pub fn missing(&mut self, section: &str, what: &str, why: &str) {
        let missing = Missing { what: what.into(), why: why.into() };
        if !self.missing.iter().any(|(s, other)| s == section && *other == missing) {
            self.missing.push((section.into(), missing));
        }
    }

    fn find(&self, section: &str, work: &str, way: &str) -> Option<usize> {
        self.rows
            .iter()
            .position(|(s, samples)| s == section && samples.row.work == work && samples.row.way == way)
    }

    fn place(&mut self, section: String, row: Row) -> usize {
        self.find(&section, &row.work, &row.way).unwrap_or_else(|| {
            self.rows.push((section, Samples { row, ..Samples::default() }));
            self.rows.len() - 1
        })
    }

    /// The sections, in their order.
    pub fn sections(self) -> Vec<Section> {
        let mut sections: Vec<Section> = SECTIONS
            .iter()
            .map(|section| Section { name: section.name.into(), ..Section::default() })
            .collect();
        for (section, samples) in self.rows {
            if let Some(section) = sections.iter_mut().find(|known| known.name == section) {
                section.rows.push(samples.row());
            }
        }
        for section in &mut sections {
            let of = |name: &str| name == section.name;
            section.growth =
                self.growth.iter().filter(|(name, _)| of(name)).map(|(_, growth)| growth.clone()).collect();
            section.figures =
                self.figures.iter().filter(|(name, _)| of(name)).map(|(_, figure)| figure.clone()).collect();
            section.missing =
                self.missing.iter().filter(|(name, _)| of(name)).map(|(_, m)| m.clone()).collect();
        }
        sections
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::STEPS;
    use crate::report::Sampled;

    fn built() -> Built {
        Built {
            name: "p".into(),
            path: "p".into(),
            folder: ".".into(),
            env: Vec::new(),
            go: Some("1.25.1".into()),
        }
    }

    fn sampled(way: &str, samples: &[f64]) -> Line {
        Line::Sampled(Box::new(Sampled {
            work: "w".into(),
            way: way.into(),
            to: "plain".into(),
            samples: samples.into(),
            ..Sampled::default()
        }))
    }

    #[test]
    fn passes_become_one_row() {
        let step = STEPS.iter().find(|step| step.prefix.starts_with("Go calls")).unwrap();
        let mut gathered = Gathered::default();
        for pass in 0..2 {
            let speed = (pass + 1) as f64;
            gathered.take(step, &built(), pass, sampled("plain", &[10.0 * speed, 10.0 * speed]));
            gathered.take(step, &built(), pass, sampled("ours", &[20.0 * speed, 20.0 * speed]));
        }
        gathered.missing("crossings", "x", "y");
        gathered.missing("crossings", "x", "y");
        let sections = gathered.sections();
        let rows = &sections[0].rows;
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[1].work.as_str(), rows[1].rounds), ("Go calls Rust: w", 4));
        assert_eq!((rows[1].ratio, rows[1].ratio_low, rows[1].ratio_high), (2.0, 2.0, 2.0));
        assert_eq!((rows[1].low, rows[1].high), (20.0, 40.0));
        assert_eq!(sections[0].missing.len(), 1);
    }

    #[test]
    fn other_versions_of_go_have_rows_of_their_own() {
        let step = STEPS.iter().find(|step| step.how == How::OtherGos).unwrap();
        let mut gathered = Gathered::default();
        gathered.take(step, &built(), 0, sampled("plain", &[1.0]));
        gathered.take(step, &built(), 0, Line::Missing { missing: "x".into(), why: "y".into() });
        let sections = gathered.sections();
        let row = &sections[0].rows[0];
        assert_eq!((row.work.as_str(), row.go.as_str()), ("w, Go 1.25.1", "Go 1.25.1"));
        assert_eq!(sections[0].missing[0].what, "x, Go 1.25.1");
    }

    #[test]
    fn figures_are_there_once() {
        let step = STEPS.iter().find(|step| step.section == "handles").unwrap();
        let figure = |column: &str, value| Figure {
            table: "skew".into(),
            line: "even".into(),
            column: column.into(),
            value,
        };
        let mut gathered = Gathered::default();
        for pass in 0..2 {
            gathered.take(step, &built(), pass, Line::Figure(figure("a", 2.0)));
            gathered.take(step, &built(), pass, Line::Figure(figure("b", 1.0)));
        }
        let sections = gathered.sections();
        let handles = sections.iter().find(|section| section.name == "handles").unwrap();
        assert_eq!(handles.figures, [figure("a", 2.0), figure("b", 1.0)]);
    }
}
