#[gangplank::export]
#[go(rename = "Search")]
pub fn search(#[go(name = "Pattern")] pattern: &str) {}

#[gangplank::record]
#[go(name = "Hit")]
#[go(name = "Treffer")]
pub struct Hit {
    #[go]
    pub a: u8,
    #[go(name = Hit)]
    pub b: u8,
}
