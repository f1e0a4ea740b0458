#[gangplank::record]
pub enum Never {}

#[gangplank::error]
pub enum Impossible {}
