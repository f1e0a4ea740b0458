use gangplank::{error, record};

#[record]
#[error]
pub enum Failed {
    A,
}

#[gangplank::export]
#[gangplank::export]
pub fn twice() {}
