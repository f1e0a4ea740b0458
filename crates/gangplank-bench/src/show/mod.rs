//! Tables in the terminal, BENCHMARKS.md and the README's table, the HTML page with plots.

mod html;
mod markdown;
mod number;
mod plot;
mod table;
mod terminal;

pub use html::page as html;
pub use markdown::{page, readme};
pub use terminal::{comparison, print};
