#[gangplank::export]
pub struct Hit;

#[gangplank::record]
pub fn search() {}

#[gangplank::import]
pub struct Host;

#[gangplank::error]
pub trait Failure {
    fn text(&self) -> String;
}

#[gangplank::record]
pub union Bits {
    a: u32,
    b: f32,
}

#[gangplank::export]
impl Hit {
    #[gangplank::export]
    pub fn method(&self) {}
}

#[gangplank::export]
pub const LIMIT: u32 = 3;

#[gangplank::record]
pub type Alias = u32;

#[gangplank::object]
pub enum State {
    Open,
}

#[gangplank::object]
pub fn object() {}
