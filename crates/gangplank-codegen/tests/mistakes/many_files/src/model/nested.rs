use super::*;

#[gangplank::record]
pub struct Score {
    pub hit: Hit,
    pub of: std::collections::HashMap<f32, Hit>,
}
