mod a;
mod b;

#[gangplank::record]
pub struct Hit {
    pub a: u8,
}

#[gangplank::object]
pub struct Searcher;

#[gangplank::object]
impl Searcher {
    #[constructor]
    pub fn new() -> Self {
        Searcher
    }
}

#[gangplank::export]
pub fn Searcher_new() -> u32 {
    0
}

#[gangplank::import]
pub trait Host {
    fn log(&self);
}

mod objects {
    #[gangplank::object]
    #[go(name = "Other")]
    pub trait Host {
        fn log(&self);
    }
}
