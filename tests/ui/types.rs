// GP0201

#[gangplank::record]
pub struct Everything {
    pub wide: i128,
    pub shared: std::rc::Rc<u32>,
    pub path: std::path::PathBuf,
    pub set: std::collections::HashSet<String>,
}

// GP0203

#[gangplank::export]
pub fn all() -> Vec<Result<u32, String>> {
    Vec::new()
}

#[gangplank::export]
pub fn tell(_outcome: Result<u32, String>) {}

// GP0207

use std::collections::HashMap;

#[gangplank::export]
pub fn lists(_map: HashMap<Vec<u8>, u32>, _options: HashMap<Option<u32>, u32>) {}

// GP0208

pub const N: usize = 4;

#[gangplank::record]
pub struct Blocks {
    pub a: [u8; N],
}

#[gangplank::record]
pub struct Large {
    pub b: [[u8; 2048]; 2048],
}

// GP0209

#[gangplank::export]
pub fn single() -> (u8,) {
    (1,)
}

#[gangplank::record]
pub struct Nine {
    pub nine: (u8, u8, u8, u8, u8, u8, u8, u8, u8),
}

// GP0212

#[gangplank::export]
pub fn read() -> Result<String, std::io::Error> {
    Ok(String::new())
}

#[gangplank::export]
pub fn boxed() -> Result<(), Box<dyn std::error::Error>> {
    Ok(())
}

// GP0216 to GP0219

#[gangplank::export]
pub fn each(_visit: &dyn FnMut(u32) -> bool, _all: Vec<&dyn Fn(u32)>) {}

#[gangplank::export]
pub fn counter() -> Box<dyn Fn() -> u32> {
    Box::new(|| 0)
}

#[gangplank::export]
pub fn shared(_text: std::sync::Arc<String>) {}

// GP0218, GP0221

#[gangplank::export]
pub fn many() -> impl Iterator<Item = u32> {
    0..3
}

#[gangplank::export]
pub async fn later(_change: &mut dyn FnMut(u32)) {}

fn main() {}
