//! A file that is not Rust.

#[gangplank::export]
pub fn search(pattern: &str -> bool {
    true
}
