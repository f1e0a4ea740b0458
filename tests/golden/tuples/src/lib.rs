//! Tuples: several results, or generic structs.

#[gangplank::record]
pub struct Pairs {
    pub pair: (String, u32),
    pub nested: ((u8, bool), Vec<(f64, String)>),
}

#[gangplank::export]
pub fn split(text: &str) -> (String, usize) {
    (text.to_owned(), text.len())
}

#[gangplank::export]
pub fn split_checked(text: &str) -> Result<(String, usize, bool), String> {
    Ok((text.to_owned(), text.len(), true))
}

#[gangplank::export]
pub fn echo_pairs(of: Pairs, extra: (i8, i16, i32, i64, u8, u16, u32, u64)) -> Pairs {
    let _ = extra;
    of
}

#[gangplank::export]
pub fn list(of: Vec<(String, String)>) -> Option<(u8, u8)> {
    of.first().map(|_| (1, 2))
}
