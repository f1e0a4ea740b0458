use std::sync::Arc;

#[gangplank::export(fast)]
pub async fn quick(n: u64) -> u64 {
    n
}

#[gangplank::export(batch)]
pub async fn many(n: u64) -> u64 {
    n
}

#[gangplank::export]
pub async fn borrows(visit: &dyn Fn(u32), change: &mut dyn FnMut(u32), host: &dyn Host) {}

#[gangplank::export]
pub async fn parts(names: Vec<&str>, pairs: &[(u32, &[u8])], name: Option<&str>) {}

#[gangplank::export]
pub async fn keeps(next: Box<dyn Fn(u32)>, all: Arc<dyn Fn(u32) + Send>, right: Box<dyn FnOnce(u32) + Send>) {}

#[gangplank::export]
pub async fn first(text: &str) -> &str {
    text
}

#[gangplank::export]
pub async fn looks(counter: &Counter, shared: Arc<Counter>, log: &Log) {}

#[gangplank::object]
pub struct Counter;

#[gangplank::object]
impl Counter {
    pub fn add(&mut self) {}
    pub async fn add_later(&mut self) {}
    pub async fn get_later(&self) -> u64 {
        0
    }
}

#[gangplank::object]
pub struct Log;

#[gangplank::import]
pub trait Host {
    fn get(&self) -> u64;
}
