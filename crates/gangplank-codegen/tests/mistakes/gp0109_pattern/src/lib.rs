#[gangplank::export]
pub fn add((a, b): (u32, u32)) -> u32 {
    a + b
}

#[gangplank::export]
pub fn ignore(_: u32) {}

#[gangplank::export]
pub fn fine(mut a: u32, _unused: u32) -> u32 {
    a += 1;
    a
}
