// GP0214

#[gangplank::record]
pub struct Hit {
    pub bare: Vec,
    pub two: Option<u8, u8>,
}

fn main() {}
