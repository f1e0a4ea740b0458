#[gangplank::export]
pub fn with(visit: u32) -> impl Iterator<Item = u32> {
    0..3
}

#[gangplank::export]
pub fn boxed() -> Box<dyn Iterator<Item = u32>> {}

#[gangplank::export]
pub fn future(next: Box<dyn Fn() -> Box<dyn Future<Output = u32>>>) {}

#[gangplank::import]
pub trait Host {
    fn lines(&self) -> Box<dyn Stream<Item = String>>;
}
