#[gangplank::export]
pub fn open() {}

#[gangplank::record]
#[go(name = "OtherHit")]
pub struct Hit {
    pub a: u8,
}
