//! Tables in the terminal, BENCHMARKS.md, the tables in README.md and in chapters, the HTML page with plots.

mod chapter;
mod html;
mod markdown;
mod number;
mod plot;
mod table;
mod terminal;

pub use chapter::chapter;
pub use html::page as html;
pub use markdown::{page, readme};
pub use terminal::{comparison, print};
