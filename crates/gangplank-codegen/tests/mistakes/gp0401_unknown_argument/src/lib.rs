#[gangplank::export(quick, slow)]
pub fn search() {}

#[gangplank::record(name = "Hit")]
pub struct Hit {
    pub a: u8,
}

#[gangplank::record()]
pub struct Fine {
    pub a: u8,
}
