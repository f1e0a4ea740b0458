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
