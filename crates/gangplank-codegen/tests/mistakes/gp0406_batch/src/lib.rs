#[gangplank::export(batch)]
pub fn now() -> u64 {
    0
}

#[gangplank::export(batch)]
pub fn each(visit: Box<dyn FnOnce(u32)>, n: u32) {
    visit(n)
}

#[gangplank::export(batch)]
pub fn join(#[shared] separator: String, parts: Vec<String>) -> String {
    parts.join(&separator)
}

#[gangplank::export]
pub fn alone(#[shared] n: u32) -> u32 {
    n
}

#[gangplank::import]
pub trait Scorer {
    #[import(batch)]
    fn name(&self) -> String;

    #[import(batch)]
    fn score(&self, #[borrow] text: &str) -> f64;

    #[import(batch)]
    fn fine(&self, #[shared(always)] model: &str, text: &str) -> f64;
}
