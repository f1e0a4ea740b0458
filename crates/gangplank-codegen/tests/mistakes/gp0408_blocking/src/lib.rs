#[gangplank::export(blocking)]
pub async fn waits() {}

#[gangplank::export(fast, blocking)]
pub fn quick(n: u64) -> u64 {
    n
}

#[gangplank::export(batch, blocking)]
pub fn many(n: u64) -> u64 {
    n
}

#[gangplank::import(blocking)]
pub trait Store {
    fn commit(&self);
    async fn fetch(&self);
    #[import(fast)]
    fn count(&self) -> u64;
    #[import(batch)]
    fn put(&self, n: u64) -> u64;
}
