#[gangplank::object]
pub struct File;

#[gangplank::object]
impl File {
    pub fn close(self) {}

    #[go(name = "Close")]
    pub fn end(&self) {}

    #[go(name = "CloseNow")]
    pub fn close_now(&self) {}

    /// Without a receiver it is `FileClose`.
    pub fn r#close_all() {}
}
