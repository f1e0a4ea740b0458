use std::sync::Arc;

#[gangplank::object]
pub struct Searcher;

#[gangplank::object]
pub trait Scorer {
    fn score(&self) -> f64;
    fn beside(&self, other: Searcher, lent: &Searcher, made: Box<dyn Scorer>) -> &Searcher;
}

#[gangplank::object]
impl Searcher {
    pub fn lent(&self) -> &Searcher {
        self
    }

    pub fn fine(self, other: Searcher, lent: &mut Searcher, scorer: &dyn Scorer) -> Vec<Searcher> {
        Vec::new()
    }
}

/// Goes to Rust, and so cannot have the object itself.
#[gangplank::record]
pub struct Request {
    pub searcher: Searcher,
    pub shared: Option<Arc<Searcher>>,
}

/// Goes to Go only.
#[gangplank::record]
pub struct Answer {
    pub searcher: Searcher,
    pub scorer: Box<dyn Scorer>,
}

#[gangplank::export]
pub fn search(request: Request) -> Result<Answer, gangplank::Error> {
    todo!()
}

#[gangplank::export]
pub fn parts(a: Vec<Searcher>, b: &[Searcher], c: Option<&Searcher>, d: Option<Searcher>, e: Box<Searcher>) {}

#[gangplank::export]
pub fn visit(a: &dyn Fn(&Searcher) -> Searcher, b: &dyn Fn(&mut Searcher), c: &dyn Fn(&dyn Scorer)) {}

#[gangplank::export]
pub fn visitor() -> Box<dyn Fn(&Searcher, Searcher) -> Arc<Searcher> + Send + Sync> {
    todo!()
}

#[gangplank::import]
pub trait Host {
    fn give(&self, searcher: &Searcher, scorer: &dyn Scorer) -> Searcher;
    fn fine(&self, searcher: Searcher, scorer: Box<dyn Scorer>) -> Arc<Searcher>;
}

/// Given whole it may hold the object, lent it may not.
#[gangplank::record]
pub struct Holder {
    pub searcher: Searcher,
}

#[gangplank::import]
pub trait Lender {
    fn whole(&self, holder: Holder, list: Vec<Searcher>);
    fn lent(&self, holder: &Holder, list: &[Box<dyn Scorer>], fine: &[Arc<Searcher>]);
}
