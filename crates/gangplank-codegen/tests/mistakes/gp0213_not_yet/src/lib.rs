#[gangplank::export]
pub fn with(visit: u32) -> impl Iterator<Item = u32> {
    0..3
}

#[gangplank::export]
pub async fn later() {}

#[gangplank::export]
pub fn boxed(cx: &gangplank::Context) -> Box<dyn Iterator<Item = u32>> {}

#[gangplank::export]
pub fn future(next: Box<dyn Fn() -> Box<dyn Future<Output = u32>>>) {}

#[gangplank::import]
pub trait Host {
    async fn wait(&self);
}
