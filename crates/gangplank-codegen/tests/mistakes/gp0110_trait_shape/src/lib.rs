#[gangplank::import]
pub trait Nothing {}

#[gangplank::import]
pub unsafe trait Promise: Send + Sync + 'static {
    fn keep(&self);
}

#[gangplank::import]
pub trait Everything: std::fmt::Debug {
    type Item;
    const LIMIT: u32;
    fn get(&self) -> u32;
    fn twice(&self) -> u32 {
        self.get() * 2
    }
    some_macro!();
}

#[gangplank::object]
pub unsafe trait Scorer {
    type Item;
    const LIMIT: u32;
    fn score(&self) -> f64 {
        0.0
    }
}
