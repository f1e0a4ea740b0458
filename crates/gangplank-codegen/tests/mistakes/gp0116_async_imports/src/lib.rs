#[gangplank::import]
pub trait Host {
    #[import(fast)]
    async fn quick(&self) -> u64;
    #[import(batch)]
    async fn many(&self, n: u64) -> u64;
    async fn borrows(&self, #[borrow] text: &str) -> u64;
    #[import(nonblocking)]
    fn waits(&self) -> u64;
    #[import(nonblocking)]
    async fn right(&self, text: &str) -> u64;
}

#[gangplank::export(nonblocking)]
pub fn exported() {}

#[gangplank::import]
pub trait Mixed {
    #[import(fast)]
    fn quick(&self) -> u64;
    async fn slow(&self) -> u64;
}
