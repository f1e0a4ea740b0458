// GP0106

#[gangplank::export]
pub unsafe fn trust_me(_at: usize) {}

#[gangplank::export]
pub extern "C" fn by_hand() {}

// GP0107

#[gangplank::export]
pub fn first<T>(_items: Vec<T>) {}

#[gangplank::record]
pub struct Wrapper<T> {
    pub inner: T,
}

#[gangplank::import]
pub trait Store {
    fn put<V>(&self, value: V);
}

// GP0109

#[gangplank::export]
pub fn add_pair((a, b): (u32, u32)) -> u32 {
    a + b
}

// GP0304

#[gangplank::export]
pub fn add(_x: u32, x: u32) -> u32 {
    x
}

fn main() {}
