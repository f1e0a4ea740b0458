use gangplank as bridge;

#[bridge::import]
pub trait Host {
    fn log(text: &str);
    fn name(&self) -> &str;
}
