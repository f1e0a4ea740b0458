#[gangplank::object]
pub struct Searcher;

#[gangplank::object]
impl Searcher {
    pub fn first(&self) {}
}

#[gangplank::object]
impl Searcher {
    pub fn second(&self) {}
}

#[gangplank::object]
impl Drop for Searcher {
    fn drop(&mut self) {}
}

pub struct Plain;

#[gangplank::object]
impl Plain {
    pub fn first(&self) {}
}

#[gangplank::record]
pub struct Hit {
    pub line: u32,
}

#[gangplank::object]
impl Hit {
    pub fn line(&self) -> u32 {
        self.line
    }
}

type Alias = Searcher;

#[gangplank::object]
impl Alias {}

#[gangplank::object]
impl [u8] {}

#[gangplank::object]
impl String {}

#[gangplank::object]
impl<T> Searcher {}
