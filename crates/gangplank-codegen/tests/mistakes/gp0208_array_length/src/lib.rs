pub const N: usize = 4;

#[gangplank::record]
pub struct Blocks {
    pub a: [u8; N],
    pub b: [[u8; 2048]; 2048],
    pub c: [u64; 18446744073709551615],
    pub d: [u8; 2 + 2],
    pub fine: [u8; 0x10],
}
