//! Documentation travels.
//!
//! # How
//!
//! With the code:
//!
//! ```
//! # use docs::documented;
//! let x = 1;
//!
//!     let indented = 2;
//! ```
//! See [the page](https://example.com/a_b).

/// One line about [`Documented`].
/// Another line, with ``two backticks'' and <b>HTML</b>.
///
/// - first
/// - second
///   goes on
///
/// - third, apart
///
/// 1. one
/// 2. two
///
/// ## Errors
/// None at all.
///
///     code by indentation
///
/// * * *
///
/// [page]: https://example.com
/// The end. //export foo
/// go:generate nothing
/// +build ignore
#[gangplank::record]
pub struct Documented {
    /// A field.
    ///
    /// With two paragraphs.
    pub field: u8,
    pub plain: u8,
    pub longer_name: String,
    /// Last.
    pub last: u8,
}

/**
 * A block comment
 * with stars.
 */
#[gangplank::export]
pub fn echo_documented(of: Documented) -> Documented {
    of
}

#[doc = "From an attribute: \"quoted\" \\ and a tab	inside."]
#[gangplank::export]
pub fn from_attribute() {}

/// ```text
///   two
///     four
/// ```
#[gangplank::export]
pub fn only_code() {}

///
#[gangplank::export]
pub fn empty_docs() {}

/// # A heading
/// text
/// ### Another
/// ~~~
/// not closed
#[gangplank::import]
pub trait DocumentedTrait {
    /// A method.
    /// - with
    /// - a list
    fn method(&self);
    fn without(&self);
}
