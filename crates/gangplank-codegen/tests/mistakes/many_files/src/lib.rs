//! Many mistakes, in several files at once.
mod model;
mod host;

#[gangplank::export]
pub unsafe fn search(pattern: &String, limit: u128) -> Result<Vec<model::Hti>, std::io::Error> {
    todo!()
}

#[gangplank::export]
pub fn count<T>(of: Vec<T>) -> usize {
    0
}
