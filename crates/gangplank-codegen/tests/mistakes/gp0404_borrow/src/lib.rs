#[gangplank::import]
pub trait Host {
    fn log(&self, #[borrow] text: &str, #[borrow] bytes: &[u8]);
    fn count(&self, #[borrow] n: u32, #[borrow] all: &[u32], #[borrow(all)] text: &str);
    #[borrow]
    fn method(&self);
}

#[gangplank::export]
pub fn search(#[borrow] text: &str) {}

#[gangplank::record]
pub struct Hit {
    #[borrow]
    pub text: String,
}
