//! Records in records.

/// A hit, best first.
#[gangplank::record]
pub struct Hit {
    /// The file.
    pub path: String,
    /// Counted from 1.
    pub line: u32,
    pub text: String,
    /// Its bytes.
    pub raw: Vec<u8>,
}

/// What was found.
#[gangplank::record]
pub struct Report {
    pub first: Hit,
    pub others: Vec<Hit>,
    pub took_ms: f32,
    pub complete: bool,
    pub initial: char,
}

/// A wrapped number.
#[gangplank::record]
pub struct Metres(pub f64);

/// Two fields without names.
#[gangplank::record]
pub struct Span(pub usize, pub usize);

#[gangplank::record]
pub struct Empty {}

#[gangplank::export]
pub fn echo_report(query: &Hit, limit: Metres) -> Report {
    let _ = limit;
    let hit = || Hit { path: query.path.clone(), line: query.line, text: query.text.clone(), raw: query.raw.clone() };
    Report { first: hit(), others: vec![hit()], took_ms: 0.5, complete: true, initial: 'r' }
}

#[gangplank::export]
pub fn echo_spans(of: Vec<Span>, nothing: Empty) -> Vec<Span> {
    let _ = nothing;
    of
}
