use gangplank::{GoIter, GoStream};

#[gangplank::record]
pub struct Page {
    rows: Box<dyn Iterator<Item = u32> + Send>,
}

#[gangplank::export]
pub fn inside(pages: Vec<GoIter<u32>>) -> Option<Box<dyn Iterator<Item = u32> + Send>> {
    None
}

#[gangplank::export]
pub fn behind(rows: &dyn Iterator<Item = u32>, more: std::sync::Arc<dyn Iterator<Item = u32> + Send>) {}

#[gangplank::export]
pub fn borrows(text: &str) -> impl Iterator<Item = u8> + Send {
    text.bytes()
}

#[gangplank::export]
pub fn alone() -> impl Iterator<Item = u8> {
    0..3
}

#[gangplank::export]
pub fn generic(rows: impl Iterator<Item = u8>) {}

#[gangplank::export]
pub fn untyped() -> Box<dyn Iterator + Send> {}

#[gangplank::export]
pub fn parts() -> impl IntoIterator<Item = u8> {}

#[gangplank::export(batch)]
pub fn many(n: u32) -> impl Iterator<Item = u32> + Send {
    0..n
}

#[gangplank::export(fast)]
pub fn fast(rows: GoIter<u32>) {}

#[gangplank::export]
pub fn back(rows: GoStream<u32>) -> GoStream<u32> {
    rows
}

#[gangplank::export]
pub fn take(rows: std::pin::Pin<Box<dyn Stream<Item = u32> + Send>>) -> Box<dyn Stream<Item = u32> + Send> {
    rows
}

#[gangplank::export]
pub fn items() -> impl Iterator<Item = &'static str> + Send {
    [].into_iter()
}

#[gangplank::import]
pub trait Host {
    fn rows(&self) -> impl Iterator<Item = u32>;
    fn tell(&self, rows: std::pin::Pin<Box<dyn Stream<Item = u32> + Send>>);
}

#[gangplank::export(unbuffered)]
pub fn whole(n: u32) -> Vec<u32> {
    (0..n).collect()
}
