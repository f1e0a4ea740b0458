#[gangplank::import]
pub trait Host {
    fn get_url(&self);
    fn getUrl(&self);
    #[go(name = "FetchURL")]
    fn get_URL(&self);
}

#[gangplank::object]
pub struct Finder;

#[gangplank::object]
impl Finder {
    pub fn get_url(&self) {}
    pub fn getUrl(&self) {}
}
