#[gangplank::record]
pub struct Tuple2 {
    pub a: u8,
}

#[gangplank::error]
pub enum Failed {
    Panic { text: String },
}

#[gangplank::export]
pub fn borrowed_bytes() {}
