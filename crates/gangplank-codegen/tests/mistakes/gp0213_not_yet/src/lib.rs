#[gangplank::export]
pub fn each(visit: &dyn Fn(u32) -> bool, boxed: Box<dyn FnMut(u32)>, plain: fn(u32) -> u32) {}

#[gangplank::export]
pub fn with(visit: impl Fn(u32)) -> impl Iterator<Item = u32> {
    0..3
}

#[gangplank::export]
pub async fn later() {}

#[gangplank::export]
pub fn object(searcher: Box<dyn Searcher>, cx: &gangplank::Context) {}

#[gangplank::import]
pub trait Host {
    async fn wait(&self);
}
