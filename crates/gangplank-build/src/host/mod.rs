//! The two kinds of program: Go's `main` with Rust inside, Rust's `main` with Go inside.

pub mod go;
pub mod rust;
