#[gangplank::import]
pub trait Host {
    fn get_url(&self);
    fn getUrl(&self);
    #[go(name = "FetchURL")]
    fn get_URL(&self);
}
