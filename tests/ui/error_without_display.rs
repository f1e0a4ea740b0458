#[gangplank::error]
#[derive(Debug)]
pub enum SearchError {
    Closed,
}

fn main() {}
