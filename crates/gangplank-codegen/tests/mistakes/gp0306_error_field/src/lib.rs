#[gangplank::error]
pub enum Failed {
    Bad { error: String, unwrap: u8 },
}

#[gangplank::error]
pub struct Broken {
    pub is: bool,
    #[go(name = "Cause")]
    pub error: String,
}

#[gangplank::record]
pub struct Fine {
    pub error: String,
}
