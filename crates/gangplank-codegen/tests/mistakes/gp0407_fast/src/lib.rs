#[gangplank::export(checkpoints)]
pub fn patient(n: u64) -> u64 {
    n
}

#[gangplank::import(fast, checkpoints)]
pub trait Filter {
    fn keep(&self, n: u64) -> bool;
}
