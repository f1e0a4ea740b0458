#[gangplank::object]
pub struct Searcher;

#[gangplank::object]
impl Searcher {
    #[constructor]
    pub fn new() -> Result<u32, gangplank::Error> {
        Ok(0)
    }

    #[constructor]
    pub fn nothing() {}

    #[constructor]
    pub fn clone(&self) -> Self {
        Searcher
    }

    #[constructor]
    fn private() -> Self {
        Searcher
    }

    #[constructor(always)]
    pub fn arguments() -> Self {
        Searcher
    }

    #[constructor]
    pub fn fine() -> Option<std::sync::Arc<Self>> {
        None
    }
}

#[gangplank::export]
#[constructor]
pub fn beside() -> Searcher {
    Searcher
}

#[gangplank::object]
pub trait Scorer {
    #[constructor]
    fn score(&self) -> f64;
}
