#[gangplank::record]
pub struct Options {
    pub changed: Box<dyn Fn(u32)>,
}

#[gangplank::export]
pub fn load() -> Options {
    todo!()
}

#[gangplank::export]
pub fn counter() -> Box<dyn FnMut() -> u32> {
    todo!()
}

#[gangplank::export]
pub fn shared() -> Vec<std::sync::Arc<dyn Fn() + Send>> {
    Vec::new()
}

#[gangplank::import]
pub trait Host {
    fn later(&self, done: Box<dyn FnOnce()>);
}

#[gangplank::export]
pub fn chained(next: &dyn Fn(Box<dyn Fn()>) -> Box<dyn Fn()>) {}

#[gangplank::export]
pub fn fine(from_go: Box<dyn Fn(u32)>) -> Option<Box<dyn FnMut(Box<dyn Fn()>) + Send>> {
    None
}
