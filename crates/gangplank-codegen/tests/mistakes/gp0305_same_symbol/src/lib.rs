mod a;
mod b;

#[gangplank::record]
pub struct Hit {
    pub a: u8,
}
