use gangplank::GoRef;
use std::sync::Arc;

#[gangplank::record]
pub struct Hit {
    pub path: Arc<String>,
}

#[gangplank::object]
pub trait Scorer {
    fn score(&self) -> f64;
}

#[gangplank::export]
pub fn shared(hit: Arc<Hit>, list: Arc<Vec<u8>>) {}

#[gangplank::export]
pub fn of_go(a: GoRef<Hit>, b: GoRef<dyn Scorer>, c: GoRef<dyn Fn()>, d: GoRef<String>) {}
