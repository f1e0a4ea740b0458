// GP0211

#[gangplank::record]
#[repr(C)]
pub struct Sample {
    pub channel: u8,
    pub value: u64,
}

#[gangplank::export]
pub fn samples() -> Vec<Sample> {
    Vec::new()
}

fn main() {}
