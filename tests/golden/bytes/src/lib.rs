//! Byte slices.

#[gangplank::export]
pub fn checksum(data: &[u8]) -> u32 {
    data.iter().map(|&b| u32::from(b)).sum()
}

#[gangplank::export]
pub fn reversed(data: &[u8]) -> Vec<u8> {
    data.iter().rev().copied().collect()
}

#[gangplank::export]
pub fn owned_bytes(data: Vec<u8>) -> Vec<u8> {
    data
}

#[gangplank::export]
pub fn chunks(data: &[u8], size: usize) -> Result<Vec<Vec<u8>>, String> {
    if size == 0 { Err("size is zero".to_owned()) } else { Ok(data.chunks(size).map(<[u8]>::to_vec).collect()) }
}
