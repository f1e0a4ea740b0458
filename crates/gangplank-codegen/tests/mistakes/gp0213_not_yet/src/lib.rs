#[gangplank::export]
pub fn future(next: Box<dyn Fn() -> Box<dyn Future<Output = u32>>>) {}

#[gangplank::export]
pub fn ready() -> impl Future<Output = u32> + Send {}
