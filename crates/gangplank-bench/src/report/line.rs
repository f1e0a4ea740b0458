//! What the programs send while they run: a line of JSON for each result.

use super::{Figure, Growth, Quantiles};
use serde::Deserialize;

/// A line.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Line {
    /// What many calls left behind.
    Growth(Growth),
    /// A number that is no time.
    Figure(Figure),
    /// Something that cannot be measured here.
    Missing {
        /// What it is.
        missing: String,
        /// Why not.
        why: String,
    },
    /// The samples of one way. The last to be tried: it has no field that it could not do without.
    Sampled(Box<Sampled>),
}

/// The samples of one way. Other fields, which the programs print themselves, are passed over.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[allow(missing_docs)]
pub struct Sampled {
    pub section: String,
    pub work: String,
    pub way: String,
    pub lane: String,
    pub plot: String,
    pub x: f64,
    pub curve: String,
    pub samples: Vec<f64>,
    pub ns: f64,
    pub to: String,
    pub limit: Option<f64>,
    pub more: Option<f64>,
    pub allocs: Option<f64>,
    pub crossings: f64,
    pub talk: String,
    pub quantiles: Option<Quantiles>,
}

impl Line {
    /// Reads a line.
    ///
    /// # Errors
    /// It is none: the program is of another version of the suite.
    pub fn parse(text: &str) -> Result<Line, String> {
        let line: Line = serde_json::from_str(text).map_err(|_| format!("this is no result: {text}"))?;
        match &line {
            Line::Sampled(sampled) if sampled.work.is_empty() || sampled.way.is_empty() => {
                Err(format!("this result has no name: {text}"))
            }
            _ => Ok(line),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kinds_of_lines() {
        let row = r#"{"work":"w","way":"a","samples":[1,2],"ns":1.5,"low":1,"high":2,"ratio":1,"to":"a","allocs":0}"#;
        assert!(matches!(Line::parse(row), Ok(Line::Sampled(row)) if row.samples == [1.0, 2.0]));
        let growth = r#"{"work":"w","calls":10,"go":1,"native":-2,"resident":3}"#;
        assert!(matches!(Line::parse(growth), Ok(Line::Growth(growth)) if growth.native == -2));
        let figure = r#"{"table":"skew","line":"a","column":"b","value":1.5}"#;
        assert!(matches!(Line::parse(figure), Ok(Line::Figure(figure)) if figure.value == 1.5));
        let missing = r#"{"missing":"w","why":"because"}"#;
        assert!(matches!(Line::parse(missing), Ok(Line::Missing { why, .. }) if why == "because"));
        assert!(Line::parse("{\"way\":\"a\"}").is_err() && Line::parse("nonsense").is_err());
    }
}
