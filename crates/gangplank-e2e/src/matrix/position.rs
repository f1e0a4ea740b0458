//! Where a type may stand.

/// A position, or several that one function tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// `fn(T) -> T`
    Own,
    /// `fn(&T) -> T`; `&str`, `&[U]`
    Borrow,
    /// `fn(&[T]) -> Vec<T>`
    Slice,
    /// All that a value can be a part of, as arguments and as results: `[T; 3]`, `(u8, T, String)`, the value of a map, the key of
    /// one if it can be that, `Option<T>`, `Option<Vec<T>>`, fields of a record, and of an enum's variants.
    Parts,
    /// `fn(T) -> Result<T, String>`
    Ok,
    /// `fn(T) -> Result<u8, T>`
    Err,
    /// One value, the same in both languages: does it mean the same?
    Sample,
    /// Argument and result of an imported method.
    Through,
    /// Borrowed argument, and result in a `Result`, of an imported method.
    ThroughBorrow,
}

impl Position {
    /// Those of functions that Go calls.
    pub(super) const EXPORTED: [Position; 7] = [
        Position::Own,
        Position::Borrow,
        Position::Slice,
        Position::Parts,
        Position::Ok,
        Position::Err,
        Position::Sample,
    ];

    /// Those of methods that Rust calls.
    pub(super) const IMPORTED: [Position; 2] = [Position::Through, Position::ThroughBorrow];

    /// As it stands in names of functions.
    pub(super) fn name(self) -> &'static str {
        match self {
            Position::Own => "own",
            Position::Borrow => "borrow",
            Position::Slice => "slice",
            Position::Parts => "parts",
            Position::Ok => "ok",
            Position::Err => "fail",
            Position::Sample => "sample",
            Position::Through => "through",
            Position::ThroughBorrow => "throughborrow",
        }
    }
}
