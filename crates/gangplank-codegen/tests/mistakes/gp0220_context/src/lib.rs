use gangplank::Context;

#[gangplank::export]
pub fn owned(cx: Context) {}

#[gangplank::export]
pub fn result(cx: &Context) -> gangplank::Context {}

#[gangplank::export]
pub fn two(cx: &Context, n: u32, other: &Context) {}

#[gangplank::export]
pub async fn waits(cx: &Context) {}

#[gangplank::export(fast)]
pub fn quick(cx: &Context, n: u64) -> u64 {
    n
}

#[gangplank::export(batch)]
pub fn many(cx: &Context, n: u64) -> u64 {
    n
}

#[gangplank::export]
pub fn inside(cx: Option<&Context>, each: &dyn Fn(&Context)) {}

#[gangplank::record]
pub struct Request {
    pub cx: Context,
}

#[gangplank::import]
pub trait Host {
    fn get(&self, cx: &Context) -> u64;
}
