#[gangplank::record]
pub struct Hit {
    pub user_id: u32,
    pub userId: u32,
    #[go(name = "Other")]
    pub user_ID: u32,
}

#[gangplank::record]
pub enum Shape {
    Circle { a_b: u8, aB: u8 },
    Pair(#[go(name = "V1")] u8, u8),
}
