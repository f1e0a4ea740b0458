#[gangplank::record]
pub struct Duration {
    pub seconds: u32,
}

#[gangplank::record]
pub enum PathBuf {
    A,
}

#[gangplank::error]
pub struct GoError {
    pub text: String,
}

#[gangplank::error]
pub enum Error {
    Fine,
}
