// GP0108

#[gangplank::import]
pub trait Receiver {
    fn log(text: &str);
    fn write(&mut self, text: &str);
}

// GP0110

#[gangplank::import]
pub trait Nothing {}

#[gangplank::import]
pub trait Everything {
    type Item;
    const LIMIT: u32;
    fn get(&self) -> u32;
    fn twice(&self) -> u32 {
        self.get() * 2
    }
}

// GP0303

#[gangplank::import]
pub trait Clash {
    fn get_id(&self);
    fn get_ID(&self);
}

// GP0404

#[gangplank::import]
pub trait Lender {
    fn log(&self, #[borrow] level: u32);
}

#[gangplank::export]
pub fn search(#[borrow] _text: &str) {}

fn main() {}
