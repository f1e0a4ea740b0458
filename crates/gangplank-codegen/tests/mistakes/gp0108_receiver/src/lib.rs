#[gangplank::export]
pub fn len(&self) -> usize {
    0
}

#[gangplank::import]
pub trait Host {
    fn log(text: &str);
    fn close(self);
    fn write(&mut self, text: &str);
    fn share(self: std::sync::Arc<Self>);
    fn fine(&self);
}

#[gangplank::object]
pub trait Scorer {
    fn score(&mut self) -> f64;
    fn name() -> String;
    fn take(self: Box<Self>);
    #[go(skip)]
    fn skipped(self: Box<Self>);
    fn fine(&self);
}

#[gangplank::object]
pub struct Searcher;

#[gangplank::object]
impl Searcher {
    pub fn pinned(self: std::pin::Pin<&Self>) {}
    pub fn boxed(self: Box<Self>) {}
    pub fn fine(self: std::sync::Arc<Self>) {}
}
