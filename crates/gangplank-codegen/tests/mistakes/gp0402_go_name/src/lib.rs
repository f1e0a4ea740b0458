#[gangplank::export]
#[go(name = "search")]
pub fn search() {}

#[gangplank::record]
#[go(name = "big-hit")]
pub struct Hit {
    #[go(name = "")]
    pub a: u8,
    #[go(name = "_B")]
    pub b: u8,
    #[go(name = "Größe")]
    pub fine: u8,
}
