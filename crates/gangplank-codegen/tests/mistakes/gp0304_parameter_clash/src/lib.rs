#[gangplank::export]
pub fn add(x: u32, _x: u32, X: u32) -> u32 {
    x
}

#[gangplank::import]
pub trait Host {
    fn log(&self, r#type: u32, type_: u32);
}
