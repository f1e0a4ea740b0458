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

#[gangplank::object]
pub struct Finder;

#[gangplank::object]
impl Finder {
    #[go(skip)]
    #[go(name = "Both")]
    pub fn both(&self) {}

    #[go(name = "Private")]
    fn private(&self) {}
}

#[gangplank::export]
#[go(skip)]
pub fn skipped() {}

#[gangplank::object]
pub struct Opener;

#[gangplank::object]
#[go(name = "Door")]
impl Opener {}
