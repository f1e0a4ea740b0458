#[gangplank::export]
pub fn user_id() -> u32 {
    1
}

#[gangplank::export]
pub fn user_ID() -> u32 {
    2
}

#[gangplank::record]
pub struct Shape {
    pub a: u8,
}

#[gangplank::record]
#[go(name = "Shape")]
pub enum Form {
    Round(u8),
}

#[gangplank::record]
pub struct FormRound {
    pub a: u8,
}

#[gangplank::record]
pub enum Form2 {
    Red,
}

#[gangplank::export]
pub fn form2_red() {}

#[gangplank::error]
pub enum ReadError {
    Closed,
    Bad { at: u32 },
}

#[gangplank::error]
pub enum WriteError {
    Closed,
    Bad { at: u32 },
    #[go(name = "ErrWriteFull")]
    Full,
}

#[gangplank::error]
pub enum OtherError {
    Full,
}

#[gangplank::import]
pub trait Host {
    fn log(&self);
}

#[gangplank::export]
pub fn register_host() {}

#[gangplank::object]
pub struct Finder;

#[gangplank::object]
impl Finder {
    #[constructor]
    pub fn new() -> Self {
        Finder
    }

    pub fn version() -> u32 {
        0
    }
}

#[gangplank::export]
pub fn new_finder() {}

#[gangplank::record]
pub struct FinderVersion;
