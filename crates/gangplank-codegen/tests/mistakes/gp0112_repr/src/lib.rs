#[gangplank::record]
#[repr(C, packed)]
pub struct Tight {
    pub a: u8,
    pub b: u32,
}

#[gangplank::record]
#[repr(align(16))]
pub struct Wide {
    pub a: u8,
}

#[gangplank::record]
#[repr(u128)]
pub enum Huge {
    A,
}

#[gangplank::record]
#[repr(transparent)]
pub struct Fine(pub u32);
