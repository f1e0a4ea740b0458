use gangplank::{error, record};

/// A hit, best first.
#[record]
#[derive(Clone, Debug)]
pub struct Hit {
    pub path: String,
    #[go(name = "LineNumber")]
    line: u32,
    pub text: Option<String>,
}

#[record]
#[repr(C)]
pub struct Point(pub f64, pub [u32; 2]);

#[record]
pub struct Marker;

#[record]
pub enum Shape {
    Circle(f64),
    Line { from: Point, to: Point },
    Nothing,
}

#[error]
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    #[error("bad pattern at byte {at}: {why}")]
    BadPattern { at: u32, why: String },
    #[error("searcher is closed")]
    Closed,
    #[error(transparent)]
    Other(#[from] super::tree::ReadFailed),
}
