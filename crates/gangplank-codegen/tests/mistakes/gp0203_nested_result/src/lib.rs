#[gangplank::export]
pub fn all() -> Vec<Result<u32, String>> {
    todo!()
}

#[gangplank::export]
pub fn tell(outcome: Result<u32, String>) {}

#[gangplank::export]
pub fn twice() -> Result<Result<u32, String>, String> {
    todo!()
}

#[gangplank::record]
pub struct Report {
    pub outcome: Result<u32, String>,
}

#[gangplank::import]
pub trait Host {
    fn fine(&self) -> Result<(), gangplank::GoError>;
    fn maybe(&self) -> Option<Result<(), String>>;
}
