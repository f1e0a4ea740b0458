#[gangplank::record]
pub enum Flags {
    A = 1 << 0,
    B = LIMIT,
}

#[gangplank::record]
#[repr(u8)]
pub enum Small {
    Low = -1,
    Fine = 255,
    High,
}

#[gangplank::record]
pub enum Wide {
    A = 0xFFFF_FFFF_FFFF_FFFF,
    B = -0x8000_0000_0000_0000,
}

#[gangplank::record]
#[repr(u64)]
pub enum Fine {
    A = 0xFFFF_FFFF_FFFF_FFFF,
}
