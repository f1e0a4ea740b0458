#[gangplank::export]
pub unsafe fn trust_me(at: usize) {}

#[gangplank::export]
pub extern "C" fn by_hand() {}

#[gangplank::export]
pub unsafe extern "C" fn printf(format: &str, ...) {}

#[gangplank::import]
pub trait Host {
    unsafe fn free(&self, at: usize);
}

#[gangplank::export]
pub const fn fine() -> u32 {
    3
}
