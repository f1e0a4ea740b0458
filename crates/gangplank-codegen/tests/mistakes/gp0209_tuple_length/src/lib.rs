#[gangplank::export]
pub fn single() -> (u8,) {
    (1,)
}

#[gangplank::record]
pub struct Wide {
    pub nine: (u8, u8, u8, u8, u8, u8, u8, u8, u8),
    pub fine: (u8, u8, u8, u8, u8, u8, u8, u8),
}
